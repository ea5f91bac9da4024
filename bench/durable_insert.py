"""The floor of an act: one durable SQLite insert of an event-like row, and what it costs the disk."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from kring.store.files import MOST_PAGES_IN_WAL
from kring.system.sqlite import sqlite3

TABLE = """
create table events (
  seq integer primary key, id text not null unique, hlc integer not null, at integer not null, t real,
  actor text, device text, kind text not null, v integer not null, data text not null,
  salt blob, digest blob, chain blob
)
"""
INSERT = """
insert into events (id, hlc, at, t, actor, device, kind, v, data, salt, digest, chain)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
NOTE = '{"note":"01932e6c-0000-7000-8000-000000000000","text":"I forget the card.","kind":"quote"}'
FLOOR = "floor.db"
ACTS_WITHOUT_GROWTH = 20
"""A log grows at each act until it is brought into the file; from then on the same pages are written again."""
MARK = "/the-next-act-begins"  # never exists; asking for it shows in the trace


def insertion(folder: Path, rows: int = 0) -> Callable[[], None]:
    """A function that commits one more row to a file in `folder` that held so many before.

    The log is kept, and brought into the file, as kring has it done.
    """
    connection = sqlite3.connect(str(folder / FLOOR), isolation_level=None)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = full")
    connection.execute(f"pragma wal_autocheckpoint = {MOST_PAGES_IN_WAL}")
    connection.execute(TABLE)
    numbers = count(1)

    def row() -> tuple[object, ...]:
        number, now = next(numbers), time.time_ns() // 1_000_000
        said = (f"{number:032x}", now << 16, now, 0.25 * number, "assistant", "laptop", "note_added", 1, NOTE)
        return (*said, b"s" * 16, b"d" * 32, b"c" * 32)

    connection.execute("begin")
    connection.executemany(INSERT, (row() for _ in range(rows)))
    connection.execute("commit")
    connection.execute("pragma wal_checkpoint(truncate)")
    return lambda: connection.execute(INSERT, row())


def warmed(act: Callable[[], None], file: Path) -> Callable[[], None]:
    """The same act, once the log of its file is as long as it gets: a sync that also extends a file costs more."""
    log = file.with_name(f"{file.name}-wal")
    acts_since, length = 0, 0
    while acts_since < ACTS_WITHOUT_GROWTH:
        act()
        acts_since, length = (acts_since + 1, length) if log.stat().st_size == length else (0, log.stat().st_size)
    return act


def log_bytes(act: Callable[[], None], file: Path, acts: int) -> float:
    """What an act adds to a log that was begun a moment ago, on average."""
    log = file.with_name(f"{file.name}-wal")
    before = log.stat().st_size
    for _ in range(acts):
        act()
    return (log.stat().st_size - before) / acts


def timed_us(act: Callable[[], None]) -> Callable[[], float]:
    """The same act, returning the microseconds it took."""

    def once() -> float:
        begun = time.perf_counter_ns()
        act()
        return (time.perf_counter_ns() - begun) / 1000

    return once


def syncs_of_acts(which: str, folder: Path, acts: int) -> list[float]:
    """How many times the disk was told to keep what it has, for each act, counted by strace between marks.

    Left out are the acts during which SQLite moved its log into the database (a checkpoint, every few hundred
    pages) and the one after, which begins the log anew: the floor pays for those just as often.
    """
    log = folder / f"{which}.strace"
    me = [sys.executable, str(Path(__file__)), which, str(folder), str(acts)]
    calls = "trace=fsync,fdatasync,?access,?faccessat,?faccessat2"
    subprocess.run(
        ["strace", "-f", "-y", "-e", calls, "-o", str(log), "--", *me],
        check=True,
        capture_output=True,
        timeout=120,
    )
    between = log.read_text().split(MARK)[1:-1]
    synced = [re.findall(r"\b(?:fsync|fdatasync)\(\d+<([^>]*)>", calls) for calls in between]
    checkpointed = [any(path.endswith(".db") for path in paths) for paths in synced]
    return [
        float(len(paths))
        for paths, now, before in zip(synced, checkpointed, [False, *checkpointed], strict=False)
        if not now and not before
    ]


def main(which: str, folder: str, acts: str) -> None:
    """Runs the counted acts; the program's own way to act is imported only when it is measured."""
    if which == "floor":
        act = insertion(Path(folder))
    else:
        from kring_session import Acting
        from session_files import copy_of

        act = Acting(copy_of(Path(folder), 100)).act
    for _ in range(3):
        act()
    for _ in range(int(acts)):
        os.access(MARK, os.F_OK)
        act()
    os.access(MARK, os.F_OK)


if __name__ == "__main__":
    main(*sys.argv[1:])
