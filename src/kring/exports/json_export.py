"""A whole session as JSON: all tables, and with names all events too, of which the session file can be made again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO, Literal

import msgspec
from msgspec.structs import asdict

from kring.domain.rows import ROWS, Moment, Row
from kring.privacy.snapshot import Snapshot
from kring.store.attached.kept_files import fingerprint, kept
from kring.store.event_line import between
from kring.store.files import cannot_open, open_
from kring.store.values import iso
from kring.system.output_files import Progress
from kring.system.sqlite import sqlite3

Format = Literal["kring session"]
Version = Literal[1, 2]
FORMAT: Format = "kring session"
VERSION: Version = 2
TOGETHER = "kring sessions"
"""The format of sessions that were written as one; each of them is as the schema says."""


def write(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write all tables as they may leave; with names the events and the files that are kept, so everything, too."""
    file.write(_text(_told_session(snapshot)))


def write_together(snapshots: Sequence[Snapshot], file: BinaryIO, progress: Progress) -> None:
    """Write sessions of a study, each as it is written alone."""
    file.write(_text({"format": TOGETHER, "version": VERSION, "sessions": list(map(_told_session, snapshots))}))


def _text(told: dict[str, Any]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n"


def _told_session(snapshot: Snapshot) -> dict[str, Any]:
    told: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "with_names": snapshot.with_names,
        "session": str(snapshot.session_id),
        "tables": {row.TABLE: _told_rows(snapshot.state.tables[row.TABLE].values()) for row in ROWS},
    }
    return told | _as_stored(snapshot) if snapshot.with_names else told


def _as_stored(snapshot: Snapshot) -> dict[str, Any]:
    """Return the events as the file has them, and the files that it keeps, where there are any, by their checksum."""
    last = snapshot.events[-1].seq if snapshot.events else 0
    store = open_(snapshot.path, "read")
    try:
        with store.reading():
            execute = store.connection.execute
            events = [each._asdict() for each in between(execute, 1, last)]
            files = {fingerprint(content): content for content in kept(execute)} if events else {}
            return {"events": events} | ({"files": files} if files else {})
    except (sqlite3.Error, UnicodeError) as error:
        raise cannot_open(error, snapshot.path) from error
    finally:
        store.close()


def _told_rows(rows: Iterable[Row]) -> list[dict[str, Any]]:
    return [{name: _told(value) for name, value in asdict(row).items()} for row in rows]


def _told(value: Any) -> Any:
    return iso(value) if isinstance(value, Moment) else value
