"""The real program on real terminals: two people on one file, and a burst of keys of which none gets lost."""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyte
import pytest

from kring.domain.plan import Plan
from kring.session import session as sessions
from kring.session.session import Me
from kring.system.clock import SystemClock
from kring.system.sqlite import sqlite3
from ui.live import begin

PATIENCE_S = 120
NOTES = "select json_extract(data, '$.text') from events where kind = 'note_added' order by seq"
TURNS = "select json_extract(data, '$.participant') from events where kind = 'floor_given' order by seq"


class Program:
    """`kring run` on a terminal of 100 by 30."""

    def __init__(self, file: Path, role: str, name: str) -> None:
        self.screen = pyte.Screen(100, 30)
        self._stream = pyte.ByteStream(self.screen)
        self.terminal, inside = os.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        folders = {f"KRING_{name}_DIR": str(file.parent) for name in ("CONFIG", "STATE", "LOG")}
        environment = {**os.environ, **folders, "TERM": "xterm-256color"}
        for unwanted in ("COLUMNS", "LINES", "NO_COLOR"):
            environment.pop(unwanted, None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kring", "--lang", "en", "run", str(file), "--as", role, "--name", name],
            stdin=inside,
            stdout=inside,
            stderr=inside,
            env=environment,
            start_new_session=True,
        )
        os.close(inside)

    def type(self, keys: str) -> None:
        left = keys.encode()
        while left:
            left = left[os.write(self.terminal, left[:512]) :]
            self._look(0)

    def text(self) -> str:
        return "\n".join(self.screen.display)

    def wait_for(self, wanted: str | Callable[[], bool]) -> None:
        shown = wanted if callable(wanted) else lambda: wanted in self.text()
        end = time.monotonic() + PATIENCE_S
        while not shown():
            assert time.monotonic() < end, f"{wanted} is not on:\n{self.text()}"
            self._look(0.1)

    def ended(self) -> int:
        end = time.monotonic() + PATIENCE_S
        while self.process.poll() is None:
            assert time.monotonic() < end, "the program did not end"
            self._look(0.05)
        return self.process.returncode

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.terminal)

    def _look(self, patience_s: float) -> None:
        while select.select([self.terminal], [], [], patience_s)[0]:
            with contextlib.suppress(OSError):
                arrived = os.read(self.terminal, 65_536)
                self._stream.feed(arrived)
                if b"\x1b[?2026$p" in arrived:
                    os.write(self.terminal, b"\x1b[?2026;0$y")
                if arrived:
                    continue
            return


@pytest.fixture
def file(tmp_path: Path, plan: Plan) -> Path:
    path = tmp_path / "session.db"
    session = sessions.begin(path, plan, SystemClock(), Me("Els", "moderator", "device"))
    begin(session)
    session.close()
    return path


@pytest.fixture
def run(file: Path) -> Iterator[Callable[[str, str], Program]]:
    running: list[Program] = []

    def started(role: str, name: str) -> Program:
        running.append(Program(file, role, name))
        running[-1].wait_for("Wie bent u?")
        return running[-1]

    yield started
    for program in running:
        program.close()


def rows(file: Path, query: str) -> list[tuple[str | int | None, ...]]:
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
        return [tuple(row) for row in connection.execute(query)]


def test_two_programs_see_each_other(file: Path, run: Callable[[str, str], Program]) -> None:
    moderator, assistant = run("moderator", "Els"), run("assistant", "Bo")
    moderator.type("3")
    assistant.wait_for("▶ 3 Fatima")
    assistant.type("cP6 wil iets zeggen\r")
    moderator.wait_for("P6 wil iets zeggen")
    moderator.type('n"te duur #prijs\r')
    assistant.wait_for("“te duur”")
    moderator.type("\r")
    assistant.wait_for("✓ ")
    moderator.type("\x11y")
    assert moderator.ended() == 0
    assistant.type("4")
    assistant.wait_for("▶ 4 Piet")
    assistant.type("\x1b[24~y")  # F12
    assistant.wait_for("one finished file")
    assistant.type("\x11")
    assert assistant.ended() == 0
    assert rows(file, "select text, participant, author from notes") == [("te duur", "P3", "Els")]
    assert rows(file, "select seen_by from cues") == [("Els",)]
    assert [path.name for path in file.parent.glob("session.db*")] == ["session.db"]


def test_a_burst_of_a_thousand_keys_loses_none(file: Path, run: Callable[[str, str], Program]) -> None:
    program = run("assistant", "Bo")
    before = rows(file, "select count(*) from events")[0][0]
    burst = ""
    acts = 0
    while len(burst) < 1000:
        seat = acts % 8 + 1
        burst += f"{seat}nnotitie {acts} #een @{seat}\r c5a{seat}{'3' if acts % 2 else '1'}a{seat}2h{seat}"
        acts += 1
    program.type(burst)
    notes = [f"notitie {number}" for number in range(acts)]
    program.wait_for(lambda: rows(file, "select count(*) from events")[0][0] == before + 7 * acts)
    assert [row[0] for row in rows(file, NOTES)] == notes
    turns = [row[0] for row in rows(file, TURNS)]
    assert turns == [code for number in range(acts) for code in (f"P{number % 8 + 1}", None)]
    assert len(rows(file, "select id from cues")) == acts
    program.wait_for(notes[-1])
    program.type("\x11y")
    assert program.ended() == 0
