"""A session file is whole from the moment on at which it has a name, whatever stops its making."""

import os
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from conftest import make_plan
from kring.domain.text import KringError
from kring.session import session as sessions
from kring.session.session import Me
from kring.store import making, migrations
from kring.store.making import abandoned, is_half_made
from kring.store.store import AlreadyThere
from kring.store.verify import verify
from kring.system.clock import SimulatedClock
from kring.system.sqlite import sqlite3

ME = Me("Bo", "assistant", "d")
NAME = "session.db"
FIRST = len(("created", "plan", "clock")) + len(make_plan().participants)


def begin(file: Path) -> sessions.Session:
    return sessions.begin(file, make_plan(), SimulatedClock(0), ME, zone=("UTC", 0))


def tries(how: str, folder: Path, step: int) -> list[list[str]]:
    """What each try of a program left behind that is stopped so many calls, or pages of a file, later each time."""
    tests = Path(__file__).parents[1]
    program = [sys.executable, str(Path(__file__).with_name("cut_off.py")), how, str(folder), str(step)]
    path = os.pathsep.join((str(tests), str(tests.parent / "src")))
    done = subprocess.run(program, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": path})
    return [line.split() for line in done.stdout.splitlines()]


@pytest.mark.parametrize("step", [7, pytest.param(1, marks=pytest.mark.slow)])
def test_a_kill_at_any_moment_leaves_nothing_or_a_whole_session(tmp_path: Path, step: int) -> None:
    found = tries("kill", tmp_path, step)
    assert len(found) > 200 // step
    for _, events, *names in found:
        assert (int(events) >= FIRST) is (NAME in names)
        assert all(name.startswith((f".{NAME}.", NAME)) for name in names)
    assert {bool(names) for _, _, *names in found} == {True, False}
    assert int(found[-1][1]) == FIRST + 1


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.slow)])
def test_a_file_that_cannot_grow_leaves_nothing(tmp_path: Path, step: int) -> None:
    found = tries("grow", tmp_path, step)
    assert len(found) > 40 // step
    for lives, events, *names in found:
        assert lives == "1" or NAME in names or not names
        assert (int(events) >= FIRST) is (NAME in names)


def test_what_a_kill_left_is_found_and_removed(tmp_path: Path) -> None:
    file = tmp_path / NAME
    part = tmp_path / f".{NAME}.0123abcd.part"
    part.write_bytes(b"names of people")
    assert abandoned(file) == [part]
    begin(file).close()
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_what_somebody_makes_at_this_moment_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / NAME
    with making.making(file):
        (part,) = tmp_path.iterdir()
        assert abandoned(file) == []
        making.clear_abandoned(file)
        assert part.exists()


def left_by_an_older_kring(file: Path, how: str) -> None:
    file.touch()
    file.chmod(0o644)
    if how == "nothing":
        return
    with closing(sqlite3.connect(str(file), isolation_level=None)) as connection:
        connection.execute("pragma journal_mode = wal")
        if how == "tables":
            connection.execute("begin")
            migrations.begin(connection)
            connection.execute("commit")


@pytest.mark.parametrize("how", ["nothing", "header", "tables"])
def test_what_an_older_kring_left_half_made_is_replaced(tmp_path: Path, how: str) -> None:
    file = tmp_path / NAME
    left_by_an_older_kring(file, how)
    assert is_half_made(file)
    session = begin(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    session.close()
    assert verify(file).is_whole
    assert not is_half_made(file)


def test_a_log_of_a_half_made_file_never_gets_into_the_new_one(tmp_path: Path) -> None:
    file = tmp_path / NAME
    left_by_an_older_kring(file, "header")
    other = sqlite3.connect(str(file), isolation_level=None)
    other.execute("create table people (name text)")
    other.execute("drop table people")
    killed = tmp_path / "killed"
    killed.mkdir()
    for path in tmp_path.glob(f"{NAME}*"):
        (killed / path.name).write_bytes(path.read_bytes())
    other.close()
    begin(killed / NAME).close()
    assert verify(killed / NAME).is_whole


def test_a_file_that_somebody_has_open_is_not_replaced(tmp_path: Path) -> None:
    file = tmp_path / NAME
    left_by_an_older_kring(file, "tables")
    with closing(sqlite3.connect(str(file), isolation_level=None)) as other:
        other.execute("begin immediate")
        with pytest.raises(AlreadyThere):
            begin(file)


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_the_database_of_another_program_stays_as_it_is(tmp_path: Path, mode: str) -> None:
    file = tmp_path / NAME
    with closing(sqlite3.connect(str(file))) as other:
        other.execute(f"pragma journal_mode = {mode}")
        other.execute("create table people (name text)")
    content = file.read_bytes()
    assert not is_half_made(file)
    with pytest.raises(AlreadyThere):
        begin(file)
    assert file.read_bytes() == content


def test_an_emptied_file_whose_log_holds_all_is_not_taken_for_nothing(tmp_path: Path) -> None:
    file = tmp_path / NAME
    file.touch()
    log = tmp_path / f"{NAME}-wal"
    log.write_bytes(b"what was done")
    assert not is_half_made(file)
    with pytest.raises(AlreadyThere):
        begin(file)
    assert log.read_bytes() == b"what was done"


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_a_log_of_an_older_file_is_not_read_into_a_new_one(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"{NAME}{ending}").write_bytes(b"what was done")
    with pytest.raises(KringError, match="bring them together"):
        begin(tmp_path / NAME)
    assert [path.name for path in tmp_path.iterdir()] == [f"{NAME}{ending}"]


def test_a_disk_without_links_gets_a_whole_file_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    file = tmp_path / NAME
    begin(file).close()
    assert verify(file).is_whole
    with pytest.raises(AlreadyThere):
        begin(file)
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_a_link_is_no_way_into_another_folder(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    file = tmp_path / NAME
    file.symlink_to(elsewhere / NAME)
    with pytest.raises(KringError):
        begin(file)
    assert list(elsewhere.iterdir()) == []
