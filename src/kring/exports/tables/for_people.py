"""The tables as they leave for people and their programs: the wide ones, local times, and of several sessions one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kring.domain.text import N_
from kring.exports.identity import Identity, identities
from kring.exports.tables.local_times import LOCAL, with_local_times
from kring.exports.tables.stored import Cell, Table, tables_of
from kring.exports.tables.wide import CASE, WIDE, wide_tables
from kring.privacy.snapshot import Snapshot
from kring.store.described import described
from kring.system.i18n import _

GROUP = "group"
_GROUP = N_("which group of the study the row is of")
_LOCAL = N_("the same moment, as the clock on the wall of the session showed it")


def tables_for_people(snapshots: Sequence[Snapshot]) -> list[Table]:
    """Return the tables of a session; of several, those of all in one, with a first column that says of which group."""
    sessions = identities(snapshots)
    several = len(sessions) > 1
    parts = [list(_tables(session)) for session in sessions]
    names = [session.group for session in sessions]
    return [_together(names, those) for those in zip(*parts, strict=True)] if several else parts[0]


def meaning_of(table: str) -> str:
    """Return what a table holds, in the language in use."""
    told = described().get(table)
    return _(told.what if told is not None else WIDE[table])


def meaning_of_column(table: str, column: str) -> str:
    """Return what a column is, in the language in use; of what people called it themselves nothing."""
    if column == GROUP:
        return _(_GROUP)
    if column == "case" and table in WIDE:
        return _(CASE)
    if column.endswith(LOCAL):
        return _(_LOCAL)
    told = described().get(table)
    return _(told.columns.get(column, "")) if told is not None and told.columns.get(column) else ""


def _tables(session: Identity) -> Iterator[Table]:
    yield from wide_tables(session)
    for table in tables_of(session.snapshot):
        yield with_local_times(session.snapshot.state, table)


def _together(names: Sequence[str], parts: Sequence[Table]) -> Table:
    columns = tuple(dict.fromkeys(column for part in parts for column in part.columns))
    rows: list[tuple[Cell, ...]] = []
    for name, part in zip(names, parts, strict=True):
        places = {column: place for place, column in enumerate(part.columns)}
        of_part = [places.get(column) for column in columns]
        rows += [(name, *(row[place] if place is not None else None for place in of_part)) for row in part.rows]
    return Table(parts[0].name, (GROUP, *columns), rows)
