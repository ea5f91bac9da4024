"""A plan that is read again during the session: consent can be withdrawn, and nobody becomes somebody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from acting import act
from conftest import make_plan
from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.decide import plan as plan_verbs
from kring.domain.decide.plan import PlanShrank
from kring.domain.plan import Plan, PlannedParticipant
from kring.domain.text import Refused
from kring.plans.people.consent import read_consent
from kring.session.session import Session


def consenting(word: str) -> Plan:
    plan = make_plan()
    first, *others = plan.participants
    return replace(plan, participants=(replace(first, consent=word, consents=read_consent(word) or ()), *others))


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
        desk.read(consenting(word))
    assert {row.scope for row in desk.state.consents.values() if row.given} == given


def test_who_is_no_longer_on_the_list_keeps_the_consent_given() -> None:
    desk = Desk(started=False)
    desk.read(consenting("audio"))
    desk.read(replace(make_plan(), participants=make_plan().participants[1:]))
    assert [row.given for row in desk.state.consents.values()] == [True]


def group(*names: str) -> Plan:
    """A plan whose list holds these people, with the codes and seats that a list without codes gets."""
    people = tuple(PlannedParticipant(code=f"P{n}", name=name, seat=n) for n, name in enumerate(names, 1))
    return replace(make_plan(), participants=people)


def with_walk_in(*before: str) -> Desk:
    desk = Desk(begun=False, started=False)
    desk.happen(f.SessionCreated("s", "UTC", 0))
    desk.read(group(*before))
    desk.happen(f.SessionStarted())
    desk.type("add Wim")
    desk.type("floor Wim")
    return desk


def read_again(desk: Desk, *names: str) -> dict[str, tuple[str, int, bool]]:
    desk.happen_together(plan_verbs.read(desk.state, desk.now, desk.history, group(*names), anyway=True))
    return {p.name: (p.id, p.seat, p.on_list) for p in desk.state.participants.values() if p.removed_at is None}


@pytest.mark.parametrize(("said", "given"), [("yes (aloud)", True), ("all, not quoting", True), ("no", False)])
def test_who_walked_in_and_comes_on_a_list_that_says_nothing_keeps_what_they_said(said: str, given: bool) -> None:
    desk = with_walk_in("Anna", "Bert")
    desk.type(f"consent Wim {said}")
    before = desk.state.consents
    read_again(desk, "Anna", "Bert", "Wim")
    assert desk.state.consents == before
    assert desk.state.consents["P3/all"].given is given


def test_somebody_new_on_the_list_gets_neither_code_nor_seat_of_a_walk_in() -> None:
    desk = with_walk_in("Anna", "Joost")
    people = read_again(desk, "Anna", "Joost", "Carla", "Dirk")
    assert people["Wim"] == ("P3", 3, False)
    assert people["Carla"] == ("P5", 5, True)
    assert people["Dirk"] == ("P4", 4, True)
    assert desk.state.open_turn is not None
    assert desk.state.participants[desk.state.open_turn.participant or ""].name == "Wim"


def test_a_walk_in_who_is_put_on_the_list_keeps_the_code() -> None:
    desk = with_walk_in("Anna", "Joost")
    assert read_again(desk, "Anna", "Carla", "Joost", "Wim") == {
        "Anna": ("P1", 1, True),
        "Carla": ("P4", 4, True),
        "Joost": ("P2", 2, True),
        "Wim": ("P3", 3, True),
    }


def test_a_name_that_is_mended_in_the_plan_is_the_same_person_beside_a_walk_in() -> None:
    people = read_again(with_walk_in("Anna", "Jost"), "Anna", "Joost")
    assert people["Joost"] == ("P2", 2, True)


def test_who_is_here_and_was_taken_off_the_list_keeps_code_and_seat() -> None:
    desk = with_walk_in("Anna", "Joost", "Piet")
    desk.type("attend 2 present")
    read_again(desk, "Anna", "Piet")
    people = read_again(desk, "Anna", "Piet", "Carla")
    assert people["Joost"][:2] == ("P2", 2)
    assert len({code for code, _, _ in people.values()}) == len({seat for _, seat, _ in people.values()}) == 5


def test_a_plan_is_read_onto_what_the_other_computer_did_just_now(make_session: Callable[..., Session]) -> None:
    one, other = make_session(), make_session("Els", "moderator")
    plan = make_plan()
    act(other, "add Wim")
    carla = PlannedParticipant(code="P9", name="Carla", seat=9)
    one.read_plan(replace(plan, participants=(*plan.participants, carla)))
    assert {p.name: p.id for p in one.state.participants.values()}["Wim"] == "P9"
    assert one.state.participants["P9"].name == "Wim"


def test_a_plan_that_was_read_again_can_be_taken_back_as_a_whole_and_the_first_one_not(session: Session) -> None:
    before, plan = session.state, make_plan()
    carla = PlannedParticipant(code="P9", name="Carla", seat=9)
    people = (*plan.participants[2:], carla)
    session.read_plan(replace(plan, title="Anders", guide=plan.guide[:6], participants=people))
    assert session.state.participants["P9"].name == "Carla"
    assert session.state.participants["P1"].removed_at is not None
    session.undo()
    assert session.state.participants == before.participants
    assert session.state.guide == before.guide
    assert session.state.session.title == before.session.title
    session.redo()
    assert session.state.session.title == "Anders"
    assert "P9" in session.state.participants
    session.undo()
    with pytest.raises(Refused):
        session.undo()


@pytest.mark.parametrize(
    "names",
    [
        ("Bo", "Cas", "Dre"),  # who did not come is taken out
        ("Eva", "An", "Bo", "Cas", "Dre"),  # somebody new above
        ("Dre", "Cas", "Bo", "An"),
        ("Cas", "Fay", "Dre"),
        ("Bo",),
    ],
)
def test_reading_again_moves_no_seat(names: tuple[str, ...]) -> None:
    desk = Desk(begun=False, started=False)
    desk.happen(f.SessionCreated("s", "UTC", 0))
    desk.read(group("An", "Bo", "Cas", "Dre"))
    desk.happen(f.SessionStarted())
    desk.type("floor 2")
    desk.type("floor 3")
    people = read_again(desk, *names)
    seats = {"An": 1, "Bo": 2, "Cas": 3, "Dre": 4}
    assert all(seat == seats.get(name, seat) for name, (_code, seat, _on_list) in people.items())
    assert len({seat for _code, seat, _on_list in people.values()}) == len(people)
    desk.type("floor 3" if desk.state.open_turn is None else "floor 2")
    assert desk.state.participants[desk.state.open_turn.participant or ""].name == "Bo"  # type: ignore[union-attr]


@pytest.mark.parametrize("lost", ["guide", "participants", "checks"])
def test_a_plan_that_lost_most_of_what_it_had_is_read_only_when_that_is_meant(session: Session, lost: str) -> None:
    plan = make_plan()
    half_saved = replace(plan, **{lost: getattr(plan, lost)[:1]})
    with pytest.raises(PlanShrank, match="seems empty or half saved"):
        session.read_plan(half_saved)
    assert session.plan == plan
    session.read_plan(half_saved, anyway=True)
    assert session.plan == half_saved
