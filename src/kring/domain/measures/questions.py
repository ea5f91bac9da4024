"""The questions of the guide as they went: whether each was asked, how long it took, and who spoke on it.

A question is asked when somebody counted it as asked, or when it was open for five seconds at a stretch, or for as long
as the plan says, pauses left out: in less nobody reads a question aloud. One that was open for less was passed on the
way to another. A turn is cut at the border of a visit: who speaks on into the next question is heard on both.
"""

from __future__ import annotations

from typing import NamedTuple

from kring.domain.guide_items import section_of
from kring.domain.measures.presence import present
from kring.domain.measures.sections import planned_ms, visit_ms
from kring.domain.measures.talk import spoken
from kring.domain.rows import GuideRow, VisitRow
from kring.domain.state import State
from kring.domain.stretches import FOREVER_MS, Stretch, shared_ms, stretch_of


class Asked(NamedTuple):
    """A question: whether it was asked, the time spent on it (ms), how often it was open for a while, who spoke on it.

    `turns` are each participant's turns on it, `first` is the code of the participant who spoke first, `there` are the
    codes of those who were there while it was open.
    """

    row: GuideRow
    was_asked: bool
    spent_ms: int
    visits: int
    turns: dict[str, int]
    first: str | None
    there: frozenset[str]


def asked_ms(state: State) -> int:
    """Return for how long a question is open at a stretch that counts as asked."""
    return state.session.asked_s * 1000


def is_asked(state: State, item: GuideRow, now: int) -> bool:
    """Whether a question was asked: by hand, or open for long enough since it counts as opened."""
    return item.asked_by_hand or bool(_long_visits(state, item, now))


def to_hold(state: State, section: GuideRow) -> list[GuideRow]:
    """Return what a section is for, in order: its questions, and activities and breakout groups with a time box."""
    inside = (row for row in state.guide.values() if row.removed_at is None and row.parent is not None)
    found = [
        row
        for row in inside
        if row.kind == "question"
        or (row.kind in ("activity", "breakout") and row.parent == section.id and planned_ms(row) is not None)
    ]
    return sorted((row for row in found if section_of(state, row.id) is section), key=lambda row: row.position)


def was_held(state: State, item: GuideRow, now: int) -> bool:
    """Whether a question was asked, or anything else was opened."""
    if item.kind == "question":
        return is_asked(state, item, now)
    return any(visit.item == item.id for visit in state.visits.values())


def all_asked(state: State, now: int) -> frozenset[str]:
    """Return the ids of the items that were asked as `is_asked` says it, in one look at the visits."""
    found = {row.id for row in state.guide.values() if row.asked_by_hand}
    for visit in state.visits.values():
        item = state.guide.get(visit.item) if visit.item not in found else None
        if item is None or item.asked_at is None or visit.started_at < item.asked_at:
            continue
        if visit_ms(state, visit, now) >= asked_ms(state):
            found.add(item.id)
    return frozenset(found)


def asked_before(state: State) -> list[GuideRow]:
    """Return the questions that count as asked, whatever becomes of the one that is open now."""
    since = int(state.open_visit.started_at if state.open_visit else state.session.ended_at or FOREVER_MS)
    return [row for row in state.guide.values() if row.kind == "question" and _is_asked_alive(state, row, since)]


def _is_asked_alive(state: State, row: GuideRow, now: int) -> bool:
    return row.removed_at is None and row.asked_at is not None and is_asked(state, row, now)


def is_passed(state: State, item: GuideRow, now: int) -> bool:
    """Whether a question was opened, and left before it can have been asked."""
    return not is_asked(state, item, now) and any(visit.item == item.id for visit in state.visits.values())


def must_still_be_asked(state: State, now: int) -> list[GuideRow]:
    """Return the questions that must be asked and were not, in order."""
    alive = (row for row in state.guide.values() if row.must_ask and row.kind == "question" and row.removed_at is None)
    return sorted((row for row in alive if not is_asked(state, row, now)), key=lambda row: row.position)


def questions(state: State, now: int) -> list[Asked]:
    """Return the questions of the guide in order, those too that were asked and then left the plan."""
    heard = {code: one for code, one in spoken(state, now).items() if code in state.participants}
    here, end = present(state, now), int(state.session.ended_at or now)
    visits: dict[str, list[VisitRow]] = {}
    for visit in state.visits.values():
        visits.setdefault(visit.item, []).append(visit)
    found = []
    for row in sorted(state.guide.values(), key=lambda row: row.position):
        was_asked = row.kind == "question" and is_asked(state, row, now)
        if row.kind != "question" or not (row.removed_at is None or was_asked):
            continue
        mine = visits.get(row.id, [])
        stays = [stretch_of(visit, end) for visit in mine]
        turns = {code: places for code, one in heard.items() if (places := one.turns_within(stays))}
        firsts = [(at, code) for code in turns for stay in stays if (at := heard[code].first_within(stay)) is not None]
        found.append(
            Asked(
                row=row,
                was_asked=was_asked,
                spent_ms=sum(visit_ms(state, visit, now) for visit in mine),
                visits=sum(visit_ms(state, visit, now) >= asked_ms(state) for visit in mine),
                turns={code: len(places) for code, places in turns.items()},
                first=min(firsts)[1] if firsts else None,
                there=frozenset(code for code, those in here.items() if code in turns or _meet(those, stays)),
            )
        )
    return found


def _meet(those: list[Stretch], others: list[Stretch]) -> bool:
    return any(shared_ms(one, other) > 0 for one in those for other in others)


def _long_visits(state: State, item: GuideRow, now: int) -> list[VisitRow]:
    since = item.asked_at
    if since is None:
        return []
    mine = (visit for visit in state.visits.values() if visit.item == item.id and visit.started_at >= since)
    return [visit for visit in mine if visit_ms(state, visit, now) >= asked_ms(state)]
