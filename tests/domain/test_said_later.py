"""Acts that are said later: what is true then is what would have been true, had they been typed in time."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import asdict

from conftest import START_MS
from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.local_time import local
from kring.domain.rows import Row
from kring.domain.sentences import sentence
from kring.domain.text import Refused
from kring.domain.time_text import read_when, when_at_end

MEANWHILE = ("floor 1", "floor 2", "floor nobody", "note iets", "note @3 anders", "mark", "issue P4 geluid", "hand 6")
LATE = ("next", "go 2.2", "go pauze", "back")

meanwhile = st.lists(st.tuples(st.sampled_from(MEANWHILE), st.integers(1, 40)), max_size=12)


def what_is_true(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    """Return all rows, without what differs because an event came later: ids, and the order that follows from them."""
    found = {}
    for name, table in desk.state.tables.items():
        rows = [_without_ids(row, desk) for row in table.values()]
        found[name] = sorted(rows, key=repr)
    return found


def _without_ids(row: Row, desk: Desk) -> dict[str, Any]:
    made = {event.id for event in desk.history.events}
    return {name: "…" if value in made else value for name, value in asdict(row).items()}


def talked(desk: Desk, lines: list[tuple[str, int]], late: str = "", after: int = -1) -> int:
    """Type lines with so many seconds before each; `late` behind so many of them. Return the seconds since that."""
    since = 0
    for number, (line, seconds) in enumerate([*lines, ("", 5)]):
        if number == after:
            desk.type(late)
        desk.wait(seconds)
        since += seconds if number >= after else 0
        if line:
            desk.try_to_type(line)
    return since


@given(meanwhile, meanwhile, st.sampled_from(LATE))
def test_a_question_that_is_opened_late_has_all_that_was_said_on_it(
    before: list[tuple[str, int]], since: list[tuple[str, int]], late: str
) -> None:
    if late == "go pauze":  # a break ends who speaks: who speaks then tells of it
        since = [(line, seconds) for line, seconds in since if not line.startswith("floor")]
    in_time, afterwards = Desk(), Desk()
    for desk in (in_time, afterwards):
        desk.type("go 2.1")
    talked(in_time, before)
    talked(afterwards, before)
    in_time.type(late)
    seconds = talked(in_time, since)
    talked(afterwards, since)
    afterwards.type(f"{late} -{seconds}s")
    assert what_is_true(afterwards) == what_is_true(in_time)


@given(
    meanwhile, st.integers(1, 300), st.sampled_from(["pause", "end", "floor 5", "recording", "skip 2.2", "asked 2.2"])
)
def test_other_acts_too_where_nothing_came_after(before: list[tuple[str, int]], seconds: int, late: str) -> None:
    in_time, afterwards = Desk(), Desk()
    for desk in (in_time, afterwards):
        desk.type("next")
        talked(desk, before)
    in_time.type(late)
    in_time.wait(seconds)
    afterwards.wait(seconds)
    afterwards.type(f"{late} -{seconds}s")
    assert what_is_true(afterwards) == what_is_true(in_time)


@given(meanwhile, meanwhile, st.sampled_from(("floor 5", "floor unknown", "floor nobody", "attend 2 away", "pause")))
def test_notes_since_a_moment_follow_who_had_the_floor_then(
    before: list[tuple[str, int]], since: list[tuple[str, int]], late: str
) -> None:
    since = [(line, seconds) for line, seconds in since if not line.startswith("floor")]
    in_time, afterwards = Desk(), Desk()
    for desk in (in_time, afterwards):
        desk.type("go 2.1")
        talked(desk, before)
    if in_time.try_to_type(late) is None:
        return
    seconds = talked(in_time, since)
    talked(afterwards, since)
    afterwards.type(f"{late} -{seconds}s")
    assert what_is_true(afterwards) == what_is_true(in_time)


def test_notes_stay_with_whoever_was_named_and_the_answer_counts_the_others() -> None:
    desk = Desk()
    desk.type("floor 1")
    for line in ("note voor die tijd", "note een", "note @2 twee", "note = samengevat", "note drie"):
        desk.wait(20)
        desk.type(line)
    late = desk.type("floor 3 -65s")
    told = sentence(desk.state, late)
    assert [note.participant for note in desk.state.notes.values()] == ["P1", "P3", "P2", None, "P3"]
    assert told.values["what"].template == "{what}; notes since then: {n}"
    assert told.values["what"].values["n"] == 2
    desk.type("undo")
    assert [note.participant for note in desk.state.notes.values()] == ["P1", "P1", "P2", None, "P1"]


def test_a_pause_that_is_told_late_began_and_ended_then() -> None:
    in_time, afterwards = Desk(), Desk()
    for desk in (in_time, afterwards):
        desk.type("next")
        desk.wait(60)
    in_time.type("pause")
    in_time.wait(120)
    in_time.type("resume")
    in_time.wait(60)
    afterwards.wait(150)
    afterwards.type("pause -2:30")
    afterwards.wait(30)
    afterwards.type("resume -1m")
    assert what_is_true(afterwards) == what_is_true(in_time)
    assert [visit.paused_s for visit in afterwards.state.visits.values()] == [120]


@pytest.mark.parametrize(
    ("lines", "late", "why"),
    [
        (("next", "floor 1"), "floor 2 -2m", "19:30:00"),
        (("next", "next"), "next -2m", "19:30:00"),
        (("next", "floor 1", "floor nobody"), "end -2m", "19:30:00"),
        (("next", "pause"), "resume -2m", "19:30:00"),
        (("next", "floor 1"), "pause -2m", "19:30:00"),
    ],
)
def test_nothing_goes_before_what_was_logged_already(lines: tuple[str, ...], late: str, why: str) -> None:
    desk = Desk()
    for line in lines:
        desk.type(line)
    desk.wait(60)
    with pytest.raises(Refused, match=f"19:29:00 is too early: at {why} something else was logged"):
        desk.type(late)


def test_somebody_who_spoke_first_is_there_since_it_is_said() -> None:
    desk = Desk()
    desk.wait(600)
    desk.type("floor 4")
    desk.type("attend 4 present 19:30")
    stretches = [(row.started_at, row.ended_at) for row in desk.state.attendance.values() if row.participant == "P4"]
    assert min(stretches) == (START_MS, START_MS + 600_000)
    assert desk.state.participants["P4"].status == "present"


@pytest.mark.parametrize(
    ("word", "seconds"),
    [
        ("-2m", 120),
        ("-90s", 90),
        ("-1,5m", 90),
        ("-1.5min", 90),
        ("-1:30", 90),
        ("−2M", 120),
        ("-1u", 3600),
        ("-1h", 3600),
    ],
)
def test_so_long_ago(word: str, seconds: int) -> None:
    said = read_when(word)
    assert said is not None
    assert said.moment(Desk().state, START_MS) == START_MS - seconds * 1000


@pytest.mark.parametrize(
    ("word", "clock"),
    [("19:29", (3, 19, 29, 0)), ("19:30:00", (3, 19, 30, 0)), ("19:31", (2, 19, 31, 0)), ("9:05u", (3, 9, 5, 0))],
)
def test_the_last_time_that_the_clock_showed_it(word: str, clock: tuple[int, int, int, int]) -> None:
    desk = Desk()
    said = read_when(word)
    assert said is not None
    moment = local(desk.state, said.moment(desk.state, START_MS))
    assert (moment.day, moment.hour, moment.minute, moment.second) == clock


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        rest, said = when_at_end(text)
    except Refused:
        return
    assert said is not None or rest == text


def test_all_that_was_logged_since_a_start_that_is_said_later_has_its_place_on_the_clock() -> None:
    desk = Desk(started=False)
    facts = (
        f.RoleChanged("moderator"), f.ParticipantBriefed("P1"), f.ProbeUsed("goed"), f.OwnProbeUsed("en toen?"),
        f.InvitedToSpeak("P2"), f.SentenceShown("talker", "Dank u."), f.ReminderSeen("camera"),
        f.StatementAdded("laatste", "te duur"), f.StanceNoted("laatste", "P1", "agrees"),
        f.AnswerGiven("peiling", "P1", "8"),
        f.CueSent("nog 5"), f.IssueOpened("beeld"), f.StimulusShown("stim"), f.AttendanceChanged("P1", "present"),
    )  # fmt: skip
    desk.wait(60)
    for fact in facts:
        desk.happen(fact)
    desk.wait(60)
    desk.happen(f.SessionStarted(at_ms=desk.now - 90_000))
    on_clock = {
        name: {row.t for row in table.values() if any(at == desk.now - 60_000 for at in moments(row))}
        for name, table in desk.state.tables.items()
        if any(hasattr(row, "t") for row in table.values())
    }
    assert len(on_clock) >= 9
    assert {t for those in on_clock.values() for t in those} == {30.0}


def moments(row: Any) -> list[int]:
    return [getattr(row, name) for name in ("at", "started_at", "heard_at", "shown_at") if hasattr(row, name)]
