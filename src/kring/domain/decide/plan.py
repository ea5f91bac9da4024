"""The verb of the plan: reading it again while the session runs."""

from __future__ import annotations

from kring.domain import facts as f
from kring.domain.history import History
from kring.domain.plan import Plan
from kring.domain.state import State


def read(state: State, now: int, history: History, plan: Plan, text: str) -> f.PlanRead:
    """Read a plan again; what was done stays attached to its questions, and nobody becomes somebody else."""
    from kring.domain.plan_match import reread

    before = history.plan
    return f.PlanRead(plan if before is None else reread(before, plan, state.participants.values()), text)
