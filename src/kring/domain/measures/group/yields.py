"""What questions must yield, and how much of it was heard: a question is done when it brought what it was asked for.

Krueger and Casey ("Focus Groups", 2015) have the moderator know beforehand what each question is for; in a plan that is
a line with `@yield` under it.
"""

from __future__ import annotations

import msgspec

from kring.domain.rows import GuideRow, YieldRow
from kring.domain.state import State


class Coverage(msgspec.Struct, frozen=True):
    """A question with all that it must yield, in order."""

    question: GuideRow
    rows: tuple[YieldRow, ...]

    @property
    def heard(self) -> int:
        """Return how many were heard."""
        return sum(row.heard_at is not None for row in self.rows)

    @property
    def still_open(self) -> tuple[YieldRow, ...]:
        """Return those that nobody heard yet."""
        return tuple(row for row in self.rows if row.heard_at is None)


def yields_of(state: State, item_id: str | None) -> Coverage | None:
    """Return what a question must yield; None where the plan says nothing of it. The place, from 1, is the number."""
    question = state.guide.get(item_id or "")
    mine = [row for row in state.yields.values() if row.item == item_id and row.removed_at is None]
    if question is None or not mine:
        return None
    return Coverage(question, tuple(sorted(mine, key=lambda row: _place(state, row))))


def coverage(state: State) -> list[Coverage]:
    """Return all questions that must yield something, in the guide's order."""
    asked = {row.item for row in state.yields.values() if row.removed_at is None}
    found = [one for item in asked if (one := yields_of(state, item)) is not None and one.question.removed_at is None]
    return sorted(found, key=lambda one: one.question.position)


def _place(state: State, row: YieldRow) -> int:
    return state.guide[row.id].position if row.id in state.guide else 0
