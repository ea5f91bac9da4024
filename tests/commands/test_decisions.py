"""What people type in a review, read or refused."""

from __future__ import annotations

import pytest

from kring.commands.cut import who_and_status
from kring.commands.decisions import moment
from kring.domain.text import Refused
from kring.domain.time_text import on_clock


@pytest.mark.parametrize(
    ("typed", "ms"),
    [("0:00", 0), ("34:12", 2_052_000), ("1:04:30", 3_870_000), ("0:01.5", 1_500), ("90:00", 5_400_000)],
)
def test_a_time_on_the_clock(typed: str, ms: int) -> None:
    assert moment(typed, 1_000) == 1_000 + ms
    assert moment(on_clock(1_000 + ms, 1_000), 1_000) == 1_000 + ms


@pytest.mark.parametrize("typed", ["", "34", "34:99", "abc", "-1:00", "1:2:3:4", "1:75:00"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        moment(typed, 0)


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("4 lost hearing aid whistles, stepped out", ("4", "lost", "hearing aid whistles, stepped out")),
        ("1 , 2, 3 away moe, ziek , of weg", ("1,2,3", "away", "moe, ziek , of weg")),
        ("4, 5", ("4,5", "present")),
        ("4", ("4", "present")),
    ],
)
def test_commas_between_people_may_have_spaces_and_why_stays_as_typed(typed: str, taken: tuple[str, ...]) -> None:
    assert who_and_status(typed) == taken
