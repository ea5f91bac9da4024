"""The tables of a file that say who was there, read together: on one clock, with one order of day and month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kring.domain.text import N_, Sentence
from kring.imports.parsed import Clock, Parsed, Skipped, Stay
from kring.imports.source import Source
from kring.imports.tables.cells import Kind
from kring.imports.tables.people_columns import StayColumns, stay_columns, total_columns
from kring.imports.tables.rows import Table, warnings_of
from kring.imports.tables.stays import read_stays, waiting_room
from kring.imports.tables.times import Times
from kring.imports.tables.words import WAITING, has_word, says_utc
from kring.system.text_files import Unreadable

_NOBODY = N_("{file} has no table that kring can read of who came and went.")
_NOT_ONE = N_("No row of {file} can be read; line {n}: {why}")
_OTHER_TABLE = N_("The table that begins here says nothing about who came and went.")


class PeopleTable(NamedTuple):
    """A table of people, and which of its columns hold what."""

    table: Table
    columns: StayColumns


def people_tables(tables: Sequence[Table]) -> list[PeopleTable]:
    """Return the tables with a time of coming and going in each row; without those, the ones with only a duration."""
    rest = tables[1:] if tables and _is_head(tables[0], tables[1:]) else tables
    found = [PeopleTable(table, columns) for table in rest if (columns := stay_columns(table)) is not None]
    return found or [PeopleTable(table, columns) for table in rest if (columns := total_columns(table)) is not None]


def _is_head(table: Table, behind: Sequence[Table]) -> bool:
    """Whether a table is the head of a report: one row about the meeting, its times under headings of its own."""
    columns = stay_columns(table)
    if columns is None or columns.joined is None or table.title or len(table.rows) != 1:
        return False
    heading = table.header.cell(columns.joined)
    return bool(behind) and all(heading not in other.header.cells for other in behind)


def read_people(source: Source, name: str, tables: Sequence[Table], *, titles_are_roles: bool = False) -> Parsed:
    """Return the stays in all tables of people of a file; raises Unreadable where there are none, or no sure dates."""
    people = people_tables(tables)
    times = Times(cells_of(people), source.day)
    times.require()
    stays: list[Stay] = []
    skipped = other_tables(tables, [one.table for one in people])
    flags: list[str] = []
    unread: list[Skipped] = []
    for table, columns in people:
        has_both = columns.joined is not None and columns.left is not None
        waiting = waiting_room(table, columns, times) if has_both else None
        if waiting is not None:
            flags.append(table.columns[waiting.place].heading)
        read = read_stays(table.rows, columns, times, waiting)
        role = table.title if titles_are_roles else ""
        stays.extend(stay.model_copy(update={"role": role}) if role and not stay.role else stay for stay in read.stays)
        unread.extend(read.skipped)
    if not stays and unread:
        raise Unreadable(_NOT_ONE, file=source.name, n=unread[0].line, why=unread[0].why)
    if not stays:
        raise Unreadable(_NOBODY, file=source.name)
    return Parsed(
        format=name,
        clock=clock_of(stays, people, times),
        stays=tuple(stays),
        dropped=tuple(heading for heading in dropped_from(people) if heading not in flags),
        skipped=tuple(sorted([*skipped, *unread], key=lambda one: one.line)),
        warnings=warnings_of(source),
    )


def cells_of(people: Sequence[PeopleTable]) -> list[str]:
    """Return all cells that hold a time of coming or going."""
    return [
        row.cell(place)
        for table, columns in people
        for row in table.rows
        for place in (columns.joined, columns.left)
        if place is not None
    ]


def clock_of(stays: Sequence[Stay], people: Sequence[PeopleTable], times: Times) -> Clock:
    """Return from where the times count: in UTC where all say so, or the headings of all begins."""
    if all(stay.joined_ms is None and stay.left_ms is None for stay in stays):
        return Clock.NONE
    kinds = {table.columns[columns.joined].kind for table, columns in people if columns.joined is not None}
    if Kind.MOMENT not in kinds:
        return Clock.TIME_OF_DAY
    begins = [table.header.cell(columns.joined) for table, columns in people if columns.joined is not None]
    return Clock.UTC if times.is_utc or all(map(says_utc, begins)) else Clock.WALL


def dropped_from(people: Sequence[PeopleTable]) -> tuple[str, ...]:
    """Return the headings of the columns that hold something and do not come in."""
    headings = [
        column.heading
        for table, columns in people
        for column in table.columns
        if column.place not in columns.used and column.kind is not Kind.EMPTY and column.heading
        if not has_word(column.heading, WAITING)  # it is read, though nobody may have waited
    ]
    return tuple(dict.fromkeys(headings))


def other_tables(tables: Sequence[Table], read: Sequence[Table]) -> list[Skipped]:
    """Return what is said of the tables that were not read; what stands above the first one that was is its head."""
    first = min((table.header.line for table in read), default=0)
    lines = {table.header.line for table in read}
    return [
        Skipped(line=table.header.line, why=Sentence(_OTHER_TABLE))
        for table in tables
        if table.header.line > first and table.header.line not in lines
    ]
