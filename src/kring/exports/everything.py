"""A whole session as JSON: all tables, and with names all events too, of which the session file can be made again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
from msgspec.structs import asdict, astuple

from kring.domain.rows import ROWS, Moment, Row
from kring.domain.state import State
from kring.domain.text import KringError
from kring.privacy.snapshot import Material
from kring.store import event_line
from kring.store.derived import history_of
from kring.store.files import cannot_open, create, discard, open_
from kring.store.store import Store
from kring.store.tables import COLUMNS, all_rows
from kring.store.values import iso
from kring.store.verify import Report, verify
from kring.system.output_files import Progress
from kring.system.sqlite import sqlite3

FORMAT = "kring session"
VERSION = 1
_EVENTS = (
    "select seq, id, hlc, at, t, actor, role, device, kind, v, data, salt, digest, chain from events "
    "where seq <= ? order by seq"
)


class EventLine(msgspec.Struct, frozen=True):
    """An event as the file has it; `data` is the fact as the text over which its digest runs."""

    seq: int
    id: str
    hlc: int
    at: str
    t: float | None
    actor: str
    role: str
    device: str
    kind: str
    v: int
    data: str | None
    salt: str | None
    digest: str
    chain: str


class Everything(msgspec.Struct, frozen=True):
    """What the JSON says, as far as a session file is made of it; the tables follow from the events."""

    format: str
    version: int
    events: tuple[EventLine, ...] = ()
    note_numbers: dict[str, int] = {}


def write(material: Material, file: BinaryIO, progress: Progress) -> None:
    """Write all tables as they may leave; with names the events too, so everything that ever stood in the file."""
    told: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "with_names": material.with_names,
        "session": str(material.session_id),
        "tables": {row.TABLE: _told_rows(material.state.tables[row.TABLE].values()) for row in ROWS},
    }
    if material.with_names:
        told["events"], told["note_numbers"] = _as_stored(material)
    file.write(msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n")


def read(path: Path, out: Path) -> Report:
    """Make the session file again of which a JSON export was written; return how whole it is.

    Raises KringError where it is no such export, holds no events, or `out` exists or cannot be written.
    """
    everything = _everything(path)
    if not everything.events:
        raise KringError(
            "{file} was written without names, so without events; export the session with --names.", file=path.name
        )
    store = create(out)
    try:
        _fill(store, everything, path)
    except BaseException:
        store.close()
        discard(out)
        raise
    store.close(seal=True)
    return verify(out)


def _everything(path: Path) -> Everything:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise KringError("{file} cannot be read: {reason}.", file=str(path), reason=error.strerror or "") from None
    try:
        found = msgspec.json.decode(content, type=Everything)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise _is_none(path) from None
    if found.format != FORMAT or found.version != VERSION:
        raise _is_none(path)
    return found


def _is_none(path: Path) -> KringError:
    return KringError("{file} is no JSON export of kring, or was changed.", file=path.name)


def _fill(store: Store, everything: Everything, path: Path) -> None:
    with store.writing():
        try:
            for event in everything.events:
                store.add_as_found(event_line.EventLine._make(astuple(event)))
            state = history_of(store.read_all()).state
            _put_notes(store, state, everything.note_numbers)
        except (sqlite3.IntegrityError, OverflowError):  # the same place twice, or a number that no file holds
            raise _is_none(path) from None
        store.put(all_rows(state))
    store.settled()


def _put_notes(store: Store, state: State, numbers: dict[str, int]) -> None:
    """Write the notes first, each with the number that it had."""
    columns = COLUMNS["notes"]
    places = ", ".join("?" * len(columns))
    statement = f"insert into notes (number, {', '.join(columns)}) values (?, {places})"  # noqa: S608 - our own names
    for row in sorted(state.notes.values(), key=lambda row: numbers.get(row.id, 0)):
        if row.id in numbers:
            store.connection.execute(statement, (numbers[row.id], *astuple(row)))


def _as_stored(material: Material) -> tuple[list[EventLine], dict[str, int]]:
    last = material.events[-1].seq if material.events else 0
    store = open_(material.path, "read")
    try:
        with store.reading():
            events = [EventLine(*values) for values in store.connection.execute(_EVENTS, (last,))]
            numbers = dict(store.connection.execute("select id, number from notes order by number"))
    except sqlite3.Error as error:
        raise cannot_open(error, material.path) from error
    finally:
        store.close()
    return events, numbers


def _told_rows(rows: Iterable[Row]) -> list[dict[str, Any]]:
    return [{name: _told(value) for name, value in asdict(row).items()} for row in rows]


def _told(value: Any) -> Any:
    return iso(value) if isinstance(value, Moment) else value
