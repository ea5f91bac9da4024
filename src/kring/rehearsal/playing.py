"""Steps of a rehearsal become acts in a session: a typed command each, by whoever of the team does it."""

from __future__ import annotations

import random
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from kring.commands.command import FaceAction
from kring.commands.table import OF_LINES
from kring.domain.decide import decision, undoing
from kring.domain.decide.group import pacing
from kring.domain.decide.session import change_role
from kring.domain.events import Event
from kring.domain.local_time import moment_of
from kring.domain.measures.group.pacing import is_due, proposal
from kring.domain.plan import Plan
from kring.domain.state import EMPTY, State
from kring.rehearsal.course import start_in_plan
from kring.rehearsal.evening import BEFORE_MS
from kring.rehearsal.sample import Sample
from kring.rehearsal.script import script
from kring.rehearsal.step import SECOND, Step, Who
from kring.rehearsal.words import Words
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.system.clock import Clock, SimulatedClock

ZONE = ("simulated", 0)  # the same everywhere, so that the same seed gives the same file
USUAL_START = datetime.fromisoformat("2026-12-03T19:30")
LOOK_AROUND_MS = 10 * SECOND


class Team(NamedTuple):
    """Who of the team acts in a rehearsal."""

    moderator: Me
    assistant: Me

    def member(self, who: Who) -> Me:
        """Return who has a role."""
        return self.moderator if who == "moderator" else self.assistant


class Ended(NamedTuple):
    """What is true at the end of a session, and when that was (epoch ms)."""

    state: State
    now: int


def team_of(plan: Plan, device: str = "rehearsal") -> Team:
    """Return the team that a plan names."""
    return Team(
        Me(plan.moderator or "moderator", "moderator", device),
        Me(plan.assistant or "assistant", "assistant", device),
    )


def start_of(plan: Plan) -> int:
    """Return the moment at which a rehearsal of a plan begins to talk, epoch ms."""
    return moment_of(EMPTY, start_in_plan(plan) or USUAL_START)


def play(session: Session, step: Step, team: Team, at: int | None = None) -> None:
    """Do one step, at its own moment where one is given; raises Refused where it makes no sense now."""
    command, text = OF_LINES.read(step.line)
    who = _as_they_act(session.state, team.member(step.who))

    def is_theirs(event: Event) -> bool:
        return event.actor == who.name and event.role == who.role

    match command.action:
        case FaceAction.UNDO:
            session.do_as(who, decision(undoing.undo, session.history, is_theirs))
        case FaceAction.REDO:
            session.do_as(who, decision(undoing.redo, session.history, is_theirs))
        case FaceAction.ROLE:
            session.do_as(who, decision(change_role, who.role), at=at)
        case FaceAction.PACE:
            _decide_on_pace(session, who, at)
        case _:
            session.do_as(who, command.decision_of(text), at=at)


def _as_they_act(state: State, member: Me) -> Me:
    """Return somebody of the team in the role that they have now."""
    changed = [change.role for change in state.role_changes.values() if change.name == member.name]
    return member._replace(role=changed[-1]) if changed else member


def _decide_on_pace(session: Session, who: Me, at: int | None) -> None:
    """Accept what is proposed where that is announced; decline what would leave out a line."""
    state, now = session.state, session.now() if at is None else at
    found = proposal(state, now)
    if found is None or not found.changed or not is_due(state, now):
        return
    leaves_out = any(one.becomes_s is None for one in found.changed)
    session.do_as(who, decision(pacing.decline if leaves_out else pacing.accept), at=at)


def begin(path: Path, plan: Plan, clock: Clock, seed: int) -> Session:
    """Make the session file of a rehearsal; whoever opens it first is its assistant."""
    team = team_of(plan)
    chance = random.Random(f"ids {seed}")
    session = sessions.begin(path, plan, clock, team.assistant, chance.randbytes, ZONE)
    session.join(team.moderator)
    return session


def write_session(
    path: Path,
    plan: Plan,
    seed: int,
    events: int | None = None,
    is_sample: bool = False,
    words: Words | None = None,
) -> Ended:
    """Write a complete session; the same plan and seed give the same one. Raises Refused if the script is wrong.

    With `events` the talk goes on, in quick changes, until the file holds about so many. A sample has what researchers
    work with, too: a recording of tones, a transcript, and codes. `words` are what is said, else what is usual.
    """
    start = start_of(plan)
    clock = SimulatedClock(start - BEFORE_MS)
    session = begin(path, plan, clock, seed)
    try:
        # Nobody's words are at stake: a rehearsal that a power cut takes can be written again.
        session.store.connection.execute("pragma synchronous = off")
        looked_at = clock.wall_ms()
        team = team_of(plan)
        sample = Sample(session, clock) if is_sample else None
        for step in script(plan, seed, events or 0, words):
            clock.advance(max(0, start + step.at_ms - clock.wall_ms()))
            if sample is not None:
                sample.hear()
            if clock.wall_ms() - looked_at >= LOOK_AROUND_MS:
                session.tick()
                looked_at = clock.wall_ms()
            play(session, step, team)
            if sample is not None:
                sample.follow()
        if sample is not None:
            sample.complete()
        return Ended(session.state, session.now())
    finally:
        session.close()
