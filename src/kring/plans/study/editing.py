"""One field of a study's text changed in its place; every other sign of the text stays as somebody wrote it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kring.domain.text import KringError, folded
from kring.plans.escapes import put_back
from kring.plans.front_matter import read_header, squeezed
from kring.plans.lines import Line, cells, is_ruler, without_emphasis
from kring.plans.plan_reader import text_lines
from kring.plans.study.entries import Entry, Section, entries_of, sections_of
from kring.plans.study.words import COLUMNS, COLUMNS_IN_WORDS, KEYS, SectionName, word_of
from kring.plans.study.writer import as_cell, as_value

_BAR = re.compile(r"(?<!\\)\|")
_VALUE = re.compile(r"(:[ \t]*)(.*?)([ \t]*)$")


class NewCell(NamedTuple):
    """What a new cell says, and the heading of its column."""

    heading: str
    value: str


def with_field(text: str, section: SectionName, code: str, column: str, value: str, language: str) -> str:
    """Return a text in which the entry with this code, or name, says something else in one column.

    Raises KringError where there is no such entry, or its field is a list of its own.
    """
    lines = text_lines(text)
    found = _find(lines, section, code)
    if found is None:
        raise KringError("{code} is no longer in the text of the study.", code=code)
    part, entry = found
    raw = text.split("\n")
    place = entry.places.get(column)
    if place is not None and place[1] is not None and "|" not in lines[place[0] - 1].wide:
        raise KringError("Line {line} has tabs between its cells; change it in the text.", line=place[0])
    if place is not None and place[1] is not None:
        raw[place[0] - 1] = _with_cell(raw[place[0] - 1], place[1], as_cell(value))
    elif place is not None and column != "text":
        is_list_below = bool(entry.fields.get(column))
        raw[place[0] - 1] = _with_value(raw[place[0] - 1], as_value(value), place[0], is_list_below)
    elif any(cell is not None for _line, cell in entry.places.values()):
        heading = word_of(COLUMNS_IN_WORDS[section][column], language)
        _add_cell(raw, lines, part, entry, column, NewCell(heading, as_cell(value)))
    else:
        _add_key(raw, entry, word_of(COLUMNS_IN_WORDS[section][column], language), as_value(value))
    return "\n".join(raw)


def _find(lines: Sequence[Line], section: SectionName, code: str) -> tuple[Section, Entry] | None:
    header = read_header(list(lines), KEYS)
    number = 0
    for part in sections_of(lines[header.lines :]):
        if part.name != section:
            continue
        for entry in entries_of(part, {}, lambda *_told, **_values: None)[0]:
            if section in ("findings", "hypotheses", "actions"):
                number += bool(entry.fields.get("text"))
                written = entry.fields.get("code", "") or str(number)
                letter = section[0].upper()
                is_it = folded(code) in (folded(written), folded(f"{letter}{written}"))
            else:
                is_it = folded(code) == folded(entry.fields.get("name", ""))
            if is_it and (entry.fields.get("text") or entry.fields.get("name")):
                return part, entry
    return None


def _with_cell(raw: str, place: int, value: str) -> str:
    """Return a row with another cell; it stays as wide where the new text fits."""
    bars = [found.start() for found in _BAR.finditer(raw)]
    begins = len(raw) - len(raw.lstrip())
    starts = [bar + 1 for bar in bars] if raw[begins : begins + 1] == "|" else [begins, *(bar + 1 for bar in bars)]
    start = starts[place]
    end = next((bar for bar in bars if bar >= start), len(raw))
    room = end - start - 2
    return f"{raw[:start]} {value.ljust(max(room, 0))} {raw[end:]}"


def _with_value(raw: str, value: str, line: int, is_list_below: bool) -> str:
    found = _VALUE.search(raw)
    if found is None or (not found[2] and is_list_below):
        raise KringError("Line {line} is a list; change it in the text.", line=line)
    sign = ": " if found[1] == ":" and not found[2] else found[1]
    return f"{raw[: found.start()]}{sign}{value}{found[3]}"


def _add_cell(raw: list[str], lines: Sequence[Line], part: Section, entry: Entry, column: str, told: NewCell) -> None:
    """Add a cell to the row of an entry; where its table has no such column, that too, to its head and below that."""
    rows = [line for line in part.lines if "|" in line.wide and line.number <= entry.line]
    rulers = [line for line in rows if is_ruler(cells(line))][-1:]
    head = next((line for line in rows if rulers and line.number == rulers[0].number - 1), rows[0])
    headings = [COLUMNS[part.name or "actions"].get(squeezed(put_back(without_emphasis(cell)))) for cell in cells(head)]
    place = headings.index(column) if column in headings else len(headings)
    changed = [(lines[entry.line - 1], told.value)]
    if place == len(headings):
        changed += [(head, told.heading), *((ruler, "---") for ruler in rulers)]
    for line, text in changed:
        row = raw[line.number - 1].rstrip()
        row += "" if row.endswith("|") else " |"
        raw[line.number - 1] = row + "  |" * (place - len(cells(line))) + f" {text} |"


def _add_key(raw: list[str], entry: Entry, key: str, value: str) -> None:
    """Add a field below an entry of a list, after what stands below it already."""
    own = raw[entry.line - 1]
    below = next((raw[at - 1] for at in range(entry.line + 1, entry.last + 1) if raw[at - 1].strip()), "")
    indent = below[: len(below) - len(below.lstrip())] if below else f"{own[: len(own) - len(own.lstrip())]}  "
    is_heading = own.lstrip().startswith("#")
    raw.insert(entry.last, f"{'' if is_heading and not below else indent}- {key}: {value}")
