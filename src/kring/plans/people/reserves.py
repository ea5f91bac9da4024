"""The reserves on a list of participants: below a row that says so, or by a word in a row or a column of their own."""

from __future__ import annotations

import re

from kring.domain.text import folded
from kring.plans.people.header import Header, Rows
from kring.plans.vocabulary.titles import is_total

_RESERVE = re.compile(
    r"(?:reserves?|reserven|reservist|reservisten|reservelijst|reserveliste|reserve ?list|reservekandida(?:at|ten)"
    r"|back-?ups?|standby|stand-by|wachtlijst|waiting ?list|warteliste|nachrucker|ersatz|liste d'attente"
    r"|suppleants?|remplacants?)"
)
_IN_FRONT = re.compile(rf"{_RESERVE.pattern}(?:\s?\d)?\s?[:–—-]\s?\S")
_LONGEST = 40
_NO = {"", "nee", "no", "n", "nein", "non", "-", "0", "false"}


def without_reserves(rows: Rows, header: Header) -> tuple[Rows, Rows]:
    """Return the rows of who is invited, and those of reserves; a row with that word alone stands above its own."""
    columns = {place for place, cell in enumerate(header.cells) if is_reserve(cell)}
    invited: list[tuple[int, list[str]]] = []
    reserves: list[tuple[int, list[str]]] = []
    are_below = False
    for line, cells in rows:
        filled = [cell for cell in cells if cell]
        if is_total(filled[0]):
            invited.append((line, cells))
            continue
        if all(is_reserve(cell) or cell.isdigit() for cell in filled) and any(map(is_reserve, filled)):
            are_below = True
            continue
        is_named = any(is_reserve(cell) or _IN_FRONT.match(folded(cell)) for cell in filled)
        is_ticked = any(place < len(cells) and folded(cells[place]).strip() not in _NO for place in columns)
        (reserves if are_below or is_named or is_ticked else invited).append((line, cells))
    return invited, reserves


def is_reserve(cell: str) -> bool:
    """Whether words say no more than that somebody, or who stands below, is a reserve: `Reserve 1`, `Wachtlijst:`."""
    return len(cell) <= _LONGEST and bool(_RESERVE.fullmatch(folded(cell).strip(" .:()*_?0123456789")))
