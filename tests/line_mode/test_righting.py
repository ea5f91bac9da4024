"""`right`: what was logged is listed by number, what follows is shown, and only `right yes` does it."""

from __future__ import annotations

import pytest

from acting import act
from kring.domain.rows import Row
from kring.domain.state import State
from kring.line_mode.conversation import Conversation
from kring.session.session import Session
from kring.system import i18n
from kring.system.clock import SimulatedClock


@pytest.fixture
def talk(session: Session, clock: SimulatedClock) -> Conversation:
    act(session, "start anyway", "attend all", "go 1.1")
    for line in ("floor 1", "note een", "floor 2", "note twee", "go 2.1", "floor 3"):
        clock.advance(30_000)
        act(session, line)
    return Conversation(session, None, clock)


def test_what_follows_is_shown_before_it_is_done(talk: Conversation) -> None:
    assert talk.answer("right question") == (
        "1 19:30:00-19:32:30 1.1 Wie bent u?; 2 19:32:30-… 2.1 Vertel eens over de laatste keer"
    )
    shown = talk.answer("right question 2 19:31:30")
    assert shown == (
        "Time put right: 2.1 Vertel eens over de laatste keer, 19:31:30-…; notes that go to 2.1: 1; "
        "turns that go to 2.1: 1; 1.1 Wie bent u?: 19:30:00-19:31:30. Type: right yes, and why"
    )
    assert [note.item for note in talk.session.state.notes.values()] == ["wie", "wie"]
    done = talk.answer("right yes F2 forgotten")
    assert done == "Time put right: 2.1 Vertel eens over de laatste keer, 19:31:30-… (F2 forgotten)"
    assert [note.item for note in talk.session.state.notes.values()] == ["wie", "laatste"]
    assert (talk.answer("undo") or "").startswith("Undone: Time put right: 2.1")
    assert [note.item for note in talk.session.state.notes.values()] == ["wie", "wie"]


def test_nothing_is_done_without_a_yes_and_a_yes_counts_once(talk: Conversation) -> None:
    refused = "! Nothing waits for a yes; say first what is to be put right."
    assert talk.answer("right yes") == refused
    talk.answer("right turn 1 anna")
    assert [turn.participant for turn in talk.session.state.alive_turns] == ["P1", "P2", "P3"]
    assert talk.answer("right yes") == "That turn was by Anna"
    assert talk.answer("right yes") == refused
    assert [turn.participant for turn in talk.session.state.alive_turns] == ["P2", "P2", "P3"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("right", ("Say what: question, turn, room-turn, pause, attendance, issue, answer, stimulus, asked, skipped, "
         "recording, end; then its number, and its time, whom or what, or remove.")),
        ("right dans", ("! dans cannot be put right; there are: question, turn, room-turn, pause, attendance, issue, "
         "answer, stimulus, asked, skipped, recording, end.")),
        ("right pause", "There is nothing of that kind."),
        ("right question 7 20:14", "! There is no number 7 among them."),
        ("right question twee 20:14", "! There is no number twee among them."),
        ("right question 2", "! Say its time, whom or what it was, or remove."),
        ("right end 20:14", "! That is not in this session any more."),
        ("right turn add anna 20:14", "! Type it like this: 3 20:14-20:16."),
        ("right turn add anna", "! Type it like this: 3 20:14-20:16."),
        ("right question add 19:31", "! Type it like this: 2.1 20:14."),
        ("right pause add lang 19:31-19:32", "! Type it like this: 20:14-20:20."),
        ("right turn add 1 19:30-19:31", "! Joost speaks at that moment already; make one turn of the two instead."),
        ("right turn add 1 19:20-19:21", "! That moment is not within the session."),
        ("right question 2 19:29", "! That moment is not within the session."),
    ],
)  # fmt: skip
def test_what_cannot_be_put_right_is_said(talk: Conversation, typed: str, said: str) -> None:
    assert talk.answer(typed) == said


@pytest.mark.parametrize(
    ("typed", "told", "follows"),
    [
        ("asked add 2.2 19:31", "2.2 counts as asked, at 19:31:00 (vergeten)", "; count as asked then: 2.2"),
        ("skipped add 2.2 19:31", "Skipped: 2.2 Welk cijfer geeft u?, at 19:31:00 (vergeten)", ""),
        ("attendance add 4 left 19:32", "Piet left, at 19:32:00 (vergeten)", "; Piet is present: 19:30:00-19:32:00"),
        ("issue add 4 geluid 19:31-19:32", "Technical issue, Piet: geluid, at 19:31:00 (vergeten)", ""),
        ("answer add 3 8 19:32", "Fatima answers 8, at 19:32:00 (vergeten)", ""),
        ("stimulus add A 19:32", "Stimulus shown: A Concept, at 19:32:00 (vergeten)", ""),
        ("recording add 19:31-19:32", "Recording runs, at 19:31:00", "; Recording stopped, at 19:32:00"),
        ("pause add 19:31-19:32", "Pause put in: 19:31:00-19:32:00 (vergeten)", ""),
        ("turn add 5 19:30:10-19:30:20", "Turn added: Samira (vergeten)", ""),
        ("question add 2.2 19:31:30", "2.2 Welk cijfer geeft u?, at 19:31:30 (vergeten)", "; notes that go to 2.2: 1"),
    ],
)
def test_what_nobody_logged_is_put_in_after_a_look(talk: Conversation, typed: str, told: str, follows: str) -> None:
    before = talk.session.state
    shown = talk.answer(f"right {typed}") or ""
    assert shown.startswith(told.removesuffix(" (vergeten)"))
    assert follows in shown
    assert talk.session.state is before
    assert talk.answer("right yes vergeten") == told
    assert (talk.answer("undo") or "").startswith("Undone: ")
    assert rows(talk.session.state) == rows(before)


def rows(state: State) -> dict[str, dict[str, Row]]:
    return {name: dict(table) for name, table in state.tables.items() if len(table)}


def test_in_dutch(talk: Conversation) -> None:
    i18n.use("nl")
    assert (talk.answer("rechtzetten") or "").startswith(
        "Zeg wat: vraag, beurt, kamerbeurt, pauze, aanwezigheid, probleem,"
    )
    talk.answer("rechtzetten vraag 2 weg")
    assert talk.answer("rechtzetten ja verkeerde toets") == (
        "Was niet gebeurd: 2.1 Vertel eens over de laatste keer, 19:32:30-… (verkeerde toets)"
    )
    current = talk.session.state.current_item
    assert current is not None
    assert current.number == "1.1"
