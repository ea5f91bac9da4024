"""The sound on the live screen: its state in a fixed place, the meter, the warnings and what to do about them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

from acting import act
from kring.audio import devices
from kring.audio.devices import Choice, Device
from kring.domain.decide import decision
from kring.domain.decide import recording as recording_verbs
from kring.domain.text import KringError
from kring.record import sound_check
from kring.record.sound_check import Step
from kring.record.status import Status
from kring.session.flac_archive import CALM_MS, FlacArchive
from kring.session.recording import OFF, RecorderState
from kring.session.session import Session
from kring.system import i18n
from kring.system.clock import SimulatedClock
from kring.ui.views import sound
from kring.ui.widgets.line import width
from studio import Studio, recordist_of
from ui.live import begin, live, press, said, screen_text

SIZES = [(80, 24), (100, 30), (140, 40)]


@pytest.fixture
def studio(clock: SimulatedClock) -> Iterator[Studio]:
    studio = Studio(clock)
    yield studio
    if studio.now is not None:
        studio.now.kill()


def top(app: Any) -> str:
    return screen_text(app).splitlines()[0]


async def settle(app: Any, pilot: Any) -> None:
    app._recordist.wait()
    app._tick()
    await pilot.pause()


@pytest.mark.parametrize("lang", ["en", "nl"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("role", ["moderator", "assistant"])
async def test_state_meter_and_lamp_stand_in_the_top_line(
    make_session: Any, studio: Studio, size: tuple[int, int], lang: str, role: str
) -> None:
    i18n.use(lang)
    session = make_session(role=role)
    begin(session)
    async with live(session, size, recordist=recordist_of(session, studio)) as (app, pilot):
        assert "○" in top(app)
        await press(pilot, "R")
        await settle(app, pilot)
        assert studio.now is not None
        studio.now.hear(1000)
        app._tick()
        await pilot.pause()
        assert "● REC" in top(app)
        assert "◆" in top(app)
        assert ("█" if size[0] >= 126 else "▆") in top(app)
        studio.now.hear(3000, loud=False)
        app._tick()
        await pilot.pause()
        assert "◇" in top(app)
        assert "│" in top(app) or size[0] < 126  # the peak is held
        studio.now.tell("digital zero")
        app._tick()
        await pilot.pause()
        assert ("GEDEMPT" if lang == "nl" else "MUTED") in top(app)
        await press(pilot, "R", "j" if lang == "nl" else "y")
        await settle(app, pilot)
        assert "● REC" not in top(app)
        assert session.state.open_own_recording is None


async def test_what_is_wrong_is_told_with_what_to_do(session: Session, studio: Studio) -> None:
    begin(session)
    async with live(session, (140, 40), recordist=recordist_of(session, studio)) as (app, pilot):
        await press(pilot, "R")
        await settle(app, pilot)
        assert said(app) == "✓ kring records"
        assert studio.now is not None
        studio.now.tell("device gone")
        app.live.show_tab("issues")
        app._tick()
        await pilot.pause()
        assert "The microphone is gone." in screen_text(app)


async def test_a_live_recording_is_stopped_only_when_that_is_meant(session: Session, studio: Studio) -> None:
    begin(session)
    async with live(session, recordist=recordist_of(session, studio)) as (app, pilot):
        await press(pilot, "R")
        await settle(app, pilot)
        await press(pilot, "R")
        assert "Stop recording?" in screen_text(app)
        await press(pilot, "enter")
        await settle(app, pilot)
        assert session.state.open_own_recording is not None
        await press(pilot, "ctrl+q")
        assert "The recording goes on without a screen" in screen_text(app)
        await press(pilot, "escape", "R", "y")
        await settle(app, pilot)
        assert session.state.open_own_recording is None


async def test_a_full_disk_stays_in_sight_until_it_records_again(session: Session, studio: Studio) -> None:
    begin(session)
    async with live(session, (140, 40), recordist=recordist_of(session, studio)) as (app, pilot):
        await press(pilot, "R")
        await settle(app, pilot)
        assert studio.now is not None
        studio.now.stop("disk full")
        studio.now = None
        studio.clock.advance(1500)
        app._tick()
        await press(pilot, "1", "n", *"gaat door", "enter", "2")
        app.live.show_tab("issues")
        await pilot.pause()
        assert "! DISK FULL" in top(app)
        assert "The disk is full: the recording ended" in screen_text(app)
        studio.clock.advance(1500)
        await press(pilot, "R")
        await settle(app, pilot)
        assert "DISK FULL" not in top(app)
        assert "✓ everyone: the recording stopped: the disk is full" in screen_text(app)


def test_a_channel_without_a_microphone_is_seen_beside_the_others(session: Session) -> None:
    status = Status(
        "R1", 1, 0, 48000, 3, 0, (-20.0, -96.0, -50.0), (-10.0, -96.0, -40.0), True, ("dead channel",), 9999, "x"
    )
    state = RecorderState("on", status, status.warnings)
    assert [text for text, look in sound.channels(status.level_db) if look == "late"] == ["·"]
    (told,) = sound.advice(state.warnings, level_db=status.level_db)
    assert "while others do: 2." in told


@pytest.mark.parametrize(("minutes", "said"), [(1, "1 minute more."), (12, "12 minutes more.")])
def test_one_minute_is_one(minutes: int, said: str) -> None:
    assert sound.advice(("disk almost full",), minutes) == [f"The disk has room for {said} Make room."]


async def test_a_recorder_that_cannot_start_says_why(session: Session, studio: Studio) -> None:
    studio.broken = KringError("No microphone was found.")
    async with live(session, recordist=recordist_of(session, studio)) as (app, pilot):
        await press(pilot, "R")
        await settle(app, pilot)
        assert "No microphone was found." in said(app)
        app.live.show_tab("issues")
        app.live.show()
        await pilot.pause()
        assert "! No microphone was found." in screen_text(app)
        await press(pilot, "n", *"gaat door", "enter")
        assert session.state.notes


async def test_quotes_outside_the_recording_are_counted(session: Session, studio: Studio) -> None:
    begin(session)
    act(session, 'note "buiten', 'note "ook buiten')
    studio.clock.advance(5000)
    recordist = recordist_of(session, studio)
    async with live(session, (140, 40), recordist=recordist) as (app, pilot):
        assert "outside the recording" not in screen_text(app)
        await press(pilot, "R")
        await settle(app, pilot)
        app.live.show_tab("issues")
        app.live.show()
        await pilot.pause()
        assert "2 quotes outside the recording" in screen_text(app)


@pytest.mark.parametrize("size", SIZES)
async def test_the_sound_is_kept_after_the_end_with_its_progress_in_sight(
    session: Session, studio: Studio, clock: SimulatedClock, size: tuple[int, int]
) -> None:
    begin(session)
    recordist = recordist_of(session, studio, keeper=FlacArchive(session))
    async with live(session, size, recordist=recordist) as (app, pilot):
        await press(pilot, "R")
        await settle(app, pilot)
        assert studio.now is not None
        studio.now.hear(3000)
        await press(pilot, "f12", "y")
        clock.advance(CALM_MS)
        app._tick()
        await settle(app, pilot)
        shown = set()
        latest = time.monotonic() + 20
        while "kept as FLAC" not in said(app):
            assert time.monotonic() < latest, said(app)
            shown |= set(re.findall(r"◌ FLAC \d+ %", top(app)))
            clock.advance(250)
            app._tick()
            await pilot.pause(0.01)
        assert shown
        assert said(app) == "✓ The sound is kept as FLAC; every sample was compared."
        assert "FLAC" not in top(app)
        assert session.state.segments["R1-0/1"].sha256


async def test_nothing_is_recorded_in_a_rehearsal(session: Session) -> None:
    async with live(session) as (app, pilot):
        await press(pilot, "R")
        assert said(app) == "? Nothing is recorded in a rehearsal."


@pytest.mark.parametrize("level", [-120.0, -60.0, -59.0, -31.0, -0.1, 0.0, 6.0])
@pytest.mark.parametrize("peak", [-120.0, -60.0, -12.0, 0.0, 6.0])
@pytest.mark.parametrize("cells", [3, 6])
def test_the_meter_is_as_wide_whatever_it_hears(level: float, peak: float, cells: int) -> None:
    assert width(tuple(sound.meter(level, peak, cells))) == cells + 2


def test_every_warning_of_the_recorder_has_a_word_and_an_advice(session: Session) -> None:
    from kring.record.status import WARNINGS

    assert set(sound.BADGES) == set(WARNINGS)
    for name in WARNINGS:
        lines = sound.warnings(session.state, RecorderState("on", None, (name,)), 60)
        assert lines, name
    assert sound.warnings(session.state, OFF, 60) == []


def test_silence_is_no_warning_while_the_session_is_paused(session: Session) -> None:
    silent = RecorderState("on", None, ("silence",))
    begin(session)
    assert sound.warnings(session.state, silent, 60)
    act(session, "pause")
    assert sound.warnings(session.state, silent, 60) == []
    assert sound.told_warnings(session.state, RecorderState("on", None, ("clipping", "silence"))) == ("clipping",)


async def test_the_microphone_is_chosen_kept_and_checked(
    session: Session, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [Device("Yeti, ALSA", "Yeti", "ALSA", 2, 48_000, is_default=True)]
    kept: list[Choice] = []
    steps = [
        Step("recording", 0.5, (-20.0,), (-6.0,)),
        Step("playing", 0.5, (-20.0,), (-6.0,)),
        Step("done", 1.0, (-20.0,), (-6.0,), ("digital zero",)),
    ]
    monkeypatch.setattr(devices, "inputs", lambda: found)
    monkeypatch.setattr(devices, "keep", lambda choice: kept.append(choice) or True)
    asked: list[tuple[str | None, int]] = []

    def check(device: str | None, channels: int) -> Iterator[Step]:
        asked.append((device, channels))
        yield from steps

    monkeypatch.setattr(sound_check, "check", check)
    async with live(session, recordist=recordist_of(session, studio)) as (app, pilot):
        await press(pilot, "M")
        await app.live.workers.wait_for_complete()
        await pilot.pause()
        assert "Yeti: 2 channels apart, if each has a microphone of its own" in screen_text(app)
        await press(pilot, "down", "down", "enter")
        assert kept == [Choice("Yeti, ALSA", 2)]
        await app.screen.workers.wait_for_complete()
        await pilot.pause()
        assert asked == [("Yeti, ALSA", 2)]
        text = screen_text(app)
        assert "Done. Enter checks again." in text
        assert "The microphone sends silence" in text
        assert "The sound is good." not in text
        steps[-1] = Step("done", 1.0, (-20.0,), (-6.0,))
        await press(pilot, "enter")
        await app.screen.workers.wait_for_complete()
        await pilot.pause()
        assert "The sound is good." in screen_text(app)
        await press(pilot, "escape")
        assert app.screen is app.live


async def test_no_microphone_is_told(session: Session, studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "inputs", list)
    async with live(session, recordist=recordist_of(session, studio)) as (app, pilot):
        await press(pilot, "M")
        await app.live.workers.wait_for_complete()
        assert "No microphone was found" in said(app)


async def test_another_microphone_while_it_records_goes_on_with_that_one(
    session: Session, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(session)
    monkeypatch.setattr(devices, "inputs", lambda: [Device("Yeti, ALSA", "Yeti", "ALSA", 1, 48_000, is_default=True)])
    monkeypatch.setattr(devices, "keep", lambda choice: True)
    async with live(session, recordist=recordist_of(session, studio)) as (app, pilot):
        await press(pilot, "R")
        await settle(app, pilot)
        await press(pilot, "M")
        await app.live.workers.wait_for_complete()
        await pilot.pause()
        await press(pilot, "down", "enter")
        await settle(app, pilot)
        first, second = session.state.recordings.values()
        assert (first.why, second.ended_at) == ("stopped", None)
        assert "● REC" in top(app)
        assert "Sound check" not in screen_text(app)


async def test_a_quote_that_no_recording_holds_says_so_at_once(session: Session, studio: Studio) -> None:
    begin(session)
    recordist = recordist_of(session, studio)
    async with live(session, recordist=recordist) as (app, pilot):
        await press(pilot, "n", *'"niemand neemt op', "enter")
        assert "not in a recording" not in said(app)  # nobody meant to record yet
        await press(pilot, "r")
        await press(pilot, "n", *'"het platform wel', "enter")
        assert said(app).startswith("✓")
        studio.clock.advance(6000)  # a second r just behind the first would be the other person's
        await press(pilot, "r")
        studio.clock.advance(1000)
        await press(pilot, "n", *'"nu niet meer', "enter")
        assert "not in a recording" in said(app)
        assert "nu niet meer" in said(app)
        await press(pilot, "n", *"~ een parafrase", "enter")
        assert "not in a recording" not in said(app)


def test_a_board_of_the_past_says_that_kring_recorded(session: Session) -> None:
    session.do(decision(recording_verbs.began, "R1", "microphone", "x.audio", computer=session.me.device))
    told = sound.recording(session.state, session.now() + 65_000, OFF, 40)
    assert told[0][0].startswith("● REC 1:0")
