"""What the charts count, on turns whose figures are worked out by hand."""

from __future__ import annotations

import pytest

from kring.domain.measures import conversation
from kring.domain.text import Refused
from kring.review import gaps, parsing
from kring.session.session import Session
from kring.system.clock import SimulatedClock
from ui.live import begin, do


@pytest.fixture
def talked(session: Session, clock: SimulatedClock) -> Session:
    """Joost 20 s, Anna 10 s, silence 5 s, Joost 10 s, crosstalk 5 s, Anna 10 s, silence 30 s, moderator 10 s."""
    begin(session)
    for who, seconds in (("1", 20), ("2", 10), ("nobody", 5), ("1", 10), ("crosstalk", 5), ("2", 10), ("nobody", 30),
                         ("moderator", 10)):  # fmt: skip
        do(session, f"floor {who}")
        clock.advance(seconds * 1000)
    do(session, "end")
    return session


def test_who_follows_whom(talked: Session) -> None:
    assert conversation.follows(talked.state) == {("P1", "P2"): 1, ("P2", "P1"): 1}


def test_lanes_hold_all_that_was_spoken(talked: Session) -> None:
    state = talked.state
    begin, end = conversation.span(state, talked.now())
    assert end - begin == 100_000
    lanes = {lane.speaker: lane.shares for lane in conversation.lanes(state, ["P1", "P2", "moderator"], begin, end, 10)}
    assert lanes["P1"] == pytest.approx((1, 1, 0, 0.5, 0.5, 0, 0, 0, 0, 0))
    assert sum(lanes["P2"]) == pytest.approx(2)
    assert lanes["moderator"][-1] == pytest.approx(1)


@pytest.mark.parametrize("buckets", [1, 3, 7, 50, 400])
def test_the_width_of_a_chart_changes_no_total(talked: Session, buckets: int) -> None:
    begin, end = conversation.span(talked.state, talked.now())
    lane = conversation.lanes(talked.state, ["P1"], begin, end, buckets)[0]
    assert sum(lane.shares) * (end - begin) / buckets == pytest.approx(30_000)


def test_silence_and_crosstalk(talked: Session) -> None:
    began = int(talked.state.session.started_at or 0)
    silence = conversation.stretches(talked.state, "silence", talked.now())
    assert silence == (2, 35_000, 30_000, began + 60_000)
    assert conversation.stretches(talked.state, "crosstalk", talked.now())[:2] == (1, 5_000)
    assert conversation.stretches(talked.state, "silence", talked.now(), "welkom")[0] == 2
    assert conversation.stretches(talked.state, "silence", talked.now(), "slot")[0] == 0


def test_what_was_not_recorded(session: Session, clock: SimulatedClock) -> None:
    begin(session)
    clock.advance(10_000)
    do(session, "recording")
    clock.advance(20_000)
    do(session, "recording")
    clock.advance(5_000)
    do(session, "end")
    began = int(session.state.session.started_at or 0)
    assert gaps.uncovered(session.state) == [(began, began + 10_000), (began + 30_000, began + 35_000)]


@pytest.mark.parametrize(
    ("typed", "ms"),
    [("0:00", 0), ("34:12", 2_052_000), ("1:04:30", 3_870_000), ("0:01.5", 1_500), ("90:00", 5_400_000)],
)
def test_a_time_on_the_clock(session: Session, typed: str, ms: int) -> None:
    assert parsing.moment(session.state, typed, 1_000) == 1_000 + ms
    assert parsing.moment(session.state, parsing.clock(1_000 + ms, 1_000), 1_000) == 1_000 + ms


@pytest.mark.parametrize("typed", ["", "34", "34:99", "abc", "-1:00", "1:2:3:4"])
def test_what_is_no_time_is_refused(session: Session, typed: str) -> None:
    with pytest.raises(Refused):
        parsing.moment(session.state, typed, 0)
