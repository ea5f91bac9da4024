"""Rescue: a new session file with all that a damaged one still holds, row by row, and a list of what is missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from mmap import ACCESS_READ, mmap
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import msgspec

from kring.domain.rows import ROWS, Row
from kring.domain.text import KringError, Sentence
from kring.store.attached import kept_files
from kring.store.chain import digest_of
from kring.store.derived import history_of
from kring.store.event_line import FEWEST, EventLine, between
from kring.store.files import refuse_odd
from kring.store.making import making
from kring.store.rescue.pages import Pages, apply_log, graft_schema
from kring.store.rescue.salvage import events_of, rows_of
from kring.store.store import Store
from kring.store.tables import all_rows
from kring.system import file_lock
from kring.system.output_files import refuse_hyphen
from kring.system.sqlite import sqlite3

_SMALLEST_EVENT = 200  # bytes
_PREFIX = ".kring-rescue-"
_MARK = "rescue.lock"
LENGTH_OF_DIGEST = 64

Found = dict[int, EventLine]


class Gathered(NamedTuple):
    """What a damaged file holds: the events by `seq`, the tables' rows, how many events are known, and kept files."""

    events: Found
    rows: list[Row]
    known: int
    files: list[bytes]


class Report(msgspec.Struct, frozen=True):
    """What was saved: so many events of those that are known to have been; `made_again` from rows of the tables."""

    saved: int
    known: int
    made_again: int
    findings: tuple[Sentence, ...]


def rescue(path: Path, out: Path) -> Report:
    """Save what a damaged file and its log still hold into a new file; the damaged one is only read.

    Raises KringError when there is nothing to read, or `out` exists or can't be written.
    """
    if not path.exists():
        raise KringError("There is no file {file}.", file=str(path))
    refuse_odd(path)
    refuse_hyphen(out)
    if os.path.lexists(out):
        raise KringError("{file} exists already.", file=out.name)
    try:
        with _own_folder(out.parent) as folder:
            events, rows, known, kept = _gathered(path, folder)
    except OSError as error:
        raise KringError("{file} cannot be made: {reason}.", file=str(out), reason=error.strerror or "") from None
    if not events and not rows:
        raise KringError("{file} holds nothing that can be saved.", file=path.name)
    with making(out) as store:
        made_again = _write(store, events, rows, kept)
        store.make_searchable()
    return Report(len(events), known, made_again, tuple(_findings(events, known, made_again)))


@contextmanager
def _own_folder(parent: Path) -> Iterator[Path]:
    """Give a folder for copies of what people said, and take away those of a rescue that was killed."""
    for mark in parent.glob(f"{_PREFIX}*/{_MARK}"):
        if not mark.parent.is_symlink() and not file_lock.is_held(mark.parent, _MARK):
            shutil.rmtree(mark.parent, ignore_errors=True)
    with TemporaryDirectory(dir=parent, prefix=_PREFIX) as name:
        held = file_lock.Lock(Path(name), _MARK)
        with suppress(OSError):  # on some disks on the network nothing can be locked
            held.take()
        try:
            yield Path(name)
        finally:
            held.free()


def _gathered(path: Path, folder: Path) -> Gathered:
    """Return what a file and its log still hold."""
    copy = folder / "copy.db"
    shutil.copyfile(path, copy)
    log = path.with_name(f"{path.name}-wal")
    if log.exists():
        _bring_in(log, copy)
    connection = _readable(copy) or _grafted(copy, folder / "fresh.db")
    with copy.open("rb") as opened:
        _take_names_away(folder)
        content = mmap(opened.fileno(), 0, access=ACCESS_READ) if os.fstat(opened.fileno()).st_size else b""
        return _read(connection, Pages(content))


def _bring_in(log: Path, copy: Path) -> None:
    """Bring what a log holds into the copy: SQLite does it where it may, else page by page."""
    if copy.stat().st_size:
        shutil.copyfile(log, copy.with_name(f"{copy.name}-wal"))
    else:
        apply_log(log, copy)


def _take_names_away(folder: Path) -> None:
    """Leave nothing under a name that a kill from now on could leave behind; what is open can still be read."""
    if os.name == "posix":
        for path in folder.iterdir():
            path.unlink()


def _read(connection: sqlite3.Connection | None, pages: Pages) -> Gathered:
    events: Found = {}
    rows: list[Row] = []
    known: set[int] = set()
    kept: list[bytes] = []
    if connection is not None:
        with closing(connection):
            _read_ranges(connection, len(pages) * pages.size // _SMALLEST_EVENT + 1, events)
            rows = [row for row_type in ROWS for row in rows_of(connection, row_type)]
            known = set(_indexed(connection))
            kept = list(kept_files.kept(connection.execute))
    for values in pages.rows(FEWEST, len(EventLine._fields)):
        line = _line(values)
        if line is not None and _fits(line) and not _fits(events.get(line.seq)):
            events[line.seq] = line
    return Gathered(events, rows, max([*known, *events], default=0), kept)


def _readable(copy: Path) -> sqlite3.Connection | None:
    connection = sqlite3.connect(str(copy), isolation_level=None)
    try:
        connection.execute("pragma wal_checkpoint(truncate)")
        connection.execute("select count(*) from sqlite_master").fetchone()
        events = "select type from sqlite_master where name = 'events' collate nocase"
        if connection.execute(events).fetchone() != ("table",):  # a view might take for ever
            raise sqlite3.DatabaseError
        connection.execute("select seq from events limit 0")
    except (sqlite3.Error, UnicodeError):  # what a damaged page says of itself may be no text
        connection.close()
        return None
    return connection


def _grafted(copy: Path, fresh: Path) -> sqlite3.Connection | None:
    with making(fresh):
        pass
    graft_schema(copy, fresh)
    return _readable(copy)


def _read_ranges(connection: sqlite3.Connection, top: int, events: Found) -> None:
    """Read events in ranges of `seq`, halving each that can't be read until only the lost ones are left out."""
    ranges = [(1, top)]
    while ranges:
        first, last = ranges.pop()
        try:
            found = between(connection.execute, first, last)
        except (sqlite3.Error, UnicodeError):
            if first < last:
                middle = (first + last) // 2
                ranges += [(middle + 1, last), (first, middle)]
            continue
        events.update((line.seq, line) for values in found if (line := _line(values)) is not None)


def _indexed(connection: sqlite3.Connection) -> Iterator[int]:
    """Yield `seq` of the events of which the index still knows."""
    for order in ("asc", "desc"):
        query = f"select seq from events indexed by sqlite_autoindex_events_1 order by id {order}"
        with suppress(sqlite3.Error, UnicodeError):
            yield from (seq for (seq,) in connection.execute(query))


def _line(values: Sequence[object]) -> EventLine | None:
    """Return the event that values say, or None where a damaged page says none."""
    try:
        line = msgspec.convert(tuple(values), EventLine)  # as it is, a line would be believed
    except msgspec.ValidationError:
        return None
    return line if len(line.digest) == LENGTH_OF_DIGEST else None


def _fits(line: EventLine | None) -> bool:
    """Whether an event's data is what was written once."""
    return line is not None and (line.salt is None or digest_of(line.salt, line.data or "") == line.digest)


def _write(store: Store, events: Found, rows: list[Row], kept: list[bytes]) -> int:
    with store.writing():
        kept_files.keep(store.connection.execute, kept)
        for seq in sorted(events):
            with suppress(sqlite3.IntegrityError):  # the same id twice: the page was read in an older state too
                store.add_as_found(events[seq])
        history = history_of(store.read_all())
        again = events_of(rows, history)
        history.accept(history.change(again))
        for event in again:
            store.add(event, "rescued", None)
        store.put(all_rows(history.state))
    store.settled()
    return len(again)


def _findings(events: Found, known: int, made_again: int) -> Iterator[Sentence]:
    for first, last in _runs(seq for seq in range(1, known + 1) if seq not in events):
        if first == last:
            yield Sentence("Event {seq} is missing.", {"seq": first})
        else:
            yield Sentence("Events {first} to {last} are missing.", {"first": first, "last": last})
    for seq in sorted(events):
        if not _fits(events[seq]):
            yield Sentence("Event {seq} ({id}) was changed.", {"seq": seq, "id": events[seq].id})
    if made_again:
        yield Sentence("{n} lost events were made again from the tables, as far as these tell.", {"n": made_again})


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield first and last of every run of numbers that follow each other."""
    first = last = None
    for number in numbers:
        if last is not None and first is not None and number != last + 1:
            yield first, last
            first = number
        first = number if first is None else first
        last = number
    if first is not None and last is not None:
        yield first, last
