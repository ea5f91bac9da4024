"""How a row's values are written: a moment as ISO text, a tuple as a JSON array; the one mapping to SQLite."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

import msgspec

from kring.domain.rows import FIRST_MS, LAST_MS, Moment
from kring.system.sqlite import sqlite3


def iso(at_ms: int) -> str:
    """Return epoch ms as ISO text in UTC, to the millisecond; what no calendar has is its first or last moment."""
    second, ms = divmod(min(max(at_ms, FIRST_MS), LAST_MS), 1000)
    return f"{_second(second)}.{ms:03}Z"


@lru_cache(maxsize=256)
def _second(at_s: int) -> str:
    return datetime.fromtimestamp(at_s, UTC).replace(tzinfo=None).isoformat()


def register() -> None:
    """Tell SQLite how to write the values that it doesn't know."""
    sqlite3.register_adapter(Moment, iso)
    sqlite3.register_adapter(tuple, lambda value: msgspec.json.encode(value).decode())


register()
