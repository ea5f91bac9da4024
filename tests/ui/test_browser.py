"""A link opens outside the terminal, or not at all."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from msgspec.structs import replace

from acting import act
from conftest import make_plan
from kring.domain.plan import GuideItem
from kring.domain.text import Refused
from kring.session.session import Session
from kring.ui import browser
from ui.live import begin, live, press, said

LINK = "https://vergadering.example/123"
BROWSER = """\
import os, sys
names = [os.readlink(f"/proc/self/fd/{{number}}") for number in (0, 1, 2)]
open({told!r}, "w").write("\\n".join([*names, str(os.getsid(0)), sys.argv[1]]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have a screen")
async def test_without_a_screen_nothing_opens_and_copying_is_offered(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    async with live(session) as (app, pilot):
        with patch("kring.ui.browser.open_link") as opened:
            await press(pilot, "o")
        opened.assert_not_called()
        assert said(app) == "? There is no screen for a browser here; ctrl+y copies the link."
        await press(pilot, "ctrl+y")
        assert app.clipboard == LINK


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_browser_cannot_reach_the_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told, script, program = tmp_path / "told", tmp_path / "browser.py", tmp_path / "browser"
    script.write_text(BROWSER.format(told=str(told)), "utf-8")
    program.write_text(f'#!/bin/sh\nexec {shlex.join([sys.executable, str(script)])} "$@"\n', "utf-8")
    program.chmod(0o700)
    monkeypatch.setenv("BROWSER", str(program))
    browser._run([sys.executable, "-P", "-m", "webbrowser", LINK])
    *names, session_id, link = told.read_text("utf-8").splitlines()
    assert names == ["/dev/null"] * 3
    assert int(session_id) != os.getsid(0)
    assert link == LINK


@pytest.fixture
def showing(session: Session) -> Session:
    begin(session)
    act(session, "show A")
    return session


async def test_what_is_on_now_is_opened_in_its_viewer(showing: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    folder = showing.store.path.parent
    async with live(showing) as (app, pilot):
        with patch("kring.ui.browser.open_file") as opened:
            await press(pilot, "o")
            assert said(app) == "? The file a.png is not beside the plan."
            (folder / "a.png").write_bytes(b"")
            await press(pilot, "o")
        opened.assert_called_once_with((folder / "a.png").resolve())
        assert said(app) == "Opened: A Concept a.png"


async def test_a_whiteboard_goes_before_the_meeting_and_what_was_taken_away_is_gone(session: Session) -> None:
    plan = make_plan()
    board = GuideItem(
        id="bord", parent="cijfer", position=90, kind="activity", text="Whiteboard", url="https://miro.example/1"
    )
    session.read_plan(replace(plan, guide=(*plan.guide, board)))
    begin(session)
    act(session, "go 2.2", "show A")  # its file is no link for anybody else
    async with live(session) as (app, pilot):
        await press(pilot, "ctrl+y")
        assert app.clipboard == "https://miro.example/1"
        act(session, "go 4.1")
        await press(pilot, "ctrl+y")
        assert app.clipboard == LINK


@pytest.mark.parametrize(
    "name", ["../secret.png", "/etc/passwd", "away.png", "run.sh", "setup.exe", "page.html", "link.png", "folder.png"]
)
def test_only_what_shows_something_and_lies_beside_the_plan_is_opened(tmp_path: Path, name: str) -> None:
    beside = tmp_path / "plan"
    (beside / "folder.png").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(b"")
    for there in ("run.sh", "setup.exe", "page.html"):
        (beside / there).write_bytes(b"")
    (beside / "link.png").symlink_to(tmp_path / "secret.png")
    with pytest.raises(Refused):
        browser.file_in(beside, name)


@pytest.mark.parametrize("name", ["a.png", "map/B.PDF", "map\\B.PDF", "-rf.png", "a b.mp4"])
def test_a_file_beside_the_plan_is_found(tmp_path: Path, name: str) -> None:
    (tmp_path / "map").mkdir()
    for there in ("a.png", "map/B.PDF", "-rf.png", "a b.mp4"):
        (tmp_path / there).write_bytes(b"")
    assert browser.file_in(tmp_path, name).is_file()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have their own viewer")
def test_no_program_of_the_current_folder_opens_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "xdg-open").write_text("#!/bin/sh\ntouch opened\n", "utf-8")
    (tmp_path / "xdg-open").chmod(0o700)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f".{os.pathsep}")
    with pytest.raises(Refused, match="xdg-open is missing"):
        browser.open_file(tmp_path / "a.png")
    assert not (tmp_path / "opened").exists()
