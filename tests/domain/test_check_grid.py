"""The tests of each person: letters for the columns, how a cell stands, and the acts on it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.check_grid import ADMITTED, TAKEN, columns, grid
from kring.domain.plan import Plan, PlannedCheck, PlannedParticipant
from kring.domain.text import Refused
from kring.system.i18n import say


@pytest.fixture
def desk() -> Desk:
    return Desk(started=False)


def signs(desk: Desk, seat: int) -> str:
    marks = {"done": "v", "failed": "!", "waived": "-", "open": "o"}
    row = next(row for row in grid(desk.state).rows if row.person.seat == seat)
    return "".join(marks[cell.standing] for cell in row.cells)


def test_attendance_is_the_first_column_and_the_plan_s_tests_follow(desk: Desk) -> None:
    assert [(column.letter, column.title) for column in columns(desk.state)] == [
        (ADMITTED, ""),
        ("c", "camera"),
        ("m", "microfoon"),
    ]
    desk.type("attend 7 waiting")
    assert signs(desk, 7) == "ooo"
    desk.type("admit")
    desk.type("tick 7 microfoon")
    assert signs(desk, 7) == "vov"
    assert grid(desk.state).counts == (2, 24)


def test_a_test_that_fails_opens_an_issue_with_the_name_and_closes_it_when_it_works(desk: Desk) -> None:
    event = desk.type("failed els camera: blijft zwart")
    (issue,) = desk.state.issues.values()
    assert (issue.title, issue.participant) == ("camera: blijft zwart", "P7")
    assert issue.failed_check in desk.state.checks
    from kring.domain.sentences import told

    assert say(told(desk.state, event, desk.history.event)) == (
        "Failed: Els, camera: blijft zwart; technical issue opened"
    )
    assert signs(desk, 7) == "o!o"
    with pytest.raises(Refused):
        desk.type("mislukt 7 camera")
    desk.wait(60)
    desk.type("tick 7 camera")
    assert signs(desk, 7) == "ovo"
    assert [one.duration_s for one in desk.state.issues.values()] == [60]


def test_what_worked_and_fails_after_all_is_no_longer_ticked(desk: Desk) -> None:
    desk.type("tick 7 camera")
    desk.type("failed 7 camera")
    desk.type("solved 7")
    assert signs(desk, 7) == "ooo", "an issue that is over says nothing of the test"
    desk.type("undo")
    desk.type("undo")
    assert signs(desk, 7) == "ovo", "an act goes as a whole"


def test_what_does_not_apply_is_settled_until_it_is_taken_back(desk: Desk) -> None:
    desk.type("nvt 5 camera")
    assert signs(desk, 5) == "o-o"
    assert grid(desk.state).counts[0] == 1
    with pytest.raises(Refused):
        desk.type("waive 5 camera")
    desk.type("untick 5 camera")
    assert signs(desk, 5) == "ooo"
    desk.type("waive 5 camera")
    desk.type("tick 5 camera")
    assert signs(desk, 5) == "ovo"
    check = next(check for check in desk.state.checks.values() if check.participant == "P5" and check.title == "camera")
    assert (check.waived_at, check.waived_by) == (None, None)


def test_a_plan_that_is_read_again_keeps_what_does_not_apply(desk: Desk) -> None:
    from conftest import make_plan

    desk.type("waive 5 camera")
    desk.read(make_plan())
    assert signs(desk, 5) == "o-o"


@pytest.mark.parametrize(
    ("before", "line", "there"),
    [
        ((), "admit", "12345678"),
        ((), "toelaten", "12345678"),
        ((), "admit all except 5, Els", "1234 68".replace(" ", "")),
        ((), "toelaten behalve 2 en 3", "145678"),
        ((), "admit 2, 4 en Noor", "248"),
        (("attend 3 waiting", "attend 4 waiting"), "admit", "34"),
        (("attend 3 waiting", "attend 4 waiting"), "admit all but 4", "3"),
        (("attend 3 waiting", "attend 4 no-show"), "admit 4", "4"),
    ],
)
def test_everybody_who_waits_is_let_in_by_one_act(desk: Desk, before: tuple[str, ...], line: str, there: str) -> None:
    for one in before:
        desk.type(one)
    event = desk.type(line)
    assert "".join(str(p.seat) for p in desk.state.participants.values() if p.status == "present") == there
    assert isinstance(event.fact, f.AttendanceChanged)
    desk.type("undo")
    assert not [p for p in desk.state.participants.values() if p.status == "present"]


@pytest.mark.parametrize("line", ["admit all except 1,2,3,4,5,6,7,8", "admit 9", "admit except Bart", "admit but"])
def test_nobody_is_let_in_by_what_makes_no_sense(desk: Desk, line: str) -> None:
    before = desk.state
    with pytest.raises(Refused):
        desk.type(line)
    assert desk.state is before


def test_who_was_let_in_is_not_let_in_again(desk: Desk) -> None:
    desk.type("admit")
    with pytest.raises(Refused):
        desk.type("admit")


@given(st.lists(st.text(min_size=1, max_size=30).filter(str.strip), min_size=1, max_size=13, unique=True))
def test_every_test_has_a_letter_of_its_own_that_means_nothing_else(titles: list[str]) -> None:
    desk = Desk(begun=False, started=False)
    desk.happen(f.SessionCreated("s", "UTC", 0))
    check = PlannedCheck(id="each", phase="start", text="per person", per_participant=True, parts=tuple(titles))
    desk.read(Plan(checks=(check,), participants=(PlannedParticipant(code="P1", name="An", seat=1),)))
    letters = [column.letter for column in columns(desk.state)][1:]
    assert len(set(letters)) == len(titles)
    assert not TAKEN & set(letters)
    assert all(len(letter) == 1 and letter.isascii() for letter in letters)


def test_who_walks_in_has_the_same_tests_and_who_withdrew_a_dash(desk: Desk) -> None:
    desk.type("add Mia")
    assert signs(desk, 9) == "voo"
    desk.type("start anyway")
    desk.type("consent 7 no")
    row = next(row for row in grid(desk.state).rows if row.person.seat == 7)
    assert (row.cells, row.person.name, row.is_done) == ((), "", True)
