"""The whole session against its plan: elapsed, planned end, expected end, over or under; computed from (state, now).

The session's clock runs from the start to the end without a stop, in a pause too.
"""

from __future__ import annotations

import msgspec

from kring.domain.guide_items import section_of, sections
from kring.domain.local_time import OTHER_DAY_MS, planned_start
from kring.domain.measures.questions import must_still_be_asked, to_hold, was_held
from kring.domain.measures.sections import planned_ms, planned_until, spent_by_section, until_moment
from kring.domain.rows import GuideRow
from kring.domain.state import State
from kring.domain.stretches import Stretch
from kring.domain.text import N_

CUES_BEFORE_END_MIN = (15, 5)
MINUTES_LEFT = N_("{value} minutes left")


class SessionTime(msgspec.Struct, frozen=True):
    """The whole session against its plan; moments in epoch ms, lengths in ms."""

    elapsed_ms: int
    planned_end: int | None
    expected_end: int | None

    @property
    def over_ms(self) -> int | None:
        """Return expected end − planned end: positive = over, negative = time left over."""
        if self.planned_end is None or self.expected_end is None:
            return None
        return self.expected_end - self.planned_end


def elapsed_ms(state: State, now: int) -> int:
    """Return how long the session runs, or ran: end − start; 0 before it started."""
    session = state.session
    if session.started_at is None:
        return 0
    return max(0, (session.ended_at or now) - session.started_at)


def span(state: State, now: int) -> Stretch:
    """Return from when to when the session runs or ran, epoch ms; never empty."""
    begin = int(state.session.started_at or now)
    return begin, max(int(state.session.ended_at or now), begin + 1)


def session_time(state: State, now: int, spent: dict[str, int] | None = None) -> SessionTime:
    """Return how the whole session stands: elapsed, planned end, and the end as it is expected now.

    What is left of the current section and of the sections to come is added up, also of those that were jumped over,
    never open and not skipped, and of those that were left while a question that must be asked is open in them; a
    section with a fixed clock time takes up an overrun before it, as far as its own time goes.
    """
    ended = state.session.ended_at
    expected = int(ended) if ended is not None else _ahead(state, now, spent)[1]
    return SessionTime(elapsed_ms(state, now), _planned_end(state, now), expected)


def starts_of_sections(state: State, now: int, spent: dict[str, int] | None = None) -> dict[str, int]:
    """Return when each section to come is expected to begin, epoch ms."""
    return {} if state.session.ended_at is not None else _ahead(state, now, spent)[0]


def _ahead(state: State, now: int, spent: dict[str, int] | None) -> tuple[dict[str, int], int]:
    """Return when each section to come begins, and when the last one is over."""
    spent = spent_by_section(state, now) if spent is None else spent
    current = section_of(state, state.current_item.id) if state.current_item else None
    cursor = now if state.session.started_at is not None else max(now, planned_start(state) or now)
    starts: dict[str, int] = {}
    for section in sections_to_come(state, now, spent):
        if current is None or section.id != current.id:
            starts[section.id] = cursor
        end = until_moment(state, section, now)
        left = max(0, (planned_ms(section) or 0) - spent.get(section.id, 0))
        cursor = max(cursor, end) if end is not None else cursor + left
    return starts, cursor


def sections_to_come(state: State, now: int, spent: dict[str, int]) -> list[GuideRow]:
    """Return the section that is open and those that will still come, in that order.

    A section behind this one comes yet, until it is skipped, where it was jumped over and never open, or where a
    question that must be asked is still open in it. One that holds such a question comes right after this one, so that
    it keeps its place where that is skipped or taken back; the others behind all others.
    """
    current = section_of(state, state.current_item.id) if state.current_item else None
    alive = [section for section in sections(state) if section.skipped_at is None]
    if current is None:
        return alive
    ahead = [section for section in alive if section.position > current.position]
    before = [section for section in alive if section.position < current.position and section.kind == "section"]
    musts = [(section_of(state, row.id), row) for row in must_still_be_asked(state, now)]
    urgent = {section.id for section, row in musts if section is not None and row.skipped_at is None}
    holding = {section.id for section, _row in musts if section is not None}
    jumped = [section for section in before if section.id not in spent and not _is_done(state, section, now)]
    first = [one for one in before if one.id in urgent or (one.id in holding and one in jumped)]
    last = [one for one in jumped if one not in first]
    return [*(one for one in [current] if one.skipped_at is None), *first, *ahead, *last]


def _is_done(state: State, section: GuideRow, now: int) -> bool:
    """Whether all that a section is for was held or skipped."""
    rows = to_hold(state, section)
    return bool(rows) and all(row.skipped_at is not None or was_held(state, row, now) for row in rows)


def _planned_end(state: State, now: int) -> int | None:
    began, start = state.session.started_at, planned_start(state)
    base = int(began) if began is not None else max(now, start or now)
    on_plan = start is not None and abs(base - start) <= OTHER_DAY_MS
    begin = start if on_plan and start is not None else base
    length = state.session.planned_min
    end = begin + round(length * 60_000) if length else _end_of_guide(state, begin, now)
    return end if end > begin else None


def _end_of_guide(state: State, begin: int, now: int) -> int:
    """Return when the guide is over by the plan as written: lengths added up, clock times kept to; epoch ms."""
    cursor = begin
    for section in sections(state):
        end = planned_until(state, section, now)
        cursor = max(cursor, end) if end is not None else cursor + (section.planned_s or 0) * 1000
    return cursor
