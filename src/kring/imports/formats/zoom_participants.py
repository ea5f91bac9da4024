"""The participants of a Zoom meeting, and the attendees of a webinar: one row per join, or one per person."""

from __future__ import annotations

from kring.imports.parsed import Parsed
from kring.imports.source import Format, Source
from kring.imports.tables.attendance import PeopleTable, people_tables, read_people
from kring.imports.tables.people_columns import has_parentheses
from kring.imports.tables.rows import first_rows, rows_in, tables_in

NAME = "zoom-participants"


def _recognises(source: Source) -> bool:
    return any(_is_zoom(table) for table in people_tables(tables_in(first_rows(source))))


def _is_zoom(table: PeopleTable) -> bool:
    """Whether a table has the headings of Zoom, the original name in parentheses, or minutes beside its times."""
    headings = [table.table.header.cell(place) for place in (*table.columns.names, table.columns.duration or 0)]
    in_parentheses = [has_parentheses(heading) for heading in headings]
    if table.columns.joined is None:
        return all(in_parentheses)
    return in_parentheses[0] or table.columns.unit_s == 60


def _read(source: Source) -> Parsed:
    return read_people(source, NAME, tables_in(rows_in(source)), titles_are_roles=True)


ZOOM_PARTICIPANTS = Format(NAME, _recognises, _read)
