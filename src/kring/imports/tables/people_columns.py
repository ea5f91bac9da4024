"""Which columns of a table hold who was there, from when to when and for how long: by what is in them.

The two columns of times are those of which one is never before the other; where more than two hold times, those that
a column of durations agrees with. The name is in the first columns of words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from kring.domain.text import folded
from kring.imports.dates import EVENING, Dates, Order, time_of_day_ms
from kring.imports.durations import duration_s
from kring.imports.tables.cells import Kind, kind_of
from kring.imports.tables.rows import Column, Row, Table
from kring.imports.tables.words import (
    LAST_NAMES,
    LENGTHS,
    NAMES,
    NO,
    OF_OTHERS,
    ROLES,
    TALKING,
    YES,
    has_word,
    says_join,
    says_utc,
)
from kring.plans.people.infixes import is_infix

_DAY_S = 86_400
_LONGEST_S = int(EVENING.total_seconds())
_TOLERANCE_S = 90  # a duration in minutes is rounded, up or down
_WITH_POINT = re.compile(r"(?:[01]?\d|2[0-3])\.[0-5]\d")
_FRACTION = re.compile(r"\d{1,2}:\d\d:\d\d[.,]\d{1,3}")
"""A time that no list of people has: when words begin or end in a recording."""
_MOST = 0.6
_FEW = 5


class StayColumns(NamedTuple):
    """The places, from 0 on, of the columns with who, from when, to when, for how long and as what.

    A duration that is a bare number counts `unit_s` seconds each.
    """

    names: tuple[int, ...]
    joined: int | None
    left: int | None
    duration: int | None
    unit_s: int = 1
    role: int | None = None

    @property
    def used(self) -> set[int]:
        """The places of all of them."""
        single = (self.joined, self.left, self.duration, self.role)
        return {*self.names, *(place for place in single if place is not None)}


class EventColumns(NamedTuple):
    """The places of the columns with who, what happened and when."""

    names: tuple[int, ...]
    what: int
    at: int


class _Pair(NamedTuple):
    joined: Column
    left: Column
    duration: Column | None = None
    unit_s: int = 1
    agreement: float = 0.0

    @property
    def worth(self) -> tuple[float, bool, int, int]:
        """What makes two columns more likely than two others: durations that agree, no constant, next to each other."""
        varies = len({*self.joined.cells}) + len({*self.left.cells}) > 2
        return self.agreement, varies, self.joined.place - self.left.place, self.joined.place


def stay_columns(table: Table) -> StayColumns | None:
    """Return the columns of a table with a person and two times in each row, None where it is none."""
    columns = table.columns
    if _asks(table):
        return None
    for kind in (Kind.MOMENT, Kind.TIME):
        times = [column for column in columns if column.kind is kind or (kind is Kind.TIME and _has_points(column))]
        times = [column for column in times if not any(map(_FRACTION.fullmatch, column.cells))]
        pairs = [pair for first, second in combinations(times, 2) if (pair := _pair(first, second, columns))]
        if not pairs:
            continue
        best = max(pairs, key=lambda pair: pair.worth)
        names = name_places(columns, min(best.joined.place, best.left.place)) or name_places(columns, len(columns))
        if names and not _is_one_moment(table, names, best.joined):
            duration = best.duration or _only_duration(columns)
            return StayColumns(
                names,
                best.joined.place,
                best.left.place,
                None if duration is None else duration.place,
                best.unit_s,
                role_place(columns),
            )
    return _begin_and_length(columns)


def _begin_and_length(columns: Sequence[Column]) -> StayColumns | None:
    """Return the columns of a table that says when each person came and for how long, not when they left."""
    lengths = [column for column in columns if _is_length(column)]
    begins = [
        column
        for column in columns
        if column not in lengths and column.kind in (Kind.MOMENT, Kind.TIME) and says_join(column.heading)
    ]
    if len(lengths) != 1 or len(begins) != 1:
        return None
    ([begin], [length]) = begins, lengths
    names = name_places(columns, begin.place) or name_places(columns, len(columns))
    unit_s = 60 if length.kind is Kind.NUMBER else 1
    return StayColumns(names, begin.place, None, length.place, unit_s, role_place(columns)) if names else None


def _is_length(column: Column) -> bool:
    """Whether a column says by its heading how long somebody was there, in minutes where it holds bare numbers."""
    if column.kind is Kind.NUMBER:
        return "min" in folded(column.heading)
    is_told = column.kind is Kind.DURATION and has_word(column.heading, LENGTHS)
    return (is_told and not has_word(column.heading, TALKING)) or _is_clock_of_lengths(column)


def _has_points(column: Column) -> bool:
    """Whether a column under a heading of times holds mostly times of day, some with a point, such as 19.17."""
    filled = [cell for cell in column.cells if kind_of(cell) is not Kind.EMPTY]
    points = sum(_WITH_POINT.fullmatch(cell) is not None for cell in filled)
    others = [cell for cell in filled if not _WITH_POINT.fullmatch(cell) and kind_of(cell) is not Kind.TIME]
    if not points or says_join(column.heading) is None or any(kind_of(cell) is not Kind.TEXT for cell in others):
        return False
    return len(filled) - len(others) >= _MOST * len(filled)


def _asks(table: Table) -> bool:
    """Whether a table has questions in its header, or under it: a survey; a webinar asks too, of those who register."""
    headings = [*table.header.cells, *(table.rows[0].cells if table.rows else ())]
    is_zoom = any(has_parentheses(cell) and not (cell.endswith("?") or says_utc(cell)) for cell in table.header.cells)
    return not is_zoom and any(cell.endswith("?") for cell in headings)


def _is_one_moment(table: Table, names: Sequence[int], joined: Column) -> bool:
    """Whether all rows have one name and one begin: what they say of a meeting, not of people."""
    return len(table.rows) > 1 and len({(name_in(row, names), row.cell(joined.place)) for row in table.rows}) == 1


def total_columns(table: Table) -> StayColumns | None:
    """Return the columns of a table with a person and only a duration in each row, None where it is none."""
    columns = table.columns
    durations = [column for column in columns if column.kind is Kind.DURATION or _is_clock_of_lengths(column)]
    minutes = [column for column in columns if column.kind is Kind.NUMBER]
    times = [column for column in columns if column.kind in (Kind.MOMENT, Kind.TIME) and column not in durations]
    if times or len(durations or minutes) != 1:
        return None
    [duration] = durations or minutes
    names = name_places(columns, duration.place)
    return (
        StayColumns(names, None, None, duration.place, 1 if durations else 60, role_place(columns)) if names else None
    )


def _is_clock_of_lengths(column: Column) -> bool:
    """Whether a column holds lengths such as 1:17:00, which look like times of day, under a heading that says so."""
    is_told = column.kind is Kind.TIME and has_word(column.heading, LENGTHS)
    return is_told and all(duration_s(cell) is not None for cell in column.cells if kind_of(cell) is not Kind.EMPTY)


def event_columns(table: Table) -> EventColumns | None:
    """Return the columns of a table with a person, an act and one moment in each row, None where it is none."""
    columns = table.columns
    moments = [column for column in columns if column.kind is Kind.MOMENT]
    if len(moments) != 1:
        return None
    words = [column for column in columns if column.kind is Kind.TEXT]
    if len(words) < 2:
        return None
    names = (words[0].place,)
    acts = [column for column in words[1:] if len({*column.cells} - {""}) <= max(_FEW, len(column.cells) // 2)]
    acts = [column for column in acts if folded(column.heading) not in ROLES]
    if not acts:
        return None
    what = next((column for column in acts if _changes_per_person(words[0], column)), acts[0])
    return EventColumns(names, what.place, moments[0].place)


def name_places(columns: Sequence[Column], before: int) -> tuple[int, ...]:
    """Return where the name is: the columns of words, next to each other before the times, that differ most.

    Zoom has the name of the account in parentheses behind the one that was shown: that column alone.
    """
    infix = next((column for column in columns[:before] if is_infix(column.heading)), None)
    runs: list[list[Column]] = [[]]
    for column in columns[:before]:
        if column is infix:
            continue
        if column.kind is Kind.TEXT and not _is_flag(column):
            runs[-1].append(column)
        elif runs[-1]:
            runs.append([])
    if not any(runs):  # people who joined under their address have no other name
        return tuple(column.place for column in columns[:before] if column.kind is Kind.EMAIL)[:1]
    named = [column for run in runs for column in run if has_parentheses(column.heading)]
    if named:
        return (named[0].place,)
    run = max(runs, key=lambda run: (max((len(set(column.cells)) for column in run), default=0), len(run)))
    if len(run) > 1:
        run = [
            column for column in run if has_word(column.heading, NAMES) and not has_word(column.heading, OF_OTHERS)
        ] or run
        run = [column for column in run if len(set(column.cells)) > 1] or run
    if len(run) < 2 or _holds(run[0], run[1]):
        return tuple(column.place for column in run[:1])
    first, last = _first_name_first(run)
    return (first, last) if infix is None else (first, infix.place, last)


def name_in(row: Row, places: Sequence[int]) -> str:
    """Return the name in a row."""
    return " ".join(" ".join(cell for place in places if (cell := row.cell(place))).split())


def role_place(columns: Sequence[Column]) -> int | None:
    """Return where the role is, told by its heading."""
    return next((column.place for column in columns if folded(column.heading) in ROLES), None)


def has_parentheses(heading: str) -> bool:
    """Whether a heading has something in parentheses, those of Japanese included."""
    return "(" in heading or "\uff08" in heading


def _is_flag(column: Column) -> bool:
    """Whether a column tells one of two things of many rows."""
    filled = [folded(cell) for cell in column.cells if cell]
    is_short = len(set(filled)) <= 2 and all(len(cell) <= 5 for cell in filled)
    return is_short and (len(filled) > _FEW or all(cell in YES + NO for cell in filled))


def _holds(whole: Column, part: Column) -> bool:
    """Whether the words of one column stand in those of another one: a full name and a first name."""
    both = [(one.casefold(), other.casefold()) for one, other in zip(whole.cells, part.cells, strict=True) if other]
    return bool(both) and sum(other in one for one, other in both) > len(both) / 2


def _first_name_first(run: Sequence[Column]) -> tuple[int, int]:
    first, second = run[0].place, run[1].place
    is_last_name = has_word(run[0].heading, LAST_NAMES)
    return (second, first) if is_last_name else (first, second)


def _pair(joined: Column, left: Column, columns: Sequence[Column]) -> _Pair | None:
    said = says_join(joined.heading), says_join(left.heading)
    if said == (False, True):
        joined, left = left, joined
    spans = _spans_s(joined.cells, left.cells)
    known = [span for span in spans if span is not None]
    is_told = set(said) == {True, False}
    in_order = is_told or not known or sum(0 <= span <= _LONGEST_S for span in known) >= len(known) * _MOST
    if joined.kind is Kind.TIME:  # past midnight
        spans = [None if span is None else span % _DAY_S for span in spans]
    found = _Pair(joined, left)
    if any(_lasts_longer(column, spans) for column in columns):
        return None
    for column in columns:
        if column.place in (joined.place, left.place) or column.kind not in (Kind.DURATION, Kind.NUMBER, Kind.TIME):
            continue
        for unit_s in (60, 1) if column.kind is Kind.NUMBER else (1,):
            agreement = _agreement(column.cells, spans, unit_s)
            if agreement >= _MOST and agreement > found.agreement:
                found = _Pair(joined, left, column, unit_s, agreement)
    return found if in_order or (joined.kind is Kind.TIME and found.agreement) else None


def _spans_s(joined: Sequence[str], left: Sequence[str]) -> list[int | None]:
    """Return the seconds between two columns, by the order of day and month that reads most of them."""
    cells = [*joined, *left]
    readings = [[Dates(order).wall_ms(cell) for cell in cells] for order in Order]
    readings.append([time_of_day_ms(cell) for cell in cells])
    best = max(readings, key=lambda reading: sum(ms is not None for ms in reading))
    pairs = zip(best[: len(joined)], best[len(joined) :], strict=True)
    return [None if start is None or end is None else (end - start) // 1000 for start, end in pairs]


def _lasts_longer(column: Column, spans: Sequence[int | None]) -> bool:
    """Whether a column of durations with their units says more than there is between two times, in most rows."""
    if column.kind is not Kind.DURATION:
        return False
    both = [(length_s(cell, 1), span) for cell, span in zip(column.cells, spans, strict=True)]
    known = [(length, span) for length, span in both if length is not None and span is not None]
    return sum(length > span + _TOLERANCE_S for length, span in known) > len(known) * (1 - _MOST)


def _agreement(cells: Sequence[str], spans: Sequence[int | None], unit_s: int) -> float:
    """Return the share of the rows with a span between the two times in which a duration is as long."""
    found = [
        abs(length - span) <= _TOLERANCE_S
        for cell, span in zip(cells, spans, strict=True)
        if span is not None and span >= 0 and (length := length_s(cell, unit_s)) is not None
    ]
    return sum(found) / len(found) if found else 0.0


def length_s(cell: str, unit_s: int) -> int | None:
    """Return a duration with its units, or a bare number of `unit_s` seconds each, in seconds."""
    if kind_of(cell) is Kind.NUMBER:
        return round(float(cell.replace(",", ".")) * unit_s)
    return duration_s(cell)


def _only_duration(columns: Sequence[Column]) -> Column | None:
    found = [column for column in columns if column.kind is Kind.DURATION]
    return found[0] if len(found) == 1 else None


def _changes_per_person(names: Column, acts: Column) -> bool:
    seen: dict[str, str] = {}
    return any(seen.setdefault(name, act) != act for name, act in zip(names.cells, acts.cells, strict=True))
