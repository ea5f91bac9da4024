"""How long people were in the meeting by the platform's list, as anybody can count it."""

from __future__ import annotations

import pytest

from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.measures.talk_sources import in_meeting_ms

MINUTE_MS = 60_000


def minutes_by_list(*stays: tuple[float | None, float | None, int | None, bool]) -> float | None:
    """Return what a list says of one participant in a talk of ten minutes; stays in minutes from its start."""
    desk = Desk()
    zero = int(desk.state.session.started_at or 0)
    desk.wait(10 * 60)
    desk.happen(f.SessionEnded())

    def at(minutes: float | None) -> int | None:
        return None if minutes is None else zero + round(minutes * MINUTE_MS)

    read = [
        f.StayRead("P2", joined_ms=at(begin), left_ms=at(end), lasted_s=lasted, in_waiting_room=waiting)
        for begin, end, lasted, waiting in stays
    ]
    desk.happen_together([f.FileImported("list.csv", "zoom-participants", "0" * 64, "wall", 0), *read])
    found = in_meeting_ms(desk.state, desk.now).get("P2")
    return None if found is None else found / MINUTE_MS


@pytest.mark.parametrize(
    ("stays", "minutes"),
    [
        ([(-2, 4, None, False), (5, 12, None, False)], 9),  # what lies outside the talk does not count
        ([(0, 6, None, False), (3, 8, None, False)], 8),  # two devices at once
        ([(-5, -1, None, True), (-1, 5, None, False)], 5),  # the waiting room
        ([(2, None, 240, False), (None, 9, 60, False)], 5),  # an end that the length says
        ([(0, 10, 360, False)], 6),  # one row a person: away for four minutes somewhere
        ([(0, 10, 570, False)], 10),  # a length in minutes is rounded
        ([(7, None, None, False)], 3),  # nobody says that they left
        ([(0, 5, None, True)], None),  # the waiting room alone
        ([(None, 5, None, False)], None),  # since when is not said
    ],
)
def test_time_in_the_meeting(
    stays: list[tuple[float | None, float | None, int | None, bool]], minutes: float | None
) -> None:
    assert minutes_by_list(*stays) == minutes
