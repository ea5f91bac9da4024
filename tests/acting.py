"""Typed lines on a session with a real file."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress

from kring.commands.command import FaceAction
from kring.commands.table import OF_LINES
from kring.domain.decide import Decision, decision, undoing
from kring.domain.events import Event
from kring.domain.history import History
from kring.domain.text import Refused
from kring.session.session import Session
from kring.system.clock import SimulatedClock

# What people may type, sensible or not at the moment it comes.
LINES = (
    "next", "back", "go 2.2", "go pauze", "skip", "skip 2.2", "asked 2.1", "probe 1", "time +2", "time -1:30",
    "show A", "hide", "answer 3 8", "answers 1 3, 4 9", "poll again", "poll counts 8=3 7=1", "statement te duur",
    "consensus 2.1a 3 example", "consensus 2.1 1, 4 nods", "consensus 2.1 4 clear", "note >3 alleen met kerst",
    "floor 1", "floor 2", "floor 3", "floor nobody", "floor moderator", "floor unknown",
    "name 4", "hand 6", "hand 1", 'note "te veel gedoe" #app', "note ~ vond het duur @3", 'note *"ik dacht …', "mark",
    "star", "tag last #app #prijs", "edit last ~ toch anders", "remove last", "raise", "note ? wat kost het -20s",
    "attend 4 away", "attend 4 present", "attend 5 left", "attend 8 waiting", "add Noor", "add Ria", "rename 4 Piet",
    "tick 1", "tick 2", "tick 4", "check gordijn dicht", "issue P4 geluid", "issue beeld weg", "solved", "solved 4 3",
    "cue nog 5 minuten", "seen", "doors", "start", "start anyway", "pause", "resume", "recording",
    "recording off", "unskip 2.2", "unask 2.1", "lower 6", "unstar", "tag last -#app", "end", "undo", "redo",
    "rooms draw 2", "room 2 1, 3", "rooms back",
)  # fmt: skip


def decided(line: str, history: History, is_mine: Callable[[Event], bool]) -> Decision:
    """Return what a typed line decides, or refuse."""
    command, text = OF_LINES.read(line)
    match command.action:
        case FaceAction.UNDO:
            return decision(undoing.undo, history, is_mine, anyway=True)
        case FaceAction.REDO:
            return decision(undoing.redo, history, is_mine)
    return command.decision_of(text)


def act(session: Session, *lines: str) -> Event:
    """Do what typed lines say, or refuse; return the last event."""
    for line in lines:
        event = session.do(decided(line, session.history, session.is_mine))
    return event


def act_at_random(session: Session, clock: SimulatedClock, seed: int, lines: int = 80) -> None:
    """Type any lines, each when it makes sense; the same for the same seed."""
    chance = random.Random(seed)
    for line in ("start anyway", *chance.choices([line for line in LINES if line != "end"], k=lines)):
        clock.advance(chance.choice((500, 4_000, 70_000)))
        with suppress(Refused):
            act(session, line)


def waiting_act(session: Session, line: str) -> Event | None:
    """Do what a typed line says, or let it wait for the file."""
    return session.do_or_wait(decided(line, session.history, session.is_mine))


def texts(session: Session) -> list[str]:
    """Return the texts of all notes, in order."""
    return [note.text for note in session.state.notes.values()]
