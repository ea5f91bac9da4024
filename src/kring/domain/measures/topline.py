"""What was said most on each question: tags counted by the people who said such a thing, not by how often.

One person who says a thing six times is one person (R.A. Krueger and M.A. Casey, "Focus Groups", on frequency,
extensiveness and intensity: extensiveness is how many people say it).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kring.domain.guide_items import question_of
from kring.domain.measures.questions import Asked, questions
from kring.domain.rows import NoteRow
from kring.domain.state import State
from kring.domain.text import folded

SAID = frozenset({"quote", "paraphrase"})
OF_THE_TEAM = frozenset(
    ["hypothese", "hypothesen", "hypothesis", "hypotheses", "actie", "acties", "action", "actions", "nabespreking",
     "debrief", "debriefing"]
)  # fmt: skip
"""Tags by which the team finds its own notes again."""


class Tagged(NamedTuple):
    """A tag, the codes of the participants with a note under it of what they said, and these notes in order of time."""

    tag: str
    people: frozenset[str]
    notes: tuple[NoteRow, ...]


class Gist(NamedTuple):
    """A question as it went, what was said most on it, and its quotes: what has a star first, then as they came."""

    asked: Asked
    tags: list[Tagged]
    quotes: list[NoteRow]


def gists(state: State, now: int) -> list[Gist]:
    """Return the questions that were asked, in the guide's order, each with its tags by the number of people."""
    notes: dict[str, list[NoteRow]] = {}
    for note in said(state):
        place = question_of(state, note.item)
        if place is not None:
            notes.setdefault(place.id, []).append(note)
    return [_gist(one, notes.get(one.row.id, [])) for one in questions(state, now) if one.was_asked]


def said(state: State) -> list[NoteRow]:
    """Return the notes on what participants said, in order of time; no question that was kept for later is one."""
    notes = (note for note in state.notes.values() if note.removed_at is None and note.kind in SAID)
    return sorted((note for note in notes if note.participant and not note.parked), key=lambda note: (note.at, note.id))


def by_tag(notes: Iterable[NoteRow]) -> list[Tagged]:
    """Return the tags of what was said, those of most people first, then of most notes; none of the team's own."""
    found: dict[str, list[NoteRow]] = {}
    names: dict[str, str] = {}
    for note in notes:
        for tag in {folded(tag): tag for tag in note.tags}.items():
            if tag[0] not in OF_THE_TEAM:
                found.setdefault(tag[0], []).append(note)
                names.setdefault(*tag)
    tags = [
        Tagged(names[key], frozenset(note.participant for note in those if note.participant), tuple(those))
        for key, those in found.items()
    ]
    return sorted(tags, key=lambda one: (-len(one.people), -len(one.notes), folded(one.tag)))


def _gist(asked: Asked, notes: list[NoteRow]) -> Gist:
    quotes = [note for note in notes if note.kind == "quote" and not note.stub and note.text.strip()]
    return Gist(asked, by_tag(notes), sorted(quotes, key=lambda note: (not note.starred, note.at, note.number)))
