"""Minutes lost to technique: of everybody and of single participants, never added up, and only of the talk."""

from __future__ import annotations

from hypothesis import given

from domain.desk import Desk
from domain.evenings import evenings
from kring.domain import facts as f
from kring.domain.measures.session_time import elapsed_ms
from kring.domain.measures.technique import lost_by_participant, lost_to_all_min, participant_minutes, when_of


def test_a_judgement_goes_before_the_length_and_what_is_open_counts_until_now() -> None:
    desk = Desk()
    desk.type("issue P4 geluid")
    desk.wait(120)
    desk.type("solved 4 3")
    desk.type("issue beeld weg")
    desk.wait(90)
    assert lost_by_participant(desk.state, desk.now) == {"P4": 3}
    assert (lost_to_all_min(desk.state, desk.now), participant_minutes(desk.state, desk.now)) == (1.5, 3)


def test_issues_at_the_same_time_count_once_for_whom_they_are() -> None:
    desk = Desk()
    for line, seconds in (("issue geluid", 60), ("issue beeld", 60), ("solved 1", 60), ("solved", 0),
                          ("issue P1 a", 60), ("issue P2 b", 60), ("issue P1 c", 60)):  # fmt: skip
        desk.type(line)
        desk.wait(seconds)
    assert lost_to_all_min(desk.state, desk.now) == 3
    assert lost_by_participant(desk.state, desk.now) == {"P1": 3, "P2": 2}


def test_what_lies_outside_the_talk_in_a_pause_or_a_break_costs_nothing() -> None:
    desk = Desk(started=False)
    desk.type("issue beeld")
    desk.wait(600)
    desk.type("solved")
    desk.type("issue geluid")
    desk.wait(600)
    desk.type("start anyway")
    desk.wait(60)
    desk.type("pause")
    desk.wait(300)
    desk.type("go pauze")
    desk.wait(600)
    desk.type("go 4.1")
    desk.wait(60)
    desk.type("end")
    desk.type("issue opname")
    desk.wait(900)
    assert lost_to_all_min(desk.state, desk.now) == 2
    assert [when_of(desk.state, issue, desk.now) for issue in desk.state.issues.values()] == [
        "before", "during", "after",
    ]  # fmt: skip


def test_a_check_that_failed_costs_only_what_somebody_says() -> None:
    desk = Desk()
    for code in ("P1", "P2", None):
        desk.happen(f.IssueOpened("form not signed", code, check="link"))
    desk.wait(600)
    desk.type("solved 1 3")
    assert lost_by_participant(desk.state, desk.now) == {"P1": 3, "P2": 0}
    assert lost_to_all_min(desk.state, desk.now) == 0


@given(evenings())
def test_nobody_loses_more_than_the_talk(desk: Desk) -> None:
    longest = elapsed_ms(desk.state, desk.now) / 60_000
    lost = [lost_to_all_min(desk.state, desk.now), *lost_by_participant(desk.state, desk.now).values()]
    assert all(0 <= minutes <= longest for minutes in lost)
