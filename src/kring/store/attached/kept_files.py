"""Files that are kept in a session file as they are, beside the events: these say of each its checksum, not its bytes.

What no event tells can be made again of nothing, so the table stays where all others are made anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from kring.domain.rows import AttachmentRow, Row
from kring.domain.text import Sentence
from kring.system.sqlite import sqlite3

Execute = Callable[..., Any]

TABLE = "attached_files"
_COLUMNS = "sha256 text primary key, content blob not null"
MADE = f"create table {TABLE} ({_COLUMNS}) without rowid"
MADE_WHERE_MISSING = MADE.replace("create table", "create table if not exists", 1)


def fingerprint(content: bytes) -> str:
    """Return the checksum by which a file is known."""
    return hashlib.sha256(content).hexdigest()


def keep(execute: Execute, files: Iterable[bytes]) -> None:
    """Keep files, each once; only within `writing`."""
    for content in files:
        execute(f"insert or ignore into {TABLE} (sha256, content) values (?, ?)", (fingerprint(content), content))


def settle(execute: Execute, files: Sequence[bytes], rows: Iterable[Row]) -> None:
    """Keep the files that an act brings in, and erase those that its rows say are erased; only within `writing`."""
    if files:
        keep(execute, files)
    for row in rows:
        if type(row) is AttachmentRow and row.erased_at is not None:
            execute("pragma secure_delete = on")
            execute(f"delete from {TABLE} where sha256 = ?", (row.sha256,))


def drop_unnamed(execute: Execute) -> None:
    """Erase the files that no row names as kept; only within `writing`."""
    named = f"select sha256 from {AttachmentRow.TABLE} where erased_at is null"
    execute("pragma secure_delete = on")
    execute(f"delete from {TABLE} where sha256 not in ({named})")


def content_of(execute: Execute, sha256: str) -> bytes | None:
    """Return a file that is kept; None where no bytes are there."""
    found = execute(f"select content from {TABLE} where sha256 = ?", (sha256,)).fetchone()
    return found[0] if found and isinstance(found[0], bytes) else None


def kept(execute: Execute) -> Iterator[bytes]:
    """Yield the files of a session file that are whole, as far as it can be read."""
    try:
        for sha256, content in execute(f"select sha256, content from {TABLE}"):
            if isinstance(content, bytes) and fingerprint(content) == sha256:
                yield content
    except (sqlite3.Error, UnicodeError):
        return


def wrong(connection: sqlite3.Connection) -> Iterator[Sentence]:
    """Yield the files that should be there and are not, or no longer as they were brought in, and the other way."""
    found = f"select id, sha256, erased_at from {AttachmentRow.TABLE} order by id"
    for row_id, sha256, erased_at in connection.execute(found).fetchall():
        content = content_of(connection.execute, sha256)
        values = {"id": row_id}
        if erased_at is not None:
            if content is not None:
                yield Sentence("The file of attachment {id} was erased, and is in the session file.", values)
        elif content is None:
            yield Sentence("The file of attachment {id} is not in the session file.", values)
        elif fingerprint(content) != sha256:
            yield Sentence("The file of attachment {id} was changed.", values)
