"""What the live screens do without until somebody asks for it; figures of modules, for times depend on the computer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from kring.cli.late_modules import LATE
from kring.ui.toolkit.textual_start import LEFT_OUT
from lines import write_plan

MOST_READ = 250
"""Modules of kring that are read before the first screen; each takes about 0.3 ms of the start."""
MOST_RULES = 45
"""Rules of the style sheets of a first screen, of which each widget looks at all."""
AT_THE_FIRST_SCREEN = """
import json, sys
from kring.cli.late_modules import LATE
from kring.system import late
late.install(LATE)
from kring.ui.toolkit import textual_start
textual_start.prepare()
import asyncio
from kring.cli.main import main
from kring.ui import app

def run(*given, **more):
    async def look():
        screens = app.KringApp(*given, **more)
        async with screens.run_test(size=(100, 30)) as pilot:
            await pilot.pause()
            left_out = [name for name in textual_start.LEFT_OUT if sys.modules[name].__spec__ is None]
            known = [name for name in sys.modules if name.split(".")[0] == "kring"]
            told = known, late.waiting(), left_out, len(screens.stylesheet.rules)
            print(json.dumps(told), file=sys.stderr)
    asyncio.run(look())
    return 0

app.KringApp._tick = lambda self: None  # after the first screen all of them are read
app.run = run
sys.stdin.isatty = sys.stdout.isatty = lambda: True
main(["run", *sys.argv[1:]])
"""


def test_what_is_read_late_is_there_and_named_once() -> None:
    assert len(set(LATE)) == len(LATE)
    assert [name for name in LATE if find_spec(name) is None] == []


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_left_out_has_the_names_that_are_imported_from_it(name: str) -> None:
    assert [each for each in LEFT_OUT[name] if not hasattr(import_module(name), each)] == []


@pytest.mark.parametrize("role", ["moderator", "assistant"])
def test_the_first_screen_reads_nothing_that_is_to_be_read_late(tmp_path: Path, role: str) -> None:
    plan = write_plan(tmp_path)

    def kring(*arguments: str, typed: str = "") -> str:
        variables = {f"KRING_{name}_DIR": str(tmp_path / "kring") for name in ("CONFIG", "STATE", "LOG")}
        run = subprocess.run(
            [sys.executable, *arguments],
            input=typed,
            cwd=tmp_path,
            env=os.environ | variables,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return run.stderr

    begun = "from kring.cli.main import main; import sys; main(['run', '--plain', *sys.argv[1:]])"
    kring("-c", begun, str(plan), typed="start anyway\nnote een\n")
    session = next(tmp_path.rglob("*.db"))
    told = kring("-c", AT_THE_FIRST_SCREEN, str(session), "--as", role, "--name", "Bo")
    known, waiting, left_out, rules = json.loads(told)
    of_kring = {name for name in LATE if name.startswith("kring.")}
    assert of_kring & {*known} - {*waiting} == set(), "imported by name, or used, before there is a screen"
    assert of_kring - {*known} == set(), "not imported at all: it need not be named"
    assert len({*known} - {*waiting}) <= MOST_READ
    assert {"ssl", "asyncio.sslproto"} <= {*waiting}, "no screen encrypts what goes over a network"
    assert "shutil" in waiting, "no command that is understood asks how wide the terminal is"
    assert left_out == [*LEFT_OUT], "read before it could be left out"
    assert rules <= MOST_RULES
