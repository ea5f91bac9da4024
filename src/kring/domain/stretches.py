"""Stretches of time: how long one lasts, what two have in common, and what is left without another; all in ms."""

from __future__ import annotations

from collections.abc import Iterable

from kring.domain import rows as r

Stretch = tuple[int, int]
"""From and to, epoch ms."""
FOREVER_MS = 2**62
Lasting = r.TurnRow | r.PauseRow | r.VisitRow | r.RecordingRow | r.SegmentRow | r.AttendanceRow | r.IssueRow


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
