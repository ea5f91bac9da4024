"""How much of the talk was logged, by whom and how late."""

from __future__ import annotations

import pytest
from hypothesis import given

from domain.desk import Desk
from domain.evenings import evenings
from kring.domain.measures.logged import logged
from kring.domain.rows import Moment, VoiceRow


def test_what_nobody_logged_is_missing_and_a_break_is_not() -> None:
    desk = Desk()
    desk.wait(60)
    desk.type("floor 1", "Bo")
    desk.wait(90)
    desk.type("floor nobody", "Els")
    desk.wait(30)
    desk.type("go pauze")
    desk.wait(600)
    desk.type("go 4.1")
    desk.wait(60)
    found = logged(desk.state, desk.now)
    assert found.share == pytest.approx(120 / 240)
    assert found.by == {"Bo": 0.75, "Els": 0.25}
    assert found.lag_ms is None


def test_the_lag_is_that_behind_the_voice_that_began_last() -> None:
    desk = Desk()
    voices = []
    for number in range(12):
        desk.wait(20)
        begin = Moment(desk.now - 900 - 100 * (number % 3))
        voices.append(VoiceRow(id=str(number), segment="R/1", started_at=begin, ended_at=begin, duration_s=1.0))
        desk.type(f"floor {1 + number % 2}")
    assert logged(desk.state.put(voices), desk.now).lag_ms == 1000
    assert logged(desk.state.put(voices[:9]), desk.now).lag_ms is None


@given(evenings())
def test_no_more_is_logged_than_the_talk(desk: Desk) -> None:
    found = logged(desk.state, desk.now)
    assert 0 <= found.share <= 1
    assert sum(found.by.values()) == pytest.approx(1 if found.by else 0)
