"""Clock times: a moment as the wall of the session showed it, and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kring.domain.rows import FIRST_MS, LAST_MS
from kring.domain.state import State

OTHER_DAY_MS = 6 * 3_600_000  # a session that starts this far from its plan has another evening than planned
EPOCH = datetime.fromtimestamp(0, UTC).replace(tzinfo=None)  # as local times are: without a zone
DAY_MIN = 24 * 60


def local(state: State, at_ms: int) -> datetime:
    """Return a moment as local time of the session's computer, by the offset that the file keeps."""
    shifted = at_ms + _offset_min(state) * 60_000
    return EPOCH + timedelta(milliseconds=min(max(shifted, FIRST_MS), LAST_MS))


def moment_of(state: State, clock: datetime) -> int:
    """Return a local time of the session's computer as epoch ms."""
    return round((clock - EPOCH) / timedelta(milliseconds=1)) - _offset_min(state) * 60_000


def _offset_min(state: State) -> int:
    """Return the offset that the file keeps; more than a day is no time zone."""
    return min(max(state.session.utc_offset_min, -DAY_MIN), DAY_MIN)


def planned_start(state: State) -> int | None:
    """Return the planned start as epoch ms."""
    text = state.session.planned_start
    if not text:
        return None
    try:
        return moment_of(state, datetime.fromisoformat(text).replace(tzinfo=None))
    except (ValueError, OverflowError):
        return None
