"""Where the pieces of a recording lie: each by the log's begin of it, moved to where its own speech fits the turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kring.domain.state import State
from kring.domain.text import N_, Sentence
from kring.domain.time_text import short
from kring.imports import speech_fit
from kring.imports.clocks import FEWEST_TURNS, Clue, anybody
from kring.imports.overlap import Stretch
from kring.imports.parsed import Millis, Parsed
from kring.imports.placing import pieces_of

LEAST_MS = 5_000
"""A shorter piece at the end is a key that was pressed late."""
LATE_MS = 15_000
"""How far the log's begin of a piece may be off: a pause is logged by somebody who has other things to do."""

LONG_MS = 10 * 60_000
"""From what length on a piece would fit the log, if it lay where it should."""
MISFIT = N_(
    "From {time} to {until} it does not clearly fit the turns of the log: look whether it was paused as the log says."
)


class LaidPiece(NamedTuple):
    """A piece of a recording: from when in it on, for how long, at which moment it begins (epoch ms).

    `turns` of the log begin where somebody is heard in it, the middle half of them within `spread_ms`; 0 = only the
    log's begin tells, or what somebody chose.
    """

    from_ms: Millis
    lasts_ms: Millis
    at_ms: int
    turns: int = 0
    spread_ms: int = 0


def laid(state: State, parsed: Parsed, offset_ms: int, chosen: bool) -> tuple[LaidPiece, ...]:
    """Return the pieces of a recording that begins so long after the session's start, none of what is no recording.

    What was `chosen` is not moved.
    """
    if parsed.sound is None:
        return ()
    begun, lasts = int(state.session.started_at or 0) + offset_ms, parsed.sound.lasts_ms
    pieces = [one for one in pieces_of(state, begun) if not one.from_ms or one.from_ms + LEAST_MS < lasts]
    ends = [*(after.from_ms for _one, after in pairwise(pieces)), lasts]
    log = anybody(state)
    found = []
    for piece, end in zip(pieces, ends, strict=True):
        by_ms = piece.at_ms - piece.from_ms
        speech = [(float(at + by_ms), float(to + by_ms)) for at, to in parsed.sound.speech if piece.from_ms <= at < end]
        is_placed = chosen or len(pieces) == 1
        clue = _fits(log, speech, is_placed)
        moved = 0 if clue is None or is_placed else clue.offset_ms
        turns, spread = (0, 0) if clue is None else (len(clue.offsets), clue.spread_ms)
        found.append(LaidPiece(piece.from_ms, end - piece.from_ms, piece.at_ms + moved, turns, spread))
    return tuple(found)


def misfits(pieces: Sequence[LaidPiece]) -> Iterator[Sentence]:
    """Yield which long pieces fit nothing of the log, where others do."""
    if any(one.turns for one in pieces):
        for one in pieces:
            if not one.turns and one.lasts_ms >= LONG_MS:
                yield Sentence(MISFIT, {"time": short(one.from_ms), "until": short(one.from_ms + one.lasts_ms)})


def _fits(log: Sequence[Stretch], speech: Sequence[Stretch], is_placed: bool) -> Clue | None:
    """Return by how much turns differ from the speech of a piece, None where it does not fit; placed = it stays."""
    shift = speech_fit.best_shift(log, speech, LATE_MS)
    if shift is None or (is_placed and abs(shift) > speech_fit.NEAR_MS):
        return None
    offsets = tuple(sorted(map(round, speech_fit.differences(log, speech, shift))))
    return Clue(Sentence(""), offsets) if len(offsets) >= FEWEST_TURNS else None
