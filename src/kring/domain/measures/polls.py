"""The result of a poll: who answered what, how often each answer was given, and who shifted when it was asked again.

A poll can be asked again: people write first, then talk, then answer once more, and whoever shifts tells why. Each time
is a round. Answers have names, or were counted without them; a round has one or the other.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter

import msgspec
from msgspec.structs import replace

from kring.domain.measures.presence import seated
from kring.domain.rows import AnswerRow, PollCountRow, PollKind, PollRow
from kring.domain.state import State
from kring.domain.state.row_table import Rows, kept_by_table
from kring.domain.text import one_line, pattern

NUMBER = pattern(r"-?\d{1,9}(\.\d{1,6})?", re.ASCII)
BETWEEN = "; "
"""What stands between the options of one answer, as between those of a poll in the plan."""


class Result(msgspec.Struct, frozen=True):
    """The answers of a round by participant's code, and how often each option was chosen, in the order of the plan.

    Of a ranking an option counts where it was put first.
    """

    answers: dict[str, str]
    counts: dict[str, int]
    kind: PollKind = "single"

    @property
    def is_empty(self) -> bool:
        """Whether nobody answered."""
        return not self.answers and not any(self.counts.values())

    @property
    def total(self) -> int | None:
        """Return how many answered; None where options were counted of which everybody may choose several."""
        if self.answers or self.kind != "multiple":
            return len(self.answers) or sum(self.counts.values())
        return None

    @property
    def marks(self) -> list[float]:
        """Return the answers as numbers, in order of size, where all are numbers."""
        values = self.answers.values() or [option for option, n in self.counts.items() for _each in range(n)]
        found = [value.replace(",", ".", 1) for value in values]
        are_numbers = all(NUMBER.fullmatch(value) for value in found)
        return sorted(map(float, found)) if are_numbers else []

    @property
    def middle(self) -> float | None:
        """Return the median of the answers, where all are numbers; of an even number the mean of the two in the middle.

        It is what a report tells: so few people have no percentages (R. Krueger and M. Casey, "Focus Groups", 2015).
        """
        return statistics.median(self.marks) if self.marks else None

    @property
    def mean(self) -> float | None:
        """Return the mean of the answers to a scale, for who leads the talk; None where it is no scale."""
        return statistics.fmean(self.marks) if self.kind == "scale" and self.marks else None

    @property
    def lowest(self) -> list[str]:
        """Return who gave the lowest mark of a scale, to be asked for an explanation; nobody where all agree."""
        return self._at_end(0)

    @property
    def highest(self) -> list[str]:
        """Return who gave the highest mark of a scale, to be asked for an explanation; nobody where all agree."""
        return self._at_end(-1)

    @property
    def places(self) -> dict[str, float]:
        """Return the mean place of each option in a ranking, the best first; 1 = everybody put it first."""
        found: dict[str, list[int]] = {}
        for value in self.answers.values() if self.kind == "ranking" else ():
            for place, option in enumerate(value.split(BETWEEN), 1):
                found.setdefault(option, []).append(place)
        means = {option: statistics.fmean(those) for option, those in found.items()}
        return dict(sorted(means.items(), key=lambda one: one[1]))

    def options_of(self, value: str) -> list[str]:
        """Return the options that an answer counts for: of a ranking the first one."""
        match self.kind:
            case "multiple":
                return value.split(BETWEEN)
            case "ranking":
                return value.split(BETWEEN)[:1]
            case _:
                return [value]

    def _at_end(self, place: int) -> list[str]:
        """Return who stands at one end of a scale: by the number, or by the place of the words in the plan."""
        if self.kind != "scale":
            return []
        order = list(self.counts)
        by_number = bool(self.marks)
        ranks = {
            code: float(value.replace(",", ".", 1)) if by_number else order.index(value)
            for code, value in self.answers.items()
        }
        ends = sorted(set(ranks.values()))
        return [code for code, rank in ranks.items() if len(ends) > 1 and rank == ends[place]]


class Shift(msgspec.Struct, frozen=True):
    """What a participant answered in each round, None where they did not, and how much a mark went up from first to
    last, None where that is no number.
    """

    participant: str
    answers: tuple[str | None, ...]
    by: float | None

    @property
    def shifted(self) -> bool:
        """Whether the last answer is another one than the first."""
        given = [answer for answer in self.answers if answer is not None]
        return len(given) > 1 and given[0] != given[-1]


def result(state: State, poll: PollRow, number: int | None = None) -> Result:
    """Return the result of a round of a poll, else of its last one: the last answer of each participant in it."""
    wanted = last_round(state, poll) if number is None else number
    return _result(state.answers, state.poll_counts, poll, wanted)


@kept_by_table
def _result(answers: Rows[AnswerRow], counts: Rows[PollCountRow], poll: PollRow, wanted: int) -> Result:
    mine = (row for row in answers.values() if (row.poll, row.round) == (poll.id, wanted))
    named = Result({row.participant: one_line(row.value) for row in mine}, {}, poll.kind)
    given = Counter(option for value in named.answers.values() for option in named.options_of(value))
    for row in counts.values():
        if (row.poll, row.round) == (poll.id, wanted):
            given[one_line(row.value)] += row.count
    options = dict.fromkeys([*map(one_line, poll.options), *given])
    return replace(named, counts={option: given[option] for option in options})


def rounds(state: State, poll: PollRow) -> list[int]:
    """Return the rounds of a poll in order; none where nobody asked it."""
    return sorted(row.number for row in state.poll_rounds.values() if row.poll == poll.id)


def last_round(state: State, poll: PollRow) -> int:
    """Return the round of a poll that answers belong to now."""
    return max(rounds(state, poll), default=1)


def round_at(state: State, poll: str, at: int) -> int:
    """Return the round of a poll that ran at a moment, the first one before it was asked."""
    begun = [row.number for row in state.poll_rounds.values() if row.poll == poll and row.at <= at]
    return max(begun, default=1)


def missing(state: State, poll: PollRow, here: frozenset[str]) -> list[str]:
    """Return who of those present has not answered in the last round, by seat."""
    answers = result(state, poll).answers
    return [person.id for person in seated(state) if person.id in here and person.id not in answers]


def shifts(state: State, poll: PollRow) -> list[Shift]:
    """Return what everybody answered in the rounds of a poll, by seat; nothing where it was asked once."""
    numbers = rounds(state, poll)
    if len(numbers) < 2:
        return []
    given = [result(state, poll, number).answers for number in numbers]
    found = []
    for person in seated(state):
        answers = tuple([answers.get(person.id) for answers in given])
        said = [answer for answer in answers if answer is not None]
        if said:
            found.append(Shift(person.id, answers, _difference(said[0], said[-1]) if len(said) > 1 else None))
    return found


def _difference(first: str, last: str) -> float | None:
    numbers = [value.replace(",", ".", 1) for value in (first, last)]
    if not all(NUMBER.fullmatch(value) for value in numbers):
        return None
    return float(numbers[1]) - float(numbers[0])
