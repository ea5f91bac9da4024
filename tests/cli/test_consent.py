"""From a list with ordinary words of consent to what leaves: only who said yes is quoted, and everybody is told so."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from kring.cli import main
from lines import AT, Typist, type_lines

__all__ = ("type_lines",)

PLAN = """\
---
titel: Proef
taal: {language}
start: 2026-12-03 19:30
duur: 30 min
deelnemers: list.csv
---
# A (30 min)
1. Wie bent u?
"""
WORDS = {
    "P1": "alles behalve citeren",
    "P2": "alles, behalve citeren",
    "P3": "ja, niet citeren",
    "P4": "deelname, geluid, citeren: nee",
    "P5": "wil niet geciteerd worden",
    "P6": "alles",
    "P7": "liever niet",
    "P8": "",
    "P9": "audio and quoting",
    "P10": "yes, but not my name",
}
QUOTED = {"P6", "P9"}


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    rows = [f"{code};Naam{code[1:]};{words}" for code, words in WORDS.items()]
    (tmp_path / "list.csv").write_text("\n".join(["code;naam;toestemming", *rows]), "utf-8")
    file = tmp_path / "plan.md"
    file.write_text(PLAN.format(language="nl"), "utf-8")
    return file


def test_only_who_said_yes_is_quoted_in_the_report_and_the_exports(
    plan: Path,
    type_lines: Typist,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    quotes = [f'note @{seat} "citaat van {code}"' for seat, code in enumerate(WORDS, 1)]
    said = type_lines(plan, "start", "next", *quotes, "end", "quit")
    marked = [answer for answer in said.answers if answer.startswith("Citaat")]
    assert [answer for answer in marked if answer.endswith(("citeren)", "citeren?)"))] == [
        answer for code, answer in zip(WORDS, marked, strict=True) if code not in QUOTED
    ]
    (session,) = tmp_path.glob("*.db")
    assert main.main(["report", str(session), "-o", str(tmp_path / "r.md"), "--names"]) == 0
    report = (tmp_path / "r.md").read_text("utf-8")
    assert {code for code in WORDS if f"citaat van {code}”" in report} == QUOTED
    assert "8 citaten zijn weggelaten (geweigerd: 7, toestemming niet bekend: 1)." in report
    assert main.main(["export", str(session), "--to", "csv", "-o", str(tmp_path / "c.zip")]) == 0
    capsys.readouterr()
    with zipfile.ZipFile(tmp_path / "c.zip") as tables:
        left = tables.read("quotes.csv").decode("utf-8-sig")
    assert set(re.findall(r"citaat van (P\d+)", left)) == QUOTED


def test_check_names_each_cell_that_is_not_understood(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main.main(["check", str(plan)])
    said = capsys.readouterr().out
    for code, words in WORDS.items():
        assert (f"“{words}”" in said) is (code in {"P5", "P7", "P10"}), words
    assert "list.csv:6" in said
    assert "plan.md: No consent on the list of: P8." in said or "plan.md: Geen toestemming op de lijst van: P8." in said


def test_who_walks_in_is_quoted_once_they_consented(plan: Path, type_lines: Typist, tmp_path: Path) -> None:
    type_lines(plan, "start", "next", "add Noor", 'note @noor "eerste"', "end", "quit")
    (session,) = tmp_path.glob("*.db")
    report = tmp_path / "r.md"
    main.main(["report", str(session), "-o", str(report)])
    assert "eerste" not in report.read_text("utf-8")
    type_lines(session, "toestemming noor ja (hardop)", "quit", options=f"--simulated-clock {AT[:-5]}20:30")
    main.main(["report", str(session), "-o", str(report)])
    assert "“eerste”" in report.read_text("utf-8")
    assert "hardop" in report.read_text("utf-8")
