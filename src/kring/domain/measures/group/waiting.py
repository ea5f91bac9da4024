"""Silence that a moderator leaves: how long it lasts now, and how long she waited after each time that she spoke.

Five seconds of quiet draw out more than the next question does (Krueger and Casey, "Focus Groups", 2015: the
five-second pause); how long a plan has it counted is the plan's own. What was not logged is not known: a silence begins
when somebody says that nobody speaks.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import msgspec

from kring.domain.measures.talk import interruptions, spoken, uninterrupted_ms
from kring.domain.state import State


class Count(NamedTuple):
    """A silence that is being counted: how long it lasts, and up to how long it is counted; in ms."""

    passed_ms: int
    of_ms: int


class Waits(msgspec.Struct, frozen=True):
    """How long it was quiet after the moderator spoke, before a participant did: each time, in order; in ms."""

    lengths_ms: tuple[int, ...]

    @property
    def median_ms(self) -> int | None:
        """Return the length that half of them reach, None without any."""
        in_order = sorted(self.lengths_ms)
        if not in_order:
            return None
        middle = len(in_order) // 2
        return in_order[middle] if len(in_order) % 2 else (in_order[middle - 1] + in_order[middle]) // 2

    def at_least(self, length_ms: int) -> int:
        """Return how many were so long or longer."""
        return sum(one >= length_ms for one in self.lengths_ms)


def silence_count(state: State, now: int) -> Count | None:
    """Return the silence that is counted now: since the moderator spoke, asked a question, or put a probe.

    None while somebody speaks, while nobody said that nobody does, and in a pause or a break.
    """
    running, item = state.open_turn, state.current_item
    if running is None or running.kind != "silence" or state.open_pause is not None:
        return None
    if item is None or item.kind == "break" or state.session.phase != "live":
        return None
    began = int(running.started_at)
    heard = ((those.ends[-1], who) for who, those in spoken(state, now).items() if who != "silence" and those.ends)
    since_turn, last = max((one for one in heard if one[0] <= began), default=(0, ""))
    after_moderator = last == "moderator"
    visit, probe = state.open_visit, next(reversed(state.probes.values()), None)
    asked = [int(visit.started_at)] if visit is not None and item.kind == "question" else []
    asked += [int(probe.at)] if probe is not None else []
    asked = [at for at in asked if since_turn <= at <= now]
    if not asked and not after_moderator:
        return None
    return Count(max(0, now - max([began, *asked])), state.session.silence_s * 1000)


@lru_cache(maxsize=2)
def waits(state: State) -> Waits:
    """Return how long it was quiet between the moderator's turns and a participant's turn right behind them.

    Pauses and breaks between them are left out; where somebody else spoke first, it is no waiting for an answer.
    """
    last = max((int(turn.ended_at or turn.started_at) for turn in state.alive_turns), default=0)
    heard = spoken(state, last)
    others = sorted((*one, who) for who, those in heard.items() if who != "silence" for one in those.stretches)
    begins = {}
    for before, following in pairwise(others):
        if before[2] == "moderator" and following[2] in state.participants:
            begins[before[1]] = max(before[1], following[0])
    apart = interruptions(state, last)
    lengths = [round(uninterrupted_ms([(begin, end)], apart)) for begin, end in begins.items()]
    return Waits(tuple(lengths))
