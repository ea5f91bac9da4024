"""What is told of observers in words: which notes they see, and their questions."""

from __future__ import annotations

from kring.domain.rows import ObserverQuestionRow, QuestionStatus
from kring.domain.state import State
from kring.domain.tellers.observers import SHOWN_WORDS
from kring.domain.text import N_
from kring.system.i18n import _

STATUS_WORDS: dict[QuestionStatus, str] = {
    "new": N_("new"),
    "accepted": N_("accepted"),
    "asked": N_("put to the group"),
    "declined": N_("declined"),
}
"""What each status is called, those first that ask for something."""


def in_order(state: State) -> list[ObserverQuestionRow]:
    """Return the questions of observers: those first that ask for something, of these the oldest."""
    order = list(STATUS_WORDS)
    rows = state.observer_questions.values()
    return sorted(rows, key=lambda row: (order.index(row.status), row.at, row.id))


def told(state: State) -> str:
    """Return which notes observers see, then their questions with what became of each."""
    parts = [_(SHOWN_WORDS[state.session.observers_see])]
    for row in in_order(state):
        status = f"{_(STATUS_WORDS[row.status])}: {row.reason}" if row.reason else _(STATUS_WORDS[row.status])
        parts.append(f"{row.number} {row.asked_by}: {row.text} ({status})")
    return "; ".join(parts if len(parts) > 1 else [*parts, _("No observer asked anything yet.")])
