"""The rooms of the group on the live screens, in both roles and at every size."""

from __future__ import annotations

from pathlib import Path

import pytest

from acting import act
from kring.domain.measures.group.rooms import open_rooms, room_of
from kring.domain.plan import Plan, PlannedParticipant
from kring.session import rooms
from kring.session import session as sessions
from kring.session.session import Me
from kring.system.clock import SimulatedClock
from kring.ui.app import KringApp
from kring.ui.views import breakouts
from ui.live import Make, begin, live, press, said, saved, screen_text

SIZES = pytest.mark.parametrize("size", [(60, 16), (80, 24), (100, 30), (140, 40), (200, 60)], ids=str)
ROLES = pytest.mark.parametrize("role", ["moderator", "assistant"])


@ROLES
@SIZES
async def test_rooms_are_drawn_and_digits_give_the_floor_in_them(
    make_session: Make, role: str, size: tuple[int, int]
) -> None:
    session = make_session("Els", role)
    begin(session)
    async with live(session, size) as (app, pilot):
        await press(pilot, "D")
        assert "draw" in saved(app)
        await press(pilot, "+", "-", "\n")
        assert said(app).startswith("✓ Rooms drawn by ")
        assert [room.number for room in open_rooms(session.state)] == [1, 2]
        await press(pilot, "3")
        room = room_of(session.state, "P3")
        assert room is not None
        assert said(app).startswith(f"✓ Fatima has the floor, in room {room.number}")
        await press(pilot, " ")
        assert said(app) == f"✓ Nobody has the floor, in room {room.number}"
        await press(pilot, "b")
        assert said(app).startswith("✓ Everybody is back from the rooms")
        await press(pilot, "z", "escape")
        assert len(open_rooms(session.state)) == 2


async def test_people_are_moved_and_time_is_given(make_session: Make) -> None:
    session = make_session("Els", "moderator")
    begin(session)
    act(session, "room 1 1,2,3,4", "room 2 5,6,7,8")
    async with live(session, (140, 40)) as (app, pilot):
        await press(pilot, "D", "down", "right")
        assert said(app).startswith("✓ Anna goes to room 2")
        await press(pilot, "left")
        assert said(app).startswith("✓ Anna goes to room 1")
        await press(pilot, "left", "+")
        assert said(app).startswith("✓ 1.1: 1:00 (+1:00)")
        assert "back in 1:00" in screen_text(app)
        assert "back at 19:31" in screen_text(app)  # on the card, in place of the section's time
        assert "not recorded" in screen_text(app)


def top_of(app: KringApp) -> str:
    return "\n".join(screen_text(app).splitlines()[1:4])


@SIZES
async def test_the_assistant_sees_too_how_long_people_are_in_rooms(
    make_session: Make, clock: SimulatedClock, size: tuple[int, int]
) -> None:
    session = make_session("Bo", "assistant")
    begin(session)
    act(session, "rooms draw 2")
    clock.advance(65_000)
    async with live(session, size) as (app, pilot):
        assert "rooms 1:05" in top_of(app)
        act(session, "rooms +3")
        await pilot.pause()
        assert "rooms, left 1:55" in top_of(app)
        assert ("back at 19:33" in top_of(app)) is (size[0] >= 80)
        clock.advance(180_000)
        app._tick()
        await pilot.pause()
        assert "rooms, 1:05 over" in top_of(app)
        act(session, "rooms back")
        await pilot.pause()
        assert "rooms," not in top_of(app)


@SIZES
async def test_why_a_room_is_not_recorded_is_told_whole(make_session: Make, size: tuple[int, int]) -> None:
    session = make_session("Els", "moderator")
    begin(session)
    act(session, "recording", "rooms draw 2")
    async with live(session, size) as (app, pilot):
        await press(pilot, "D")
        rows = breakouts.rooms(app.live.moment(), size[0], "")
    told = "".join(text for row in rows for text, _look in row.content)
    assert "…" not in told


async def test_rooms_that_are_not_recorded_are_told_in_the_top_line_while_something_is(make_session: Make) -> None:
    session = make_session("Els", "moderator")
    begin(session)
    act(session, "rooms draw 3")
    async with live(session, (140, 40)) as (app, pilot):
        assert "not recorded" not in screen_text(app).splitlines()[0]
        await press(pilot, "r")
        assert "! room 1, 2, 3: not recorded" in screen_text(app).splitlines()[0]
        act(session, "rooms back")
        await pilot.pause()
        assert "not recorded" not in screen_text(app).splitlines()[0]


@pytest.mark.parametrize("form", ["in_person", "online", "hybrid", None])
@pytest.mark.parametrize("records", [True, False])
def test_only_a_platform_that_records_is_said_to_record_the_main_room(
    tmp_path: Path, clock: SimulatedClock, form: str | None, records: bool
) -> None:
    people = tuple(PlannedParticipant(code=f"P{n}", name=f"Naam{n}", seat=n) for n in range(1, 5))
    me = Me("Els", "moderator", "device")
    session = sessions.begin(tmp_path / "s.db", Plan(form=form, participants=people), clock, me, zone=("UTC", 0))
    act(session, "attend all present", "start anyway", *["recording"] * records, "rooms draw 2")
    told = rooms.sound(session.state, open_rooms(session.state)[0])
    assert ("platform" in told) is (records and form != "in_person")
    assert told.startswith("not recorded: ")
    session.close()
