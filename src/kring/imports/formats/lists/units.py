"""Whether numbers in a list are seconds or milliseconds: told by how fast people would speak."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_SLOWEST = 0.3  # letters a second; people say 5 to 30, so a thousand times less are milliseconds
_FASTEST = 300


class Stretch(NamedTuple):
    """From when until when in the unit of the file, and how many letters are said."""

    start: float
    end: float | None
    letters: int


def ms_per_unit(stretches: Sequence[Stretch]) -> int | None:
    """Return how many milliseconds a unit has, None where people would speak at no human speed in either."""
    spans = [(one.end - one.start, one.letters) for one in stretches if one.end is not None and one.end > one.start]
    if not spans:
        spans = [
            (after.start - one.start, one.letters) for one, after in pairwise(stretches) if after.start > one.start
        ]
    length, letters = sum(span for span, _ in spans), sum(count for _, count in spans)
    if not length or not letters:
        return 1000 if any(one.start % 1 for one in stretches) or not stretches[-1].start else None
    rate = letters / length
    if _SLOWEST <= rate <= _FASTEST:
        return 1000
    return 1 if _SLOWEST <= rate * 1000 <= _FASTEST else None
