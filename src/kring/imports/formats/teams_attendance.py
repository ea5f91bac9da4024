"""The attendance report of Teams: numbered sections with a summary, people, joins and engagement, or only a list.

The list of 2020 has one row per act. Which act is the leaving is told by what comes first: nobody leaves before
having joined. An act that is only ever a person's first one and not the usual one says that the begin is not known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from kring.domain.text import N_, Sentence, folded
from kring.imports.parsed import Clock, Parsed, Signal, Skipped, Stay
from kring.imports.source import Format, Source
from kring.imports.tables.attendance import (
    PeopleTable,
    cells_of,
    clock_of,
    dropped_from,
    other_tables,
    people_tables,
    read_people,
)
from kring.imports.tables.cells import Kind
from kring.imports.tables.people_columns import EventColumns, event_columns, name_in
from kring.imports.tables.rows import Column, Row, Table, first_rows, rows_in, tables_in, warnings_of
from kring.imports.tables.stays import read_stays
from kring.imports.tables.times import Times
from kring.imports.tables.words import ACTS, ROLES, has_word, says_join, says_utc
from kring.system.text_files import Unreadable

NAME = "teams-attendance"
_SECTION = re.compile(r"\d{1,2}[.)\uff0e\u3001]\s*\S")
_NOT_WHOLE = N_("It has no name, no act or no time.")
_FEW_ACTS = 3


class _Acts(NamedTuple):
    table: Table
    columns: EventColumns


class _Act(NamedTuple):
    row: Row
    person: str
    what: str
    at_ms: int


def _recognises(source: Source) -> bool:
    tables = tables_in(first_rows(source))
    people = people_tables(tables)
    if people:
        return any(_SECTION.match(one.table.title) for one in people) or _is_flat(people[0])
    return any(_is_list(acts) for acts in _acts_in(tables))


def _is_flat(people: PeopleTable) -> bool:
    """Whether a table is that of 2021: durations with their units, below the lines of a summary."""
    return people.table.header.line > 3 and people.columns.duration is not None and people.columns.unit_s == 1


def _is_list(acts: _Acts) -> bool:
    counts = Counter(row.cell(acts.columns.what) for row in acts.table.rows)
    if any(_is_content(acts, column) for column in acts.table.columns):
        return False
    is_told = has_word(acts.table.header.cell(acts.columns.what), ACTS)
    return 0 < len(counts) <= _FEW_ACTS and (is_told or max(counts.values()) > 1)


def _is_content(acts: _Acts, column: Column) -> bool:
    """Whether a column holds words or figures that such a list has not."""
    used = column.place in (*acts.columns.names, acts.columns.what, acts.columns.at)
    return not used and column.kind in (Kind.TEXT, Kind.NUMBER, Kind.DURATION) and folded(column.heading) not in ROLES


def _acts_in(tables: Sequence[Table]) -> list[_Acts]:
    return [_Acts(table, columns) for table in tables if (columns := event_columns(table)) is not None]


def _read(source: Source) -> Parsed:
    tables = tables_in(rows_in(source))
    people = people_tables(tables)
    acts = _acts_in([table for table in tables if table not in [one.table for one in people]])
    if people:
        return _report(source, tables, people, acts)
    if not acts:
        return read_people(source, NAME, tables)  # says what is missing
    return _list(source, tables, acts)


def _report(source: Source, tables: Sequence[Table], people: Sequence[PeopleTable], acts: Sequence[_Acts]) -> Parsed:
    """Return the joins of the last section that names a person, for others what the summary per person says."""
    times = Times([*cells_of(people), *_cells_of(acts)], source.day)
    times.require()
    stays: list[Stay] = []
    skipped = other_tables(tables, [one.table for one in people] + [one.table for one in acts])
    for table, columns in people:
        read = read_stays(table.rows, columns, times)
        named = {stay.person for stay in read.stays}
        stays = [stay for stay in stays if stay.person not in named] + read.stays
        skipped += read.skipped
    signals, unread = _signals(acts, times)
    roles = _roles(people)
    return Parsed(
        format=NAME,
        clock=clock_of(stays, people, times),
        stays=tuple(
            stay if stay.role else stay.model_copy(update={"role": roles.get(stay.person, "")})
            for stay in sorted(stays, key=lambda stay: stay.line)
        ),
        signals=tuple(signals),
        dropped=dropped_from(people),
        skipped=tuple(sorted([*skipped, *unread], key=lambda one: one.line)),
        warnings=warnings_of(source),
    )


def _roles(people: Sequence[PeopleTable]) -> dict[str, str]:
    return {
        name_in(row, columns.names): row.cell(columns.role)
        for table, columns in people
        if columns.role is not None
        for row in table.rows
    }


def _signals(acts: Sequence[_Acts], times: Times) -> tuple[list[Signal], list[Skipped]]:
    found, skipped = _acts(acts, times)
    return [Signal(line=act.row.line, person=act.person, what=act.what, at_ms=act.at_ms) for act in found], skipped


def _list(source: Source, tables: Sequence[Table], acts: Sequence[_Acts]) -> Parsed:
    times = Times(_cells_of(acts), source.day)
    times.require()
    found, skipped = _acts(acts, times)
    if not found:
        raise Unreadable(N_("{file} has no row with a name and a time that can be read."), file=source.name)
    skipped += other_tables(tables, [one.table for one in acts])
    headings = [one.table.header.cell(one.columns.at) for one in acts]
    return Parsed(
        format=NAME,
        clock=Clock.UTC if times.is_utc or all(map(says_utc, headings)) else Clock.WALL,
        stays=tuple(_stays(found)),
        dropped=_dropped(acts),
        skipped=tuple(sorted(skipped, key=lambda one: one.line)),
        warnings=warnings_of(source),
    )


def _stays(acts: Sequence[_Act]) -> list[Stay]:
    """Return a stay for each joining, with the leaving that follows it; in the order of the file within one moment."""
    leaving = _leaving(acts)
    usual = next((what for what, _ in Counter(act.what for act in acts).most_common() if what != leaving), "")
    stays: list[Stay] = []
    inside: dict[str, _Act] = {}
    for act in sorted(acts, key=lambda act: act.at_ms):
        since = inside.pop(act.person, None)
        if act.what == leaving:
            stays.append(_between(since or act, since if since and since.what == usual else None, act))
            continue
        if since is not None:
            stays.append(_between(since, since if since.what == usual else None, None))
        inside[act.person] = act
    stays += [_between(act, act if act.what == usual else None, None) for act in inside.values()]
    return sorted(stays, key=lambda stay: stay.line)


def _between(at: _Act, joined: _Act | None, left: _Act | None) -> Stay:
    return Stay(
        line=at.row.line,
        person=at.person,
        joined_ms=None if joined is None else joined.at_ms,
        left_ms=None if left is None else left.at_ms,
    )


def _leaving(acts: Sequence[_Act]) -> str:
    """Return the act that mostly comes after another act of the same person, "" where there is none.

    Who was in before the list begins has only a leaving: where it comes first too, its words may tell it.
    """
    follows: Counter[str] = Counter()
    last: dict[str, str] = {}
    for act in sorted(acts, key=lambda act: act.at_ms):
        follows[act.what] += act.person in last and last[act.person] != act.what
        last[act.person] = act.what
    counts = Counter(act.what for act in acts)
    shares = {what: follows[what] / counts[what] for what in counts}
    told = [what for what in counts if says_join(what) is False]
    if len(told) == 1 and shares[told[0]] == max(shares.values()):
        return told[0]
    best, *others = sorted(counts, key=lambda what: (shares[what], counts[what]), reverse=True)
    is_sure = bool(others) and shares[best] > 0.5 and all(shares[other] < shares[best] / 2 for other in others)
    return best if is_sure else ""


def _acts(tables: Sequence[_Acts], times: Times) -> tuple[list[_Act], list[Skipped]]:
    found, skipped = [], []
    for table, columns in tables:
        for row in table.rows:
            person, what, at = name_in(row, columns.names), row.cell(columns.what), row.cell(columns.at)
            at_ms = times.ms(at)
            if person and what and at_ms is not None:
                found.append(_Act(row, person, what, at_ms))
            else:
                is_whole = bool(person and what and at)
                skipped.append(Skipped(line=row.line, why=times.why_not(at) if is_whole else Sentence(_NOT_WHOLE)))
    return found, skipped


def _cells_of(acts: Sequence[_Acts]) -> list[str]:
    return [row.cell(columns.at) for table, columns in acts for row in table.rows]


def _dropped(acts: Sequence[_Acts]) -> tuple[str, ...]:
    headings = [
        column.heading
        for table, columns in acts
        for column in table.columns
        if column.place not in (*columns.names, columns.what, columns.at) and column.kind is not Kind.EMPTY
    ]
    return tuple(dict.fromkeys(headings))


TEAMS_ATTENDANCE = Format(NAME, _recognises, _read)
