"""Which frame of which piece of sound was heard when: a line through the lower envelope of each piece's anchors.

An anchor says how many frames had arrived when the recorder looked. It can look late, never early: the true line of
the sound's clock lies below all anchors and touches the best of them. Method: the supporting line of Moon, Skelly and
Towsley (1999) for the clock's rate, and around it the highest envelope that bends no faster than a crystal does.

Moments are milliseconds on any clock that everybody shares: the session's, or the time since the computer started.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil, floor
from typing import NamedTuple

RATE_FROM_MS = 20_000.0
"""From what length on the rate of a sound card's clock can be seen in its anchors."""
MOST_PPM = 500e-6  # no sound card's clock is further off than this
BEND = 30e-6  # ms per ms: how fast the two clocks may begin to run apart (warmth, or NTP that pulls at one of them)
LOOK = 10
"""How many anchors on both sides show whether samples were lost between them."""
LOST_MS = 12.0


class Anchor(NamedTuple):
    """So many frames of a piece had arrived at this moment."""

    frames: int
    at_ms: float


class Piece(NamedTuple):
    """A file of sound: its frames, how many of them a second, and its anchors in the order in which they were made.

    `heard` is from when to when it is heard where others hold the rest of its moments, None = all of it.
    """

    rate: int
    frames: int
    anchors: tuple[Anchor, ...]
    heard: tuple[tuple[float, float], ...] | None = None


class Stretch(NamedTuple):
    """Frames without a loss between them, and the bends of the line that tells their moments."""

    piece: int
    first: int
    end: int
    rate: int
    bends: tuple[Anchor, ...]

    def time_of(self, frame: float) -> float:
        """Return when a frame was heard; also outside the stretch, as if it went on."""
        before, after = _around(self.bends, bisect_right(self.bends, frame, key=_frames))
        return before.at_ms + (frame - before.frames) * self._slope(before, after)

    def frame_at(self, at_ms: float) -> float:
        """Return which frame was heard at a moment; also outside the stretch, as if it went on."""
        before, after = _around(self.bends, bisect_right(self.bends, at_ms, key=_at_ms))
        return before.frames + (at_ms - before.at_ms) / self._slope(before, after)

    @property
    def started_ms(self) -> float:
        """Return when the first frame was heard."""
        return self.time_of(self.first)

    @property
    def ended_ms(self) -> float:
        """Return when the last frame had been heard."""
        return self.time_of(self.end)

    def _slope(self, before: Anchor, after: Anchor) -> float:
        if after.frames == before.frames:
            return 1000 / self.rate
        return (after.at_ms - before.at_ms) / (after.frames - before.frames)


class Place(NamedTuple):
    """Where to play: a frame of a piece, and how much later than was asked its sound begins (0 = there is sound)."""

    piece: int
    frame: int
    late_ms: float


class Mapping:
    """The pieces of a recording on one clock; pieces stand in the order in which they were recorded."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        found = (stretch for number, piece in enumerate(pieces) for stretch in stretches(number, piece))
        # a clock that was set between two recordings may put the later one first
        self.stretches = tuple(sorted(found, key=lambda stretch: stretch.started_ms))
        self._starts = [stretch.started_ms for stretch in self.stretches]

    def time_of(self, piece: int, frame: int) -> float | None:
        """Return when a frame was heard, None where the piece has no sound at all."""
        its = [stretch for stretch in self.stretches if stretch.piece == piece]
        if not its:
            return None
        return next((one for one in its if frame < one.end), its[-1]).time_of(frame)

    def frame_at(self, at_ms: float) -> Place | None:
        """Return where the sound of a moment is; in a gap where the next begins, None after all sound."""
        place = bisect_right(self._starts, at_ms) - 1
        if place >= 0:
            stretch = self.stretches[place]
            frame = max(stretch.first, round(stretch.frame_at(at_ms)))
            if frame < stretch.end:
                return Place(stretch.piece, frame, 0.0)
        if place + 1 == len(self.stretches):
            return None
        following = self.stretches[place + 1]
        return Place(following.piece, following.first, max(0.0, self._starts[place + 1] - at_ms))

    def is_heard(self, piece: int, frame: int) -> bool:
        """Whether a frame is heard, and not another piece in its place."""
        return any(one.piece == piece and one.first <= frame < one.end for one in self.stretches)

    def covers(self, at_ms: float) -> bool:
        """Whether there is sound of a moment."""
        place = self.frame_at(at_ms)
        return place is not None and place.late_ms == 0


def stretches(number: int, piece: Piece) -> list[Stretch]:
    """Return a piece as stretches without a loss, none where nothing can be told of its time."""
    if not piece.anchors or piece.frames <= 0:
        return []
    runs = _runs(_in_order(piece.anchors), 1000 / piece.rate)
    # where in the second between two anchors the samples were lost, nobody knows
    ends = [*(run[-1].frames for run in runs[:-1]), piece.frames]
    firsts = [0, *ends[:-1]]
    found = [
        Stretch(number, first, end, piece.rate, _line(run, piece.rate))
        for first, end, run in zip(firsts, ends, runs, strict=True)
        if end > first
    ]
    return found if piece.heard is None else [part for one in found for part in _heard(one, piece.heard)]


def _heard(stretch: Stretch, spans: Sequence[tuple[float, float]]) -> Iterator[Stretch]:
    """Yield what of a stretch lies within spans of moments."""
    for begin, end in spans:
        first = max(stretch.first, ceil(stretch.frame_at(begin)))
        last = min(stretch.end, floor(stretch.frame_at(end)))
        if first < last:
            yield stretch._replace(first=first, end=last)


def _in_order(anchors: Sequence[Anchor]) -> list[Anchor]:
    """Return the anchors by frame, of several at one frame the most punctual."""
    by_frame: dict[int, Anchor] = {}
    for anchor in sorted(anchors, reverse=True):
        by_frame[anchor.frames] = anchor
    return list(reversed(by_frame.values()))


def _runs(anchors: list[Anchor], nominal: float) -> list[list[Anchor]]:
    """Part the anchors where the best of the next ones is later than the best of the last: samples were lost there."""
    late = [_lateness(anchor, anchors[0], nominal) for anchor in anchors]
    runs: list[list[Anchor]] = []
    begin = 0
    for place in range(1, len(anchors)):
        before, after = min(late[max(begin, place - LOOK) : place]), min(late[place : place + LOOK])
        lost = after - before > LOST_MS
        # of several places that show the same loss it's the one with the step
        if lost and late[place] - late[place - 1] >= (after - before) / 2:
            runs.append(anchors[begin:place])
            begin = place
    return [*runs, anchors[begin:]]


def _line(run: list[Anchor], rate: int) -> tuple[Anchor, ...]:
    """Return the bends of the line that lies below all anchors of a run."""
    slope = _slope(run, rate)
    late = [_lateness(anchor, run[0], slope) for anchor in run]
    for steps in (range(1, len(run)), range(len(run) - 2, -1, -1)):
        for place in steps:
            other = place - 1 if steps.step > 0 else place + 1
            room = BEND * abs(run[place].frames - run[other].frames) * slope
            late[place] = min(late[place], late[other] + room)
    first = run[0]
    on_line = [
        Anchor(anchor.frames, first.at_ms + (anchor.frames - first.frames) * slope + lateness)
        for anchor, lateness in zip(run, late, strict=True)
    ]
    if len(on_line) == 1:  # two points make the line that one has only with its rate
        (only,) = on_line
        on_line.append(Anchor(only.frames + rate, only.at_ms + rate * slope))
    return _without_the_straight(on_line)


def _slope(run: list[Anchor], rate: int) -> float:
    """Return the length of a frame in ms: that of the supporting line, or of the rate where a run is too short."""
    nominal = 1000 / rate
    if (run[-1].frames - run[0].frames) * nominal < RATE_FROM_MS:
        return nominal
    hull: list[Anchor] = []
    for anchor in run:
        while len(hull) > 1 and _is_above(hull[-1], hull[-2], anchor):
            hull.pop()
        hull.append(anchor)
    middle = sum(anchor.frames for anchor in run) / len(run)
    before, after = _around(hull, bisect_right(hull, middle, key=_frames))
    slope = (after.at_ms - before.at_ms) / (after.frames - before.frames)
    return min(max(slope, nominal * (1 - MOST_PPM)), nominal * (1 + MOST_PPM))


def _is_above(anchor: Anchor, left: Anchor, right: Anchor) -> bool:
    across = (right.frames - left.frames) * (anchor.at_ms - left.at_ms)
    return across >= (anchor.frames - left.frames) * (right.at_ms - left.at_ms)


def _without_the_straight(line: list[Anchor]) -> tuple[Anchor, ...]:
    """Leave out the points that lie on the line between their neighbours, to a microsecond."""
    kept = line[:1]
    for point, following in pairwise(line[1:]):
        begin = kept[-1]
        share = (point.frames - begin.frames) / (following.frames - begin.frames)
        if abs(begin.at_ms + share * (following.at_ms - begin.at_ms) - point.at_ms) > 0.001:
            kept.append(point)
    return (*kept, line[-1])


def _lateness(anchor: Anchor, first: Anchor, slope: float) -> float:
    return anchor.at_ms - first.at_ms - (anchor.frames - first.frames) * slope


def _around(points: Sequence[Anchor], place: int) -> tuple[Anchor, Anchor]:
    """Return the two points around a place in the order, the first or last two where it lies outside."""
    after = min(max(place, 1), len(points) - 1)
    return points[after - 1], points[after]


def _frames(anchor: Anchor) -> float:
    return anchor.frames


def _at_ms(anchor: Anchor) -> float:
    return anchor.at_ms
