"""Whatever a file tells, the screen can be drawn: views of any state never raise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import START_MS
from domain.any_facts import events
from kring.domain import facts as f
from kring.domain.events import Event
from kring.domain.guide_items import following, preceding
from kring.domain.history import fold
from kring.domain.measures import presence, silence, talk_time
from kring.domain.measures.sections import item_ms
from kring.domain.sentences import sentence
from kring.domain.state import EMPTY, State
from kring.domain.time_text import time_of_day
from kring.system.i18n import say
from kring.ui.live.layout import Frame, Wish, framed
from kring.ui.views import floor, guide, notes, technique, top
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.line import width

HOUR = 3_600_000


SIZES = ((60, 16), (80, 24), (100, 30), (140, 40), (200, 60))


def fits(frame: Frame, size: tuple[int, int]) -> None:
    """Look whether what was drawn fits in the rows and the cells that it was given."""
    columns, rows = size
    heights = frame.arrangement.heights
    widths = {"card": "left", "under": "left", "turns": "right", "cues": "right", "issues": "right"}
    for name, lines in frame.lines.items():
        if name not in frame.arrangement.shown:
            continue
        room = frame.arrangement.widths[widths[name]] if name in widths else columns
        room = columns if room == "1fr" else int(room)
        assert all(width(one) <= room for one in lines), name
    fixed = [
        height for name, height in heights.items() if name not in ("left", "right", "floor", "card", "under", "cues")
    ]
    assert sum(height for height in fixed if isinstance(height, int)) <= rows


def look_everywhere(state: State, now: int, size: tuple[int, int], role: str) -> None:
    """Work out and draw all that a screen shows."""
    moment = LiveMoment(state, now)
    voices = talk_time.voices(state, now)
    assert len(voices) == len(presence.seated(state))
    talk_time.queue(voices)
    silence.silence_ms(state, now)
    for room in (20, size[0]):
        assert top.top_line(moment, room)
        floor.floor(moment, room, 20)
        guide.one_line(moment, room)
        for row in guide.outline(moment):
            guide.outline_row(moment, row, room)
        for draw in (technique.issues, technique.cues):
            draw(moment, room, 20)
        for voice in voices:
            technique.person_line(moment, voice, room)
        for number, check in enumerate(state.checks.values(), 1):
            technique.check_line(state, check, number, room)
        for note in state.notes.values():
            assert notes.draw(state, note, room)
    technique.check_entries(state)
    fits(framed(role, moment, Wish(*size, "notes")), size)
    for item in state.guide:
        item_ms(state, item, now)
        following(state, item)
        preceding(state, item)


@given(
    happened=events(),
    now=st.sampled_from((START_MS - HOUR, START_MS, START_MS + HOUR, 2**47)),
    size=st.sampled_from(SIZES),
    role=st.sampled_from(("moderator", "assistant")),
)
def test_views_of_any_state_never_raise(happened: list[Event], now: int, size: tuple[int, int], role: str) -> None:
    state = fold(EMPTY, happened)
    for event in happened:
        assert isinstance(say(sentence(state, event)), str)
    look_everywhere(state, now, size, role)


@pytest.mark.parametrize("at_ms", [2**62, -(2**62), 0, START_MS])
@pytest.mark.parametrize("offset", [0, 60, 2**62, -(2**62)])
def test_a_moment_that_no_calendar_has_is_shown_as_one_that_it_has(at_ms: int, offset: int) -> None:
    event = Event(
        id="e", hlc=0, device="d", actor="a", role="r", kind="k", data="", fact=f.SessionCreated("s", "", offset)
    )
    assert len(time_of_day(fold(EMPTY, [event]), at_ms)) == 5
