"""How a session stood some while ago, kept in its file so that opening it reads only what came since.

A milestone says nothing that the events don't say; one that is of another version, or does not fit the events that it
stands on, is left alone and the events are read instead. Of a person whose data is erased it says nothing either: then
there is none any more (`events_forget` in `store/schema.py`).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from hashlib import sha256
from itertools import pairwise
from typing import Any

import msgspec

from kring import __version__
from kring.domain.events import Key
from kring.domain.history import History, Milestone, Undo
from kring.domain.measures import talk
from kring.domain.measures.talk import Heard
from kring.domain.rows import ROWS, Moment, Row
from kring.domain.state import State
from kring.domain.state.row_table import LateRows, Rows
from kring.domain.text import Sentence
from kring.store import schema
from kring.system.sqlite import sqlite3

Execute = Callable[..., Any]
Heads = dict[str, tuple[int, int, str]]
"""By computer, of its last event: the place of arrival, the place in the order, and the link in the chain."""

WORTH = 1_000
"""Events behind the last milestone from which on another one is worth its making: reading them takes some 15 ms."""
PART = 8
"""In a long session it takes more, the eighth part of all events: so all that is ever written stays in proportion."""
ROWS_AT_A_TIME = 1_000
"""Rows that are packed, or read, within one frame, in some 3 ms."""
LAST_ROWS = 50
"""Rows at the end of a long table that are read at once: what runs, and what a first screen shows, is among them."""
FASTEST = 1
AT_ONCE = 2_000
"""Events that are read and packed within one frame, in some 15 ms."""


class Kept(msgspec.Struct, frozen=True):
    """A milestone as a file has it: behind which event in order of arrival, and where the chains were then."""

    seq: int
    heads: Heads
    milestone: Milestone
    heard: Heard


class Packed(msgspec.Struct):
    """The rows of a table, packed some at a time; of a long table the last few apart."""

    count: int
    parts: list[bytes]


class Malformed(sqlite3.DatabaseError):
    """A part of a milestone can't be read."""


class _Told(msgspec.Struct, frozen=True):
    folded: int
    last: Key
    undos: tuple[Undo, ...]
    last_at: dict[str, int]
    ends: tuple[Key, ...]
    last_note: int
    open_turn: str
    heard: bytes
    tables: dict[str, Packed]


class Earlier:
    """The rows of the events before a milestone, read some at a time, between two keys, and kept packed: nearly all are
    only kept for the case that the file is lost.

    `read` returns what arrived after a `seq`, and not after another one.
    """

    def __init__(self, read: Callable[[int, int], Iterable[Any]], until: int) -> None:
        self._read = read
        self._until = until
        self._reached = 0
        self._found: list[bytes] = []

    def read_some(self) -> bool:
        """Read some more of them; return whether none is left to be read."""
        self._read_to(min(self._reached + AT_ONCE, self._until))
        return self._reached == self._until

    def take(self) -> Iterator[Any]:
        """Return all of them; they are not kept here any longer."""
        self._read_to(self._until)
        found, self._found = self._found, []
        return (row for part in found for row in msgspec.msgpack.decode(zlib.decompress(part)))

    def _read_to(self, seq: int) -> None:
        if self._reached < seq:
            rows = list(self._read(self._reached, seq))  # all of them or none
            self._found.append(zlib.compress(msgspec.msgpack.encode(rows), FASTEST))
            self._reached = seq


def is_due(execute: Execute, events: int, last_seq: int) -> bool:
    """Whether so many events came since the last milestone that another one is worth it."""
    row = execute("select seq from milestone").fetchone()
    return last_seq - (row[0] if row else 0) >= max(WORTH, events // PART)


class Making:
    """A milestone that is made some rows at a time, so that no key waits for all of them.

    It says how the session stood when it was begun, of which `version` is what the file told of others' writing.
    """

    def __init__(self, execute: Execute, history: History, last_seq: int, version: int = 0) -> None:
        self._at = history.milestone()
        self._heard = talk.heard(self._at.state)
        self._last_seq = last_seq
        self._heads = _heads(execute, last_seq)
        self._tables = {name: Packed(len(table), []) for name, table in self._at.state.tables.items()}
        self._left = self._parts()
        self.version = version

    def go_on(self) -> bool:
        """Pack some more rows; return whether none are left."""
        return next(self._left, True)

    def _parts(self) -> Iterator[bool]:
        for name, table in self._at.state.tables.items():
            rows = list(table.values())
            cuts = [*range(0, len(rows), ROWS_AT_A_TIME), len(rows)]
            if len(rows) > ROWS_AT_A_TIME + LAST_ROWS:
                cuts = [cut for cut in cuts if cut < len(rows) - LAST_ROWS] + [len(rows) - LAST_ROWS, len(rows)]
            for begin, end in pairwise(cuts):
                self._tables[name].parts.append(_packed(rows[begin:end]))
                yield False

    def write(self, execute: Execute) -> None:
        """Keep it in the place of an earlier one; only within a transaction."""
        while not self.go_on():
            pass
        at, state = self._at, self._at.state
        open_turn = state.open_turn.id if state.open_turn else ""
        heard = _packed(self._heard)
        told = _Told(at.folded, at.last, at.undos, at.last_at, at.ends, state.last_note, open_turn, heard, self._tables)
        blob = msgspec.msgpack.encode(told, enc_hook=int)
        heads = msgspec.json.encode(self._heads).decode()
        digest = digest_of(self._last_seq, _made_by(), heads, blob)
        execute("delete from milestone")
        execute("insert into milestone values (?, ?, ?, ?, ?)", (self._last_seq, _made_by(), heads, digest, blob))


def write(execute: Execute, history: History, last_seq: int) -> None:
    """Keep how a session stands now, in the place of an earlier milestone; only within a transaction."""
    Making(execute, history, last_seq).write(execute)


def read(execute: Execute) -> Kept | None:
    """Return the milestone of a file, None where it has none that this version can trust."""
    try:
        row = execute("select seq, made_by, heads, digest, told from milestone").fetchone()
        return _trusted(execute, *row) if row else None
    except (sqlite3.OperationalError, Malformed, zlib.error, msgspec.MsgspecError, LookupError, TypeError, ValueError):
        return None


def place(execute: Execute) -> int:
    """Return behind which event, in order of arrival, a file has a milestone that this version reads; 0 without one."""
    with suppress(sqlite3.OperationalError):  # verify names the table that is missing
        row = execute("select seq from milestone where made_by = ?", (_made_by(),)).fetchone()
        return row[0] if row else 0
    return 0


def wrong(execute: Execute, history: History, last_seq: int) -> Sentence | None:
    """Return what is wrong with the milestone that a file has at a place, given the history up to there."""
    kept = read(execute)
    at = history.milestone()
    if kept is not None and (_says(kept.milestone), kept.heard) == (_says(at), talk.heard(at.state, anew=True)):
        return None
    return Sentence(
        "What is kept of how the session stood at event {seq} is not what the events say.", {"seq": last_seq}
    )


def _says(milestone: Milestone) -> tuple[object, ...]:
    state = milestone.state
    open_turn = state.open_turn.id if state.open_turn else None
    tables = {name: (len(table), list(table.values())) for name, table in state.tables.items()}
    rest = (milestone.folded, milestone.last, milestone.undos, milestone.last_at, milestone.ends)
    return rest, tables, state.last_note, open_turn


def _trusted(execute: Execute, seq: int, made_by: str, heads: str, digest: str, blob: bytes) -> Kept | None:
    if made_by != _made_by() or digest != digest_of(seq, made_by, heads, blob):
        return None
    stood = msgspec.json.decode(heads, type=Heads)
    if not stood or not all(_stands(execute, device, *head) for device, head in stood.items()):
        return None
    told = msgspec.msgpack.decode(blob, type=_Told, dec_hook=_moment)
    counted = "select (select count(*) from events) - (select count(*) from events where seq > ?)"
    if execute(counted, (seq,)).fetchone()[0] != told.folded:
        return None
    tables = {row_type.TABLE: _unpacked(row_type, told.tables[row_type.TABLE]) for row_type in ROWS}
    state = State(tables, told.last_note, open_turn=told.open_turn)
    heard = msgspec.msgpack.decode(zlib.decompress(told.heard), type=Heard)
    talk.recall(state, heard)
    return Kept(seq, stood, Milestone(told.folded, told.last, state, told.undos, told.last_at, told.ends), heard)


def _heads(execute: Execute, last_seq: int) -> Heads:
    last = "select device, seq, max(hlc), chain from events where seq <= ? group by device"
    return {device: (seq, hlc, chain) for device, seq, hlc, chain in execute(last, (last_seq,))}


def _stands(execute: Execute, device: str, seq: int, hlc: int, chain: str) -> bool:
    found: tuple[object, ...] | None = execute("select device, hlc, chain from events where seq = ?", (seq,)).fetchone()
    return found == (device, hlc, chain)


def digest_of(seq: int, made_by: str, heads: str, blob: bytes) -> str:
    """Return the checksum of all that a file keeps as a milestone."""
    return sha256(f"{seq}\n{made_by}\n{heads}\n".encode() + blob).hexdigest()


@cache
def _made_by() -> str:
    """Return which kring wrote something, and the shape of its rows."""
    shape = [(row.TABLE, row.__struct_fields__, row.__struct_defaults__, sorted(row.__annotations__)) for row in ROWS]
    told = repr((shape, _Told.__struct_fields__))
    return f"kring {__version__} {schema.VERSION} {sha256(told.encode()).hexdigest()}"


def _packed(told: object) -> bytes:
    return zlib.compress(msgspec.msgpack.encode(told, enc_hook=int), FASTEST)


def _unpacked(row_type: type[Row], packed: Packed) -> Rows[Row]:
    """Return a table; of a long one only the last rows are read now."""
    if not packed.parts:
        return Rows()
    decoder: msgspec.msgpack.Decoder[list[Row]] = msgspec.msgpack.Decoder(list[row_type], dec_hook=_moment)  # type: ignore[valid-type]

    def rows(part: bytes) -> list[Row]:
        try:
            return decoder.decode(zlib.decompress(part))
        except (zlib.error, msgspec.MsgspecError) as error:
            raise Malformed("malformed milestone") from error

    *parts, last = packed.parts
    return LateRows(rows, parts, rows(last), packed.count) if parts else Rows({row.id: row for row in rows(last)})


def _moment(type_: type, value: int) -> Moment:
    return Moment(value)
