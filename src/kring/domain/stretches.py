"""Stretches of time: how long one lasts, what two have in common, and what is left without another; all in ms."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from math import inf
from typing import Generic, TypeVar

from kring.domain import rows as r

T = TypeVar("T")

Stretch = tuple[int, int]
"""From and to, epoch ms."""
FOREVER_MS = 2**62
Lasting = (
    r.RoomRow
    | r.RoomStayRow
    | r.RoomTurnRow
    | r.TurnRow
    | r.PauseRow
    | r.VisitRow
    | r.RecordingRow
    | r.SegmentRow
    | r.AttendanceRow
    | r.IssueRow
    | r.ShowingRow
)


def stretch_of(row: Lasting, now: int) -> Stretch:
    """Return from when to when something lasted; what is still open lasts until now."""
    return int(row.started_at), max(int(row.started_at), int(now if row.ended_at is None else row.ended_at))


def lasted_ms(row: Lasting, now: int) -> int:
    """Return how long something lasted; what is still open lasts until now."""
    begin, end = stretch_of(row, now)
    return end - begin


def shared_ms(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return how long two stretches have in common."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def without(whole: Stretch, taken: Stretch) -> list[Stretch]:
    """Return what is left of a stretch: nothing, one part, or the part before and the part after."""
    begin, end = whole
    parts = ((begin, min(end, taken[0])), (max(begin, taken[1]), end))
    return [part for part in dict.fromkeys(parts) if part[0] < part[1]]


class Touching(Generic[T]):
    """What lasts from when to when, in order of begin, so that what touches a stretch is found without a walk over all.

    A tree over the places holds how late what is below each node ends (de Berg e.a., "Computational Geometry", 2008,
    10.1): each thing found costs a few steps, however long others last.
    """

    def __init__(self, things: Iterable[T], stretch: Callable[[T], tuple[float, float]]) -> None:
        found = sorted(((stretch(thing), thing) for thing in things), key=lambda one: one[0][0])
        self._things = [thing for _stretch, thing in found]
        self._begins = [begin for (begin, _end), _thing in found]
        self._width = 1 << len(found).bit_length()
        self._latest = [-inf] * (2 * self._width)
        for place, ((_begin, end), _thing) in enumerate(found, self._width):
            self._latest[place] = end
        for node in range(self._width - 1, 0, -1):
            self._latest[node] = max(self._latest[2 * node], self._latest[2 * node + 1])

    def touching(self, begin: float, end: float) -> Iterator[T]:
        """Yield what begins by the end of a stretch and ends no earlier than its begin, the latest to begin first."""
        return self._below(1, 0, self._width, bisect_right(self._begins, end), begin)

    def _below(self, node: int, first: int, behind: int, until: int, least: float) -> Iterator[T]:
        if first >= until or self._latest[node] < least:
            return
        if behind - first == 1:
            yield self._things[first]
            return
        middle = (first + behind) // 2
        yield from self._below(2 * node + 1, middle, behind, until, least)
        yield from self._below(2 * node, first, middle, until, least)


def united(stretches: Iterable[tuple[float, float]], gap: float = 0) -> list[tuple[float, float]]:
    """Return stretches in order, those made one that overlap or lie no further apart than a gap."""
    found: list[tuple[float, float]] = []
    for begin, end in sorted(stretches):
        if found and begin - found[-1][1] <= gap:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return found


def in_steps(stretches: Iterable[tuple[float, float]], begin: float, step: float, steps: int) -> list[float]:
    """Return how much of each of so many steps of time after `begin` the stretches take together."""
    taken = [0.0] * steps
    for start, end in stretches:
        for place in range(max(int((start - begin) / step), 0), min(int((end - begin) / step), steps - 1) + 1):
            taken[place] += shared_ms((start, end), (begin + place * step, begin + (place + 1) * step))
    return taken
