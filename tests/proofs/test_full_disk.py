"""The disk is full, the file is locked or may not grow: it says NOT SAVED, and nothing saved is lost."""

import resource
import sys
import time
from pathlib import Path

import pytest

from kring.system.sqlite import sqlite3
from proofs.line_process import LineProcess
from proofs.programs import Program, acknowledged_in, both_programs, note_line, note_text, notes_in, session_in
from proofs.small_disk import SmallDisk, why_no_small_disk

NO_SMALL_DISK = why_no_small_disk()
needs_small_disk = pytest.mark.skipif(NO_SMALL_DISK is not None, reason=NO_SMALL_DISK or "")


def say_notes(process: LineProcess, first: int, count: int) -> list[str]:
    """The answers to a few notes."""
    return [process.say(note_line(note_text(0, number))) for number in range(first, first + count)]


def acknowledged_by(process: LineProcess) -> set[str]:
    answers = "".join(f"{answer}\n" for _, answer in process.acknowledged)
    return acknowledged_in(answers.encode())


def fill_and_free(program: Program, folder: Path) -> None:
    """The disk fills up while notes are typed, and has room again later."""
    copy = folder.with_name("copy")
    folder.mkdir()
    with SmallDisk(folder, kib=2048) as disk:
        argv = disk.inside(program.argv(folder, "Bo"))
        with program.opened(LineProcess(argv)) as process:
            for line in program.first:
                process.say(line)
            say_notes(process, 0, 5)
            disk.fill()
            refused = say_notes(process, 5, 60)
            assert any("NOT SAVED" in answer for answer in refused), refused
            disk.free()
            again = say_notes(process, 65, 5)
            assert not any("NOT SAVED" in answer for answer in again), again
            noted = acknowledged_by(process)
        assert len(noted) >= 10
        assert noted <= notes_in(session_in(disk.copy_to(copy)))


def refuse_to_grow(program: Program, folder: Path) -> None:
    """The system stops every file at 384 KiB."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (384 * 1024, resource.RLIM_INFINITY))

    with program.opened(LineProcess(program.argv(folder, "Bo"), before_exec=limit)) as process:
        for line in program.first:
            process.say(line)
        answers = [process.say(note_line(note_text(0, number) + " " + "long " * 200)) for number in range(400)]
        assert any("NOT SAVED" in answer for answer in answers)
        noted = acknowledged_by(process)
    assert noted
    kept = " ".join(notes_in(session_in(folder)))
    assert all(note in kept for note in noted)


def held_by_another(program: Program, folder: Path, seconds: float) -> list[str]:
    """Another program holds the write lock for some seconds: the answers to notes meanwhile and after."""
    with program.start(folder) as process:
        say_notes(process, 0, 3)
        other = sqlite3.connect(str(session_in(folder)), isolation_level=None)
        other.execute("begin immediate")
        process.type(note_line(note_text(0, 3)))
        time.sleep(seconds)
        other.execute("rollback")
        other.close()
        answers = [process.answer(), *say_notes(process, 4, 3)]
    noted = acknowledged_in("".join(f"{answer}\n" for answer in answers).encode())
    assert noted <= notes_in(session_in(folder))
    assert {note_text(0, number) for number in (4, 5, 6)} <= noted
    return answers


@needs_small_disk
@both_programs
def test_a_full_disk_is_said_and_survived(program: Program, tmp_path: Path) -> None:
    fill_and_free(program, tmp_path / "disk")


@pytest.mark.skipif(sys.platform != "linux", reason="RLIMIT_FSIZE behaves so on Linux only.")
@both_programs
def test_a_file_that_may_not_grow_is_said_and_survived(program: Program, tmp_path: Path) -> None:
    refuse_to_grow(program, tmp_path)


@both_programs
def test_a_locked_file_is_said_and_survived(program: Program, tmp_path: Path) -> None:
    answers = held_by_another(program, tmp_path, seconds=2.5)
    assert ("NOT SAVED" in answers[0]) is (program.name == "specimen")  # kring waits for its turn
