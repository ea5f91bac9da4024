"""What the first bytes of a session file tell, without SQLite: where thousands lie beside each other, in no time."""

from __future__ import annotations

import os

from kring.store.schema import APPLICATION_ID
from kring.system.durable import BINARY

MAGIC = b"SQLite format 3\x00"
_LENGTH = 100
# https://sqlite.org/fileformat2.html#the_database_header
_WRITE_VERSION, _ROLLBACK = 18, 1
_APPLICATION = slice(68, 72)


def is_sealed(file: str) -> bool:
    """Whether a session file was sealed: left without a log, as a session is that has ended.

    So does a file made anew by `rescue`, `restore` or `rebuild`, or a copy from a bundle, whatever its phase. Only for
    a file that this process has not opened: closing it here would drop SQLite's locks.
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
    return is_session and header[_WRITE_VERSION] == _ROLLBACK
