"""Runs kring with one promise broken, to prove that the power-cut replay would notice.

Usage: kring_mutant.py early | normal | background | unmade, then what kring is given.
"""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from kring.cli.main import main
from kring.store import files
from kring.store.store import Store
from kring.system import durable
from kring.system.sqlite import sqlite3

PAINTED_S = 0.02  # long enough for an answer to be shown first


def acknowledge_early() -> None:
    """The commit of an act waits until the next act, or the end."""
    _commit_by(lambda _commit: None)


def commit_in_background() -> None:
    """The commit of an act happens in a thread, a little after the screen was painted."""
    sqlite3.connect = partial(sqlite3.connect, check_same_thread=False)
    _commit_by(lambda commit: threading.Timer(PAINTED_S, commit).start())


def sync_only_at_checkpoints() -> None:
    """Commits are not synced: SQLite's `synchronous = normal`."""
    honest = files.open_

    def open_(path: Path, *arguments: Any, **named: Any) -> Store:
        store = honest(path, *arguments, **named)
        store.connection.execute("pragma synchronous = normal")
        return store

    files.open_ = open_


def name_what_is_not_on_the_disk() -> None:
    """A new session file gets its name before the disk has what is in it."""
    durable.sync = lambda _descriptor: None


def _commit_by(arrange: Callable[[Callable[[], None]], None]) -> None:
    honest_close = Store.close
    lock = threading.RLock()

    def commit(store: Store) -> None:
        with lock, suppress(sqlite3.ProgrammingError):  # a store may be closed twice
            if store.connection.in_transaction:
                store.connection.execute("commit")

    @contextmanager
    def writing(store: Store) -> Iterator[None]:
        with lock:
            commit(store)
            store.connection.execute("begin immediate")
            try:
                yield
            except BaseException:
                store.connection.execute("rollback")
                raise
        arrange(partial(commit, store))

    def close(store: Store, *arguments: Any, **named: Any) -> bool:
        commit(store)
        return honest_close(store, *arguments, **named)

    Store.writing = writing
    Store.close = close


FLAWS = {
    "early": acknowledge_early,
    "normal": sync_only_at_checkpoints,
    "background": commit_in_background,
    "unmade": name_what_is_not_on_the_disk,
}

if __name__ == "__main__":
    FLAWS[sys.argv[1]]()
    sys.exit(main(sys.argv[2:]))
