"""What the surveys of a study say in figures, how sure they are, and whether two of them differ beyond chance."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from statistics import fmean, stdev, variance
from typing import NamedTuple

from kring.domain.measures.surveys import CERTAIN, ENOUGH, Nps
from kring.domain.study.surveys.model import StudySurvey, SurveyQuestion


class Figure(NamedTuple):
    """An NPS or the mean of marks, of some respondents; of fewer than thirty `value` is None.

    `margin` is how far it may be off to either side, at 95 per cent, were the respondents drawn at random: for an NPS
    that of `Nps.margin`, for marks 1.96 × s / √n. It is None where all answered alike, for then it says nothing.
    `spread` is the standard deviation of marks; `error` the standard error, in the unit of the value.
    """

    n: int
    value: float | None = None
    margin: float | None = None
    spread: float | None = None
    error: float = 0.0
    counts: Nps | None = None


class Difference(NamedTuple):
    """How much the second of two figures is above the first, and the margin of that at 95 per cent."""

    value: float
    margin: float

    @property
    def is_beyond(self) -> bool:
        """Whether it is more than its margin."""
        return abs(self.value) > self.margin


class Asked(NamedTuple):
    """A question that is told as a figure: of all who answered it, and of each segment."""

    question: SurveyQuestion
    place: int
    all: Figure
    by_segment: dict[str, Figure]


def figure(kind: str, values: Sequence[float]) -> Figure:
    """Return the figure of the answers to a question; of too few of them it is no more than their number."""
    n = len(values)
    if n < ENOUGH:
        return Figure(n, counts=Nps.of(values) if kind == "nps" else None)
    if kind == "nps":
        counts = Nps.of(values)
        error = 100 * sqrt(counts.variance / n)
        margin = CERTAIN * error if error > 0 else None
        return Figure(n, 100 * (counts.promoters - counts.detractors) / n, margin, None, error, counts)
    spread = stdev(values)
    error = sqrt(variance(values) / n)
    return Figure(n, fmean(values), CERTAIN * error if error > 0 else None, spread, error)


def asked(survey: StudySurvey) -> list[Asked]:
    """Return the figures of a survey, in the order of its questions."""
    return [
        Asked(
            question,
            place,
            figure(question.kind, survey.numbers(place)),
            {one: figure(question.kind, survey.numbers(place, one)) for one in survey.segments},
        )
        for place, question in survey.judged()
    ]


def difference(before: Figure, after: Figure) -> Difference | None:
    """Return how two figures of different people differ; None where one of them is of too few, or has no margin.

    The margin is 1.96 times the root of the sum of both squared standard errors, as of two independent samples.
    """
    if before.value is None or after.value is None or before.margin is None or after.margin is None:
        return None
    return Difference(after.value - before.value, CERTAIN * sqrt(before.error**2 + after.error**2))


class Change(NamedTuple):
    """A question that two periods asked alike, with its figure in both; `segment` is None for all respondents."""

    before: str
    after: str
    question: SurveyQuestion
    first: Figure
    second: Figure
    segment: str | None = None

    @property
    def difference(self) -> Difference | None:
        """How they differ, where both can be told."""
        return difference(self.first, self.second)


def changes(surveys: Sequence[StudySurvey]) -> list[Change]:
    """Return each question that a survey has in common with the one before it, of all and of each segment in both.

    A survey that nobody answered, or that could not be read, is passed over, and so are two files of one period.
    """
    found = []
    read = [survey for survey in surveys if survey.respondents]
    told = [(survey, {(one.question.key, one.question.kind): one for one in asked(survey)}) for survey in read]
    for (earlier, of_earlier), (later, of_later) in pairwise(told):
        if earlier.name == later.name:
            continue
        for key, after in of_later.items():
            before = of_earlier.get(key)
            if before is None:
                continue
            found.append(Change(earlier.name, later.name, after.question, before.all, after.all))
            found += [
                Change(earlier.name, later.name, after.question, before.by_segment[one], after.by_segment[one], one)
                for one in after.by_segment
                if one and one in before.by_segment
            ]
    return found
