"""What a simulated group does by itself, from the first check to the last."""

from __future__ import annotations

from collections.abc import Iterator

from kring.domain.plan import Plan
from kring.rehearsal.evening import Evening
from kring.rehearsal.step import Step
from kring.rehearsal.words import Words


def script(plan: Plan, seed: int, least: int = 0, words: Words | None = None) -> Iterator[Step]:
    """Yield the steps of an evening; the talk goes on until there are about `least` of them."""
    usual = sum(1 for _ in _steps(Evening(plan, seed))) if least else 0
    return _steps(Evening(plan, seed, longer_by=least - usual, words=words))


def _steps(evening: Evening) -> Iterator[Step]:
    yield from evening.before()
    yield from evening.onward()
