"""New session files: made whole and on the disk under another name, so that no name is ever that of half a session."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from kring.domain.text import N_, KringError, Sentence
from kring.store import files, migrations
from kring.store.guard import identity
from kring.store.schema import APPLICATION_ID
from kring.store.store import AlreadyThere, NotSaved, Store
from kring.system import durable, file_lock, output_files
from kring.system.sqlite import sqlite3

COMPANIONS = ("-wal", "-shm", "-journal")
"""What SQLite lays beside a session file."""
READ_INTO_IT = ("-wal", "-journal")
"""What SQLite would read into a new file, where it lies beside that name since an older one."""


@contextmanager
def making(path: Path) -> Iterator[Store]:
    """Give a new session file to fill, for its owner only; it gets its name when it is whole and on the disk.

    Whatever stops that leaves nothing behind. A file of that name in which nothing was ever begun is replaced. Raises
    AlreadyThere where a session lies, and KringError with what else stopped it.
    """
    output_files.refuse_hyphen(path)
    try:
        clear_abandoned(path)
        part, descriptor = _own_part(path)
    except (OSError, ValueError) as error:
        raise _not_made(path, error) from None
    try:
        with closing(_draft(part, path)) as store:
            yield store
        durable.sync(descriptor)
        _name(part, path)
    except (sqlite3.Error, OSError, NotSaved) as error:
        raise _not_made(path, error) from error
    finally:
        os.close(descriptor)
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _own_part(path: Path) -> tuple[Path, int]:
    """Return a file beside `path` that nobody else has, held for as long as its descriptor is open."""
    while True:
        part = path.absolute().with_name(f"{_beginning(path)}{secrets.token_hex(4)}.part")
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | durable.BINARY, 0o600)
        if os.name != "posix":  # there nobody can take away a file that is open
            return part, descriptor
        with suppress(OSError):  # a disk on the network may have no locks
            file_lock.lock(descriptor)
        if identity(part) is not None:
            return part, descriptor
        os.close(descriptor)  # somebody took it for abandoned before it was locked


def _draft(part: Path, path: Path) -> Store:
    """Return the store in which a file is made; whole or thrown away, it needs no journal on the disk."""
    connection = files.connected(part, "mode=rw")
    connection.execute("pragma journal_mode = memory")
    connection.execute("pragma synchronous = off")
    store = Store(part, connection, "write")
    store.path = path  # what a sentence calls it
    with store.writing():
        migrations.begin(connection)
    return store


def _name(part: Path, path: Path) -> None:
    for log in (path.with_name(path.name + ending) for ending in READ_INTO_IT):
        if os.path.lexists(log) and not os.path.lexists(path):
            raise KringError(
                "{log} lies there without its {file}, and may hold what was done in it: bring them together, or take "
                "another name.",
                log=log.name,
                file=path.name,
            )
    try:
        durable.give_name(part, path)
    except FileExistsError:
        _take_place(part, path)


def _take_place(part: Path, path: Path) -> None:
    """Put a file in the place of one in which nothing was ever begun; raises AlreadyThere where something was."""
    before = identity(path)
    if not _is_candidate(path):
        raise _taken(path)
    with closing(files.connected(path, "mode=rw")) as connection:
        if not _is_given_up(connection) or identity(path) != before:
            raise _taken(path)
        part.replace(path)
    durable.sync_folder(path.parent)


def _is_given_up(connection: sqlite3.Connection) -> bool:
    """Whether a file holds nothing and nobody has it open; from now on nobody else can write it."""
    try:
        if not _holds_nothing(connection):
            return False
        connection.execute("pragma journal_mode = delete")  # a log would be read into the new file
        connection.execute("begin exclusive")
        return _holds_nothing(connection)
    except sqlite3.Error:
        return False


def is_half_made(path: Path) -> bool:
    """Whether nothing was ever begun in a session file: an older kring was stopped while it made it."""
    if not _is_candidate(path):
        return False
    try:
        with closing(files.connected(path, "mode=ro")) as connection:
            return _holds_nothing(connection)
    except sqlite3.Error:
        return False


def _is_candidate(path: Path) -> bool:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return False
    if not stat.S_ISREG(found.st_mode):
        return False
    log = path.with_name(f"{path.name}-wal")
    return bool(found.st_size) or not log.exists() or not log.stat().st_size  # SQLite would throw such a log away


def _holds_nothing(connection: sqlite3.Connection) -> bool:
    """Whether a file is empty, or a session file without any event."""
    tables = {name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")}
    if not tables:
        return True
    application = connection.execute("pragma application_id").fetchone()[0]
    if application != APPLICATION_ID or "events" not in tables:
        return False
    return not connection.execute("select exists (select 1 from events)").fetchone()[0]


def abandoned(path: Path) -> list[Path]:
    """Return what is left of files that were to get a name, and whose makers were stopped."""
    try:
        parts = [part for part in path.parent.iterdir() if part.name.startswith(_beginning(path))]
    except OSError:
        return []
    return [part for part in parts if part.suffix == ".part" and not file_lock.is_held(part.parent, part.name)]


def clear_abandoned(path: Path) -> None:
    """Take away what `abandoned` returns: it holds names of people, and nothing that isn't in the plan."""
    for part in abandoned(path):
        with suppress(OSError):
            part.unlink()


def _beginning(path: Path) -> str:
    return f".{path.name}."


def _taken(path: Path) -> AlreadyThere:
    return AlreadyThere("{file} exists already.", file=path.name)


def _not_made(path: Path, error: Exception) -> KringError:
    cause = error.__cause__ or error
    if isinstance(cause, OSError):
        if not path.parent.is_dir():
            return KringError("There is no folder {folder}; make it first.", folder=str(path.parent))
        if not durable.is_full(cause):
            return KringError("{file} cannot be made: {reason}.", file=str(path), reason=cause.strerror or "")
    elif "full" not in str(cause):
        return KringError(
            "{file} cannot be made: {reason}.", file=str(path), reason=Sentence(N_("the disk does not answer"))
        )
    return KringError("The disk is full: {file} is not written.", file=path.name)
