"""Somebody on the list of a recruitment, and how far it is with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

from kring.domain.plan import Pairs
from kring.domain.rows import Whole
from kring.domain.study.groups import group_key
from kring.domain.study.model import Study
from kring.domain.study.segments import segments_of
from kring.domain.text import folded

CandidateState = Literal[
    "listed", "approached", "screened", "excluded", "reserve", "fits", "refused", "confirmed", "cancelled", "no_show",
    "came",
]  # fmt: skip
Step = Literal["approached", "screened", "fits", "confirmed", "came"]
STEPS: tuple[Step, ...] = ("approached", "screened", "fits", "confirmed", "came")
_REACHED: dict[CandidateState, int] = {
    "listed": 0, "approached": 1, "refused": 1, "screened": 2, "excluded": 2, "reserve": 2, "fits": 3, "confirmed": 4,
    "cancelled": 4, "no_show": 4, "came": 5,
}  # fmt: skip
LOST: tuple[CandidateState, ...] = ("excluded", "refused", "cancelled", "no_show")
"""Who takes no part in any group any more."""
PLACED: tuple[CandidateState, ...] = ("fits", "confirmed", "came")
"""Who has a place in a group, or is to get one."""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list; `contact` is for whoever calls, and goes nowhere else.

    `answers` are the other columns, by heading; `since` is the day on which the state was written, as far as it is
    known; `has_answered` a question of the screener; `doubt` is a state that is not understood, as it is written.
    """

    number: str
    name: str
    contact: str = ""
    segment: str = ""
    group: str = ""
    state: CandidateState = "listed"
    reason: str = ""
    since: date | None = None
    is_paid: bool = False
    answers: Pairs = ()
    has_answered: bool = False
    remark: str = ""
    doubt: str = ""
    line: Whole = 0

    @property
    def reached(self) -> int:
        """How many steps of the recruitment were passed; who refused may have been screened before."""
        return 2 if self.state == "refused" and self.has_answered else _REACHED[self.state]

    def is_in(self, group: str) -> bool:
        """Whether this is the group in which they are."""
        return bool(self.group) and group_key(self.group) == group_key(group)


def segment_of(study: Study, candidate: Candidate, day: date) -> str:
    """Return the segment as the study writes it: what the list says, else the one whose rule they alone meet."""
    if candidate.segment:
        known = study.segment(candidate.segment)
        return known.name if known else candidate.segment
    met = segments_of(study.segments, dict(candidate.answers), day)
    return met[0] if len(met) == 1 else ""


def named(candidates: Sequence[Candidate], who: str) -> list[Candidate]:
    """Return whom a number, a name, or the beginning of a word in it means; several where that is not certain.

    A number that stands twice means all who have it.
    """
    wanted = folded(who).strip()
    for found in (
        [one for one in candidates if folded(one.number) == wanted],
        [one for one in candidates if folded(one.number).partition("/")[0] == wanted],
        [one for one in candidates if folded(one.name) == wanted],
        [one for one in candidates if wanted and f" {wanted}" in f" {folded(one.name)}"],
    ):
        if found:
            return found
    return []
