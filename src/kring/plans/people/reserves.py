"""Who on a list has no seat: reserves, by a row, a word or a column that says so, who cancelled, and who watches."""

from __future__ import annotations

import re

from kring.domain.text import folded
from kring.plans.people.header import Header, Rows
from kring.plans.people.names import is_struck
from kring.plans.vocabulary.titles import is_total

_RESERVE = re.compile(
    r"(?:reserves?|reserven|reservist|reservisten|reservelijst|reserveliste|reserve ?list|reservekandida(?:at|ten)"
    r"|back-?ups?|standby|stand-by|wachtlijst|waiting ?list|warteliste|nachrucker|ersatz|liste d'attente"
    r"|suppleants?|remplacants?)"
)
_IN_FRONT = re.compile(rf"{_RESERVE.pattern}(?:\s?\d)?\s?[:–—-]\s?\S|.+\s[(\[]{_RESERVE.pattern}[)\]]$")
_CANCELLED = frozenset({
    "afgemeld", "afmelding", "heeft zich afgemeld", "meldde zich af", "afgezegd", "zegt af", "geannuleerd",
    "verhinderd", "komt niet", "kan niet", "niet gekomen", "no show", "no-show", "noshow", "cancelled", "canceled",
    "cancellation", "not coming", "is not coming", "can't come", "cannot come", "cannot make it", "can't make it",
    "did not come", "dropped out", "abgesagt", "absage", "kommt nicht", "verhindert", "annule", "ne vient pas",
    "empeche",
})  # fmt: skip
_REFUSED = frozenset({
    "geweigerd", "weigert", "afgewezen", "valt af", "afgevallen", "denied", "declined", "rejected", "refused",
    "abgelehnt", "refuse", "refusee",
})  # fmt: skip
_OF_STATES = re.compile(
    r"status|stand|state|statut|approval status|goedkeuring(?:sstatus)?|reactie|response|antwoord|rsvp|uitnodiging"
)
_OF_COMING = re.compile(
    r"(?:komt|kan|is er|aanwezig|doet mee|neemt deel|attending|attends|coming|will attend|rsvp|kommt|nimmt teil|vient)"
    r"\s*\??"
)
_WATCHING = frozenset({
    "observer", "observers", "observator", "observant", "meekijker", "toehoorder", "waarnemer", "observing",
    "kijkt mee", "beobachter", "beobachterin", "observateur", "observatrice",
})  # fmt: skip
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


def without_cancelled(rows: Rows, header: Header) -> tuple[Rows, Rows]:
    """Return the rows of who is still to come, and of those whom a cell or a line through their name says gone."""
    place = header.columns.get("name", 0)
    struck = [(line, cells) for line, cells in rows if place < len(cells) and is_struck(cells[place])]
    others, cancelled = _without([row for row in rows if row not in struck], header, _CANCELLED)
    gone = [row for row in others if _says_no(row[1], header)]
    return [row for row in others if row not in gone], sorted([*cancelled, *struck, *gone])


def _says_no(cells: list[str], header: Header) -> bool:
    """Whether a column of states says that somebody refused or was refused, or one of who comes says no."""
    for heading, cell in zip(header.cells, cells, strict=False):
        asked, said = folded(heading).strip(" *:"), folded(cell).strip(" .!")
        if _OF_STATES.fullmatch(asked.rstrip("? ")) and said in _REFUSED:
            return True
        if said and _OF_COMING.fullmatch(asked) and said in _NO - {"-"}:
            return True
    return False


def without_watching(rows: Rows, header: Header) -> tuple[Rows, Rows]:
    """Return the rows of who takes part, and of those whom a cell says that they only watch."""
    return _without(rows, header, _WATCHING)


def _without(rows: Rows, header: Header, told: frozenset[str]) -> tuple[Rows, Rows]:
    """Return the rows without such a word alone in a cell, and those with one; of consent a cell says that alone."""
    of_consent = {header.columns.get("consent"), *(place for place, _scope in header.scopes)}
    others: list[tuple[int, list[str]]] = []
    named: list[tuple[int, list[str]]] = []
    for line, cells in rows:
        said = (folded(cell).strip(" .!") for place, cell in enumerate(cells) if place not in of_consent)
        (named if any(words in told for words in said) else others).append((line, cells))
    return others, named
