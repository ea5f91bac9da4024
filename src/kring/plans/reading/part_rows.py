"""Rows of a table that name a part of the talk by its number, `Blok 2 | Welkom`, above the rows of what is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kring.domain.text import one_line
from kring.plans.escapes import put_back
from kring.plans.lines import read_line, without_emphasis
from kring.plans.marks import asks
from kring.plans.reading.columns import cell_box
from kring.plans.reading.labels import label_of
from kring.plans.time_box import TimeBox, split_box
from kring.plans.vocabulary.said import invites, is_cue, states, tells

_PART = re.compile(
    r"(?P<part>(?:blok|deel|onderdeel|thema|sectie|fase|ronde|module|hoofdstuk|block|part|section|theme|phase|round"
    r"|chapter|abschnitt|teil|runde|bloc|partie|rubrique)\s?(?:\d{1,2}|[a-z]|[ivx]{1,4}))\b"
    r"\s?[.:|/–—-]?\s?(?P<title>.*)",
    re.IGNORECASE,
)
_MOST_WORDS = 9
_NUMBER = re.compile(
    r"(?:(?:[^\W\d_]{1,2}|vraag|question|frage|nr|no)[\s.:]*)?\d{1,3}[a-z]?(?:[.-]\d{1,3})*[.):]?|[a-z][.)]?|[ivx]{1,4}[.)]?"
    r"|[^\w]+",
    re.IGNORECASE,
)
"""What stands in a column that only numbers the rows."""


class PartRow(NamedTuple):
    """The part of the talk that a row opens, and its time."""

    title: str
    box: TimeBox | None = None


def part_of_row(row: Sequence[str]) -> PartRow | None:
    """Return the part that a row names, None where it asks something or says more than a title and a time."""
    filled = [one_line(put_back(without_emphasis(cell))) for cell in row if cell.strip()]
    found = _PART.fullmatch(filled[0]) if filled else None
    if found is None:
        return None
    times = [box for cell in filled[1:] if (box := cell_box(cell, bare=True)) is not None]
    titles = [cell for cell in filled[1:] if cell_box(cell, bare=True) is None]
    if len(times) > 1 or len(titles) + bool(found["title"]) > 1:
        return None
    title = found["title"] or "".join(titles)
    bare, inner = split_box(title, heading=True)
    if not is_title(bare):
        return None
    return PartRow(f"{found['part']}: {bare}" if bare else found["part"], times[0] if times else inner)


def is_number(cell: str) -> bool:
    """Whether a cell says no more than the number of its row."""
    return _NUMBER.fullmatch(one_line(put_back(without_emphasis(cell)))) is not None


def is_title(text: str) -> bool:
    """Whether a text may be the title of a part: short, and neither said, asked nor done."""
    says = asks(text) or invites(text) or tells(text) or states(text) or text.endswith((".", "!", "…", ";"))
    label = label_of(read_line(0, text))
    says = says or is_cue(text) or (label is not None and label.role == "instruction")
    return not says and len(text.split()) <= _MOST_WORDS
