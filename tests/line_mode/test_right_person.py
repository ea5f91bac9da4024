"""Line mode means the person, the check and the note that people mean, or asks."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from kring.line_mode.conversation import Conversation
from kring.session.session import Session
from kring.system import i18n
from kring.system.clock import SimulatedClock
from kring.system.sqlite import sqlite3
from lines import Typist, type_lines

__all__ = ["type_lines"]

PLAN = """\
---
title: Stoelen
language: en
start: 2026-12-03 19:30
length: 30 min
---
# A (30 min)
1. Wie bent u?
2. Wat zag u?
# Participants
| code | name |
|---|---|
{people}
# Checklist
## At the start
- [ ] per participant: camera, chat
- [ ] licht aan
## Afterwards
- [ ] chat saved
- [ ] chat switched off
- [ ] licht uit
"""


def plan_of(*names: str) -> str:
    return PLAN.format(people="\n".join(f"| P{seat} | {name} |" for seat, name in enumerate(names, 1)))


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    file = tmp_path / "plan.md"
    file.write_text(plan_of("An", "Bo", "Cas", "Dre"), "utf-8")
    return file


@pytest.fixture
def talk(session: Session, clock: SimulatedClock) -> Conversation:
    conversation = Conversation(session, None, clock)
    for line in ("start anyway", "next", "floor 3"):
        conversation.answer(line)
    return conversation


def answers(conversation: Conversation, *lines: str) -> list[str | None]:
    return [conversation.answer(line) for line in lines]


def test_a_second_press_of_the_same_key_goes_on_and_says_so_by_name(talk: Conversation) -> None:
    assert talk.answer("floor 3") == "! Fatima has the floor already."
    assert talk.answer("attend 3") == "! Fatima is present already."
    talk.answer("attend 4 left")
    assert talk.answer("hand 4") == "! Piet is not here."
    i18n.use("nl")
    assert talk.answer("woord 3") == "! Fatima heeft het woord al."


def test_a_check_is_the_one_of_this_phase_or_is_asked_for(plan_file: Path, type_lines: Typist) -> None:
    said = type_lines(
        plan_file, "tick licht", "doors", "tick licht", "tick chat", "tick an chat", "tick P2 chat", "untick P2",
        "start", "tick camera", "end",
        "tick licht", "tick chat", "tick chat saved", "tick chat", "untick chat", "quit",
    )  # fmt: skip
    assert said.answers == [
        "! licht may be 1 licht aan; 4 licht uit.",
        "The doors are open",
        "Ticked: licht aan",
        "! chat may be 6 An, chat; 8 Bo, chat; 10 Cas, chat; 12 Dre, chat.",
        "Ticked: An, chat",
        "Ticked: Bo, chat",
        "Not ticked: Bo, chat",
        "The session starts · 4 expected: who is here? Type: attend all",
        "! camera may be 5 An, camera; 7 Bo, camera; 9 Cas, camera; 11 Dre, camera.",
        "The session has ended",
        "Ticked: licht uit",
        "! chat may be 2 chat saved; 3 chat switched off.",
        "Ticked: chat saved",
        "Ticked: chat switched off",
        "! chat may be 2 chat saved; 3 chat switched off.",
    ]


def test_a_summary_and_a_question_for_later_belong_to_nobody(talk: Conversation) -> None:
    assert answers(talk, "note = samengevat", "note ? wat kost het", "note gewoon", "note = @3 zo zei zij het") == [
        "Summary, 1.1: samengevat",
        "Question for later, 1.1: wat kost het",
        "Paraphrase, Fatima, 1.1: gewoon",
        "Summary, Fatima, 1.1: zo zei zij het",
    ]


def test_a_question_for_later_is_listed_as_one_and_no_other_note_is_raised(talk: Conversation) -> None:
    answers(talk, "note ? wat kost het", "note gewoon")
    assert talk.answer("notes") == "2 19:30 Fatima ~ gewoon; 1 19:30 ?~ wat kost het (for later)"
    assert answers(talk, "raise 2", "raise 1", "raise 1", "raise") == [
        "! Note 2 is no question for later: gewoon",
        "Asked: wat kost het",
        "! Note 1 was asked already: wat kost het",
        "! No question is parked.",
    ]


def test_after_the_end_a_note_is_nobodys(talk: Conversation) -> None:
    assert answers(talk, "end", "note nog iets", "undo", "note nog iets") == [
        "The session has ended · Not asked yet, and to be asked: 2.1.",
        "Paraphrase: nog iets",
        "Undone: Paraphrase: nog iets",
        "Paraphrase: nog iets",
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("attend all", "Joost is present; the same for 6 more"),
        ("aanwezig allen", "Joost is present; the same for 6 more"),
        ("attend all waiting", "Joost is in the waiting room; the same for 7 more"),
        ("aanwezig 2,4,5", "Anna is present; the same for 2 more"),
        ("attend 2, piet, P5 away train", "Anna is away for a moment (train); the same for 2 more"),
        ("attend 2", "Anna is present"),
        ("attend all present 19:30", "Joost is present; the same for 7 more, at 19:30:00"),
        ("attend 2,9", "! There is no participant 9."),
        ("attend all dansend", "! dansend is no attendance: say waiting, present, away, lost, left or no-show."),
    ],
)
def test_many_are_present_in_one_act(talk: Conversation, clock: SimulatedClock, typed: str, said: str) -> None:
    clock.advance(60_000)
    assert talk.answer(typed) == said


def test_all_but_one_are_here_and_that_is_taken_back_as_one_act(talk: Conversation) -> None:
    answers(talk, "attend 8 no-show", "attend all")
    statuses = [person.status for person in talk.session.state.participants.values()]
    assert statuses == [*["present"] * 7, "no_show"]
    talk.answer("undo")
    assert [person.status for person in talk.session.state.participants.values()].count("expected") == 6


def test_a_list_that_is_read_again_leaves_everybody_on_their_seat(plan_file: Path, type_lines: Typist) -> None:
    begin = ("start anyway", "floor 2", "floor 3")
    type_lines(plan_file, *begin)
    plan_file.write_text(plan_of("Eva", "An", "Bo", "Cas", "Dre"), "utf-8")
    said = type_lines(plan_file, "plan", "floor 2", "floor eva", "floor", "undo", "undo", "undo", "floor", "quit")
    assert said.answers[1:4] == [
        "Bo has the floor",
        "Eva has the floor",
        said.answers[3],
    ]
    assert said.answers[3].startswith("1 An not yet; 2 Bo ")
    assert "5 Eva" in said.answers[3]
    assert said.answers[6].startswith("Undone: Plan read")
    assert "Eva" not in said.answers[7]


@pytest.mark.parametrize("text", ["", "---\ntitle: Stoelen\nlanguage: en\n---\n", PLAN.partition("# Participants")[0]])
def test_an_empty_or_half_saved_plan_is_read_only_when_that_is_meant(
    plan_file: Path, type_lines: Typist, text: str
) -> None:
    type_lines(plan_file, "start anyway", "next")
    (file,) = plan_file.parent.glob("2026*.db")
    plan_file.write_text(text, "utf-8")
    said = type_lines(file, "plan", "floor 2", "plan anyway", "floor 2", "undo", "floor 3", "quit")
    assert said.answers[0].startswith("! The file seems empty or half saved: ")
    assert said.answers[0].endswith(" Type: plan anyway")
    assert said.answers[1] == "Bo has the floor"
    assert said.answers[2].startswith("Plan read: ")
    assert said.answers[5] == "Cas has the floor"


def test_who_leaves_or_steps_out_no_longer_speaks_and_two_of_one_name_are_told_apart(
    plan_file: Path, type_lines: Typist
) -> None:
    plan_file.write_text(plan_of("Jan", "Jan", "Jan --> Piet", "Jana"), "utf-8")
    said = type_lines(
        plan_file, "attend all", "start", "floor P1", "wait 60s", "attend P1 left", "wait 60s", "floor P1", "wait 30s",
        "attend P1 away", "wait 30s", "attend P1 present", "floor Jan", "floor P2", "end", "quit",
    )  # fmt: skip
    assert said.answers[11] == "! Jan may be Jan (P1), Jan (P2)."
    assert said.answers[12] == "Jan has the floor"
    (file,) = plan_file.parent.glob("2026*.db")
    with closing(sqlite3.connect(str(file))) as connection:
        turns = connection.execute("select participant, duration_s from turns order by started_at").fetchall()
    assert turns == [("P1", 60.0), ("P1", 30.0), ("P2", 0.0)]
