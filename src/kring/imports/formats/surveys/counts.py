"""Tables that say how often each answer was given, and not who gave it: they look like answers, and are none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kring.domain.text import folded
from kring.imports.formats.surveys.columns import role_of
from kring.imports.formats.surveys.head import Head, cells_at
from kring.imports.formats.surveys.words import ANSWERED, ASKED, COUNTS, NUMBERS
from kring.imports.tables.rows import Row
from kring.imports.tables.words import is_summary

_COUNT = re.compile(r"\d{1,9}")
_SHARE = re.compile(r"\d{1,3}(?:[.,]\d+)?\s?%")
_OF_HOW_MANY = re.compile(r"\s*[(\[]\s*(?:n|%|n\s*=\s*\d+)\s*[)\]]$", re.IGNORECASE)
_LABELS = 2
"""How many columns say what is counted: the answer, with or without its question."""


def are_counts(rows: Sequence[Row], head: Head) -> bool:
    """Whether the rows under a head are answers with how often each was given.

    That is a column of whole numbers or shares that is headed as a count, beside one or two that hold no two rows
    alike, and none that tells who answered, or when.
    """
    body = [row for row in rows[head.first :] if row.cell(0) and not is_summary(row.cell(0))]
    if len(body) < 2:
        return False
    columns = dict(enumerate(cells_at(body, place) for place in range(len(head.headings))))
    counted = {place: cells for place, cells in columns.items() if _are_counted(head.headings[place], cells)}
    if any(_is_of_a_person(heading) for place, heading in enumerate(head.headings) if place not in counted):
        return False
    others = {place: cells for place, cells in columns.items() if place not in counted and not _are(_SHARE, cells)}
    others = _without_parts(others, counted)
    labels = [tuple(row.cell(place) for place in others) for row in body]
    return bool(counted) and 0 < len(others) <= _LABELS and len(labels) == len(set(labels))


def are_answers(rows: Sequence[Row], head: Head) -> bool:
    """Whether each row under a head is one answer to one question, of which several are asked or answered."""
    headings = [folded(heading).strip(" :.") for heading in head.headings]
    asked = next((place for place, heading in enumerate(headings) if heading in ASKED), None)
    if asked is None or not any(heading in ANSWERED for heading in headings):
        return False
    questions = [cell for cell in cells_at(rows[head.first :], asked) if cell]
    return len(set(questions)) < len(questions)


def _without_parts(others: dict[int, list[str]], counted: dict[int, list[str]]) -> dict[int, list[str]]:
    """Return columns without those of which a count is the sum in each row: the counts of groups, beside an answer."""
    parts = [place for place, cells in others.items() if place and _are(_COUNT, cells) and all(cells)]
    sums = [str(sum(map(int, cells))) for cells in zip(*(others[place] for place in parts), strict=True)]
    if len(parts) < 2 or sums not in counted.values():
        return others
    return {place: cells for place, cells in others.items() if place not in parts}


def _are_counted(heading: str, cells: Sequence[str]) -> bool:
    bare = folded(_OF_HOW_MANY.sub("", heading)).strip(" :.")
    return bare in COUNTS and (_are(_COUNT, cells) or _are(_SHARE, cells))


def _are(form: re.Pattern[str], cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(map(form.fullmatch, filled))


def _is_of_a_person(heading: str) -> bool:
    """Whether a heading alone says that a column tells who somebody is, or when they answered."""
    return folded(heading).strip(" *:.") in NUMBERS or role_of(heading, (), 0) is not None
