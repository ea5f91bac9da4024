"""Where people are seen: as the platform shows them, row by row, or around the table; arranged by hand and kept."""

from __future__ import annotations

from math import ceil, sqrt

from kring.domain.measures.presence import places
from kring.domain.rows import ParticipantRow
from kring.domain.state import State


def in_gallery(state: State) -> list[ParticipantRow]:
    """Return everybody who has a seat, in the order of the gallery: as it was arranged, else by seat."""
    last = len(state.participants)
    return sorted(places(state), key=lambda person: (person.place or last + person.seat, person.seat, person.id))


def columns_of(count: int, most: int) -> int:
    """Return in how many columns a gallery of so many stands, as near to a square as `most` columns allow."""
    return max(1, min(ceil(sqrt(count)), most)) if count else 1


def swapped(state: State, code: str, place: int) -> list[tuple[ParticipantRow, int]]:
    """Return everybody with the place they have once somebody was put at one, from 1; who was there takes theirs."""
    order = in_gallery(state)
    here = next((number for number, person in enumerate(order) if person.id == code), None)
    if here is None or not 1 <= place <= len(order):
        return []
    order[here], order[place - 1] = order[place - 1], order[here]
    return [(person, number) for number, person in enumerate(order, 1)]
