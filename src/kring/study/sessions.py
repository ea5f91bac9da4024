"""The sessions of a study: the session files in one folder that name the same study."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from msgspec import Struct

from kring.domain.text import KringError, folded
from kring.store import files
from kring.study.known_files import KnownFiles
from kring.system.sqlite import sqlite3

_WORDS = """
select '#' || value as word from notes, json_each(notes.tags) where removed_at is null
union select c.name from codings k join codes c on c.id = k.code where k.removed_at is null and c.removed_at is null
"""


Read = Callable[..., Any]
"""What reads a session file by a statement of SQL."""


class StudySession(Struct, frozen=True):
    """One session: when it began (ISO, empty before that), its tags (#) and codes, and its answers to COREQ by item."""

    id: str
    study: str
    started_at: str
    words: frozenset[str]
    coreq: dict[int, str]


def sessions_of(study: str, file: Path) -> list[StudySession]:
    """Return the sessions of a study that lie in the folder of a session file, that one too, in order of time.

    Upper and lower case make no other study. A copy of a session counts once, the named file before any copy. What is
    no session, or is damaged, is passed over; nothing is found for a study without a name.
    """
    if not study:
        return []
    found: dict[str, StudySession] = {}
    for _path, read in opened(study, file):
        for session in _sessions(read):
            found.setdefault(session.id, session)
    return sorted(found.values(), key=lambda session: (session.started_at, session.id))


def opened(study: str, file: Path) -> Iterator[tuple[Path, Read]]:
    """Yield the session files of a study in the folder of one of them, that one first, each open to be read."""
    known = KnownFiles(file.parent, study)
    for path in (file, *(path for path in known.paths if path.name != file.name)):
        if path is not file and known.is_of_another(path):
            continue
        try:
            store = files.open_(path, "read")
        except KringError:
            continue
        with closing(store):
            read = store.connection.execute
            try:
                named = next((str(here) for (here,) in read("select coalesce(study, '') from session")), "")
            except sqlite3.Error:
                continue
            known.note(path, named)
            if folded(named) == folded(study):
                yield path, read
    known.keep()


def _sessions(read: Read) -> Iterator[StudySession]:
    try:
        rows = read("select id, coalesce(study, ''), coalesce(started_at, '') from session").fetchall()
        answers = {int(number): answer for number, answer in read("select id, answer from coreq where answer <> ''")}
        words = frozenset(folded(word) for (word,) in read(_WORDS))
    except sqlite3.Error:
        return
    for id_, named, started_at in rows:
        yield StudySession(id_, named, started_at, words, answers)
