"""Clock times: a moment as the wall of the session showed it, and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache

from kring.domain.rows import FIRST_MS, LAST_MS
from kring.domain.state import State

OTHER_DAY_MS = 6 * 3_600_000  # a session that starts this far from its plan has another evening than planned
EPOCH = datetime.fromtimestamp(0, UTC).replace(tzinfo=None)  # as local times are: without a zone
DAY_MIN = 24 * 60
_FIRST_ZONED, _LAST_ZONED = datetime(1970, 1, 3, tzinfo=UTC), datetime(2400, 1, 1, tzinfo=UTC)
"""Outside of these years a file tells nonsense, and zones raise."""
_FIRST_ZONED_MS, _LAST_ZONED_MS = (round(one.timestamp() * 1000) for one in (_FIRST_ZONED, _LAST_ZONED))


def local(state: State, at_ms: int) -> datetime:
    """Return a moment as local time of the session's computer, by the zone that the file keeps.

    A session that was prepared in summer time and held in winter time is an hour away from the offset of its file.
    """
    return at_place(state.session.zone, state.session.utc_offset_min, at_ms)


def at_place(zone_name: str, offset_min: int, at_ms: int) -> datetime:
    """Return a moment as local time of a zone, or where its name says nothing at a distance from UTC."""
    zone = _zone(zone_name)
    shifted = at_ms + min(max(offset_min, -DAY_MIN), DAY_MIN) * 60_000
    if zone is not None and _FIRST_ZONED_MS < at_ms < _LAST_ZONED_MS:
        return datetime.fromtimestamp(at_ms // 1000, zone).replace(tzinfo=None) + timedelta(milliseconds=at_ms % 1000)
    return EPOCH + timedelta(milliseconds=min(max(shifted, FIRST_MS), LAST_MS))


def day_of(state: State) -> str:
    """Return the day on which the session started, or its file was made, as an ISO date."""
    at = state.session.started_at or state.session.created_at
    return "" if at is None else local(state, at).date().isoformat()


def day_of_file(state: State) -> str:
    """Return the day after which the file of a session is called, as an ISO date: the one on which it was made, or that
    for which it is planned where that is later.
    """
    at = state.session.created_at or state.session.started_at
    made = "" if at is None else local(state, at).date().isoformat()
    return max(made, (state.session.planned_start or "")[:10])


def moment_of(state: State, clock: datetime) -> int:
    """Return a local time of the session's computer as epoch ms; of an hour that comes twice the first one."""
    return _moment(clock, state.session.zone, _offset_min(state))


def _moment(clock: datetime, zone_name: str, offset_min: int) -> int:
    zone = _zone(zone_name)
    if zone is not None and _FIRST_ZONED.year <= clock.year < _LAST_ZONED.year:
        return round(clock.replace(tzinfo=zone).timestamp() * 1000)
    return round((clock - EPOCH) / timedelta(milliseconds=1)) - offset_min * 60_000


@lru_cache(maxsize=8)
def _zone(name: str) -> tzinfo | None:
    """Return a time zone by its name (Europe/Amsterdam); None where this computer does not know one of that name."""
    if "/" not in name:  # a short name, such as that of an hour's offset, says nothing of the rest of the year
        return None
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # none of that name, or no database of zones
        return None


def _offset_min(state: State) -> int:
    """Return the offset that the file keeps; more than a day is no time zone."""
    return min(max(state.session.utc_offset_min, -DAY_MIN), DAY_MIN)


def planned_start(state: State) -> int | None:
    """Return the planned start as epoch ms."""
    session = state.session
    return _start_of(session.planned_start, session.zone, _offset_min(state)) if session.planned_start else None


@lru_cache(maxsize=8)  # one look at a screen asks for it many times
def _start_of(text: str, zone: str, offset_min: int) -> int | None:
    try:
        return _moment(datetime.fromisoformat(text).replace(tzinfo=None), zone, offset_min)
    except (ValueError, OverflowError):
        return None
