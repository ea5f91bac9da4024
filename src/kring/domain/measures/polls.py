"""The result of a poll: who answered what, and how often each answer was given."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from kring.domain.rows import PollRow
from kring.domain.state import State
from kring.domain.text import one_line


class Result(NamedTuple):
    """The answers of a poll by participant's code, and how often each option was chosen, in the order of the plan."""

    answers: dict[str, str]
    counts: dict[str, int]

    @property
    def mean(self) -> float | None:
        """Return the mean of the answers, where all are whole numbers."""
        marks = [float(value) for value in self.answers.values() if value.isascii() and value.isdecimal()]
        return sum(marks) / len(marks) if marks and len(marks) == len(self.answers) else None


def result(state: State, poll: PollRow) -> Result:
    """Return the result of a poll: the last answer that each participant gave."""
    answers = {row.participant: one_line(row.value) for row in state.answers.values() if row.poll == poll.id}
    given = Counter(answers.values())
    return Result(answers, {option: given[option] for option in dict.fromkeys([*map(one_line, poll.options), *given])})
