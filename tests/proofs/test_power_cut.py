"""The power fails at any moment: nothing acknowledged is lost, and the proof can find a liar."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from proofs.power_cut import Change, Disk, Inode, Trace, Verdict, files_in, replay
from proofs.programs import (
    Program,
    acknowledged_in,
    both_programs,
    kring,
    needs_kring,
    note_line,
    note_text,
    notes_in,
    specimen,
)
from proofs.strace_log import traced, why_no_strace

NO_STRACE = why_no_strace()
needs_strace = pytest.mark.skipif(NO_STRACE is not None, reason=NO_STRACE or "")


def verdict_on(program: Program, tmp_path: Path, *, notes: int = 20, images: int = 60) -> Verdict:
    """Runs a program with its lines under strace and replays power cuts over its files."""
    folder = tmp_path / "disk"
    folder.mkdir()
    log = tmp_path / "strace.log"
    lines = [*program.first, *(note_line(note_text(0, number)) for number in range(notes)), *program.last]
    before = files_in(folder)
    command = traced(program.argv(folder, "Bo"), log)
    typed = "".join(line + "\n" for line in lines)
    run = subprocess.run(command, input=typed, capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stderr
    return replay(Trace(log, folder, before), acknowledged_in, notes_in, images=images)


@needs_strace
@both_programs
def test_an_honest_program_loses_nothing(program: Program, tmp_path: Path) -> None:
    verdict = verdict_on(program, tmp_path)
    assert verdict.images == 60
    assert verdict.acknowledged == 20
    assert verdict.clean, verdict


@needs_strace
@pytest.mark.parametrize("flaw", ["early", "normal", "background"])
@pytest.mark.parametrize("program", [specimen, pytest.param(kring, marks=needs_kring)])
def test_a_program_that_breaks_its_promise_is_caught(
    program: Callable[[str], Program], flaw: str, tmp_path: Path
) -> None:
    verdict = verdict_on(program(flaw), tmp_path)
    assert len(verdict.lost) >= 5, verdict
    assert not verdict.corrupt, verdict


@needs_strace
def test_a_program_that_never_syncs_is_seen_to_damage_its_file(tmp_path: Path) -> None:
    verdict = verdict_on(specimen("off"), tmp_path, notes=120, images=200)
    assert verdict.corrupt, verdict
    assert verdict.lost, verdict


@needs_strace
@pytest.mark.slow
@both_programs
def test_an_honest_program_loses_nothing_in_many_images(program: Program, tmp_path: Path) -> None:
    verdict = verdict_on(program, tmp_path, notes=120, images=600)
    assert verdict.acknowledged == 120
    assert verdict.clean, verdict


def test_a_write_tears_at_sectors_of_the_disk() -> None:
    pieces = list(Change(500, bytes(1000)).sectors())
    sizes = [(piece.offset, len(piece.content or b"")) for piece in pieces]
    assert sizes == [(500, 12), (512, 512), (1024, 476)]


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
