"""Consent that is ticked, signed or filled in by a program: what a mark says is decided by all cells of its column."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from kring.domain.text import folded
from kring.plans.people.consent import SIGNED, UNCERTAIN, asks_refusal
from kring.plans.people.header import Header, Rows

_FAVOURABLE = frozenset({
    "ok", "oke", "okay", "true", "waar", "wahr", "vrai", "✓", "✔", "✔\ufe0f", "√", "☑", "☑\ufe0f", "✅", "🗹", "[x]",
}) | SIGNED  # fmt: skip
"""What says yes in a column of consent, whatever stands in its other cells."""
_UNFAVOURABLE = frozenset({"false", "onwaar", "falsch", "faux", "✗", "✘", "✖", "❌", "niet getekend", "not signed"})
_OPEN = frozenset({"", "-", "–", "—", "☐", "[]", "[ ]"})
"""What says nothing."""
_MARKS: dict[str, frozenset[str]] = {
    "x": frozenset(),
    "×": frozenset(),
    "v": frozenset({"x"}),
    "1": frozenset({"0"}),
    "☒": frozenset(),
}
"""Marks that say yes only where the column has no others than it and its counterpart, which then says no."""
_DUTCH = re.compile(r"toestemming|akkoord|geluid|beeld|opname|opgenomen|film|cite|meekijk|fragment|mag\b|getekend")


class Ticked(NamedTuple):
    """A mark of consent: in which column, as it was written, on which lines, and what it was read as."""

    column: str
    mark: str
    lines: tuple[int, ...]
    is_yes: bool


def without_ticks(rows: Rows, header: Header) -> tuple[Rows, list[Ticked]]:
    """Return the rows with marks of consent as a word for yes or no, and what was read so.

    A cross says yes in one list and no in the next: it is read as yes only where every filled cell of its column is
    one, and more than one is. Elsewhere it stays what it is, and counts as no.
    """
    told: list[Ticked] = []
    places = {header.columns.get("consent"), *(at for at, scope in header.scopes if not scope.startswith(UNCERTAIN))}
    for place in sorted(place for place in places if place is not None):
        heading = header.cells[place]
        if asks_refusal(heading):
            continue
        said = {line: _bare(cells[place]) for line, cells in rows if place < len(cells)}
        meanings = _meanings(said)
        yes, no = ("ja", "nee") if _DUTCH.search(folded(heading)) else ("yes", "no")
        words = {True: yes, False: no, None: ""}
        for mark, is_yes in meanings.items():
            lines = tuple(line for line, found in said.items() if found == mark)
            if is_yes is not None:
                told.append(Ticked(heading, _as_written(rows, place, mark), lines, is_yes))
        rows = [
            (line, [*cells[:place], words[meanings[mark]], *cells[place + 1 :]])
            if (mark := said.get(line, "")) in meanings
            else (line, cells)
            for line, cells in rows
        ]
    return rows, told


def _meanings(said: dict[int, str]) -> dict[str, bool | None]:
    """Return what each mark of a column says: yes, no or nothing; of the others nothing is certain."""
    filled = Counter(mark for mark in said.values() if mark not in _OPEN)
    meanings: dict[str, bool | None] = {}
    for mark in filled:
        counterparts = _MARKS.get(mark, frozenset())
        is_alone = mark in _MARKS and filled.keys() <= {mark} | counterparts
        if mark in _FAVOURABLE or mark in _UNFAVOURABLE:
            meanings[mark] = mark in _FAVOURABLE
        elif is_alone and (filled[mark] > 1 or len(said) == 1):
            meanings |= {mark: True} | dict.fromkeys(filled.keys() & counterparts, False)
    return meanings | dict.fromkeys(_OPEN - {""}, None) if meanings else {}


def _bare(cell: str) -> str:
    said = folded(cell).strip()
    return said if said in _OPEN else said.strip(" .!")


def _as_written(rows: Rows, place: int, mark: str) -> str:
    return next(cells[place] for _, cells in rows if place < len(cells) and _bare(cells[place]) == mark)
