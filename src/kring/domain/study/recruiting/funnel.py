"""How far a recruitment is: who got how far, who was lost and why, who is called next, who is to be paid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from kring.domain.study.model import Study
from kring.domain.study.recruiting.candidate import LOST, STEPS, Candidate, CandidateState, Step, segment_of
from kring.domain.study.recruiting.inviting import Places, room
from kring.domain.study.recruiting.screening import Screening
from kring.domain.text import folded

_NOT_CALLED: tuple[CandidateState, ...] = ("confirmed", "came", *LOST)


class FunnelStep(Struct, frozen=True):
    """A step: how many people got as far or further, and of whom it ends there, by state and reason."""

    step: Step
    reached: int
    lost: tuple[tuple[CandidateState, str, int], ...]


def funnel(candidates: Sequence[Candidate]) -> list[FunnelStep]:
    """Return the steps of a recruitment; every person counts once for each step that they passed."""
    found = []
    for number, step in enumerate(STEPS, 1):
        reached = [one for one in candidates if one.reached >= number]
        here = Counter((one.state, one.reason) for one in reached if one.reached == number and one.state in LOST)
        lost = sorted(here.items(), key=lambda pair: (LOST.index(pair[0][0]), -pair[1], pair[0][1]))
        found.append(FunnelStep(step, len(reached), tuple((state, reason, count) for (state, reason), count in lost)))
    return found


def unpaid(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return who came and has not been paid."""
    return [one for one in candidates if one.state == "came" and not one.is_paid]


def to_call(
    study: Study,
    candidates: Sequence[Candidate],
    planned: Sequence[Places],
    screened: Mapping[int, Screening],
    today: date,
) -> list[Candidate]:
    """Return whom to call, first of the segment that lacks most people who said yes, then who waits longest.

    Whoever fits is called until they say yes; others only while people of their segment are still to be found, or their
    segment is not known, and a reserve only when their place is free.
    """
    lacking: Counter[str] = Counter()
    for one in planned:
        lacking[folded(one.segment)] += one.to_confirm
    free = {folded(name): count for name, count in room(study, planned, candidates, today).items()}
    waiting = [
        (lacking[folded(segment)], one)
        for one in candidates
        if one.state not in _NOT_CALLED and not one.doubt
        for segment in [segment_of(study, one, today)]
        if _is_called(one, not segment or not planned or free.get(folded(segment), 0) > 0, screened.get(one.line))
    ]
    waiting.sort(key=lambda pair: (-pair[0], pair[1].since or date.min, pair[1].line))
    return [one for _lacks, one in waiting]


def _is_called(candidate: Candidate, is_wanted: bool, screening: Screening | None) -> bool:
    proposed = screening.state if screening else None
    if candidate.state == "fits":
        return True
    if candidate.state == "reserve":
        return proposed == "fits"
    return is_wanted and proposed not in ("excluded", "reserve")
