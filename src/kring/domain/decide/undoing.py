"""Verbs that take back one's own acts, and bring them back: undo is a fact, redo is undoing the undo."""

from __future__ import annotations

from collections.abc import Callable

from kring.domain.events import Event
from kring.domain.facts import Undone
from kring.domain.history import History, is_void
from kring.domain.state import State
from kring.domain.text import Refused

Mine = Callable[[Event], bool]


def undo(state: State, now: int, history: History, mine: Mine) -> Undone:
    """Take back the last act of one's own that still counts."""
    for event in history.newest_first():
        if mine(event) and not is_void(event, history.void) and _is_act(event):
            return Undone(event.act or event.id)
    raise Refused("There is nothing of yours to undo.")


def redo(state: State, now: int, history: History, mine: Mine) -> Undone:
    """Bring back what one undid last; a new act since then ends that."""
    for event in history.newest_first():
        if not mine(event):
            continue
        if is_void(event, history.void):
            continue
        if _is_act(event):
            break
        if isinstance(event.fact, Undone) and _is_act(history.event(event.fact.event)):
            return Undone(event.id)
    raise Refused("There is nothing of yours to redo.")


def _is_act(event: Event | None) -> bool:
    return event is not None and event.fact is not None and type(event.fact) is not Undone and event.fact.can_be_undone
