"""Where the pieces of a recording lie: each by the log's begin of it, moved to where its own speech fits the turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kring.domain.state import State
from kring.domain.text import N_, Sentence
from kring.domain.time_text import as_clock, as_length
from kring.imports.clocks import FEWEST_TURNS, Clue, anybody
from kring.imports.fitting import speech_fit
from kring.imports.fitting.hidden_pauses import hidden_pause
from kring.imports.fitting.overlap import Stretch
from kring.imports.parsed import Millis, Parsed, Sound
from kring.imports.placing import pieces_of

LEAST_MS = 5_000
"""A shorter piece at the end is a key that was pressed late."""
LATE_MS = 15_000
"""How far the log's begin of a piece may be off: a pause is logged by somebody who has other things to do."""

LEAST_PART_MS = 4 * 60_000
"""How much must lie before and behind a pause that nobody logged, to see that it fits."""
CLEARER = 1.2
"""How much more such a pause explains than one of another length: each part must fit by itself too."""
LONG_MS = 10 * 60_000
"""From what length on a piece would fit the log, if it lay where it should."""
MISFIT = N_(
    "From {time} to {until} it does not clearly fit the turns of the log: look whether it was paused as the log says."
)

UNLOGGED = N_(
    "From about {time} of it on the turns of the log lie {length} later: it seems to have been paused there, which "
    "nobody logged. Listen to a moment behind it."
)


class Anchor(NamedTuple):
    """A turn of the log that begins where somebody is heard: when (epoch ms), and by how much later than that."""

    at_ms: int
    later_ms: int


class LaidPiece(NamedTuple):
    """A piece of a recording: from when in it on, for how long, at which moment it begins (epoch ms).

    Without `anchors` only the log's begin tells, or what somebody chose; before it lies a pause of `unlogged_ms` that
    shows in the speech alone.
    """

    from_ms: Millis
    lasts_ms: Millis
    at_ms: int
    anchors: tuple[Anchor, ...] = ()
    unlogged_ms: Millis = 0

    def moved(self, by_ms: Millis) -> LaidPiece:
        """Return it so much later, with the turns that are still near what is heard."""
        anchors = (one._replace(later_ms=one.later_ms - by_ms) for one in self.anchors)
        near = tuple(one for one in anchors if abs(one.later_ms) <= speech_fit.NEAR_MS)
        return self._replace(at_ms=self.at_ms + by_ms, anchors=near if len(near) >= FEWEST_TURNS else ())

    @property
    def spread_ms(self) -> int:
        """How far the middle half of its anchors lies apart."""
        return Clue(Sentence(""), tuple(one.later_ms for one in self.anchors)).spread_ms if self.anchors else 0


def laid(state: State, parsed: Parsed, offset_ms: int, chosen_ms: int | None = None) -> tuple[LaidPiece, ...]:
    """Return the pieces of a recording that begins so long after the session's start, none of what is no recording.

    Where somebody chose another begin, all of it moves there.
    """
    found = _laid(state, parsed, offset_ms, moves=True)
    if chosen_ms is None or not found:
        return found
    chosen_at = int(state.session.started_at or 0) + chosen_ms
    if abs(chosen_at - found[0].at_ms) > LATE_MS:
        found = _laid(state, parsed, chosen_ms, moves=False)
    by_ms = chosen_at - found[0].at_ms
    return tuple(one.moved(by_ms) for one in found)


def _laid(state: State, parsed: Parsed, offset_ms: int, *, moves: bool) -> tuple[LaidPiece, ...]:
    if parsed.sound is None:
        return ()
    begun, log, lasts = int(state.session.started_at or 0), tuple(anybody(state)), parsed.sound.lasts_ms
    pieces = [one for one in pieces_of(state, begun + offset_ms) if not one.from_ms or one.from_ms + LEAST_MS < lasts]
    ends = [*(after.from_ms for _one, after in pairwise(pieces)), lasts]
    found: list[LaidPiece] = []
    for piece, end in zip(pieces, ends, strict=True):
        one = LaidPiece(piece.from_ms, end - piece.from_ms, piece.at_ms)
        found += _fitted(log, parsed.sound, one, moves=moves and len(pieces) > 1)
    return tuple(found)


def _fitted(log: tuple[Stretch, ...], sound: Sound, piece: LaidPiece, *, moves: bool) -> list[LaidPiece]:
    """Return a piece with the turns that it fits, moved there if it may be; in two where a pause shows in it."""
    speech = _spoken(sound, piece)
    shift = speech_fit.best_shift(log, speech, LATE_MS)
    if shift is None or (not moves and abs(shift) > speech_fit.NEAR_MS):
        return [piece]
    parts = _parted(log, sound, piece, speech)
    if parts:
        return parts
    moved = piece.moved(round(shift)) if moves else piece
    return [moved._replace(anchors=tuple(_anchors(log, speech, shift, moved.at_ms - piece.at_ms)))]


def _parted(log: tuple[Stretch, ...], sound: Sound, piece: LaidPiece, speech: tuple[Stretch, ...]) -> list[LaidPiece]:
    """Return a piece as those before and behind a pause that nobody logged, none where both would not fit."""
    pause = hidden_pause(log, speech, clearer=CLEARER)
    lasts_ms = 0 if pause is None else round(pause.at_ms) - piece.at_ms
    if pause is None or not LEAST_PART_MS <= lasts_ms <= piece.lasts_ms - LEAST_PART_MS:
        return []
    before = piece._replace(lasts_ms=lasts_ms).moved(round(pause.before_ms))
    behind = LaidPiece(
        from_ms=piece.from_ms + lasts_ms,
        lasts_ms=piece.lasts_ms - lasts_ms,
        at_ms=piece.at_ms + lasts_ms + round(pause.behind_ms),
        unlogged_ms=round(pause.behind_ms - pause.before_ms),
    )
    first, second = (_fitted(log, sound, one, moves=True) for one in (before, behind))
    return [*first, *second] if first[0].anchors and second[0].anchors else []


def _spoken(sound: Sound, piece: LaidPiece) -> tuple[Stretch, ...]:
    """Return when somebody speaks in a piece, where it lies."""
    by_ms, end = piece.at_ms - piece.from_ms, piece.from_ms + piece.lasts_ms
    return tuple((float(at + by_ms), float(to + by_ms)) for at, to in sound.speech if piece.from_ms <= at < end)


def remarks(pieces: Sequence[LaidPiece]) -> Iterator[Sentence]:
    """Yield what people must know of where the pieces of a recording lie."""
    yield from _misfits(pieces)
    for one in pieces:
        if one.unlogged_ms:
            yield Sentence(UNLOGGED, {"time": as_clock(one.from_ms), "length": as_length(one.unlogged_ms)})


def _misfits(pieces: Sequence[LaidPiece]) -> Iterator[Sentence]:
    """Yield which long pieces fit nothing of the log, where others do."""
    if any(one.anchors for one in pieces):
        for one in pieces:
            if not one.anchors and one.lasts_ms >= LONG_MS:
                yield Sentence(MISFIT, {"time": as_clock(one.from_ms), "until": as_clock(one.from_ms + one.lasts_ms)})


def _anchors(log: Sequence[Stretch], speech: Sequence[Stretch], shift: float | None, moved: Millis) -> Iterator[Anchor]:
    """Yield the turns that a piece has where it was moved to, none where it fits elsewhere or too few."""
    if shift is None or abs(shift - moved) > speech_fit.NEAR_MS:
        return
    found = [Anchor(round(turn), round(by) - moved) for turn, by in speech_fit.differences(log, speech, shift)]
    if len(found) >= FEWEST_TURNS:
        yield from found
