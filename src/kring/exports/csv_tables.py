"""`csv`: a zip with one file a table, made for the spreadsheet of the language, and safe to open in one."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import StringIO
from typing import BinaryIO

from kring.exports.tables.for_people import tables_for_people
from kring.exports.tables.formulas import defused
from kring.exports.tables.guide import data_package, readme
from kring.exports.tables.stored import Cell, Table
from kring.privacy.snapshot import Snapshot
from kring.system.output_files import Progress, StableZip


def write(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write all tables; in Dutch with `;` between cells and a comma in numbers, as spreadsheets there read it."""
    write_together([snapshot], file, progress)


def write_together(snapshots: Sequence[Snapshot], file: BinaryIO, progress: Progress) -> None:
    """Write the tables of sessions of a study, each table once, and what says what they are."""
    files = list(files_of(snapshots))
    with StableZip(file) as bundle:
        for number, (name, content) in enumerate(files, 1):
            bundle.add(name, content)
            progress(number, len(files))


def files_of(snapshots: Sequence[Snapshot]) -> Iterator[tuple[str, bytes]]:
    """Yield what says what the tables are, and each table as a file; each with its name."""
    tables = tables_for_people(snapshots)
    yield "README.md", readme(snapshots, tables).encode()
    yield "datapackage.json", data_package(snapshots, tables)
    for table in tables:
        yield f"{table.name}.csv", csv_of(table, snapshots[0].language).encode("utf-8-sig")


def csv_of(table: Table, language: str) -> str:
    """Return a table as text in CSV."""
    text = StringIO()
    lines = csv.writer(text, delimiter=";" if language == "nl" else ",", lineterminator="\r\n")
    lines.writerow([defused(column) for column in table.columns])
    for row in table.rows:
        lines.writerow([_told(cell, language) for cell in row])
    return text.getvalue()


def _told(cell: Cell, language: str) -> str | int | float | None:
    match cell:
        case str():
            return defused(cell)
        case datetime():
            return cell.isoformat(" ")
        case float() if language == "nl":
            return str(cell).replace(".", ",")
        case _:
            return cell
