"""Verbs that take back one's own acts, and bring them back: undo is a fact, redo is undoing the undo."""

from __future__ import annotations

from collections.abc import Callable

from kring.domain.events import Event
from kring.domain.facts import SessionEnded, SessionStarted, Undone
from kring.domain.history import History, is_void
from kring.domain.state import State
from kring.domain.text import Refused

Mine = Callable[[Event], bool]
PROGRAM = "program"
"""The role in which the program itself logs what it finds out."""


class UndoAsks(Refused):
    """An act was not taken back, because more would go with it; a face asks whether that is meant."""


def undo(state: State, now: int, history: History, mine: Mine, anyway: bool = False) -> Undone:
    """Take back the last act of one's own that still counts.

    The start, the end, and what others' later acts rest on are taken back only when that is meant.
    """
    later: list[Event] = []
    for event in history.newest_first():
        if mine(event) and not is_void(event, history.void) and _is_act(event):
            undone = Undone(event.act or event.id)
            if not anyway:
                _ask(history, event, later, undone, mine)
            return undone
        later.append(event)
    raise Refused("There is nothing of yours to undo.")


def _ask(history: History, event: Event, later: list[Event], undone: Undone, mine: Mine) -> None:
    others = {one.id for one in later if not mine(one) and _is_act(one) and one.role != PROGRAM}
    others = {one for one in others if one not in history.void}
    lost = len(others & _changed_by(history, undone)) if others else 0
    match event.fact:
        case SessionStarted():
            raise UndoAsks("That takes back the start of the session; hidden of what others logged since: {n}.", n=lost)
        case SessionEnded():
            raise UndoAsks("That takes back the end of the session.")
    if lost:
        raise UndoAsks("That also changes what others logged since: {n}.", n=lost)


def _changed_by(history: History, undone: Undone) -> set[str]:
    """Return the ids of the rows that an undo would change or take away."""
    event = Event(
        id="undone",
        hlc=history.last_hlc + 1,
        device="",
        actor="",
        role="",
        kind=undone.kind,
        data="",
        fact=undone,
    )
    change = history.change((event,))
    return {row.id for row in (*change.rows, *change.gone)}


def last_act(history: History, mine: Mine) -> Event | None:
    """Return the last act of one's own that still counts."""
    mine_alive = (one for one in reversed(history.events) if mine(one) and not is_void(one, history.void))
    return next((one for one in mine_alive if one.act is None and _is_act(one)), None)


def redo(state: State, now: int, history: History, mine: Mine) -> Undone:
    """Bring back what one undid last; a new act since then ends that."""
    for event in history.newest_first():
        if not mine(event):
            continue
        if is_void(event, history.void):
            continue
        if _is_act(event):
            break
        if isinstance(event.fact, Undone) and event.act is None and _is_act(history.event(event.fact.event)):
            return Undone(event.id)
    raise Refused("There is nothing of yours to redo.")


def _is_act(event: Event | None) -> bool:
    return event is not None and event.fact is not None and type(event.fact) is not Undone and event.fact.can_be_undone
