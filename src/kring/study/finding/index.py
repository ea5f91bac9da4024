"""The file in which the words of all sessions of a study are found; it may be deleted at any time.

It is in the state folder, for its owner only, and holds no name that a session knows, but for what its file is called:
texts are as they leave with codes. What goes out of it is overwritten, in its tables and in its full-text index. Of a
confidential study it holds no texts, only in which passages each word is; the texts are read from the session files.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import msgspec
from msgspec.structs import replace

from kring import __version__
from kring.domain.text import KringError, folded
from kring.study.finding.passages import Passage, segment_key
from kring.system import folders
from kring.system.language.stems import stems, words_of
from kring.system.sqlite import sqlite3

FOLDER = "studies"
ENDING = ".index"
FORM = f"4 {__version__}"
"""How an index is laid out, and by which kring: one of another is made anew."""
BUSY_S = 3
WAITS_S, POLL_S = 30, 0.01
SLOT_BITS, LOW_BITS = 7, 8
"""A passage's number is its time in steps of an eighth of a second, and some bits that tell apart what was then said:
numbers go by time, so that the newest is found first, and are near each other, which keeps the index small."""
_TABLES = """
create table meta (name text primary key, value text);
create table files (name text primary key, told text);
create table sessions (number integer primary key, id text unique, file text, started_at integer, beside blob,
  told text);
create table passages (number integer primary key, session integer, person text, row text, digest blob, told text);
create unique index passages_of_sessions on passages (session, row);
create table mentions (passage integer, session integer, theme text, name text, person text, segment text,
  sure integer);
create index mentions_of_passages on mentions (passage)"""
_WORDS = """create virtual table words using fts5 (text, tags, stems, marks, content='', {deletable}
  tokenize="unicode61 remove_diacritics 2")"""


class Index:
    """The open index of a study's folder."""

    def __init__(self, folder: Path, confidential: bool = False) -> None:
        self.folder = folder.resolve()
        self.confidential = confidential
        self.place = place_of(folder)
        self.connection, self._key = self._opened()

    def close(self) -> None:
        """Close it."""
        self.connection.close()

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def make_anew(self, *, in_memory: bool) -> None:
        """Begin again with an empty one, in the place of one that is damaged, or in memory."""
        self.close()
        if not in_memory:
            with suppress(OSError):
                self.place.unlink()
        self.connection, self._key = self._made(":memory:") if in_memory else self._opened()

    def _opened(self) -> tuple[sqlite3.Connection, bytes]:
        """Return the one that is there, else a new one; in memory where no file can be written."""
        try:
            self.place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _forget_others(self.place)
            self.place.touch(mode=0o600)
            self.place.chmod(0o600)
            connection = _connected(str(self.place))
            with suppress(sqlite3.DatabaseError):
                told = dict(connection.execute("select name, value from meta"))
                if (told.get("form"), told.get("confidential")) == (FORM, str(self.confidential)):
                    return connection, bytes.fromhex(told["key"])
            connection.close()
            self.place.unlink()
            self.place.touch(mode=0o600)
            return self._made(str(self.place))
        except (OSError, sqlite3.OperationalError):
            return self._made(":memory:")

    def _made(self, place: str) -> tuple[sqlite3.Connection, bytes]:
        connection = _connected(place)
        connection.execute("begin immediate")
        for statement in _TABLES.split(";"):
            connection.execute(statement)
        connection.execute(_WORDS.format(deletable="contentless_delete=1," if self.confidential else ""))
        connection.execute("insert into words (words, rank) values ('secure-delete', 1)")
        key, folder = secrets.token_bytes(32), os.fsencode(self.folder)
        told = {"form": FORM, "confidential": str(self.confidential), "folder": folder, "key": key.hex()}
        connection.executemany("insert into meta values (?, ?)", told.items())
        connection.execute("commit")
        return connection, key

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write all of something, or nothing of it; whoever else writes is waited for, but not for ever."""
        until = time.monotonic() + WAITS_S
        while not self._has_begun():
            if time.monotonic() >= until:
                raise KringError("Another kring is busy with this study; ask again in a moment.")
            time.sleep(POLL_S)
        try:
            yield
        except BaseException:
            self.connection.execute("rollback")
            raise
        self.connection.execute("commit")

    def _has_begun(self) -> bool:
        """Whether this may write now; waiting within SQLite would keep Ctrl+C out."""
        execute = self.connection.execute
        execute("pragma busy_timeout = 0")
        try:
            execute("begin immediate")
        except sqlite3.OperationalError as problem:
            if "locked" not in str(problem):
                raise
            return False
        finally:
            execute(f"pragma busy_timeout = {BUSY_S * 1000}")
        return True

    def digest_of(self, names: Iterable[str]) -> bytes:
        """Return by what names are known again without being kept."""
        return hashlib.blake2b(msgspec.msgpack.encode(list(names)), key=self._key, digest_size=12).digest()

    def digest(self, basis: bytes, passage: Passage) -> bytes:
        """Return by what a passage is known again that did not change, nor what decides how it is told."""
        return hashlib.blake2b(basis + msgspec.msgpack.encode(passage), key=self._key, digest_size=12).digest()

    def digests(self, session: int) -> dict[str, tuple[int, bytes]]:
        """Return the number and the digest of each passage of a session, by its row."""
        found = self.connection.execute("select row, number, digest from passages where session = ?", (session,))
        return {row: (number, digest) for row, number, digest in found}

    def add(self, session: int, passage: Passage, digest: bytes) -> None:
        """Take in a passage of a session, as it may be told."""
        execute = self.connection.execute
        number = self._free_number(passage)
        kept = replace(passage, text="") if self.confidential else passage
        told = msgspec.json.encode(kept).decode()
        person = f"{session} {passage.person}" if passage.person else None
        values: tuple[object, ...] = (number, session, person, passage.row, digest, told)
        execute("insert into passages values (?, ?, ?, ?, ?, ?)", values)
        if passage.is_mention:
            who = (passage.person, segment_key(passage.segment), passage.is_sure)
            for theme, name in passage.themes.items():
                execute("insert into mentions values (?, ?, ?, ?, ?, ?, ?)", (number, session, theme, name, *who))
        if passage.is_searched:
            values = (number, *_found_by(session, passage))
            execute("insert into words (rowid, text, tags, stems, marks) values (?, ?, ?, ?, ?)", values)

    def _free_number(self, passage: Passage) -> int:
        """Return a number for a passage that none has: near its time where very much has the same one."""
        begin = passage.at >> SLOT_BITS << LOW_BITS
        tried = (begin + _chance(f"{passage.row} {attempt}") % (1 << LOW_BITS + attempt) for attempt in count())
        taken = "select 1 from passages where number = ?"
        return next(number for number in tried if not self.connection.execute(taken, (number,)).fetchone())

    def erase(self, numbers: Iterable[int]) -> None:
        """Take passages out, so that nothing of them stays in the file."""
        execute, any_gone = self.connection.execute, False
        for number in numbers:
            session, told = execute("select session, told from passages where number = ?", (number,)).fetchone()
            passage = msgspec.json.decode(told, type=Passage)
            if passage.is_searched and self.confidential:
                execute("delete from words where rowid = ?", (number,))
            elif passage.is_searched:
                values = ("delete", number, *_found_by(session, passage))
                execute("insert into words (words, rowid, text, tags, stems, marks) values (?, ?, ?, ?, ?, ?)", values)
            execute("delete from passages where number = ?", (number,))
            execute("delete from mentions where passage = ?", (number,))
            any_gone = True
        if any_gone and self.confidential:  # whose words the index doesn't know: only merging all of it takes them out
            execute("insert into words (words) values ('optimize')")


def place_of(folder: Path) -> Path:
    """Return where the index of a folder is."""
    name = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:32]
    return folders.state() / FOLDER / f"{name}{ENDING}"


def mark(kind: str, value: str) -> str:
    """Return the word by which passages are found that have something: a kind, a segment, a theme, a person."""
    return kind + hashlib.blake2b(folded(value).encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()


def _found_by(session: int, passage: Passage) -> tuple[str, str, str, str]:
    """Return words, tags, stems and marks of a passage; the same each time, for only so they are erased."""
    text, tags = folded(passage.text), folded(" ".join(passage.tags))
    words = {word.lstrip("#*@") for word in words_of(f"{text} {tags}")}
    roots = {stem for word in words for stem in stems(word)} - words  # a word that is its own stem is found as a word
    marks = [f"session{session}", mark("k", passage.kind), mark("q", f"{session} {passage.item}")]
    if passage.person or passage.is_mention:  # what the team wrote is of no segment, not even of one that is unknown
        marks += [mark("p", passage.person), mark("g", segment_key(passage.segment))]
    marks += [mark("c", theme) for theme in passage.themes]
    return text, tags, " ".join(sorted(roots)), " ".join(marks)


def _chance(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


def _connected(place: str) -> sqlite3.Connection:
    connection = sqlite3.connect(place, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
    connection.execute("pragma secure_delete = on")
    connection.execute("pragma temp_store = memory")
    return connection


def _forget_others(place: Path) -> None:
    """Delete the indexes of folders that are no longer there, and so of sessions that somebody deleted."""
    for other in place.parent.glob(f"*{ENDING}"):
        if other == place:
            continue
        with suppress(OSError, sqlite3.Error):
            connection = _connected(str(other))
            try:
                folder = connection.execute("select value from meta where name = 'folder'").fetchone()[0]
            finally:
                connection.close()
            if not os.path.isdir(folder):  # noqa: PTH112 - as bytes, whatever they spell
                other.unlink()
