"""A recording on the screen before it comes in: listened to, laid on the clock, moved, and laid beside the session."""

from __future__ import annotations

import queue
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import soundfile

from acting import act
from imports.evening import MINUTE, NAMES, Evening
from imports.test_speech_fit import heard
from kring.audio import foreign
from kring.audio.flac import Fingerprint, Progress
from kring.domain.rows import SegmentRow
from kring.domain.text import Sentence
from kring.record.folder import ENDING
from kring.session import sound_intake
from kring.session.intake_remarks import Wishes
from kring.session.session import Session
from kring.speech import activity
from kring.system.clock import SimulatedClock
from kring.system.settings import Settings
from kring.system.worker_process import Failed
from kring.ui.intake.app import IntakeApp
from kring.ui.intake.model import IntakeModel
from ui.test_intake_screen import Screen

RATE = 8_000
EVENING = Evening(4, minutes=24, missed=0.0)
PARTS = [(60_000, 24 * MINUTE)]


class Work:
    """Work in the background whose news a test sends."""

    def __init__(self) -> None:
        self._news: queue.SimpleQueue[object] = queue.SimpleQueue()
        self.is_cancelled = False

    def tell(self, *news: object) -> None:
        """Send news; None is the end of the work."""
        for one in news:
            self._news.put(one)

    def wait(self) -> Iterator[object]:
        while (news := self._news.get()) is not None:
            yield news

    def cancel(self) -> None:
        self.is_cancelled = True
        self._news.put(None)


@pytest.fixture
def talk(session: Session, clock: SimulatedClock) -> Session:
    act(session, "start anyway")
    began = session.now()
    for who, begin, end in EVENING.turns:
        seat = NAMES.index(who) + 1 if who in NAMES else "moderator"
        for at, line in ((begin + 900, f"floor {seat}"), (end + 900, "floor nobody")):
            clock.advance(max(0, began + at - session.now()))
            act(session, line)
    clock.advance(MINUTE)
    act(session, "end")
    return session


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    path = tmp_path / "audio1234.wav"
    soundfile.write(path, [0.0] * RATE, RATE)
    return path


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch) -> Work:
    work = Work()
    monkeypatch.setattr(sound_intake, "look", lambda _path: work)
    return work


def looked(path: Path) -> activity.Looked:
    sound = heard(EVENING, PARTS).sound
    assert sound is not None
    frames = sound.lasts_ms * RATE // 1000
    return activity.Looked(foreign.stamp_of(path), "ab" * 32, RATE, frames, sound.speech, False)


@asynccontextmanager
async def looking_at(session: Session, path: Path) -> AsyncIterator[Screen]:
    app = IntakeApp(IntakeModel(session, [path], "", Wishes()), session, Settings())
    async with app.run_test(size=(140, 40)) as pilot:
        yield Screen(app, pilot)


async def test_a_recording_is_listened_to_placed_and_laid_beside_the_session(
    talk: Session, recorded: Path, listening: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid = [Work(), Work()]
    laying = iter(laid)
    monkeypatch.setattr(foreign, "in_background", lambda _cuts: next(laying))
    async with looking_at(talk, recorded) as screen:
        listening.tell(Progress(recorded.name, 0.43))
        await screen.until(lambda: "is listened to, 43 %; Escape leaves it" in screen.text)
        found = looked(recorded)
        listening.tell(found, None)
        await screen.until(lambda: screen.model.preview is not None)
        assert "it begins at 1:00 of the session" in screen.text
        assert "23:00  of sound" in screen.text
        assert "of it in which somebody is heard, 8" in screen.text
        assert "sound, 23:00 (turns: " in screen.text
        assert "and how much later than heard" in screen.text
        assert "Names" not in screen.text

        await screen.press("right")
        assert "it begins at 1:01 of the session" in screen.text

        await screen.pilot.press("enter")
        laid[0].tell(Progress(recorded.name, 0.5))
        await screen.until(lambda: "is laid beside the session file, 50 %" in screen.text)
        await screen.pilot.press("left", "enter")
        assert "it begins at 1:01 of the session" in screen.text
        await screen.pilot.press("escape")
        await screen.until(lambda: "Stopped; nothing of it was brought in." in screen.said)
        assert laid[0].is_cancelled
        assert not talk.state.imports
        assert not talk.store.path.with_suffix(ENDING).exists()

        await screen.pilot.press("enter")
        laid[1].tell(foreign.LaidDown((found.frames,), (Fingerprint("cd" * 32, 1_000),)), None)
        await screen.until(lambda: screen.model.is_over)
        assert screen.said == "✓ Brought in: audio1234.wav, sound"
        assert "audio1234.wav   23:00 of sound" in screen.text
        (row,) = talk.state.tables[SegmentRow.TABLE].values()
        assert round((row.started_at - talk.state.session.started_at) / 100) == 610

        await screen.press("z")
        assert screen.model.done == []


async def test_a_recording_that_cannot_be_heard_says_why(session: Session, recorded: Path, listening: Work) -> None:
    listening.tell(Failed(Sentence("{file} is a video without sound.", {"file": recorded.name})), None)
    async with looking_at(session, recorded) as screen:
        await screen.until(lambda: "audio1234.wav is a video without sound." in screen.text)


async def test_escape_ends_the_listening(session: Session, recorded: Path, listening: Work) -> None:
    async with looking_at(session, recorded) as screen:
        listening.tell(Progress(recorded.name, 0.1))
        await screen.until(lambda: "is listened to, 10 %" in screen.text)
        await screen.pilot.press("escape")
        assert screen.app._exit
        assert listening.is_cancelled
