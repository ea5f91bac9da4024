"""The questions of the guide as they went: whether each was asked, how long it took, and who spoke on it."""

from __future__ import annotations

from typing import NamedTuple

from kring.domain.measures.sections import item_ms
from kring.domain.measures.talk import spoken
from kring.domain.rows import GuideRow
from kring.domain.state import State
from kring.domain.stretches import Stretch, stretch_of


class Asked(NamedTuple):
    """A question: the time spent on it (ms), how often it was open, and each participant's turns on it, with first."""

    row: GuideRow
    spent_ms: int
    visits: int
    turns: dict[str, int]


def questions(state: State, now: int) -> list[Asked]:
    """Return the questions of the guide in order, those too that were asked and then left the plan."""
    heard = {code: one for code, one in spoken(state, now).items() if code in state.participants}
    visits: dict[str, list[Stretch]] = {}
    for visit in state.visits.values():
        visits.setdefault(visit.item, []).append(stretch_of(visit, int(state.session.ended_at or now)))
    found = []
    for row in sorted(state.guide.values(), key=lambda row: row.position):
        if row.kind == "question" and (row.removed_at is None or row.asked_at is not None):
            stays = visits.get(row.id, [])
            turns = {code: len(one.turns_within(stays)) for code, one in heard.items()}
            spoke = {code: n for code, n in turns.items() if n}
            found.append(Asked(row, item_ms(state, row.id, now), len(stays), spoke))
    return found
