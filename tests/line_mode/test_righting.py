"""`right`: what was logged is listed by number, what follows is shown, and only `right yes` does it."""

from __future__ import annotations

import pytest

from acting import act
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
        ("right", ("Say what: question, turn, pause, attendance, issue, answer, stimulus, recording, end; then its "
         "number, and its time, whom or what, or remove.")),
        ("right dans", ("! dans cannot be put right; there are: question, turn, pause, attendance, issue, answer, "
         "stimulus, recording, end.")),
        ("right pause", "There is nothing of that kind."),
        ("right question 7 20:14", "! There is no number 7 among them."),
        ("right question twee 20:14", "! There is no number twee among them."),
        ("right question 2", "! Say its time, whom or what it was, or remove."),
        ("right end 20:14", "! That is not in this session any more."),
        ("right turn add anna 20:14", ("! Only a question is put in here: add 2.1 20:14. Type other acts with their "
         "moment behind them.")),
        ("right question 2 19:29", "! That moment is not within the session."),
    ],
)  # fmt: skip
def test_what_cannot_be_put_right_is_said(talk: Conversation, typed: str, said: str) -> None:
    assert talk.answer(typed) == said


def test_in_dutch(talk: Conversation) -> None:
    i18n.use("nl")
    assert (talk.answer("rechtzetten") or "").startswith("Zeg wat: vraag, beurt, pauze, aanwezigheid, storing,")
    talk.answer("rechtzetten vraag 2 weg")
    assert talk.answer("rechtzetten ja verkeerde toets") == (
        "Was niet gebeurd: 2.1 Vertel eens over de laatste keer, 19:32:30-… (verkeerde toets)"
    )
    current = talk.session.state.current_item
    assert current is not None
    assert current.number == "1.1"
