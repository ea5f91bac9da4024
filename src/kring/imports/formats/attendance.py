"""Lists of who was there, of Google Meet, Webex and others: a name, when they came, when they left, how long."""

from __future__ import annotations

from itertools import pairwise

from kring.imports.parsed import Clock, Parsed, Stay
from kring.imports.source import Format, Source
from kring.imports.tables.attendance import PeopleTable, people_tables, read_people
from kring.imports.tables.cells import Kind
from kring.imports.tables.rows import first_rows, rows_in, tables_in
from kring.imports.tables.times import DAY_MS
from kring.imports.tables.words import LENGTHS, TALKING, has_word

_HALF_A_DAY_MS = DAY_MS // 2
_LONGEST_HEADING = 4


def _is_meet(source: Source) -> bool:
    """Whether the file has times of day without a day, as Google Meet writes them, and how long everybody was there."""
    people = people_tables(tables_in(first_rows(source)))
    return any(
        columns.joined is not None and columns.duration is not None and table.columns[columns.joined].kind is Kind.TIME
        for table, columns in people
    )


def _is_list(source: Source) -> bool:
    return any(
        one.columns.joined is not None or _says_length(one) for one in people_tables(tables_in(first_rows(source)))
    )


def _says_length(people: PeopleTable) -> bool:
    """Whether the heading of a column of lengths says that they are those of stays, and is no question."""
    heading = people.table.header.cell(people.columns.duration or 0)
    is_heading = len(heading.split()) <= _LONGEST_HEADING and not heading.endswith("?")
    return is_heading and has_word(heading, LENGTHS) and not has_word(heading, TALKING)


def _read_meet(source: Source) -> Parsed:
    return _past_midnight(read_people(source, "meet-attendance", tables_in(rows_in(source))))


def _read_list(source: Source) -> Parsed:
    return _past_midnight(read_people(source, "attendance", tables_in(rows_in(source))))


def _past_midnight(parsed: Parsed) -> Parsed:
    """Return the stays, those after midnight counted on beyond 24 hours: more than half a day lies between."""
    begins = sorted(stay.joined_ms for stay in parsed.stays if stay.joined_ms is not None)
    if parsed.clock is not Clock.TIME_OF_DAY or not begins or begins[-1] - begins[0] <= _HALF_A_DAY_MS:
        return parsed
    gap, before = max((after - one, one) for one, after in pairwise(begins))
    stays = [_a_day_later(stay) if _begin(stay) <= before else stay for stay in parsed.stays]
    return parsed.model_copy(update={"stays": tuple(stays)}) if gap > _HALF_A_DAY_MS else parsed


def _begin(stay: Stay) -> int:
    return next((ms for ms in (stay.joined_ms, stay.left_ms) if ms is not None), DAY_MS)


def _a_day_later(stay: Stay) -> Stay:
    later = {
        field: None if ms is None else ms + DAY_MS
        for field, ms in (("joined_ms", stay.joined_ms), ("left_ms", stay.left_ms))
    }
    return stay.model_copy(update=later)


MEET_ATTENDANCE = Format("meet-attendance", _is_meet, _read_meet)
ATTENDANCE = Format("attendance", _is_list, _read_list)
