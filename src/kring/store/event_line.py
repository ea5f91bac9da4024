"""An event as the file has it, a line of the one table that everything else is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Annotated, Any, NamedTuple

import msgspec

from kring.domain.columns import Column, Id, Ref, Staff, Words
from kring.domain.events import Event
from kring.domain.rows import AT, T
from kring.domain.text import N_
from kring.domain.upcast import decode
from kring.system.sqlite import sqlite3


class EventLine(NamedTuple):
    """An event with its place of arrival and its link in the chain; `data` is the fact as the text that was hashed."""

    seq: Annotated[int, Column(N_("order of arrival"))]
    id: Annotated[str, Id(N_("the event's own id, with its time in it"))]
    hlc: Annotated[int, Column(N_("order in time, the same on every computer"))]
    at: Annotated[str, AT]
    t: Annotated[float | None, T]
    actor: Annotated[str, Staff(N_("who did it"))]
    role: Annotated[str, Column(N_("in which role"))]
    device: Annotated[str, Column(N_("on which computer, a random number"))]
    kind: Annotated[str, Column(N_("what happened: `note_added`, `floor_given`, `item_opened` …"))]
    v: Annotated[int, Column(N_("version of its form"))]
    data: Annotated[str | None, Words(N_("the facts, as JSON"))]
    salt: Annotated[str | None, Column(N_("with the digest, shows that the data is as it was written"))]
    digest: Annotated[str, Column(N_("checksum of the data"))]
    chain: Annotated[str, Column(N_("the link that shows when an event was changed or taken away"))]
    ahead_ms: Annotated[int, Column(N_("how far the order ran ahead of `at`: another computer's clock was fast"))] = 0
    act: Annotated[str | None, Ref(N_("the event that stands for the act that this one is part of"), "events")] = None


_COLUMNS = ", ".join(EventLine._fields)
INSERT = f"insert into events ({_COLUMNS}) values ({', '.join('?' * len(EventLine._fields))})"
FEWEST = len(EventLine._fields) - len(EventLine._field_defaults)
"""How many columns the events of the oldest files have."""


def between(execute: Callable[..., Any], first: int, last: int) -> list[EventLine]:
    """Return the events of a file that arrived from one `seq` to another, as it has them."""
    return _lines(execute, "seq between ? and ?", (first, last))


def lines_at(execute: Callable[..., Any], seqs: Iterable[int]) -> list[EventLine]:
    """Return the events of a file that arrived at these places, as it has them."""
    return _lines(execute, "seq in (select value from json_each(?))", (msgspec.json.encode(list(seqs)).decode(),))


def known_among(execute: Callable[..., Any], ids: Iterable[str]) -> set[str]:
    """Return which of these ids events of a file have."""
    asked = msgspec.json.encode(list(ids)).decode()
    return {name for (name,) in execute("select id from events where id in (select value from json_each(?))", (asked,))}


def _lines(execute: Callable[..., Any], where: str, values: tuple[Any, ...]) -> list[EventLine]:
    there = {name for _, name, *_ in execute("pragma table_info (events)")}
    columns = ", ".join(name for name in EventLine._fields if name in there)
    return [EventLine(*each) for each in execute(f"select {columns} from events where {where} order by seq", values)]


class StoredEvent(msgspec.Struct, frozen=True, gc=False):
    """An event as a file has it, sealed: with its link in the chain, and its place of arrival in that file.

    `salt` is None where the data was erased; `at` and `t` are what the file says beside the event.
    """

    seq: int
    event: Event
    chain: str
    salt: str | None
    digest: str
    at: str
    t: float | None


def line_of(sealed: StoredEvent, seq: int) -> tuple[Any, ...]:
    """Return the values of an event as it is to be written at a place of arrival, in the order of `EventLine`."""
    event = sealed.event
    data = event.data if sealed.salt is not None else None
    return (
        seq, event.id, event.hlc, sealed.at, sealed.t, event.actor, event.role, event.device, event.kind, event.v, data,
        sealed.salt, sealed.digest, sealed.chain, event.ahead_ms, event.act,
    )  # fmt: skip


_READ = ("seq", "id", "hlc", "device", "actor", "role", "kind", "v", "data", "ahead_ms", "act", "chain", "salt",
         "digest", "at", "t")  # fmt: skip
_READ_EVENTS = f"select {', '.join(_READ)} from events where seq > ? and seq <= ? order by seq"
_READ_EVENT = f"select {', '.join(_READ)} from events where id = ?"


LAST = 2**63 - 1


def read_event(execute: Callable[..., Any], event_id: str) -> StoredEvent | None:
    """Return the event of a file that has this id."""
    return next(events_of_rows(execute(_READ_EVENT, (event_id,))), None)


def read_events(execute: Callable[..., Any], after: int = 0, until: int = LAST) -> Iterator[StoredEvent]:
    """Yield the events of a file that arrived after a `seq`, and not after another one.

    Raises sqlite3.DatabaseError where a damaged page says no event.
    """
    return events_of_rows(read_rows(execute, after, until))


def events_of_rows(rows: Iterable[Sequence[Any]]) -> Iterator[StoredEvent]:
    """Yield the events that `read_rows` returned as rows."""
    for seq, id_, hlc, device, actor, role, kind, v, data, ahead_ms, act, *sealed in rows:
        event = Event(
            id=id_,
            hlc=hlc,
            device=device,
            actor=actor,
            role=role,
            kind=kind,
            v=v,
            data=data or "",
            fact=decode(kind, data, v) if data is not None else None,
            act=act,
            ahead_ms=ahead_ms,
        )
        yield StoredEvent(seq, event, *sealed)


def read_rows(execute: Callable[..., Any], after: int = 0, until: int = LAST) -> Iterator[tuple[Any, ...]]:
    """Yield the same as rows of plain values, which take no time to understand and little room when they are packed."""
    try:
        for row in execute(_READ_EVENTS, (after, until)):
            if not _says_event(*row):
                raise sqlite3.DatabaseError("malformed event")
            yield row
    except UnicodeError as error:
        raise sqlite3.DatabaseError("malformed text") from error


def _says_event(  # noqa: PLR0913, PLR0917 - the columns; checked one by one, for thousands are read at a start
    seq: Any, id_: Any, hlc: Any, device: Any, actor: Any, role: Any, kind: Any, v: Any, data: Any, ahead_ms: Any,
    act: Any, chain: Any, salt: Any, digest: Any, at: Any, t: Any,
) -> bool:  # fmt: skip
    """Whether the columns hold what they should; a damaged page may say anything."""
    return (
        type(seq) is type(hlc) is type(v) is type(ahead_ms) is int
        and type(id_) is type(device) is type(actor) is type(role) is type(kind) is str
        and type(chain) is type(digest) is type(at) is str
        and (data is None or type(data) is str)
        and (act is None or type(act) is str)
        and (salt is None or type(salt) is str)
        and (t is None or type(t) in (float, int))
    )
