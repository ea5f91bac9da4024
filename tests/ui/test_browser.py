"""A link opens outside the terminal, or not at all."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from unittest.mock import patch

import pytest

from kring.session.session import Session
from kring.ui import browser
from ui.live import live, press, said

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
    browser._open(LINK)
    *names, session_id, link = told.read_text("utf-8").splitlines()
    assert names == ["/dev/null"] * 3
    assert int(session_id) != os.getsid(0)
    assert link == LINK
