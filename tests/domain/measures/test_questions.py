"""The questions as they went: time, visits, and who spoke on each."""

from __future__ import annotations

import pytest

from domain.desk import Desk
from kring.domain.measures.questions import is_passed, must_still_be_asked, questions
from kring.domain.text import Refused


def test_time_visits_and_turns_of_each_question() -> None:
    desk = Desk()
    for line, seconds in (
        ("go 2.1", 0),
        ("floor 1", 10),
        ("floor 2", 10),
        ("floor 1", 10),
        ("go 2.2", 5),
        ("go 2.1", 5),
    ):
        desk.type(line)
        desk.wait(seconds)
    found = {one.row.number: one for one in questions(desk.state, desk.now)}
    assert list(found) == ["1.1", "2.1", "2.2", "4.1"]
    assert found["2.1"][1:-1] == (True, 35_000, 2, {"P1": 2, "P2": 1}, "P1")
    assert found["2.2"][1:-1] == (True, 5_000, 1, {"P1": 1}, "P1")  # who speaks on into it is heard on it
    assert found["1.1"][1:-1] == (False, 0, 0, {}, None)


def asked(desk: Desk) -> list[str]:
    return [one.row.number for one in questions(desk.state, desk.now) if one.was_asked]


def test_what_was_open_for_less_than_five_seconds_was_passed() -> None:
    desk = Desk()
    for line, seconds in (("go 1.1", 4.9), ("go 2.1", 3), ("pause", 60), ("resume", 1.9), ("go 2.2", 5), ("go 4.1", 0)):
        desk.type(line)
        desk.wait(seconds)
    assert asked(desk) == ["2.2"]
    assert is_passed(desk.state, desk.state.guide["wie"], desk.now)
    assert not is_passed(desk.state, desk.state.guide["cijfer"], desk.now)
    assert [row.number for row in must_still_be_asked(desk.state, desk.now)] == ["2.1"]


def test_what_somebody_counts_as_asked_or_not_goes_before_the_time() -> None:
    desk = Desk()
    desk.type("go 1.1")
    desk.type("asked 1.1")
    desk.type("go 2.1")
    assert asked(desk) == ["1.1"]
    desk.wait(10)
    assert asked(desk) == ["1.1", "2.1"]
    with pytest.raises(Refused, match=r"2\.1 counts as asked already"):
        desk.type("asked 2.1")
    desk.type("unask 2.1")
    desk.wait(10)
    assert asked(desk) == ["1.1"]
    desk.type("go 2.2")
    desk.type("go 2.1")
    desk.wait(5)
    assert asked(desk) == ["1.1", "2.1"]


def test_who_came_later_or_had_left_was_not_there_when_a_question_was_asked() -> None:
    desk = Desk()
    for line, seconds in (
        ("attend 1,2 present", 0),
        ("go 1.1", 60),
        ("attend 2 left", 60),
        ("go 2.1", 60),
        ("attend 3 present", 60),
        ("go 2.2", 60),
    ):
        desk.type(line)
        desk.wait(seconds)
    there = {one.row.number: sorted(one.there) for one in questions(desk.state, desk.now)}
    assert there == {"1.1": ["P1", "P2"], "2.1": ["P1", "P3"], "2.2": ["P1", "P3"], "4.1": []}


def test_who_spoke_first_on_a_question_is_who_was_speaking_when_it_came() -> None:
    desk = Desk()
    for line, seconds in (("floor 3", 10), ("go 1.1", 10), ("floor 1", 10), ("go 2.1", 10), ("floor 2", 10)):
        desk.type(line)
        desk.wait(seconds)
    assert {one.row.number: one.first for one in questions(desk.state, desk.now) if one.first} == {
        "1.1": "P3", "2.1": "P1",
    }  # fmt: skip
