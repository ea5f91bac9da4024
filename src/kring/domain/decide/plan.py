"""The verb of the plan: reading it again while the session runs."""

from __future__ import annotations

import msgspec

from kring.domain import facts as f
from kring.domain.history import History
from kring.domain.plan import Plan, PlannedParticipant
from kring.domain.state import State
from kring.domain.text import Refused


class PlanShrank(Refused):
    """A plan that lost most of what it had was not read again; a face asks whether that is meant."""


def read(state: State, now: int, history: History, plan: Plan, anyway: bool = False) -> tuple[f.Fact, ...]:
    """Read a plan again; what was done stays attached to its questions, and nobody becomes somebody else.

    A file that lost most of its guide, its list or its checklist is refused unless that is meant: an editor that saves
    it at this moment, or a cloud drive, leaves it empty or cut off.
    """
    from kring.domain.decide.plan_match import reread

    before = history.plan
    if before is not None and not anyway:
        _require_whole(before, plan)
    found = plan if before is None else reread(before, plan, state.participants.values())
    return facts_of(state, found, again=before is not None)


def _require_whole(before: Plan, plan: Plan) -> None:
    for had, has in (
        (before.guide, plan.guide),
        (before.participants, plan.participants),
        (before.checks, plan.checks),
    ):
        if 2 * len(has) < len(had):
            told = {
                "guide": f"{len(plan.guide)}/{len(before.guide)}",
                "people": f"{len(plan.participants)}/{len(before.participants)}",
                "checks": f"{len(plan.checks)}/{len(before.checks)}",
            }
            raise PlanShrank(
                "The file seems empty or half saved: guide {guide}, participants {people}, checks {checks}.",
                **told,
            )


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
