"""A poll as another group of the study answered it."""

from __future__ import annotations

import msgspec

from kring.domain.measures.polls import Result
from kring.domain.rows import PollKind


class Poll(msgspec.Struct, frozen=True):
    """A round of a poll on a question: what was answered, by code, or counted without names."""

    title: str
    kind: PollKind
    round: int
    answers: dict[str, str]
    counts: dict[str, int]

    @property
    def result(self) -> Result:
        """Its answers, to be counted."""
        return Result(self.answers, self.counts, self.kind)
