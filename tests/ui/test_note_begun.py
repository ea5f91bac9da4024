"""A note belongs to the moment, the question and the speaker at which it was begun; an edit keeps its own."""

from __future__ import annotations

import pytest

from acting import act
from conftest import START_MS
from kring.domain.rows import NoteRow
from kring.session.session import Session
from kring.system.clock import SimulatedClock
from ui.live import Make, begin, live, press, said


@pytest.fixture
def running(make_session: Make, clock: SimulatedClock) -> Session:
    session = make_session()
    begin(session)
    act(session, "floor 3")
    clock.advance(20_000)
    return session


@pytest.fixture
def moderator(running: Session, make_session: Make) -> Session:
    return make_session("Els", "moderator")


def last(session: Session) -> NoteRow:
    return list(session.state.notes.values())[-1]


async def test_a_note_is_of_who_spoke_when_it_was_begun(
    running: Session, moderator: Session, clock: SimulatedClock
) -> None:
    async with live(running, (120, 40)) as (app, pilot):
        await press(pilot, "n", "te ")
        assert said(app) == "Paraphrase · Fatima · 1.1 · now"
        clock.advance(5_000)
        act(moderator, "floor 4", "next")
        clock.advance(1_000)
        await press(pilot, "duur")
        assert said(app) == "Paraphrase · Fatima · 1.1 · 6 s ago"
        await press(pilot, "enter")
    note = last(running)
    assert (note.text, note.participant, note.item, note.at) == ("te duur", "P3", "wie", START_MS + 20_000)
    assert note.written_at == START_MS + 26_000


async def test_a_line_that_was_left_keeps_its_moment_and_an_empty_one_begins_anew(
    running: Session, moderator: Session, clock: SimulatedClock
) -> None:
    async with live(running, (120, 40)) as (app, pilot):
        await press(pilot, "n", "half", "escape")
        clock.advance(70_000)
        act(moderator, "floor 4")
        app._tick()
        await press(pilot, "n", " af")
        assert said(app) == "Paraphrase · Fatima · 1.1 · 1:10 ago"
        await press(pilot, *["\x7f"] * 7, "x")
        assert said(app) == "Paraphrase · Piet · 1.1 · now"
        await press(pilot, "enter")
    assert last(running).participant == "P4"


async def test_what_is_saved_is_what_was_shown_in_a_silence_and_after_the_end(
    running: Session, clock: SimulatedClock
) -> None:
    async with live(running, (120, 40)) as (app, pilot):
        act(running, "floor nobody")
        clock.advance(3_000)
        await press(pilot, "n", "stil")
        assert said(app) == "Paraphrase · Fatima · 1.1 · now"
        await press(pilot, "enter")
        assert last(running).participant == "P3"
        act(running, "end")
        clock.advance(3_000)
        await press(pilot, "n", "na")
        assert said(app) == "Paraphrase · now"
        await press(pilot, "enter")
    assert (last(running).participant, last(running).item) == (None, None)


async def test_a_summary_and_a_question_for_later_are_shown_as_nobodys(running: Session) -> None:
    async with live(running, (120, 40)) as (app, pilot):
        await press(pilot, "n", "= kort")
        assert said(app) == "Summary · 1.1 · now"
        await press(pilot, *["\x7f"] * 6, "? prijs")
        assert said(app) == "Paraphrase · 1.1 · now · for later"


async def test_an_edit_keeps_its_own_and_says_whose_it_is(
    running: Session, moderator: Session, clock: SimulatedClock
) -> None:
    act(running, "note eerste")
    clock.advance(30_000)
    act(moderator, "floor 4", "next")
    async with live(running, (120, 40)) as (app, pilot):
        await press(pilot, "e", "x")
        assert said(app) == "edit   Paraphrase · Fatima · 1.1 · 19:30:20"
        await press(pilot, "enter")
    assert (last(running).text, last(running).participant, last(running).item) == ("eerstex", "P3", "wie")


async def test_two_people_who_edit_one_note_are_told(running: Session, moderator: Session) -> None:
    act(running, "note eerste")
    async with live(running, (120, 40)) as (app, pilot):
        await press(pilot, "e", " van mij")
        act(moderator, "edit last ~ van Els")
        running.tick()
        await press(pilot, "!")
        assert said(app).startswith("edit   changed by somebody else meanwhile · ")
        await press(pilot, "enter")
        assert said(app).startswith("? This note was changed while you typed, to: ~ van Els.")
        assert last(running).text == "van Els"
        assert app.live.line.value.endswith("eerste van mij!")
        await press(pilot, "enter")
        assert last(running).text == "eerste van mij!"


@pytest.mark.parametrize("role", ["moderator", "assistant"])
@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_who_types_goes_on_typing_when_the_talk_begins(
    role: str, size: tuple[int, int], make_session: Make
) -> None:
    session, other = make_session("Ria", role), make_session("Els", "assistant")
    act(session, "doors")
    async with live(session, size) as (app, pilot):
        await press(pilot, "n", "een")
        act(other, "attend all present", "start anyway", "next")
        app._tick()
        await press(pilot, " noot", "\n")
    assert last(session).text == "een noot"
    assert not session.state.turns
