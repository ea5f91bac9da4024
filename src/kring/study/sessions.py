"""The sessions of a study: the session files in one folder that name the same study."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from kring.domain.text import KringError, folded
from kring.store import files
from kring.study.known_files import KnownFiles
from kring.system.sqlite import sqlite3

_WORDS = """
select '#' || value as word from notes, json_each(notes.tags) where removed_at is null
union select c.name from codings k join codes c on c.id = k.code where k.removed_at is null and c.removed_at is null
"""


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
    known = KnownFiles(file.parent, study)
    found: dict[str, StudySession] = {}
    for path in (file, *(path for path in known.paths if path.name != file.name)):
        if path is file or not known.is_of_another(path):
            for session in _read(path, study, known):
                found.setdefault(session.id, session)
    known.keep()
    return sorted(found.values(), key=lambda session: (session.started_at, session.id))


def _read(path: Path, study: str, known: KnownFiles) -> Iterator[StudySession]:
    try:
        store = files.open_(path, "read")
    except KringError:
        return
    read = store.connection.execute
    try:
        rows = read("select id, coalesce(study, ''), coalesce(started_at, '') from session").fetchall()
        here = next((named for _, named, _ in rows), "")
        known.note(path, here)
        if folded(here) != folded(study):
            return
        answers = {int(number): answer for number, answer in read("select id, answer from coreq where answer <> ''")}
        words = frozenset(folded(word) for (word,) in read(_WORDS))
        for id_, named, started_at in rows:
            yield StudySession(id_, named, started_at, words, answers)
    except sqlite3.Error:
        return
    finally:
        store.close()
