"""The power fails at any moment: nothing acknowledged is lost, and the proof can find a liar."""

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite3

from proofs.power_cut import Change, Disk, Inode, Trace, Verdict, files_in, replay
from proofs.strace_log import traced, why_no_strace

SPECIMEN = Path(__file__).with_name("specimen.py")
NO_STRACE = why_no_strace()
needs_strace = pytest.mark.skipif(NO_STRACE is not None, reason=NO_STRACE or "")


def record(argv: Sequence[str], folder: Path, typed: str) -> Trace:
    """Runs a program that reads lines under strace, in an otherwise quiet folder."""
    log = folder.with_name(folder.name + ".strace")
    before = files_in(folder)
    run = subprocess.run(
        traced(argv, log), input=typed, capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode == 0, run.stderr
    return Trace(log, folder, before)


def noted(shown: bytes) -> set[str]:
    """The notes whose whole answer line has been shown."""
    return {text.decode() for text in re.findall(rb'noted "([^"]*)"\r?\n', shown)}


def notes_in(session: Path) -> set[str]:
    connection = sqlite3.connect(str(session))
    try:
        return {text for (text,) in connection.execute("select text from notes")}
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error):
            raise
        return set()
    finally:
        connection.close()


def specimen_verdict(tmp_path: Path, flaw: str, *, notes: int = 20, images: int = 60) -> Verdict:
    folder = tmp_path / "disk"
    folder.mkdir()
    typed = "".join(f'note "proof {number:04}"\n' for number in range(notes))
    argv = [sys.executable, str(SPECIMEN), str(folder / "session.db"), *([flaw] if flaw else [])]
    return replay(record(argv, folder, typed), noted, notes_in, images=images)


@needs_strace
def test_an_honest_program_loses_nothing(tmp_path: Path) -> None:
    verdict = specimen_verdict(tmp_path, "")
    assert verdict.images == 60
    assert verdict.acknowledged == 20
    assert verdict.clean, verdict


@needs_strace
@pytest.mark.parametrize("flaw", ["early", "normal", "background"])
def test_a_program_that_breaks_its_promise_is_caught(tmp_path: Path, flaw: str) -> None:
    verdict = specimen_verdict(tmp_path, flaw)
    assert len(verdict.lost) >= 5, verdict
    assert not verdict.corrupt, verdict


@needs_strace
def test_a_program_that_never_syncs_is_seen_to_damage_its_file(tmp_path: Path) -> None:
    verdict = specimen_verdict(tmp_path, "off", notes=120, images=200)
    assert verdict.corrupt, verdict
    assert verdict.lost, verdict


@needs_strace
@pytest.mark.slow
def test_an_honest_program_loses_nothing_in_many_images(tmp_path: Path) -> None:
    verdict = specimen_verdict(tmp_path, "", notes=120, images=600)
    assert verdict.acknowledged == 120
    assert verdict.clean, verdict


def test_a_write_tears_at_sectors_of_the_disk() -> None:
    pieces = list(Change(500, bytes(1000)).sectors())
    assert [(piece.offset, len(piece.content or b"")) for piece in pieces] == [
        (500, 12),
        (512, 512),
        (1024, 476),
    ]


def test_a_write_is_certain_only_after_a_sync_that_began_later() -> None:
    early, late = Change(0, b"early", returned=True), Change(5, b"late")
    inode = Inode(pending=[early, late])
    inode.settle([early])
    assert bytes(inode.certain) == b"early"
    assert inode.pending == [late]
    assert inode.size() == 9


def test_a_file_made_again_under_the_same_name_is_another_file(tmp_path: Path) -> None:
    disk = Disk(tmp_path, {"a.db-wal": b"old"})
    old = disk.names["a.db-wal"]
    disk._rename_now({"a.db-wal": None})
    disk._rename_now({"a.db-wal": Inode(bytearray(b"new"))})
    assert disk.names["a.db-wal"] is not old
    assert disk.certain_names["a.db-wal"] is old
