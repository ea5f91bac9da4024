"""A session that nobody ended is asked when it had, and what others logged is not taken back by the way."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from acting import act
from kring.line_mode.conversation import Conversation
from kring.session.session import Session
from kring.system.clock import SimulatedClock
from kring.system.sqlite import sqlite3
from lines import Typist, plan_file, type_lines

__all__ = ["plan_file", "type_lines"]

EVENING = (
    "doors",
    "start anyway",
    "next",
    "wait 60s",
    "floor 1",
    "issue 2 geen beeld",
    "recording",
    "wait 90s",
    "note nog",
    "quit",
)
MORNING = "--simulated-clock 2026-12-04T09:00"
ENDED = "The session has ended · Not asked yet, and to be asked: 2.1."
ASKED = "Nobody did anything for 13 hours. Had the session ended, at 19:32:30 (last act) or 20:30:00 (as planned)?"


def lasted(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    (file,) = folder.glob("2026*.db")
    with closing(sqlite3.connect(str(file))) as connection:
        return {
            table: connection.execute(f"select ended_at, duration_s from {table}").fetchall()
            for table in ("turns", "visits", "issues", "recordings")
        }


def hands_up(session: Session) -> list[str]:
    return [one.id for one in session.state.participants.values() if one.hand_at is not None]


@pytest.mark.parametrize(
    ("line", "ended", "turn_s"),
    [
        ("end 20:30", "2026-12-03T20:30:00.000Z", 3540.0),
        ("einde 19:32:30", "2026-12-03T19:32:30.000Z", 90.0),
        ("end 21:02u", "2026-12-03T21:02:00.000Z", 5460.0),
        ("end -12h", "2026-12-03T21:00:00.000Z", 5340.0),
        ("end now", "2026-12-04T09:00:00.000Z", 48540.0),
    ],
)
def test_the_end_that_was_forgotten_is_told_the_next_day(
    plan_file: Path, type_lines: Typist, line: str, ended: str, turn_s: float
) -> None:
    type_lines(plan_file, *EVENING)
    said = type_lines(plan_file, "end", line, "quit", options=MORNING)
    assert said.lines[:2] == [f"· {ASKED}", "· Type: end and that time, or end now"]
    assert said.answers[0] == f"! {ASKED} Type: end and that time, or end now"
    assert said.answers[1].startswith("The session has ended")
    found = lasted(plan_file.parent)
    assert {end for rows in found.values() for end, _length in rows} == {ended}
    assert found["turns"] == [(ended, turn_s)]


def test_the_end_goes_before_nothing_that_was_logged(plan_file: Path, type_lines: Typist) -> None:
    type_lines(plan_file, *EVENING)
    said = type_lines(plan_file, "end 19:30:30", "end 19:30:59", "end 19:31", "quit", options=MORNING)
    assert said.answers[0].startswith(
        "! 2026-12-03 19:30:30 is too early: at 2026-12-03 19:31:00 something else was logged"
    )
    assert said.answers[1].startswith("! 2026-12-03 19:30:59 is too early")
    assert said.answers[2] == "The session has ended, at 19:31:00 · Not asked yet, and to be asked: 2.1."


@pytest.mark.parametrize("hours", [0, 1.9])
def test_a_session_that_is_going_on_is_not_asked(session: Session, clock: SimulatedClock, hours: float) -> None:
    act(session, "start anyway", "next")
    clock.advance(round(hours * 3_600_000))
    conversation = Conversation(session, None, clock)
    assert conversation.first_warnings() == ()
    assert conversation.answer("end") == ENDED


def test_what_another_did_meanwhile_counts_as_an_act(
    make_session: Callable[..., Session], clock: SimulatedClock
) -> None:
    moderator = make_session("Els", "moderator")
    act(moderator, "start anyway", "next")
    clock.advance(3 * 3_600_000)
    act(make_session("Bo", "assistant"), "note nog iets")
    clock.advance(60_000)
    moderator.tick()
    assert Conversation(moderator, None, clock).answer("end") == ENDED


@pytest.fixture
def two(make_session: Callable[..., Session], clock: SimulatedClock) -> tuple[Conversation, Conversation]:
    moderator, assistant = make_session("Els", "moderator"), make_session("Bo", "assistant")
    talks = Conversation(moderator, None, clock), Conversation(assistant, None, clock)
    act(moderator, "start anyway")
    clock.advance(5_000)
    return talks


def test_undo_past_the_start_asks_first_and_the_other_hears_it(two: tuple[Conversation, Conversation]) -> None:
    moderator, assistant = two
    for line in ("floor 1", "floor 2", "floor 3", "note iets"):
        assistant.answer(line)
    asked = "! That takes back the start of the session; hidden of what others logged since: 4. Type: undo anyway"
    assert moderator.answer("undo") == asked
    assert moderator.answer("ongedaan") == asked
    assert moderator.session.state.session.phase == "live"
    assert moderator.answer("undo anyway") == "Undone: The session starts; gates passed open: 1"
    told = assistant.answer("floor 4") or ""
    assert told.startswith("! The session has not started. · Els: Undone: The session starts")
    assert moderator.answer("redo") == "Redone: The session starts; gates passed open: 1"
    assert (assistant.answer("floor 4") or "").startswith("Piet has the floor")
    assert len(moderator.session.state.turns) == 3


def test_undo_past_the_end_asks_first(two: tuple[Conversation, Conversation]) -> None:
    moderator, assistant = two
    moderator.answer("end")
    assert moderator.answer("undo") == "! That takes back the end of the session. Type: undo anyway"
    assert moderator.answer("undo toch") == "Undone: The session has ended"
    assert " · Els: Undone: The session has ended" in (assistant.answer("floor 4") or "")


def test_nobody_asks_for_the_floor_after_the_end(two: tuple[Conversation, Conversation]) -> None:
    moderator, assistant = two
    assistant.answer("hand 3")
    assistant.answer("hand 6")
    assert (moderator.answer("end") or "").startswith("The session has ended")
    assert hands_up(moderator.session) == []
    moderator.answer("undo anyway")
    assert hands_up(moderator.session) == ["P3", "P6"]


def test_undo_of_what_the_others_acts_rest_on_asks_first(two: tuple[Conversation, Conversation]) -> None:
    moderator, assistant = two
    moderator.answer("next")
    assistant.answer("floor 1")
    assert moderator.answer("undo") == "! That also changes what others logged since: 1. Type: undo anyway"
    assert (moderator.answer("undo anyway") or "").startswith("Undone: 1.1")


def test_undo_beside_the_others_acts_asks_nothing(two: tuple[Conversation, Conversation]) -> None:
    moderator, assistant = two
    moderator.answer("note van mij")
    assistant.answer("floor 1")
    assistant.answer("note van Bo")
    assert (moderator.answer("undo") or "").startswith("Undone: Paraphrase: van mij")


def test_the_end_says_what_had_to_be_asked_and_was_only_passed(plan_file: Path, type_lines: Typist) -> None:
    said = type_lines(plan_file, "doors", "start anyway", "go 2.1", "wait 3s", "go 1.1", "end", "quit")
    assert said.answers[-1].endswith(" · Not asked yet, and to be asked: 2.1.")
