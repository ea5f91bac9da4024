"""The card of a persona beside whoever speaks, on the live screen and in line mode."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from msgspec.structs import replace

from acting import act
from conftest import START_MS, make_plan
from kring.domain.measures.group import personas
from kring.domain.plan import Persona, Plan
from kring.domain.study.model import Segment, Study
from kring.domain.text import Refused
from kring.line_mode import personas as of_lines
from kring.plans.plan_reader import read_plan
from kring.plans.study.beside import doubts_of
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.system.clock import SimulatedClock
from ui.live import Make, begin, live, press, screen_text

CARDS = (
    Persona(name="Ans", segment="trouw", goals="rust", extra=(("hobby", "[b]tuin"),)),
    Persona(name="Bram", segment="Slapend"),
    Persona(name="Coba"),
)


@pytest.fixture
def plan() -> Plan:
    """A plan with three personas: one by segment, one named on the list, one by the plan."""
    made = make_plan()
    first, second, third, *others = made.participants
    people = (
        replace(first, segment="Trouw"), replace(second, segment="slapend", attributes=(("Persona", "coba"),)),
        replace(third, segment="iets anders"), *others,
    )  # fmt: skip
    return replace(made, participants=people, personas=CARDS, persona="Bram")


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (140, 40)], ids=str)
async def test_the_card_follows_who_speaks_until_another_is_chosen(make_session: Make, size: tuple[int, int]) -> None:
    session = make_session("Els", "moderator")
    begin(session)
    async with live(session, size) as (app, pilot):
        await press(pilot, "ctrl+p", "persona card", "enter")
        assert "Bram  Slapend" in screen_text(app)
        await press(pilot, "1")
        assert "goals: rust" in screen_text(app)
        await press(pilot, "3")
        assert "no persona stands beside this" in screen_text(app)
        await press(pilot, "left")
        assert "Coba" in screen_text(app)
        await press(pilot, "up")
        assert "Bram  Slapend" in screen_text(app)
        await press(pilot, "escape")
        assert "Bram  Slapend" not in screen_text(app)


@pytest.mark.parametrize(
    ("line", "asked", "told"),
    [
        ("floor 1", "", "Ans (persona): segment: trouw; goals: rust; hobby: [b]tuin"),
        ("floor 1", "2", "Coba (persona)"),
        ("floor 3", "", "no persona stands beside this."),
        ("floor nobody", "", "Bram (persona): segment: Slapend"),
    ],
)
def test_line_mode_tells_the_same(session: Session, line: str, asked: str, told: str) -> None:
    act(session, "start anyway", line)
    assert of_lines.told(session.state, asked).endswith(told)
    with pytest.raises(Refused):
        of_lines.told(session.state, "99")


GUIDE = """# Kern (20 min)
Persona: Ans
1. Waarom spaart u?
   - klantgroep: nergens, SLAPEND
   - wat ging goed
2. En dan?
# Slot (5 min)
persona’s: Coba; Bram
1. Segment: wie bent u?
"""


@pytest.mark.parametrize(("at", "cards"), [("1.1", "Bram"), ("1.2", "Ans"), ("2.1", "Bram Coba")])
def test_what_the_guide_names_counts_while_nobody_speaks(tmp_path: Path, plan: Plan, at: str, cards: str) -> None:
    reading = read_plan(GUIDE, "gids.md")
    assert [item.text for item in reading.questions] == ["Waarom spaart u?", "En dan?", "Segment: wie bent u?"]
    assert [item.text for item in reading.guide if item.kind == "probe"] == ["wat ging goed"]
    assert not [one for one in reading.warnings if "understood" in one.sentence.template]
    named = replace(plan, guide=reading.guide, persona="Coba")
    me = Me("Els", "moderator", "device")
    made = sessions.begin(
        tmp_path / "a.db", named, SimulatedClock(START_MS), me, random.Random(1).randbytes, ("UTC", 0)
    )
    act(made, "start anyway", "floor nobody")
    assert [card.id for card in personas.here(made.state)] == ["Coba"]
    act(made, f"go {at}")
    assert sorted(card.id for card in personas.here(made.state)) == cards.split()
    act(made, "floor 1")
    assert of_lines.told(made.state, "").startswith("Ans")
    made.close()


def test_a_name_in_the_guide_that_the_study_does_not_have_is_told() -> None:
    study = Study(personas=CARDS[:2], segments=(Segment(name="slapend"), Segment(name="nergens")))
    told = [(one.line, one.sentence.values) for one in doubts_of(study, read_plan(GUIDE, "gids.md"))]
    assert told == [(8, {"persona": "Coba"})]
