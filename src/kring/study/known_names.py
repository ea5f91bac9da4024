"""Whom names in files meant in the other sessions of a study: a program that listens along, an observer, a moderator.

They are read from the other session files in the folder when a file is brought in, and kept nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kring.domain.state import State
from kring.domain.text import Sentence, folded
from kring.imports.names import Choice, key_of
from kring.study.sessions import Read, opened
from kring.system.sqlite import sqlite3

_NAMES = """
select n.label, n.who, coalesce(n.participant, ''), coalesce(p.name, '')
from import_names n join imports i on i.id = n.import_id left join participants p on p.id = n.participant
where n.removed_at is null and i.removed_at is null and n.label <> '' and n.who <> 'unknown'
and p.removed_at is null and p.withdrawn_at is null
"""


def names_of_study(state: State, file: Path) -> dict[str, Choice]:
    """Return whom names mean by the other sessions of the study, those left out too; not where two of them differ.

    Somebody who took part there is told only where this list has the same name at the same code.
    """
    study = state.session.study
    told: dict[str, set[Choice]] = {}
    for path, read in opened(study, file) if study else ():
        if path.name != file.name and not isinstance(read, Sentence):
            for label, choice in _told(state, read):
                told.setdefault(label, set()).add(choice)
    return {label: choices.pop() for label, choices in told.items() if len(choices) == 1}


def _told(state: State, read: Read) -> Iterator[tuple[str, Choice]]:
    try:
        is_copy = any(id_ == state.session.id for (id_,) in read("select id from session"))
        rows = [] if is_copy else read(_NAMES).fetchall()
    except sqlite3.Error:
        return
    for label, who, code, name in rows:
        here = state.participants.get(code)
        is_same = here is not None and here.removed_at is None and folded(here.name) == folded(name)
        if not code or (is_same and name):
            yield key_of(label), Choice(who, code)
