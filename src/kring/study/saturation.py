"""Saturation: how many tags and codes each group of a study brought that no group before it had.

Guest, Namey and McKenna (2017, Field Methods 29(1)) and Hennink, Kaiser and Weber (2019, Qualitative Health Research
29(10)) count so to see when further groups bring little that is new; whether that is enough stays a judgement.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from kring.domain.text import KringError, folded
from kring.store import files
from kring.system.sqlite import sqlite3

_SESSION = "select id, study, started_at from session where started_at is not null"
_WORDS = """
select '#' || value from notes, json_each(notes.tags) where removed_at is null
union select c.name from codings k join codes c on c.id = k.code where k.removed_at is null and c.removed_at is null
"""


class Group(Struct, frozen=True, order=True):
    """One session of a study: when it was, which it is of which study, and the tags and codes that were used in it."""

    started_at: str
    session: str
    study: str
    words: frozenset[str]


def new_words(file: Path, session: str) -> list[int]:
    """Return for each session of the study in a file's folder, in order of time, how many words were new in it.

    Nothing where the study has no name, or no other session that lies there; a copy of a session counts once.
    """
    here: dict[str, Group] = {}
    for other in sorted({file, *file.parent.glob("*.db")}):
        group = _group(other)
        if group is not None:
            here.setdefault(group.session, group)
    study = here[session].study if session in here else ""
    groups = sorted(group for group in here.values() if study and group.study == study)
    if len(groups) < 2:
        return []
    known: set[str] = set()
    found = []
    for group in groups:
        found.append(len(group.words - known))
        known |= group.words
    return found if known else []


def _group(file: Path) -> Group | None:
    try:
        store = files.open_(file, "read")
    except KringError:
        return None  # another database, or a damaged file: no session to count with
    try:
        session = store.connection.execute(_SESSION).fetchone()
        if session is None:
            return None
        words = frozenset(folded(word) for (word,) in store.connection.execute(_WORDS))
        return Group(session[2], session[0], folded(session[1]), words)
    except sqlite3.Error:
        return None
    finally:
        store.close()
