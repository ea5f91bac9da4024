"""A plan that is read again during the session: consent can be withdrawn, and nobody becomes somebody else."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from conftest import make_plan
from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.plan import Plan


def consenting(word: str) -> Plan:
    plan = make_plan()
    first, *others = plan.participants
    return replace(plan, participants=(replace(first, consent=word), *others))


@pytest.mark.parametrize(
    ("before", "after", "given"),
    [
        ("audio, video", "audio", {"audio"}),
        ("audio", "no", set()),
        ("audio", "nee", set()),
        ("audio", "", set()),
        ("yes", "audio", {"audio"}),
        ("yes", "no", set()),
        ("no", "audio", {"audio"}),
        ("audio", "yes", {"all", "audio"}),
        ("audio", "audio, video", {"audio", "video"}),
    ],
)
def test_consent_is_what_the_plan_says_last(before: str, after: str, given: set[str]) -> None:
    desk = Desk(started=False)
    for word in (before, after):
        desk.happen(f.PlanRead(consenting(word), ""))
    assert {row.scope for row in desk.state.consents.values() if row.given} == given


def test_who_is_no_longer_on_the_list_keeps_the_consent_given() -> None:
    desk = Desk(started=False)
    desk.happen(f.PlanRead(consenting("audio"), ""))
    desk.happen(f.PlanRead(replace(make_plan(), participants=make_plan().participants[1:]), ""))
    assert [row.given for row in desk.state.consents.values()] == [True]
