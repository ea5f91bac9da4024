"""What an act asks of the files it is written into: each is there, is the one that was opened, and lost no end."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kring.store.guard import COMPANIONS, Condition, Guard

ENDINGS = ("", *COMPANIONS)


@pytest.fixture
def guard(tmp_path: Path) -> Iterator[Guard]:
    for ending in ENDINGS:
        _file(tmp_path, ending).write_bytes(bytes(2_000))
    guard = Guard(_file(tmp_path, ""))
    assert guard.has_all()
    yield guard
    guard.close()


def _file(folder: Path, ending: str) -> Path:
    return folder / f"session.db{ending}"


def _replace(path: Path) -> None:
    path.with_name("other").write_bytes(bytes(3_000))
    path.with_name("other").replace(path)


HAPPENS: dict[str, Callable[[Path], object]] = {
    "deleted": Path.unlink,
    "moved": lambda path: path.rename(path.with_name("elsewhere")),
    "replaced by a longer one": _replace,
    "cut": lambda path: os.truncate(path, 1_999),
    "emptied": lambda path: os.truncate(path, 0),
}


@pytest.mark.parametrize("happens", HAPPENS.values(), ids=HAPPENS)
@pytest.mark.parametrize("ending", ENDINGS, ids=("file", "log", "shared memory"))
def test_an_act_sees_what_became_of_any_of_the_files(
    guard: Guard, tmp_path: Path, ending: str, happens: Callable[[Path], object]
) -> None:
    happens(_file(tmp_path, ending))
    assert not guard.has_all()
    assert guard.look() >= Condition.SHORTER


@pytest.mark.parametrize("ending", COMPANIONS, ids=("log", "shared memory"))
def test_a_file_that_grew_may_not_lose_that_again(guard: Guard, tmp_path: Path, ending: str) -> None:
    os.truncate(_file(tmp_path, ending), 5_000)
    assert guard.has_all()
    os.truncate(_file(tmp_path, ending), 4_000)
    assert not guard.has_all()


def test_what_is_written_into_the_file_itself_is_no_alarm_to_an_act(guard: Guard, tmp_path: Path) -> None:
    os.truncate(_file(tmp_path, ""), 5_000)
    assert guard.has_all()
    assert guard.look() is Condition.TOUCHED


def test_a_folder_that_was_moved_is_seen(guard: Guard, tmp_path: Path) -> None:
    tmp_path.rename(tmp_path.with_name("moved"))
    assert not guard.has_all()
    tmp_path.with_name("moved").rename(tmp_path)
    assert guard.has_all()


def test_files_that_came_after_the_guard_are_known_from_the_first_look_on(tmp_path: Path) -> None:
    _file(tmp_path, "").write_bytes(bytes(2_000))
    guard = Guard(_file(tmp_path, ""))
    for ending in COMPANIONS:
        assert not guard.has_all()
        _file(tmp_path, ending).write_bytes(bytes(2_000))
        assert guard.look() is Condition.AS_LEFT
    assert guard.has_all()
    guard.close()
