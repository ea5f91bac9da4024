"""Rows of a session that is shared: how soon others see an act, what it costs the one who acts, and catching up."""

from __future__ import annotations

import asyncio
import importlib.util
import random
import shutil
import statistics
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from kring_session import Acting
from measure import Compare, Effort, NotMeasurable, Row, percentile
from session_files import ON_DISK, copy_of, place

from kring.domain.history import Change
from kring.session.copies.arriving import Arrivals
from kring.store.making import making
from kring.store.tables import COLUMNS
from kring.system.sqlite import sqlite3
from kring.system.worker_process import Background

HERE = "127.0.0.1"
EVENTS, CAUGHT_UP = 2_000, 10_000
ACTS = 200
PAUSES_S = (0.01, 0.04)
LOOK_S = 0.02
"""How often the screen of a shared session looks for what others did, where no agent rings."""
MOST_S = 60.0
EXTRA = ("nats", "nkeys", "cryptography")


def seen_by_others(effort: Effort) -> list[Row]:
    """From an act until the other laptop's screen has it, against a bare message through such a server."""
    row = Row("act-seen", "an act until the others see it, slowest of 100", "ms", 10, compare=Compare.EXCESS)
    with _measured([row]), place(ON_DISK) as folder, _server(folder / "bare.share", str(uuid.uuid4())) as codes:
        file = copy_of(folder, EVENTS)
        other = Path(shutil.copy(file, folder / "bo.db"))
        with (
            _shared(file) as (given, his),
            _level(other, given["assistant"], wait=True) as hers,
            closing(Acting(file)) as els,
            closing(Acting(other)) as bo,
        ):
            came = threading.Event()
            hers.rung = came.set
            els.session.subscribe(lambda _: his.ring())
            for _ in range(effort.rounds):
                row.floor.append(percentile(asyncio.run(_messages_ms(folder / "bare.share", codes["moderator"])), 0.99))
                row.kring.append(percentile([_seen_ms(els, bo, came) for _ in range(ACTS)], 0.99))
    return [row]


def local_acts(effort: Effort) -> list[Row]:
    """An act of one's own while the session is shared live, and while 10,000 of others come in, against one alone."""
    rows = {
        "catching up": Row("act-catching-up", f"act while {CAUGHT_UP:,} of others come in", "µs", 1.05),
        "live": Row("act-live", "act while the session is shared live", "µs", 1.05),
    }
    with _measured(list(rows.values())), place(ON_DISK) as folder:
        full = copy_of(folder, CAUGHT_UP)
        with _shared(full) as (codes, _):
            for number in range(min(effort.rounds, 3)):
                file = _begun(full, folder / f"bo-{number}.db")
                with closing(Acting(file)) as bo:
                    alone = _acts_us(bo, _so_many(ACTS))
                    with _level(file, codes["assistant"]) as agent:
                        came: Counter[str] = Counter()  # told by who acts: to read the file would cool the caches
                        stop = bo.session.subscribe(partial(_heard, agent, came))
                        _until(lambda file=file: _count(file) > 2 * ACTS)
                        coming = _acts_us(bo, lambda came=came: came["tablet"] < CAUGHT_UP)
                        live = _acts_us(bo, _so_many(ACTS))
                        stop()
                    alone += _acts_us(bo, _so_many(ACTS))
                for name, taken in (("catching up", coming), ("live", live)):
                    rows[name].floor.append(statistics.median(alone))
                    rows[name].kring.append(statistics.median(taken))
    return list(rows.values())


def catching_up(effort: Effort) -> list[Row]:
    """10,000 acts of others taken from the server into the file, against inserting those rows with plain SQLite."""
    row = Row("catch-up", f"{CAUGHT_UP:,} acts of others caught up", "s", 3)
    with _measured([row]), place(ON_DISK) as folder:
        full = copy_of(folder, CAUGHT_UP)
        with _shared(full) as (codes, _):
            for number in range(min(effort.rounds, 6) + 1):
                floor = _inserted_s(full, folder / f"bare-{number}.db")
                taken = _caught_up_s(_begun(full, folder / f"bo-{number}.db"), codes["assistant"])
                if number:
                    row.floor.append(floor)
                    row.kring.append(taken)
    return [row]


@contextmanager
def _measured(rows: list[Row]) -> Iterator[None]:
    """Leave rows without figures where the extra that shares is not installed."""
    try:
        if any(importlib.util.find_spec(name) is None for name in EXTRA):
            raise NotMeasurable("needs the extra team")
        yield
    except NotMeasurable as reason:
        for row in rows:
            row.remark = str(reason)


@contextmanager
def _server(folder: Path, session: str) -> Iterator[dict[str, str]]:
    """Keep a server as kring does, and give its codes."""
    from kring.team.tasks import Hosting, Listening, hosting

    kept = hosting(Hosting(str(folder), session, HERE, time.time_ns() // 1_000_000))
    try:
        news = next(kept.wait())
        if not isinstance(news, Listening):
            raise NotMeasurable(str(news.sentence))
        yield {str(role): code for role, code in news.codes.items()}
    finally:
        kept.finish(5)


@contextmanager
def _shared(file: Path) -> Iterator[tuple[dict[str, str], Background[Any]]]:
    """Share a session file; return when the server has all of it, with the codes and the agent."""
    with closing(sqlite3.connect(str(file))) as connection:
        session = connection.execute("select id from session").fetchone()[0]
    with _server(file.with_suffix(".share"), session) as codes, _level(file, codes["moderator"], wait=True) as agent:
        yield codes, agent


@contextmanager
def _level(file: Path, code: str, *, wait: bool = False) -> Iterator[Background[Any]]:
    """Keep a file level with the server in a process of its own; `wait` until it is."""
    from kring.team import status
    from kring.team.tasks import Levelling, Way, levelling

    folder = file.with_suffix(".share")
    folder.mkdir(mode=0o700, exist_ok=True)
    agent = levelling(Levelling(str(file), str(folder), Way(code)))
    try:
        if wait:
            _until(lambda: (now := status.read(folder)) is not None and now.condition == "live" and not now.to_send)
        yield agent
    finally:
        agent.finish(5)


def _until(happens: Callable[[], object]) -> None:
    deadline = time.monotonic() + MOST_S
    while not happens():
        if time.monotonic() > deadline:
            raise NotMeasurable("it did not come over")
        time.sleep(0.01)


async def _messages_ms(folder: Path, code: str) -> list[float]:
    """How long a message takes through the server, of the size of an act, kept and heard by another connection."""
    from kring.team import access
    from kring.team.levelling import making as streams
    from kring.team.tasks import Way

    wanted = access.access_by(Way(code), folder)
    await streams.make(wanted)
    one, other = [await access.connected(wanted, lambda _: None) for _ in range(2)]
    came = asyncio.Event()

    async def hear(_message: object) -> None:
        came.set()

    await other.subscribe(wanted.names.all_heard, cb=hear)
    await other.flush()
    taken = []
    for _ in range(ACTS):
        await asyncio.sleep(random.uniform(*PAUSES_S))
        came.clear()
        begun = time.perf_counter()
        await one.publish(wanted.names.written_by(wanted.role), b"x" * 700)
        await came.wait()
        taken.append((time.perf_counter() - begun) * 1000)
    for client in (one, other):
        await access.left(client)
    return taken


def _seen_ms(els: Acting, bo: Acting, came: threading.Event) -> float:
    """How long it takes from an act until the other one's screen would show it, which looks when its agent rings."""
    _look_for(els, random.uniform(*PAUSES_S))
    begun = time.perf_counter()
    els.note()
    act = next(els.session.history.newest_first()).id
    while bo.session.history.event(act) is None:
        came.wait(LOOK_S)
        came.clear()
        if bo.session.has_news():
            bo.session.glance()
        if time.perf_counter() - begun > MOST_S:
            raise NotMeasurable("it did not come over")
    return (time.perf_counter() - begun) * 1000


def _look_for(acting: Acting, seconds: float) -> None:
    """Do between two acts what a screen does."""
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        if acting.session.has_news():
            acting.session.glance()
        time.sleep(LOOK_S)


def _heard(agent: Background[Any], came: Counter[str], change: Change) -> None:
    agent.ring()
    came.update(event.device for event in change.events)


def _acts_us(acting: Acting, goes_on: Callable[[], bool]) -> list[float]:
    taken = []
    while goes_on():
        _look_for(acting, random.uniform(*PAUSES_S))
        begun = time.perf_counter()
        acting.note()
        taken.append((time.perf_counter() - begun) * 1e6)
    return taken


def _so_many(times: int) -> Callable[[], bool]:
    left = iter(range(times))
    return lambda: next(left, None) is not None


def _begun(full: Path, file: Path) -> Path:
    """A copy of a session from before the tablet that wrote most of it was heard of."""
    with closing(sqlite3.connect(str(full))) as connection:
        connection.row_factory = sqlite3.Row
        lines = [dict(line) for line in connection.execute("select * from events where device != 'tablet'")]
    with making(file) as draft:
        Arrivals(draft).take(lines)
    return file


def _count(file: Path) -> int:
    with closing(sqlite3.connect(str(file))) as connection:
        count: int = connection.execute("select count(*) from events where device = 'tablet'").fetchone()[0]
    return count


def _inserted_s(full: Path, file: Path) -> float:
    """How long plain SQLite takes to insert what kring must have of them: the events, and the rows that they make true.

    As much in a transaction as kring takes where nobody acts, with the same tables and indexes, and as soon on the
    disk.
    """
    from kring.team.levelling.link import MOST_AT_A_TIME

    _begun(full, file)
    with closing(sqlite3.connect(str(full))) as connection:
        events = connection.execute("select * from events where device = 'tablet'").fetchall()
        whole = {table: connection.execute(f"select * from {table}").fetchall() for table in COLUMNS}
    with closing(sqlite3.connect(str(file), isolation_level=None)) as connection:
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        there = {table: set(connection.execute(f"select * from {table}")) for table in COLUMNS}
        new = {table: [row for row in rows if row not in there[table]] for table, rows in whole.items()}
        new["events"] = [(None, *row[1:]) for row in events]  # its place of arrival is the next one
        insert = {
            table: f"insert or replace into {table} values ({', '.join('?' * len(rows[0]))})"
            for table, rows in new.items()
            if rows
        }
        times = -(-CAUGHT_UP // MOST_AT_A_TIME)
        begun = time.perf_counter()
        for number in range(times):
            connection.execute("begin immediate")
            for table, statement in insert.items():
                rows = new[table]
                connection.executemany(statement, rows[len(rows) * number // times : len(rows) * (number + 1) // times])
            connection.execute("commit")
        return time.perf_counter() - begun


def _caught_up_s(file: Path, code: str) -> float:
    """How long an agent takes, from its first word to the server until the file has all."""
    from kring.team.access import access_by
    from kring.team.levelling.agent import Agent
    from kring.team.levelling.local_copy import LocalCopy
    from kring.team.status import Status
    from kring.team.tasks import Way

    wanted = access_by(Way(code))
    with closing(Arrivals.at(file)) as door:
        door.store.need_no_sync()
        door.store.checkpoint_when_told()
        live_at: list[float] = []

        def hear(status: Status) -> None:
            if status.condition == "live":  # it has all, and stops only when it looks whether to
                live_at.append(time.perf_counter())

        copy = LocalCopy(door, wanted.names.stream)
        agent = Agent(copy, wanted, hear, lambda: bool(live_at))
        begun = time.perf_counter()
        asyncio.run(agent.run())
    if _count(file) < CAUGHT_UP:
        raise NotMeasurable("it did not come over")
    return live_at[0] - begun
