"""What a word means, and the order in which things are numbered."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from conftest import make_plan
from domain.desk import Desk
from kring.domain import lookup
from kring.domain.lookup import alive_checks
from kring.domain.plan import GuideItem, PlannedCheck
from kring.domain.text import Refused
from kring.domain.words import check_called
from kring.session.summary import checks, notes
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


def test_a_check_keeps_its_number_whoever_comes_goes_or_is_read_anew() -> None:
    desk = Desk(started=False)
    plan = make_plan()
    before = {check.id: check.number for check in alive_checks(desk.state)}
    assert sorted(before.values()) == list(range(1, len(before) + 1))
    more = (PlannedCheck(id="eerst", phase="week_before", text="zaal"), *plan.checks)
    for change in ("add Sanne", "start anyway", "consent 2 no", "check gordijn dicht"):
        desk.type(change)
        now = {check.id: check.number for check in alive_checks(desk.state)}
        assert {key: now[key] for key in before if key in now} == {key: n for key, n in before.items() if key in now}
        assert len(set(now.values())) == len(now)
    desk.read(replace(plan, checks=more))
    numbers = {check.id: check.number for check in alive_checks(desk.state)}
    assert {key: numbers[key] for key in before if key in numbers}.items() <= before.items()
    assert numbers["eerst"] == max(numbers.values())
    desk.type(f"tick {before['opname']}")
    assert desk.state.checks["opname"].done_at is not None
    with pytest.raises(Refused):
        desk.type(f"tick {before['techniek/P2/camera']}")  # who withdrew


def test_every_number_on_the_checklist_is_that_of_its_check() -> None:
    desk = Desk(started=False)
    desk.type("add Sanne")
    for told in checks(desk.state, "all").split("; "):
        number, _space, name = told.partition(" ")
        if number.isdecimal():
            assert name.startswith(check_called(desk.state, lookup.check(desk.state, number)))
