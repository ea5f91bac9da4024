"""Which SQLite is safe for two processes that write one file."""

from kring.domain.text import KringError

Version = tuple[int, ...]


def has_wal_reset_fix(version: Version) -> bool:
    """Whether this SQLite has the fix of 3.51.3 for the WAL-reset bug, or one of its two backports."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def in_use() -> Version:
    """Return the version of the SQLite that kring uses."""
    from kring.system.sqlite import sqlite3

    return sqlite3.sqlite_version_info


def cipher_in_use() -> str:
    """Return the version of the SQLCipher around it, which can encrypt a file."""
    from kring.system.sqlite import sqlite3

    connection = sqlite3.connect(":memory:")
    try:
        return str(connection.execute("pragma cipher_version").fetchone()[0])
    finally:
        connection.close()


def require_sound() -> None:
    """Refuse to go on with an SQLite that can damage a session file."""
    try:
        version = in_use()
    except ImportError:
        raise KringError("SQLite cannot be loaded: install kring again, or its package sqlcipher3.") from None
    if not has_wal_reset_fix(version):
        raise KringError(
            "SQLite {version} can damage a file that two processes write: "
            "install sqlcipher3 with SQLite 3.51.3 or newer.",
            version=".".join(map(str, version)),
        )
