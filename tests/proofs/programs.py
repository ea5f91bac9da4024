"""The programs under proof: kring in line mode, and the specimen that shows that the proofs work."""

import importlib.util
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from kring.system.sqlite import sqlite3
from proofs.line_process import LineProcess

HERE = Path(__file__).parent
NOTE = re.compile(rb"proof \d{4}-\d{4}")


def note_text(writer: int, number: int) -> str:
    """A text that no other note has."""
    return f"proof {writer:04}-{number:04}"


def note_line(text: str) -> str:
    return f'note "{text}"'


def acknowledged_in(shown: bytes) -> set[str]:
    """The notes whose whole answer has been shown."""
    lines = shown.rpartition(b"\n")[0].split(b"\n")
    kept = [line for line in lines if b"NOT SAVED" not in line]
    return {found.decode() for line in kept for found in NOTE.findall(line)}


def notes_in(session: Path) -> set[str]:
    """The notes that a session file holds; a file from before its first table holds none."""
    connection = sqlite3.connect(str(session))
    try:
        return {text for (text,) in connection.execute("select text from notes")}
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error):
            raise
        return set()
    finally:
        connection.close()


def why_half_made(session: Path) -> str | None:
    """What a session file says that has its name and not yet its tables."""
    if not session.exists():
        return None
    connection = sqlite3.connect(str(session))
    try:
        tables = connection.execute("select count(*) from sqlite_master where name in ('events', 'notes')").fetchone()[
            0
        ]
    finally:
        connection.close()
    return None if tables == 2 else "It has its name and no tables."


def session_in(folder: Path) -> Path:
    """The one session file of a folder."""
    (session,) = folder.glob("*.db")
    return session


@dataclass(frozen=True)
class Program:
    """A program with a line mode: how to start it in a folder, and what to type first and last."""

    name: str
    argv: Callable[[Path, str], list[str]]
    ready: Callable[[str], bool] = lambda line: ".db" in line
    first: Sequence[str] = ()
    last: Sequence[str] = ()

    def __str__(self) -> str:
        return self.name

    def opened(self, process: LineProcess) -> LineProcess:
        """Waits until a started process takes lines."""
        process.read_until(self.ready)
        return process

    def join(self, folder: Path, person: str = "Bo") -> LineProcess:
        """Starts the program on a session that runs already."""
        return self.opened(LineProcess(self.argv(folder, person)))

    def start(self, folder: Path, person: str = "Bo") -> LineProcess:
        """Starts the program on the session of `folder` and begins the session."""
        process = self.join(folder, person)
        for line in self.first:
            process.say(line)
        return process


def specimen(flaw: str = "") -> Program:
    def argv(folder: Path, _person: str) -> list[str]:
        flaws = [flaw] if flaw else []
        return [sys.executable, str(HERE / "specimen.py"), str(folder / "session.db"), *flaws]

    return Program(f"specimen-{flaw}" if flaw else "specimen", argv)


def kring(flaw: str = "") -> Program:
    """Kring in line mode; a folder that holds a session file already is resumed."""

    def argv(folder: Path, person: str) -> list[str]:
        command = [str(HERE / "kring_mutant.py"), flaw] if flaw else ["-m", "kring"]
        subject = next(folder.glob("*.db"), HERE / "plan.md")
        options = ["--plain", "--dir", str(folder), "--as", "assistant", "--name", person]
        return [sys.executable, *command, "--lang", "en", "run", str(subject), *options]

    return Program(f"kring-{flaw}" if flaw else "kring", argv, first=("start",), last=("quit",))


def why_no_kring() -> str | None:
    """Says why kring itself cannot be put to the test yet, or None when it can."""
    for module in ("kring.session.session", "kring.line_mode.conversation"):
        if importlib.util.find_spec(module) is None:
            return f"{module} is not there yet, so the proof runs on the specimen only."
    return None


NO_KRING = why_no_kring()
needs_kring = pytest.mark.skipif(NO_KRING is not None, reason=NO_KRING or "")
both_programs = pytest.mark.parametrize(
    "program", [pytest.param(specimen(), id="specimen"), pytest.param(kring(), id="kring", marks=needs_kring)]
)
