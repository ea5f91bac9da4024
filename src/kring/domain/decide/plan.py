"""The verb of the plan: reading it again while the session runs."""

from __future__ import annotations

import msgspec

from kring.domain import facts as f
from kring.domain.history import History
from kring.domain.plan import Plan, PlannedParticipant
from kring.domain.state import State


def read(state: State, now: int, history: History, plan: Plan) -> tuple[f.Fact, ...]:
    """Read a plan again; what was done stays attached to its questions, and nobody becomes somebody else."""
    from kring.domain.plan_match import reread

    before = history.plan
    found = plan if before is None else reread(before, plan, state.participants.values())
    return facts_of(state, found, again=before is not None)


def facts_of(state: State, plan: Plan, again: bool = False) -> tuple[f.Fact, ...]:
    """Return a plan as facts: one of the guide, one of everybody on the list, one of everybody who no longer is.

    Words of the roster and warnings that quote them stay out of the first one, so that one person can be erased.
    """
    guide = msgspec.structs.replace(plan, participants=(), warnings=())
    codes = {person.code for person in plan.participants}
    gone = [
        person.id
        for person in state.participants.values()
        if person.id not in codes and person.on_list and person.status == "expected" and person.removed_at is None
    ]
    return (f.PlanRead(guide, again), *map(_listed, plan.participants), *map(f.ParticipantUnlisted, gone))


def _listed(person: PlannedParticipant) -> f.ParticipantListed:
    return f.ParticipantListed(
        code=person.code,
        name=person.name,
        seat=person.seat,
        segment=person.segment,
        attributes=person.attributes,
        consent=person.consent,
        consents=person.consents,
    )
