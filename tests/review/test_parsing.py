"""What people type in a review, read or refused."""

from __future__ import annotations

import pytest

from kring.domain.text import Refused
from kring.review import parsing
from kring.session.session import Session


@pytest.mark.parametrize(
    ("typed", "ms"),
    [("0:00", 0), ("34:12", 2_052_000), ("1:04:30", 3_870_000), ("0:01.5", 1_500), ("90:00", 5_400_000)],
)
def test_a_time_on_the_clock(session: Session, typed: str, ms: int) -> None:
    assert parsing.moment(session.state, typed, 1_000) == 1_000 + ms
    assert parsing.moment(session.state, parsing.clock(1_000 + ms, 1_000), 1_000) == 1_000 + ms


@pytest.mark.parametrize("typed", ["", "34", "34:99", "abc", "-1:00", "1:2:3:4", "1:75:00"])
def test_what_is_no_time_is_refused(session: Session, typed: str) -> None:
    with pytest.raises(Refused):
        parsing.moment(session.state, typed, 0)
