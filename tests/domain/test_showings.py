"""Stimulus material: every showing is kept, another one takes away what was on, and what is on now can be opened."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from conftest import make_plan
from domain.desk import Desk
from kring.commands.righting import made_by, rows_of
from kring.domain import facts as f
from kring.domain.decide import righting
from kring.domain.measures.group.showings import AtHand, at_hand, on_now, showings
from kring.domain.plan import GuideItem
from kring.domain.text import Refused


def desk_with(*more: GuideItem) -> Desk:
    """Return a desk at 4.1, with stimuli A, B and C, and what else the guide has."""
    plan = make_plan()
    last = len(plan.guide)
    extra = [
        GuideItem(id="stim-b", parent="slot", position=last, kind="stimulus", text="Tweede", label="B", file="b.png"),
        GuideItem(id="stim-c", parent="slot", position=last + 1, kind="stimulus", text="Derde", label="C"),
    ]
    desk = Desk(started=False)
    desk.read(replace(plan, guide=(*plan.guide, *extra, *more)))
    desk.type("start anyway")
    desk.type("go 4.1")
    desk.wait(1)
    return desk


def shown(desk: Desk) -> list[tuple[str, float, float | None]]:
    return [(one.stimulus, one.t or 0, one.duration_s) for one in showings(desk.state)]


def test_every_showing_is_kept_from_when_to_when_and_by_whom() -> None:
    desk = desk_with()
    for line in ("show A", "hide", "show A"):
        desk.type(line, "Els")
        desk.wait(10)
    assert shown(desk) == [("stim", 1, 10), ("stim", 21, None)]
    assert {one.shown_by for one in showings(desk.state)} == {"Els"}
    assert {one.item for one in showings(desk.state)} == {"vergeten"}
    assert desk.state.stimuli["stim"].t == 1  # when it was shown first


def test_another_one_takes_away_what_was_on_and_the_end_takes_away_the_last() -> None:
    desk = desk_with()
    for line in ("show A", "show B", "end"):
        desk.type(line)
        desk.wait(10)
    assert shown(desk) == [("stim", 1, 10), ("stim-b", 11, 10)]
    assert on_now(desk.state) == []


def test_what_is_shown_together_stands_side_by_side() -> None:
    desk = desk_with()
    desk.type("show C")
    desk.wait(5)
    desk.type("show A, B")
    assert [one.stimulus for one in on_now(desk.state)] == ["stim", "stim-b"]
    desk.wait(5)
    desk.type("hide B")
    assert shown(desk) == [("stim-c", 1, 5), ("stim", 6, None), ("stim-b", 6, 5)]
    desk.type("undo")
    assert len(on_now(desk.state)) == 2


@pytest.mark.parametrize("line", ["show A", "show qzx", "show A, qzx", "hide B", "hide qzx"])
def test_what_makes_no_sense_now_is_refused(line: str) -> None:
    desk = desk_with()
    desk.type("show A")
    with pytest.raises(Refused):
        desk.type(line)


def test_without_a_word_the_next_one_of_the_question_that_nobody_saw() -> None:
    desk = desk_with()
    for wanted in ("stim", "stim-b", "stim-c"):
        desk.type("show")
        assert [one.stimulus for one in on_now(desk.state)] == [wanted]
    with pytest.raises(Refused):
        desk.type("show")
    desk.type("hide")
    with pytest.raises(Refused):
        desk.type("hide")


def test_it_is_said_later_as_far_as_nothing_else_was_shown_since() -> None:
    desk = desk_with()
    desk.wait(100)
    desk.type("show A -60s")
    assert shown(desk) == [("stim", 41, None)]
    with pytest.raises(Refused):
        desk.type("hide -90s")
    desk.type("hide -30s")
    assert shown(desk) == [("stim", 41, 30)]


def test_each_showing_is_put_right_by_itself() -> None:
    desk = desk_with()
    for line in ("show A", "show B", "show A"):
        event = desk.type(line)
        desk.wait(10)
    second = rows_of(desk.state, "showings")[1]
    assert made_by(event) == righting.Target("showings", event.id)
    target = righting.Target("showings", second.id)
    begin = int(second.started_at)  # type: ignore[attr-defined]
    desk.happen(righting.move(desk.state, desk.now, target, begin + 2_000, begin + 6_000))
    assert shown(desk) == [("stim", 1, 10), ("stim-b", 13, 4), ("stim", 21, None)]
    desk.happen(righting.reassign(desk.state, desk.now, target, "C"))
    assert (desk.state.stimuli["stim-b"].shown_at, desk.state.guide["stim-b"].used_at) == (None, None)
    assert desk.state.stimuli["stim-c"].t == 13
    desk.happen(
        righting.remove(desk.state, desk.now, righting.Target("showings", rows_of(desk.state, "showings")[0].id))
    )
    assert desk.state.stimuli["stim"].t == 21


def test_what_an_older_version_put_right_was_about_the_first_showing() -> None:
    desk = desk_with()
    desk.type("show A")
    at = int(desk.state.stimuli["stim"].shown_at or 0)
    desk.happen(f.RowMoved("stimuli", "stim", at - 500))
    assert (desk.state.stimuli["stim"].shown_at, shown(desk)[0][1]) == (at - 500, 0.5)
    desk.happen(f.RowRemoved("stimuli", "stim"))
    assert (desk.state.stimuli["stim"].shown_at, shown(desk)) == (None, [])


def test_what_is_on_now_is_what_can_be_opened() -> None:
    board = GuideItem(
        id="bord", parent="vergeten", position=99, kind="activity", text="Whiteboard", url="https://miro.example/1"
    )
    desk = desk_with(board)
    assert at_hand(desk.state) == AtHand("Whiteboard", "https://miro.example/1")
    desk.type("show A")
    assert at_hand(desk.state) == AtHand("A Concept", file="a.png")
    desk.type("hide")
    desk.type("go 2.1")
    meeting = at_hand(desk.state)
    assert meeting is None or meeting.link == desk.state.session.link


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["show A", "show B", "show A, C", "hide", "hide A", "undo", "end"]), st.integers(0, 9)
        ),
        max_size=25,
    )
)
def test_showings_of_one_thing_never_overlap_and_the_first_one_is_when_it_was_shown_first(
    typed: list[tuple[str, int]],
) -> None:
    desk = desk_with()
    for line, seconds in typed:
        desk.try_to_type(line)
        desk.wait(seconds)
    state = desk.state
    for stimulus in state.stimuli.values():
        mine = [one for one in showings(state) if one.stimulus == stimulus.id]
        assert all(one.ended_at is not None and one.ended_at <= two.started_at for one, two in pairwise(mine))
        assert stimulus.shown_at == min((one.started_at for one in mine), default=None)
    assert len({one.stimulus for one in on_now(state)}) == len(on_now(state))
