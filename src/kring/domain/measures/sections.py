"""The time of sections and items: planned, spent, left; all in ms, pauses left out.

The guide's clock stands still in a pause. What is still open counts until now.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from kring.domain.guide_items import is_within, section_of, sections
from kring.domain.local_time import OTHER_DAY_MS, local, moment_of, planned_start
from kring.domain.rows import GuideRow, VisitRow
from kring.domain.state import State
from kring.domain.stretches import shared_ms, stretch_of
from kring.domain.text import whole_s

Pace = Literal["calm", "soon", "over"]

SOON_SHARE = 0.2  # of a section's time, as facilitators' timers use it
SOON_LEAST_MS = 60_000


class SectionTime(NamedTuple):
    """A section, or an item in one, against its plan while it runs; `planned_ms` None = no time box."""

    planned_ms: int | None
    spent_ms: int
    pace: Pace

    @property
    def left_ms(self) -> int | None:
        """Return what is left of the time box, below zero when over."""
        return None if self.planned_ms is None else self.planned_ms - self.spent_ms


class Actual(NamedTuple):
    """An item of the guide against its plan, in whole seconds, each rounded once.

    `planned_s` is the plan as written, None = no time box; `given_s` what was given or, below zero, taken of it;
    `begin` (epoch ms) None = never open.
    """

    section: GuideRow
    planned_s: int | None
    given_s: int
    spent_s: int
    begin: int | None

    @property
    def over_s(self) -> int | None:
        """Return actual − plan, of the two as they are shown: above zero is over."""
        return None if self.planned_s is None else self.spent_s - self.planned_s


def visit_ms(state: State, visit: VisitRow, now: int) -> int:
    """Return how long a visit lasts or lasted, from start to end of the session, pauses left out."""
    end = int(state.session.ended_at or now)
    begin, until = stretch_of(visit, end)
    until = min(until, end)
    paused = sum(shared_ms(stretch_of(pause, end), (begin, until)) for pause in state.pauses.values())
    return max(0, round(until - begin - paused))


def spent_by_section(state: State, now: int) -> dict[str, int]:
    """Return the time spent in each section: the sum over all visits to it and to what stands in it."""
    spent: dict[str, int] = {}
    for visit in state.visits.values():
        section = section_of(state, visit.item)
        if section is not None:
            spent[section.id] = spent.get(section.id, 0) + visit_ms(state, visit, now)
    return spent


def item_ms(state: State, item_id: str, now: int) -> int:
    """Return the time spent on one item itself: the sum over all its visits."""
    return sum(visit_ms(state, visit, now) for visit in state.visits.values() if visit.item == item_id)


def planned_ms(item: GuideRow) -> int | None:
    """Return an item's time box: as planned + given − taken, never below zero; None without one."""
    if item.planned_s is None and not item.added_s:
        return None
    return max(0, (item.planned_s or 0) + item.added_s) * 1000


def plan_and_actual(state: State, now: int) -> list[Actual]:
    """Return each section and break with its plan, the time spent in it with all that stands in it, and its begin.

    One that was held stays when it leaves the plan; so does what stands in no section. Together they are the whole
    time.
    """
    spent = spent_by_section(state, now)
    kept = [row for row in state.guide.values() if row.parent is None and row.id in spent]
    begins: dict[str, int] = {}
    for section, begin, _end in openings(state, now):
        begins.setdefault(section.id, begin)
    rows = sorted({row.id: row for row in (*sections(state), *kept)}.values(), key=lambda row: (row.position, row.id))
    return [_actual(row, spent.get(row.id, 0), begins.get(row.id)) for row in rows]


def apart(state: State, now: int) -> list[Actual]:
    """Return the activities and breakout groups that stand in a section, with the part of its time that was theirs."""
    inside = [row for row in state.guide.values() if row.kind in ("activity", "breakout") and row.parent is not None]
    begins = {visit.item: int(visit.started_at) for visit in reversed(state.visits.values())}
    rows = sorted((row for row in inside if row.removed_at is None or row.id in begins), key=lambda row: row.position)
    return [_actual(row, item_ms(state, row.id, now), begins.get(row.id)) for row in rows]


def _actual(row: GuideRow, spent: int, begin: int | None) -> Actual:
    return Actual(row, row.planned_s, max(row.added_s, -(row.planned_s or 0)), whole_s(spent), begin)


def openings(state: State, now: int) -> list[tuple[GuideRow, int, int]]:
    """Return when which section was open, in order (epoch ms); visits that follow each other in one are one opening."""
    found: list[tuple[GuideRow, int, int]] = []
    for visit in sorted(state.visits.values(), key=lambda visit: (visit.started_at, visit.id)):
        section = section_of(state, visit.item)
        if section is None:
            continue
        begin, end = stretch_of(visit, now)
        if found and found[-1][0].id == section.id:
            found[-1] = (section, found[-1][1], end)
        else:
            found.append((section, begin, end))
    return found


def until_moment(state: State, section: GuideRow, now: int) -> int | None:
    """Return the clock time at which a section ends, with what was given or taken of it, as epoch ms."""
    end = planned_until(state, section, now)
    return None if end is None else end + section.added_s * 1000


def planned_until(state: State, section: GuideRow, now: int) -> int | None:
    """Return the fixed clock time at which a section ends by the plan, as epoch ms, on the day of the session."""
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
    return end + moved


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
    return _against_box(state, section, used, now)


def item_time(state: State, item: GuideRow, now: int) -> SectionTime:
    """Return how a question, an activity or a breakout group stands against its own time box, if it has one.

    Its time is that of all its visits, and of the visits to what stands below it.
    """
    used = sum(visit_ms(state, visit, now) for visit in state.visits.values() if is_within(state, visit.item, item.id))
    return _against_box(state, item, used, now)


def _against_box(state: State, item: GuideRow, used: int, now: int) -> SectionTime:
    end = until_moment(state, item, now)
    here = state.current_item
    if end is not None and here is not None and is_within(state, here.id, item.id):
        planned = max(0, used + end - now)
        return SectionTime(planned, used, pace_of(planned, used, item.warn_s) if now <= end else "over")
    planned_now = planned_ms(item)
    return SectionTime(planned_now, used, pace_of(planned_now, used, item.warn_s))
