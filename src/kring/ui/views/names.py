"""Names where there is little room: whole where they fit, else cut, and never two people alike."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from kring.ui.widgets.line import cells, cut, line, plain


def shown_names(names: Iterable[str], room: int) -> list[str]:
    """Return names in at most so many cells; those that would become alike get as many letters more as it takes.

    Two people who bear the same name stay alike, each at its whole length.
    """
    return list(_shown(tuple(names), room))


@lru_cache(maxsize=8)  # each look at a screen asks for the same ones
def _shown(whole: tuple[str, ...], room: int) -> tuple[str, ...]:
    rooms = [room] * len(whole)
    while True:
        shown = [_cut(name, its) for name, its in zip(whole, rooms, strict=True)]
        alike = [
            place
            for place, name in enumerate(shown)
            if cells(whole[place]) > rooms[place]
            and any(other == name and whole[number] != whole[place] for number, other in enumerate(shown))
        ]
        if not alike:
            return tuple(shown)
        for place in alike:
            rooms[place] += 1


def _cut(name: str, room: int) -> str:
    return plain(cut(line(name), room))
