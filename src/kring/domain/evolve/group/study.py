"""What a session keeps of its study: the definitions of the segments, those of its own day among them, and personas."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from kring.domain import rows as r
from kring.domain.local_time import at_place
from kring.domain.plan import Plan
from kring.domain.state import State


def study_rows(state: State, session: r.SessionRow, plan: Plan, at: r.Moment) -> list[r.Row]:
    """Return the definitions and personas that a plan brings; those that it no longer has are taken out."""
    definitions = [
        r.SegmentDefinitionRow(
            id=f"{one.segment}/{one.since or ''}", segment=one.segment, definition=one.definition, since=one.since
        )
        for one in plan.definitions
    ]
    personas = [
        r.PersonaRow(
            id=one.name,
            segment=one.segment,
            demographics=one.demographics,
            behaviour=one.behaviour,
            goals=one.goals,
            frustrations=one.frustrations,
            matters=one.matters,
            media=one.media,
            message=one.message,
            others=one.extra,
        )
        for one in plan.personas
        if one.name
    ]
    kept = {row.id for row in (*definitions, *personas)}
    gone: list[r.Row] = []
    gone += [replace(row, removed_at=row.removed_at or at) for row in state.personas.values() if row.id not in kept]
    gone += [
        replace(row, removed_at=row.removed_at or at, holds=False)
        for row in state.segment_definitions.values()
        if row.id not in kept
    ]
    return [*of_the_day(session, definitions, at), *personas, *gone]


def of_the_day(
    session: r.SessionRow, definitions: Iterable[r.SegmentDefinitionRow], at: r.Moment
) -> list[r.SegmentDefinitionRow]:
    """Return definitions, of each segment the one marked that held on the day of the session: the last to begin.

    That day is the one of the start, before that the planned one, else that of the event.
    """
    day = _day(session, at)
    rows = list(definitions)
    last: dict[str, r.SegmentDefinitionRow] = {}
    for row in rows:
        before = last.get(row.segment)
        if (row.since or "") <= day and (before is None or (before.since or "") <= (row.since or "")):
            last[row.segment] = row
    return [replace(row, holds=last.get(row.segment) is row) for row in rows]


def _day(session: r.SessionRow, at: r.Moment) -> str:
    if session.started_at is None and session.planned_start:
        return session.planned_start[:10]
    return at_place(session.zone, session.utc_offset_min, session.started_at or at).date().isoformat()
