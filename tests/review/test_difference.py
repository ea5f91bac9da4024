"""What putting something right would change, told before it is done."""

from __future__ import annotations

import pytest
from hypothesis import given

from acting import act
from conftest import START_MS
from domain.any_facts import events
from kring.commands import righting
from kring.domain.events import Event
from kring.domain.history import fold
from kring.domain.state import EMPTY
from kring.review.difference import Figure, figures, moved, visited, window
from kring.session.session import Session
from kring.system.clock import SimulatedClock
from kring.system.i18n import say
from kring.ui.preview_dialog import PreviewDialog
from kring.ui.widgets.line import width
from ui.live import begin


@pytest.fixture
def talk(session: Session, clock: SimulatedClock) -> Session:
    """Two questions: Anna speaks and is noted on the first, half a minute before the second is opened."""
    begin(session)
    for line in ("floor 1", "note een", "floor 2", "note twee", "go 2.1", "floor 3"):
        clock.advance(30_000)
        act(session, line)
    clock.advance(30_000)
    act(session, "floor nobody")
    return session


def shown(session: Session, change: str) -> righting.Shown:
    visit = next(one.id for one in session.state.visits.values() if one.item == "laatste")
    return righting.shown(session.state, session.now(), f"visits/{visit}", change)


def test_rows_that_go_elsewhere_are_named_with_where_to(talk: Session) -> None:
    after = shown(talk, "19:31:30").after
    assert [(one.row.TABLE, one.item) for one in moved(talk.state, after)] == [
        ("turns", "laatste"),
        ("notes", "laatste"),
    ]
    assert [one.row.item for one in moved(talk.state, after)] == ["wie", "wie"]


def test_figures_are_told_as_they_are_and_as_they_would_be(talk: Session) -> None:
    found = figures(talk.state, shown(talk, "19:31:30").after, talk.now())
    assert Figure("time", "1.1", "2:30", "1:30") in found
    assert Figure("time", "2.1", "1:00", "2:00") in found
    assert Figure("heard", "1.1", "2 / 8", "1 / 8") in found
    assert Figure("notes", "1.1", "2", "1") in found
    assert not [one for one in found if one.measure == "talk"]  # who spoke how long stays


def test_both_orders_of_questions_stand_on_one_axis(talk: Session) -> None:
    after = shown(talk, "19:31:30").after
    between = window(talk.state, after, talk.now())
    assert between is not None
    strips = [visited(state, *between) for state in (talk.state, after)]
    assert [[one.number for one in strip] for strip in strips] == [["1.1", "2.1"], ["1.1", "2.1"]]
    assert strips[0][1].begin - strips[1][1].begin == 60_000


@pytest.mark.parametrize("room", [20, 60, 76, 96, 132])
@pytest.mark.parametrize("height", [3, 8, 20, 40])
def test_the_answer_and_its_keys_are_in_sight_at_every_size(talk: Session, room: int, height: int) -> None:
    found = shown(talk, "19:31:30")
    told = [say(one) for one in found.told]
    dialog = PreviewDialog("", told, talk.state, found.after, talk.now())
    rows = dialog.draw(room, height)
    assert len(rows) <= max(height, 5)
    assert all(width(row) <= room for row in rows)
    assert any("reverse" in look for _text, look in rows[-1])


@given(happened=events(), more=events())
def test_any_two_states_can_be_compared_and_drawn(happened: list[Event], more: list[Event]) -> None:
    before = fold(EMPTY, happened)
    after = fold(before, more)
    dialog = PreviewDialog("", ["x"], before, after, START_MS)
    for room in (20, 80, 132):
        assert all(width(row) <= room for row in dialog.draw(room, 30))
    assert figures(before, before, START_MS) == []
    assert moved(before, before) == []
