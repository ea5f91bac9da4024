"""Coverage: the function and the view of the file say the same, and breakouts and pauses are holes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest

from hypothesis import given
from msgspec.structs import replace

from acting import act
from conftest import START_MS
from domain.any_facts import events as any_events
from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.decide import decision, ending, floor, guide, notes, recording
from kring.domain.decide import session as sessions
from kring.domain.history import History
from kring.domain.measures.coverage import (
    cover_of_note,
    cover_of_turn,
    recorded_turns,
    sound_share,
    uncovered,
    uncovered_quotes,
)
from kring.domain.note_line import NoteDraft
from kring.domain.plan import Plan
from kring.session.session import Me, Session
from kring.system.clock import SimulatedClock


def quote(session: Session, text: str) -> str:
    return session.do(decision(notes.add, NoteDraft(kind="quote", text=text))).id


def own_recording(session: Session, from_ms: int, to_ms: int | None) -> None:
    session.do(decision(recording.began, "R", "mic", "x.audio", from_ms, computer=session.me.device))
    opened = f.SegmentOpened("R", 1, "x.audio/0001.wav", 48_000, 1, "mic", from_ms)
    session.do(decision(recording.segment_opened, opened))
    if to_ms is not None:
        session.do(decision(recording.segment_closed, f.SegmentClosed("R/1", 48_000, to_ms, "stopped")))
        session.do(decision(recording.stopped, "R", "stopped", to_ms, computer=session.me.device))


def as_the_view_says(session: Session) -> dict[str, str]:
    found = session.store.connection.execute("select id, recorded_by from coverage").fetchall()
    return dict(found)


def test_each_note_and_turn_knows_its_recording(session: Session, clock: SimulatedClock) -> None:
    session.do(decision(sessions.start, passing=True))
    before = quote(session, "voor")
    clock.advance(10_000)
    session.do(decision(recording.start))
    session.do(decision(floor.give, "1"))
    clock.advance(5_000)
    platform = quote(session, "platform")
    clock.advance(1_000)
    begun = session.now()
    session.do(decision(floor.give, "2"))
    clock.advance(5_000)
    own = quote(session, "eigen")
    own_recording(session, begun, session.now())
    clock.advance(1_000)
    session.do(decision(floor.give, "nobody"))
    state = session.state
    assert [cover_of_note(state, state.notes[note]) for note in (before, platform, own)] == ["", "platform", "kring"]
    assert [note.text for note in uncovered_quotes(state)] == ["voor"]
    says = as_the_view_says(session)
    for note in state.notes.values():
        assert says[note.id] == cover_of_note(state, note)
    for turn in state.alive_turns:
        assert says[turn.id] == cover_of_turn(state, turn)
    turns = [cover_of_turn(state, turn) for turn in state.alive_turns]
    assert turns[:2] == ["platform", "platform"]  # kring's own ended within the second


def test_the_platform_records_the_main_room_only(
    make_session: Callable[..., Session], plan: Plan, clock: SimulatedClock
) -> None:
    session = make_session()
    apart = replace(next(item for item in plan.guide if item.id == "ervaring"), kind="breakout")
    changed = replace(plan, guide=tuple(apart if item.id == "ervaring" else item for item in plan.guide))
    session.read_plan(changed)
    session.do(decision(sessions.start, passing=True))
    session.do(decision(recording.start))
    session.do(decision(guide.go, "2.1"))
    note = quote(session, "in de subgroep")
    assert cover_of_note(session.state, session.state.notes[note]) == ""
    assert as_the_view_says(session)[note] == ""
    own_recording(session, START_MS, None)
    assert cover_of_note(session.state, session.state.notes[note]) == "kring"
    assert as_the_view_says(session)[note] == "kring"


def test_a_question_that_moves_to_where_the_group_splits_takes_its_quotes_along(
    make_session: Callable[..., Session], plan: Plan
) -> None:
    session = make_session()
    apart = next(item for item in plan.guide if item.id == "ervaring")
    moved = next(item for item in plan.guide if item.parent == apart.id)

    def read(parent: str | None) -> None:
        changed = {apart.id: replace(apart, kind="breakout"), moved.id: replace(moved, parent=parent)}
        session.read_plan(replace(plan, guide=tuple(changed.get(item.id, item) for item in plan.guide)))

    read(None)
    for line in ("start anyway", "recording"):
        act(session, line)
    session.do(decision(guide.go, session.state.guide[moved.id].number))
    session.do(decision(notes.add, NoteDraft(kind="quote", text="er bij")))
    assert uncovered_quotes(session.state) == []
    read(apart.id)
    assert [note.text for note in uncovered_quotes(session.state)] == ["er bij"]


def test_a_session_that_nobody_records_warns_of_no_quote(session: Session) -> None:
    session.do(decision(sessions.start, passing=True))
    quote(session, "los")
    assert uncovered_quotes(session.state) == []


def test_what_was_not_recorded(session: Session, clock: SimulatedClock) -> None:
    session.do(decision(sessions.start, passing=True))
    for seconds in (10, 20):
        clock.advance(seconds * 1000)
        session.do(decision(recording.switch))
    clock.advance(5_000)
    session.do(decision(ending.end))
    began = int(session.state.session.started_at or 0)
    assert uncovered(session.state) == [(began, began + 10_000), (began + 30_000, began + 35_000)]


def test_the_part_that_kring_recorded_counts_no_moment_twice() -> None:
    desk = Desk()
    desk.wait(100)
    desk.happen(f.RecordingStarted("kring", "R", "mic", "x.audio", START_MS))
    desk.happen(f.SegmentOpened("R", 1, "1.wav", 48_000, 1, "mic", START_MS - 5_000))
    desk.happen(f.SegmentClosed("R/1", 48_000, START_MS + 40_000, "stopped"))
    desk.happen(f.SegmentOpened("R", 2, "2.wav", 48_000, 1, "mic", START_MS + 30_000))
    desk.happen(f.SegmentClosed("R/2", 48_000, START_MS + 50_000, "stopped"))
    assert sound_share(desk.state) is None
    desk.type("end")
    assert sound_share(desk.state) == 0.5


def test_the_part_of_the_turns_that_is_recorded() -> None:
    desk = Desk()
    for line in ("floor 1", "recording", "floor 2", "floor nobody"):
        desk.type(line)
        desk.wait(10)
    assert recorded_turns(desk.state) == (1, 2)


def test_in_a_room_only_the_sound_of_its_leaders_computer_counts(session: Session, clock: SimulatedClock) -> None:
    session.join(Me("Els", "moderator", session.me.device))  # Ria works elsewhere
    for line in ("attend all", "start anyway", "recording", "room 1 1,2", "room 2 3,4",
                 "room 2 lead Ria"):  # fmt: skip
        act(session, line)
    begun = session.now()
    clock.advance(5_000)
    act(session, 'note "een" @1', 'note "twee" @3', 'note "allen" @5')
    own_recording(session, begun, session.now())
    here, there, plenary = session.state.notes.values()
    assert [cover_of_note(session.state, one) for one in (here, there, plenary)] == ["kring", "", "kring"]
    assert as_the_view_says(session) == {here.id: "kring", there.id: "", plenary.id: "kring"}
    assert uncovered_quotes(session.state) == [there]
    act(session, "room 2 lead Els")  # one computer, two rooms: nobody knows which of them it is in
    assert [cover_of_note(session.state, one) for one in (here, there)] == ["", ""]


@given(any_events(), any_events())
def test_quotes_outside_a_recording_are_right_at_every_act_of_any_session(first, second) -> None:
    """What is kept from look to look is what would be found anew, also where sessions take turns."""
    one, other = History(), History()
    for mine, theirs in zip_longest(first, second):
        for history, event in ((one, mine), (other, theirs)):
            if event is None:
                continue
            history.accept(history.change([event]))
            state = history.state
            quotes = [note for note in state.notes.values() if note.kind == "quote" and note.removed_at is None]
            is_recorded = bool(state.recordings or state.segments)
            anew = {note.id for note in quotes if is_recorded and not cover_of_note(state, note)}
            assert {note.id for note in uncovered_quotes(state)} == anew
