"""The power fails at any moment: nothing acknowledged is lost, and the proof can find a liar."""

import os
import random
import re
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from proofs.line_process import LineProcess
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
    why_half_made,
)
from proofs.strace_log import Call, Step, traced, why_no_strace

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


@needs_strace
@needs_kring
def test_a_new_file_is_whole_from_the_moment_it_has_its_name(tmp_path: Path) -> None:
    assert verdict_on_making("", tmp_path).clean


@needs_strace
@needs_kring
def test_a_file_that_has_its_name_too_early_is_caught(tmp_path: Path) -> None:
    verdict = verdict_on_making("unmade", tmp_path)
    assert verdict.corrupt, verdict


def verdict_on_making(flaw: str, tmp_path: Path) -> Verdict:
    """Starts a session in an empty folder, and looks at hardly anything but that."""
    folder, log = tmp_path / "disk", tmp_path / "strace.log"
    folder.mkdir()
    program = kring(flaw)
    with LineProcess(traced(program.argv(folder, "Bo"), log)) as process:
        assert program.opened(process).finish(*program.last) == 0
    trace = Trace(log, folder, {})
    return replay(trace, acknowledged_in, notes_in, images=150, is_sound=why_half_made)


@needs_strace
@needs_kring
@pytest.mark.parametrize("is_killed", [pytest.param(False, marks=pytest.mark.slow), True])
def test_a_session_that_is_taken_up_again_loses_nothing(is_killed: bool, tmp_path: Path) -> None:
    folder, program = tmp_path / "disk", kring()
    folder.mkdir()
    logs = [tmp_path / f"strace-{run}.log" for run in range(3)]
    for run, log in enumerate(logs):
        with LineProcess(traced(program.argv(folder, "Bo"), log)) as process:
            program.opened(process)
            for line in () if run else program.first:
                process.say(line)
            for number in range(10):
                process.say(note_line(note_text(run, number)))
            if is_killed:
                kill_traced(process)
            else:
                assert process.finish(*program.last) == 0
    whole = tmp_path / "strace.log"
    whole.write_bytes(b"".join(log.read_bytes() for log in logs))
    verdict = replay(Trace(whole, folder, {}), acknowledged_in, notes_in, images=150, is_sound=why_half_made)
    assert verdict.acknowledged == 30
    assert verdict.clean, verdict


def kill_traced(process: LineProcess) -> None:
    """Kills what strace looks at, upon which strace ends by itself."""
    tracer = process.process.pid
    (traced_one,) = Path(f"/proc/{tracer}/task/{tracer}/children").read_text().split()
    os.kill(int(traced_one), signal.SIGKILL)
    process.process.wait(20)


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


def returned(disk: Disk, name: str, arguments: str, result: int = 0) -> None:
    """Lets a disk see a call that begins and returns at once; `arguments` holds words between quotes and brackets."""
    hexed = re.sub(
        r'(?<=["<])[^"<>]+(?=[">])', lambda found: "".join(f"\\x{byte:02x}" for byte in found[0].encode()), arguments
    )
    call = Call(name, hexed)
    disk.feed(Step(call, begins=True))
    call.result = result
    disk.feed(Step(call, begins=False))


@pytest.fixture
def named_anew(tmp_path: Path) -> Disk:
    """A disk on which a synced file was given a second name and lost its first; nothing synced those names."""
    disk = Disk(tmp_path, {})
    part = f"{tmp_path}/part"
    returned(disk, "openat", f'AT_FDCWD<{tmp_path}>, "part", O_RDWR|O_CREAT', 3)
    returned(disk, "pwrite64", f'3<{part}>, "whole", 5, 0', 5)
    returned(disk, "fsync", f"3<{part}>")
    returned(disk, "link", f'"{part}", "{tmp_path}/a.db"')
    returned(disk, "unlink", f'"{part}"')
    return disk


def test_a_link_may_be_lost_until_its_folder_is_synced(named_anew: Disk) -> None:
    dice = random.Random(0)
    assert named_anew.images("all", dice) == {"a.db": b"whole"}
    seen = [frozenset(named_anew.images("prefix", dice)) for _ in range(50)]
    assert set(seen) == {frozenset(), frozenset({"part"}), frozenset({"part", "a.db"}), frozenset({"a.db"})}
    returned(named_anew, "fsync", f"5<{named_anew.folder}>")
    assert named_anew.images("lost", dice) == {"a.db": b"whole"}


def test_a_write_by_a_name_that_is_gone_is_in_the_file(named_anew: Disk) -> None:
    returned(named_anew, "pwrite64", f'3<{named_anew.folder}/part>(deleted), "more", 4, 5', 4)
    assert named_anew.images("all", random.Random(0)) == {"a.db": b"wholemore"}


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("truncate", '"{folder}/a.db", 0'),
        ("fallocate", "3<{folder}/a.db>, 0, 0, 4096"),
        ("renameat2", 'AT_FDCWD<{folder}>, "a.db", AT_FDCWD<{folder}>, "b.db", RENAME_EXCHANGE'),
        ("link", '"/elsewhere/a.db", "{folder}/b.db"'),
    ],
)
def test_a_call_that_the_replay_does_not_know_is_refused(name: str, arguments: str, named_anew: Disk) -> None:
    with pytest.raises(NotImplementedError):
        returned(named_anew, name, arguments.format(folder=named_anew.folder))
