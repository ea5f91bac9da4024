"""How far a session file and the stream are level, kept in the file itself: two tables, made when it is first shared.

They are written in the transaction in which acts come in, and a copy of the file, or an older one that somebody put
back, says of itself what it has and what it lacks; beside the file nothing would say so. Nothing else refers to them:
without them all is offered and read once more, and whoever has it already knows it by its id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

Execute = Callable[..., Any]

SHARING = """create table if not exists sharing (
  stream text primary key, made_at text not null, last_place integer not null, read integer not null
) without rowid"""
SHARED_EVENTS = """create table if not exists shared_events (
  event text primary key references events (id), place integer not null
) without rowid"""


class Level(msgspec.Struct, frozen=True):
    """Up to which place of which stream a file has all that lies there; `read` is how much that was.

    `made` is when the stream was made: a server that lost it has another one of the same name.
    """

    made: str
    last: int = 0
    read: int = 0


NOTHING = Level("")


def read(execute: Execute, stream: str) -> Level:
    """Return how far a file is level with a stream."""
    if not _is_there(execute):
        return NOTHING
    found = execute("select made_at, last_place, read from sharing where stream = ?", (stream,)).fetchone()
    return Level(*found) if found else NOTHING


def places(execute: Execute) -> dict[str, int]:
    """Return which events of a file were seen in the stream, and at which place."""
    return dict(execute("select event, place from shared_events")) if _is_there(execute) else {}


def keep(execute: Execute, stream: str, level: Level, seen: Iterable[tuple[str, int]]) -> None:
    """Keep how far a file is level, and at which places events of it were seen; only within `writing`."""
    _make(execute)
    execute(
        "insert or ignore into shared_events select key, value from json_each(?) where key in (select id from events)",
        (msgspec.json.encode(dict(seen)).decode(),),
    )
    execute("insert or replace into sharing values (?, ?, ?, ?)", (stream, *msgspec.structs.astuple(level)))


def forget(execute: Execute) -> None:
    """Forget what was seen: the stream is another one, or lacks what lay in it; only within `writing`."""
    _make(execute)
    execute("delete from shared_events")
    execute("delete from sharing")


def _make(execute: Execute) -> None:
    execute(SHARING)
    execute(SHARED_EVENTS)


def _is_there(execute: Execute) -> bool:
    return bool(execute("select count(*) from sqlite_master where name = 'shared_events'").fetchone()[0])
