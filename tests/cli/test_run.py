"""`kring run` with screens: what comes before them, and what is said after them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from acting import act, waiting_act
from kring.cli import main
from kring.session.session import Session
from kring.system.sqlite import sqlite3
from lines import write_plan

Screens = Callable[..., int]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., int]:
    """Run `kring run PLAN` with screens of the test's own, on a terminal or not."""
    monkeypatch.chdir(tmp_path)
    for name in ("CONFIG", "STATE", "LOG"):
        monkeypatch.setenv(f"KRING_{name}_DIR", str(tmp_path / "kring"))

    def run_it(screens: Screens, *, terminal: bool = True, folder: Path = tmp_path) -> int:
        monkeypatch.setattr(sys.stdin, "isatty", lambda: terminal)
        monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
        monkeypatch.setattr("kring.ui.app.run", screens)
        return main.main(["run", str(write_plan(folder))])

    return run_it


def never(*_: object, **__: object) -> int:
    raise AssertionError("no screen may be drawn")


def test_without_a_terminal_one_sentence_points_to_plain_and_no_file_is_made(
    run: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(never, terminal=False) == 1
    said = capsys.readouterr()
    plan = tmp_path / "plan.md"
    assert said.err == f"kring: The screens need a terminal; without one use: kring run --plain {plan}\n"
    assert said.out == ""
    assert list(tmp_path.rglob("*.db")) == []


def test_acts_that_still_wait_at_the_end_are_told_and_are_a_failure(
    run: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    others = []

    def screens(session: Session, *_: object, **__: object) -> int:
        act(session, "start anyway")
        others.append(sqlite3.connect(str(session.store.path), isolation_level=None))
        others[0].execute("begin immediate")
        waiting_act(session, "note een")
        waiting_act(session, "note twee")
        return 0

    assert run(screens) == 1
    assert capsys.readouterr().err == "kring: 2 acts were NOT SAVED.\n"
    others[0].close()


def test_what_waited_and_is_saved_at_the_end_is_no_failure(
    run: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    def screens(session: Session, *_: object, **__: object) -> int:
        act(session, "start anyway")
        other = sqlite3.connect(str(session.store.path), isolation_level=None)
        other.execute("begin immediate")
        assert waiting_act(session, "note een") is None
        other.close()
        return 0

    assert run(screens) == 0
    assert capsys.readouterr().err == ""


def test_the_screens_hear_of_a_folder_that_is_kept_in_sync(run: Callable[..., int], tmp_path: Path) -> None:
    heard: list[str] = []

    def screens(*_: object, warnings: tuple[object, ...], **__: object) -> int:
        heard.extend(map(str, warnings))
        return 0

    synced = tmp_path / "Dropbox"
    synced.mkdir()
    assert run(screens, folder=synced) == 0
    assert len(heard) == 1
    assert "cloud service" in heard[0]


def test_a_session_loads_nothing_that_only_its_aftermath_needs(tmp_path: Path) -> None:
    code = f"""
import sys
from kring.cli.main import main
main(["run", "--plain", {str(write_plan(tmp_path))!r}])
import kring.ui.app
late = ("pydantic", "sqlite_utils", "numpy", "soundfile", "jinja2", "xlsxwriter", "snowballstemmer", "tomlkit")
print([name for name in late if name in sys.modules], file=sys.stderr)
"""
    run = subprocess.run(
        [sys.executable, "-c", code],
        input="start anyway\nnote een\nend\n",
        cwd=tmp_path,
        env=os.environ | {f"KRING_{name}_DIR": str(tmp_path / "kring") for name in ("CONFIG", "STATE", "LOG")},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert run.stderr == "[]\n"
