"""One session file: opening, reading, and the one transaction in which an act is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any, Literal, TypeVar

from kring.domain.events import Event
from kring.domain.facts import Fact
from kring.domain.history import History
from kring.domain.rows import Row
from kring.domain.state import EMPTY, State
from kring.domain.text import KringError, Refused
from kring.domain.upcast import decode
from kring.store import full_text, header, milestone, tables
from kring.store.chain import START, code_of, digest_of, link
from kring.store.event_line import INSERT, LAST, EventLine, StoredEvent, events_of_rows, line_of, read_events, read_rows
from kring.store.guard import Guard
from kring.store.values import iso
from kring.system.sqlite import sqlite3
from kring.system.turns import Turn

DAMAGE = ("malformed", "not a database", "decode")  # what SQLite says then
BUSY_MS = 240  # with the act itself a key takes no more than a quarter of a second
SEVERAL = 8  # rows that are worth to be written together
NO_HEAD = (-1, START)
Mode = Literal["write", "read"]
F = TypeVar("F", bound=Fact)


class NotSaved(KringError):
    """An act that could not be written; nothing of it is in the file."""


class NotRead(KringError):
    """What stands in the file could not be read just now."""


class AlreadyThere(KringError):
    """A session file of that name exists; whoever made it keeps it."""


Taken = sqlite3.IntegrityError
"""What is raised where the place of an event in the order of arrival is taken: somebody else wrote meanwhile."""


class Store:
    """The connection to one session file; its owner is the one session of this process."""

    def __init__(self, path: Path, connection: sqlite3.Connection, mode: Mode, note: KringError | None = None) -> None:
        self.path = path
        self.mode = mode
        self.note = note  # why it may only be read, or why it goes on in the place of another
        self.last_seq = 0
        self._connection = connection
        self._execute = connection.execute
        cursor = connection.cursor()
        self._write = cursor.execute  # one cursor for all that is written: half the time of a new one
        self._write_many = cursor.executemany
        self._heads: dict[str, tuple[int, str]] = {}  # the last event of each computer: its hlc and its link
        self.guard = Guard(path)
        self.turn: Turn | None = None  # of who would rather wait for seconds than be told that the file is held
        self.earlier = milestone.Earlier(self._read_rows, 0)
        self._seen_version = 0
        self._erased = self._count_erased()
        self.is_closed = False
        self._writing = Writing(self)
        self._is_searchable = True  # the full-text index may be there, as long as nothing was written
        self._added: list[StoredEvent] = []  # by this transaction
        self.sealed: dict[str, StoredEvent] = {}
        """The events that this process read or wrote, by id: as they were sealed, whatever becomes of the file."""

    @property
    def connection(self) -> sqlite3.Connection:
        """Return the connection, for reading."""
        return self._connection

    def begun(self) -> History:
        """Return the history as far as the file's milestone tells it, else an empty one; `read_new` reads the rest."""
        kept = milestone.read(self._execute)
        if kept is None:
            return History()
        self.last_seq = kept.seq
        for device, (_, hlc, chain) in kept.heads.items():
            self._heads[device] = (hlc, chain)
        self.earlier = milestone.Earlier(self._read_rows, kept.seq)
        return History(kept.milestone, self._read_back)

    def _read_back(self) -> list[Event]:
        earlier = list(events_of_rows(self.earlier.take()))
        self.sealed |= {each.event.id: each for each in earlier}
        return [each.event for each in earlier]

    def _read_rows(self, after: int, until: int) -> Iterator[tuple[Any, ...]]:
        return read_rows(self._execute, after, until)

    def codes(self) -> list[str]:
        """Return the check code of every computer's last event, as far as it was read."""
        return [code_of(chain) for _, (_, chain) in sorted(self._heads.items())]

    def read_new(self) -> list[Event]:
        """Return the events that came into the file since the last look, in order of arrival."""
        version = self._version()
        stored = list(self.read_events(self.last_seq))
        self._note(stored)
        self._seen_version = version
        return [each.event for each in stored]

    def _note(self, stored: Sequence[StoredEvent]) -> None:
        if stored:
            self.last_seq = stored[-1].seq
            self._keep(stored)

    def _keep(self, several: Sequence[StoredEvent]) -> None:
        sealed, heads = self.sealed, self._heads
        for each in several:
            event = each.event
            sealed[event.id] = each
            if (hlc := event.hlc) > heads.get(event.device, NO_HEAD)[0]:
                heads[event.device] = (hlc, each.chain)

    def read_events(self, after: int = 0, until: int = LAST) -> Iterator[StoredEvent]:
        """Yield the events that arrived after a `seq`, and not after another one."""
        return read_events(self._execute, after, until)

    def first_version(self, kind: type[Fact]) -> int | None:
        """Return in which version of its form the first fact of a kind came, None without any; reads no further."""
        row = self._execute("select v from events where kind = ? order by seq limit 1", (kind.kind,)).fetchone()
        return row[0] if row else None

    def facts(self, kind: type[F]) -> list[tuple[str, F]]:
        """Return all facts of one kind, each with the id of its event, without reading the other ones."""
        found = self._execute("select id, data, v from events where kind = ? and data is not null", (kind.kind,))
        facts = ((event, decode(kind.kind, data, v)) for event, data, v in found)
        return [(event, fact) for event, fact in facts if isinstance(fact, kind)]

    def read_all(self) -> list[StoredEvent]:
        """Return all events of the file, in order of arrival, as read."""
        stored = list(self.read_events())
        self._note(stored)
        return stored

    def has_news(self) -> bool:
        """Whether another connection committed since the events were last read; about 3 µs."""
        return self._version() != self._seen_version

    def read_after_erasure(self) -> list[Event] | None:
        """Return all events of the file where the data of some was erased since the last look, else None."""
        erased = self._count_erased()
        if erased == self._erased:
            return None
        stored = list(self.read_events())
        self._erased, self.sealed, self._heads = erased, {}, {}
        self._note(stored)
        return [each.event for each in stored]

    def _count_erased(self) -> int:
        with suppress(sqlite3.OperationalError):  # a file that is being made has no events yet
            return int(self._execute("select count(*) from events where data is null").fetchone()[0])
        return 0

    def _version(self) -> int:
        version: int = self._execute("pragma data_version").fetchone()[0]
        return version

    def has_unread_events(self) -> bool:
        """Tell, within a transaction, whether the file holds events that were not read yet."""
        last = self.last_seq + len(self._added)
        there = bool(self._execute("select max(seq) from events").fetchone()[0] not in (None, last))
        if there and self.turn is not None:
            self.turn.met_others()
        return there

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Turn what goes wrong while reading into a sentence."""
        try:
            yield
        except sqlite3.Error as error:
            raise not_read(error, self.path) from error

    def writing(self) -> Writing:
        """Hold the file's write lock from the first read to the commit; on any error nothing is written."""
        return self._writing

    def begin(self) -> None:
        """Begin what `writing` holds."""
        self._added.clear()
        try:
            self._roll_back()  # what an earlier error may have left open
            self._write("begin immediate")
            if self._is_searchable:
                full_text.forget(self._execute)
                header.mark_sealed(self._execute, sealed=False)
        except sqlite3.Error as error:
            raise self._given_up(error) from error

    def commit(self) -> None:
        """End what `writing` holds: from then on it is in the file."""
        try:
            self._write("commit")
        except sqlite3.Error as error:
            raise self._given_up(error) from error
        self._is_searchable = False
        if self.turn is not None:
            self.turn.give_way()

    def give_up(self, why: BaseException) -> None:
        """End it with nothing in the file; raises NotSaved where that is because the file takes nothing."""
        given_up = self._given_up(why)
        if isinstance(why, sqlite3.Error):
            raise given_up from why

    def add(self, event: Event, salt: str, t: float | None) -> None:
        """Write an event of this computer as the next in order of arrival; only within `writing`."""
        digest = digest_of(salt, event.data)
        chain = link(self._link_before(event.device), event, t, digest)
        self.add_sealed(StoredEvent(0, event, chain, salt, digest, iso(event.at), t))

    def add_sealed(self, sealed: StoredEvent) -> None:
        """Write an event as it was sealed elsewhere, as the next in order of arrival; only within `writing`."""
        self._write(INSERT, line_of(sealed, self.last_seq + len(self._added) + 1))
        self._added.append(sealed)

    def add_all_sealed(self, several: Sequence[StoredEvent]) -> None:
        """Do the same with many, one behind the other; only within `writing`."""
        self._write_many(INSERT, map(line_of, several, count(self.last_seq + len(self._added) + 1)))
        self._added += several

    def _link_before(self, device: str) -> str:
        for added in reversed(self._added):
            if added.event.device == device:
                return added.chain
        return self._heads.get(device, NO_HEAD)[1]

    def add_as_found(self, line: EventLine) -> None:
        """Write an event with all that another file says of it, its place and its link too; only within `writing`."""
        self._execute(INSERT, line)

    def erase(self, event_id: str) -> None:
        """Erase what an event says, for good: its place and its link stay; only within `writing`."""
        self._write("update events set data = null, salt = null where id = ?", (event_id,))
        self.sealed.pop(event_id, None)

    def put(self, rows: Iterable[Row], gone: Iterable[Row] = (), before: State = EMPTY) -> None:
        """Write rows and take away those that no longer exist; only within `writing`.

        `before` is the state that the file holds, as far as it is known: of its rows only what changed is written.
        """
        try:
            if len(rows := tuple(rows)) < SEVERAL:
                tables.put(self._write, rows, gone, before)
            else:
                tables.put_many(self._write, self._write_many, rows, gone, before)
        except (OverflowError, ValueError, TypeError) as error:  # never true later, so it must not wait
            raise Refused("NOT SAVED: {file} cannot hold what this says.", file=self.path.name) from error

    def settled(self) -> None:
        """Take note that what was added is committed."""
        self.last_seq += len(self._added)
        self._keep(self._added)
        self._added.clear()

    def clear_tables(self) -> None:
        """Empty every table but the events; only within `writing`."""
        tables.clear(self._execute)

    def wait_for_lock(self, patiently: bool) -> None:
        """Wait a quarter of a second for another writer, or until it is one's turn; or not at all."""
        if patiently and self.turn is not None:
            self._connection.set_busy_handler(self.turn)  # type: ignore[attr-defined]  # of sqlcipher3
        else:
            self._execute(f"pragma busy_timeout = {BUSY_MS if patiently else 0}")

    def wait_in_turn(self, turn: Turn) -> None:
        """From now on wait for other writers as long as it takes them, and let them have their turn."""
        self.turn = turn
        self.wait_for_lock(patiently=True)

    def need_no_sync(self) -> None:
        """From now on wait for no disk: what is written here can be had again, and a power cut takes it out whole."""
        self._execute("pragma synchronous = normal")

    def checkpoint_when_told(self) -> None:
        """From now on bring the log into the file at `checkpoint` only, not before somebody hears what was written."""
        self._execute("pragma wal_autocheckpoint = 0")

    def checkpoint(self) -> None:
        """Bring what the log holds into the file itself, as far as nobody reads an older state of it.

        A copy of the file alone is then a session up to this moment. What fails now is done by the next one.
        """
        with suppress(sqlite3.Error):
            self._execute("pragma wal_checkpoint(passive)").fetchone()

    def begin_milestone(self, history: History) -> milestone.Making | None:
        """Begin to keep how the session stands, for opening to read what comes later; None where too little came."""
        with suppress(sqlite3.Error):
            if milestone.is_due(self._execute, history.count, self.last_seq) and not self.has_unread_events():
                return milestone.Making(self._execute, history, self.last_seq, self._version())
        return None

    def keep_milestone(self, making: milestone.Making) -> None:
        """Keep one that was begun, unless another process wrote meanwhile: that may have erased what it says."""
        with suppress(sqlite3.Error, NotSaved), self.writing():
            if self._version() == making.version:
                making.write(self._execute)

    def close(self, seal: bool = False) -> bool:
        """Close the file; sealed it's one file without companions. Return whether it was sealed."""
        if self.is_closed:
            return False
        self.is_closed = True
        sealed = False
        if self.mode == "write":
            sealed = seal and self._seal()
            if not sealed:
                self._fold_log()
        self._close()
        return sealed

    def make_searchable(self) -> None:
        """Index all that stands in the file; the next act takes that away again, so only where none is to come."""
        with self.writing():
            full_text.make(self._execute)
        self._is_searchable = True

    def _seal(self) -> bool:
        try:
            self._execute("pragma locking_mode = exclusive")  # nobody else acts between the index and the end
            with suppress(NotSaved):  # on a full disk it stays one file without an index
                self.make_searchable()
            header.mark_sealed(self._execute, sealed=True)
            self._execute("pragma wal_checkpoint(truncate)")
            return bool(self._execute("pragma journal_mode = delete").fetchone()[0] == "delete")
        except sqlite3.Error:
            return False  # somebody else still has it open; the last one to close it seals it

    def _fold_log(self) -> None:
        """Make it one file without a log, unless somebody else has it open: so a file that misses its log is known."""
        with suppress(sqlite3.Error):
            self.wait_for_lock(patiently=False)
            self._execute("pragma wal_checkpoint(truncate)")
            self._execute("pragma journal_mode = delete")

    def leave(self) -> None:
        """Close a file that was moved away under us, with all in it that it can hold: its log keeps the old name."""
        with suppress(sqlite3.Error):
            self._execute("pragma wal_checkpoint(truncate)")
        self.is_closed = True
        self._close()

    def abandon(self) -> None:
        """Close a file that another program wrote into, and leave it as it is."""
        self.is_closed = True
        self._connection.interrupt()  # else closing would bring what the log holds into it
        self._close()

    def _close(self) -> None:
        self._connection.close()
        self.guard.close()

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._execute("rollback")

    def _given_up(self, why: BaseException) -> NotSaved:
        with suppress(sqlite3.Error):  # the first error is the one to tell
            self._roll_back()
        return not_saved(why, self.path)


class Writing:
    """The transaction of an act."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __enter__(self) -> None:
        self._store.begin()

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None:
            self._store.commit()
        else:
            self._store.give_up(error)


def not_saved(error: BaseException, path: Path) -> NotSaved:
    """Return what a storage error means to a person."""
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        return NotSaved("NOT SAVED: another program holds {file}.", file=path.name)
    if "full" in text:
        return NotSaved("NOT SAVED: the disk is full.")
    if "readonly" in text or "read-only" in text:
        return NotSaved("NOT SAVED: {file} may not be written.", file=path.name)
    if any(sign in text for sign in DAMAGE):
        return NotSaved("NOT SAVED: {file} is damaged; save what it holds with kring rescue.", file=path.name)
    return NotSaved("NOT SAVED: the disk does not answer for {file}.", file=path.name)


def not_read(error: Exception, path: Path) -> NotRead:
    """Return what an error of reading means to a person."""
    if any(sign in str(error).lower() for sign in DAMAGE):
        return NotRead("{file} is damaged; save what it holds with kring rescue.", file=path.name)
    return NotRead("{file} cannot be read: the disk does not answer.", file=path.name)
