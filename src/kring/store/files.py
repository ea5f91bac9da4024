"""Session files: opening, checking, and bringing one to this version; see `making` for new ones."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from pathlib import Path

from kring.domain.text import N_, KringError, Sentence
from kring.store import tables
from kring.store.guard import COMPANIONS, has_log, identity
from kring.store.schema import APPLICATION_ID, VERSION, foreign_triggers
from kring.store.store import BUSY_MS, Mode, Store
from kring.system.console import tell
from kring.system.sqlite import sqlite3
from kring.system.turns import Turn

OPENING_MS = 15_000  # nobody types yet, and many may want to open one file at once
MOST_PAGES_IN_WAL = 400
CACHE_KIB = 2_000  # SQLite's own measure; the library that is built in takes four times as much, and acts need little
MOMENT_S = 0.5


def open_(
    path: Path, mode: Mode = "write", *, to_mend: bool = False, meanwhile: Callable[[], object] | None = None
) -> Store:
    """Open a session file, checked and brought to this version; a newer one only to be read.

    `to_mend` also opens one with triggers that kring did not make, for `rebuild` to take them out; `meanwhile` is done
    while one that is written is looked through, and nothing is written before that is finished.

    Raises KringError with a sentence when it's no session file, is damaged, or can't be read.
    """
    if not path.exists():
        if path.is_symlink():
            raise KringError("{file} is a link that leads to no file.", file=path.name)
        raise KringError("There is no file {file}.", file=str(path))
    refuse_odd(path)
    _refuse_odd_log(path)
    found = identity(path)
    try:
        if mode == "write" and _is_wounded(path):
            raise KringError(
                "Somebody works in {file}, and another program took away what belongs to it; wait until kring there "
                "goes on in a new file, and open that.",
                file=path.name,
            )
        connection = _connected(path, mode)
        try:
            store = _checked(path, connection, mode, to_mend, meanwhile)
        except BaseException:
            connection.close()
            raise
        if store.guard.identity != found:
            store.close()
            raise _taken_away(path)
        return store
    except (sqlite3.Error, UnicodeError, FileNotFoundError) as error:
        if identity(path) != found:
            raise _taken_away(path) from error
        if isinstance(error, FileNotFoundError):
            raise
        raise cannot_open(error, path) from error


def _taken_away(path: Path) -> KringError:
    return KringError("Another program moved or replaced {file} while it was opened; open it again.", file=path.name)


def refuse_odd(path: Path) -> None:
    """Refuse a folder, a device, or a pipe, which would be waited for; raises KringError."""
    if path.exists() and not path.is_file():
        raise KringError("{file} is not an ordinary file.", file=path.name or str(path))


def _refuse_odd_log(path: Path) -> None:
    """Refuse a log that SQLite would throw away, or read into a file that it is not of."""
    log = path.with_name(f"{path.name}-wal")
    try:
        if not log.stat().st_size:
            return
        is_empty = not path.stat().st_size
    except OSError:
        return
    if is_empty:
        raise KringError(
            "{file} was emptied, but {log} holds what was done last; save that with kring rescue.",
            file=path.name,
            log=log.name,
        )
    if not has_log(path):
        raise KringError(
            "{log} does not belong to {file}, which was closed before: another program brought one of them. Keep {log} "
            "elsewhere, and open {file} again.",
            file=path.name,
            log=log.name,
        )


def _lost_a_companion(path: Path) -> bool:
    return has_log(path) and not all(path.with_name(path.name + ending).exists() for ending in COMPANIONS)


def _is_wounded(path: Path) -> bool:
    """Whether somebody has a file open of which a part was taken away; opening and closing it takes but a moment."""
    deadline = time.monotonic() + MOMENT_S
    while _lost_a_companion(path) and is_open_elsewhere(path):
        if time.monotonic() > deadline:
            return True
        time.sleep(random.uniform(0.001, 0.02))
    return False


def is_open_elsewhere(path: Path) -> bool:
    """Whether another program has a file open; nothing in this process may have it open meanwhile."""
    try:
        with closing(connected(path, "mode=rw")) as alone:
            alone.execute("pragma busy_timeout = 0")
            alone.execute("pragma locking_mode = exclusive")
            alone.execute("select count(*) from sqlite_master").fetchone()
    except sqlite3.Error as error:
        return "locked" in str(error)
    return False


def lost_its_log(path: Path) -> bool:
    """Whether a file was in use, and no log is there, or nothing in it, in which the last acts may have stood."""
    log = path.with_name(f"{path.name}-wal")
    is_there = log.exists() and bool(log.stat().st_size)
    return path.is_file() and has_log(path) and not is_there and not is_open_elsewhere(path)


def without_log(file: str) -> Sentence:
    """Return that a file lost its log."""
    told = N_("{file} was in use, and {log} is missing or empty: what was done in the last seconds may be missing.")
    return Sentence(told, {"file": file, "log": f"{file}-wal"})


def _connected(path: Path, mode: Mode) -> sqlite3.Connection:
    if mode == "write":
        connection = connected(path, "mode=rw", by_threads=True)
        connection.set_busy_handler(Turn(path, tell, OPENING_MS / 1000))  # type: ignore[attr-defined]  # of sqlcipher3
        return connection
    connection = connected(path, "mode=ro")
    try:
        connection.execute("pragma user_version").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        if os.access(path.parent, os.W_OK):
            raise
        return _connected_in_locked_folder(path)
    return connection


def _connected_in_locked_folder(path: Path) -> sqlite3.Connection:
    """Read a file beside which SQLite can make none of its own: only one that nobody writes, and that is whole."""
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        raise KringError(
            "{file} was not closed, and its folder may not be written: copy it with {log} into a folder of your own.",
            file=path.name,
            log=log.name,
        )
    return connected(path, "mode=ro&immutable=1")


def connected(path: Path, how: str, *, by_threads: bool = False) -> sqlite3.Connection:
    """Return a connection to a file that is there, whatever signs its name is of; for several threads in turn."""
    address = f"{path.resolve().as_uri()}?{how}"
    return sqlite3.connect(
        address,
        uri=True,
        timeout=OPENING_MS / 1000,
        isolation_level=None,
        cached_statements=256,
        check_same_thread=not by_threads,
    )


def _checked(
    path: Path, connection: sqlite3.Connection, mode: Mode, to_mend: bool, meanwhile: Callable[[], object] | None
) -> Store:
    version = connection.execute("pragma user_version").fetchone()[0]
    application = connection.execute("pragma application_id").fetchone()[0]
    if application != APPLICATION_ID:
        raise _no_session(path, connection)
    _refuse_views_for_tables(path, connection)
    if version > VERSION:
        connection.close()
        connection = _connected(path, "read")
        connection.execute(f"pragma busy_timeout = {BUSY_MS}")
        note = KringError("{file} was made by a newer kring; it is opened for reading only.", file=path.name)
        return Store(path, connection, "read", note)
    if mode == "read":
        return Store(path, connection if version == VERSION else _brought_up_to_date(connection), "read")
    try:
        _refuse_unsound(path, connection, to_mend, meanwhile)
    except BaseException:
        _end_log(connection)
        raise
    store = Store(path, connection, "write")
    if version < VERSION:
        _bring_up_to_date(store)
    store.wait_for_lock(patiently=True)
    return store


def _refuse_unsound(
    path: Path, connection: sqlite3.Connection, to_mend: bool, meanwhile: Callable[[], object] | None
) -> None:
    if not _is_sound(connection, meanwhile):
        raise KringError("{file} is damaged; save what it holds with kring rescue.", file=path.name)
    if not to_mend and (foreign := foreign_triggers(connection.execute)):
        raise KringError(
            "{file} holds a trigger that kring did not make ({name}); kring rebuild takes it out.",
            file=path.name,
            name=foreign[0],
        )


def _is_sound(connection: sqlite3.Connection, meanwhile: Callable[[], object] | None) -> bool:
    """Whether a file is sound, which is made ready to be written; while the disk is waited for, `meanwhile` is done."""
    if meanwhile is None:
        return _made_ready(connection) == "ok"
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(max_workers=1) as beside:  # which is left when both are finished
        found = beside.submit(_made_ready, connection)
        meanwhile()
    return found.result() == "ok"


def _made_ready(connection: sqlite3.Connection) -> str:
    """Return what SQLite says of a file after it was made ready to be written."""
    _begin_log(connection)
    connection.execute("pragma synchronous = full")
    connection.execute("pragma fullfsync = on")  # macOS: only then a sync reaches the disk
    connection.execute("pragma checkpoint_fullfsync = on")
    connection.execute(f"pragma wal_autocheckpoint = {MOST_PAGES_IN_WAL}")
    connection.execute(f"pragma cache_size = -{CACHE_KIB}")
    found: str = connection.execute("pragma quick_check(1)").fetchone()[0]
    return found


def _brought_up_to_date(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Return a copy in memory of a file of an older version, which stays as it is."""
    from kring.store.migrations import migrate

    copy = sqlite3.connect(":memory:", isolation_level=None, cached_statements=256)
    connection.backup(copy)
    connection.close()
    copy.execute("begin")
    migrate(copy)
    copy.execute("commit")
    return copy


def _begin_log(connection: sqlite3.Connection) -> None:
    """Change to a write-ahead log; where two want that at once SQLite doesn't wait, so this does."""
    deadline = time.monotonic() + OPENING_MS / 1000
    while True:
        try:
            connection.execute("pragma journal_mode = wal")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(random.uniform(0.001, 0.02))
        else:
            return


def _end_log(connection: sqlite3.Connection) -> None:
    """Make it a file without a log again, so that nobody misses one at the next start."""
    with suppress(sqlite3.Error):  # somebody else has it open
        connection.execute("pragma busy_timeout = 0")
        connection.execute("pragma journal_mode = delete")


def _bring_up_to_date(store: Store) -> None:
    import sqlite_utils.migrations  # noqa: F401 - slow, so not while the file is locked

    from kring.store.migrations import migrate

    with store.writing():
        if store.connection.execute("pragma user_version").fetchone()[0] < VERSION:
            migrate(store.connection)


def _refuse_views_for_tables(path: Path, connection: sqlite3.Connection) -> None:
    """Refuse a view under the name of a table: to read it may take for ever."""
    own = ("events", "milestone", *tables.COLUMNS)
    found = "select name from sqlite_master where type = 'view'"
    for (name,) in connection.execute(found):
        if str(name).lower() in own:
            raise KringError(
                "{file} has a view {name} where kring has a table: it was tampered with and is not read.",
                file=path.name,
                name=name,
            )


def _no_session(path: Path, connection: sqlite3.Connection) -> KringError:
    if connection.execute("select count(*) from sqlite_master").fetchone()[0]:
        return KringError("{file} is no session file of kring.", file=path.name)
    return KringError(
        "{file} is empty: its making was cut off, or it was copied without {log}, in which the session is.",
        file=path.name,
        log=f"{path.name}-wal",
    )


def still_holds(path: Path, ids: Iterable[str]) -> bool:
    """Whether a look into the files themselves, past what SQLite remembers of them, finds them sound with these events.

    What can't be looked at, because another program holds it, is not known to be wrong.
    """
    try:
        with closing(connected(path, "mode=ro")) as fresh:
            fresh.execute("pragma busy_timeout = 0")
            if fresh.execute("pragma quick_check(1)").fetchone()[0] != "ok":
                return False
            found = {event_id for (event_id,) in fresh.execute("select id from events")}
    except (sqlite3.Error, UnicodeError) as error:
        return "locked" in str(error)
    return found.issuperset(ids)


def cannot_open(error: sqlite3.Error | UnicodeError, path: Path) -> KringError:
    """Return what an error at opening means to a person."""
    text = str(error).lower()
    if path.is_dir():
        return KringError("{file} is a folder; name the session file in it.", file=str(path))
    if "not a database" in text:
        return KringError("{file} is no session file of kring.", file=path.name)
    if "malformed" in text or "decode" in text:
        return KringError("{file} is damaged; save what it holds with kring rescue.", file=path.name)
    if "locked" in text:
        return KringError("{file} is held by another program.", file=path.name)
    if path.exists() and not os.access(path, os.R_OK):
        return KringError("{file} may not be read.", file=str(path))
    if "readonly" in text or not os.access(path.parent, os.W_OK) or not os.access(path, os.W_OK):
        return KringError("{file} or its folder may not be written.", file=str(path))
    return KringError("{file} cannot be opened: the disk is full or does not answer.", file=path.name)
