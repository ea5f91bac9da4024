"""The live screens: what both see of each other, gates and endings, keys of one's own, looks, and a quiet tick."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from textual.filter import ANSIToTruecolor, NoColor

from acting import act
from kring.commands.table import OF_LIVE
from kring.domain import facts as f
from kring.domain.text import Sentence
from kring.session.session import Session
from kring.system.clock import SimulatedClock
from kring.system.settings import Settings
from kring.ui.app import KringApp
from kring.ui.keymap import key_table
from kring.ui.widgets.panel import LineWidget
from ui.live import Make, begin, live, press, said, saved, screen_text


@pytest.fixture
def running(session: Session) -> Session:
    begin(session)
    return session


def last(session: Session) -> f.Fact | None:
    return session.history.events[-1].fact


# Two people.


@pytest.fixture
def pair(make_session: Make) -> tuple[Session, Session]:
    moderator = make_session("Els", "moderator")
    begin(moderator)
    return moderator, make_session("Bo", "assistant", moderator.store.path)


async def test_a_cue_stands_on_the_moderators_screen_within_a_tick(pair: tuple[Session, Session]) -> None:
    moderator, assistant = pair
    async with live(moderator, (80, 24)) as (app, pilot):
        await press(pilot, "n", "half")
        act(assistant, "cue P6 wil iets zeggen")
        app._tick()
        await pilot.pause()
        assert "P6 wil iets zeggen" in screen_text(app)
        assert app.live.is_typing
        await press(pilot, " af")
        assert app.live.line.value == "half af"
        await press(pilot, "f9")
        assert [cue.seen_by for cue in moderator.state.cues.values()] == ["Els"]
        assert app.live.line.value == "half af"
        act(assistant, "cue nog iets")
        app._tick()
        await press(pilot, "enter", "enter")
        assert [cue.seen_by for cue in moderator.state.cues.values()] == ["Els", "Els"]
        assert [note.text for note in moderator.state.notes.values()] == ["half af"]


async def test_what_the_other_does_is_told_and_does_not_wipe_out_ones_own_answer(pair: tuple[Session, Session]) -> None:
    moderator, assistant = pair
    async with live(moderator) as (app, pilot):
        act(assistant, "floor 3")
        app._tick()
        await pilot.pause()
        assert said(app) == "Bo: Fatima has the floor"
        assert "▶ 3 Fatima" in screen_text(app)
        await press(pilot, "4")
        act(assistant, "note iets")
        app._tick()
        assert said(app) == "✓ Piet has the floor"
        with patch("kring.ui.status_line.monotonic", return_value=1e12):
            act(assistant, "note nog iets")
            app._tick()
        assert said(app).startswith("Bo: ")
        await press(pilot, "a")
        with patch("kring.ui.status_line.monotonic", return_value=2e12):
            act(assistant, "floor 1")
            app._tick()
        assert said(app).startswith("attendance › ")


async def test_what_the_other_did_while_an_answer_was_read_is_told_after_it(pair: tuple[Session, Session]) -> None:
    moderator, assistant = pair
    async with live(moderator) as (app, pilot):
        await press(pilot, "4")
        act(assistant, "floor 3")
        app._tick()
        assert said(app) == "✓ Piet has the floor"
        with patch("kring.ui.status_line.monotonic", return_value=1e12):
            app._tick()
            assert said(app) == "Bo: Fatima has the floor"
        act(assistant, "floor 1")
        app._tick()
        await press(pilot, "4")
        with patch("kring.ui.status_line.monotonic", return_value=2e12):
            app._tick()
        assert said(app) == "✓ Piet has the floor"  # what came before one's own act is old


async def test_undo_takes_back_ones_own_act_only(pair: tuple[Session, Session]) -> None:
    moderator, assistant = pair
    async with live(moderator) as (app, pilot):
        await press(pilot, "3", "n", "mijn", "enter")
        act(assistant, "note van Bo")
        await press(pilot, "z")
        assert [note.text for note in moderator.state.notes.values() if note.removed_at is None] == ["van Bo"]
        assert said(app).startswith("✓ Undone: ")


# Beginning and ending.


async def test_gates_are_asked_one_by_one(session: Session) -> None:
    async with live(session, (80, 24)) as (app, pilot):
        await press(pilot, "f10", "escape")
        assert said(app) == "? The session has not started."
        await press(pilot, "f10", "y")
        assert "opname loopt" in screen_text(app)
        await press(pilot, "escape")
        assert session.state.session.phase == "prepared"
        assert said(app) == "? The session has not started."
        await press(pilot, "f10", "y", "1")
        assert session.state.session.phase == "live"
        assert isinstance(last(session), f.SessionStarted)
        assert last(session) == f.SessionStarted(())
        assert [check.title for check in session.state.checks.values() if check.done_at is not None] == ["opname loopt"]


async def test_starting_all_the_same_is_logged_with_its_gates(session: Session) -> None:
    async with live(session) as (_app, pilot):
        await press(pilot, "f10", "y", "s")
        started = last(session)
        assert isinstance(started, f.SessionStarted)
        gates = [check.id for check in session.state.checks.values() if check.gate]
        assert list(started.passed_gates) == gates


@pytest.mark.parametrize("role", ["moderator", "assistant"])
async def test_the_end_closes_what_is_open_and_shows_the_checklist_for_afterwards(
    make_session: Make, role: str
) -> None:
    session = make_session(role=role)
    begin(session)
    act(session, "floor 3", "issue P4 geluid", "pause", "recording")
    async with live(session) as (app, pilot):
        await press(pilot, "f12", "\n")
        assert session.state.session.phase == "live"
        await press(pilot, "f12", "y")
        state = session.state
        assert state.session.phase == "ended"
        assert (state.open_turn, state.open_visit, state.open_pause) == (None, None, None)
        assert [issue.ended_at is not None for issue in state.issues.values()] == [True]
        assert said(app) == "✓ Close kring, and session.db is one finished file."
        assert "opname bewaard" in screen_text(app)
        await press(pilot, "enter")
        assert any(check.title == "opname bewaard" and check.done_at for check in session.state.checks.values())
        await press(pilot, "ctrl+q")
        assert app._exit
    session.close()
    assert [path.name for path in session.store.path.parent.glob("session.db*")] == ["session.db"]


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
async def test_leaving_a_live_session_is_asked(running: Session, key: str) -> None:
    async with live(running) as (app, pilot):
        await press(pilot, key)
        assert "Close kring while the session is live?" in screen_text(app)
        await press(pilot, "enter")
        assert not app._exit
        await press(pilot, key, "escape", key, "y")
        assert app._exit


class Rehearsed:
    """Simulated people who do nothing, ten times as fast as real."""

    speed = 10.0

    def act(self, session: Session) -> None:
        pass


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_a_rehearsal_is_marked_with_its_speed_and_says_goodbye_as_one(
    running: Session, size: tuple[int, int]
) -> None:
    async with live(running, size) as (app, _):
        assert "DEMO" not in screen_text(app)
    async with live(running, size, companion=Rehearsed()) as (app, pilot):
        assert " DEMO 10× " in screen_text(app).splitlines()[0]
        await press(pilot, "ctrl+q")
        assert "The rehearsal ends here; what happened stays in its file." in screen_text(app)
        assert "start kring again" not in screen_text(app)


# Keys of one's own, themes.


async def test_own_keys_work_and_stand_in_the_key_bar(running: Session) -> None:
    async with live(running, (140, 40), keys={"next": "N", "note": "w, f6", "floor.nobody": "z"}) as (app, pilot):
        await press(pilot, "N")
        assert running.state.current_item is not None
        assert running.state.current_item.number == "2.1"
        await press(pilot, "f2")
        assert running.state.current_item.number == "2.1"
        bar = saved(app)
        assert bar.startswith("w note")
        assert "z nobody" in bar
        assert "ctrl+t undo" in bar
        await press(pilot, "w", "iets", "enter", "n", "f6", "meer", "enter", "z")
        assert [note.text for note in running.state.notes.values()] == ["iets", "meer"]
        assert running.state.open_turn is not None
        assert running.state.open_turn.kind == "silence"


async def test_while_typing_the_bar_names_the_keys_that_work_then(running: Session) -> None:
    own = {"next": "N", "mark": "ctrl+g", "floor.nobody": "z"}
    async with live(running, (140, 40), keys=own) as (app, pilot):
        await press(pilot, "c", "kom")
        bar = saved(app)
        assert "ctrl+g mark" in bar
        assert "F4 pause" in bar
        assert "F5 nobody" in bar
        assert "F2" not in bar
        assert "next" not in bar
        await press(pilot, "ctrl+g")
        assert [note.kind for note in running.state.notes.values()] == ["mark"]
        assert app.live.line.value == "kom"


async def test_the_bar_says_what_a_key_would_do_now(make_session: Make, clock: SimulatedClock) -> None:
    session = make_session(role="moderator")
    begin(session)
    async with live(session, (140, 40)) as (app, pilot):
        assert "F4 pause" in saved(app)
        await press(pilot, "f4")
        assert "F4 resume" in saved(app)
        clock.advance(60_000)
        await press(pilot, "f4")
        assert "F4 pause" in saved(app)
        assert "1-8 speaks" in saved(app)
        act(session, "add Ria")
        assert "1-9 speaks" in saved(app)


async def test_what_is_wrong_with_own_keys_is_a_sentence(running: Session) -> None:
    settings = Settings(keys={"next": "m", "weg[b]": "x", "note": "m"}, warnings=(Sentence("Eerst dit."),))
    app = KringApp(running, settings, warnings=(Sentence("De map is gedeeld."),))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        assert said(app) == "De map is gedeeld. (+4)"
        await press(pilot, "m")
        assert running.state.current_item is not None
        assert running.state.current_item.number == "2.1"
    assert [str(problem) for problem in key_table(OF_LIVE, settings.keys).problems] == [
        "Settings: no key is called weg[b]; the manual lists them.",
        "Settings: m does next now, and not note.",
        "Settings: m does next now, and not floor.moderator.",
    ]


def test_the_usual_keys_have_no_problem() -> None:
    assert key_table(OF_LIVE, {}).problems == ()
    assert key_table(OF_LIVE, {}).shown == {}
    assert key_table(OF_LIVE, {"note": "/", "find": "n"}).problems == ()


async def test_the_theme_is_changed_and_kept(running: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KRING_CONFIG_DIR", str(tmp_path / "config"))
    async with live(running) as (app, pilot):
        assert app.theme == "kring-dark"
        await press(pilot, "ctrl+p", "light or dark", "enter")
        assert app.theme == "kring-light"
    assert "kring-light" in (tmp_path / "config" / "settings.toml").read_text("utf-8")


async def test_without_colours_everything_is_there_in_words(
    make_session: Make, monkeypatch: pytest.MonkeyPatch, clock: SimulatedClock
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    session = make_session("Els", "moderator")
    begin(session)
    act(session, "floor 3", "attend 7 away", "recording", "cue nu")
    clock.advance(9 * 60_000)
    async with live(session, (140, 40)) as (app, _pilot):
        shown = screen_text(app)
        assert app.no_color
        assert all(word in shown for word in ("▶", "● REC", "away", "over the 8:00", "not yet", "Enter: seen"))
        # what the driver writes has passed these: the terminal's own two colours are left
        assert [type(kept) for kept in app._filters if kept.enabled and type(kept) is not ANSIToTruecolor] == [NoColor]
        assert not any(type(kept) is ANSIToTruecolor and kept.enabled for kept in app._filters)


# Quiet.


async def test_a_tick_without_change_draws_nothing_and_a_second_only_what_moves(
    running: Session, clock: SimulatedClock
) -> None:
    act(running, "floor 3", "note iets")
    async with live(running, (140, 40)) as (app, pilot):
        app._tick()
        await pilot.pause()
        drawn: list[tuple[str | None, int]] = []

        def refresh(widget: LineWidget, *regions: object, **_: object) -> LineWidget:
            drawn.append((widget.id, len(regions)))
            return widget

        app._ticker.stop()
        with patch.object(LineWidget, "refresh", refresh):
            for _ in range(20):
                app._tick()
            assert drawn == []
            clock.advance(1000)
            app._tick()
        names = {name for name, _ in drawn}
        assert "top" in names
        assert names <= {"top", "guide", "floor"}
        assert all(regions > 0 for _, regions in drawn)


async def test_the_saved_time_stands_at_the_right_end(running: Session, clock: SimulatedClock) -> None:
    async with live(running) as (app, pilot):
        clock.advance(5000)
        await press(pilot, "3")
        assert saved(app).endswith("saved 19:30:05")
