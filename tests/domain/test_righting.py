"""Putting right: what is true then is what would have been true, had it been logged so; who and why stay told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import START_MS
from domain.desk import Desk
from domain.evenings import evenings
from domain.test_said_later import MEANWHILE, talked, what_is_true
from kring.commands.righting import decided, rows_of
from kring.domain import rows as r
from kring.domain.decide import righting
from kring.domain.decide.righting import Target
from kring.domain.sentences import sentence
from kring.domain.text import Refused

meanwhile = st.lists(st.tuples(st.sampled_from(MEANWHILE), st.integers(1, 40)), max_size=8)


def right(desk: Desk, table: str, number: int, change: str, why: str = "") -> None:
    """Put right a row of a table by its number, from 1; 0 puts one in."""
    row = rows_of(desk.state, table)[number - 1].id if number else ""
    facts = decided(Target(table, row), change, why)(desk.state, desk.now)
    desk.happen_together(facts if isinstance(facts, tuple) else (facts,), "Els")


def standing(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    return {
        table: [row for row in rows if not (table in ("visits", "pauses", "attendance") and row["removed_at"])]
        for table, rows in what_is_true(desk).items()
    }


def begun() -> tuple[Desk, Desk]:
    desks = Desk(), Desk()
    for desk in desks:
        desk.type("go 1.1")
    return desks


@given(meanwhile, meanwhile, meanwhile)
def test_a_question_that_was_opened_late_can_be_moved_long_after(
    before: list[tuple[str, int]], between: list[tuple[str, int]], after: list[tuple[str, int]]
) -> None:
    in_time, late = begun()
    talked(in_time, before)
    in_time.type("go 2.1")
    seconds = talked(in_time, between)
    talked(late, before)
    talked(late, between)
    late.type("go 2.1")
    moment = late.now - seconds * 1000
    for desk in (in_time, late):
        talked(desk, after)
        desk.type("go 2.2")
        desk.wait(30)
    right(late, "visits", 2, f"-{(late.now - moment) // 1000}s", "te laat")
    assert standing(late) == standing(in_time)


@given(meanwhile, meanwhile)
def test_a_question_that_was_opened_by_mistake_was_never_open(
    before: list[tuple[str, int]], after: list[tuple[str, int]]
) -> None:
    right_away, by_mistake = begun()
    for desk in (right_away, by_mistake):
        talked(desk, before)
        if desk is by_mistake:
            desk.type("go 2.2")
        talked(desk, after)
    right(by_mistake, "visits", 2, "weg", "verkeerde toets")
    assert standing(by_mistake) == standing(right_away)


@given(meanwhile, meanwhile)
def test_the_wrong_question_becomes_the_right_one(before: list[tuple[str, int]], after: list[tuple[str, int]]) -> None:
    well, wrong = begun()
    for desk, item in ((well, "go 2.1"), (wrong, "go 2.2")):
        talked(desk, before)
        desk.type(item)
        talked(desk, after)
    right(wrong, "visits", 2, "2.1")
    assert standing(wrong) == standing(well)


@given(meanwhile, meanwhile)
def test_a_question_that_nobody_opened_is_put_in(before: list[tuple[str, int]], after: list[tuple[str, int]]) -> None:
    well, forgotten = begun()
    for desk in (well, forgotten):
        talked(desk, before)
        if desk is well:
            desk.type("go 2.1")
        seconds = talked(desk, after)
        desk.type("go 2.2")
        desk.wait(7)
    right(forgotten, "visits", 0, f"2.1 -{seconds + 7}s")
    assert standing(forgotten) == standing(well)


@pytest.mark.parametrize("later_s", [-600, -1, 1, 600])
def test_an_end_that_came_too_late_or_too_early_is_moved(later_s: int) -> None:
    desk, well = begun()
    for one, wait in ((desk, 1000 - later_s), (well, 1000)):
        one.type("attend 3 present")
        one.type("floor 3")
        one.type("issue 4 geluid")
        one.type("recording")
        one.wait(wait)
        one.type("end")
    if later_s > 0:
        desk.wait(later_s)
        desk.type("note nog iets")
    right(desk, "session", 1, f"-{0 if later_s > 0 else -later_s}s" if later_s < 0 else "19:46:40")
    ended = {row.ended_at for row in (*desk.state.visits.values(), *desk.state.issues.values(), desk.state.session)}
    assert ended == {START_MS + 1_000_000}
    assert {row.ended_at for row in desk.state.attendance.values()} == {START_MS + 1_000_000}
    turn = desk.state.alive_turns[0]
    assert turn.ended_at == START_MS + 1000 * min(1000, 1000 - later_s)  # nobody knows who spoke on


def test_attendance_follows_what_is_put_right() -> None:
    desk = Desk()
    desk.type("attend 4 present")
    desk.wait(600)
    desk.type("attend 4 away")
    desk.wait(60)
    desk.type("attend 4 present")
    right(desk, "attendance", 2, "19:35")
    ends = [(row.status, (row.started_at - START_MS) // 1000) for row in desk.state.attendance.values()]
    assert ends == [("present", 0), ("away", 300), ("present", 660)]
    right(desk, "attendance", 3, "remove")
    assert desk.state.participants["P4"].status == "away"
    assert [row.ended_at for row in desk.state.attendance.values()] == [START_MS + 300_000, None]


def test_the_turn_that_runs_takes_its_begin_from_the_one_before() -> None:
    desk = Desk()
    desk.type("floor 1")
    desk.wait(60)
    desk.type("floor 2")
    desk.wait(10)
    right(desk, "turns", 2, "-30s")
    assert [(turn.started_at - START_MS, turn.ended_at) for turn in desk.state.alive_turns] == [
        (0, START_MS + 40_000),
        (40_000, None),
    ]
    right(desk, "turns", 1, "anna")
    assert desk.state.alive_turns[0].participant == "P2"


def test_the_turn_that_runs_had_not_begun_and_whoever_spoke_before_speaks_on() -> None:
    desk = Desk()
    for line in ("floor 1", "note een", "floor 2", "note twee"):
        desk.type(line)
        desk.wait(60)
    right(desk, "turns", 2, "remove")
    [turn] = desk.state.alive_turns
    assert desk.state.open_turn is turn
    assert (turn.participant, turn.ended_at) == ("P1", None)
    assert [note.participant for note in desk.state.notes.values()] == ["P1", "P1"]
    right(desk, "turns", 1, "remove")
    assert desk.state.open_turn is None
    assert desk.state.alive_turns == []


def test_the_turn_that_runs_may_have_ended_long_ago() -> None:
    desk = Desk()
    desk.type("floor 1")
    desk.wait(600)
    right(desk, "turns", 1, "19:30-19:31")
    assert [(turn.started_at - START_MS, turn.ended_at) for turn in desk.state.alive_turns] == [(0, START_MS + 60_000)]
    assert desk.state.open_turn is None


def test_the_preview_of_a_turn_tells_its_time() -> None:
    desk = Desk()
    for line in ("floor 1", "floor 2"):
        desk.type(line)
        desk.wait(60)
    shown = righting.preview(desk.state, desk.now, righting.move(desk.state, desk.now, _turn(desk), None, desk.now))
    assert [one.values["span"] for one in shown.follows] == ["19:30:00-19:32:00"]


def _turn(desk: Desk) -> Target:
    return Target("turns", rows_of(desk.state, "turns")[0].id)


@pytest.mark.parametrize(
    ("table", "wrong", "change", "well"),
    [
        ("asked", "asked 2.2", "19:31", "asked 2.2 19:31"),
        ("asked", "asked 2.2", "2.1", "asked 2.1"),
        ("asked", "asked 2.2", "remove", ""),
        ("asked", "", "add 2.2 19:31", "asked 2.2 19:31"),
        ("skipped", "skip 2.2", "2.1", "skip 2.1"),
        ("skipped", "skip 2.2", "weg", ""),
        ("skipped", "", "add 2.2 19:31", "skip 2.2 19:31"),
        ("attendance", "attend 4 left", "19:31", "attend 4 left 19:31"),
        ("attendance", "attend 4 left", "away", "attend 4 away"),
        ("attendance", "attend 4 left", "piet", None),  # it was Piet already
        ("attendance", "attend 4 left", "5", "attend 5 left"),
        ("attendance", "", "add 4 left 19:31", "attend 4 left 19:31"),
        ("issues", "issue 4 geluid", "5", "issue 5 geluid"),
        ("issues", "issue 4 geluid", "iedereen", "issue geluid"),
        ("issues", "", "add 4 geluid 19:31", "issue 4 geluid 19:31"),
        ("answers", "answer 3 8", "7", "answer 3 7"),
        ("answers", "answer 3 8", "@4", "answer 4 8"),
        ("answers", "answer 3 8", "19:31", "answer 3 8 19:31"),
        ("answers", "", "add 3 8 19:31", "answer 3 8 19:31"),
        ("showings", "show A", "19:31", "show A 19:31"),
        ("showings", "show A", "19:31-19:32", "show A 19:31; hide 19:32"),
        ("showings", "show A", "weg", ""),
        ("showings", "", "add A 19:31", "show A 19:31"),
        ("showings", "", "add A 19:31-19:32", "show A 19:31; hide 19:32"),
        ("recordings", "", "add 19:31-19:32", "recording 19:31; recording off 19:32"),
        ("visits", "", "add 4.1 19:32", "go 4.1 19:32"),
    ],
)
@pytest.mark.parametrize("ended", [False, True], ids=["live", "afterwards"])
def test_putting_right_comes_to_what_would_have_been_logged(
    table: str, wrong: str, change: str, well: str | None, ended: bool
) -> None:
    logged, putting = begun()
    for desk, lines in ((putting, wrong), (logged, wrong if well is None else well)):
        desk.wait(150)
        for line in filter(None, lines.split("; ")):
            desk.type(line)
        desk.wait(150)
        if ended:
            desk.type("end")
    adds = change.startswith("add ")
    if well is None:
        with pytest.raises(Refused, match="Nothing was changed"):
            right(putting, table, len(rows_of(putting.state, table)), change)
        return
    right(putting, table, 0 if adds else len(rows_of(putting.state, table)), change.removeprefix("add "))
    assert alive_of(putting) == alive_of(logged)


OF_WHO_LOGGED = ("id", "logged_by", "shown_by", "changed_at", "logged")


def alive_of(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    """Return what is true, without what was taken out, ids, and that it was logged by whom and when."""
    return {
        table: sorted(
            (
                {name: value for name, value in row.items() if name not in OF_WHO_LOGGED}
                for row in rows
                if row.get("removed_at") is None
            ),
            key=repr,
        )
        for table, rows in what_is_true(desk).items()
    }


def test_a_pause_that_nobody_logged_stops_the_clock_of_its_question() -> None:
    logged, forgotten = begun()
    for desk in (logged, forgotten):
        desk.wait(60)
        if desk is logged:
            desk.type("pause")
        desk.wait(60)
        if desk is logged:
            desk.type("resume")
        desk.wait(60)
        desk.type("go 2.1")
        desk.wait(30)
    right(forgotten, "pauses", 0, "19:31-19:32")
    assert alive_of(forgotten) == alive_of(logged)
    with pytest.raises(Refused, match="It was paused then already"):
        right(forgotten, "pauses", 0, "19:30:30-19:31:01")


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("visits", "19:29"),  # before the file was made
        ("visits", "19:30"),  # where the question before it began
        ("visits", "20:00"),  # still to come, so yesterday
        ("visits", "19:30:30-19:31"),  # it lasts until the next one
        ("visits", "2.1"),
        ("visits", ""),
        ("pauses", "anna"),
        ("answers", "8"),
        ("answers", "19:30:30-19:31"),  # it has one moment
        ("answers", "12"),  # no option of the poll
        ("showings", "peiling"),
        ("session", "19:30:30-19:31"),
    ],
)
def test_what_makes_no_sense_is_refused(table: str, change: str) -> None:
    desk = Desk()
    for line in ("go 1.1", "go 2.1", "answer 3 8", "show A", "pause", "resume", "end"):
        desk.wait(30)
        desk.type(line)
    number = 2 if table == "visits" else 1
    with pytest.raises(Refused):
        right(desk, table, number, change)


@given(evenings())
def test_visits_and_attendance_stay_end_to_end(desk: Desk) -> None:
    end = desk.state.session.ended_at
    visits = sorted(desk.state.visits.values(), key=lambda row: (row.started_at, row.id))
    for visit, following in zip(visits, [*visits[1:], None], strict=False):
        wanted = following.started_at if following is not None else end
        assert visit.ended_at == wanted or visit.ended_at == max(wanted or 0, visit.started_at)
    if desk.state.session.phase == "live" and visits:
        assert desk.state.open_visit is visits[-1]


@given(evenings(), st.integers(0, 20), st.integers(-90, 90))
def test_the_preview_tells_what_is_filed_elsewhere(desk: Desk, number: int, shift_s: int) -> None:
    rows = rows_of(desk.state, "visits")
    if not rows:
        return
    visit = rows[number % len(rows)]
    try:
        target, began = Target("visits", visit.id), righting.span_of(visit)[0] or 0
        fact = righting.move(desk.state, desk.now, target, began + 1000 * shift_s, None)
    except Refused:
        return
    shown = righting.preview(desk.state, desk.now, fact)
    before = {row.id: row.item for row in (*desk.state.notes.values(), *desk.state.turns.values())}
    event = desk.happen(fact)
    after = {row.id: row.item for row in (*desk.state.notes.values(), *desk.state.turns.values())}
    told = sum(one.values["n"] for one in shown.follows if one.template.startswith(("notes that", "turns that")))
    assert told == sum(before[row_id] != item for row_id, item in after.items())
    assert shown.what == sentence(desk.state, event)
    assert isinstance(desk.state.visits[visit.id], r.VisitRow)
