"""Who comes late, drops out or takes over, in line mode: one line each, and rows that tell it."""

from __future__ import annotations

import pytest

from kring.domain.measures.briefing import late_comers
from kring.line_mode.conversation import Conversation
from kring.session.session import Session
from kring.system.clock import SimulatedClock


@pytest.fixture
def talk(session: Session, clock: SimulatedClock) -> Conversation:
    conversation = Conversation(session, None, clock)
    for line in ("attend 1,2,3 present", "start anyway", "next", "wait 5m", "next"):
        conversation.answer(line)
    return conversation


def lines(talk: Conversation, *typed: str) -> list[str]:
    return [talk.answer(line) or "" for line in typed]


@pytest.mark.parametrize("word", ["lost", "verbinding", "connection", "weggevallen"])
def test_a_lost_connection_is_away_with_an_issue_that_ends_with_the_return(talk, session, word):
    (told,) = lines(talk, f"attend 2 {word}")
    (issue,) = session.state.issues.values()
    person = session.state.participants["P2"]
    assert "technical issue: connection lost" in told
    assert (person.status, issue.participant, issue.ended_at) == ("away", "P2", None)
    lines(talk, "wait 90s", "attend 2 present")
    (issue,) = session.state.issues.values()
    assert issue.duration_s == 90


def test_a_reason_of_ones_own_names_the_issue(talk, session):
    lines(talk, "attend 2 lost wifi weg")
    assert [issue.title for issue in session.state.issues.values()] == ["wifi weg"]


def test_who_is_away_already_can_still_turn_out_to_be_lost(talk, session):
    lines(talk, "attend 2 away", "wait 30s")
    assert not lines(talk, "attend 2 lost")[0].startswith("!")
    assert len(session.state.issues) == 1


def test_an_issue_that_was_solved_by_hand_keeps_its_end(talk, session):
    lines(talk, "attend 2 lost", "wait 60s", "solved 2", "wait 60s", "attend 2 present")
    (issue,) = session.state.issues.values()
    assert issue.duration_s == 60


def test_who_leaves_after_a_lost_connection_leaves_the_issue_open(talk, session):
    lines(talk, "attend 2 lost", "wait 60s", "attend 2 left")
    (issue,) = session.state.issues.values()
    assert issue.ended_at is None


def test_undo_takes_back_both(talk, session):
    lines(talk, "attend 2 lost", "undo")
    assert not session.state.issues
    assert session.state.participants["P2"].status == "present"


def test_said_later_both_began_then(talk, session):
    lines(talk, "attend 2 lost -2m")
    (issue,) = session.state.issues.values()
    assert issue.started_at == session.state.participants["P2"].status_at == session.now() - 120_000


def test_a_briefing_tells_what_was_asked_and_names_nobody(talk, session):
    (told,) = lines(talk, "brief")
    assert "Welcome! We began at" in told
    assert session.state.current_item.title in told
    assert not any(person.name in told for person in session.state.participants.values())
    assert not session.state.briefings


def test_a_briefing_of_somebody_is_logged_and_tells_the_team_what_lacks(talk, session):
    lines(talk, "attend 4 present")
    assert [person.id for person in late_comers(session.state, session.now())] == ["P4"]
    (told,) = lines(talk, "brief 4")
    (row,) = session.state.briefings.values()
    assert (row.participant, row.item) == ("P4", session.state.current_item.id)
    assert session.state.participants["P4"].name in told.split("Welcome")[0]
    assert late_comers(session.state, session.now()) == []


def test_who_drops_out_and_returns_is_to_be_briefed_again(talk, session):
    lines(talk, "attend 4 present", "brief 4", "wait 60s", "attend 4 lost", "wait 60s", "attend 4 present")
    assert [person.id for person in late_comers(session.state, session.now())] == ["P4"]


def test_who_waits_before_the_start_is_no_late_comer(session, clock):
    conversation = Conversation(session, None, clock)
    lines(conversation, "attend all present", "start anyway", "wait 60s")
    assert late_comers(session.state, session.now()) == []


def test_who_still_waits_when_the_talk_begins_is_late(session, clock):
    conversation = Conversation(session, None, clock)
    lines(conversation, "attend 1 present", "attend 2 waiting", "start anyway")
    assert [person.id for person in late_comers(session.state, session.now())] == ["P2"]


def test_before_the_start_and_in_a_break_it_says_so(session, clock):
    conversation = Conversation(session, None, clock)
    assert "We begin shortly" in lines(conversation, "brief")[0]


@pytest.mark.parametrize("line", ["brief 99", "brief nobody", "role x"])
def test_a_word_that_means_nothing_is_refused(talk, line):
    assert lines(talk, line)[0].startswith("!")


def test_the_assistant_takes_over_and_does_so_as_moderator(talk, session):
    was = session.me.role
    other = "moderator" if was == "assistant" else "assistant"
    (told,) = lines(talk, "role")
    (change,) = session.state.role_changes.values()
    assert (change.was, change.role, session.me.role) == (was, other, other)
    assert "from now on" in told
    assert {row.role for row in session.state.staff.values()} >= {other}
    lines(talk, "note hallo", "role")
    assert list(session.state.notes.values())[-1].role == other
    assert session.me.role == was


@pytest.mark.parametrize("back", ["attend 2 present", "floor 2"])
def test_a_lost_connection_is_over_however_somebody_is_seen_to_be_back(talk, session, back):
    lines(talk, "attend 2 lost", "wait 30s", back)
    (issue,) = session.state.issues.values()
    assert issue.duration_s == 30


@pytest.mark.parametrize(("status", "told"), [
    ("away", "was away, is back now"), ("lost", "was away, is back now"), ("left", "had left, is back now"),
    ("no-show", "was a no-show, is here now"), ("waiting", "was not in yet, is here now"),
])  # fmt: skip
def test_who_was_not_there_and_gets_the_floor_is_told_to_be_back(talk, status, told):
    lines(talk, f"attend 2 {status}", "wait 10s")
    assert lines(talk, "floor 2", "floor 1", "floor 2") == [
        f"Anna has the floor; {told}", "Joost has the floor", "Anna has the floor"
    ]  # fmt: skip


def test_who_was_not_logged_yet_and_gets_the_floor_is_told_to_be_there(talk):
    assert lines(talk, "floor 4", "undo") == [
        "Piet has the floor; was not in yet, is here now", "Undone: Piet has the floor"
    ]  # fmt: skip


def test_where_nobody_logged_who_is_there_the_floor_tells_nothing_of_it(session, clock):
    conversation = Conversation(session, None, clock)
    assert lines(conversation, "start anyway", "floor 4")[1] == "Piet has the floor"


def test_who_it_was_tells_that_they_are_back(talk):
    lines(talk, "attend 2 left", "wait 10s", "floor 1", "wait 5s")
    assert lines(talk, "name 2", "name 1") == [
        "That turn was by Anna; had left, is back now", "That turn was by Joost"
    ]  # fmt: skip


def test_going_on_while_paused_tells_that_the_pause_is_over(talk):
    told = lines(talk, "pause", "wait 60s", "go 1.1", "wait 60s", "go 2.1")
    assert told[2].endswith("; The pause is over")
    assert "pause is over" not in told[4]
