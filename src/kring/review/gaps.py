"""Which stretches of a session no recording holds."""

from __future__ import annotations

from kring.domain.measures.coverage import is_in_breakout
from kring.domain.state import State

LEAST_MS = 1_000
"""A shorter gap is the time that it takes to press a key."""
FOREVER_MS = 2**62


def uncovered(state: State) -> list[tuple[int, int | None]]:
    """Return the stretches from start to end of the session that no recording holds, epoch ms; None = still lasting.

    While the group is split, the platform's recording holds the main room only, as `domain.coverage` says.
    """
    session = state.session
    if session.started_at is None:
        return []
    begin = int(session.started_at)
    end = int(session.ended_at or FOREVER_MS)
    own = [(int(row.started_at), int(row.ended_at or end)) for row in state.segments.values()]
    platform = [
        (int(row.started_at), int(row.ended_at or end)) for row in state.recordings.values() if row.source == "platform"
    ]
    split = [
        (int(visit.started_at), int(visit.ended_at or end))
        for visit in state.visits.values()
        if is_in_breakout(state, visit.item)
    ]
    for stretch in split:
        platform = [part for held in platform for part in _without(held, stretch)]
    left = [(begin, end)]
    for held in (*own, *platform):
        left = [part for gap in left for part in _without(gap, held)]
    return [(gap[0], None if gap[1] == FOREVER_MS else gap[1]) for gap in left if gap[1] - gap[0] >= LEAST_MS]


def _without(whole: tuple[int, int], taken: tuple[int, int]) -> list[tuple[int, int]]:
    begin, end = whole
    before = (begin, min(end, taken[0]))
    after = (max(begin, taken[1]), end)
    return [part for part in dict.fromkeys((before, after)) if part[0] < part[1]]
