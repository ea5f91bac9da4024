"""Minutes lost to technique: as somebody judged it, else as long as it lasted."""

from __future__ import annotations

import pytest
from hypothesis import given

from domain.desk import Desk
from domain.evenings import evenings
from kring.domain.measures.technique import lost_by_participant, lost_in_all_min


def test_a_judgement_goes_before_the_length_and_what_is_open_counts_until_now() -> None:
    desk = Desk()
    desk.type("issue P4 geluid")
    desk.wait(120)
    desk.type("solved 4 3")
    desk.type("issue beeld weg")
    desk.wait(90)
    assert lost_by_participant(desk.state, desk.now) == {"P4": 3, "": 1.5}
    assert lost_in_all_min(desk.state, desk.now) == 4.5


@given(evenings())
def test_what_each_lost_is_what_was_lost(desk: Desk) -> None:
    each = lost_by_participant(desk.state, desk.now)
    assert all(minutes >= 0 for minutes in each.values())
    assert sum(each.values()) == pytest.approx(lost_in_all_min(desk.state, desk.now))
