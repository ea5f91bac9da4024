"""Bringing an index up to date with the session files: only one that changed is read, and only what changed taken in.

A copy of a session counts once. Of copies that went on apart the one with most in it counts, and that is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from kring.domain.study.called import is_of_another
from kring.domain.text import KringError, Sentence
from kring.store.files import lost_its_log
from kring.study import session_files
from kring.study.file_marks import marks, names_listed
from kring.study.finding.index import Index
from kring.study.finding.reading import Group, Person, Question, Reading, SessionFile

T = TypeVar("T")


class Held(msgspec.Struct, frozen=True):
    """What the index knows of a session besides its passages."""

    group: Group
    people: tuple[Person, ...]
    questions: tuple[Question, ...]
    file: str = ""


class _File(msgspec.Struct):
    """A file as it is known: its mark, its session and how far that goes, what is to be said of it, and as a copy."""

    name: str
    mark: str = ""
    session: str = ""
    study: str = ""
    events: int = 0
    last: int = 0
    note: Sentence | None = None
    as_copy: Sentence | None = None
    is_new: bool = False
    """Whether it may hold what the index doesn't."""


def bring_up_to_date(index: Index, study: str = "") -> list[Sentence]:
    """Take in what changed in the session files of the study's folder; return what must be said of some of them.

    A file that names another study than this one is left out; one that names none counts.
    """
    names = names_listed(index.folder)
    paths = session_files.named_as_sessions(index.folder, names)
    now, known = marks(paths, names), _known(index)
    looked_at = (_looked_at(path, now.get(path.name, ""), known.get(path.name)) for path in paths)
    files = [file for file in looked_at if file is not None]
    others = [file for file in files if is_of_another(file.study, study)]
    ours = [file for file in files if file.session and file not in others]
    said = [session_files.of_another(file.name, file.study) for file in others]
    said += session_files.of_several(file.study for file in ours)
    said += session_files.of_names(names)
    _take_in(index, _counting(index.folder, ours))
    _note(index, files)
    return [*said, *(told for file in files for told in (file.note, file.as_copy) if told is not None)]


def unreadable(index: Index) -> list[Sentence]:
    """Return what is wrong with the files that can't be read, which may be of this study."""
    return [file.note for file in _known(index).values() if file.note is not None and not file.session]


def _known(index: Index) -> dict[str, _File]:
    found = index.connection.execute("select told from files")
    files = (msgspec.json.decode(told, type=_File) for (told,) in found)
    return {file.name: file for file in files}


def _note(index: Index, files: Iterable[_File]) -> None:
    known = _known(index)
    for file in files:
        file.is_new = False
    if known != (now := {file.name: file for file in files}):
        with index.writing():
            index.connection.execute("delete from files")
            told = ((name, msgspec.json.encode(file).decode()) for name, file in now.items())
            index.connection.executemany("insert into files values (?, ?)", told)


def _looked_at(path: Path, mark: str, known: _File | None) -> _File | None:
    """Return a file as it is now, opened only where it may have changed; None of what is no session."""
    if known is not None and mark and mark == known.mark:
        return known
    file = _File(path.name, mark)
    is_cut = lost_its_log(path)  # before it is opened here
    try:
        with SessionFile(path) as opened:
            found = opened.extent()
            file.note = session_files.of_one_that_counts(
                path.name, is_newer=opened.note is not None, lost_its_log=is_cut
            )
    except KringError as error:
        file.note = error.sentence
        return file if known is not None or session_files.may_be_session(path) else None
    if found is None:
        file.note = session_files.without_session(path.name)
        return file
    file.session, file.study, file.events, file.last = found
    file.is_new = known is None or (known.session, known.events, known.last) != (file.session, file.events, file.last)
    file.as_copy = known.as_copy if known else None
    return file


def _counting(folder: Path, files: Sequence[_File]) -> list[_File]:
    """Return the file of each session that counts: of copies that with most in it."""
    by_session: dict[str, list[_File]] = {}
    for file in files:
        by_session.setdefault(file.session, []).append(file)
    found = []
    for copies in by_session.values():
        first = min(copies, key=lambda file: session_files.counts_first(file.name, file.events))
        first.as_copy = None
        if any(file.is_new for file in copies):
            _compare(folder, first, [file for file in copies if file is not first])
        found.append(first)
    return found


def _compare(folder: Path, first: _File, others: Sequence[_File]) -> None:
    """Note of the copies of a session what they are beside the one that counts."""
    events = _events(folder / first.name) if others else frozenset()
    for file in others:
        file.as_copy = session_files.as_copy(file.name, _events(folder / file.name), first.name, events)


def _events(path: Path) -> frozenset[str]:
    with SessionFile(path) as opened:
        return opened.events()


def _take_in(index: Index, files: Sequence[_File]) -> None:
    """Read what changed, and take out the sessions that no file holds any more.

    Who withdrew in one group is named in no other either: when somebody does, all of them are told anew.
    """
    found = index.connection.execute("select number, id, file, beside, told from sessions")
    there = {session: _There(number, file, beside, _withdrawn(told)) for number, session, file, beside, told in found}
    readings: list[tuple[str, bytes, Reading]] = []
    with ExitStack() as stack:
        opened = _Opened(index.folder, stack)
        new = [file for file in files if file.is_new or there.get(file.session, _NOWHERE).file != file.name]
        gone = {
            file.session: opened.gone(file)
            for file in files
            if file in new or there.get(file.session, _NOWHERE).withdrawn
        }
        for file in files:
            names = sorted({name for session, those in gone.items() if session != file.session for name in those})
            beside = index.digest_of(names)
            is_as_it_was = file not in new and there[file.session].beside == beside
            if not is_as_it_was and (reading := opened.read(file, names)) is not None:
                readings.append((file.name, beside, reading))
    lost = there.keys() - {file.session for file in files}
    if readings or lost:
        with index.writing():
            for name, beside, reading in readings:
                put(index, name, reading, beside)
            for session in lost:
                _take_out(index, there[session].number)


class _There(NamedTuple):
    """A session as the index has it, with the digest of the names that are hidden for the sake of others."""

    number: int
    file: str
    beside: bytes
    withdrawn: int


_NOWHERE = _There(0, "", b"", 0)


def _withdrawn(told: str) -> int:
    return msgspec.json.decode(told, type=Held).group.withdrawn


class _Opened:
    """The session files that are open meanwhile; what can't be read is noted of the file."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self._files: dict[str, SessionFile] = {}

    def gone(self, file: _File) -> tuple[str, ...]:
        """Return the names of who withdrew in a file."""
        return self._read(file, lambda opened: opened.gone()) or ()

    def read(self, file: _File, elsewhere: Sequence[str]) -> Reading | None:
        """Return what is searched of a file."""
        return self._read(file, lambda opened: opened.read(elsewhere))

    def _read(self, file: _File, work: Callable[[SessionFile], T]) -> T | None:
        try:
            if file.name not in self._files:
                self._files[file.name] = self._stack.enter_context(SessionFile(self._folder / file.name))
            return work(self._files[file.name])
        except KringError as error:
            file.note, file.mark = error.sentence, ""
            return None


def put(index: Index, file: str, reading: Reading, beside: bytes = b"") -> None:
    """Bring a session up to date: what is new or changed in it is told and taken in, what is gone is erased."""
    session = _number(index, file, reading, beside)
    basis = msgspec.msgpack.encode(reading.telling.basis)
    there = index.digests(session)
    now = {passage.row: index.digest(basis, passage) for passage in reading.passages}
    index.erase(number for row, (number, digest) in there.items() if now.get(row) != digest)
    for passage in reading.passages:
        if passage.row not in there or there[passage.row][1] != now[passage.row]:
            index.add(session, passage.told(reading.telling.text), now[passage.row])


def _number(index: Index, file: str, reading: Reading, beside: bytes) -> int:
    """Note what is known of a session, and return its number in the index."""
    held = Held(reading.group, reading.people, reading.questions, file)
    execute = index.connection.execute
    execute(
        "insert into sessions (id, file, started_at, beside, told) values (?, ?, ?, ?, ?) on conflict (id) do update "
        "set file = excluded.file, started_at = excluded.started_at, beside = excluded.beside, told = excluded.told",
        (reading.group.id, file, reading.group.started_at, beside, msgspec.json.encode(held).decode()),
    )
    number: int = execute("select number from sessions where id = ?", (reading.group.id,)).fetchone()[0]
    return number


def _take_out(index: Index, session: int) -> None:
    index.erase(number for number, _digest in index.digests(session).values())
    index.connection.execute("delete from sessions where number = ?", (session,))
