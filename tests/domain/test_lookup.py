"""What a word means, and the order in which things are numbered."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from conftest import make_plan
from domain.desk import Desk
from kring.domain.lookup import alive_checks
from kring.domain.plan import GuideItem, PlannedCheck
from kring.domain.text import Refused
from kring.session.summary import notes
from kring.system.i18n import say


def test_the_checks_of_the_start_go_person_by_person_and_its_gates_come_last() -> None:
    desk = Desk(started=False)
    parts = ("microfoon", "camera")
    checks = (
        PlannedCheck(id="wie", phase="start", text="per deelnemer", per_participant=True, parts=parts),
        PlannedCheck(id="opname", phase="start", text="opname loopt", gate=True),
        PlannedCheck(id="naam", phase="start", text="naam", per_participant=True),
        PlannedCheck(id="na", phase="after", text="bewaard"),
    )
    plan = make_plan()
    desk.read(replace(plan, checks=checks, participants=plan.participants[:2]))
    assert [(check.participant, check.title) for check in alive_checks(desk.state)] == [
        ("P1", "microfoon"),
        ("P1", "camera"),
        ("P1", "naam"),
        ("P2", "microfoon"),
        ("P2", "camera"),
        ("P2", "naam"),
        (None, "opname loopt"),
        (None, "bewaard"),
    ]


def test_a_note_keeps_its_number() -> None:
    desk = Desk()
    for text in ("een", "twee", "drie"):
        desk.type(f"note {text}")
    desk.type("remove 2")
    desk.type("note vier")
    desk.type("star 3")
    desk.type("edit 1 eerste")
    desk.type("star last")
    assert [note.text for note in desk.state.notes.values() if note.starred] == ["drie", "vier"]
    assert next(iter(desk.state.notes.values())).text == "eerste"
    assert notes(desk.state).startswith("4 19:30 ★~ vier; 3 19:30")
    with pytest.raises(Refused, match="There is no note"):
        desk.type("star 2")


def test_a_whole_title_goes_before_a_longer_one_and_of_two_beginnings_it_is_asked() -> None:
    desk = Desk()
    desk.read(replace(make_plan(), guide=guide_of("Breakout rooms", "Break", "What else?", "What now?")))
    desk.type("go break")
    assert desk.state.current_item is not None
    assert desk.state.current_item.title == "Break"
    with pytest.raises(Refused) as refused:
        desk.type("go what")
    assert say(refused.value.sentence) == "what may be 3 What else?; 4 What now?."


def guide_of(*titles: str) -> tuple[GuideItem, ...]:
    return tuple(
        GuideItem(id=f"g{n}", position=n, number=f"{n}", kind="section", text=title)
        for n, title in enumerate(titles, 1)
    )


def test_a_check_is_found_by_a_word_in_it() -> None:
    desk = Desk(started=False)
    checks = tuple(PlannedCheck(id=text, phase="start", text=text) for text in ("file fetched", "tea"))
    desk.read(replace(make_plan(), checks=checks))
    desk.type("tick fetched")
    assert [check.title for check in alive_checks(desk.state) if check.done_at is not None] == ["file fetched"]


def test_one_title_that_holds_a_word_is_found_and_of_more_it_is_asked() -> None:
    desk = Desk()
    desk.type("go vergaten")
    assert desk.state.current_item is not None
    assert desk.state.current_item.number == "4.1"
    with pytest.raises(Refused) as refused:
        desk.type("go elk")
    assert say(refused.value.sentence) == "elk may be 1 Welkom; 2.2 Welk cijfer geeft u?."
