"""Is a session file whole: the database, the chain of events, the guards, and tables that say what the events say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from kring.domain.state import State
from kring.domain.text import Sentence
from kring.store import tables
from kring.store.chain import START, digest_of, link
from kring.store.derived import guards, history_of, in_memory
from kring.store.files import cannot_open, open_
from kring.store.store import Store, StoredEvent
from kring.system.sqlite import sqlite3


class Head(msgspec.Struct, frozen=True):
    """How far one computer's chain goes: so many events, and the last link."""

    device: str
    events: int
    chain: str


class Report(msgspec.Struct, frozen=True):
    """What was found; nothing in it is a person's text, rows are named by their ids."""

    events: int
    heads: tuple[Head, ...]
    findings: tuple[Sentence, ...]

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.findings


def verify(path: Path) -> Report:
    """Prove that a session file is whole, or say what is wrong with it; it's only read.

    Raises KringError when it can't be read at all.
    """
    store = open_(path, "read")
    try:
        return _report(store)
    except sqlite3.Error as error:
        raise cannot_open(error, path) from error
    finally:
        store.close()


def _report(store: Store) -> Report:
    findings = list(_integrity(store.connection))
    chain = Chain()
    try:
        stored = list(store.read_events())
        for each in stored:
            findings.extend(chain.follow(each))
        findings.extend(_guards(store.connection))
        findings.extend(_tables(store.connection, history_of(stored).state))
        findings.extend(_references(store.connection))
    except sqlite3.DatabaseError:
        findings.append(Sentence("The file is damaged where it was read; save what it holds with kring rescue."))
    return Report(chain.events, chain.heads(), tuple(findings))


class Chain:
    """The chain of every computer, followed event by event in order of arrival."""

    def __init__(self) -> None:
        self.events = 0
        self._seq = 0
        self._heads: dict[str, Head] = {}

    def follow(self, stored: StoredEvent) -> Iterator[Sentence]:
        """Yield what doesn't fit about the event that arrived next."""
        event, head = stored.event, self._heads.get(stored.event.device, Head(stored.event.device, 0, START))
        if stored.seq != self._seq + 1:
            yield _missing(self._seq + 1, stored.seq - 1)
        if not fits_digest(stored):
            yield Sentence("Event {seq} ({id}) was changed.", {"seq": stored.seq, "id": event.id})
        if link_of(stored, head.chain) != stored.chain:
            values = {"seq": stored.seq, "id": event.id}
            yield Sentence(
                "The chain breaks at event {seq} ({id}): it or one before it was changed or is missing.", values
            )
        self.events += 1
        self._seq = stored.seq
        self._heads[event.device] = Head(event.device, head.events + 1, stored.chain)

    def heads(self) -> tuple[Head, ...]:
        """Return how far every computer's chain goes."""
        return tuple(self._heads[device] for device in sorted(self._heads))


def fits_digest(stored: StoredEvent) -> bool:
    """Tell whether an event's data is what was written; data that was erased on purpose is no fault."""
    return stored.salt is None or digest_of(stored.salt, stored.event.data) == stored.digest


def link_of(stored: StoredEvent, before: str) -> str:
    """Return the link that an event should have behind another one."""
    event = stored.event
    return link(before, event.id, event.hlc, event.device, f"{event.role} {event.actor}", event.kind, stored.digest)


def _missing(first: int, last: int) -> Sentence:
    if last <= first:
        return Sentence("Event {seq} is missing.", {"seq": first})
    return Sentence("Events {first} to {last} are missing.", {"first": first, "last": last})


def _integrity(connection: sqlite3.Connection) -> Iterator[Sentence]:
    try:
        found = [line for (line,) in connection.execute("pragma integrity_check(50)") if line != "ok"]
    except sqlite3.DatabaseError as error:
        found = [str(error)]
    for line in found:
        yield Sentence("The database is damaged: {what}.", {"what": line})


def _references(connection: sqlite3.Connection) -> Iterator[Sentence]:
    for table in tables.COLUMNS:
        for _, _, parent, column, *_ in connection.execute(f"pragma foreign_key_list ({table})").fetchall():
            lost = f"select id from {table} where {column} is not null and {column} not in (select id from {parent})"
            for (row_id,) in connection.execute(lost):
                values = {"table": table, "id": row_id, "column": column}
                yield Sentence("{table} {id}: its {column} does not exist.", values)


def _guards(connection: sqlite3.Connection) -> Iterator[Sentence]:
    found = dict(guards(connection))
    for name, sql in guards(in_memory()):
        if found.get(name) != sql:
            yield Sentence("The guard {name} is missing: events could be changed unseen.", {"name": name})


def _tables(connection: sqlite3.Connection, state: State) -> Iterator[Sentence]:
    folded = in_memory(state)
    for table, columns in tables.COLUMNS.items():
        said = {row[0]: row for row in folded.execute(tables.SELECTS[table])}
        found = {row[0]: row for row in connection.execute(tables.SELECTS[table])}
        for row_id in sorted({*said, *found}, key=str):
            yield from _difference(table, columns, row_id, said.get(row_id), found.get(row_id))


def _difference(
    table: str, columns: tuple[str, ...], row_id: Any, said: tuple[Any, ...] | None, found: tuple[Any, ...] | None
) -> Iterator[Sentence]:
    values = {"table": table, "id": row_id}
    if found is None:
        yield Sentence("{table} {id} is missing, though the events tell of it.", values)
    elif said is None:
        yield Sentence("{table} {id} is there, though no event tells of it.", values)
    elif said != found:
        differing = [name for name, one, other in zip(columns, said, found, strict=True) if one != other]
        yield Sentence(
            "{table} {id} does not say what the events say: {columns}.", {**values, "columns": ", ".join(differing)}
        )
