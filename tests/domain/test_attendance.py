"""Attendance that followed from a turn: it goes where the turn goes, and what was logged stands again."""

from __future__ import annotations

import pytest
from hypothesis import given

from domain.desk import Desk
from domain.evenings import evenings
from kring.domain import facts as f
from kring.domain.measures.presence import are_here, seated
from kring.domain.measures.talk_time import voices
from kring.domain.rows import Status
from kring.domain.text import Refused


def shown(desk: Desk, code: str) -> Status:
    return next(one.status for one in voices(desk.state, desk.now) if one.person.id == code)


def lost() -> Desk:
    """A desk at which P3 lost the connection, and has the floor since by mistake."""
    desk = Desk()
    for line, seconds in (("attend all present", 60), ("attend 3 lost", 30), ("floor 3", 10)):
        desk.type(line)
        desk.wait(seconds)
    assert shown(desk, "P3") == "present"
    return desk


@pytest.mark.parametrize("mended", ["name 1", "name moderator", "name crosstalk"])
def test_who_did_not_speak_is_away_again_as_it_was_logged(mended: str) -> None:
    desk = lost()
    desk.type(mended)
    (issue,) = desk.state.issues.values()
    person = desk.state.participants["P3"]
    assert (shown(desk, "P3"), person.status, person.status_at) == ("away", "away", issue.started_at)
    assert (issue.ended_at, issue.duration_s) == (None, None)
    desk.wait(20)
    desk.type("attend 3 present")
    assert shown(desk, "P3") == "present"
    (issue,) = desk.state.issues.values()
    assert issue.duration_s == 60


def test_who_spoke_later_is_back_from_then_on() -> None:
    desk = lost()
    first = desk.state.open_turn
    assert first is not None
    desk.type("floor 2")
    desk.wait(20)
    desk.type("floor 3")
    desk.wait(5)
    desk.happen(f.TurnNamed(first.id, "participant", "P1"))
    (issue,) = desk.state.issues.values()
    assert (shown(desk, "P3"), issue.duration_s) == ("present", 60)


def test_who_did_speak_is_back_and_no_longer_where_that_is_put_right_again() -> None:
    desk = lost()
    desk.type("attend 1 away")
    desk.type("floor 2")
    desk.wait(5)
    for named, status in (("1", "present"), ("4", "away")):
        desk.type(f"name {named}")
        assert (shown(desk, "P1"), desk.state.participants["P1"].status) == (status, status)


def test_attendance_can_be_logged_wherever_it_is_shown_otherwise() -> None:
    desk = Desk()
    desk.wait(60)  # nobody logged who is there: all are
    assert shown(desk, "P2") == "present"
    desk.type("attend 2 present")
    with pytest.raises(Refused):
        desk.type("attend 2 present")


@given(evenings())
def test_whoever_stands_as_present_is_here(desk: Desk) -> None:
    if desk.state.session.phase == "live":
        here = are_here(desk.state, desk.now)
        for_no_time = {turn.participant for turn in desk.state.turns.values() if turn.ended_at == turn.started_at}
        assert {one.id for one in seated(desk.state) if one.status == "present"} <= here | for_no_time
