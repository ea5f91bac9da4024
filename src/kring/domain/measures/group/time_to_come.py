"""The time to come, line by line: what is still to be held of the guide, and how long each line of it gets.

The lines add up to the expected end (`session_time`). A question without a time of its own gets an equal share of what
its section has left; what the questions leave over of their section is a line of the section itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Literal

import msgspec
from msgspec.structs import replace

from kring.domain.guide_items import is_within, section_of, sections
from kring.domain.measures.questions import to_hold, was_held
from kring.domain.measures.sections import item_ms, planned_ms, spent_by_section, until_moment
from kring.domain.measures.session_time import sections_to_come
from kring.domain.rows import GuideRow
from kring.domain.state import State
from kring.domain.text import whole_s

Guard = Literal["", "key", "must_ask", "break", "ending", "until"]
"""Why a line is not shortened below its minimum, and not skipped."""

ENDING_SHARE = 1 / 5
"""The last section is the ending where it has at most so much of the guide's time; else it is part of the talk."""
LEAST_SHARE = 1 / 2
MINUTE_S = 60


class Coming(msgspec.Struct, frozen=True):
    """A line of the guide in the time to come; lengths in seconds.

    `left_s` is what it still gets, `spent_s` what it had, `whole_s` what it would still get had nobody shortened it;
    `least_s` is the least it may still get: the shortest of its range in the plan, else all of it where it is guarded
    and half of it, in whole minutes, where it is not. `is_share` = it has no time of its own but a share of its
    section's. `is_rest` = it is what the questions of a section leave over; it `goes_along` with the last of them where
    the talk went past that section. `until_s` is the fixed clock time at which it ends, from now on: it gets what the
    lines before it leave. `is_open` = it is open now; `is_skipped` = it is skipped, and `left_s` is what it would get.
    """

    item: GuideRow
    section: GuideRow
    left_s: int
    least_s: int
    whole_s: int
    guard: Guard = ""
    spent_s: int = 0
    is_share: bool = False
    is_rest: bool = False
    goes_along: bool = False
    until_s: int | None = None
    is_open: bool = False
    is_skipped: bool = False


def time_to_come(state: State, now: int) -> list[Coming]:
    """Return the lines to come in the order in which they are expected, those too that are skipped with a time."""
    spent = spent_by_section(state, now)
    found: list[Coming] = []
    for section in sections_to_come(state, now, spent):
        end = until_moment(state, section, now)
        left_s = max(0, (planned_ms(section) or 0) // 1000 - whole_s(spent.get(section.id, 0)))
        if end is not None:
            until_s = (end - now) // 1000
            length = max(0, until_s - sum(0 if one.is_skipped else one.left_s for one in found))
            found.append(Coming(section, section, length, 0, 0, "until", until_s=until_s))
        elif section.kind == "break":
            found.append(_coming(state, section, section, left_s, now, "break"))
        else:
            found += _within(state, section, left_s, now)
    return found


def _within(state: State, section: GuideRow, left_s: int, now: int) -> list[Coming]:
    """Return the lines of a section that have what is left of its time between them."""
    here, guard = state.current_item, _ending(state, section)
    inside = _to_be_held(state, section, now)
    if not inside:
        is_open = here is not None and is_within(state, here.id, section.id)
        return [replace(_coming(state, section, section, left_s, now, guard), is_open=is_open)]
    alive = [row for row in inside if row.skipped_at is None]
    boxed = {row.id: _own_left_s(state, row, now) for row in alive if planned_ms(row) is not None}
    scale = min(1, left_s / sum(boxed.values())) if any(boxed.values()) else 1
    lengths = {key: int(length * scale) for key, length in boxed.items()}
    shares = [row for row in alive if row.id not in boxed]
    rest_s = left_s - sum(lengths.values())
    for place, row in enumerate(shares):
        lengths[row.id] = rest_s // len(shares) + (place < rest_s % len(shares))
    found = []
    for row in inside:
        length = lengths.get(row.id, _own_left_s(state, row, now))
        line = _coming(state, row, section, length, now, _guard(row) or guard)
        is_open = here is not None and is_within(state, here.id, row.id)
        found.append(replace(line, is_share=row in shares, is_open=is_open, is_skipped=row.skipped_at is not None))
    if not shares and rest_s:
        rest = Coming(section, section, rest_s, rest_s if guard else 0, rest_s, guard, is_rest=True)
        found.append(replace(rest, goes_along=_is_behind(state, section)))
    return found


def _is_behind(state: State, section: GuideRow) -> bool:
    """Whether the talk went past a section."""
    here = section_of(state, state.current_item.id) if state.current_item else None
    return here is not None and section.position < here.position


def _to_be_held(state: State, section: GuideRow, now: int) -> list[GuideRow]:
    """Return what of a section is open or was not held, in order; of what is skipped that which has a time."""
    here = state.current_item

    def comes(row: GuideRow) -> bool:
        if row.skipped_at is not None and planned_ms(row) is None:
            return False
        return (here is not None and is_within(state, here.id, row.id)) or not was_held(state, row, now)

    return [row for row in to_hold(state, section) if comes(row)]


def _coming(state: State, row: GuideRow, section: GuideRow, left_s: int, now: int, guard: Guard) -> Coming:
    spent_s = 0 if row is section else whole_s(item_ms(state, row.id, now))
    all_s = _as_first_planned_s(state, row) or left_s + spent_s
    least_s = all_s if guard else ceil(all_s * LEAST_SHARE / MINUTE_S) * MINUTE_S
    if row.planned_low_s is not None:
        least_s = row.planned_low_s
    least_s, still_s = min(max(0, least_s - spent_s), left_s), max(0, all_s - spent_s)
    return Coming(row, section, left_s, least_s, max(left_s, still_s), guard, spent_s)


def _own_left_s(state: State, row: GuideRow, now: int) -> int:
    return max(0, (planned_ms(row) or 0) // 1000 - whole_s(item_ms(state, row.id, now)))


def _as_first_planned_s(state: State, row: GuideRow) -> int | None:
    """Return what a line had before any proposal: its minimum does not sink with each one that is accepted."""
    if row.planned_s is not None:
        return row.planned_s
    return next((one.before_s for one in state.pacing.values() if one.item == row.id and one.accepted), None)


def _guard(row: GuideRow) -> Guard:
    if row.must_ask:
        return "must_ask"
    if row.question_kind == "key":
        return "key"
    return "ending" if row.question_kind == "ending" else ""


def _ending(state: State, section: GuideRow) -> Guard:
    every: Sequence[GuideRow] = sections(state)
    all_s = sum(row.planned_s or 0 for row in every)
    is_last = len(every) > 1 and every[-1].id == section.id
    return "ending" if is_last and (section.planned_s or 0) <= all_s * ENDING_SHARE else ""
