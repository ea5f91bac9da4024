"""Stays out of the rows of a table: each join is one, the waiting room apart; what cannot be read is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple

from kring.domain.text import N_, Sentence, folded
from kring.imports.parsed import Skipped, Stay
from kring.imports.tables.cells import Kind, kind_of
from kring.imports.tables.people_columns import StayColumns, length_s, name_in
from kring.imports.tables.rows import Column, Row, Table
from kring.imports.tables.times import DAY_MS, Times
from kring.imports.tables.words import WAITING, YES, has_word, is_summary

_NO_NAME = N_("There is no name in it.")
_LONG_NAME = N_("What stands where the name is, is longer than a name; look for a quotation mark that is not closed.")
_TOTAL = N_("It is a total or an average, and nobody's stay.")
_BACKWARDS = N_("It ends before it begins.")
_NO_LENGTH = N_("“{cell}” is no duration that can be read.")
_LONGEST_NAME = 120
_LONGEST_MS = DAY_MS // 2
"""No stay past midnight is longer: what would be was written the wrong way round."""
_NEXT_MS = 5_000
"""A stay in the meeting begins within seconds after the one in the waiting room; two in three did within two."""


class Stays(NamedTuple):
    """What the rows of a table held."""

    stays: list[Stay]
    skipped: list[Skipped]


class WaitingRoom(NamedTuple):
    """The column that tells who stood in the waiting room, and the value that says so."""

    place: int
    value: str


class _Leading(NamedTuple):
    """How many stays with a value there were of people who also have one without it, and after how many that began."""

    stays: int
    led: int
    is_short: bool

    @property
    def share(self) -> float:
        return self.led / self.stays if self.stays else 0.0

    def is_sure(self, *, is_named: bool) -> bool:
        """Whether the value means the waiting room; surer where no heading says that the column is about it."""
        if is_named:
            return self.share >= 0.5
        return self.share >= 0.75 and self.led >= 3 and self.is_short


def read_stays(rows: Iterable[Row], columns: StayColumns, times: Times, waiting: WaitingRoom | None = None) -> Stays:
    """Return a stay for each row; a row without a name, or with a time that cannot be read, is skipped."""
    found = Stays([], [])
    for row in rows:
        read = _stay(row, columns, times, waiting)
        if isinstance(read, Stay):
            found.stays.append(read)
        else:
            found.skipped.append(Skipped(line=row.line, why=read))
    return found


def waiting_room(table: Table, columns: StayColumns, times: Times) -> WaitingRoom | None:
    """Return the column of the waiting room: the last one of two values of which one leads to a stay after it.

    A heading in a known language decides where the stays don't.
    """
    flags = [column for column in table.columns if column.place not in columns.used and _has_two_values(column)]
    named = [column for column in table.columns if has_word(column.heading, WAITING)]
    for column in named[:1] or flags[-1:]:
        values = sorted({cell for cell in column.cells if kind_of(cell) is not Kind.EMPTY})
        leads = {value: _leading_on(table.rows, column.place, value, columns, times) for value in values}
        best = max(values, key=lambda value: leads[value].share, default="")
        if (
            best
            and leads[best].is_sure(is_named=bool(named))
            and leads[best].share > min(one.share for one in leads.values())
        ):
            return WaitingRoom(column.place, best)
        if named and (said := [value for value in values if folded(value) in YES]):
            return WaitingRoom(column.place, said[0])
    return None


def _stay(row: Row, columns: StayColumns, times: Times, waiting: WaitingRoom | None) -> Stay | Sentence:
    person = name_in(row, columns.names)
    if not person or len(person) > _LONGEST_NAME:
        return Sentence(_LONG_NAME if person else _NO_NAME)
    if is_summary(person):
        return Sentence(_TOTAL)
    joined, left = _moment(row, columns.joined, times), _moment(row, columns.left, times)
    for moment in (joined, left):
        if isinstance(moment, str):
            return times.why_not(moment)
    assert not isinstance(joined, str)
    assert not isinstance(left, str)
    if joined is not None and left is not None and left < joined:
        if left < DAY_MS and left + DAY_MS - joined <= _LONGEST_MS:  # without a day: past midnight
            left += DAY_MS
        else:
            return Sentence(_BACKWARDS)
    written = "" if columns.duration is None else row.cell(columns.duration)
    duration = length_s(written, columns.unit_s)
    if joined is None and left is None and duration is None:
        is_empty = kind_of(written) is Kind.EMPTY
        return Sentence(N_("There is no time in it.")) if is_empty else Sentence(_NO_LENGTH, {"cell": written})
    if columns.left is None and joined is not None and duration is not None:
        left = joined + duration * 1000
    return Stay(
        line=row.line,
        person=person,
        joined_ms=joined,
        left_ms=left,
        duration_s=duration,
        in_waiting_room=waiting is not None and row.cell(waiting.place) == waiting.value,
        role="" if columns.role is None else row.cell(columns.role),
    )


def _moment(row: Row, place: int | None, times: Times) -> int | str | None:
    """Return the time in a cell, None where it is empty, its text where it cannot be read."""
    cell = "" if place is None else row.cell(place)
    if kind_of(cell) is Kind.EMPTY:
        return None
    found = times.ms(cell)
    return cell if found is None else found


def _has_two_values(column: Column) -> bool:
    return len({cell for cell in column.cells if kind_of(cell) is not Kind.EMPTY}) == 2


def _leading_on(rows: Sequence[Row], place: int, value: str, columns: StayColumns, times: Times) -> _Leading:
    """Return how many stays with a value are followed by one of the same person without it, within seconds."""
    assert columns.joined is not None
    assert columns.left is not None
    begins: dict[str, list[int]] = {}
    lengths: tuple[list[int], list[int]] = ([], [])
    ends: list[tuple[str, int]] = []
    for row in rows:
        begin, end = times.ms(row.cell(columns.joined)), times.ms(row.cell(columns.left))
        if begin is None or end is None:
            continue
        name, has_value = name_in(row, columns.names), row.cell(place) == value
        lengths[has_value].append(end - begin)
        if has_value:
            ends.append((name, end))
        else:
            begins.setdefault(name, []).append(begin)
    others = [(name, end) for name, end in ends if name in begins]
    led = sum(any(-1000 <= begin - end <= _NEXT_MS for begin in begins[name]) for name, end in others)
    is_short = bool(ends) and bool(lengths[0]) and median(lengths[1]) * 3 < median(lengths[0])
    return _Leading(len(others), led, is_short)
