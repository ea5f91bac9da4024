"""Copies of a session, and programs that are killed while one is joined to the other: nothing is lost or doubled."""

import random
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from acting import act
from conftest import START_MS
from kring.session import session as sessions
from kring.session.session import Me
from kring.store.files import open_
from kring.store.tables import COLUMNS, SELECTS
from kring.store.verify import verify
from kring.system.clock import SimulatedClock
from proofs.programs import kring, note_line, note_text, notes_in, session_in
from session.test_arriving import copied

pytestmark = pytest.mark.slow
THEIRS, KILLS, MERGES = 600, 8, 12


def other_copy(file: Path, folder: Path, notes: int) -> Path:
    """A copy that somebody elsewhere went on with: so many notes, some of them taken back."""
    path, clock = copied(file, folder / "other.db"), SimulatedClock(START_MS)
    with closing(sessions.resume(path, clock, Me("Els", "moderator", "elsewhere"))) as session:
        for number in range(notes):
            clock.advance(2_000)
            act(session, note_line(note_text(8_000, number)))
            if number % 10 == 0:
                session.undo()
    return path


def said_by(path: Path) -> dict[str, list[object]]:
    with closing(open_(path, "read")) as store:
        said = {table: store.connection.execute(SELECTS[table]).fetchall() for table in COLUMNS}
        ids = store.connection.execute("select id from events order by hlc, device, id").fetchall()
    return said | {"events": ids}


def test_two_screens_go_on_while_a_program_that_takes_events_in_is_killed(
    tmp_path: Path, measured: Callable[[str], None]
) -> None:
    folder, dice = tmp_path / "session", random.Random(1)
    folder.mkdir()
    program = kring()
    with program.start(folder, "Bo") as bo, program.join(folder, "Kim") as kim:
        file = session_in(folder)
        other = other_copy(file, tmp_path, THEIRS)
        command = [sys.executable, str(Path(__file__).with_name("taking.py")), str(file), str(other)]
        mine: set[str] = set()
        waits: list[float] = []
        in_the_middle = 0
        for life in range(KILLS + 1):
            taking = subprocess.Popen(command, stdout=subprocess.DEVNULL)
            killed_at = time.monotonic() + dice.uniform(0.3, 0.8)
            while taking.poll() is None and (life == KILLS or time.monotonic() < killed_at):
                text = note_text(life, len(mine))
                begun = time.monotonic()
                answer = (bo, kim)[len(mine) % 2].say(note_line(text))
                waits.append(time.monotonic() - begun)
                assert text in answer, answer
                assert "NOT SAVED" not in answer, answer
                mine.add(text)
                time.sleep(0.02)
            in_the_middle += taking.poll() is None
            taking.kill()
            taking.wait()
            assert mine <= notes_in(file)
    assert in_the_middle >= KILLS // 2
    waits.sort()
    measured(f"While events of another copy came in, 99 of 100 acts took {waits[len(waits) * 99 // 100] * 1000:.0f} ms")
    theirs = {note_text(8_000, number) for number in range(THEIRS) if number % 10}
    assert notes_in(file) == mine | theirs
    report = verify(file)
    assert report.is_whole, report.findings
    assert {line[0] for line in said_by(other)["events"]} <= {line[0] for line in said_by(file)["events"]}


def test_joining_that_is_killed_leaves_the_copies_as_they_were_and_nothing_or_all(tmp_path: Path) -> None:
    folder, dice = tmp_path / "session", random.Random(2)
    folder.mkdir()
    with kring().start(folder, "Bo") as bo:
        other = other_copy(session_in(folder), tmp_path, THEIRS)
        bo.say(note_line("hier"))
        bo.say("quit")
    paths = [session_in(folder), other]
    before, out = [path.read_bytes() for path in paths], tmp_path / "out" / "both.db"
    out.parent.mkdir()
    command = [sys.executable, "-m", "kring", "merge", *map(str, paths), "--out", str(out)]
    begun = time.monotonic()
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0
    took, whole = time.monotonic() - begun, said_by(out)
    cut_off = 0
    for _ in range(MERGES):
        out.unlink()
        joining = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        time.sleep(dice.uniform(took * 0.4, took))
        joining.kill()
        joining.wait()
        assert [path.read_bytes() for path in paths] == before
        cut_off += not out.exists()
        if not out.exists():
            assert subprocess.run(command, check=False, capture_output=True).returncode == 0
        assert said_by(out) == whole
        assert [path.name for path in out.parent.iterdir()] == [out.name]
    assert cut_off
