"""The sessions of a study: the session files in one folder that name the same study."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from kring.domain.measures.topline import OF_THE_TEAM
from kring.domain.study.called import is_same_study
from kring.domain.text import KringError, Sentence, folded, one_line
from kring.store import files
from kring.study.known_files import KnownFiles
from kring.study.session_files import may_be_session
from kring.system.sqlite import sqlite3

_WORDS = """
with recursive said as (
  select id, tags from notes where removed_at is null and kind in ('quote', 'paraphrase', 'chat') and not parked
  and coalesce(speaker_kind, '') not in ('moderator', 'silence')
  and label not in (select label from import_names where who in ('team', 'moderator'))
), given (code) as (
  select code from codings where removed_at is null and (note in (select id from said)
  or turn in (select id from turns where removed_at is null and kind not in ('moderator', 'silence')))
  union select parent from codes join given on codes.id = given.code where parent is not null
)
select '#' || value from said, json_each(said.tags)
union select name from codes join given on codes.id = given.code where removed_at is null
"""
"""The themes of what participants said, as `study/finding/passages.py` has them, with what may not be quoted."""
_OF_THE_TEAM = {f"#{tag}" for tag in OF_THE_TEAM}
Read = Callable[..., Any]
"""What reads a session file by a statement of SQL."""


class StudySession(Struct, frozen=True):
    """One session: when it began (ISO, empty before that), its themes (tags with #, codes), its answers to COREQ."""

    id: str
    study: str
    started_at: str
    words: frozenset[str]
    coreq: dict[int, str]


class Sessions(NamedTuple):
    """The sessions of a study, and why other files, which may be of it too, are not among them."""

    found: list[StudySession]
    said: list[Sentence]


def sessions_of(study: str, file: Path) -> Sessions:
    """Return the sessions of a study that lie in the folder of a session file, that one too, in order of time.

    However its name is written. A copy of a session counts once, the named file before any copy. What can't be read is
    said; nothing is found for a study without a name.
    """
    found: dict[str, StudySession] = {}
    said: list[Sentence] = []
    for path, read in opened(study, file) if study else ():
        sessions = [read] if isinstance(read, Sentence) else _sessions(path, read)
        for session in sessions:
            if isinstance(session, Sentence):
                said.append(session)
            else:
                found.setdefault(session.id, session)
    return Sessions(sorted(found.values(), key=lambda session: (session.started_at, session.id)), said)


def opened(study: str, file: Path) -> Iterator[tuple[Path, Read | Sentence]]:
    """Yield the session files of a study in the folder of one of them, that one first, each open to be read.

    Of one that can't be read why, as it may be of the study; it is read again the next time.
    """
    known = KnownFiles(file.parent, study)
    for path in (file, *(path for path in known.paths if path.name != file.name)):
        if path is not file and known.is_of_another(path):
            continue
        try:
            store = files.open_(path, "read")
        except KringError as problem:
            if may_be_session(path):
                yield path, problem.sentence
            continue
        with closing(store):
            read = store.connection.execute
            try:
                named = next((str(here) for (here,) in read("select coalesce(study, '') from session")), "")
            except (sqlite3.Error, UnicodeError) as error:
                yield path, files.cannot_open(error, path).sentence
                continue
            known.note(path, named)
            if is_same_study(named, study):
                yield path, read
    known.keep()


def _sessions(path: Path, read: Read) -> Iterator[StudySession | Sentence]:
    try:
        rows = read("select id, coalesce(study, ''), coalesce(started_at, '') from session").fetchall()
        answers = {int(number): answer for number, answer in read("select id, answer from coreq where answer <> ''")}
        words = frozenset(folded(one_line(word)) for (word,) in read(_WORDS)) - _OF_THE_TEAM
    except (sqlite3.Error, UnicodeError) as error:
        yield files.cannot_open(error, path).sentence
        return
    for id_, named, started_at in rows:
        yield StudySession(id_, named, started_at, words, answers)
