"""Evenings typed in line mode on a simulated clock, and what report and tables say of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from kring.privacy.snapshot import Snapshot, read
from kring.report.content import report_of
from kring.report.markdown import text
from kring.system.sqlite import sqlite3
from lines import Answers, Typist

HEAD = """---
title: T
language: {language}
start: 2026-12-03 19:30
{length}---
"""
PEOPLE = ("Joost", "Fatima", "Sanne", "Dirk", "Els")


class Evening(NamedTuple):
    """What was answered to the lines typed, and the session file."""

    said: Answers
    file: Path

    @property
    def snapshot(self) -> Snapshot:
        """Return what may leave the file."""
        return read(self.file)

    @property
    def report(self) -> str:
        """Return the report in Markdown."""
        return text(report_of(self.snapshot))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return what a query finds in the file."""
        with sqlite3.connect(f"file:{self.file}?mode=ro", uri=True) as reader:
            return reader.execute(query).fetchall()

    def talk(self) -> dict[str, tuple[Any, ...]]:
        """Return talk share in whole per cent and balance index of everybody, by code."""
        query = "select participant, round(share_percent), balance_index from talk_time"
        return {code: (share, index) for code, share, index in self.rows(query)}


def plan(guide: str, people: int = 2, minutes: int | None = 60, language: str = "en", segments: str = "") -> str:
    """Return a plan with a guide and so many participants, who consent to everything."""
    head = HEAD.format(language=language, length=f"duration: {minutes} min\n" if minutes else "")
    title = "segment | " if segments else ""
    rows = [f"| P{n} | {name} | {segments.split()[n - 1] + ' | ' if segments else ''}all |" for n, name in
            enumerate(PEOPLE[:people], 1)]  # fmt: skip
    table = "\n".join([f"| code | name | {title}consent |", "|--|--|--|" + ("--|" if segments else ""), *rows])
    return f"{head}{guide}\n# Participants\n{table}\n"


def evening(type_lines: Typist, folder: Path, plan_text: str, *lines: str) -> Evening:
    """Type lines on the evening of a plan."""
    file = folder / "plan.md"
    file.write_text(plan_text, "utf-8")
    said = type_lines(file, *lines)
    assert not [line for line in said.answers if line.startswith("!")], said.answers
    return Evening(said, next(folder.glob("*.db")))
