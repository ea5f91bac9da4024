"""What is still open at the end of a session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given

from conftest import START_MS
from domain.any_facts import events
from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.decide import ending
from kring.domain.decide.ending import WHY, OpenPoint, forgotten, open_points, told
from kring.domain.events import Event
from kring.domain.history import fold
from kring.domain.state import EMPTY, State
from kring.domain.text import Refused


def kinds(desk: Desk) -> list[tuple[str, str]]:
    return [(point.kind, point.what) for point in open_points(desk.state, desk.now)]


@pytest.fixture
def desk() -> Desk:
    """A talk in which what had to be asked was asked."""
    desk = Desk()
    desk.type("go 2.1")
    desk.wait(6)
    assert kinds(desk) == []
    return desk


@pytest.mark.parametrize(
    ("opened", "point", "solved"),
    [
        ("recording", ("platform", ""), "recording off"),
        ("attend 6 waiting", ("waiting", "Kees"), "attend 6 present"),
        ("issue P4 geluid", ("issue", "Piet, geluid"), "solved 4"),
        ("issue wifi", ("issue", "wifi"), "solved"),
        ('note @3 "dan zeg ik maar laat …', ("stub", "Fatima: “dan zeg ik maar laat …”"), "remove 1"),
        ('note "dan zeg ik …', ("stub", "“dan zeg ik …”"), "remove 1"),
        ("note ? mag het ook op papier", ("parked", "mag het ook op papier"), "raise"),
    ],
)
def test_each_thing_that_is_open_is_named_until_it_is_solved(
    desk: Desk, opened: str, point: tuple[str, str], solved: str
) -> None:
    desk.type(opened)
    assert kinds(desk) == [point]
    desk.type(solved)
    assert kinds(desk) == []


def test_a_question_that_must_be_asked_is_open_until_it_was_open_for_five_seconds() -> None:
    desk = Desk()
    assert kinds(desk) == [("question", "2.1 Vertel eens over de laatste keer")]
    desk.type("go 2.1")
    desk.wait(4.9)
    assert kinds(desk) == [("question", "2.1 Vertel eens over de laatste keer")]
    desk.wait(0.1)
    assert kinds(desk) == []


def test_the_end_closes_issues_and_recordings_and_leaves_what_nobody_did() -> None:
    desk = Desk()
    for line in ("attend 6 waiting", "recording", "issue wifi", "note ? later", "end"):
        desk.type(line)
    assert [kind for kind, _what in kinds(desk)] == ["question", "waiting", "parked"]


def test_points_are_told_by_kind_in_one_sentence_each() -> None:
    desk = Desk()
    for line in ("attend 6 waiting", "attend 7 waiting", "recording", "note ? een", "note ? twee"):
        desk.type(line)
    assert [str(one) for one in told(desk.state, desk.now)] == [
        "Not asked yet, and to be asked: 2.1.",
        "The platform's recording runs.",
        "In the waiting room: Kees, Els.",
        "Questions for later, not raised: 2.",
    ]


def test_since_when_is_the_moment_at_which_it_was_opened(desk: Desk) -> None:
    desk.wait(30)
    desk.type("attend 6 waiting")
    desk.wait(60)
    assert open_points(desk.state, desk.now) == [OpenPoint("waiting", "P6", "Kees", desk.now - 60_000)]


@given(happened=events())
def test_whatever_happened_every_point_has_a_row_that_is_there(happened: list[Event]) -> None:
    state = fold(EMPTY, happened)
    tables = {
        "question": state.guide,
        "recording": state.recordings,
        "platform": state.recordings,
        "waiting": state.participants,
        "issue": state.issues,
        "stub": state.notes,
        "parked": state.notes,
    }
    points = open_points(state, START_MS)
    assert all(point.row in tables[point.kind] for point in points)
    assert len(told(state, START_MS)) == len({point.kind for point in points})
    assert set(tables) == set(WHY)


ACTS = (
    "rooms draw 2", "room 3 5", "rooms back", "consensus 2.1 1 agrees", "statement te duur", "probe 1",
    "probe 0 en toen?", "hide", "answer 3 8", "poll counts 8=3 7=1", "invite 2", "tick 1", "failed 2",
    "cue nog 5", "pace decline", "summary nieuw zo is het", "note nog", "star", "brief 2", "consent 2 quote no",
    "attend 2 away", "say talker",
)  # fmt: skip


@pytest.mark.parametrize("line", ACTS)
def test_any_act_is_the_last_one_of_a_session_that_nobody_ended(line: str) -> None:
    desk = Desk()
    for before in ("attend all present", "go 2.1", "floor 1", "note eerst", "show A", "rooms draw 2"):
        desk.type(before)
        desk.wait(60)
    desk.wait(3600)
    desk.type(line)
    at = desk.now
    desk.wait(3 * 3600)
    found = forgotten(desk.state, desk.now)
    assert found is not None
    assert found.last_act == at


def test_what_the_program_did_by_itself_is_no_act() -> None:
    desk = Desk()
    desk.type("go 2.1")
    at = desk.now
    desk.wait(3600)
    desk.happen(f.CueSent("5 minutes left", automatic=True, value="5"))
    desk.wait(3 * 3600)
    found = forgotten(desk.state, desk.now)
    assert found is not None
    assert found.last_act == at


@pytest.mark.parametrize("last", ["rooms draw 2", "rooms back", "floor 2", "probe 1", "show A", "poll again"])
def test_the_end_goes_before_nothing_of_the_talk(last: str) -> None:
    desk = Desk()
    for line in (
        "attend all present",
        "go 2.1",
        "answer 1 7",
        *(["rooms draw 2"] if last in ("rooms back", "floor 2") else []),
    ):
        desk.type(line)
    desk.wait(60)
    desk.type(last)
    desk.wait(60)
    with pytest.raises(Refused, match="too early"):
        desk.type("end -90s")
    desk.type("end -30s")


def test_an_end_that_is_put_right_ends_rooms_and_what_was_said_in_them() -> None:
    desk = Desk()
    for line in ("attend all present", "go 2.1", "rooms draw 2", "floor 1"):
        desk.type(line)
        desk.wait(60)
    desk.type("end")
    end = desk.now - 30_000
    desk.happen(f.RowMoved("session", "s", None, end))
    ends = {
        row.ended_at for table in ("rooms", "room_stays", "room_turns") for row in desk.state.tables[table].values()
    }
    assert ends == {end}


def test_that_somebody_acts_is_seen_without_a_walk_over_all_that_was_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    moments, looked = ending._moments, list[int]()

    def counted(state: State) -> Iterator[int]:
        for moment in moments(state):
            looked.append(moment)
            yield moment

    monkeypatch.setattr(ending, "_moments", counted)
    looks = []
    for notes in (10, 100):
        desk = Desk()
        for number in range(notes):
            desk.type(f"note {number}")
        desk.wait(3 * 3600)
        desk.type("note laat")
        looked.clear()
        assert forgotten(desk.state, desk.now) is None
        looks.append(len(looked))
    assert looks[0] == looks[1]
