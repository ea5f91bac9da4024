"""What says what tables in CSV are: a README for people, and a data package for programs (Frictionless, version 1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from kring import __version__
from kring.domain.text import one_line
from kring.exports.tables.for_people import meaning_of, meaning_of_column
from kring.exports.tables.formulas import defused
from kring.exports.tables.stored import Cell, Table
from kring.privacy.snapshot import Snapshot
from kring.system.i18n import _


def readme(snapshots: Sequence[Snapshot], tables: Iterable[Table]) -> str:
    """Return what is in the files, and how programs read them, in the language in use."""
    is_dutch = snapshots[0].language == "nl"
    dutch_signs = ", delim=';', decimal_separator=','" if is_dutch else ""
    commands = {
        "R": 'read.csv2("notes.csv")' if is_dutch else 'read.csv("notes.csv")',
        "pandas": 'pd.read_csv("notes.csv", sep=";", decimal=",")' if is_dutch else 'pd.read_csv("notes.csv")',
        "DuckDB": f"from read_csv('notes.csv', header=true{dutch_signs})",
    }
    lines = [
        f"# {_title(snapshots)}",
        "",
        _("Written by kring {version}. Each file is a table; what its columns are is in datapackage.json.").format(
            version=__version__
        ),
        _("Moments are UTC; the column behind each has the local time. A ' before = + - @ keeps a text a text."),
        "",
        *(f"- {program}: `{command}`" for program, command in commands.items()),
        "",
        *(f"- **{table.name}.csv** ({len(table.rows)}): {meaning_of(table.name)}" for table in tables),
    ]
    return "\n".join(lines) + "\n"


def data_package(snapshots: Sequence[Snapshot], tables: Iterable[Table]) -> bytes:
    """Return the description of the tables for programs."""
    is_dutch = snapshots[0].language == "nl"
    told = {
        "profile": "tabular-data-package",
        "name": f"kring-{snapshots[0].session_id}",
        "title": _title(snapshots),
        "resources": [_resource(table, is_dutch) for table in tables],
    }
    return msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n"


def _title(snapshots: Sequence[Snapshot]) -> str:
    session = snapshots[0].state.session
    return one_line(session.study if len(snapshots) > 1 else session.title) or snapshots[0].stem


def _resource(table: Table, is_dutch: bool) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name.replace("_", "-"),
        "path": f"{table.name}.csv",
        "title": table.name,
        "description": meaning_of(table.name),
        "encoding": "utf-8",
        "dialect": {"delimiter": ";" if is_dutch else ",", "lineTerminator": "\r\n", "doubleQuote": True},
        "schema": {"fields": [_field(table, place, column, is_dutch) for place, column in enumerate(table.columns)]},
    }


def _field(table: Table, place: int, column: str, is_dutch: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"name": defused(column)} | _type(
        [row[place] for row in table.rows if row[place] is not None]
    )
    if told["type"] == "number" and is_dutch:
        told["decimalChar"] = ","
    if meaning := meaning_of_column(table.name, column):
        told["description"] = meaning
    return told


def _type(cells: list[Cell]) -> dict[str, Any]:
    if cells and all(isinstance(cell, int) for cell in cells):
        return {"type": "integer"}
    if cells and all(isinstance(cell, int | float) for cell in cells):
        return {"type": "number"}
    if cells and all(isinstance(cell, datetime) for cell in cells):
        return {"type": "datetime", "format": "%Y-%m-%d %H:%M:%S"}
    return {"type": "string"}
