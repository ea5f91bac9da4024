"""`csv`: a zip with one file a table, made for the spreadsheet of the language, and safe to open in one."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from typing import BinaryIO

from kring.exports.tables import Cell, Table, tables_of, tables_together
from kring.privacy.snapshot import Snapshot
from kring.system.output_files import Progress, StableZip

FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet would run, and so open links and programs."""


def write(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write all tables; in Dutch with `;` between cells and a comma in numbers, as spreadsheets there read it."""
    _write(list(tables_of(snapshot)), snapshot.language, file, progress)


def write_together(snapshots: Sequence[Snapshot], file: BinaryIO, progress: Progress) -> None:
    """Write the tables of sessions of a study, each table once."""
    _write(list(tables_together(snapshots)), snapshots[0].language, file, progress)


def _write(tables: Sequence[Table], language: str, file: BinaryIO, progress: Progress) -> None:
    with StableZip(file) as bundle:
        for number, table in enumerate(tables, 1):
            bundle.add(f"{table.name}.csv", csv_of(table, language).encode("utf-8-sig"))
            progress(number, len(tables))


def csv_of(table: Table, language: str) -> str:
    """Return a table as text in CSV."""
    text = StringIO()
    lines = csv.writer(text, delimiter=";" if language == "nl" else ",", lineterminator="\r\n")
    lines.writerow(table.columns)
    for row in table.rows:
        lines.writerow([_told(cell, language) for cell in row])
    return text.getvalue()


def _told(cell: Cell, language: str) -> Cell:
    match cell:
        case str():
            return defused(cell)
        case float() if language == "nl":
            return str(cell).replace(".", ",")
        case _:
            return cell


def defused(text: str) -> str:
    """Return text with a `'` before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.lstrip().startswith(FORMULAS) or text.startswith(FORMULAS) else text
