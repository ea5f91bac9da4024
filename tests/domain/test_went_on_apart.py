"""What each of two laptops did without seeing the other: joined, it says what happened in the one room of both."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acting import LINES
from domain.laptops import Laptop, apart, meet
from kring.domain import facts as f
from kring.domain.decide import decision
from kring.domain.decide.group import pacing
from kring.domain.text import Refused

BEFORE = ("go 1.1", "floor 1")


def typed(*lines: str, before: tuple[str, ...] = BEFORE) -> Laptop:
    """Let two laptops do what lines say, each behind the number of one, ten seconds apart; return one of them then."""
    copies = apart(2, 0, None, *before)
    for number, line in enumerate(lines, 1):
        for copy in copies:
            copy.now += 10_000
        copies[int(line[0])].type(line[2:])
        assert len(copies[int(line[0])].history.events) > number
    meet(copies)
    return copies[0]


def speaking(laptop: Laptop) -> str | None:
    turn = laptop.state.open_turn
    return None if turn is None or turn.kind == "silence" else str(turn.participant)


@pytest.mark.parametrize(
    "lines",
    [
        ("0 floor 2", "1 consent 1 withdraw"),
        ("1 consent 1 withdraw", "0 floor 2"),
        ("0 floor 2", "1 attend 1 left"),
        ("0 floor 2", "1 attend 1 away"),
        ("0 floor 2", "1 pause -15s"),
        ("1 pause", "0 floor 2"),
        ("1 go pauze", "0 floor 2"),
        ("1 floor 3", "0 floor 2"),
    ],
)
def test_who_was_given_the_floor_has_it_whatever_ended_the_turn_before_on_the_other_laptop(
    lines: tuple[str, ...],
) -> None:
    laptop = typed(*lines)
    assert speaking(laptop) == "P2"
    (turn,) = [turn for turn in laptop.state.turns.values() if turn.participant == "P2"]
    assert turn.ended_at is None


STOPPED: list[tuple[str, ...]] = [("1 consent 1 withdraw",), ("0 floor 2", "1 floor nobody"), ("0 floor 2", "1 pause")]


@pytest.mark.parametrize("lines", STOPPED)
def test_who_stopped_speaking_has_the_floor_no_longer(lines: tuple[str, ...]) -> None:
    assert speaking(typed(*lines)) is None


def test_a_question_that_both_open_is_one_visit() -> None:
    laptop = typed("0 go 2.1", "1 go 2.1", "0 note a", "1 note b")
    visits = [visit for visit in laptop.state.visits.values() if visit.item == laptop.state.current_item.id]  # type: ignore[union-attr]
    assert len(visits) == 1
    assert {note.item for note in laptop.state.notes.values()} == {visits[0].item}


def test_a_question_that_both_open_ends_a_pause_that_only_one_began() -> None:
    laptop = typed("0 go 2.1", "0 pause", "1 go 2.1")
    assert laptop.state.open_pause is None
    assert laptop.state.open_visit is not None
    assert laptop.state.open_visit.paused_s == 10


def test_a_note_of_which_nobody_said_whose_it_is_goes_by_what_both_logged() -> None:
    laptop = typed("0 floor 2", '1 note "van wie spreekt"', '1 note "van drie" @3')
    said = {note.text: note.participant for note in laptop.state.notes.values()}
    assert said == {"van wie spreekt": "P2", "van drie": "P3"}


def test_who_speaks_is_there_though_the_list_was_read_without_them() -> None:
    here, there = copies = apart(2, 0, None, *BEFORE)
    there.happen_together([f.ParticipantUnlisted("P5")])
    for copy in copies:
        copy.wait(10)
    here.type("floor 5")
    meet(copies)
    assert here.state.participants["P5"].removed_at is None
    assert speaking(here) == "P5"


def test_a_proposal_for_the_time_that_both_accept_gives_it_once() -> None:
    here, there = copies = apart(2, 0, None, *BEFORE)
    for copy in copies:
        copy.wait(3_000)
        copy.do(decision(pacing.accept))
    once = {row.id: row.added_s for row in here.state.guide.values()}
    assert any(once.values())
    meet(copies)
    assert {row.id: row.added_s for row in there.state.guide.values()} == once


def test_a_memo_on_a_code_goes_where_the_code_went() -> None:
    here, there = copies = apart(2)
    one, other = (here.happen_together([f.CodeAdded(name)]).id for name in ("prijs", "kosten"))
    meet(copies)
    here.happen_together([f.CodeMerged(one, other)])
    for copy in copies:
        copy.wait(10)
    there.type("note over geld")
    (note,) = there.state.notes
    there.happen_together([f.Coded(one, note)])
    there.happen_together([f.MemoWritten("gaat over geld", code=one)])
    there.happen_together([f.CodeAdded("korting", parent=one)])
    meet(copies)
    assert [row.code for row in (*here.state.codings.values(), *here.state.memos.values())] == [other, other]
    assert [row.parent for row in here.state.codes.values() if row.name == "korting"] == [other]


def test_answers_go_to_the_round_in_which_they_were_given() -> None:
    laptop = typed("0 poll again", "1 answer 3 8", before=("go 2.2", "answer 1 7"))
    given_by = [(answer.participant, answer.value, answer.round) for answer in laptop.state.answers.values()]
    assert given_by == [("P1", "7", 1), ("P3", "8", 1)]


OF_HER = (
    'note "zegt {secret}"', 'note "zegt {secret}" @3', "floor 3", "floor 2", "edit last zegt {secret} @3", "answer 3 8",
    "consensus 2.1 3 agrees", "attend 3 away", "name 3", "issue P3 geluid {secret}", "next", "mark",
)  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(OF_HER), st.integers(0, 30)), max_size=14), st.integers(0, 200))
def test_nothing_of_who_withdrew_here_is_left_of_what_was_typed_there(
    lines: list[tuple[str, int]], withdrawn_after_s: int
) -> None:
    here, there = copies = apart(2, 0, None, *BEFORE)
    here.wait(withdrawn_after_s)
    here.type("consent 3 withdraw")
    for line, seconds in lines:
        there.wait(seconds)
        with suppress(Refused):
            there.type(line.format(secret="geheim"))
    hers = [note.id for note in there.state.notes.values() if note.participant == "P3"]
    issues = [issue.id for issue in there.state.issues.values() if issue.participant == "P3"]
    meet(copies)
    for row in (*(here.state.notes[note] for note in hers), *(here.state.tables["issues"][one] for one in issues)):
        assert "geheim" not in str(row)
    assert not [turn for turn in here.state.alive_turns if turn.participant == "P3"]
    assert not [answer for answer in here.state.answers.values() if answer.participant == "P3"]


@given(
    st.integers(2, 3),
    st.lists(st.tuples(st.integers(0, 2), st.sampled_from(LINES), st.integers(0, 90)), max_size=40),
    st.sampled_from((0, -300_000, 300_000)),
)
def test_whatever_each_does_apart_they_come_to_one_session(
    laptops: int, lines: list[tuple[int, str, int]], skew_ms: int
) -> None:
    copies = apart(laptops, skew_ms)
    for number, line, seconds in lines:
        copy = copies[number % laptops]
        copy.wait(seconds)
        with suppress(Refused):
            copy.type(line)
    notes = {note.id: note.text for copy in copies for note in copy.state.notes.values()}
    meet(copies)
    state = copies[0].state
    undone = copies[0].history.void
    assert {note for note in notes if note not in undone} <= {*state.notes}
    assert sum(turn.is_running for turn in state.turns.values()) <= 1
    visits = [visit for visit in state.visits.values() if visit.ended_at is None]
    assert len(visits) == (state.open_visit is not None and state.session.phase == "live")


def test_the_later_of_two_ends_counts_with_all_that_was_logged_until_then() -> None:
    laptop = typed("1 end", "0 floor 2", "0 go 2.1", "0 note over de prijs", "0 floor 3", "0 end")
    state = laptop.state
    assert state.session.phase == "ended"
    assert state.session.ended_at == max(event.at for event in laptop.history.events)
    assert [turn.participant for turn in state.turns.values()] == ["P1", "P2", "P3"]
    assert state.turns[next(iter(state.turns))].ended_at < state.session.ended_at
    assert {note.item for note in state.notes.values()} == {"laatste"}


def test_a_session_that_ended_on_the_other_laptop_goes_on_where_somebody_says_so() -> None:
    here, there = copies = apart(2, 0, None, *BEFORE)
    there.wait(10)
    there.type("end")
    here.wait(30)
    here.type("floor 2")
    meet(copies)
    assert here.state.session.phase == "ended"
    with pytest.raises(Refused):
        here.type("floor 3")
    here.type("resume")
    assert here.state.session.phase == "live"
    assert speaking(here) == "P2"
    here.type("floor 3")
    meet(copies)
    assert speaking(there) == "P3"
    there.type("end")
    meet(copies)
    assert here.state.session.phase == "ended"


def test_a_session_that_goes_on_by_mistake_has_ended_again_when_that_is_taken_back() -> None:
    here, _there = apart(2, 0, None, *BEFORE)
    here.type("end")
    ended_at = here.state.session.ended_at
    here.wait(60)
    here.type("resume")
    here.type("redo")
    assert (here.state.session.phase, here.state.session.ended_at) == ("ended", ended_at)
    here.type("resume -5s")
    assert here.state.session.phase == "live"


def test_statements_and_lines_of_one_number_can_both_be_named() -> None:
    laptop = typed("0 statement te duur", "1 statement te goedkoop", before=("go 2.1",))
    number = laptop.state.current_item.number  # type: ignore[union-attr]
    for letter, who in (("a1", 3), ("a2", 4)):
        laptop.type(f"consensus {number}{letter} {who} agrees")
    stood = {laptop.state.statements[one.statement].text for one in laptop.state.consensus.values() if one.statement}
    assert stood == {"te duur", "te goedkoop"}
    here, there = copies = apart(2)
    here.happen_together([f.SummaryLineWritten("men vond het duur", number=1)])
    there.happen_together([f.SummaryLineWritten("men vond het mooi", number=1)])
    meet(copies)
    assert sorted(line.number for line in here.state.summary_lines.values()) == [1, 2]


def test_what_both_show_is_on_once_until_it_is_taken_away() -> None:
    laptop = typed("0 show A", "1 show A", "0 hide")
    (showing,) = laptop.state.showings.values()
    assert showing.duration_s == 20


def test_an_issue_of_who_has_a_code_with_a_letter_is_theirs() -> None:
    here, there = copies = apart()
    here.type("add Zeynep")
    there.type("add Koos")
    meet(copies)
    here.type("issue P9b geluid")
    assert [(issue.participant, issue.title) for issue in here.state.issues.values()] == [("P9b", "geluid")]
