"""A survey of a study as it was read: its questions, and what each respondent answered; nothing that tells who."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from kring.domain.text import Sentence, folded, one_line

QuestionKind = Literal["nps", "mark", "amount", "choice", "open"]
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


class SurveyQuestion(Struct, frozen=True):
    """A question; `amount` is a number that judges nothing, such as an age or how often somebody comes."""

    heading: str
    kind: QuestionKind

    @property
    def key(self) -> str:
        """By what the same question is known in another file."""
        return folded(one_line(self.heading))


class Respondent(Struct, frozen=True):
    """What somebody answered, question by question, "" where nothing; their segment, "" where it is not known."""

    values: tuple[str, ...]
    segment: str = ""
    is_complete: bool = True


class StudySurvey(Struct, frozen=True, kw_only=True):
    """A survey: its period and file as the study's text names them, to how many it was sent, and what came back.

    `tests` are entries by which somebody tried the survey, which do not count; `remarks` say what was left out.
    """

    period: str
    file: str
    line: int = 0
    sent: int | None = None
    questions: tuple[SurveyQuestion, ...] = ()
    respondents: tuple[Respondent, ...] = ()
    tests: int = 0
    has_segments: bool = False
    remarks: tuple[Sentence, ...] = ()

    @property
    def name(self) -> str:
        """What it is called: its period, or else its file."""
        return self.period or self.file

    @property
    def unfinished(self) -> int:
        """How many of the respondents did not come to the end."""
        return sum(not one.is_complete for one in self.respondents)

    @property
    def response(self) -> float | None:
        """The part of those it was sent to who answered; None where that is not known, or cannot be."""
        n = len(self.respondents)
        return n / self.sent if self.sent and n <= self.sent else None

    def answers(self, place: int, segment: str | None = None) -> list[str]:
        """Return the answers to a question, of all or of one segment."""
        those = (one for one in self.respondents if segment is None or one.segment == segment)
        return [one.values[place] for one in those if one.values[place]]

    def numbers(self, place: int, segment: str | None = None) -> list[float]:
        """Return the answers to a question that are numbers, of all or of one segment."""
        return [float(value) for value in self.answers(place, segment) if _NUMBER.fullmatch(value)]

    @property
    def segments(self) -> list[str]:
        """The segments of the respondents, by name; "" last where somebody has none, none where nobody has one."""
        found = {one.segment for one in self.respondents} if self.has_segments else set()
        return sorted(found, key=lambda name: (not name, folded(name)))

    def judged(self) -> Iterator[tuple[int, SurveyQuestion]]:
        """Yield the questions that are told as a figure, with their places."""
        yield from ((place, one) for place, one in enumerate(self.questions) if one.kind in ("nps", "mark"))
