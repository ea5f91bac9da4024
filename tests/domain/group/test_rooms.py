"""Breakout groups in rooms: who is where, who speaks there, what is recorded; the talk of all is counted apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from acting import act
from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.decide import righting
from kring.domain.measures.group.rooms import open_rooms, room_of, rooms_time, talk_in
from kring.domain.measures.presence import are_here
from kring.domain.measures.talk_time import voices
from kring.domain.sentences import sentence
from kring.domain.text import Refused
from kring.domain.words import cue_text
from kring.session.session import Session
from kring.system.clock import SimulatedClock


@pytest.fixture
def desk() -> Desk:
    """A talk of eight people of two segments, at question 2.1."""
    found = Desk()
    found.happen(f.StaffJoined("Els", "moderator"))
    found.happen(f.StaffJoined("Bo", "assistant"))
    found.happen(f.StaffJoined("Els", "assistant"))  # at the other screen too
    for code in ("P2", "P4", "P6", "P8"):
        found.happen(f.ParticipantChanged(code, segment="nieuw"))
    found.type("attend all")
    found.type("go 2.1")
    return found


def people(desk: Desk) -> dict[int, list[str]]:
    return {
        room.number: [one.person.id for one in talk_in(desk.state, room, desk.now)] for room in open_rooms(desk.state)
    }


def test_a_draw_spreads_people_and_customer_groups_and_keeps_its_number(desk: Desk) -> None:
    event = desk.type("rooms draw 2")
    rooms = people(desk)
    assert sorted(code for codes in rooms.values() for code in codes) == [f"P{n}" for n in range(1, 9)]
    for codes in rooms.values():
        assert Counter(desk.state.participants[code].segment for code in codes) == {"trouw": 2, "nieuw": 2}
    made = event.fact
    assert isinstance(made, f.RoomsMade)
    assert str(sentence(desk.state, event)) == f"Rooms drawn by {made.seed}: " + "; ".join(
        f"{number} {', '.join(desk.state.participants[code].name for code in codes)}" for number, codes in rooms.items()
    )
    alone = desk.happen(replace(made, anew=True))
    assert str(sentence(desk.state, alone)) == f"Rooms drawn by {made.seed}: 2"
    desk.happen(f.Undone(alone.id))
    assert [room.seed for room in open_rooms(desk.state)] == [made.seed] * 2
    assert [room.leader for room in open_rooms(desk.state)] == ["Els", "Bo"]
    desk.wait(1)
    desk.type("rooms draw 3")
    assert [len(codes) for codes in people(desk).values()] == [3, 3, 2]
    assert len(desk.state.rooms) == 5
    desk.type("undo")
    assert people(desk) == rooms


@given(st.integers(2, 8), st.integers(0, 10**9))
def test_any_draw_puts_everybody_in_one_room_and_is_the_same_again(count: int, at: int) -> None:
    drawn = []
    for _ in range(2):
        desk = Desk()
        desk.type("attend all")
        desk.wait(at % 5_000)
        desk.type(f"rooms draw {count}")
        drawn.append(people(desk))
    assert drawn[0] == drawn[1]
    sizes = [len(codes) for codes in drawn[0].values()]
    assert (sum(sizes), max(sizes) - min(sizes) <= 1) == (8, True)


def test_rooms_by_customer_group_and_by_hand(desk: Desk) -> None:
    desk.type("rooms segment")
    assert people(desk) == {1: ["P1", "P3", "P5", "P7"], 2: ["P2", "P4", "P6", "P8"]}
    desk.type("room 3 1, piet")
    assert people(desk) == {1: ["P3", "P5", "P7"], 2: ["P2", "P6", "P8"], 3: ["P1", "P4"]}
    assert [room.how for room in open_rooms(desk.state)] == ["segment", "segment", "hand"]
    desk.type("room 3 lead bo")
    assert open_rooms(desk.state)[2].leader == "Bo"
    stays = [(one.room[-1], one.ended_at is None) for one in desk.state.room_stays.values() if one.participant == "P1"]
    assert stays == [("1", False), ("3", True)]


def test_who_speaks_in_a_room_is_not_counted_in_the_talk_of_all_and_rooms_do_not_end_each_other(desk: Desk) -> None:
    desk.type("floor 1")
    desk.wait(60)
    desk.type("rooms segment")
    assert desk.state.open_turn is None
    desk.wait(30)
    desk.type("floor 1", "Els")
    desk.type("floor 2")
    desk.wait(20)
    speak = [one.person.id for room in open_rooms(desk.state) for one in talk_in(desk.state, room, desk.now)
             if one.speaks_since is not None]  # fmt: skip
    assert speak == ["P1", "P2"]
    desk.type("floor nobody", "Bo")  # who gave the floor in room 2
    desk.wait(10)
    with pytest.raises(Refused, match="Joost has the floor already"):
        desk.type("floor 1")
    desk.type("rooms back")
    assert [(row.participant, row.kind, row.duration_s) for row in desk.state.room_turns.values()] == [
        ("P1", "participant", 30.0),
        ("P2", "participant", 20.0),
        (None, "silence", 10.0),
    ]
    desk.type("floor 2")
    desk.wait(60)
    spoken = {voice.person.id: (voice.spoken_ms, voice.turns) for voice in voices(desk.state, desk.now) if voice.turns}
    assert spoken == {"P1": (60_000, 1), "P2": (60_000, 1)}
    present = {voice.person.id: voice.present_ms for voice in voices(desk.state, desk.now)}
    assert present["P3"] == 120_000  # the minute in the rooms is none of the talk of all


def test_notes_know_their_room(desk: Desk) -> None:
    desk.type("rooms segment")
    desk.wait(5)
    desk.type("note ~ te duur @2", "Els")
    desk.type("note ~ ze lachen", "Bo")
    desk.type("note ~ iets anders", "Kees")
    rooms = [desk.state.rooms[note.room].number if note.room else None for note in desk.state.notes.values()]
    assert rooms == [2, 2, None]
    desk.type("edit 1 ~ te duur @1", "Els")
    note = next(iter(desk.state.notes.values()))
    assert desk.state.rooms[note.room or ""].number == 1


def test_who_gave_no_floor_yet_is_in_the_room_that_they_lead(desk: Desk) -> None:
    desk.type("rooms segment")
    desk.type("floor moderator", "Els")
    desk.type("floor 2", "Els")
    desk.type("floor nobody", "Els")
    assert [(desk.state.rooms[row.room].number, row.kind) for row in desk.state.room_turns.values()] == [
        (1, "moderator"),
        (2, "participant"),
        (2, "silence"),
    ]


def test_going_on_brings_everybody_back_and_what_belongs_to_the_rooms_does_not(desk: Desk) -> None:
    desk.type("rooms draw 2")
    desk.wait(30)
    event = desk.type("next")
    assert isinstance(event.fact, f.ItemOpened)
    assert event.fact.ends_rooms
    assert open_rooms(desk.state) == []
    assert {stay.duration_s for stay in desk.state.room_stays.values()} == {30.0}
    desk.type("undo")
    assert len(open_rooms(desk.state)) == 2
    desk.type("end")
    assert open_rooms(desk.state) == []


def test_the_time_of_rooms_is_that_of_the_line_on_which_they_were_opened(desk: Desk) -> None:
    desk.type("rooms draw 2")
    assert rooms_time(desk.state, desk.now) == (None, 0, "calm")
    desk.type("rooms +12")
    desk.wait(600)
    time = rooms_time(desk.state, desk.now)
    assert time is not None
    assert (time.left_ms, time.pace) == (120_000, "soon")
    desk.type("rooms -1:30")
    time = rooms_time(desk.state, desk.now)
    assert time is not None
    assert time.left_ms == 30_000


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        ("rooms draw 1", "1 is no number of rooms: say 2 to 9."),
        ("rooms draw 9", "There are fewer people than rooms: 8 are here."),
        ("rooms draw twee", "twee is no number of rooms: say 2 to 9."),
        ("rooms back", "Nobody is in a room apart."),
        ("rooms +2", "Nobody is in a room apart."),
        ("rooms back nu", "back nu is not understood: say draw 2, segment, back, or +2."),
        ("rooms xyz", "xyz is not understood: say draw 2, segment, back, or +2."),
        ("room 2 lead Bo", "Nobody is in a room apart."),
        ("room 0 3", "0 is no number of a room: say 1 to 9."),
        ("room 2", "2: say a room and who goes there, such as room 2 3,4."),
        ("room 2 niemandal", "Nobody is called niemandal."),
    ],
)
def test_what_makes_no_sense_is_refused(desk: Desk, line: str, refused: str) -> None:
    with pytest.raises(Refused) as problem:
        desk.type(line)
    assert str(problem.value) == refused


def test_who_came_late_and_is_in_no_room_has_the_floor_of_all(desk: Desk) -> None:
    desk.type("rooms draw 2")
    desk.type("add Ria")
    assert room_of(desk.state, "P9") is None
    desk.type("floor 9")
    assert desk.state.open_turn is not None
    assert len(desk.state.room_turns) == 0


def test_the_moderator_is_told_to_call_people_back(make_session: Callable[..., Session], clock: SimulatedClock) -> None:
    session = make_session("Els", "moderator")
    act(session, "start anyway", "attend all", "go 2.1", "rooms draw 2", "rooms +4")
    for _second in range(5 * 60):
        clock.advance(1_000)
        session.tick()
    told = [cue_text(cue.text, cue.value, cue.automatic) for cue in session.state.cues.values()]
    cues = [(str(text), cue.t) for text, cue in zip(told, session.state.cues.values(), strict=True)]
    assert cues == [
        ("3 minutes left in the rooms: tell them", 60.0),
        ("Time to come back from the rooms: call them", 240.0),
    ]


def spoken_in_rooms(desk: Desk) -> dict[str, int]:
    found = (one for room in desk.state.rooms.values() for one in talk_in(desk.state, room, desk.now))
    return {one.person.id: one.spoken_ms // 1000 for one in found if one.turns}


@pytest.fixture
def apart(desk: Desk) -> Desk:
    """P1 and P2 in one room, in which P1 spoke for 20 s and P2 speaks since 10 s."""
    desk.wait(60)
    for line, seconds in (("room 1 1, 2", 0), ("room 2 3, 4", 0), ("floor 1", 20), ("floor 2", 10)):
        desk.type(line)
        desk.wait(seconds)
    return desk


@pytest.mark.parametrize(
    ("number", "change", "spoken"),
    [
        (1, "moved -5", {"P1": 15, "P2": 15}),
        (1, "moved +5", {"P1": 25, "P2": 5}),
        (1, "3", {"P1": 20, "P3": 10}),
        (0, "4", {"P4": 20, "P2": 10}),
        (1, "moderator", {"P1": 20}),
        (1, "remove", {"P1": 30}),
        (0, "remove", {"P2": 10}),
    ],
)
def test_a_turn_in_a_room_can_be_put_right(apart: Desk, number: int, change: str, spoken: dict[str, int]) -> None:
    desk, turn = apart, list(apart.state.room_turns.values())[number]
    target = righting.Target("turns", turn.id)  # as that of any other turn
    word, _space, by = change.partition(" ")
    if word == "moved":
        facts = righting.move(desk.state, desk.now, target, int(turn.started_at) + int(by) * 1000, None)
    elif word == "remove":
        facts = righting.remove(desk.state, desk.now, target)
    else:
        facts = righting.reassign(desk.state, desk.now, target, word)
    event = desk.happen_together(facts if isinstance(facts, tuple) else (facts,))
    assert spoken_in_rooms(desk) == spoken
    assert "room 1" in str(sentence(desk.state, event))
    desk.wait(10)
    desk.type("rooms back")
    assert all(row.ended_at is not None for row in desk.state.room_turns.values())


@pytest.mark.parametrize(("began", "ended"), [(-25_000, None), (-20_000, None), (0, 90_000)])
def test_a_turn_in_a_room_stays_within_its_time(apart: Desk, began: int, ended: int | None) -> None:
    desk, turn = apart, list(apart.state.room_turns.values())[1]
    desk.type("rooms back")
    desk.wait(120)
    until = None if ended is None else int(turn.started_at) + ended
    with pytest.raises(Refused, match=r"too early|were over"):
        righting.move(desk.state, desk.now, righting.Target("room_turns", turn.id), int(turn.started_at) + began, until)


def test_a_question_that_was_opened_before_the_rooms_leaves_them_open(desk: Desk) -> None:
    desk.wait(120)
    desk.type("rooms draw 2")
    desk.wait(60)
    desk.type("go 2.2 -2m")
    assert len(open_rooms(desk.state)) == 2
    assert {room.item for room in open_rooms(desk.state)} == {desk.state.guide["cijfer"].id}
    desk.type("go pauze -30s")
    assert open_rooms(desk.state) == []
    assert {room.ended_at for room in desk.state.rooms.values()} == {desk.now - 30_000}


def test_who_goes_on_is_told_that_people_come_back_from_the_rooms(desk: Desk) -> None:
    desk.type("rooms draw 2")
    event = desk.type("go pauze")
    assert str(sentence(desk.state, event)).endswith("Pauze; Everybody is back from the rooms")
    assert "rooms" not in str(sentence(desk.state, desk.type("next")))


def test_who_was_sent_to_a_room_was_seen() -> None:
    desk = Desk()
    for line in ("attend 1 present", "attend 2 present"):
        desk.type(line)
    desk.wait(60)
    assert "P4" not in are_here(desk.state, desk.now)
    desk.type("room 1 1, 4")
    assert "P4" in are_here(desk.state, desk.now)


def test_where_somebody_of_the_team_is_stays_known_when_who_spoke_there_withdraws(apart: Desk) -> None:
    apart.type("consent 2 no")
    apart.type("floor nobody")
    assert [row.kind for row in apart.state.room_turns.values()] == ["participant", "silence"]
    assert not apart.state.turns
