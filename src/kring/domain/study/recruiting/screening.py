"""The screener: answers, exclusions and quota become a proposal for everybody, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from kring.domain.plan import PlanWarning
from kring.domain.study.model import ScreenerQuestion, Study
from kring.domain.study.recruiting.answers import answer_to, is_described, is_of, parts_of
from kring.domain.study.recruiting.candidate import PLACED, Candidate, CandidateState, segment_of
from kring.domain.text import N_, Sentence, folded, pattern

_TO_SCREEN: tuple[CandidateState, ...] = ("listed", "approached", "screened", "reserve")
_QUOTA = re.compile(r"(?:(.+?)\s*[:=]?\s+|(.+?)\s*[:=]\s*)?(?:max(?:imaal|\.)?\s*)?(?:\d+\s?[-–]\s?)?(\d+)")

_BY_SEGMENT = pattern(r"per (?:klantgroep|segment)|by segment")
"""A quota that the places of each segment say already."""


class Screening(Struct, frozen=True):
    """What the screener proposes for somebody, and why; None where that is for a person to say."""

    state: CandidateState | None
    why: Sentence


class Quota(Struct, frozen=True):
    """How many people with an answer of one class are wanted at most, over the whole study."""

    question: ScreenerQuestion
    answer: str
    most: int


def screenings(
    study: Study, candidates: Sequence[Candidate], room: Mapping[str, int], today: date
) -> dict[int, Screening]:
    """Return by line what is proposed for whoever has no place yet; `room` are places by segment, of those planned.

    Who stands higher on the list comes first: whoever is accepted takes their place in each quota.
    """
    free = {folded(name): count for name, count in room.items()}
    limits = quotas(study.screener)
    taken = {
        place: sum(_counts(study, one, limit) for one in candidates if one.state in PLACED)
        for place, limit in enumerate(limits)
    }
    found: dict[int, Screening] = {}
    for candidate in candidates:
        if candidate.state not in _TO_SCREEN or candidate.doubt:
            continue
        segment = segment_of(study, candidate, today)
        result = _screened(study, candidate, segment)
        if result is None:
            result = _placed(study, candidate, segment, free, limits, taken)
            if result.state == "fits":
                for place, limit in enumerate(limits):
                    taken[place] += _counts(study, candidate, limit)
                if folded(segment) in free:
                    free[folded(segment)] -= 1
        found[candidate.line] = result
    return found


def exclusion(study: Study, candidate: Candidate) -> Sentence | None:
    """Return why the screener leaves somebody out, None where it does not."""
    for question in study.screener:
        answer = answer_to(study.screener, question, candidate.answers)
        if answer and (part := _class_of(answer, question.excludes)):
            told = {"question": question.text, "answer": answer, "excluded": part}
            if folded(answer).strip() == folded(part):
                return Sentence(N_("“{question}”: {answer} is not wanted"), told)
            return Sentence(N_("“{question}”: {answer} is not wanted ({excluded})"), told)
    return None


def _screened(study: Study, candidate: Candidate, segment: str) -> Screening | None:
    """Return why somebody can't be accepted, and None where only the quota still decide."""
    why = exclusion(study, candidate)
    if why is not None:
        return Screening("excluded", why)
    answers = [(one, answer_to(study.screener, one, candidate.answers)) for one in study.screener]
    missing = [question.text for question, answer in answers if not answer]
    if missing:
        template = N_("not answered yet: {questions}")
        return Screening(None, Sentence(template, {"questions": "; ".join(missing)}))
    for question, answer in answers:
        free = not question.answers or is_described(question.answers)
        if not free and not _class_of(answer, question.answers):
            told = {"question": question.text, "answer": answer}
            return Screening(None, Sentence(N_("“{question}”: {answer} is none of its answers"), told))
    if study.segments and not segment:
        return Screening(None, Sentence(N_("the segment is not known")))
    return None


def _placed(
    study: Study,
    candidate: Candidate,
    segment: str,
    free: Mapping[str, int],
    limits: Sequence[Quota],
    taken: Mapping[int, int],
) -> Screening:
    for place, limit in enumerate(limits):
        if _counts(study, candidate, limit) and taken[place] >= limit.most:
            told: dict[str, str | int] = {"answer": limit.answer, "most": limit.most}
            return Screening("reserve", Sentence(N_("quota full: {most} for “{answer}”"), told))
    if free.get(folded(segment), 1) < 1:
        return Screening("reserve", Sentence(N_("all places of {segment} are taken"), {"segment": segment}))
    return Screening("fits", Sentence(N_("all answers fit") if study.screener else N_("there is a place")))


def _counts(study: Study, candidate: Candidate, limit: Quota) -> bool:
    answer = answer_to(study.screener, limit.question, candidate.answers)
    return bool(answer) and is_of(answer, limit.answer)


def _class_of(answer: str, classes: str) -> str:
    """Return the first class that an answer is of, also of several answers in one cell; empty for none."""
    said = [answer, *parts_of(answer)]
    return next((part for part in parts_of(classes) if any(is_of(one, part) for one in said)), "")


def quotas(screener: Iterable[ScreenerQuestion]) -> list[Quota]:
    """Return the quota of a screener; a number alone holds for each answer of its question."""
    return [limit for question in screener for limit in _quotas_of(question)[0]]


def quota_doubts(screener: Iterable[ScreenerQuestion]) -> list[PlanWarning]:
    """Return a warning for each quota that is not understood, and so keeps nobody out."""
    return [
        PlanWarning(
            question.line,
            Sentence(N_("The quota {words} is not understood and counts for nobody; write it as answer: 4."),
                     {"words": words}),
        )
        for question in screener
        for words in _quotas_of(question)[1]
    ]  # fmt: skip


def _quotas_of(question: ScreenerQuestion) -> tuple[list[Quota], list[str]]:
    limits, doubts = [], []
    for part in parts_of(question.quota):
        if _BY_SEGMENT.fullmatch(folded(part)):
            continue
        found = _QUOTA.fullmatch(part)
        answers = [found[1] or found[2]] if found and (found[1] or found[2]) else parts_of(question.answers)
        if found is None or not answers:
            doubts.append(part)
            continue
        limits += [Quota(question, answer.strip(), int(found[3])) for answer in answers]
    return limits, doubts
