"""The table of people and tests: a digit is a row, a letter a cell, and nothing is ticked that was not meant."""

from __future__ import annotations

import re

import pytest

from acting import act
from kring.domain import facts as f
from kring.domain.check_grid import grid
from kring.session.session import Session
from kring.system import i18n
from kring.system.clock import SimulatedClock
from kring.ui.views import technique
from ui.live import Make, begin, live, press, said, saved, screen_text


def signs(session: Session, seat: int) -> str:
    marks = {"done": "v", "failed": "!", "waived": "-", "open": "o"}
    row = next(row for row in grid(session.state).rows if row.person.seat == seat)
    return "".join(marks[cell.standing] for cell in row.cells)


def table_row(text: str, name: str) -> str:
    return next(row for row in text.splitlines() if re.search(rf"\d  {name} ", row))


@pytest.fixture
def lobby(make_session: Make) -> Session:
    session = make_session()
    act(session, "doors")
    return session


async def test_one_person_s_tests_take_a_digit_and_a_letter_each(lobby: Session) -> None:
    async with live(lobby, (140, 40)) as (app, pilot):
        await press(pilot, "7", "a", "c", "m")
        assert signs(lobby, 7) == "vvv"
        assert said(app).startswith("✓ Ticked: Els, microfoon")


async def test_what_fails_opens_an_issue_and_what_does_not_apply_is_told(lobby: Session) -> None:
    async with live(lobby, (140, 40)) as (app, pilot):
        await press(pilot, "7", "a", "c", "!")
        assert signs(lobby, 7) == "v!o"
        assert [issue.participant for issue in lobby.state.issues.values()] == ["P7"]
        assert "[!]" in table_row(screen_text(app), "Els")
        await press(pilot, "c")
        assert signs(lobby, 7) == "vvo"
        await press(pilot, "right", "-")
        assert signs(lobby, 7) == "vv-"
        await press(pilot, "space")
        assert signs(lobby, 7) == "vvo"


async def test_test_by_test_enter_ticks_and_goes_down(lobby: Session) -> None:
    async with live(lobby, (140, 40)) as (_app, pilot):
        await press(pilot, "K", "right", "\n", "\n", "\n")
        assert [signs(lobby, seat) for seat in (1, 2, 3, 4)] == ["ovo", "ovo", "ovo", "ooo"]


async def test_eight_people_are_admitted_with_two_keys_and_exceptions_fit_in_between(lobby: Session) -> None:
    async with live(lobby, (140, 40)) as (_app, pilot):
        await press(pilot, "A", "\n")
        assert sum(person.status == "present" for person in lobby.state.participants.values()) == 8
        await press(pilot, "z", "A", "8", "\n")
        assert lobby.state.participants["P8"].status == "expected"


async def test_the_mode_line_says_whom_the_next_key_is_about_in_dutch_too(lobby: Session) -> None:
    i18n.use("nl")
    async with live(lobby, (140, 40)) as (app, pilot):
        await press(pilot, "7", "m")
        assert "tests › Els › microfoon" in screen_text(app)
        assert "cijfers kiezen hier een rij, niemand krijgt het woord" in screen_text(app)
        assert saved(app).startswith("1-9 wie")


async def test_in_the_talk_a_digit_gives_the_floor_until_the_table_has_the_keyboard(lobby: Session) -> None:
    act(lobby, "admit", "start anyway")
    async with live(lobby, (140, 40)) as (_app, pilot):
        await press(pilot, "3")
        assert lobby.state.open_turn is not None
        assert lobby.state.open_turn.participant == "P3"
        await press(pilot, "K", "5", "c")
        assert lobby.state.open_turn.participant == "P3"
        assert signs(lobby, 5) == "vvo"
        await press(pilot, "escape", "5")
        assert lobby.state.open_turn.participant == "P5"


async def test_consent_is_asked_of_whose_row_it_is(lobby: Session) -> None:
    async with live(lobby, (140, 40)) as (_app, pilot):
        await press(pilot, "8", "T", "1")
        assert any(row.participant == "P8" and row.given for row in lobby.state.consents.values())


async def test_a_row_of_who_withdrew_is_a_dash_and_cannot_be_entered(lobby: Session) -> None:
    act(lobby, "start anyway", "consent 7 no")
    async with live(lobby, (140, 40)) as (app, pilot):
        await press(pilot, "K", "7")
        assert said(app) == "? Nobody sits on seat 7."
        assert "7  –" in screen_text(app)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (140, 40), (60, 16)])
@pytest.mark.parametrize("role", ["moderator", "assistant"])
async def test_it_can_be_worked_at_every_size_and_in_both_roles(
    size: tuple[int, int], role: str, make_session: Make
) -> None:
    session = make_session("Ria", role)
    act(session, "doors")
    async with live(session, size) as (app, pilot):
        await press(pilot, "K", "1", "c", "2", "c", "8", "m")
        assert [signs(session, seat) for seat in (1, 2, 8)] == ["ovo", "ovo", "oov"]
        assert "Noor" in screen_text(app)


async def test_the_checklist_has_one_row_for_the_tests_and_it_opens_them(lobby: Session) -> None:
    async with live(lobby, (140, 40)) as (app, pilot):
        assert "Els: camera" not in screen_text(app)
        assert "people × tests  K" in screen_text(app)
        act(lobby, "tick 1")
        await press(pilot, "t", "\n", "c")
        assert signs(lobby, 1) == "ovo"
        assert "tests › Joost" in screen_text(app)


async def test_done_rows_fold_where_there_is_no_height_and_late_comers_stay(make_session: Make) -> None:
    session = make_session()
    act(session, "doors", *(f"attend {seat} present" for seat in range(1, 7)))
    act(session, *(f"tick {seat} {test}" for seat in range(1, 7) for test in ("camera", "microfoon")))
    async with live(session, (80, 19)) as (app, pilot):
        await press(pilot, "K")
        assert "6 done: Joost, Anna" in screen_text(app)
        assert "Noor" in table_row(screen_text(app), "Noor")


async def test_a_tick_stays_two_keys(lobby: Session) -> None:
    async with live(lobby, (140, 40)) as (_app, pilot):
        await press(pilot, "t", "\n")
        assert isinstance(lobby.history.events[-1].fact, f.CheckTicked)


async def test_who_did_not_consent_to_audio_is_named_before_a_recording(lobby: Session, clock: SimulatedClock) -> None:
    act(lobby, "consent all yes except 8")
    async with live(lobby, (140, 40)) as (app, pilot):
        await press(pilot, "r")
        assert "Consent to audio: 7 of 8: Noor: no answer yet." in screen_text(app)
        await press(pilot, "\n")
        assert not lobby.state.recordings
        await press(pilot, "r", "y")
        assert [row.without_consent for row in lobby.state.recordings.values()] == [("P8",)]
        assert "without consent to audio: Noor" in said(app)
        act(lobby, "recording off", "consent 8 audio")
        clock.advance(20_000)
        await press(pilot, "r")
        assert len(lobby.state.recordings) == 2


@pytest.mark.parametrize("role", ["moderator", "assistant"])
async def test_while_people_come_in_the_table_is_in_sight_and_makes_way_for_the_talk(
    role: str, make_session: Make
) -> None:
    session = make_session("Ria", role)
    act(session, "doors")
    async with live(session, (140, 40)) as (app, pilot):
        assert app.live.tab == "tests"
        assert "the list decides, not a tick" in screen_text(app)
        act(make_session("Bo", "observer"), "admit", "start anyway")
        app._tick()
        await pilot.pause()
        assert app.live.tab == "guide"
        assert "1  Joost" not in screen_text(app)


async def test_who_works_in_the_table_as_the_talk_begins_stays_there(lobby: Session) -> None:
    async with live(lobby, (140, 40)) as (app, pilot):
        await press(pilot, "7")
        act(lobby, "start anyway")
        app._tick()
        await press(pilot, "c")
        assert signs(lobby, 7) == "ovo"


@pytest.mark.parametrize("role", ["moderator", "assistant"])
@pytest.mark.parametrize("other", ["J", "G"])
async def test_the_table_that_stands_in_for_notes_stays_when_it_is_left(
    make_session: Make, role: str, other: str
) -> None:
    session = make_session(role=role)
    act(session, "doors", "attend all present")
    async with live(session, (100, 30)) as (app, pilot):
        await press(pilot, "7", "c", "escape")
        assert "people × tests" in screen_text(app)
        assert table_row(screen_text(app), "Els")
        assert app.live.entered_board is None
        await press(pilot, other, "escape", "escape")
        assert table_row(screen_text(app), "Els")
        act(session, "start anyway", "go 1.1")
        await press(pilot, other, "f8", "een notitie", "enter", "escape")
        assert "een notitie" in screen_text(app)
        assert app.live.board is None


@pytest.mark.parametrize("role", ["moderator", "assistant"])
async def test_a_note_of_the_other_leaves_the_table_in_sight_and_ones_own_does_not(
    make_session: Make, role: str
) -> None:
    session = make_session("Ria", role)
    other = make_session("Bo", "assistant" if role == "moderator" else "moderator", session.store.path)
    act(session, "doors")
    async with live(session, (100, 30)) as (app, pilot):
        act(other, "note Kees komt later")
        app._tick()
        await pilot.pause()
        assert table_row(screen_text(app), "Els")
        await press(pilot, "f8", "van mij", "enter")
        assert "Kees komt later" in screen_text(app)
        assert "van mij" in screen_text(app)


async def test_what_enter_would_tick_is_in_sight_when_tab_comes_back_to_the_checklist(make_session: Make) -> None:
    session = make_session(role="assistant")
    act(session, "doors", "attend all present", "start anyway", "go 1.1", "note een")
    first, *_, last = [name for name, check, _n in technique.check_entries(session.state) if check is not None]
    async with live(session, (80, 24)) as (app, pilot):
        app.live.checks.show_entry(first)
        app.live.checks.show_from(last)
        await press(pilot, "tab", "tab")
        assert app.live.checks.has_focus
        assert "\n▸ " in screen_text(app)


async def test_the_table_that_stood_in_is_left_when_the_talk_began(lobby: Session) -> None:
    async with live(lobby, (100, 30)) as (app, pilot):
        await press(pilot, "7")
        act(lobby, "start anyway")
        await press(pilot, "escape")
        assert "people × tests" not in screen_text(app).split("Tab ")[0]


@pytest.mark.parametrize("role", ["moderator", "assistant"])
async def test_the_guide_stands_in_until_there_is_a_note_or_the_assistant_begins_one(
    make_session: Make, role: str
) -> None:
    session = make_session("Ria", role)
    begin(session)
    async with live(session, (100, 30)) as (app, pilot):
        assert app.live.tab == "guide"
        await press(pilot, "n", "een")
        assert (app.live.tab == "guide") is (role == "moderator")
        await press(pilot, " notitie", "enter")
        assert app.live.board is None
        assert "een notitie" in screen_text(app)
