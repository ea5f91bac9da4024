"""The course of the evening: where the guide stops, in which order, and how long."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from kring.domain.plan import GuideItem, Plan
from kring.rehearsal.step import MINUTE, SECOND

UNPLANNED_S = 8 * 60
SHORTEST_BREAK_MS = 4 * MINUTE


class Stop(NamedTuple):
    """An item where the talk stays for a while, with what stands under it, and its part of the time."""

    item: GuideItem
    below: tuple[GuideItem, ...]
    planned_ms: int
    place: float  # 0 at the beginning of the guide, 1 at its end

    def of_kind(self, *kinds: str) -> list[GuideItem]:
        """Return what stands under the item of these kinds."""
        return [item for item in self.below if item.kind in kinds]


def stops_of(plan: Plan) -> list[Stop]:
    """Return where `next` stops, in order, the time of each section divided among its stops."""
    stops: list[Stop] = []
    for section in plan.sections:
        groups = _groups(plan, section)
        weights = [_weight(group[0], alone=len(groups) == 1) for group in groups]
        own = {group[0].id: group[0].planned_s for group in groups if group[0] is not section and group[0].planned_s}
        rest_s = max(60, (section.planned_s or UNPLANNED_S) - sum(own.values()))
        shared = sum(weight for weight, group in zip(weights, groups, strict=True) if group[0].id not in own) or 1
        for weight, group in zip(weights, groups, strict=True):
            seconds = own.get(group[0].id) or rest_s * weight / shared
            place = plan.guide.index(group[0]) / len(plan.guide)
            stops.append(Stop(group[0], tuple(group[1:]), round(seconds * SECOND), place))
    return stops


def _groups(plan: Plan, section: GuideItem) -> list[list[GuideItem]]:
    """Divide a section's items by stop: each question with what follows it, and the section where it holds more."""
    inside = {section.id}
    groups = [[section]]
    for item in plan.guide[plan.guide.index(section) + 1 :]:
        if item.parent not in inside:
            break
        inside.add(item.id)
        if item.kind == "question":
            groups.append([item])
        else:
            groups[-1].append(item)
    return groups[1:] if len(groups) > 1 and len(groups[0]) == 1 else groups


def _weight(item: GuideItem, alone: bool) -> float:
    if item.kind == "section":
        return 1.0 if alone else 0.45
    return 1.5 if item.must_ask else 1.0


def skipped_for_time(stops: list[Stop]) -> Stop | None:
    """Return the question that is skipped: the last one that need not be asked, in the second half."""
    candidates = [
        stop
        for before, stop in pairwise(stops)
        if stop.item.kind == "question"
        and not stop.item.must_ask
        and stop.item.question_kind not in ("opening", "key", "ending")
        and stop.place > 0.5
        and before.item.kind != "break"
        and stop is not stops[-1]
    ]
    return candidates[-1] if candidates else None


def returned_to(stops: list[Stop], rng: random.Random) -> Stop | None:
    """Return the question of the first half to which somebody brings the talk back."""
    asked = [s for s in stops if s.item.kind == "question" and s.place < 0.5 and s.item.question_kind != "opening"]
    return rng.choice(asked) if asked else None


def start_in_plan(plan: Plan) -> datetime | None:
    """Return the local time at which a plan starts, None where it says none that can be read."""
    try:
        return datetime.fromisoformat(plan.starts_at or "").replace(tzinfo=None)
    except ValueError:
        return None


def clock_offset_ms(plan: Plan, clock: str | None) -> int | None:
    """Return a clock time of the plan as ms after the planned start, None where either is not known."""
    start = start_in_plan(plan)
    if clock is None or start is None:
        return None
    try:
        hour, minute = (int(part) for part in clock.split(":"))
    except ValueError:
        return None
    offset = (hour * 60 + minute - start.hour * 60 - start.minute) * MINUTE
    return offset if offset > 0 else None


def planned_length_ms(plan: Plan) -> int:
    """Return the planned length of the whole session."""
    total = plan.planned_min * 60 if plan.planned_min else sum(section.planned_s or 0 for section in plan.sections)
    return round(total * SECOND)


def lasting(plan: Plan, stop: Stop, now_ms: int, stretch: float) -> int:
    """Return how long a stop lasts from now; a break with a fixed end takes up what was over."""
    end = clock_offset_ms(plan, stop.item.until)
    if end is not None:
        return max(SHORTEST_BREAK_MS, end - now_ms)
    return round(stop.planned_ms * (1.0 if stop.item.kind == "break" else stretch))


def checks_at(plan: Plan, stop: Stop) -> Iterator[str]:
    """Yield the ids of the checks that stand at a stop."""
    here = {stop.item.id, *(item.id for item in stop.below)}
    if stop.item.kind != "section":
        parents = {stop.item.parent} if stop.item.parent else set()
        here |= parents
    yield from (check.id for check in plan.checks if check.item in here and not check.per_participant)
