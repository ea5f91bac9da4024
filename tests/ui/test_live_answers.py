"""What the line of answers says of what was asked, refused or changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from acting import act
from kring.domain import facts as f
from kring.session.session import Session
from kring.system.clock import SimulatedClock
from ui.live import Make, begin, live, press, said, screen_text


@pytest.fixture
def running(session: Session) -> Session:
    begin(session)
    return session


async def test_a_refusal_stands_in_the_open_line_until_its_text_is_changed(running: Session) -> None:
    async with live(running) as (app, pilot):
        await press(pilot, "g", "2.2", "enter", "l", "1")
        assert said(app) == "answer  Joost · Cijfer (0–10)"
        await press(pilot, "1", "5", "enter")
        assert said(app).startswith("? 15 is none of 0, 1")
        await press(pilot, "\x7f")
        assert said(app) == "answer  Joost · Cijfer (0–10)"
        await press(pilot, "\x7f", "8", "enter")
        assert [answer.value for answer in running.state.answers.values()] == ["8"]


async def test_a_refusal_of_one_line_does_not_stand_in_another(running: Session) -> None:
    async with live(running) as (app, pilot):
        await press(pilot, "n", "f10")
        assert said(app) == "? The session is running."
        await press(pilot, "escape", "b")
        assert said(app).startswith("new participant  ")


async def test_a_stub_is_completed_by_typing_where_it_broke_off(running: Session) -> None:
    act(running, 'note *"ik dacht … #prijs')
    async with live(running) as (_app, pilot):
        await press(pilot, "e", "dat het duurder was", "enter")
        (note,) = running.state.notes.values()
        assert (note.text, note.stub) == ("ik dacht dat het duurder was", False)
        assert (note.starred, note.tags) == (True, ("prijs",))


async def test_a_stub_that_is_looked_at_stays_a_stub(running: Session) -> None:
    act(running, 'note "…')
    async with live(running) as (app, pilot):
        await press(pilot, "e", "enter")
        assert said(app) == "? Nothing was changed."
        await press(pilot, "e", "escape", "e", "toen ...", "enter")
        assert [(note.text, note.stub) for note in running.state.notes.values()] == [("toen …", True)]
        await press(pilot, "e", "ging het mis", "enter")
        assert [(note.text, note.stub) for note in running.state.notes.values()] == [("toen ging het mis", False)]


async def test_of_more_issues_the_one_that_is_over_is_asked(running: Session) -> None:
    act(running, "issue P4 geluid", "issue P2 beeld")
    async with live(running) as (app, pilot):
        await press(pilot, "v")
        assert said(app) == "solved › 1 Piet, geluid  2 Anna, beeld     Esc"
        await press(pilot, "1")
        assert [issue.ended_at is None for issue in running.state.issues.values()] == [False, True]
        assert said(app) == "✓ Solved after 0:00: geluid   Tab: fewer minutes lost"
        await press(pilot, "tab", "2", ",", "5", "enter")
        assert said(app) == "✓ Solved after 0:00: geluid; minutes lost: 2.5"
        await press(pilot, "v", "1", "3")
        assert [issue.minutes_lost for issue in running.state.issues.values()] == [2.5, None]
        assert running.state.open_turn is not None


async def test_whoever_has_no_more_to_say_of_an_issue_goes_on(running: Session) -> None:
    act(running, "issue P4 geluid")
    async with live(running) as (_app, pilot):
        await press(pilot, "v", "1", "n", "3 keer", "enter", "m")
        assert [note.text for note in running.state.notes.values()] == ["3 keer"]
        assert running.state.open_turn is not None


async def test_why_somebody_is_away_may_follow(running: Session) -> None:
    async with live(running) as (app, pilot):
        await press(pilot, "a", "2", "3")
        assert said(app) == "✓ Anna is away for a moment   Tab: why"
        await press(pilot, "tab", "bel aan de deur", "enter")
        assert said(app) == "✓ Anna is away for a moment (bel aan de deur)"
        away = [stretch for stretch in running.state.attendance.values() if stretch.status == "away"]
        assert [(stretch.participant, stretch.reason) for stretch in away] == [("P2", "bel aan de deur")]
        await press(pilot, "a", "5", "4", "3")
        assert running.state.participants["P5"].reason == ""
        assert running.state.open_turn is not None
        assert running.state.open_turn.participant == "P3"


async def test_an_enter_too_many_ticks_no_gate(session: Session) -> None:
    act(
        session, "doors", "admit", *(f"tick P{seat} {part}" for seat in range(1, 9) for part in ("camera", "microfoon"))
    )
    async with live(session) as (app, pilot):
        await press(pilot, "t", "enter")
        assert said(app) == "✓ Ticked: link gestuurd"
        await press(pilot, "enter")
        assert said(app) == "? opname loopt is a gate: Enter once more ticks it."
        await press(pilot, "enter")
        assert said(app) == "✓ Ticked: opname loopt"


async def test_a_plan_without_gates_asks_once_before_the_doors_are_open(session: Session) -> None:
    act(session, "tick opname")
    async with live(session) as (app, pilot):
        await press(pilot, "f10")
        assert "The doors are not open. Start all the same?" in screen_text(app)
        await press(pilot, "enter")
        assert session.state.session.phase == "prepared"
        await press(pilot, "f10", "y")
        assert session.state.session.phase == "live"
        assert session.state.session.doors_at is None


async def test_an_answer_says_what_is_so_now(running: Session) -> None:
    act(running, "note een")
    async with live(running) as (app, pilot):
        told = []
        for keys in (("*",), ("*",), ("#", "app", "enter"), ("+",)):
            await press(pilot, *keys)
            told.append(said(app))
        assert told == [
            "✓ Starred: een",
            "? That note has a star already. X: take a mark back.",
            "✓ Tags now #app: een",
            "✓ 1: 9:00 (+1:00)",
        ]


async def test_a_plan_without_the_open_question_says_so(running: Session, tmp_path: Path) -> None:
    plan = tmp_path / "plan.md"
    plan.write_text("# Loyaliteit\n\n## 1 Welkom (8 min)\n- Hoe gaat het?\n", "utf-8")
    async with live(running, (160, 40), plan_path=plan) as (app, pilot):
        await press(pilot, "f11", "y")
        assert "the open question is no longer in the plan: Wie bent u?" in said(app)


async def test_before_the_start_a_digit_goes_to_a_persons_first_open_test(session: Session) -> None:
    act(session, "doors", "attend 4 waiting")
    async with live(session) as (app, pilot):
        told = []
        for _time in range(3):
            await press(pilot, "4", "enter")
            told.append(said(app))
        assert told == ["✓ Piet is present", "✓ Ticked: Piet, camera", "✓ Ticked: Piet, microfoon"]
        act(session, "start anyway")
        await press(pilot, "escape", "4")
        assert session.state.open_turn is not None
        assert session.state.open_turn.participant == "P4"


async def test_a_name_that_two_people_bear_is_told(running: Session) -> None:
    act(running, "rename 1 'Anna B.'", "rename 2 'Anna V.'")
    async with live(running) as (app, pilot):
        await press(pilot, "n", "duur @anna vindt ze")
        assert "@anna may be Anna B., Anna V." in said(app)
        await press(pilot, " @otto ja")
        assert "nobody is called @otto" in said(app)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ('"zei @99', "nobody is called @99"),
        ('"zei @99 duur"', "nobody is called @99"),
        ("~ @otto en @emma spaarden", "nobody is called @otto; nobody is called @emma"),
        ("( @99 #prijs", "nobody is called @99"),
    ],
)
async def test_a_name_that_nobody_bears_is_told_once_more_when_it_was_saved(
    running: Session, typed: str, told: str
) -> None:
    async with live(running, (140, 40)) as (app, pilot):
        await press(pilot, "n", typed, "enter")
        assert said(app).startswith(f"! {told}  ")
        assert "@" in list(running.state.notes.values())[-1].text
        await press(pilot, "n", "~ met @3 niets mis", "enter")
        assert said(app).startswith("✓ ")


async def test_what_somebody_else_changed_meanwhile_stands_in_front(running: Session) -> None:
    act(running, "note een lange parafrase over sparen bij de supermarkt en de bakker #sparen")
    async with live(running, (80, 24)) as (app, pilot):
        await press(pilot, "e")
        act(running, "edit 1 ~ iets anders")
        await press(pilot, "!")
        assert "changed by somebody else meanwhile" in said(app)


@pytest.mark.parametrize(
    ("keys", "ended_s"),
    [(("1",), 60), (("2",), 3600), (("3", "21:02", "enter"), 5520), (("3", "-11h", "enter"), 7260)],
)
async def test_a_session_that_nobody_ended_is_asked_when_it_had(
    session: Session, clock: SimulatedClock, keys: tuple[str, ...], ended_s: int
) -> None:
    begin(session)
    clock.advance(60_000)
    act(session, "floor 1")
    clock.advance(13 * 3_600_000)
    async with live(session) as (app, pilot):
        assert "Nobody did anything for 13 hours: had the session ended?" in screen_text(app)
        await press(pilot, *keys)
        assert session.state.session.phase == "ended"
        began, ended = session.state.session.started_at, session.state.session.ended_at
        assert int(ended or 0) - int(began or 0) == ended_s * 1000
        assert session.state.open_turn is None


async def test_a_session_that_nobody_ended_may_go_on(session: Session, clock: SimulatedClock) -> None:
    begin(session)
    clock.advance(3 * 3_600_000)
    async with live(session) as (app, pilot):
        await press(pilot, "0", "2")
        assert session.state.open_turn is not None
        assert session.state.session.phase == "live"
        await press(pilot, "f12", "y")
        assert "had the session ended?" not in screen_text(app)
        assert session.state.session.phase == "ended"


async def test_undo_past_the_start_asks_on_the_screen(make_session: Make) -> None:
    moderator = make_session("Els", "moderator")
    act(moderator, "start anyway")
    act(make_session("Bo", "assistant"), "floor 1")
    moderator.tick()
    async with live(moderator) as (app, pilot):
        await press(pilot, "z")
        assert "Take it back all the same?" in screen_text(app)
        await press(pilot, "enter")
        assert said(app) == "? Nothing was taken back."
        assert moderator.state.session.phase == "live"
        await press(pilot, "z", "y")
        assert moderator.state.session.phase != "live"


@pytest.mark.parametrize(
    ("keys", "absent"),
    [(("enter",), ()), (("3", "8", "enter"), ("P3", "P8")), (("down", " ", "3", "3", "enter"), ("P2",))],
)
async def test_the_start_asks_who_is_here(
    session: Session, clock: SimulatedClock, keys: tuple[str, ...], absent: tuple[str, ...]
) -> None:
    act(session, "doors")
    async with live(session, (100, 40)) as (app, pilot):
        await press(pilot, "f10", "s")
        assert "8 expected: who is here?" in screen_text(app)
        began = session.state.session.started_at
        clock.advance(20_000)
        await press(pilot, *keys)
        people = session.state.participants.values()
        assert [person.id for person in people if person.status == "expected"] == list(absent)
        assert {row.started_at for row in session.state.attendance.values()} == {began}


async def test_nobody_is_asked_for_where_somebody_logged_who_is_here_or_who_leaves_the_question(
    session: Session,
) -> None:
    act(session, "doors")
    async with live(session, (100, 40)) as (app, pilot):
        await press(pilot, "f10", "s", "escape")
        assert not session.state.attendance
        act(session, "undo", "attend 1 present")
        session.tick()
        await press(pilot, "f10", "s")
        assert "who is here?" not in screen_text(app)
        assert session.state.session.phase == "live"


async def test_a_probe_and_a_seat_are_those_that_were_shown(session: Session) -> None:
    begin(session)
    act(session, "go 2.1")
    async with live(session, (100, 40)) as (_app, pilot):
        await press(pilot, "p")
        act(session, "go 4.1")
        await press(pilot, "2")
        assert session.state.guide["fout"].used_at is not None


async def test_the_list_of_places_calls_asked_what_was_open_for_a_while(
    running: Session, clock: SimulatedClock
) -> None:
    clock.advance(60_000)
    act(running, "go 2.1")
    clock.advance(2_000)
    act(running, "go 2.2")
    clock.advance(60_000)
    async with live(running, (140, 40)) as (app, pilot):
        await press(pilot, "g")
        asked = re.findall(r"(\d\.\d) [^│]*  asked", screen_text(app))
    assert asked == ["1.1"]


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (140, 40)], ids=str)
@pytest.mark.parametrize("role", ["moderator", "assistant"])
async def test_a_quote_of_who_refused_says_so_while_it_is_typed_and_when_it_is_saved(
    make_session: Make, role: str, size: tuple[int, int]
) -> None:
    session = make_session("Els", role)
    begin(session)
    act(session, "consent 6 not quoting", "consent 4 yes", "floor 6")
    async with live(session, size) as (app, pilot):
        await press(pilot, "n", '"dat is niks #prijs ja')
        assert said(app).startswith("Quote · Kees not to be quoted · ")
        await press(pilot, "enter")
        assert said(app).startswith("! not to be quoted  Quote, Kees, ")
        await press(pilot, "e", " nee")
        assert "Kees not to be quoted" in said(app)
        await press(pilot, "enter", "n", '"wel @4 hoor', "enter")
        assert said(app).startswith("✓ Quote, Piet")
        await press(pilot, "n", "~ zegt niks", "enter")
        assert said(app).startswith("✓ Paraphrase, Kees")


@pytest.mark.parametrize("key", ["g", "S", "k"])
async def test_what_makes_no_sense_now_is_refused_before_anything_is_asked(session: Session, key: str) -> None:
    async with live(session) as (app, pilot):
        await press(pilot, key)
        assert said(app).startswith("? ")
        assert app.screen is app.live
    begin(session)
    act(session, "go 2.1", "floor 3", "end")
    async with live(session) as (app, pilot):
        await press(pilot, key)
        assert said(app).startswith("? The session has ended.") is (key != "k")
        assert app.screen is app.live


async def test_nothing_counts_on_after_the_end_and_a_cue_of_the_time_is_over(
    make_session: Make, clock: SimulatedClock
) -> None:
    session = make_session("Ria", "moderator")
    begin(session)
    act(session, "attend 4 away", "cue bel Bo")
    session.do(lambda _state, _now: f.CueSent("", automatic=True, value="5"))
    clock.advance(60_000)
    act(session, "end")
    clock.advance(600_000)
    async with live(session) as (app, _pilot):
        assert "away 1:00" in screen_text(app)
        assert "bel Bo" in screen_text(app)
        assert screen_text(app).count("Enter: seen") == 1
        assert "5 minutes" not in screen_text(app)
