"""Who follows whom: a transition matrix over turns (Bakeman & Gottman, "Observing Interaction", 1997; BORIS)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from kring.domain.measures.talk import interruptions, spoken, talk
from kring.domain.state import State
from kring.domain.stretches import stretch_of

WITHIN_MS = 10_000
"""After a longer silence somebody begins anew, and follows nobody."""


def who_follows_whom(state: State, now: int) -> dict[tuple[str, str], int]:
    """Return how often one speaker came after another: `(before, after)` to a count.

    Speakers are participants' codes and `moderator`. A turn follows the one before it when it is another's and begins
    within ten seconds after that one's end; a silence up to then does not part them. Crosstalk, an unknown speaker, a
    pause and a break between them do; of unknown speakers each turn stands for itself, for they may be different
    people. Nobody follows himself.
    """
    heard = {speaker: one for speaker, one in spoken(state, now).items() if speaker not in ("silence", "unknown")}
    turns = [(begin, end, speaker) for speaker, one in heard.items() for begin, end in one.stretches]
    turns = sorted([*turns, *_unknown(state, now)])
    apart = interruptions(state, now)
    counts: Counter[tuple[str, str]] = Counter()
    for (_begin, ended, before), (begins, _end, after) in pairwise(turns):
        are_people = _is_person(before) and _is_person(after)
        if are_people and before != after and begins - ended <= WITHIN_MS and not _is_parted(ended, begins, apart):
            counts[before, after] += 1
    return dict(counts)


def _unknown(state: State, now: int) -> Iterator[tuple[int, int, str]]:
    first, last = talk(state, now)
    for turn in state.alive_turns:
        begin, end = stretch_of(turn, last)
        if turn.kind == "unknown" and state.session.started_at is not None and max(begin, first) < min(end, last):
            yield max(begin, first), min(end, last), "unknown"


def among_participants(counts: dict[tuple[str, str], int]) -> float | None:
    """Return which part of all transitions, 0..1, goes from one participant to another; None without any."""
    among = sum(n for pair, n in counts.items() if "moderator" not in pair)
    return among / sum(counts.values()) if counts else None


def _is_person(speaker: str) -> bool:
    return speaker not in ("crosstalk", "unknown", "silence")


def _is_parted(ended: int, begins: int, apart: list[tuple[float, float]]) -> bool:
    return any(begin < begins and end > ended for begin, end in apart)
