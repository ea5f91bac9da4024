"""Typed lines on a session with a real file."""

from __future__ import annotations

import random
from contextlib import suppress

from domain.desk import LINES
from kring.domain.decide import decision
from kring.domain.events import Event
from kring.domain.text import Refused
from kring.session.commands import call_of, command_of
from kring.session.session import Session
from kring.system.clock import SimulatedClock


def act(session: Session, line: str) -> Event:
    """Do what a typed line says, or refuse."""
    command, said = command_of(line)
    match command.word:
        case "undo":
            return session.undo()
        case "redo":
            return session.redo()
    call = call_of(session.state, command, said)
    return session.do(decision(call.verb, *call.arguments, **call.named))


def act_at_random(session: Session, clock: SimulatedClock, seed: int, lines: int = 80) -> None:
    """Type any lines, each when it makes sense; the same for the same seed."""
    chance = random.Random(seed)
    for line in ("start anyway", *chance.choices([line for line in LINES if line != "end"], k=lines)):
        clock.advance(chance.choice((500, 4_000, 70_000)))
        with suppress(Refused):
            act(session, line)


def waiting_act(session: Session, line: str) -> Event | None:
    """Do what a typed line says, or let it wait for the file."""
    command, said = command_of(line)
    call = call_of(session.state, command, said)
    return session.do_or_wait(decision(call.verb, *call.arguments, **call.named))


def texts(session: Session) -> list[str]:
    """Return the texts of all notes, in order."""
    return [note.text for note in session.state.notes.values()]
