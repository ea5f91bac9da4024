"""A session with turns, and a second coder at it."""

from __future__ import annotations

from acting import act
from kring.domain.decide import coding, decision
from kring.session.session import Me, Session
from kring.system.clock import SimulatedClock
from ui.live import begin


def turns(session: Session, clock: SimulatedClock, number: int) -> list[str]:
    """Log turns of 10 s, each of another seat, and return their ids."""
    begin(session)
    for seat in range(1, number + 1):
        act(session, f"floor {seat}")
        clock.advance(10_000)
    act(session, "floor nobody")
    return [turn.id for turn in session.state.alive_turns if turn.kind == "participant"]


def another(session: Session, name: str) -> Me:
    """Return somebody else at the same computer."""
    return Me(name, "researcher", session.me.device)


def code(session: Session, who: Me, name: str, note: str | None = None, turn: str | None = None) -> None:
    """Put a code on something, as somebody; the code is made where it isn't there."""
    if all(row.name != name for row in session.state.codes.values()):
        session.do_as(who, decision(coding.add_code, name))
    session.do_as(who, decision(coding.put_on, name, who.name, note=note, turn=turn))
