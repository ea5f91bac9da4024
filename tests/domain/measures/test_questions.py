"""The questions as they went: time, visits, and who spoke on each."""

from __future__ import annotations

from domain.desk import Desk
from kring.domain.measures.questions import questions


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
    assert found["2.1"][1:] == (35_000, 2, {"P1": 2, "P2": 1})
    assert found["2.2"][1:] == (5_000, 1, {"P1": 1})  # who speaks on into it is heard on it
    assert found["1.1"][1:] == (0, 0, {})
