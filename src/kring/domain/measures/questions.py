"""The questions of the guide as they went: whether each was asked, how long it took, and who spoke on it."""

from __future__ import annotations

from typing import NamedTuple

from kring.domain.measures.sections import item_ms
from kring.domain.measures.talk_time import tally
from kring.domain.rows import GuideRow
from kring.domain.state import State


class Asked(NamedTuple):
    """A question: the time spent on it (ms), how often it was open, and how many turns each participant had on it."""

    row: GuideRow
    spent_ms: int
    visits: int
    turns: dict[str, int]


def questions(state: State, now: int) -> list[Asked]:
    """Return the questions of the guide in order, those too that were asked and then left the plan."""
    turns = tally(state, now).turns_on
    visited = [visit.item for visit in state.visits.values()]
    return [
        Asked(row, item_ms(state, row.id, now), visited.count(row.id), turns.get(row.id, {}))
        for row in sorted(state.guide.values(), key=lambda row: row.position)
        if row.kind == "question" and (row.removed_at is None or row.asked_at is not None)
    ]
