"""How a row's values are written: a moment as ISO text, a tuple as a JSON array; the one mapping to SQLite."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
from pysqlite3 import dbapi2 as sqlite3

from kring.domain.rows import Moment


def iso(at_ms: int) -> str:
    """Return epoch ms as ISO text in UTC, to the millisecond."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at_ms % 1000:03}Z"


def register() -> None:
    """Tell SQLite how to write the values that it doesn't know."""
    sqlite3.register_adapter(Moment, iso)
    sqlite3.register_adapter(tuple, lambda value: msgspec.json.encode(value).decode())


register()
