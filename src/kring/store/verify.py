"""Is a session file whole: the database, the chain of events, the guards, and tables that say what the events say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from kring.domain.events import Key
from kring.domain.state import State
from kring.domain.text import Sentence
from kring.store import full_text, milestone, tables
from kring.store.attached import kept_files
from kring.store.chain import START, code_of, digest_of, follows
from kring.store.derived import guards, history_of, in_memory
from kring.store.event_line import StoredEvent
from kring.store.files import cannot_open, open_
from kring.store.schema import foreign_triggers
from kring.store.store import Store
from kring.store.values import iso
from kring.system.sqlite import sqlite3

MOST_SEARCHES = 100
"""How often a chain is looked for a fork; a file with more was tampered with, and must not take hours."""


class Head(msgspec.Struct, frozen=True):
    """How far one computer's chain goes: so many events, and the last link."""

    device: str
    events: int
    chain: str

    @property
    def code(self) -> str:
        """Return the check code to note of it."""
        return code_of(self.chain)


class Noted(msgspec.Struct, frozen=True):
    """A check code that somebody noted and the file still has: behind which event, by its place and moment (ISO)."""

    code: str
    seq: int
    at: str


class Report(msgspec.Struct, frozen=True):
    """What was found: no text of a person, rows are named by their ids. Of `erased` events the data is gone."""

    events: int
    heads: tuple[Head, ...]
    findings: tuple[Sentence, ...]
    erased: int = 0
    noted: tuple[Noted, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def verify(path: Path, codes: Sequence[str] = ()) -> Report:
    """Prove that a session file is whole, or say what is wrong with it; it's only read.

    Who rewrites a file can make its chain anew; the check `codes` that somebody noted before are then no longer in it.

    Raises KringError when it can't be read at all.
    """
    store = open_(path, "read")
    try:
        return _report(store, codes)
    except (sqlite3.Error, UnicodeError) as error:
        raise cannot_open(error, path) from error
    finally:
        store.close()


def _report(store: Store, codes: Sequence[str]) -> Report:
    findings = list(_integrity(store.connection))
    chain = Chain()
    try:
        stored = list(store.read_events())
        for each in stored:
            findings.extend(chain.follow(each))
        findings.extend(chain.breaks())
        state, wrong = _folded(store.connection, stored)
        findings.extend(wrong)
        with closing(in_memory(state)) as expected:
            findings.extend(_guards(store.connection, expected))
            findings.extend(_objects(store.connection, expected))
            findings.extend(_tables(store.connection, expected))
        findings.extend(_references(store.connection))
        findings.extend(_full_text(store.connection))
        findings.extend(kept_files.wrong(store.connection))
    except sqlite3.DatabaseError:
        findings.append(Sentence("The file is damaged where it was read; save what it holds with kring rescue."))
    noted = chain.noted()
    findings.extend(_rewritten(code) for code in codes if _plain(code) not in noted)
    still = tuple(noted[_plain(code)] for code in codes if _plain(code) in noted)
    return Report(chain.events, chain.heads(), tuple(findings), chain.erased, still)


def _rewritten(code: str) -> Sentence:
    return Sentence(
        "The check code {code} is not in this file: something before it was rewritten or taken away since, or it is of "
        "another session.",
        {"code": code},
    )


def _plain(code: str) -> str:
    return "".join(code.split()).replace("-", "").lower()


class Chain:
    """The events as they arrived, and the chain of each computer in the order of its own clock."""

    def __init__(self) -> None:
        self.events = 0
        self.erased = 0
        self._seq = 0
        self._stored: dict[str, list[StoredEvent]] = {}

    def follow(self, stored: StoredEvent) -> Iterator[Sentence]:
        """Yield what doesn't fit about the event that arrived next."""
        event = stored.event
        if stored.seq != self._seq + 1:
            yield _missing(self._seq + 1, stored.seq - 1)
        if not fits(stored):
            yield Sentence("Event {seq} ({id}) was changed.", {"seq": stored.seq, "id": event.id})
        self.events += 1
        self.erased += stored.salt is None
        self._seq = stored.seq
        self._stored.setdefault(event.device, []).append(stored)

    def breaks(self) -> Iterator[Sentence]:
        """Yield where a computer's chain doesn't hold, when all events were followed."""
        for device in sorted(self._stored):
            yield from _breaks(sorted(self._stored[device], key=_place))

    def forks(self) -> Iterator[StoredEvent]:
        """Yield with which events a computer went on from an older copy, while another one was gone on with too."""
        for device in sorted(self._stored):
            yield from (each for each, _, is_fork in _followed(sorted(self._stored[device], key=_place)) if is_fork)

    def heads(self) -> tuple[Head, ...]:
        """Return how far every computer's chain goes."""
        last = {device: max(self._stored[device], key=_place) for device in sorted(self._stored)}
        return tuple(Head(device, len(self._stored[device]), each.chain) for device, each in last.items())

    def noted(self) -> dict[str, Noted]:
        """Return what a check code stands for, of every event, without its hyphens."""
        codes = ((code_of(each.chain), each) for several in self._stored.values() for each in several)
        return {_plain(code): Noted(code, each.seq, each.at) for code, each in codes}


def _place(stored: StoredEvent) -> Key:
    return stored.event.key


def _breaks(in_order: list[StoredEvent]) -> Iterator[Sentence]:
    """Yield the events of a computer whose link follows none of its earlier ones."""
    for each, link, _ in _followed(in_order):
        if link is None:
            values = {"seq": each.seq, "id": each.event.id}
            yield Sentence(
                "The chain breaks at event {seq} ({id}): it or one before it was changed or is missing.", values
            )


def _followed(in_order: list[StoredEvent]) -> Iterator[tuple[StoredEvent, str | None, bool]]:
    """Yield the events of a computer with the link that each follows, None where none is there, and whether another
    one followed that before: there somebody went on from an older copy.

    Nearly all follow the last one; where two copies were gone on with by turns, the last one of either.
    """
    tips, earlier = [START], [START]
    searches = 0
    for each in in_order:
        link = _link_before(each, tips)
        if link is None and searches < MOST_SEARCHES:
            searches += 1
            link = _link_before(each, earlier)
        is_fork = link is not None and link not in tips
        yield each, link, is_fork
        if link in tips:
            tips.remove(link)
        tips = [*tips[-MOST_SEARCHES:], each.chain]
        earlier.append(each.chain)


def _link_before(each: StoredEvent, links: list[str]) -> str | None:
    found = (link for link in reversed(links) if follows(each.chain, link, each.event, each.t, each.digest))
    return next(found, None)


def follows_one(each: StoredEvent, links: list[str]) -> bool:
    """Whether an event follows one of the links of earlier events of its computer."""
    return _link_before(each, links) is not None


def fits(stored: StoredEvent) -> bool:
    """Whether an event is what was written; data and salt that were erased on purpose, both, are no fault."""
    if stored.at != iso(stored.event.at):
        return False
    if stored.salt is None:
        return not stored.event.data
    return digest_of(stored.salt, stored.event.data) == stored.digest


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


def _full_text(connection: sqlite3.Connection) -> Iterator[Sentence]:
    for table in full_text.wrong(connection):
        yield Sentence("The full-text index of {table} does not hold what stands there.", {"table": table})


def _guards(connection: sqlite3.Connection, expected: sqlite3.Connection) -> Iterator[Sentence]:
    found = dict(guards(connection))
    for name, sql in guards(expected):
        if found.get(name) != sql:
            yield Sentence("The guard {name} is missing: events could be changed unseen.", {"name": name})


def _objects(connection: sqlite3.Connection, expected: sqlite3.Connection) -> Iterator[Sentence]:
    """Yield what of the tables, views and searches is not as kring makes it, and triggers of others."""
    listed = "select name, sql from sqlite_master where tbl_name <> 'events' and sql is not null"
    found = dict(connection.execute(listed))
    for name, sql in expected.execute(listed):
        if found.get(name) != sql:
            yield Sentence("{name} is not as kring makes it.", {"name": name})
    for name in foreign_triggers(connection.execute):
        yield Sentence("The trigger {name} is not kring's: it could change what is written.", {"name": name})


def _folded(connection: sqlite3.Connection, stored: list[StoredEvent]) -> tuple[State, list[Sentence]]:
    """Return what the events say, and what is wrong with the milestone that the file keeps on the way to that."""
    seq = milestone.place(connection.execute)
    history = history_of(each for each in stored if each.seq <= seq)
    wrong = milestone.wrong(connection.execute, history, seq) if seq else None
    history.accept(history.change(each.event for each in stored if each.seq > seq))
    return history.state, [wrong] if wrong else []


def _tables(connection: sqlite3.Connection, expected: sqlite3.Connection) -> Iterator[Sentence]:
    for table, columns in tables.COLUMNS.items():
        said, found = (each.execute(tables.SELECTS[table]).fetchall() for each in (expected, connection))
        if said != found:
            yield from _differences(table, columns, {row[0]: row for row in said}, {row[0]: row for row in found})


def _differences(
    table: str, columns: tuple[str, ...], said: dict[Any, tuple[Any, ...]], found: dict[Any, tuple[Any, ...]]
) -> Iterator[Sentence]:
    for row_id in sorted({*said, *found}, key=str):
        yield from _difference(table, columns, row_id, said.get(row_id), found.get(row_id))


def _difference(
    table: str, columns: tuple[str, ...], row_id: Any, said: tuple[Any, ...] | None, found: tuple[Any, ...] | None
) -> Iterator[Sentence]:
    values = {"table": table, "id": row_id}
    if found is None:
        yield Sentence("{table} {id} is missing, though the events tell of it.", values)
    elif said is None:
        yield Sentence("{table} {id} has no event behind it.", values)
    elif said != found:
        differing = [name for name, one, other in zip(columns, said, found, strict=True) if one != other]
        yield Sentence(
            "{table} {id} does not say what the events say: {columns}.", {**values, "columns": ", ".join(differing)}
        )
