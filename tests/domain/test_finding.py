"""What a word means, and the order in which things are numbered."""

from __future__ import annotations

from msgspec.structs import replace

from conftest import make_plan
from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.plan import PlannedCheck
from kring.domain.verbs.finding import alive_checks


def test_checks_stand_as_in_the_plan_and_the_gates_of_the_start_first() -> None:
    desk = Desk(started=False)
    parts = ("microfoon", "camera")
    checks = (
        PlannedCheck(id="wie", phase="start", text="per deelnemer", per_participant=True, parts=parts),
        PlannedCheck(id="opname", phase="start", text="opname loopt", gate=True),
        PlannedCheck(id="na", phase="after", text="bewaard"),
    )
    plan = make_plan()
    desk.happen(f.PlanRead(replace(plan, checks=checks, participants=plan.participants[:2]), "# plan"))
    assert [(check.participant, check.title) for check in alive_checks(desk.state)] == [
        (None, "opname loopt"),
        ("P1", "microfoon"),
        ("P1", "camera"),
        ("P2", "microfoon"),
        ("P2", "camera"),
        (None, "bewaard"),
    ]
