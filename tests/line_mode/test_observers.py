"""Questions of observers in typed lines: filtered, put to the group, told; nothing of it reaches who it is not for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from acting import act
from kring.domain.decide import decision
from kring.domain.decide.group import observers
from kring.line_mode.conversation import Conversation
from kring.session.session import Me, Session

LISTED = (
    "1 Mila: Kent u de app? (put to the group)",
    "3 Mila: Waarom? (put to the group)",
    "2 Mila: Wat kost het? (declined: komt later)",
)
MILA = Me("Mila", "observer", "third")


@pytest.fixture
def asked(make_session: Callable[..., Session]) -> Session:
    session = make_session()
    act(session, "start anyway", "go 2.1")
    for number, text in enumerate(("Kent u de app?", "Wat kost het?", "Waarom?"), 1):
        session.do_as(MILA, decision(observers.ask, f"q{number}", text))
    return session


def answers(session: Session, *lines: str) -> list[str]:
    conversation = Conversation(session, None, None)
    return [conversation.answer(line) or "" for line in lines]


def test_each_question_is_filtered_with_one_line(asked: Session) -> None:
    assert answers(asked, "accept", "decline 2 komt later", "doorgeven 3", "put 3", "raise", "observers") == [
        "Question 1 of an observer accepted: Kent u de app?",
        "Question 2 of an observer declined: Wat kost het? (komt later)",
        "Question 3 of an observer accepted: Waarom?",
        "Question 3 of an observer put to the group: Waarom?",
        "Question 1 of an observer put to the group: Kent u de app?",
        "Observers see the starred notes; " + "; ".join(LISTED),
    ]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("decline 2", "! Say why behind 2: the observer is told; - stands for no reason."),
        ("decline", "! This command needs 1 words behind it."),
        ("accept 9", "! There is no question 9 of an observer."),
        ("accept twee", "! There is no question twee of an observer."),
        ("put", "! No question of an observer is waiting."),
        ("observers all", "! Nothing goes behind this command: all is not understood."),
        ("reveal all", "! Only the moderator does that."),
    ],
)
def test_what_makes_no_sense_is_refused(asked: Session, line: str, answer: str) -> None:
    assert answers(asked, line) == [answer]


def test_no_reason_is_given_on_purpose_only(asked: Session) -> None:
    answers(asked, "decline 2 -")
    assert asked.state.observer_questions["q2"].reason == ""


def test_an_accepted_question_is_a_cue_until_it_is_put_to_the_group_or_taken_back(asked: Session) -> None:
    def cues() -> list[str]:
        return [cue.text for cue in asked.state.cues.values() if cue.seen_at is None]

    answers(asked, "accept 1", "accept 2")
    assert cues() == ["Kent u de app?", "Wat kost het?"]
    answers(asked, "put 1")
    assert cues() == ["Wat kost het?"]
    answers(asked, "decline 2 te laat")
    assert cues() == []
    answers(asked, "undo", "undo")
    assert cues() == ["Kent u de app?", "Wat kost het?"]
    answers(asked, "undo", "undo")
    assert cues() == []
    assert {row.status for row in asked.state.observer_questions.values()} == {"new"}


def test_the_assistant_hears_of_a_question_and_the_moderator_only_of_an_accepted_one(
    make_session: Callable[..., Session],
) -> None:
    assistant = make_session()
    act(assistant, "start anyway")
    leads = make_session("Els", "moderator", assistant.store.path)
    helper, leader = Conversation(assistant, None, None), Conversation(leads, None, None)
    observer = make_session("Mila", "observer", assistant.store.path)
    observer.do(decision(observers.ask, "q1", "Kent u de app?"))
    assert "Kent u de app?" in (helper.answer("news") or "")
    assert "Kent u de app?" not in (leader.answer("news") or "")
    helper.answer("accept")
    assert "Kent u de app?" in (leader.answer("time +1") or "")


def test_a_question_comes_once_however_often_it_is_brought(asked: Session) -> None:
    before = dict(asked.state.observer_questions.items())
    with pytest.raises(observers.AskedAlready):
        asked.do_as(MILA, decision(observers.ask, "q1", "Kent u de app?"))
    assert dict(asked.state.observer_questions.items()) == before


def test_the_moderator_decides_which_notes_observers_see(make_session: Callable[..., Session]) -> None:
    session = make_session("Els", "moderator")
    assert answers(session, "reveal all", "laatzien geen", "reveal none", "reveal some") == [
        "Observers see all notes",
        "Observers see no notes",
        "! Nothing was changed.",
        "! Say none, starred or all; some is none of these.",
    ]
