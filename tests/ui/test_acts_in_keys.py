"""How many keys it takes: each act of the table in the manual is done by pressing the keys that stand there."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from msgspec.structs import replace

from acting import act
from conftest import make_plan
from kring.domain.plan import Plan, PlannedCheck
from kring.domain.state import State
from kring.session.session import Session
from ui.live import Make, live, press


def _tool() -> ModuleType:
    place = Path(__file__).parents[2] / "tools" / "key_tables.py"
    spec = importlib.util.spec_from_file_location("key_tables", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ACTS: tuple[tuple[str, str, int], ...] = _tool().ACTS
NAMES = {"Enter": "enter", "F2": "f2", "F3": "f3", "space": "space"}


def speaks(state: State) -> str:
    return "" if state.open_turn is None else state.open_turn.participant or state.open_turn.kind


def done(state: State, *titles: str, of: str = "") -> int:
    checks = (check for check in state.checks.values() if check.done_at is not None and check.participant)
    return sum(check.title in titles and check.participant in (of or check.participant) for check in checks)


DONE: dict[str, Callable[[State], bool]] = {
    "somebody else speaks": lambda state: speaks(state) == "P3",
    "nobody speaks": lambda state: speaks(state) == "silence",
    "the next question": lambda state: state.current_item is not None and state.current_item.number == "2.1",
    "go anywhere: two letters of it": lambda state: (
        state.current_item is not None and state.current_item.title == "Welk cijfer geeft u?"
    ),
    "let in everybody who waits": lambda state: all(p.status == "present" for p in state.participants.values()),
    "four tests of one person": lambda state: done(state, *TESTS, of="P7") == 4,
    "one test of eight people, from its column on": lambda state: done(state, "camera") == 8,
    "a test failed: a technical issue with the name": lambda state: (
        [(one.participant, one.title) for one in state.issues.values()] == [("P7", "camera")]
    ),
    "eight answers to a poll": lambda state: (
        [answer.value for answer in state.answers.values()] == ["5", "7", "3", "9", "6", "10", "8", "0"]
    ),
    "tick the next check": lambda state: any(check.done_at for check in state.checks.values()),
    "who spoke was somebody else": lambda state: speaks(state) == "P4" and len(state.alive_turns) == 1,
    "a hand is up": lambda state: state.participants["P6"].hand_at is not None,
    "a cue: five minutes": lambda state: [cue.text for cue in state.cues.values()] == ["5 minutes left"],
    "star the note at hand": lambda state: [note.starred for note in state.notes.values()] == [True],
    "mark this moment": lambda state: [note.kind for note in state.notes.values()] == ["mark"],
    "somebody withdraws": lambda state: state.withdrawn == {"P7"},
    "take back what you did": lambda state: not state.notes,
}
"""What is true once an act was done."""
BEFORE_THE_START = {
    "let in everybody who waits",
    "four tests of one person",
    "one test of eight people, from its column on",
    "a test failed: a technical issue with the name",
}
TESTS = ("camera", "microfoon", "galerij", "chat")


@pytest.fixture
def plan() -> Plan:
    """A plan with four tests for each person."""
    check = PlannedCheck(id="techniek", phase="start", text="per deelnemer", per_participant=True, parts=TESTS)
    plan = make_plan()
    return replace(plan, checks=(*(one for one in plan.checks if not one.per_participant), check))


def prepared(session: Session, what: str) -> None:
    act(session, "doors")
    if what == "let in everybody who waits":
        return
    act(session, "admit")
    if what not in BEFORE_THE_START:
        act(session, "start anyway", "go 1.1")
    if what == "eight answers to a poll":
        act(session, "go 2.2")
    if what == "who spoke was somebody else":
        act(session, "floor 3")
    if what in ("star the note at hand", "take back what you did"):
        act(session, "note iets")


@pytest.mark.parametrize("role", ["moderator", "assistant"])
@pytest.mark.parametrize(("what", "keys", "most"), ACTS, ids=[what for what, _keys, _most in ACTS])
async def test_an_act_takes_the_keys_that_the_manual_says(
    make_session: Make, role: str, what: str, keys: str, most: int
) -> None:
    session = make_session("Bo", role)
    prepared(session, what)
    assert not DONE[what](session.state)
    pressed = [NAMES.get(key, key) for key in keys.split(" ")]
    assert len(pressed) <= most
    async with live(session, (140, 40)) as (_app, pilot):
        if what.startswith("one test of"):
            await press(pilot, "K")
        await press(pilot, *pressed)
        assert DONE[what](session.state)
