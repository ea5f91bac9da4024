"""Silence and crosstalk: a silence is five seconds of quiet or longer."""

from __future__ import annotations

import pytest
from hypothesis import given

from domain.desk import Desk
from domain.evenings import evenings
from kring.domain.guide_items import sections
from kring.domain.measures.session_time import elapsed_ms
from kring.domain.measures.silence import SILENCE_MS, items_of, silence_by_minute, stretches


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
