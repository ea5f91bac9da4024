"""What cannot be saved, and what breaks: it is in sight, nothing is lost, and the keys go on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest

from acting import act
from kring.commands import table
from kring.commands.command import Part
from kring.commands.table import OF_LIVE
from kring.session.session import Session
from kring.system.sqlite import sqlite3
from kring.ui.app import KringApp
from kring.ui.prompt import Purpose
from kring.ui.views import floor
from ui.live import Make, begin, live, press, said, saved, screen_text

FRAME_S = 1 / 20
NOTES = "select json_extract(data, '$.text') from events where kind = 'note_added' order by seq"


@pytest.fixture
def running(session: Session) -> Session:
    begin(session)
    return session


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the write lock of a file, as a backup program may."""
    other = sqlite3.connect(str(path), isolation_level=None)
    other.execute("begin immediate")
    try:
        yield
    finally:
        other.execute("rollback")
        other.close()


def texts(session: Session) -> list[str]:
    return [note.text for note in session.state.notes.values() if note.removed_at is None]


def in_file(path: Path, query: str) -> list[str]:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as other:
        return [row[0] for row in other.execute(query)]


async def test_what_is_entered_while_the_file_is_locked_stays_in_sight_until_it_is_saved(running: Session) -> None:
    path = running.store.path
    async with live(running) as (app, pilot):
        with locked(path):
            await press(pilot, "n", "te veel gedoe", "enter")
            assert "NOT SAVED (1)" in saved(app)
            assert said(app).startswith("NOT SAVED: another program holds session.db.")
            assert app.live.line.value == "te veel gedoe"
            assert "NOT SAVED" in screen_text(app).splitlines()[-2]
            assert texts(running) == []
            app._tick()
            assert app.live.line.value == "te veel gedoe"
        app._tick()
        await pilot.pause()
        assert texts(running) == ["te veel gedoe"]
        assert app.live.line.value == ""
        assert "saved" in saved(app)
        assert "NOT SAVED" not in screen_text(app)
        assert in_file(path, "select text from notes") == ["te veel gedoe"]


async def test_typing_goes_on_while_the_file_is_locked_and_the_order_is_kept(running: Session) -> None:
    async with live(running) as (app, pilot):
        with locked(running.store.path):
            await press(pilot, "3", "n", "een", "enter")
            begun = time.perf_counter()
            await pilot.press("4", "n", *"twee", "enter", "f2", "n", *"half")
            took = time.perf_counter() - begun
            await pilot.pause()
            assert took / 13 < 0.25
            assert "NOT SAVED (5)" in saved(app)
            assert app.live.line.value == "half"
            await press(pilot, "escape", "h")
            assert "hand › 1 Joost  2 Anna" in said(app)
            await press(pilot, "2")
            assert "waits: hand Anna" in said(app)
        app._tick()
        await pilot.pause()
        assert texts(running) == ["een", "twee"]
        assert [turn.participant for turn in running.state.turns.values()] == ["P3", "P4"]
        assert running.state.participants["P2"].hand_at is not None
        assert app.live.line.value == "half"
        await press(pilot, "n", " af", "enter")
        assert texts(running)[-1] == "half af"


def lasted_s(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


async def test_keys_are_answered_within_a_frame_while_the_file_is_locked(running: Session) -> None:
    async with live(running) as (app, pilot):
        with locked(running.store.path):
            await press(pilot, "1")
            # what waits for the lock would do so each time; a computer that is busy with other things does not
            give = OF_LIVE.named("floor")
            assert min(lasted_s(lambda seat=seat: app.live.runner.run(give, seat)) for seat in "2345678") < FRAME_S
            assert min(lasted_s(app._tick) for _ in range(3)) < FRAME_S
            await press(pilot, "z")
            assert "earlier acts are not saved yet" in said(app)
        app._tick()
        assert [turn.participant for turn in running.state.turns.values()] == [f"P{seat}" for seat in range(1, 9)]


async def test_an_act_that_makes_no_sense_any_more_gives_its_text_back(running: Session) -> None:
    act(running, "note eerste")
    async with live(running) as (app, pilot):
        with locked(running.store.path):
            await press(pilot, "delete", "e", " weg", "enter")
            assert "NOT SAVED (2)" in saved(app)
        app._tick()
        await pilot.pause()
        assert app.live.line.value == "~ eerste weg"
        assert said(app).startswith("? ")


async def test_two_refused_lines_of_one_purpose_both_come_back(running: Session) -> None:
    act(running, "note eerste")
    async with live(running) as (app, pilot):
        with locked(running.store.path):
            await press(pilot, "delete", "e", " een", "enter", "e", " twee", "enter", "n", "half")
            assert "NOT SAVED (3)" in saved(app)
        app._tick()
        await pilot.pause()
        typed = [app.live.line.value]
        purpose = Purpose(table.EDIT, Part.NOTE_LINE, next(iter(running.state.notes)))
        typed += [app.live.typed_line.take_kept(purpose) for _ in range(3)]
        assert typed == ["half", "~ eerste twee", "~ eerste een", ""]


async def test_what_waits_is_told_in_words(running: Session) -> None:
    act(running, "note eerste")
    async with live(running) as (app, pilot):
        with locked(running.store.path):
            await press(pilot, "g", "2.2", "enter")
            assert said(app).endswith("waits: go to 2.2 Welk cijfer geeft u?")
            await press(pilot, "*")
            assert said(app).endswith("waits: star “eerste”")
            await press(pilot, "t", "enter")
            assert said(app).endswith("waits: tick link gestuurd")


async def test_quitting_asks_when_acts_wait(session: Session) -> None:
    async with live(session) as (app, pilot):
        with locked(session.store.path):
            await press(pilot, "r", "ctrl+q")
            assert "1 acts are NOT SAVED" in screen_text(app)
            await press(pilot, "n")
            assert app.screen is app.live
        app._tick()
        await press(pilot, "ctrl+q")
        assert app._exit


async def test_a_question_about_acts_that_wait_goes_when_they_are_saved(session: Session) -> None:
    async with live(session) as (app, pilot):
        with locked(session.store.path):
            await press(pilot, "n", "een", "enter", "ctrl+q")
            assert "NOT SAVED" in screen_text(app)
            assert app.screen is not app.live
        app._tick()
        await pilot.pause()
        assert app.screen is app.live
        assert not app._exit
        assert texts(session) == ["een"]


async def test_what_waits_when_the_program_is_left_is_written_at_the_last_moment(running: Session) -> None:
    lock = locked(running.store.path)
    async with live(running) as (app, pilot):
        lock.__enter__()
        await press(pilot, "n", "een", "enter", "n", "twee", "enter", "4", "ctrl+q", "y")
        assert app._exit
    lock.__exit__(None, None, None)
    running.close()
    assert in_file(running.store.path, NOTES) == ["een", "twee"]
    assert in_file(running.store.path, "select participant from turns") == ["P4"]


async def test_a_full_disk_is_told_and_the_text_stays(running: Session) -> None:
    async with live(running) as (app, pilot):
        running.store.connection.execute(
            f"pragma max_page_count = {running.store.connection.execute('pragma page_count').fetchone()[0]}"
        )
        await press(pilot, "n")
        app.live.line.value = "x" * 9000
        await press(pilot, "enter")
        assert said(app).startswith("NOT SAVED: the disk is full.")
        assert app.live.line.value == "x" * 9000
        running.store.connection.execute("pragma max_page_count = 1000000")
        app._tick()
        assert texts(running) == ["x" * 9000]
        assert app.live.line.value == ""


@pytest.mark.parametrize("how", ["deleted", "renamed"])
async def test_a_file_taken_away_is_replaced_and_the_sentence_names_the_new_one(running: Session, how: str) -> None:
    path = running.store.path
    async with live(running, (100, 30)) as (app, pilot):
        await press(pilot, "n", "voor", "enter")
        if how == "deleted":
            path.unlink()
        else:
            path.rename(path.with_name("elders.db"))
        await press(pilot, "n", "na", "enter")
        told = "Everything is saved in session-2.db: session.db was moved or deleted."
        assert said(app).startswith(told)
        app._tick()
        app.live.show()
        assert said(app).startswith(told)
        assert texts(running) == ["voor", "na"]
        with patch("kring.ui.status_line.monotonic", return_value=time.monotonic() + 6):
            await press(pilot, "3")
        assert said(app) == "✓ Fatima has the floor"
        assert in_file(path.with_name("session-2.db"), NOTES) == ["voor", "na"]


async def test_a_newer_file_is_shown_and_not_written(make_session: Make) -> None:
    session = make_session()
    begin(session)
    act(session, "note leesbaar")
    path = session.store.path
    session.close()
    with sqlite3.connect(str(path)) as newer:
        newer.execute("pragma user_version = 9999")
    reading = make_session()
    async with live(reading) as (app, pilot):
        assert "leesbaar" in screen_text(app)
        assert said(app).startswith("session.db was made by a newer kring; it is opened for reading only.")
        assert "READ ONLY" in saved(app)
        await press(pilot, "3")
        assert "NOT SAVED" in said(app)
        await press(pilot, "n", "iets", "enter")
        assert app.live.line.value == "iets"
        assert "NOT SAVED" in screen_text(app)
        await press(pilot, "escape", "f1")
        assert "Guide and time" in screen_text(app)


async def test_a_file_that_cannot_be_read_is_told(running: Session) -> None:
    async with live(running) as (app, _pilot):
        with patch.object(running.store, "has_news", side_effect=sqlite3.OperationalError("disk I/O error")):
            app._tick()
            app.live.show()
            assert "cannot be read" in said(app)
        app._tick()
        app.live.show()
        assert "cannot be read" not in said(app)


async def test_a_fault_in_a_view_ends_in_one_sentence_and_loses_nothing(
    running: Session, capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KRING_LOG_DIR", str(tmp_path / "log"))
    app = None
    with pytest.raises(ValueError, match="Fatima"):  # noqa: PT012 - run_test raises it when it ends
        async with live(running) as (app, pilot):
            await press(pilot, "n", "eerst gezegd", "enter", "n", "half")
            with patch.object(floor, "floor", side_effect=ValueError("Fatima zei iets")):
                await pilot.press("enter")
                await pilot.pause()
    assert isinstance(app, KringApp)
    running.close()
    assert in_file(running.store.path, NOTES) == ["eerst gezegd", "half"]
    told = capfd.readouterr().err
    assert "kring stopped because of a fault in the program." in told
    assert "Fatima" not in told
    assert not any("Fatima zei" in file.read_text("utf-8") for file in (tmp_path / "log").rglob("*") if file.is_file())
