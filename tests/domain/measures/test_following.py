"""Who follows whom, on talks of a few turns."""

from __future__ import annotations

import pytest
from hypothesis import given

from domain.desk import Desk
from domain.evenings import evenings
from kring.domain import rows as r
from kring.domain.measures.following import among_participants, who_follows_whom


def after(*lines: str | float) -> dict[tuple[str, str], int]:
    """Type lines and wait seconds, and return who followed whom."""
    desk = Desk()
    for line in lines:
        if isinstance(line, str):
            desk.type(line)
        else:
            desk.wait(line)
    return who_follows_whom(desk.state, desk.now)


def test_a_whole_talk(talked: Desk) -> None:
    assert who_follows_whom(talked.state, talked.now) == {("P1", "P2"): 1, ("P2", "P1"): 1}


@pytest.mark.parametrize(("silence", "count"), [(0.0, 1), (9.999, 1), (10, 1), (10.001, 0)])
def test_a_silence_of_ten_seconds_does_not_part_and_a_longer_one_does(silence: float, count: int) -> None:
    counts = after("floor 1", 5, "floor nobody", silence, "floor 2", 5, "end")
    assert counts.get(("P1", "P2"), 0) == count


@pytest.mark.parametrize("between", ["floor crosstalk", "floor unknown", "pause", "go pauze"])
def test_what_comes_between_parts(between: str) -> None:
    assert after("go 1.1", "floor 1", 5, "floor nobody", between, 1, "go 2.1", "floor 2", 5) == {}


def test_the_moderator_follows_and_is_followed() -> None:
    assert after("floor 1", 5, "floor moderator", 5, "floor 1") == {("P1", "moderator"): 1, ("moderator", "P1"): 1}


def test_nobody_follows_himself() -> None:
    assert after("floor 1", 5, "floor nobody", 2, "floor 1", 5) == {}


def test_what_is_said_in_a_break_follows_nothing() -> None:
    assert after("floor 1", 5, "go pauze", 1, "floor 2", 5, "floor 3", 5) == {}


def test_the_part_among_participants() -> None:
    assert among_participants({("P1", "P2"): 3, ("P2", "moderator"): 1}) == 0.75
    assert among_participants({}) is None


@given(evenings())
def test_there_are_fewer_transitions_than_turns_and_none_to_oneself(desk: Desk) -> None:
    counts = who_follows_whom(desk.state, desk.now)
    people = [turn for turn in desk.state.alive_turns if turn.kind in ("participant", "moderator")]
    assert sum(counts.values()) <= max(0, len(people) - 1)
    assert all(before != after for before, after in counts)


def test_of_two_unknown_speakers_at_once_each_parts_for_itself() -> None:
    desk = Desk()
    zero = desk.now
    desk.wait(60)
    turns = [
        ("unknown", None, 0, 30),
        ("participant", "P1", 10, 35),
        ("unknown", None, 20, 40),
        ("participant", "P2", 38, 50),
    ]
    rows = [
        r.TurnRow(id=f"t{n}", kind=kind, participant=who, started_at=r.Moment(zero + 1000 * begin),
                  ended_at=r.Moment(zero + 1000 * end))
        for n, (kind, who, begin, end) in enumerate(turns)
    ]  # fmt: skip
    assert who_follows_whom(desk.state.put(rows), desk.now) == {}
    assert who_follows_whom(desk.state.put([rows[1], rows[3]]), desk.now) == {("P1", "P2"): 1}
