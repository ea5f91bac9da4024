"""What differs between the hand log and what is heard, as proposals: moved, of somebody else, not logged, not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kring.domain.rows import TurnChange
from kring.speech.refine_turns import LAG_SPREAD_MS, SILENCE, Speaker, Turn

LEAST_CHANGE_MS = 400.0  # nobody hears less when they listen again
LEAST_SILENCE_MS = 1000.0
NEAR_MS = 2 * LAG_SPREAD_MS


class Span(NamedTuple):
    """A stretch of the session of which there is sound, in session ms."""

    started: float
    ended: float


class Proposed(NamedTuple):
    """A change of the hand log that the sound suggests; `turn` is None for one that nobody logged."""

    change: TurnChange
    turn: str | None
    speaker: Speaker
    started: float
    ended: float


def proposals(log: Sequence[Turn], heard: Sequence[Turn], spans: Sequence[Span]) -> list[Proposed]:
    """Return what would make the log what is heard, in order of time; nothing where there is no sound.

    A turn with another speaker and other times gets two proposals, for one may be right and the other wrong.
    """
    covered = [turn for turn in log if turn.length >= LEAST_CHANGE_MS and _is_covered(turn.without_lag(), spans)]
    beyond = [turn.without_lag() for turn in log if turn not in covered]
    to_place = [*(turn for turn in heard if not _is_known(turn, beyond)), *_silences(heard, spans)]
    pairs = _pairs(covered, to_place)
    found = [proposal for turn, other in pairs for proposal in _differences(turn, other)]
    matched = {id(one) for pair in pairs for one in pair}
    found += [
        Proposed("remove", turn.id, turn.speaker, turn.started, turn.ended)
        for turn in covered
        if id(turn) not in matched
    ]
    found += [
        Proposed("add", None, turn.speaker, turn.started, turn.ended)
        for turn in to_place
        if id(turn) not in matched and turn.speaker != SILENCE and turn.length >= LEAST_CHANGE_MS
    ]
    return sorted(found, key=lambda one: (one.started, one.ended))


def _is_covered(turn: Turn, spans: Sequence[Span]) -> bool:
    return any(span.started - NEAR_MS <= turn.started and turn.ended <= span.ended + NEAR_MS for span in spans)


def _is_known(turn: Turn, others: Sequence[Turn]) -> bool:
    """Whether the log has a turn there that it keeps, for not all of it was recorded."""
    return any(_overlap(turn, other) > turn.length / 2 for other in others)


def _silences(heard: Sequence[Turn], spans: Sequence[Span]) -> Iterator[Turn]:
    for span in spans:
        within = [turn for turn in heard if turn.ended > span.started and turn.started < span.ended]
        edges = [span.started, *(edge for turn in within for edge in (turn.started, turn.ended)), span.ended]
        for begin, end in list(pairwise(edges))[::2]:
            if end - begin >= LEAST_SILENCE_MS:
                yield Turn("", SILENCE, begin, end)


def _overlap(turn: Turn, other: Turn) -> float:
    """Return for how many ms both last; less than nothing is how far they are apart."""
    return min(turn.ended, other.ended) - max(turn.started, other.started)


def _pairs(log: Sequence[Turn], heard: Sequence[Turn]) -> list[tuple[Turn, Turn]]:
    """Pair what is logged with what is heard: the same speaker first, then another one in the same place."""
    likely = {id(turn): turn.without_lag() for turn in log}
    same, other = [], []
    for turn in log:
        for one in heard:
            shared = _overlap(likely[id(turn)], one)
            if turn.speaker == one.speaker:
                if shared > -NEAR_MS:
                    same.append((shared, turn, one))
            elif SILENCE not in (turn.speaker, one.speaker) and shared > min(turn.length, one.length) / 2:
                other.append((shared, turn, one))
    taken: set[int] = set()
    pairs: list[tuple[Turn, Turn]] = []
    for candidates in (same, other):
        for _, turn, one in sorted(candidates, key=lambda candidate: -candidate[0]):
            if id(turn) not in taken and id(one) not in taken:
                taken |= {id(turn), id(one)}
                pairs.append((turn, one))
    return pairs


def _differences(turn: Turn, heard: Turn) -> Iterator[Proposed]:
    if turn.speaker != heard.speaker:
        yield Proposed("reassign", turn.id, heard.speaker, turn.started, turn.ended)
    if max(abs(turn.started - heard.started), abs(turn.ended - heard.ended)) >= LEAST_CHANGE_MS:
        yield Proposed("move", turn.id, heard.speaker, heard.started, heard.ended)
