"""Who withdraws during the talk is seen nowhere any more, and everything of everybody else is as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.evolve.withdrawing import is_about_withdrawn
from kring.domain.facts import UtteranceRead
from kring.domain.history import Change, History
from kring.domain.measures.presence import present, seated
from kring.domain.measures.talk import spoken
from kring.domain.rows import Row
from kring.domain.state import State
from kring.domain.text import Refused
from kring.system.i18n import say

BEFORE = (
    "attend all present",
    "floor 1",
    "floor 7",
    'note "mijn man is ziek" @7 #thuis',
    "hand 7",
    "issue P7 geluid van Els valt weg",
    "floor 3",
    'note "dat herken ik" @3',
    "floor 7",
)


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    for line in BEFORE:
        desk.wait(20)
        desk.type(line)
    return desk


def rows_of(state: State, code: str) -> list[Row]:
    return [row for table in state.tables.values() for row in table.values() if getattr(row, "participant", "") == code]


def told(desk: Desk) -> list[str]:
    from kring.domain.sentences import told as tell

    return [say(tell(desk.state, event, desk.history.event)) for event in desk.history.events]


@pytest.mark.parametrize("line", ["consent 7 no", "toestemming els nee", "consent P7 not taking part (ring)"])
def test_nothing_of_theirs_is_left_in_any_row(desk: Desk, line: str) -> None:
    desk.type(line)
    person = desk.state.participants["P7"]
    assert (person.seat, person.name, person.segment, person.attributes) == (7, "", "", ())
    assert person.withdrawn_at == desk.now
    texts = str([row for row in rows_of(desk.state, "P7") if row.TABLE != "consents"])
    assert not any(word in texts for word in ("ziek", "thuis", "geluid", "Els"))
    assert person not in seated(desk.state)
    assert "P7" not in spoken(desk.state, desk.now)
    assert desk.state.open_turn is not None
    assert desk.state.open_turn.kind == "silence", "they had the floor"


def test_the_times_of_others_are_as_they_were(desk: Desk) -> None:
    before = spoken(desk.state, desk.now), present(desk.state, desk.now)
    desk.type("consent 7 no")
    after = spoken(desk.state, desk.now), present(desk.state, desk.now)
    for was, now in zip(before, after, strict=True):
        assert {code: one for code, one in was.items() if code in ("P1", "P3")} == {
            code: one for code, one in now.items() if code in ("P1", "P3")
        }


def test_no_sentence_says_who_it_was_or_what_they_said(desk: Desk) -> None:
    desk.type("consent 7 no")
    lines = told(desk)
    assert "Somebody withdrew: nothing of theirs is shown any more" in lines
    assert not [line for line in lines if "Els" in line or "ziek" in line or "P7" in line]


def test_nobody_can_be_written_about_or_given_the_floor_who_withdrew(desk: Desk) -> None:
    desk.type("consent 7 no")
    for line in ("floor 7", "floor Els", "hand 7", "attend 7 present", "rename 7 Els", "note iets @7"):
        with pytest.raises(Refused):
            desk.type(line)
    desk.type("add Mia")
    assert list(desk.state.participants.values())[-1].seat == 9, "seat 7 stays theirs"


@pytest.mark.parametrize("line", ["consent 7 yes", "consent P7 audio", "undo"])
def test_consent_given_again_brings_back_everything(desk: Desk, line: str) -> None:
    before = desk.state
    desk.type("consent 7 no")
    desk.type(line)
    assert desk.state.participants["P7"] == before.participants["P7"]
    assert list(desk.state.notes.values()) == list(before.notes.values())
    assert {row.id: row for row in before.issues.values()} == {row.id: row for row in desk.state.issues.values()}
    assert desk.state.open_turn is not None


def test_who_took_back_the_giving_again_has_withdrawn_still(desk: Desk) -> None:
    desk.type("consent 7 no")
    desk.type("consent 7 yes")
    desk.type("undo")
    assert desk.state.withdrawn == {"P7"}
    with pytest.raises(Refused):
        desk.type("consent 7 no")
    desk.type("redo")
    assert not desk.state.withdrawn


def test_a_refusal_before_the_talk_is_no_withdrawal() -> None:
    desk = Desk(started=False)
    desk.type("consent 7 no")
    assert not desk.state.withdrawn
    desk.type("start anyway")
    assert not desk.state.withdrawn
    desk.type("consent 7 no")
    assert desk.state.withdrawn == {"P7"}


def test_the_turn_that_a_withdrawal_ended_stays_ended_when_they_come_back(desk: Desk) -> None:
    (turn,) = (turn for turn in desk.state.turns.values() if turn.participant == "P7" and turn.ended_at is None)
    desk.wait(10)
    desk.type("consent 7 no")
    desk.wait(600)
    desk.type("consent 7 yes")
    assert desk.state.turns[turn.id].duration_s == 10
    assert desk.state.open_turn is not None
    assert desk.state.open_turn.kind == "silence"


@pytest.mark.parametrize("line", ["consent 7 audio, video", "consent 7 not quoting", "consent 7 only audio"])
def test_who_consents_to_something_still_takes_part(desk: Desk, line: str) -> None:
    desk.try_to_type(line)
    assert not desk.state.withdrawn


def test_everybody_but_some_may_withdraw_and_come_back_at_once(desk: Desk) -> None:
    desk.type("consent all no except 1, 2")
    assert desk.state.withdrawn == {"P3", "P4", "P5", "P6", "P7", "P8"}
    desk.type("consent 3, 4 yes")
    assert desk.state.withdrawn == {"P5", "P6", "P7", "P8"}


def test_words_written_down_later_in_the_middle_of_their_turn_are_theirs(desk: Desk) -> None:
    turn = next(turn for turn in desk.state.turns.values() if turn.participant == "P7")
    desk.type("consent 7 no")
    desk.happen(UtteranceRead("mijn man is ziek", turn.started_at + 5_000, turn.started_at + 9_000))
    assert "ziek" not in str(list(desk.state.transcript.values()))


def test_a_plan_that_is_read_again_brings_no_name_back(desk: Desk) -> None:
    from conftest import make_plan

    desk.type("consent 7 no")
    desk.read(make_plan())
    assert desk.state.participants["P7"].name == ""
    assert "Els" not in str(list(desk.state.participants.values()))


LINES = ("floor 7", "floor 3", 'note "van mij" @7', "note iets @3", "hand 7", "attend 7 away", "consent 7 no",
         "consent 7 yes", "consent 7 not quoting", "undo", "redo", "floor nobody")  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=14))
def test_it_holds_whatever_is_typed_and_in_one_fold_as_in_many(lines: list[str]) -> None:
    desk = Desk()
    for line in lines:
        desk.wait(5)
        desk.try_to_type(line)
        if desk.state.withdrawn:
            assert "van mij" not in str([row for table in desk.state.tables.values() for row in table.values()])
            assert "Els" not in str(list(desk.state.participants.values()))
    again = History()
    change: Change = again.change(desk.history.events)
    again.accept(change)
    assert again.state.withdrawn == desk.state.withdrawn
    for name, table in desk.state.tables.items():
        assert dict(again.state.tables[name]) == dict(table)


@pytest.mark.parametrize(
    "fact",
    [
        f.CueSent("P3"), f.NoteAdded("remark", "P3", 0), f.CheckAdded("P3", "during"), f.IssueOpened("P3"),
        f.StatementAdded("laatste", "P3"), f.MemoWritten("P3"), f.CodeAdded("P3"), f.OwnProbeUsed("P3"),
        f.RoomLed(1, "P3"), f.SummaryLineWritten("P3"), f.DebriefAnswered("impression", "P3"),
        f.AttendanceChanged("P2", "left", reason="P3"), f.PollCounted("peiling", (("P3", 2),)),
    ],
    ids=lambda fact: fact.kind,
)  # fmt: skip
def test_a_text_that_reads_like_their_code_tells_nothing_of_them(fact: f.Fact) -> None:
    desk = Desk()
    desk.type("consent 3 no")
    assert not is_about_withdrawn(desk.state, desk.happen(fact))


@pytest.mark.parametrize(
    "fact",
    [
        f.FloorGiven("participant", "P3"), f.TurnNamed("e9999", "participant", "P3"), f.PlaceGiven("P3", 2),
        f.RowReassigned("issues", "e9999", "P3"), f.ParticipantListed("P3", "Fatima", 3), f.RoomEntered("P3", 1),
        f.StanceNoted("laatste", "P3", "agrees"), f.SummaryAnswered("P3"),
    ],
    ids=lambda fact: fact.kind,
)  # fmt: skip
def test_what_names_them_is_about_them(fact: f.Fact) -> None:
    desk = Desk()
    desk.type("consent 3 no")
    assert is_about_withdrawn(desk.state, desk.happen(fact))


def test_what_is_about_a_row_of_theirs_is_about_them() -> None:
    desk = Desk()
    for line in ("floor 3", 'note "ik koop nooit iets" @3', "issue P3 geluid"):
        desk.type(line)
    turn, note, issue = (next(iter(table)) for table in (desk.state.turns, desk.state.notes, desk.state.issues))
    desk.type("consent 3 no")
    for fact in (
        f.TurnMoved(turn, 0, 1), f.NoteRaised(note), f.NoteHeard(note), f.IssueClosed(issue),
        f.RowMoved("issues", issue, 0), f.RowRemoved("turns", turn), f.MemoWritten("hm", note=note),
        f.Coded("c", turn=turn),
    ):  # fmt: skip
        assert is_about_withdrawn(desk.state, desk.happen(fact)), fact
