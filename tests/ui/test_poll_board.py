"""The board of the poll: eight answers in eight keys, in order of seat, and the bars that name who to ask why."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from acting import act
from conftest import make_plan
from kring.domain.measures.polls import result
from kring.session.session import Session
from ui.live import begin, live, press, said, screen_text


@pytest.fixture
def asking(session: Session) -> Session:
    begin(session)
    act(session, "go 2.2")
    return session


def answers(session: Session) -> dict[str, str]:
    return result(session.state, session.state.polls["peiling"]).answers


async def test_eight_answers_are_eight_keys_in_order_of_seat(asking: Session) -> None:
    async with live(asking, (140, 40)) as (app, pilot):
        await press(pilot, "P", "5", "7", "3", "9", "6", "x", "8", "0")
        assert answers(asking) == {
            "P1": "5", "P2": "7", "P3": "3", "P4": "9", "P5": "6", "P6": "10", "P7": "8", "P8": "0",
        }  # fmt: skip
        shown = screen_text(app)
        assert "8 of 8 answered" in shown
        assert "mean 6.0" in shown
        assert "lowest, ask why" in shown
        assert "highest, ask why" in shown
        assert asking.state.open_turn is None  # no digit gave the floor


async def test_who_is_skipped_stays_missing_and_an_answer_is_corrected(asking: Session) -> None:
    async with live(asking, (140, 40)) as (app, pilot):
        await press(pilot, "P", "5", " ", "3")
        assert answers(asking) == {"P1": "5", "P3": "3"}
        for _key in range(3):
            await pilot.press("up")
        await press(pilot, "6")
        assert answers(asking)["P1"] == "6"
        await press(pilot, "4")  # the cursor went on to who is missing
        assert answers(asking)["P2"] == "4"
        await press(pilot, "z")
        assert "P2" not in answers(asking)
        assert said(app).startswith("✓ Undone: ")


async def test_asked_again_both_answers_stand_beside_each_other(asking: Session) -> None:
    act(asking, "answers 1 5, 2 7")
    async with live(asking, (140, 40)) as (app, pilot):
        await press(pilot, "P", "r", "6")
        assert "5 → 6" in screen_text(app)
        assert answers(asking) == {"P1": "6"}


async def test_counts_without_names(asking: Session) -> None:
    async with live(asking, (140, 40)) as (_app, pilot):
        await press(pilot, "P", "k")
        for _key in range(8):
            await pilot.press("down")
        await press(pilot, "3", "\n")
        assert {one.value: one.count for one in asking.state.poll_counts.values()} == {"8": 3}


async def test_several_options_wait_for_enter_and_a_ranking_for_all(session: Session) -> None:
    plan = make_plan()
    guide = tuple(
        replace(item, poll_kind="multiple", options=("rood", "blauw", "groen")) if item.kind == "poll" else item
        for item in plan.guide
    )
    session.read_plan(replace(plan, guide=guide))
    begin(session)
    act(session, "go 2.2")
    async with live(session, (140, 40)) as (_app, pilot):
        await press(pilot, "P", "3", "1", "2", "2")
        assert answers(session) == {}
        await press(pilot, "\n")
        assert answers(session) == {"P1": "rood; groen"}


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (140, 40), (200, 60)])
async def test_who_is_next_is_in_sight_at_every_size(asking: Session, size: tuple[int, int]) -> None:
    async with live(asking, size) as (app, pilot):
        await press(pilot, "P", "5", "7", "3")
        assert "▸" in screen_text(app)
        assert "Piet" in screen_text(app)


async def test_a_key_that_is_no_answer_is_refused(session: Session) -> None:
    plan = make_plan()
    scale = tuple(map(str, range(1, 6)))
    guide = tuple(replace(item, options=scale) if item.kind == "poll" else item for item in plan.guide)
    session.read_plan(replace(plan, guide=guide))
    begin(session)
    act(session, "go 2.2")
    async with live(session, (140, 40)) as (app, pilot):
        await press(pilot, "P", "9")
        assert said(app) == "? 9 is none of 1, 2, 3, 4, 5."
        assert answers(session) == {}


async def test_without_a_poll_it_says_so(session: Session) -> None:
    plan = make_plan()
    session.read_plan(replace(plan, guide=tuple(item for item in plan.guide if item.kind != "poll")), anyway=True)
    begin(session)
    async with live(session, (140, 40)) as (app, pilot):
        await press(pilot, "P")
        assert said(app).startswith("? Which poll?")


async def test_the_cursor_goes_on_where_somebody_else_logs_the_answer_that_is_missing(asking: Session) -> None:
    async with live(asking, (140, 40)) as (app, pilot):
        await press(pilot, "P")
        assert "poll › Joost" in screen_text(app)
        act(asking, "answers 1 5, 2 7")
        app.live.show()
        assert "poll › Fatima" in screen_text(app)
        await press(pilot, "up", "up")  # to correct what was logged
        assert "poll › Joost" in screen_text(app)
        act(asking, "answers 3 4")
        app.live.show()
        assert "poll › Joost" in screen_text(app)
