"""Bringing an index up to date with the session files: only one that changed is read, and only what changed taken in.

A copy of a session counts once. Of copies that went on apart the one with most in it counts, and that is said.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from kring.domain.study.called import is_of_another
from kring.domain.text import KringError, Sentence
from kring.store.files import cannot_open, lost_its_log
from kring.study import session_files
from kring.study.file_marks import marks, names_listed
from kring.study.finding.index import Index
from kring.study.finding.reading import Group, Person, Question, Reading, SessionFile
from kring.study.reads import Reads, read_all
from kring.system.sqlite import sqlite3

T = TypeVar("T")
TOGETHER_S = 0.5
"""What is taken in within this time is written together: to write costs more than to read a short session."""
TURN_S = 0.02
"""So long nothing is written in between: another kring that waits to write takes its turn."""


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
    withdrawn: int = 0
    note: Sentence | None = None
    as_copy: Sentence | None = None
    is_new: bool = True
    """Whether it may hold what the index doesn't: until that is taken in."""


class Upkeep(NamedTuple):
    """What must be said of some of the session files, and how many were not read, for nobody waited for them."""

    said: list[Sentence]
    unread: int


def bring_up_to_date(index: Index, study: str = "", reads: Reads = read_all) -> Upkeep:
    """Take in what changed in the session files of the study's folder, as long as `reads` lets it: file by file.

    A file that names another study than this one is left out; one that names none counts.
    """
    names = names_listed(index.folder)
    paths = session_files.named_as_sessions(index.folder, names)
    now, known = marks(paths, names), _known(index)
    files, unread = _look(paths, now, known, reads)
    if unread:
        _note(index, known, {**known, **{file.name: file for file in files}})
        return Upkeep([], unread)
    others = [file for file in files if is_of_another(file.study, study)]
    ours = [file for file in files if file.session and not is_of_another(file.study, study)]
    said = [session_files.of_another(file.name, file.study) for file in others]
    said += session_files.of_several(file.study for file in ours)
    said += session_files.of_names(names)
    counting = _counting(index.folder, ours)
    _note(index, known, {file.name: file for file in files})
    unread = _take_in(index, counting, reads)
    said += (told for file in files for told in (file.note, file.as_copy) if told is not None)
    return Upkeep(said, unread)


def unreadable(index: Index) -> list[Sentence]:
    """Return what is wrong with the files that can't be read, which may be of this study."""
    return [file.note for file in _known(index).values() if file.note is not None and not file.session]


def _known(index: Index) -> dict[str, _File]:
    found = index.connection.execute("select told from files")
    files = (msgspec.json.decode(told, type=_File) for (told,) in found)
    return {file.name: file for file in files}


def _note(index: Index, known: Mapping[str, _File], now: Mapping[str, _File]) -> None:
    """Keep what is known of the files, where that is not what was kept of them."""
    if known != now:
        with index.writing():
            index.connection.execute("delete from files where name not in (select value from json_each(?))",
                                     (msgspec.json.encode(list(now)).decode(),))  # fmt: skip
            for name, file in now.items():
                if known.get(name) != file:
                    _keep(index, file)


def _keep(index: Index, file: _File) -> None:
    told = msgspec.json.encode(file).decode()
    index.connection.execute("insert or replace into files values (?, ?)", (file.name, told))


def _look(
    paths: Sequence[Path], now: Mapping[str, str], known: Mapping[str, _File], reads: Reads
) -> tuple[list[_File], int]:
    """Return the files as they are now, and how many were not looked at that may have changed."""
    files: list[_File] = []
    unread = 0
    for place, path in enumerate(paths):
        mark, file = now.get(path.name, ""), known.get(path.name)
        if file is None or not mark or mark != file.mark:
            if unread or not reads(place, len(paths)):
                unread += 1
                continue
            file = _looked_at(path, mark, file)
        if file is not None:
            files.append(msgspec.structs.replace(file))
    return files, unread


def _looked_at(path: Path, mark: str, known: _File | None) -> _File | None:
    """Return a file as it is now; None of what is no session."""
    file = _File(path.name, mark)
    is_cut = lost_its_log(path)  # before it is opened here
    try:
        with SessionFile(path) as opened:
            found = opened.extent()
            file.note = session_files.of_one_that_counts(
                path.name, is_newer=opened.note is not None, lost_its_log=is_cut
            )
    except (KringError, sqlite3.Error, UnicodeError) as error:
        file.note = _why_not(error, path)
        return file if known is not None or session_files.may_be_session(path) else None
    if found is None:
        file.note = session_files.without_session(path.name)
        return file
    file.session, file.study, file.events, file.last, file.withdrawn = found
    if known is not None:
        was_there = (known.session, known.study, known.events, known.last) == found[:4]
        file.is_new, file.as_copy = known.is_new or not was_there, known.as_copy
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


def _take_in(index: Index, files: Sequence[_File], reads: Reads) -> int:
    """Read what changed, and take out the sessions that no file holds any more; return how many were left unread.

    Who withdrew in one group is named in no other either: when somebody does, the others are told anew, and before
    the group itself, so that it still is new where this is broken off.
    """
    found = index.connection.execute("select id, number, file, beside from sessions")
    there = {session: _There(*told) for session, *told in found}
    new = {file.name for file in files if file.is_new or there.get(file.session, _NOWHERE).file != file.name}
    lost = there.keys() - {file.session for file in files}
    if not (new or lost):
        return 0
    gone = {file.session: _of_file(index, file, SessionFile.gone) or () for file in files if file.withdrawn}
    todo: list[tuple[_File, list[str], bytes]] = []
    for file in sorted(files, key=lambda file: file.name in new):
        names = sorted({name for session, those in gone.items() if session != file.session for name in those})
        beside = index.digest_of(names)
        if file.name in new or there[file.session].beside != beside:
            todo.append((file, names, beside))
    unread = _take_in_each(index, todo, there, reads)
    if lost and not unread:
        with index.writing():
            for session in lost:
                _take_out(index, there[session].number)
    return unread


def _take_in_each(
    index: Index, todo: Sequence[tuple[_File, list[str], bytes]], there: Mapping[str, _There], reads: Reads
) -> int:
    place = 0
    while place < len(todo) and reads(place, len(todo)):
        until = time.monotonic() + TOGETHER_S
        with index.writing():
            while True:
                _take_in_one(index, *todo[place], there)
                place += 1
                if place == len(todo) or time.monotonic() >= until or not reads(place, len(todo)):
                    break
        time.sleep(TURN_S)
    return len(todo) - place


def _take_in_one(index: Index, file: _File, names: Sequence[str], beside: bytes, there: Mapping[str, _There]) -> None:
    """Take in one file, in which `names` are hidden; a session that can't be read any more goes.

    Nobody knows what of it still may be told.
    """
    if _is_taken_in(index, file, beside):
        return
    reading = _of_file(index, file, lambda opened: opened.read(names))
    if reading is not None:
        file.is_new = False
        put(index, file.name, reading, beside)
    elif file.session in there:
        _take_out(index, there[file.session].number)
    _keep(index, file)


def _is_taken_in(index: Index, file: _File, beside: bytes) -> bool:
    """Whether another kring took a file in meanwhile, as it is."""
    execute = index.connection.execute
    kept = execute("select told from files where name = ?", (file.name,)).fetchone()
    row = execute("select file, beside from sessions where id = ?", (file.session,)).fetchone()
    if kept is None or row != (file.name, beside):
        return False
    done: _File = msgspec.json.decode(kept[0], type=_File)
    is_done = not done.is_new and bool(file.mark) and done == msgspec.structs.replace(file, is_new=False)
    file.is_new = file.is_new and not is_done
    return is_done


class _There(NamedTuple):
    """A session as the index has it, with the digest of the names that are hidden for the sake of others."""

    number: int
    file: str
    beside: bytes


_NOWHERE = _There(0, "", b"")


def _of_file(index: Index, file: _File, work: Callable[[SessionFile], T]) -> T | None:
    """Return what is read of a file; where it can't be, that is noted of it."""
    path = index.folder / file.name
    try:
        with SessionFile(path) as opened:
            return work(opened)
    except (KringError, sqlite3.Error, UnicodeError) as error:
        file.note, file.mark = _why_not(error, path), ""
        return None


def _why_not(error: KringError | sqlite3.Error | UnicodeError, path: Path) -> Sentence:
    return error.sentence if isinstance(error, KringError) else cannot_open(error, path).sentence


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
