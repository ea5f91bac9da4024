"""A session of a real conversation, recorded by kring, with its screen killed once and its recorder once."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from kring.domain.state import State
from kring.privacy.snapshot import read
from kring.record import client
from kring.rehearsal.demo import example_plan
from proofs.line_process import LineProcess
from proofs.programs import session_in
from proofs.room import Room
from record.processes import recorder_of
from speech.conversation import observed

LENGTH_S = 95.0
BEFORE_S = 5.0
RECORDED_FROM_S = 12.0
SCREEN_KILLED_S, SCREEN_BACK_S = 34.0, 37.0
RECORDER_KILLED_S = 58.1
NOTED_S = (18.3, 23.9, 29.1, 33.2, 41.7, 48.0, 53.6, 68.4, 75.9, 84.2)
TOO_EARLY_S = 6.0
UNRECORDED = "nog niet opgenomen"


class Evening(NamedTuple):
    """The session file, and the room in which it was."""

    file: Path
    room: Room

    @property
    def state(self) -> State:
        """What the session file holds."""
        return read(self.file, with_names=True).state

    def moved(self, folder: Path) -> "Evening":
        """A copy of all of it somewhere else, under another name."""
        folder.mkdir()
        file = folder / "elders.db"
        shutil.copy(self.file, file)
        shutil.copytree(self.file.with_suffix(".audio"), file.with_suffix(".audio"))
        return self._replace(file=file)


def kring(*words: object, status: int = 0) -> str:
    """Run kring as anybody runs it, and return what it says."""
    command = [sys.executable, "-m", "kring", "--lang", "en", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr
    return done.stdout + done.stderr


def spend(room: Room, folder: Path) -> Evening:
    """Run the session of the example plan while the room talks; it takes as long as the talk."""
    screen = at_the_table(example_plan("nl"), folder)
    for line in ("doors", "start anyway", "go 1"):
        assert not screen.say(line).startswith("!")
    room.talk()
    began = time.monotonic()
    try:
        for at_s, line in agenda(room):
            time.sleep(max(0.0, began + at_s - time.monotonic()))
            match line:
                case "kill the screen":
                    screen.kill()
                case "come back":
                    assert client.is_running(session_in(folder).with_suffix(".audio"))
                    screen = at_the_table(session_in(folder), folder)
                case "kill the recorder":
                    recorder_of(session_in(folder).with_suffix(".audio")).kill()
                case _ if screen.process.poll() is None:
                    screen.say(line)
        room.wait()
        refused = [pair for pair in screen.acknowledged if pair[1].startswith("!")]
        assert not refused, refused
        assert screen.finish("end", "quit") == 0
    finally:
        screen.kill()
        client.stop(session_in(folder).with_suffix(".audio"))
    return Evening(session_in(folder), room)


def at_the_table(subject: Path, folder: Path) -> LineProcess:
    command = [sys.executable, "-m", "kring", "--lang", "en", "run", str(subject), "--plain", "--dir", str(folder)]
    screen = LineProcess([*command, "--as", "assistant", "--name", "Bo"])
    screen.read_until(lambda line: ".db" in line)
    return screen


def agenda(room: Room) -> Iterable[tuple[float, str]]:
    """What is typed and done, and how many seconds after the first word."""
    presses = observed(room.conversation.truth, seed=4)
    things = [(press.from_ms / 1000, f"floor {press.speaker}") for press in presses]
    things += [(at_s, f'note "notitie {number}') for number, at_s in enumerate(NOTED_S, 1)]
    things += [
        (TOO_EARLY_S, f'note "{UNRECORDED}'),
        (RECORDED_FROM_S, "record"),
        (SCREEN_KILLED_S, "kill the screen"),
        (SCREEN_BACK_S, "come back"),
        (RECORDER_KILLED_S, "kill the recorder"),
    ]
    return sorted(things)
