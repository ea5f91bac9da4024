"""Typed lines for the line mode, in this process, and a plan on disk for them."""

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from kring.cli import main

AT = "2026-12-03T19:30"

PLAN = """\
---
title: Loyaliteit groep 1
language: {language}
start: 2026-12-03 19:30
length: 60 min
moderator: Els
assistant: Bo
link: https://vergadering.example/123
phone: 06-00000000
---

# Welkom (8 min)
1. Wie bent u?

# Ervaringen (30 min)
2. Vertel eens over de laatste keer. ! {{key}}
   - wat ging goed
   - wat ging fout
   @yield een moment; een reden
3. Welk cijfer geeft u?
   @poll Cijfer: 0-10
@stimulus A: Concept

# Afsluiting (10 min)
4. Wat vergaten we?

# Participants
| code | name | segment |
| P1 | Joost | trouw |
| P2 | Anna | nieuw |
| P3 | Fatima | trouw |
| P4 | Piet | nieuw |

# Checklist
## Half an hour before
- [ ] link sent
## At the start !
- [ ] recording runs
## Afterwards
- [ ] recording saved
"""


class Answers(NamedTuple):
    """What a run in line mode said: its exit code, and its lines, without the greeting where that is asked."""

    code: int
    lines: list[str]
    complaints: str

    @property
    def greeting(self) -> str:
        return next(line for line in self.lines if not line.startswith("· "))

    @property
    def answers(self) -> list[str]:
        begin = self.lines.index(self.greeting) + 1
        return self.lines[begin:-1]

    @property
    def last(self) -> str:
        return self.lines[-1]


Typist = Callable[..., Answers]


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    return write_plan(tmp_path)


def write_plan(folder: Path, language: str = "en") -> Path:
    file = folder / "plan.md"
    file.write_text(PLAN.format(language=language), "utf-8")
    return file


@pytest.fixture
def type_lines(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Typist:
    """Type lines into `kring run FILE --plain` and return what it said."""
    for name in ("CONFIG", "STATE", "LOG"):
        monkeypatch.setenv(f"KRING_{name}_DIR", str(tmp_path / "kring"))
    monkeypatch.chdir(tmp_path)

    def type_them(file: Path, *typed: str, options: str = f"--simulated-clock {AT}", text: bytes = b"") -> Answers:
        given = text or "".join(f"{line}\n" for line in typed).encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="latin-1"))
        code = main.main(["run", str(file), "--plain", *options.split()])
        said = capsys.readouterr()
        return Answers(code, said.out.splitlines(), said.err)

    return type_them
