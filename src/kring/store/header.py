"""What the first bytes of a session file tell, without SQLite: where thousands lie beside each other, in no time."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from kring.store.schema import APPLICATION_ID
from kring.system.durable import BINARY

MAGIC = b"SQLite format 3\x00"
_LENGTH = 100
# https://sqlite.org/fileformat2.html#the_database_header
_WRITE_VERSION, _ROLLBACK = 18, 1
_CACHE_SIZE = slice(48, 52)
_APPLICATION = slice(68, 72)
SEALED_PAGES = 2_001
"""The cache that a sealed file suggests to SQLite, about what it takes by itself: a mark that needs no table read."""


def mark_sealed(execute: Callable[[str], Any], *, sealed: bool) -> None:
    """Say in the header that a file is sealed, or that it no longer is; the cache of this connection stays as it is."""
    cache = execute("pragma main.cache_size").fetchone()[0]
    execute(f"pragma main.default_cache_size = {SEALED_PAGES if sealed else 0}")
    execute(f"pragma main.cache_size = {cache}")


def is_sealed(file: str) -> bool:
    """Whether a session file was sealed, as one is whose session has ended, and has no log that may say otherwise.

    A file that was made anew by `rebuild` is sealed whatever its phase. Only for a file that this process has not
    opened: closing it here would drop SQLite's locks.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | BINARY)
    except (OSError, ValueError):
        return False
    try:
        header = os.read(descriptor, _LENGTH)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    is_session = header.startswith(MAGIC) and header[_APPLICATION] == APPLICATION_ID.to_bytes(4)
    is_marked = header[_CACHE_SIZE] == SEALED_PAGES.to_bytes(4)
    return is_session and is_marked and header[_WRITE_VERSION] == _ROLLBACK
