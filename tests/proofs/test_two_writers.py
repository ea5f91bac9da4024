"""Two processes write the same file, twenty acts a second each: no error, no loss, no wait worth noticing."""

import threading
import time
from pathlib import Path

import pytest

from proofs.line_process import LineProcess
from proofs.programs import Program, both_programs, note_line, note_text, notes_in, session_in

PER_SECOND = 20


class Writer(threading.Thread):
    """Types notes at a fixed pace, whether or not the last one was quick."""

    def __init__(self, process: LineProcess, number: int, seconds: float) -> None:
        super().__init__()
        self.process, self.number, self.seconds = process, number, seconds
        self.waits: list[float] = []
        self.failure: Exception | None = None

    def run(self) -> None:
        begun = time.monotonic()
        try:
            for act in range(int(self.seconds * PER_SECOND)):
                time.sleep(max(0.0, begun + act / PER_SECOND - time.monotonic()))
                asked = time.monotonic()
                text = note_text(self.number, act)
                answer = self.process.say(note_line(text))
                self.waits.append(time.monotonic() - asked)
                assert text in answer, answer
                assert "NOT SAVED" not in answer, answer
        except Exception as failure:  # noqa: BLE001 - the edge of a thread: the test raises it again
            self.failure = failure


def write_together(program: Program, folder: Path, seconds: float) -> list[Writer]:
    """Both processes write for some seconds; their file must hold every note."""
    with (
        program.start(folder, "Bo") as first,
        program.join(folder, "Els") as second,
    ):
        writers = [Writer(process, number, seconds) for number, process in enumerate((first, second))]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
            if writer.failure is not None:
                raise writer.failure
        written = {note_text(number, act) for number in (0, 1) for act in range(int(seconds * PER_SECOND))}
        assert written <= notes_in(session_in(folder))
    return writers


@both_programs
def test_two_writers_lose_nothing(program: Program, tmp_path: Path) -> None:
    write_together(program, tmp_path, seconds=2)


@pytest.mark.slow
@both_programs
def test_two_writers_lose_nothing_for_a_minute(program: Program, tmp_path: Path) -> None:
    writers = write_together(program, tmp_path, seconds=60)
    waits = sorted(wait for writer in writers for wait in writer.waits)
    assert waits[int(len(waits) * 0.99)] < 0.25, "an act in a hundred waits longer than the busy timeout"
