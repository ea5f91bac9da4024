"""Verbs of those who only watch: what they ask, what the team does with it, and which notes they see."""

from __future__ import annotations

from kring.domain import facts as f
from kring.domain import lookup
from kring.domain.decide import notes
from kring.domain.rows import NotesShown, ObserverQuestionRow
from kring.domain.state import State
from kring.domain.text import Refused, clean, folded, one_line

LONGEST = 1_000
"""How many characters a question of an observer, what is said of it, or what they say to each other may have."""
NO_REASON = "-"
"""What is typed where a question is declined without a word of why."""
SHOWN: dict[NotesShown, tuple[str, ...]] = {
    "none": ("none", "geen", "no", "0"),
    "starred": ("starred", "chosen", "gekozen", "ster", "*"),
    "all": ("all", "alle", "alles"),
}


class AskedAlready(Refused):
    """A question of an observer is in the session: it was brought before."""


def ask(state: State, now: int, question: str, text: str) -> f.ObserverQuestionAsked:
    """Put a question of an observer to the team; `question` is its own id, by which it comes once."""
    if question in state.observer_questions:
        raise AskedAlready("That question was asked already.")
    last = max((row.number for row in state.observer_questions.values()), default=0)
    return f.ObserverQuestionAsked(question, said(text), last + 1)


def accept(state: State, now: int, word: str = "") -> f.ObserverQuestionFiltered:
    """Let the moderator have a question of an observer, the oldest new one where none is named."""
    row = _question(state, word, "new")
    if row.status in ("accepted", "asked"):
        raise Refused("Question {n} was accepted already.", n=row.number)
    return f.ObserverQuestionFiltered(row.id, "accepted")


def decline(state: State, now: int, word: str, reason: str) -> f.ObserverQuestionFiltered:
    """Decline a question of an observer, who is told why; `-` says nothing of that."""
    row = _question(state, word, "new")
    if row.status == "asked":
        raise Refused("Question {n} was put to the group already.", n=row.number)
    reason = said(reason)
    if row.status == "declined" and row.reason == ("" if reason == NO_REASON else reason):
        raise Refused("Question {n} was declined already.", n=row.number)
    return f.ObserverQuestionFiltered(row.id, "declined", "" if reason == NO_REASON else reason)


def put_to_group(state: State, now: int, word: str = "") -> f.ObserverQuestionFiltered:
    """Log that a question of an observer was put to the group, the oldest accepted one where none is named."""
    row = _question(state, word, "accepted")
    if row.status == "asked":
        raise Refused("Question {n} was put to the group already.", n=row.number)
    return f.ObserverQuestionFiltered(row.id, "asked")


def raise_next(state: State, now: int, word: str = "") -> f.ObserverQuestionFiltered | f.NoteRaised:
    """Log that a question that waited was put to the group: the parked note that is named, else an observer's.

    An observer's was accepted just for this moment; a parked one waits for the end. Where none is accepted, the oldest
    parked one is meant.
    """
    accepted = any(row.status == "accepted" for row in state.observer_questions.values())
    return put_to_group(state, now) if accepted and not word else notes.raised(state, now, word)


def show_notes(state: State, now: int, word: str) -> f.NotesShownToObservers:
    """Decide which notes observers see from now on."""
    wanted = folded(word.strip())
    found = next((shown for shown, words in SHOWN.items() if wanted in words), None)
    if found is None:
        raise Refused("Say none, starred or all; {word} is none of these.", word=one_line(word))
    if found == state.session.observers_see:
        raise Refused("Nothing was changed.")
    return f.NotesShownToObservers(found)


def talk_in_back_room(state: State, now: int, text: str) -> f.BackRoomTalked:
    """Say something to the other observers, where the plan has that kept."""
    if not state.session.back_room_kept:
        raise Refused("The plan does not say that what observers say to each other is kept.")
    return f.BackRoomTalked(said(text))


def _question(state: State, word: str, status: str) -> ObserverQuestionRow:
    """Return the question of a number or an id, else the oldest one of a status."""
    rows = state.observer_questions
    if word in rows:
        return rows[word]
    if not word.strip():
        first = next((row for row in rows.values() if row.status == status), None)
        if first is None:
            raise Refused("No question of an observer is waiting.")
        return first
    number = lookup.number_of(word)
    same = [row for row in rows.values() if row.number == number]
    if not same:
        raise Refused("There is no question {word} of an observer.", word=one_line(word))
    return next((row for row in same if row.status == status), same[0])  # two computers apart may give one number


def said(text: str) -> str:
    """Return what somebody wants to say, or refuse what is nothing or too long."""
    text = clean(text).strip()
    if not text:
        raise Refused("Say which, or what: this command needs a text behind it.")
    if len(text) > LONGEST:
        raise Refused("A text has at most {n} characters.", n=LONGEST)
    return text
