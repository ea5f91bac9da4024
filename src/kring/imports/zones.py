"""Whether the clock of a file is that of another time zone: by who came in, by what was typed, or by its hours alone.

A zone lies whole half hours from another. It is only taken where the evidence is of that size, and said aloud; the
hours of a file alone tell it where no other zone would put all of it into the session.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from kring.domain.local_time import EPOCH, local
from kring.domain.state import State
from kring.imports.parsed import Clock, Millis, Parsed
from kring.imports.placing import placed, times_of

HALF_HOUR_MS = 30 * 60_000
HOUR_MS = 2 * HALF_HOUR_MS
MOST_ZONES_MS = 14 * HOUR_MS
MOST_BY_DAYS_MS = 9 * HOUR_MS
"""The same for a file of another day by its dates: what is further away is more likely that of another evening."""
NEAR_ZONE_MS = 10 * 60_000
"""How far from a zone evidence may lie: people come in before they are let in, and are logged when there is time."""
BEFORE_MS = 45 * 60_000
"""How long before the start of a session its meeting may be open."""
AROUND_MS = 10 * 60_000
"""How long before and after a session people write and speak in it."""
HALF_ZONES = (-9.5, -3.5, -2.5, 3.5, 4.5, 5.5, 6.5, 9.5, 10.5)
"""Of the zones that are no whole hours from UTC those that are half hours."""
FAR_MS = 3 * HOUR_MS
"""From here on what lies outside the session is of another zone, if it is of this session at all."""
WITH_BEGIN_MS = 5 * 60_000
"""What begins no further than this from the session began with it."""
MOST_OUTSIDE = 0.2
"""Which part of a file may lie outside of the session without a doubt on its clock."""
FEWEST = 4
"""Fewer times tell no zone by their hours alone."""


class _Times(NamedTuple):
    """The times of a file as moments, with from when to when each of them may be: `begins`, `ends` of the session."""

    moments: Sequence[tuple[int, int, int]]

    @property
    def are_spread(self) -> bool:
        """Whether they are spread over a third of the session at least."""
        at = [one[0] for one in self.moments]
        return max(at) - min(at) >= min(last - first for _at, first, last in self.moments) / 3

    def outside(self, by_ms: int) -> int:
        """Return how many would lie outside of the session."""
        return sum(not first <= at + by_ms <= last for at, first, last in self.moments)


def of_evidence(offsets_ms: Sequence[int]) -> int:
    """Return the zone that differences between two logs tell: whole hours, or half ones that are far; 0 where none."""
    middle = round(median(offsets_ms))
    zone = round(middle / HALF_HOUR_MS) * HALF_HOUR_MS
    near = [ms for ms in offsets_ms if abs(ms - zone) <= NEAR_ZONE_MS]
    is_whole = not zone % HOUR_MS or abs(zone) >= 2 * HOUR_MS
    return zone if is_whole and abs(zone) <= MOST_ZONES_MS and len(near) * 2 > len(offsets_ms) else 0


def of_hours(state: State, parsed: Parsed) -> int:
    """Return the zone by which a file lies in its session and by no other; 0 where it lies there, or none is clear."""
    times = _times(state, parsed)
    count = len(times.moments)
    if count < FEWEST or times.outside(0) <= MOST_OUTSIDE * count:
        return 0
    most_ms = MOST_ZONES_MS if _is_of_day(state, parsed) else MOST_BY_DAYS_MS
    of_utc = _ahead_of_utc(state)
    steps = (by_ms for by_ms in range(-most_ms, most_ms + 1, HALF_HOUR_MS) if _is_a_zone(of_utc - by_ms))
    fitting = [by_ms for by_ms in steps if not times.outside(by_ms)]
    if of_utc in fitting:
        return of_utc
    began = int(state.session.started_at or 0)
    first = min(at for at, _first, _last in times.moments)
    with_begin = [by_ms for by_ms in fitting if abs(first + by_ms - began) <= WITH_BEGIN_MS and abs(by_ms) >= FAR_MS]
    whole = [by_ms for by_ms in fitting if not by_ms % HOUR_MS and (abs(by_ms) >= FAR_MS or times.are_spread)]
    return next((one[0] for one in (with_begin, whole) if len(one) == 1), 0)


def _is_a_zone(ahead_ms: int) -> bool:
    """Whether somewhere on earth the clock is so far ahead of UTC."""
    return not ahead_ms % HOUR_MS or ahead_ms / HOUR_MS in HALF_ZONES


def _times(state: State, parsed: Parsed) -> _Times:
    began, ended = state.session.started_at, state.session.ended_at
    is_only_polls = not (parsed.messages or parsed.utterances or parsed.signals or parsed.stays)
    if began is None or ended is None or is_only_polls or parsed.clock not in {Clock.WALL, Clock.TIME_OF_DAY}:
        return _Times(())
    place = placed(state, parsed, 0)
    within = (began - AROUND_MS, ended + AROUND_MS)
    moments = [(place(ms), *within) for ms in times_of(parsed.model_copy(update={"stays": ()}))]
    for stay in parsed.stays:
        if stay.joined_ms is not None:
            moments.append((place(stay.joined_ms), began - BEFORE_MS, ended))
        if stay.left_ms is not None:
            moments.append((place(stay.left_ms), began - BEFORE_MS, ended + BEFORE_MS))
    return _Times(moments)


def _is_of_day(state: State, parsed: Parsed) -> bool:
    """Whether the file is of the day of the session by its own dates; without dates it may be."""
    if parsed.clock is not Clock.WALL:
        return True
    days = set(days_of(state, state.session.started_at, state.session.ended_at))
    place = placed(state, parsed, 0)
    return any(local(state, place(ms)).date() in days for ms in times_of(parsed))


def days_of(state: State, *moments: Millis | None) -> Iterator[object]:
    """Yield the days of moments in the zone of the session."""
    for at in moments:
        if at is not None:
            yield local(state, at).date()


def _ahead_of_utc(state: State) -> int:
    """Return how far the session's clock is ahead of UTC."""
    began = int(state.session.started_at or 0)
    clock = local(state, began)
    wall_ms = round((clock - EPOCH).total_seconds() * 1000)
    return wall_ms - began
