"""The summary that is read back to the group, and the team's debrief: what is kept, and what is refused."""

from __future__ import annotations

import pytest

from acting import act
from kring.domain import facts as f
from kring.domain.measures.looking_back import DEBRIEF_MS, debrief, read_back, summary_lines, to_sum_up
from kring.domain.text import Refused
from kring.session.looking_back import told_clock, told_debrief
from kring.session.session import Session
from kring.system.clock import SimulatedClock


@pytest.fixture
def talked(session: Session) -> Session:
    act(session, "start anyway", "next", "floor 1", 'note *"te veel gedoe aan de kassa"', "note ~ vond het duur")
    act(session, "floor 2", "note * ~ punten vervallen ongemerkt", "note *( zij zegt dit om aardig te zijn")
    act(session, 'note *"ik dacht …', "note * ? wat kost het eigenlijk")
    return session


def lines(session: Session) -> list[tuple[int, str]]:
    return [(line.number, line.text) for line in summary_lines(session.state)]


def test_the_summary_is_made_of_what_people_said_and_was_starred(talked: Session) -> None:
    act(talked, "summary make")
    assert lines(talked) == [(1, "te veel gedoe aan de kassa"), (2, "punten vervallen ongemerkt")]
    talked.undo()
    assert lines(talked) == []
    talked.redo()
    with pytest.raises(Refused):  # no new stars
        act(talked, "summary make")
    act(talked, "star 2", "summary make")
    assert lines(talked)[-1] == (3, "vond het duur")
    assert to_sum_up(talked.state) == []


def test_a_line_keeps_its_number_whatever_goes(talked: Session) -> None:
    act(talked, "summary make", "summary 1 remove", "summary nieuw de app helpt niet", "samenvatting 2 punten verlopen")
    assert lines(talked) == [(2, "punten verlopen"), (3, "de app helpt niet")]
    for line in ("summary 1 weer terug", "summary 2 punten verlopen", "summary 9 iets", "summary 2", "summary make nu",
                 "summary read aloud"):  # fmt: skip
        with pytest.raises(Refused):
            act(talked, line)


def test_who_answers_a_summary_has_heard_it(talked: Session) -> None:
    act(talked, "summary make")
    assert read_back(talked.state).lines == []
    act(talked, "correct 1 ok")
    found = read_back(talked.state)
    assert [line.number for line in found.lines] == [1, 2]
    assert (found.agreed, found.corrections) == (["P1"], [])
    talked.undo()
    assert read_back(talked.state).lines == []


@pytest.mark.parametrize("said", ["ok", "Klopt.", "ja", "Okay!", "agrees", "JA"])
def test_words_that_agree_are_no_correction(talked: Session, said: str) -> None:
    act(talked, "summary make", f"correct 2 {said}")
    assert read_back(talked.state).agreed == ["P2"]


@pytest.mark.parametrize("said", ["klopt niet", "ja maar het was de app", "nee", "ok, maar niet duur"])
def test_anything_else_is_a_correction(talked: Session, said: str) -> None:
    act(talked, "summary make", "correct 2 ok", f"correct 2 {said}")
    found = read_back(talked.state)
    assert [one.correction for one in found.corrections] == [said]
    assert found.agreed == []  # who corrects did not just agree


def test_a_correction_may_be_about_one_line(talked: Session) -> None:
    act(talked, "summary make", "summary read", "correct 1 2: ze vervallen na een jaar")
    (answer,) = talked.state.summary_answers.values()
    assert (answer.correction, talked.state.summary_lines[answer.line or ""].number) == ("ze vervallen na een jaar", 2)
    with pytest.raises(Refused):
        act(talked, "correct 1 7: zoiets")


def test_who_withdraws_takes_back_what_they_said_of_it(talked: Session) -> None:
    act(talked, "summary make", "correct 1 niet waar", "correct 2 ok", "consent 1 no")
    found = read_back(talked.state)
    assert (found.agreed, found.corrections) == (["P2"], [])
    assert [line.text for line in found.lines] == ["punten vervallen ongemerkt"]  # theirs is gone with them


def test_nothing_is_corrected_before_there_is_something(talked: Session) -> None:
    for line in ("summary read", "correct 1 ok"):
        with pytest.raises(Refused):
            act(talked, line)


def test_both_answer_a_field_of_the_debrief_and_nobody_writes_over_the_other(talked: Session) -> None:
    act(
        talked, "end", "debrief 1 warm gesprek", "nabespreking 2 niemand wist het", "debrief 1 warm, weinig tegenspraak"
    )
    talked.do_as(talked.me._replace(name="Ria", role="moderator"), lambda _state, _now: f.DebriefAnswered(
        "impression", "kassa is het moment"))  # fmt: skip
    found = debrief(talked.state, talked.now())
    assert [(row.author, row.answer) for row in found.answers["impression"]] == [
        (talked.me.name, "warm, weinig tegenspraak"),
        ("Ria", "kassa is het moment"),
    ]
    assert found.done == 2
    act(talked, "debrief 2 -")
    assert debrief(talked.state, talked.now()).answers["surprise"] == []


def test_fifteen_minutes_run_from_the_begin_or_the_first_answer(talked: Session, clock: SimulatedClock) -> None:
    act(talked, "end")
    assert debrief(talked.state, talked.now()).left_ms is None
    act(talked, "debrief begin")
    clock.advance(60_000)
    assert debrief(talked.state, talked.now()).left_ms == DEBRIEF_MS - 60_000
    act(talked, "debrief 3 zelfde als groep 1")
    assert debrief(talked.state, talked.now()).left_ms == DEBRIEF_MS - 60_000
    clock.advance(DEBRIEF_MS)
    assert debrief(talked.state, talked.now()).left_ms == -60_000


def test_the_debrief_is_left_out_on_purpose_only(talked: Session) -> None:
    act(talked, "end")
    with pytest.raises(Refused):
        act(talked, "debrief skip")
    act(talked, "debrief overslaan de zaal moest leeg")
    assert talked.state.session.debrief_skipped_why == "de zaal moest leeg"
    act(talked, "debrief 1 toch nog even")  # and yet they did
    assert talked.state.session.debrief_skipped_at is None
    with pytest.raises(Refused):
        act(talked, "debrief skip toch niet")


@pytest.mark.parametrize(
    "line", ["debrief 8 iets", "debrief 0", "debrief indruk goed", "debrief 2", "debrief begin nu"]
)
def test_what_is_no_field_is_refused(talked: Session, line: str) -> None:
    act(talked, "end")
    with pytest.raises(Refused):
        act(talked, line)


@pytest.mark.parametrize("line", ["debrief 1 goed", "debrief begin", "summary read", "correct 1 ok"])
def test_nothing_is_looked_back_on_before_the_start(session: Session, line: str) -> None:
    with pytest.raises(Refused):
        act(session, line)


def test_an_answer_after_the_debrief_was_begun_and_left_out_stands(talked: Session) -> None:
    act(talked, "end", "debrief begin", "debrief overslaan de zaal moest leeg", "debrief 1 toch nog even")
    assert "No debrief" not in told_debrief(talked.state, talked.now())
    assert talked.state.session.debrief_skipped_why == ""
    talked.undo()
    assert "No debrief" in told_debrief(talked.state, talked.now())
    act(talked, "debrief begin")
    assert told_clock(talked.state, talked.now()) == "15:00 left"
