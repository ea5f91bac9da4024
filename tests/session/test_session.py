"""The session: the one writer, two processes on one file, acts that wait, and what follows a reader."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import msgspec
import pytest

from acting import act, act_at_random, texts, waiting_act
from conftest import START_MS, make_plan
from domain.test_history import tables
from kring.domain import facts as f
from kring.domain import note_line
from kring.domain.decide import decision, guide
from kring.domain.decide import notes as note_verbs
from kring.domain.events import Event
from kring.domain.history import Change
from kring.domain.state import State
from kring.domain.text import KringError, Refused
from kring.session import session as sessions
from kring.session.session import Me, Session
from kring.store.making import making
from kring.store.store import NotSaved
from kring.store.verify import verify
from kring.system.clock import SimulatedClock
from kring.system.sqlite import sqlite3

MakeSession = Callable[..., Session]


def kinds(session: Session) -> list[str]:
    return [event.kind for event in session.history.events]


def broken(state: State, now: int) -> f.Fact:
    """A verb with a mistake in it."""
    raise ZeroDivisionError


def test_a_session_begins_with_its_plan_its_clock_and_its_people(session: Session) -> None:
    assert kinds(session) == [
        "session_created",
        "plan_read",
        *["participant_listed"] * len(make_plan().participants),
        "clock_anchored",
        "staff_joined",
    ]
    assert session.plan == make_plan()


def test_what_is_done_is_in_the_file_when_do_returns(make_session: MakeSession, session: Session) -> None:
    act(session, "note een")
    other = make_session("Els", "moderator")
    assert texts(other) == ["een"]


def test_a_refusal_leaves_no_trace(session: Session) -> None:
    before = kinds(session)
    with pytest.raises(Refused):
        act(session, "next")
    assert kinds(session) == before
    assert verify(session.store.path).events == len(before)


def test_a_mistake_in_a_verb_leaves_no_trace_and_the_session_goes_on(session: Session) -> None:
    with pytest.raises(ZeroDivisionError):
        session.do(decision(broken))
    act(session, "note daarna")
    assert texts(session) == ["daarna"]


def test_two_sessions_on_one_file_agree_after_a_tick(
    make_session: MakeSession, session: Session, clock: SimulatedClock
) -> None:
    other = make_session("Els", "moderator")
    session.tick()
    act_at_random(session, clock, seed=5, lines=20)
    assert other.tick()
    assert tables(other.state) == tables(session.state)
    act(other, "note van Els")
    act(session, "note van Bo")
    assert other.tick()
    assert not other.tick()
    assert tables(other.state) == tables(session.state)
    assert verify(session.store.path).is_whole


def test_an_act_sees_what_the_other_did_without_a_tick(make_session: MakeSession, session: Session) -> None:
    other = make_session("Els", "moderator")
    act(session, "start anyway")
    act(other, "floor 3")
    with pytest.raises(Refused):
        act(session, "floor 3")
    assert session.state.open_turn is not None


def test_an_act_is_not_refused_for_what_the_other_has_changed(make_session: MakeSession, session: Session) -> None:
    act(session, "start anyway", "floor 3")
    act(make_session("Els", "moderator"), "floor 2")
    act(session, "floor 3")  # who had it already, as far as this process knew
    assert [turn.participant for turn in session.state.turns.values()] == ["P3", "P2", "P3"]


def test_undo_takes_back_ones_own_act_across_processes(make_session: MakeSession, session: Session) -> None:
    other = make_session("Els", "moderator")
    act(session, "note van Bo")
    act(other, "note van Els")
    session.undo()
    other.tick()
    assert texts(other) == ["van Els"]
    again = make_session("Bo", "assistant")
    again.redo()
    other.tick()
    assert texts(other) == ["van Bo", "van Els"]
    assert tables(again.state) == tables(other.state)


def test_listeners_hear_every_change_once_and_after_the_file_has_it(
    make_session: MakeSession, session: Session
) -> None:
    other = make_session("Els", "moderator")
    session.tick()
    heard: list[str] = []

    def listen(change: Change) -> None:
        assert not session.store.connection.in_transaction
        heard.extend(event.kind for event in change.events)

    stop = session.subscribe(listen)
    act(other, "start anyway")
    act(session, "floor 2")
    act(other, "note een")
    session.tick()
    stop()
    act(session, "floor 3")
    assert heard == ["session_started", "floor_given", "note_added"]


def test_a_refusal_too_is_told_after_what_the_other_did(make_session: MakeSession, session: Session) -> None:
    other = make_session("Els", "moderator")
    session.tick()
    heard: list[str] = []
    session.subscribe(lambda change: heard.extend(event.kind for event in change.events))
    act(other, "start anyway")
    with pytest.raises(Refused):
        act(session, "start")
    assert heard == ["session_started"]


def test_a_listener_that_fails_loses_nothing_and_keeps_no_other_from_hearing(session: Session) -> None:
    heard: list[Change] = []

    def fails(_: Change) -> None:
        raise ZeroDivisionError

    session.subscribe(fails)
    stop = session.subscribe(heard.append)
    with pytest.raises(ZeroDivisionError):
        act(session, "note een")
    assert len(heard) == 1
    assert texts(session) == ["een"]
    stop()
    assert verify(session.store.path).is_whole


def test_a_queued_act_with_a_mistake_does_not_stop_those_behind_it(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session.store, "writing", refuse_to_write)
    settled: list[Event | Refused] = []
    waiting_act(session, "note een")
    session.do_or_wait(decision(broken))
    session.do_or_wait(decision(guide.advance), settled=settled.append)  # refused: nothing is open
    waiting_act(session, "note twee")
    monkeypatch.undo()
    with pytest.raises(ZeroDivisionError):
        session.tick()
    assert texts(session) == ["een", "twee"]
    assert [type(outcome) for outcome in settled] == [Refused]
    assert not session.waiting


def test_who_hears_of_a_queued_act_and_fails_stops_nobody(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session.store, "writing", refuse_to_write)
    settled: list[Event | Refused] = []

    def fails(_: Event | Refused) -> None:
        raise ZeroDivisionError

    session.do_or_wait(decision(broken), settled=settled.append)
    for number, hears in enumerate((fails, settled.append)):
        session.do_or_wait(decision(note_verbs.add, note_line.read(str(number))), settled=hears)
    monkeypatch.undo()
    with pytest.raises(ZeroDivisionError):
        session.close()
    assert session.store.is_closed
    assert texts(session) == ["0", "1"]
    assert [type(outcome) for outcome in settled] == [Refused, Event]


def test_what_could_not_be_written_at_the_close_still_waits(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session.store, "writing", refuse_to_write)
    waiting_act(session, "note een")
    waiting_act(session, "note twee")
    session.close()
    assert len(session.waiting) == 2


def refuse_to_write() -> None:
    raise NotSaved("NOT SAVED: the disk is full.")


def test_acts_wait_in_order_and_keep_the_time_of_their_key(
    session: Session, clock: SimulatedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session.store, "writing", refuse_to_write)
    for text in ("een", "twee"):
        clock.advance(1_000)
        assert waiting_act(session, f"note {text}") is None
    with pytest.raises(NotSaved):
        act(session, "note voorgedrongen")
    assert "full" in str(session.trouble)
    clock.advance(30_000)
    session.tick()
    assert len(session.waiting) == 2
    monkeypatch.undo()
    session.tick()
    assert texts(session) == ["een", "twee"]
    assert [note.at - START_MS for note in session.state.notes.values()] == [1_000, 2_000]
    assert (session.trouble, len(session.waiting)) == (None, 0)


def test_closing_writes_what_still_waits_when_it_can(
    make_session: MakeSession, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session.store, "writing", refuse_to_write)
    waiting_act(session, "note op de valreep")
    monkeypatch.undo()
    session.close()
    assert texts(make_session()) == ["op de valreep"]


def test_a_failed_first_commit_leaves_an_empty_history(
    tmp_path: Path, clock: SimulatedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "leeg.db"
    monkeypatch.setattr("kring.store.store.Store.put", lambda *_: refuse_to_write())
    with pytest.raises(KringError, match="disk is full"):
        sessions.begin(file, make_plan(), clock, Me("Bo", "assistant", "d"), zone=("UTC", 0))
    monkeypatch.undo()
    session = sessions.begin(file, make_plan(), clock, Me("Bo", "assistant", "d"), zone=("UTC", 0))
    assert kinds(session)[0] == "session_created"
    session.close()


def test_a_session_that_exists_is_not_begun_again(session: Session, tmp_path: Path, clock: SimulatedClock) -> None:
    with pytest.raises(KringError, match="exists already"):
        sessions.begin(tmp_path / "session.db", make_plan(), clock, Me("Els", "moderator", "d"))


def test_a_file_without_a_session_is_not_resumed(tmp_path: Path, clock: SimulatedClock) -> None:
    with making(tmp_path / "leeg.db"):
        pass
    with pytest.raises(KringError, match="holds no session yet"):
        sessions.resume(tmp_path / "leeg.db", clock, Me("Bo", "assistant", "d"))


def test_a_plan_read_again_keeps_notes_and_visits_attached(session: Session) -> None:
    act(session, "start anyway")
    act(session, "go 2.1")
    act(session, "note over de laatste keer")
    session.read_plan(make_plan())
    [note] = session.state.notes.values()
    assert note.item == "laatste"
    assert session.state.current_item is not None


def test_the_cues_before_the_end_come_once_from_whichever_process_ticks(
    make_session: MakeSession, session: Session, clock: SimulatedClock
) -> None:
    other = make_session("Els", "moderator")
    act(session, "start anyway")
    for _ in range(60):
        clock.advance(60_000)
        session.tick()
        other.tick()
    assert [(cue.value, cue.automatic) for cue in session.state.cues.values()] == [("15", True), ("5", True)]


@pytest.mark.parametrize(("minutes", "cues"), [(10, ["5"]), (15, ["5"]), (5, []), (16, ["15", "5"])])
def test_a_short_session_gets_no_cue_that_is_not_true(
    minutes: int, cues: list[str], tmp_path: Path, clock: SimulatedClock
) -> None:
    plan = msgspec.structs.replace(make_plan(), planned_min=minutes, starts_at=None)
    session = sessions.begin(tmp_path / "s.db", plan, clock, Me("Bo", "assistant", "d"), zone=("UTC", 0))
    act(session, "start anyway")
    for _ in range(2 * minutes):
        session.tick()
        clock.advance(30_000)
    assert [cue.value for cue in session.state.cues.values()] == cues
    session.close()


def test_no_cue_is_made_up_for_when_its_minute_is_over(
    make_session: MakeSession, session: Session, clock: SimulatedClock
) -> None:
    act(session, "start anyway")
    session.close()
    clock.advance(53 * 60_000)
    again = make_session()
    again.tick()
    assert not again.state.cues


def test_what_was_undone_and_redone_is_told(session: Session) -> None:
    act(session, "note een")
    assert str(session.told(session.undo())) == "Undone: Paraphrase: een"
    assert str(session.told(session.redo())) == "Redone: Paraphrase: een"


def test_an_ended_session_is_sealed_into_one_file(session: Session, tmp_path: Path) -> None:
    act(session, "start anyway")
    act(session, "end")
    assert session.close()
    assert [file.name for file in tmp_path.iterdir()] == ["session.db"]
    assert (tmp_path / "session.db").read_bytes()[18:20] == b"\x01\x01"  # not in write-ahead mode


def test_the_last_to_close_an_ended_session_seals_it(
    make_session: MakeSession, session: Session, tmp_path: Path
) -> None:
    other = make_session("Els", "moderator")
    act(session, "start anyway")
    act(session, "end")
    assert not session.close()
    assert other.close()
    assert [file.name for file in tmp_path.iterdir()] == ["session.db"]


def test_a_session_that_runs_is_not_sealed(session: Session) -> None:
    act(session, "start anyway")
    assert not session.close()
    assert not session.close()


def test_a_copy_of_the_file_alone_is_a_session_up_to_some_seconds_ago(
    session: Session, clock: SimulatedClock, tmp_path: Path
) -> None:
    act(session, "note een")
    for _ in range(12):  # somebody acts every second: no quiet moment
        clock.advance(1_000)
        act(session, "note nog een")
        session.tick()
    copy = tmp_path / "elsewhere.db"
    shutil.copy(session.store.path, copy)
    assert verify(copy).is_whole
    other = sessions.resume(copy, clock, Me("Kim", "researcher", "desk"))
    assert len(other.state.notes) >= len(session.state.notes) - 8
    other.close()
    clock.advance(2_000)
    session.tick()
    shutil.copy(session.store.path, copy)
    assert verify(copy).events == len(session.history.events)


def test_a_glance_looks_around_once_a_second_and_at_once_when_something_is_new(
    make_session: MakeSession, clock: SimulatedClock
) -> None:
    session, other = make_session(), make_session(name="Els", role="moderator")
    session.glance()
    with patch.object(session, "tick", wraps=session.tick) as looked:
        for _ in range(3):
            session.glance()
        assert looked.call_count == 0
        clock.advance(1_000)
        session.glance()
        assert looked.call_count == 1
        act(other, "note van de ander")
        assert session.glance()
        assert looked.call_count == 2
        assert [note.text for note in session.state.notes.values()] == ["van de ander"]
        with patch.object(session.store, "has_news", side_effect=sqlite3.OperationalError("disk I/O error")):
            session.glance()
        assert session.trouble is not None
        session.glance()
        assert (session.trouble, looked.call_count) == (None, 4)


def test_two_people_who_go_on_in_one_moment_go_one_further(make_session: Callable[..., Session], clock) -> None:
    els, bo = make_session("Els", "moderator"), make_session("Bo", "assistant")
    act(els, "start anyway", "next")
    clock.advance(60_000)
    act(els, "next")
    clock.advance(900)
    opened = els.state.current_item
    for line in ("next", "back"):
        with pytest.raises(Refused, match=r"Els moved on just now, to 2\.1"):
            act(bo, line)
    assert bo.state.current_item == opened
    act(els, "next")  # one's own twice is meant
    act(els, "back")
    act(bo, "go 4.1")  # so is one that is named
    clock.advance(1_000)
    act(bo, "back")
