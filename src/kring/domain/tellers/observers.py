"""The sentences of observers: what they ask, what becomes of it, and which notes they see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kring.domain import facts as f
from kring.domain.events import Event
from kring.domain.rows import NotesShown, QuestionStatus
from kring.domain.state import State
from kring.domain.text import N_, Sentence

_BECAME: dict[QuestionStatus, str] = {
    "new": N_("Question {n} of an observer is new again: {text}"),
    "accepted": N_("Question {n} of an observer accepted: {text}"),
    "asked": N_("Question {n} of an observer put to the group: {text}"),
    "declined": N_("Question {n} of an observer declined: {text}"),
}
SHOWN_WORDS: dict[NotesShown, str] = {
    "none": N_("Observers see no notes"),
    "starred": N_("Observers see the starred notes"),
    "all": N_("Observers see all notes"),
}


def is_for(role: str, event: Event) -> bool:
    """Whether somebody in a role is told at once of what an observer did: only the assistant, and only of a question.

    What observers say to each other is nobody else's business.
    """
    match event.fact:
        case f.BackRoomTalked():
            return False
        case f.ObserverQuestionAsked():
            return role != "moderator"
    return True


def _asked(state: State, event: Event, fact: f.ObserverQuestionAsked) -> Sentence:
    row = state.observer_questions.get(fact.question)
    number = row.number if row is not None else fact.number
    return Sentence("Question {n} of an observer: {text}", {"n": number, "text": fact.text})


def _filtered(state: State, event: Event, fact: f.ObserverQuestionFiltered) -> Sentence:
    row = state.observer_questions.get(fact.question)
    told = Sentence(_BECAME[fact.status], {"n": row.number if row else "", "text": row.text if row else ""})
    return told if not fact.reason else Sentence("{what} ({reason})", {"what": told, "reason": fact.reason})


SENTENCES: dict[type[f.Fact], Callable[[State, Event, Any], Sentence]] = {
    f.ObserverQuestionAsked: _asked,
    f.ObserverQuestionFiltered: _filtered,
    f.NotesShownToObservers: lambda state, event, fact: Sentence(SHOWN_WORDS[fact.notes]),
    f.BackRoomTalked: lambda state, event, fact: Sentence("An observer said something to the other observers"),
}
