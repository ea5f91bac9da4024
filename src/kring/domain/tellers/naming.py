"""The sentences about an @name in a note that is nobody's, or may be more than one person's: it stays in the text."""

from __future__ import annotations

from kring.domain import facts as f
from kring.domain.lookup import people_like
from kring.domain.measures.presence import seated
from kring.domain.note_line import unknown_in
from kring.domain.state import State
from kring.domain.text import Sentence
from kring.domain.words import called


def unknown(state: State, name: str) -> Sentence:
    """Return why an @name tells nobody."""
    meant = [called(state, person.id) for person in people_like(state, name)]
    if meant:
        return Sentence("@{name} may be {names}", {"name": name, "names": ", ".join(meant)})
    return Sentence("nobody is called @{name}", {"name": name})


def unknown_of(state: State, fact: f.Fact | None) -> list[Sentence]:
    """Return that of each such name in a note that was just written or changed."""
    if not isinstance(fact, f.NoteAdded | f.NoteChanged):
        return []
    return [unknown(state, name) for name in unknown_in(fact.text or "", seated(state))]
