"""The card of a persona beside whoever speaks, on the live screen and in line mode."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from acting import act
from conftest import make_plan
from kring.domain.plan import Persona, Plan
from kring.domain.text import Refused
from kring.line_mode import personas as of_lines
from kring.session.session import Session
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
