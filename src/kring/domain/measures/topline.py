"""What was said most on each question: tags counted by the people who said such a thing, not by how often.

One person who says a thing six times is one person (R.A. Krueger and M.A. Casey, "Focus Groups", on frequency,
extensiveness and intensity: extensiveness is how many people say it).
"""

from __future__ import annotations

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
    """A tag, and the codes of the participants with a note under it of what they said."""

    tag: str
    people: frozenset[str]


class Gist(NamedTuple):
    """A question as it went, what was said most on it, and its quotes: what has a star first, then as they came."""

    asked: Asked
    tags: list[Tagged]
    quotes: list[NoteRow]


def gists(state: State, now: int) -> list[Gist]:
    """Return the questions that were asked, in the guide's order, each with its tags by the number of people."""
    notes: dict[str, list[NoteRow]] = {}
    for note in state.notes.values():
        place = question_of(state, note.item)
        if place is not None and note.removed_at is None and note.kind in SAID and note.participant:
            notes.setdefault(place.id, []).append(note)
    return [_gist(one, notes.get(one.row.id, [])) for one in questions(state, now) if one.was_asked]


def _gist(asked: Asked, notes: list[NoteRow]) -> Gist:
    people: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    for note in notes:
        for tag in note.tags:
            if folded(tag) not in OF_THE_TEAM and note.participant:
                people.setdefault(folded(tag), set()).add(note.participant)
                names.setdefault(folded(tag), tag)
    tags = [Tagged(names[key], frozenset(codes)) for key, codes in people.items()]
    quotes = [note for note in notes if note.kind == "quote" and not note.stub and note.text.strip()]
    return Gist(
        asked,
        sorted(tags, key=lambda one: (-len(one.people), folded(one.tag))),
        sorted(quotes, key=lambda note: (not note.starred, note.at, note.number)),
    )
