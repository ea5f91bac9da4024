"""Silence and crosstalk: a silence is five seconds of quiet or longer."""

from __future__ import annotations

import pytest
from hypothesis import given

from domain.desk import Desk
from domain.evenings import evenings
from kring.domain.guide_items import sections
from kring.domain.measures.session_time import elapsed_ms
from kring.domain.measures.silence import SILENCE_MS, items_of, silence_by_minute, silences_by_sort, stretches


def test_number_sum_and_longest(talked: Desk) -> None:
    state, now = talked.state, talked.now
    began = int(state.session.started_at or 0)
    assert stretches(state, "silence", now) == (2, 35_000, 30_000, began + 60_000)
    assert stretches(state, "crosstalk", now)[:2] == (1, 5_000)
    assert stretches(state, "silence", now, items_of(state, "welkom"))[0] == 2
    assert stretches(state, "silence", now, items_of(state, "slot"))[0] == 0


@pytest.mark.parametrize(("seconds", "number"), [(4.999, 0), (5, 1)])
def test_less_than_five_seconds_is_no_silence(seconds: float, number: int) -> None:
    desk = Desk()
    desk.type("floor nobody")
    desk.wait(seconds)
    assert stretches(desk.state, "silence", desk.now).number == number


def test_silence_minute_by_minute(talked: Desk) -> None:
    assert silence_by_minute(talked.state, talked.now, 2) == [5_000, 30_000]


def test_a_silence_over_two_questions_is_cut_at_the_border() -> None:
    desk = Desk()
    desk.type("go 1.1")
    desk.type("floor nobody")
    desk.wait(6)
    desk.type("go 2.1")
    desk.wait(3)
    assert [stretches(desk.state, "silence", desk.now, {item}).total_ms for item in ("wie", "laatste")] == [6000, 3000]


def test_quiet_in_a_break_is_no_silence() -> None:
    desk = Desk()
    desk.type("go pauze")
    desk.type("floor nobody")
    desk.wait(600)
    assert stretches(desk.state, "silence", desk.now).number == 0


def test_the_longest_silence_is_never_one_in_which_people_were_at_work() -> None:
    desk = Desk()
    for line, seconds in (
        ("go 2.2", 10), ("floor nobody", 90), ("answer 3 8", 30),  # a poll
        ("floor 1", 10), ("floor nobody", 7), ("floor 2", 10),
        ("floor moderator", 5), ("floor nobody", 20),  # after a question
        ("floor moderator", 5), ("show A", 5), ("floor nobody", 60), ("floor 1", 5),
    ):  # fmt: skip
        desk.type(line)
        desk.wait(seconds)
    found = silences_by_sort(desk.state, desk.now)
    assert {sort: (one.number, one.total_ms) for sort, one in found.items()} == {
        "work": (2, 180_000), "between": (1, 7_000), "question": (1, 20_000),
    }  # fmt: skip
    assert stretches(desk.state, "silence", desk.now)[:3] == (4, 207_000, 20_000)


@given(evenings())
def test_the_sections_hold_no_more_than_the_session_and_the_minutes_no_more_than_minutes(desk: Desk) -> None:
    state, now = desk.state, desk.now
    for kind in ("silence", "crosstalk"):
        whole = stretches(state, kind, now)
        parts = [stretches(state, kind, now, items_of(state, section.id)) for section in sections(state)]
        assert sum(part.total_ms for part in parts) <= whole.total_ms
        assert whole.longest_ms <= whole.total_ms
    assert stretches(state, "silence", now).total_ms >= SILENCE_MS * stretches(state, "silence", now).number
    by_minute = silence_by_minute(state, now, elapsed_ms(state, now) // 60_000 + 1)
    assert all(0 <= ms <= 60_000 for ms in by_minute)
