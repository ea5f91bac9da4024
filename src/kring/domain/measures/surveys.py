"""What a survey that was brought in says in figures, and how sure they are; who only tried it does not count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import sqrt
from statistics import fmean, median
from typing import NamedTuple

from kring.domain.measures.polls import NUMBER
from kring.domain.rows import ImportRow, SurveyQuestionRow
from kring.domain.state import State
from kring.domain.text import whole

ENOUGH = 30
"""Of fewer people no share, mean or NPS is told: their counts say all that there is."""
CERTAIN = 1.96
"""So many standard errors to either side are a margin at 95 per cent."""


class Nps(NamedTuple):
    """How many would recommend (9 and 10), how many neither (7 and 8), and how many not (0 to 6)."""

    promoters: int
    passives: int
    detractors: int

    @classmethod
    def of(cls, marks: Sequence[float]) -> Nps:
        """Return the counts of answers from 0 to 10."""
        high, low = sum(mark >= 9 for mark in marks), sum(mark <= 6 for mark in marks)
        return cls(high, len(marks) - high - low, low)

    @property
    def n(self) -> int:
        """How many answered."""
        return self.promoters + self.passives + self.detractors

    @property
    def score(self) -> int | None:
        """The share of promoters minus that of detractors, in whole points from -100 to 100; None of too few people."""
        return whole(100 * (self.promoters - self.detractors) / self.n) if self.n >= ENOUGH else None

    @property
    def margin(self) -> int | None:
        """How many points the score may be off to either side, at 95 per cent, were the respondents drawn at random.

        That of a mean of +1, 0 and -1 (B. Rocks, "Interval estimation for the Net Promoter Score", 2016, the Wald
        interval); None of too few people.
        """
        return whole(100 * CERTAIN * sqrt(self.variance / self.n)) if self.n >= ENOUGH else None

    @property
    def variance(self) -> float:
        """The variance of +1 for a promoter, 0 for a passive and -1 for a detractor."""
        net = (self.promoters - self.detractors) / self.n
        return (self.promoters + self.detractors) / self.n - net * net


class Answered(NamedTuple):
    """A question and what was answered to it, an answer for each respondent who gave one."""

    question: SurveyQuestionRow
    values: tuple[str, ...]

    @property
    def counts(self) -> Counter[str]:
        """How often each answer was given."""
        return Counter(self.values)

    @property
    def marks(self) -> list[float]:
        """The answers to a question of marks in order of size, none of another question."""
        if self.question.kind not in ("mark", "nps"):
            return []
        return sorted(float(value) for value in self.values if NUMBER.fullmatch(value))

    @property
    def middle(self) -> float | None:
        """The median of marks."""
        return median(self.marks) if self.marks else None

    @property
    def mean(self) -> float | None:
        """The mean of marks; None of too few people."""
        return fmean(self.marks) if len(self.marks) >= ENOUGH else None

    @property
    def nps(self) -> Nps | None:
        """The counts behind an NPS; None of another question."""
        if self.question.kind != "nps" or not self.marks:
            return None
        return Nps.of(self.marks)


class Survey(NamedTuple):
    """A survey: the file that it came from, how many answered, how many did not finish or only tried it."""

    imported: ImportRow
    respondents: int
    unfinished: int
    tests: int
    questions: tuple[Answered, ...]


def surveys(state: State) -> list[Survey]:
    """Return the surveys that were brought in and count, in the order in which they came."""
    found = []
    for imported in state.imports.values():
        questions = [
            row for row in state.survey_questions.values() if row.import_id == imported.id and not row.removed_at
        ]
        if questions and imported.removed_at is None:
            found.append(_survey(state, imported, sorted(questions, key=lambda row: row.position)))
    return found


def _survey(state: State, imported: ImportRow, questions: list[SurveyQuestionRow]) -> Survey:
    values: dict[str, list[str]] = {row.id: [] for row in questions}
    respondents: dict[int, bool] = {}
    tests: set[int] = set()
    for answer in state.survey_answers.values():
        if answer.import_id != imported.id or answer.removed_at is not None:
            continue
        if answer.test:
            tests.add(answer.respondent)
            continue
        respondents[answer.respondent] = answer.complete
        values.setdefault(answer.question, []).append(answer.value)
    return Survey(
        imported,
        len(respondents),
        sum(not complete for complete in respondents.values()),
        len(tests),
        tuple(Answered(row, tuple(values[row.id])) for row in questions),
    )
