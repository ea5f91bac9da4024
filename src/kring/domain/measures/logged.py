"""How much of the talk was logged at all, by whom, and how late: what stands behind every figure of talk."""

from __future__ import annotations

import statistics
from bisect import bisect_right

import msgspec

from kring.domain.measures.talk import interruptions, talk, uninterrupted_ms
from kring.domain.state import State
from kring.domain.stretches import shared_ms, stretch_of, united

FARTHEST_MS = 5_000
"""A turn that begins longer after a voice than this goes with another voice."""
EARLIEST_MS = 500
FEWEST = 10
"""Turns whose voice was found; a median of fewer says nothing."""


class Logged(msgspec.Struct, frozen=True):
    """Which part of the talk has a turn or a logged silence, 0..1, breaks and pauses left out, and who logged it.

    `by` has the part of all turns that each logged; `lag_ms` is how long after the voice a turn begins, in the median,
    None where there is no sound to compare with.
    """

    share: float
    by: dict[str, float]
    lag_ms: float | None


def logged(state: State, now: int) -> Logged:
    """Return how much of the talk was logged, by whom, and how late."""
    whole = talk(state, now)
    apart = interruptions(state, now)
    length = uninterrupted_ms([whole], apart)
    turns = [(turn.logged_by, stretch_of(turn, whole[1])) for turn in state.alive_turns]
    covered = united((max(begin, whole[0]), min(end, whole[1])) for _who, (begin, end) in turns if begin < whole[1])
    held = uninterrupted_ms([(int(begin), int(end)) for begin, end in covered if begin < end], apart)
    lasted: dict[str, float] = {}
    for who, stretch in turns:
        lasted[who] = lasted.get(who, 0.0) + shared_ms(stretch, whole)
    total = sum(lasted.values())
    by = {who: ms / total for who, ms in sorted(lasted.items(), key=lambda one: -one[1]) if total and ms}
    return Logged(held / length if length else 0.0, by, _lag_ms(state))


def _lag_ms(state: State) -> float | None:
    voices = sorted(int(row.started_at) for row in state.voice.values())
    lags = []
    for turn in state.alive_turns:
        place = bisect_right(voices, turn.started_at + EARLIEST_MS) - 1
        if turn.kind in ("participant", "moderator") and place >= 0:
            lag = turn.started_at - voices[place]
            lags += [lag] if lag <= FARTHEST_MS else []
    return statistics.median(lags) if len(lags) >= FEWEST else None
