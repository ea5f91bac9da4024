"""Silence and crosstalk, as they were logged: stretches in which nobody spoke, or several at once.

A silence is at least five seconds of quiet: the pause that Krueger and Casey ("Focus Groups", 2015) ask of a
moderator. Less is the time that it takes to give somebody the floor.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, NamedTuple

from kring.domain.guide_items import section_of
from kring.domain.rows import TurnRow
from kring.domain.state import State
from kring.domain.stretches import in_steps, lasted_ms, stretch_of, united

Quiet = Literal["silence", "crosstalk"]
SILENCE_MS = 5_000
MINUTE_MS = 60_000


class Stretches(NamedTuple):
    """Stretches of one kind: how many, how long together, and the longest with its begin; times in ms."""

    number: int
    total_ms: int
    longest_ms: int
    longest_at: int | None


def silence_ms(state: State, now: int) -> int | None:
    """Return how long nobody has spoken, or None while somebody has the floor or nobody said who."""
    running = state.open_turn
    return lasted_ms(running, now) if running is not None and running.kind == "silence" else None


def stretches(state: State, kind: Quiet, now: int, items: Collection[str] | None = None) -> Stretches:
    """Return the silences or the crosstalk of a session, or of some items of its guide."""
    found = [
        (lasted_ms(turn, now), int(turn.started_at))
        for turn in _turns(state, kind, now)
        if items is None or turn.item in items
    ]
    longest = max(found, default=(0, None), key=lambda one: one[0])
    return Stretches(len(found), sum(length for length, _at in found), *longest)


def items_of(state: State, section: str) -> set[str]:
    """Return the items that stand in a section, itself too."""
    return {row.id for row in state.guide.values() if (found := section_of(state, row.id)) and found.id == section}


def silence_by_minute(state: State, now: int, minutes: int) -> list[float]:
    """Return how much of each minute after the start was silence, ms."""
    begin = int(state.session.started_at or now)
    silences = united(stretch_of(turn, now) for turn in _turns(state, "silence", now))
    return in_steps(silences, begin, MINUTE_MS, minutes)


def _turns(state: State, kind: Quiet, now: int) -> list[TurnRow]:
    least = SILENCE_MS if kind == "silence" else 0
    return [turn for turn in state.alive_turns if turn.kind == kind and lasted_ms(turn, now) >= least]
