"""Groups of a study that were held, a week after each other, with what was typed in them."""

from __future__ import annotations

import random
from pathlib import Path

from msgspec.structs import replace

from acting import act
from conftest import START_MS, make_plan
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.system.clock import SimulatedClock

WEEK_MS = 7 * 86_400_000
SINCE_MS = 5_000


def hold(file: Path, week: int, *lines: str, study: str = "Trouw") -> Session:
    """Hold a group in which everybody may be quoted, the first four of the segment trouw; return it open."""
    clock = SimulatedClock(START_MS + week * WEEK_MS)
    people = tuple(
        replace(one, segment="nieuw" if one.seat > 4 else "trouw", consents=(("all", True),))
        for one in make_plan().participants
    )
    plan = replace(make_plan(), study=study, group=str(week), participants=people)
    me = Me("Bo", "assistant", "device")
    session = sessions.begin(file, plan, clock, me, random.Random(file.name).randbytes, ("UTC", 0))
    for line in lines:
        clock.advance(SINCE_MS)
        act(session, line)
    return session


def go_on(file: Path, *lines: str, week: int = 9) -> None:
    """Open a session later, type something more, and close it."""
    clock = SimulatedClock(START_MS + week * WEEK_MS)
    session = sessions.resume(file, clock, Me("Bo", "assistant", "device"), random.Random(week).randbytes)
    for line in lines:
        act(session, line)
    session.close()
