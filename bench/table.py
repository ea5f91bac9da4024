"""The one table that the bench prints, and the same as JSON."""

import os
import platform
import sys
import textwrap
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from measure import Compare, Row, quartiles

from kring.system.sqlite import sqlite3

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
HEADINGS = ("what", "floor", "kring", "compared [quartiles]", "limit", "")


def circumstances() -> dict[str, str | float | int]:
    """What a reader must know to compare two runs; nothing about the person or the names of machines."""
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "processors": os.cpu_count() or 1,
        "load at the beginning": os.getloadavg()[0],
        "sqlite": sqlite3.sqlite_version,
        "textual": version("textual"),
    }


def printed(rows: Sequence[Row], about: dict[str, str | float | int]) -> str:
    """The table as text, aligned."""
    lines = [HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    body = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    body.insert(1, "  ".join("─" * width for width in widths))
    body.append("")
    body.append(", ".join(f"{name} {_number(value)}" for name, value in about.items()))
    return "\n".join(body)


def write_into(page: Path, rows: Sequence[Row], about: dict[str, str | float | int]) -> None:
    """Put the figures into a page, between its two marks."""
    text = page.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{page.name} has no place for the figures: {BEGIN} … {END}")
    told = ", ".join(f"{name} {_number(value)}" for name, value in about.items())
    measured = textwrap.fill(f"Measured by `bench/run.py`: {told}.", 120)
    lines = [HEADINGS, ("---", *["---:"] * (len(HEADINGS) - 2), "---"), *(_cells(row) for row in rows)]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    page.write_text(f"{before}{begin}\n{measured}\n\n{table}\n{end}{after}", encoding="utf-8")


def as_json(rows: Sequence[Row], about: dict[str, str | float | int]) -> dict[str, object]:
    """The same figures for a machine."""
    return {
        "about": about,
        "command": " ".join(["bench/run.py", *sys.argv[1:]]),
        "rows": [
            {
                "name": row.name,
                "what": row.what,
                "unit": row.unit,
                "compare": row.compare.name.lower(),
                "limit": row.limit,
                "floor": row.floor,
                "kring": row.kring,
                "quartiles": quartiles(row.values()) if row.kring else None,
                "holds": row.holds,
                "remark": row.remark,
            }
            for row in rows
        ],
    }


def _cells(row: Row) -> tuple[str, ...]:
    verdict = {True: "holds", False: "MISSED", None: row.remark or ("" if row.kring else "not measured")}[row.holds]
    limit = _limit(row)
    return (
        row.what,
        _figure(row.floor, row.unit),
        _figure(row.kring, row.unit),
        _compared(row),
        limit,
        verdict,
    )


def _figure(figures: Sequence[float], unit: str) -> str:
    return f"{_number(quartiles(figures)[1])} {unit}" if figures else "–"


def _compared(row: Row) -> str:
    if not row.kring:
        return "–"
    low, middle, high = (_number(value) for value in quartiles(row.values()))
    match row.compare:
        case Compare.RATIO:
            return f"{middle}× [{low}–{high}]"
        case Compare.EXCESS:
            return f"+{middle} {row.unit} [{low}–{high}]"
        case Compare.AT_MOST:
            return f"{middle} {row.unit} [{low}–{high}]"
        case Compare.EXACT:
            return middle


def _limit(row: Row) -> str:
    if row.limit is None:
        return "–"
    match row.compare:
        case Compare.RATIO:
            return f"≤ {_number(row.limit)}×"
        case Compare.EXCESS:
            return f"≤ +{_number(row.limit)} {row.unit}"
        case Compare.AT_MOST:
            return f"≤ {_number(row.limit)} {row.unit}".rstrip()
        case Compare.EXACT:
            return f"= {_number(row.limit)}"


def _number(value: str | float) -> str:
    if isinstance(value, str | int):
        return str(value)
    if value == 0:
        return "0"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
