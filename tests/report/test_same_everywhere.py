"""A figure says the same in every place of a report: who spoke most, what was silence, and how a half is rounded."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acting import act
from kring.domain.measures.talk import interruptions
from kring.domain.measures.talk_time import when_quiet
from kring.domain.stretches import shared_ms
from kring.privacy.snapshot import read
from kring.report.content import report_of
from kring.report.markdown import text
from kring.session.session import Session
from kring.system.clock import SimulatedClock
from kring.system.i18n import percent, whole
from kring.system.sqlite import sqlite3

Begin = Callable[..., Session]


def told(session: Session, clock: SimulatedClock, *lines: str) -> str:
    """The report of an evening; `wait` and a number of seconds lets time pass."""
    for line in ("consent all yes", "start anyway", *lines, "end"):
        word, _blank, seconds = line.partition(" ")
        if word == "wait":
            clock.advance(int(seconds) * 1000)
        else:
            act(session, line)
    session.close()
    return text(report_of(read(session.store.path)))


def test_of_two_who_spoke_as_long_none_is_said_to_be_the_first(make_session: Begin, clock: SimulatedClock) -> None:
    turns = ("floor 1", "wait 60", "floor 2", "wait 60", "floor 3", "wait 30", "floor nobody")
    page = told(make_session(), clock, "attend 1,2,3 present", *turns)
    assert "Of the 2:30 that participants spoke, P1 and P2 (1:00) took the most and P3 (0:30) the least." in page
    assert "from P1" not in page
    assert "from P2" not in page


def test_many_who_spoke_as_short_are_counted(make_session: Begin, clock: SimulatedClock) -> None:
    page = told(make_session(), clock, "attend all present", "floor 1", "wait 60", "floor nobody")
    assert "P1 (1:00) took the most and 7 participants (0:00) the least." in page


def test_silence_in_a_break_and_a_pause_is_none_in_any_table(make_session: Begin, clock: SimulatedClock) -> None:
    session = make_session()
    lines = ("attend 1,2 present", "floor 1", "wait 60", "pause", "floor nobody", "wait 120", "resume", "wait 30")
    page = told(session, clock, *lines, "floor 2", "wait 30")
    assert "| silence | 1 | 0:30 | 25 % |" in page
    assert "silence: 1 time, 0:30" in page
    assert "1 silence of five seconds or longer, 0:30 in all." in page


def test_what_is_quiet_is_never_within_what_interrupts_the_talk(make_session: Begin, clock: SimulatedClock) -> None:
    session = make_session()
    for line in ("start anyway", "floor nobody", "pause", "resume", "room 1 2,3", "rooms back", "floor nobody"):
        clock.advance(20_000)
        act(session, line)
    quiet, apart = when_quiet(session.state, session.now()), interruptions(session.state, session.now())
    assert quiet
    assert sum(shared_ms(one, other) for one in quiet for other in apart) == 0


@pytest.mark.parametrize(("value", "rounded"), [(0.5, 1), (1.5, 2), (2.5, 3), (36.5, 37), (-3.5, -4), (-0.4, 0)])
def test_a_half_goes_away_from_zero(value: float, rounded: int) -> None:
    assert whole(value) == rounded


@given(st.integers(0, 400), st.integers(1, 400))
def test_a_share_is_rounded_as_in_the_views(part: int, of: int) -> None:
    (rounded,) = sqlite3.connect(":memory:").execute("select round(100.0 * ? / ?)", (part, of)).fetchone()
    exact = int(Fraction(100 * part, of) + Fraction(1, 2))
    assert percent(part / of) == f"{exact} %"
    assert int(rounded) == exact
