"""The session's times, computed from `(state, now)`: nothing here counts, nothing here reads a clock.

Times are milliseconds; `now` is epoch ms UTC. The session's clock runs from the start to the end without a stop; the
guide's clock stands still in a pause.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple

from kring.domain.rows import FIRST_MS, LAST_MS, GuideRow, VisitRow
from kring.domain.state import State
from kring.domain.text import N_

Pace = Literal["calm", "soon", "over"]

SOON_SHARE = 0.2  # of a section's time, as facilitators' timers use it
SOON_LEAST_MS = 60_000
OTHER_DAY_MS = 6 * 3_600_000  # a session that starts this far from its plan has another evening than planned
CUES_BEFORE_END_MIN = (15, 5)
MINUTES_LEFT = N_("{value} minutes left")
EPOCH = datetime.fromtimestamp(0, UTC).replace(tzinfo=None)  # as local times are: without a zone
DAY_MIN = 24 * 60


class SectionTime(NamedTuple):
    """A section against its plan, in ms; `planned_ms` None = no time box."""

    planned_ms: int | None
    spent_ms: int
    pace: Pace

    @property
    def left_ms(self) -> int | None:
        """Return what is left of the time box, below zero when over."""
        return None if self.planned_ms is None else self.planned_ms - self.spent_ms


class SessionTime(NamedTuple):
    """The whole session against its plan; moments in epoch ms, lengths in ms."""

    elapsed_ms: int
    planned_end: int | None
    expected_end: int | None

    @property
    def over_ms(self) -> int | None:
        """Return how far behind plan the end is expected: positive = over, negative = time left over."""
        if self.planned_end is None or self.expected_end is None:
            return None
        return self.expected_end - self.planned_end


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


def elapsed_ms(state: State, now: int) -> int:
    """Return how long the session runs, or ran; 0 before it started."""
    session = state.session
    if session.started_at is None:
        return 0
    return max(0, (session.ended_at or now) - session.started_at)


def planned_start(state: State) -> int | None:
    """Return the planned start as epoch ms."""
    text = state.session.planned_start
    if not text:
        return None
    try:
        return moment_of(state, datetime.fromisoformat(text).replace(tzinfo=None))
    except (ValueError, OverflowError):
        return None


def visit_ms(state: State, visit: VisitRow, now: int) -> int:
    """Return how long a visit lasts or lasted, pauses left out."""
    end = visit.ended_at or now
    pause = state.open_pause if visit.ended_at is None else None
    running = end - max(pause.started_at, visit.started_at) if pause else 0
    return max(0, round(end - visit.started_at - visit.paused_s * 1000 - max(0, running)))


def section_of(state: State, item_id: str | None) -> GuideRow | None:
    """Return the section or break in which an item stands."""
    item = state.guide.get(item_id or "")
    for _ in range(8):
        if item is None or item.parent is None:
            return item
        item = state.guide.get(item.parent)
    return item


def sections(state: State) -> list[GuideRow]:
    """Return the sections and breaks of the guide, in order, skipped ones too."""
    found = [row for row in state.guide.values() if row.parent is None and row.removed_at is None]
    return sorted((row for row in found if row.kind in ("section", "break")), key=lambda row: row.position)


def spent_by_section(state: State, now: int) -> dict[str, int]:
    """Return the time spent in each section, in ms, over all visits to it and to what stands in it."""
    spent: dict[str, int] = {}
    for visit in state.visits.values():
        section = section_of(state, visit.item)
        if section is not None:
            spent[section.id] = spent.get(section.id, 0) + visit_ms(state, visit, now)
    return spent


def item_ms(state: State, item_id: str, now: int) -> int:
    """Return the time spent on one item over all its visits, in ms."""
    return sum(visit_ms(state, visit, now) for visit in state.visits.values() if visit.item == item_id)


def planned_ms(section: GuideRow) -> int | None:
    """Return a section's time box with the minutes given to it or taken from it; None without one."""
    if section.planned_s is None and not section.added_s:
        return None
    return max(0, (section.planned_s or 0) + section.added_s) * 1000


def until_moment(state: State, section: GuideRow, now: int) -> int | None:
    """Return the fixed clock time at which a section ends, as epoch ms, on the day nearest to the session."""
    if section.until is None:
        return None
    try:
        hour, minute = (int(part) for part in section.until.split(":"))
        began, start = state.session.started_at, planned_start(state)
        # a rehearsal in the morning keeps the clock times of its evening, moved along with its start
        moved = began - start if began is not None and start is not None and abs(began - start) > OTHER_DAY_MS else 0
        base = (began if began is not None else start or now) - moved
        clock = local(state, base).replace(hour=hour, minute=minute, second=0, microsecond=0)
    except (ValueError, OverflowError):
        return None
    end = moment_of(state, clock)
    if end < base - OTHER_DAY_MS:  # a session past midnight
        end += 24 * 3_600_000
    return end + moved + section.added_s * 1000


def pace_of(planned: int | None, spent: int, warn_s: int | None = None) -> Pace:
    """Return a section's phase: calm, soon over, or over.

    The threshold is its own (`warn_s`) where the plan gives one, else a fifth of its time, at least a minute.
    """
    if planned is None:
        return "calm"
    left = planned - spent
    if left < 0:
        return "over"
    threshold = max(SOON_LEAST_MS, round(planned * SOON_SHARE)) if warn_s is None else warn_s * 1000
    return "soon" if left <= threshold else "calm"


def section_time(state: State, section: GuideRow, now: int, spent: dict[str, int] | None = None) -> SectionTime:
    """Return how a section stands against its time box, or against its fixed clock time while it is open."""
    used = (spent_by_section(state, now) if spent is None else spent).get(section.id, 0)
    planned = planned_ms(section)
    end = until_moment(state, section, now)
    if end is not None:
        current = section_of(state, state.current_item.id if state.current_item else None)
        if current is not None and current.id == section.id:
            planned = max(0, used + end - now)
            return SectionTime(planned, used, pace_of(planned, used, section.warn_s) if now <= end else "over")
    return SectionTime(planned, used, pace_of(planned, used, section.warn_s))


def session_time(state: State, now: int, spent: dict[str, int] | None = None) -> SessionTime:
    """Return how the whole session stands: elapsed, planned end, and the end as it is expected now.

    What is left of the current section and the boxes of the sections to come are added up; a section with a fixed
    clock time takes up an overrun before it, as far as its own time goes.
    """
    session = state.session
    spent = spent_by_section(state, now) if spent is None else spent
    boxes = sections(state)
    start = planned_start(state)
    began = int(session.started_at) if session.started_at is not None else None
    base = began if began is not None else max(now, start or now)
    if session.ended_at is not None:
        return SessionTime(elapsed_ms(state, now), _planned_end(state, boxes, start, base), int(session.ended_at))
    cursor = now if began is not None else base
    current = section_of(state, state.current_item.id) if state.current_item else None
    reached = current is None
    for section in boxes:
        if current is not None and section.id == current.id:
            reached = True
        if not reached or section.skipped_at is not None or section.removed_at is not None:
            continue
        end = until_moment(state, section, now)
        if end is not None:
            cursor = max(cursor, end)
        else:
            cursor += max(0, (planned_ms(section) or 0) - spent.get(section.id, 0))
    return SessionTime(elapsed_ms(state, now), _planned_end(state, boxes, start, base), cursor)


def _planned_end(state: State, boxes: list[GuideRow], start: int | None, base: int) -> int | None:
    length = state.session.planned_min
    total = round(length * 60_000) if length else sum((box.planned_s or 0) * 1000 for box in boxes)
    if not total:
        return None
    on_plan = start is not None and abs(base - start) <= OTHER_DAY_MS
    return (start if on_plan and start is not None else base) + total


def starts_of_sections(state: State, now: int, spent: dict[str, int] | None = None) -> dict[str, int]:
    """Return when each section to come is expected to begin, epoch ms."""
    if state.session.ended_at is not None:
        return {}
    spent = spent_by_section(state, now) if spent is None else spent
    current = section_of(state, state.current_item.id) if state.current_item else None
    began = state.session.started_at is not None
    cursor = now if began else max(now, planned_start(state) or now)
    reached = current is None
    starts: dict[str, int] = {}
    for section in sections(state):
        is_current = current is not None and section.id == current.id
        reached = reached or is_current
        if not reached or section.skipped_at is not None:
            continue
        if not is_current:
            starts[section.id] = cursor
        end = until_moment(state, section, now)
        left = max(0, (planned_ms(section) or 0) - spent.get(section.id, 0))
        cursor = max(cursor, end) if end is not None else cursor + left
    return starts


def openable(state: State) -> list[GuideRow]:
    """Return where `next` stops, in order: questions, breaks, and sections that hold more than questions."""
    alive = sorted((row for row in state.guide.values() if row.removed_at is None), key=lambda row: row.position)
    stops: list[GuideRow] = []
    for index, row in enumerate(alive):
        if row.kind in ("question", "break"):
            stops.append(row)
        elif row.kind == "section":
            following = alive[index + 1] if index + 1 < len(alive) else None
            if following is None or following.kind != "question" or following.parent != row.id:
                stops.append(row)
    return stops


def following(state: State, item_id: str | None) -> GuideRow | None:
    """Return the item to which `next` goes from here: the first one behind it that is not skipped."""
    stops = openable(state)
    here = state.guide.get(item_id or "")
    place = here.position if here else -1
    for stop in stops:
        section = section_of(state, stop.id)
        skipped = stop.skipped_at is not None or (section is not None and section.skipped_at is not None)
        if stop.position > place and not skipped:
            return stop
    return None


def preceding(state: State, item_id: str | None) -> GuideRow | None:
    """Return the item before this one."""
    here = state.guide.get(item_id or "")
    before = [stop for stop in openable(state) if here is not None and stop.position < here.position]
    return before[-1] if before else None
