"""The result of a poll: who answered what, and how often each answer was given."""

from __future__ import annotations

import re
from collections import Counter
from statistics import median
from typing import NamedTuple

from kring.domain.rows import PollRow
from kring.domain.state import State
from kring.domain.text import one_line

NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,6})?", re.ASCII)


class Result(NamedTuple):
    """The answers of a poll by participant's code, and how often each option was chosen, in the order of the plan."""

    answers: dict[str, str]
    counts: dict[str, int]

    @property
    def marks(self) -> list[float]:
        """Return the answers as numbers, in order of size, where all are numbers."""
        found = [value.replace(",", ".", 1) for value in self.answers.values()]
        are_numbers = all(NUMBER.fullmatch(value) for value in found)
        return sorted(map(float, found)) if are_numbers else []

    @property
    def middle(self) -> float | None:
        """Return the median of the answers, where all are numbers; of an even number the mean of the two in the middle.

        So few people have no mean and no percentages (R. Krueger and M. Casey, "Focus Groups", 2015).
        """
        return median(self.marks) if self.marks else None


def result(state: State, poll: PollRow) -> Result:
    """Return the result of a poll: the last answer that each participant gave."""
    answers = {row.participant: one_line(row.value) for row in state.answers.values() if row.poll == poll.id}
    given = Counter(answers.values())
    return Result(answers, {option: given[option] for option in dict.fromkeys([*map(one_line, poll.options), *given])})
