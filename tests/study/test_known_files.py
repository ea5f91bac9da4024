"""In a folder of many sessions only those of a study are opened, once it is known which these are."""

from __future__ import annotations

import os
import random
import shutil
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from acting import act
from conftest import START_MS, make_plan
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.store import files
from kring.store.store import Mode, Store
from kring.study import known_files
from kring.study.sessions import sessions_of
from kring.system.clock import SimulatedClock

MANY = known_files.FEW + 5
HOUR_AGO_NS = 1_700_000_000_000_000_000
Look = Callable[[], tuple[list[str], list[str]]]


def begin(file: Path, study: str) -> Session:
    plan = replace(make_plan(), study=study)
    me = Me("Bo", "assistant", "device")
    session = sessions.begin(file, plan, SimulatedClock(START_MS), me, random.Random(file.name).randbytes, ("UTC", 0))
    act(session, "start anyway", "end")
    return session


def aged(file: Path) -> Path:
    """Return a file that last changed long ago."""
    os.utime(file, ns=(HOUR_AGO_NS, HOUR_AGO_NS))
    return file


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two sessions of a study among many of another."""
    monkeypatch.setenv("KRING_STATE_DIR", str(tmp_path / "state"))
    place = tmp_path / "sessions"
    place.mkdir()
    for name, study in (("joost-1.db", "Trouw"), ("joost-2.db", "trouw."), ("x0.db", "Geheim")):
        begin(place / name, study).close()
        aged(place / name)
    for number in range(1, MANY):
        aged(Path(shutil.copy(place / "x0.db", place / f"x{number}.db")))
    return place


@pytest.fixture
def look(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Look:
    """Look for the study; return which files hold a session of it, and which were opened for that."""
    opened: list[str] = []
    really = files.open_

    def counted(path: Path, mode: Mode = "write", **more: Any) -> Store:
        if mode == "read":
            opened.append(path.name)
        return really(path, mode, **more)

    monkeypatch.setattr(files, "open_", counted)

    def again() -> tuple[list[str], list[str]]:
        opened.clear()
        found = sessions_of("trouw", folder / "joost-1.db").found
        return [session.study for session in found], list(opened)

    return again


def kept(folder: Path) -> list[Path]:
    return list((folder.parent / "state").rglob("*.json"))


def test_only_the_sessions_of_the_study_are_opened_again(look: Look) -> None:
    found, opened = look()
    assert sorted(found) == ["Trouw", "trouw."]
    assert len(opened) == MANY + 2
    assert look() == (found, ["joost-1.db", "joost-2.db"])


def test_a_file_that_changed_is_opened_again(look: Look, folder: Path) -> None:
    look()
    begin(folder / "new.db", "trouw").close()
    aged(folder / "new.db").replace(folder / "x3.db")
    found, opened = look()
    assert len(found) == 3
    assert opened == ["joost-1.db", "joost-2.db", "x3.db"]


def test_a_copy_a_new_name_and_a_file_that_went_are_no_trouble(look: Look, folder: Path) -> None:
    look()
    (folder / "joost-2.db").rename(folder / "andere naam.db")
    (folder / "x4.db").unlink()
    aged(Path(shutil.copy(folder / "x0.db", folder / "y.db")))
    found, opened = look()
    assert sorted(found) == ["Trouw", "trouw."]
    assert opened == ["joost-1.db", "andere naam.db", "y.db"]
    assert look() == (found, ["joost-1.db", "andere naam.db"])


def test_one_that_runs_or_changed_just_now_is_opened_each_time(look: Look, folder: Path) -> None:
    running = begin(folder / "z.db", "Geheim")
    later = 2 * time.time_ns()
    os.utime(folder / "x5.db", ns=(later, later))
    look()
    assert look()[1] == ["joost-1.db", "joost-2.db", "x5.db", "z.db"]
    running.close()


def test_what_is_damaged_or_no_session_stays_passed_over(look: Look, folder: Path) -> None:
    aged(Path(shutil.copy(folder / "x0.db", folder / "y.db"))).write_bytes(b"SQLite format 3\x00" + b"\xff" * 4000)
    aged(folder / "y.db")
    (folder / "folder.db").mkdir()
    found, _opened = look()
    assert sorted(found) == ["Trouw", "trouw."]
    assert look()[0] == found


def test_what_is_kept_names_nobody_is_for_its_owner_and_may_go(look: Look, folder: Path) -> None:
    found, opened = look()
    (list_,) = kept(folder)
    told = list_.read_text("utf-8").casefold() + list_.name
    assert [word for word in ("joost", "trouw", "geheim", "sessions", ".db") if word in told] == []
    if os.name == "posix":
        assert stat.S_IMODE(list_.stat().st_mode) == 0o600
        assert stat.S_IMODE(list_.parent.stat().st_mode) == 0o700
    for content in ("[1]", "{", ""):
        list_.write_text(content)
        assert look() == (found, opened)
    list_.unlink()
    assert look() == (found, opened)
    shutil.rmtree(folder.parent / "state")
    (folder.parent / "state").write_text("no folder")
    assert look() == (found, opened)


def test_of_few_files_nothing_is_kept(look: Look, folder: Path) -> None:
    for file in folder.glob("x*.db"):
        file.unlink()
    assert look()[1] == look()[1] == ["joost-1.db", "joost-2.db"]
    assert kept(folder) == []
