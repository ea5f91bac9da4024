"""The sound on a real screen: the meter moves, what is wrong is told in two seconds, and no kill ends the recording."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from pty_harness import Term

from kring.privacy.snapshot import read
from kring.record import client
from kring.rehearsal.demo import example_plan
from proofs.programs import session_in
from record.processes import recorder_of
from record.pulse import Pulse, pulse
from record.sounding import noise, write_wav

__all__ = ["pulse"]

pytestmark = pytest.mark.slow

AT_ONCE_S = 2.0
METER = re.compile(r"\[(.+?)\]")
SIZES = [(80, 24), (140, 40)]
CTRL_Q = "\x11"


@pytest.fixture
def talking(pulse: Pulse, tmp_path: Path) -> Iterator[Pulse]:
    """A room in which somebody talks, louder and softer."""
    player = pulse.play(write_wav(tmp_path / "talk.wav", noise(90, 48_000), 48_000))
    yield pulse
    player.kill()
    player.wait()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "session"
    place.mkdir()
    yield place
    for sound in place.glob("*.audio"):
        client.stop(sound)


def screen(subject: Path, folder: Path, size: tuple[int, int], role: str = "assistant", lang: str = "en") -> Term:
    command = [sys.executable, "-m", "kring", "--lang", lang, "run", str(subject), "--dir", str(folder)]
    return Term([*command, "--as", role, "--name", "Bo"], columns=size[0], rows=size[1])


def top(term: Term) -> str:
    return str(term.screen.display[0])


def shows(text: str) -> Callable[[Term], bool]:
    return lambda term: text in top(term)


def wait(term: Term, shown: Callable[[Term], bool], what: str, at_most_s: float = 15.0) -> float:
    """Waits for what the top line shows, and returns how many seconds that took."""
    began = time.perf_counter()
    return term.wait_until(shown, what, at_most_s=at_most_s) - began


def stop(term: Term, lang: str = "en") -> None:
    """Ends the recording, and says that it is meant."""
    asked, yes = {"en": ("Stop recording?", "y"), "nl": ("Stoppen met opnemen?", "j")}[lang]
    term.key("R", partial(Term.shows, text=asked))
    term.write(yes)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["en", "nl"])
def test_the_meter_moves_and_a_muted_microphone_is_told(
    talking: Pulse, folder: Path, size: tuple[int, int], lang: str, measured: Callable[[str], None]
) -> None:
    muted = {"en": "MUTED", "nl": "GEDEMPT"}[lang]
    with screen(example_plan(lang), folder, size, lang=lang) as term:
        wait(term, shows("○"), "no recording", 30)
        term.write("R")
        wait(term, shows("● REC"), "the recording")
        meters = set()
        for _ in range(12):
            term.record(quiet_s=0.25, at_most_s=0.25)
            term.emulate()
            if found := METER.search(top(term)):
                meters.add(found[1])
        assert len(meters) >= 4, meters
        talking.mute(True)
        after_s = wait(term, shows(muted), "the warning", 4)
        assert "● REC" in top(term)
        talking.mute(False)
        wait(term, lambda term: muted not in top(term), "no warning", 3)
        stop(term, lang)
        wait(term, shows("○"), "the end of the recording")
    measured(f"{size[0]}x{size[1]} {lang}: {muted} {after_s:.1f} s after the switch; {len(meters)} meters in 3 s")
    assert after_s <= AT_ONCE_S + 0.1  # one repaint


def test_no_kill_ends_the_recording(talking: Pulse, folder: Path, measured: Callable[[str], None]) -> None:
    with screen(example_plan("en"), folder, (100, 30)) as term:
        wait(term, shows("○"), "no recording", 30)
        term.write("R")
        wait(term, shows("● REC"), "the recording")
        time.sleep(1)
        os.killpg(term.process.pid, signal.SIGKILL)
    sound = session_in(folder).with_suffix(".audio")
    had = client.read_status(sound)
    time.sleep(1)
    now = client.read_status(sound)
    assert had is not None
    assert now is not None
    assert now.frames > had.frames
    with screen(session_in(folder), folder, (100, 30)) as term, screen(session_in(folder), folder, (80, 24)) as other:
        for each in (term, other):
            wait(each, shows("● REC"), "the recording that went on", 30)
        recorder_of(sound).kill()
        until_s = wait(term, lambda term: "● REC" in top(term) and _goes_on(sound, now.segment), "a new recorder")
        wait(other, shows("● REC"), "the new recorder")
        time.sleep(1.5)
        stop(other)
        for each in (term, other):
            wait(each, shows("○"), "the end of the recording")
    state = read(session_in(folder), with_names=True).state
    measured(f"{until_s:.1f} s after its kill the recorder was back on the screen")
    assert until_s < 5
    assert [row.why for row in state.segments.values()] == ["killed", "stopped"]
    assert [row.why for row in state.recordings.values()] == ["stopped"]
    for row in state.segments.values():
        assert (folder / row.file).stat().st_size == 44 + 2 * (row.frames or 0)


def _goes_on(sound: Path, segment: int) -> bool:
    status = client.read_status(sound)
    return client.is_running(sound) and status is not None and status.segment > segment
