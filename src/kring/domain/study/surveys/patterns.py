"""What stands out in the surveys of a study, as suggestions of what to ask a group; rules, and no findings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from kring.domain.study.surveys.figures import Asked, Change, Difference, difference

SCALES = (5, 7, 10)
"""Where scales of marks end: the first that holds all answers is taken for that of a question."""


class Lowest(NamedTuple):
    """The questions with the lowest mean of those on one scale, how many these are, and where the scale ends."""

    those: list[Asked]
    of: int
    scale: int


class Apart(NamedTuple):
    """The two segments that differ most on a question, the first the higher one; and of how many pairs they were."""

    question: Asked
    high: str
    low: str
    difference: Difference
    looked_at: int


def lowest(questions: Sequence[Asked], highest: Sequence[float]) -> list[Lowest]:
    """Return the lowest of the marks on each scale that two questions or more have.

    `highest` is the highest answer to each question: a file does not say how far its scales go.
    """
    found = []
    for start, scale in zip((0, *SCALES), SCALES, strict=False):
        marks = [
            one
            for one, most in zip(questions, highest, strict=True)
            if one.question.kind == "mark" and one.all.value is not None and start < most <= scale
        ]
        means = [round(one.all.value or 0, 1) for one in marks]
        if len(marks) > 1 and min(means) < max(means):
            those = [one for one, mean in zip(marks, means, strict=True) if mean == min(means)]
            found.append(Lowest(those, len(marks), scale))
    return found


def farthest_apart(questions: Sequence[Asked]) -> Apart | None:
    """Return the two segments that differ most beyond their margin, compared by how many margins they are apart."""
    pairs: list[tuple[Asked, str, str, Difference]] = []
    for one in questions:
        for first, second in combinations([name for name in one.by_segment if name], 2):
            apart = difference(one.by_segment[second], one.by_segment[first])
            if apart is not None:
                high, low = (first, second) if apart.value > 0 else (second, first)
                pairs.append((one, high, low, Difference(abs(apart.value), apart.margin)))
    beyond = [pair for pair in pairs if pair[3].is_beyond]
    if not beyond:
        return None
    return Apart(*max(beyond, key=lambda pair: pair[3].value / pair[3].margin), len(pairs))


def most_changed(several: Sequence[Change]) -> tuple[Change, Difference, int] | None:
    """Return what changed most between two periods beyond its margin, and how many changes were looked at."""
    told = [(one, apart) for one in several if one.segment is None and (apart := one.difference) is not None]
    beyond = [(one, apart) for one, apart in told if apart.is_beyond]
    if not beyond:
        return None
    return (*max(beyond, key=lambda pair: abs(pair[1].value) / pair[1].margin), len(told))
