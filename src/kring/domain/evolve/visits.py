"""Visits end to end: each lasts until the next one begins, and what was noted meanwhile belongs to it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec.structs import replace

from kring.domain import rows as r
from kring.domain.evolve.closing import on_clock, seconds
from kring.domain.state import State
from kring.domain.stretches import FOREVER_MS, shared_ms, stretch_of


def laid_out(state: State, changed: Iterable[r.VisitRow | r.PauseRow]) -> list[r.Row]:
    """Return visits and pauses that are other than they were, and all that follows from it.

    The visits before and after them end and begin there; notes, turns and the like go to the question that was open at
    their moment, unless somebody put them elsewhere; a question is asked from its first visit on.
    """
    changed = list(changed)
    pauses = {**state.pauses, **{row.id: row for row in changed if isinstance(row, r.PauseRow)}}
    visits = {**state.visits, **{row.id: row for row in changed if isinstance(row, r.VisitRow)}}
    still = [pause for pause in pauses.values() if pause.ended_at is not None and pause.removed_at is None]
    before = _in_order(state.visits.values())
    after = [_lasting(state, *pair, still) for pair in pairwise([*_in_order(visits.values()), None])]
    rows: list[r.Row] = [row for row in after if state.visits.get(row.id) != row]
    return [*changed_only(changed, after), *rows, *_filed(state, before, after), *_asked(state, before, after)]


def changed_only(changed: Sequence[r.VisitRow | r.PauseRow], after: Iterable[r.VisitRow]) -> list[r.Row]:
    """Return what was changed and does not stand among the visits that are laid out."""
    ids = {row.id for row in after}
    return [row for row in changed if row.id not in ids]


def _in_order(visits: Iterable[r.VisitRow]) -> list[r.VisitRow]:
    """Return visits in order of time; those of one moment keep the order in which they came."""
    return sorted((one for one in visits if one.removed_at is None), key=lambda visit: visit.started_at)


def _lasting(
    state: State, visit: r.VisitRow | None, following: r.VisitRow | None, pauses: list[r.PauseRow]
) -> r.VisitRow:
    """Return a visit that lasts until the one that follows, the end of the session, or now."""
    assert visit is not None
    end = following.started_at if following is not None else state.session.ended_at
    begin = visit.started_at
    until = max(end, begin) if end is not None else FOREVER_MS
    paused_ms = sum(shared_ms(stretch_of(pause, until), (begin, until)) for pause in pauses)
    return replace(
        visit,
        ended_at=None if end is None else r.Moment(until),
        t=on_clock(state, begin),
        duration_s=None if end is None else seconds(begin, until),
        paused_s=round(paused_ms / 1000, 3),
    )


class _Questions:
    """Which item was open when, by visits in order."""

    def __init__(self, visits: Sequence[r.VisitRow]) -> None:
        self._visits = visits
        self._starts = [int(visit.started_at) for visit in visits]

    def at(self, moment: int) -> str | None:
        place = bisect_right(self._starts, moment) - 1
        if place < 0:
            return None
        visit = self._visits[place]
        return visit.item if visit.ended_at is None or moment <= visit.ended_at else None


FILED = {
    "notes": "at", "turns": "started_at", "issues": "started_at", "showings": "started_at", "rooms": "started_at",
    "probes": "at", "invitations_to_speak": "at", "sentences": "at", "poll_rounds": "at", "role_changes": "at",
}  # fmt: skip
"""What belongs to the question that was open at its moment, with the column of that."""


def _filed(state: State, before: Sequence[r.VisitRow], after: Sequence[r.VisitRow]) -> list[r.Row]:
    """Return notes, turns, rooms and all that was logged meanwhile, whose question is another one now."""
    was, becomes = _Questions(before), _Questions(after)
    rows: list[r.Row] = []
    for table, when in FILED.items():
        for row in getattr(state, table).values():
            moment = getattr(row, when)
            old, new = was.at(moment), becomes.at(moment)
            if old != new and row.item == old:
                rows.append(replace(row, item=new))
    return rows


def _asked(state: State, before: Sequence[r.VisitRow], after: Sequence[r.VisitRow]) -> list[r.Row]:
    """Return the questions whose first visit is another one now; one that was marked by hand stays as it was."""
    rows: list[r.Row] = []
    for item_id in {visit.item for visit in (*before, *after)}:
        item = state.guide.get(item_id)
        had = [visit.started_at for visit in before if visit.item == item_id]
        first = min((visit.started_at for visit in after if visit.item == item_id), default=None)
        if item is None or item.kind != "question" or item.asked_by_hand or item.asked_at == first:
            continue
        if item.asked_at in had or (item.asked_at is None and not had):
            rows.append(replace(item, asked_at=first))
    return rows
