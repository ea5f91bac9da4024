"""A questionnaire as its text has it: what it is for, and its questions with their answers."""

from __future__ import annotations

from msgspec import Struct


class Option(Struct, frozen=True):
    """An answer that may be chosen."""

    text: str
    line: int


class Asked(Struct, frozen=True):
    """A question: its options, or the ends of a scale of numbers with what is written about these."""

    text: str
    line: int
    options: tuple[Option, ...] = ()
    scale: tuple[int, int] | None = None
    labels: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is answered in own words."""
        return not self.options and self.scale is None


class Questionnaire(Struct, frozen=True):
    """A questionnaire in Dutch (`nl`) or English; `goals` are the lines that say what it is for."""

    questions: tuple[Asked, ...] = ()
    goals: tuple[Option, ...] = ()
    language: str = "nl"
