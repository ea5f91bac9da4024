"""The first facts of a session stand in their order, whatever chance makes of their ids."""

import random

import pytest

from kring.session import session as sessions
from kring.session.session import Me


@pytest.mark.parametrize("seed", range(12))
def test_the_plan_is_read_into_the_session_that_was_made_before(tmp_path, plan, clock, seed):
    me = Me("Bo", "assistant", "device")
    session = sessions.begin(tmp_path / "s.db", plan, clock, me, random.Random(seed).randbytes, ("UTC", 0))
    kinds = [event.kind for event in session.history.events]
    hlcs = [event.hlc for event in session.history.events]
    session.close()
    people = ["participant_listed"] * len(plan.participants)
    assert kinds == ["session_created", "plan_read", *people, "clock_anchored", "staff_joined"]
    assert len(set(hlcs)) == len(hlcs)
    assert session.state.participants.keys() == {person.code for person in plan.participants}
