"""Turns corrected afterwards: who, why, what counts then, and back again by undo."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.decide import correcting, decision, floor, guide, recording
from kring.domain.decide import session as sessions
from kring.domain.measures.talk_time import voices
from kring.domain.rows import TurnRow
from kring.domain.text import Refused
from kring.session.session import Session
from kring.system.clock import SimulatedClock


@pytest.fixture
def talked(session: Session, clock: SimulatedClock) -> Session:
    """P1 speaks for 10 s from 1.1 on, P2 for 20 s at 2.1, then it is silent."""
    session.do(decision(sessions.start, passing=True))
    session.do(decision(guide.go, "1.1"))
    session.do(decision(floor.give, "1"))
    clock.advance(10_000)
    session.do(decision(guide.go, "2.1"))
    session.do(decision(floor.give, "2"))
    clock.advance(20_000)
    session.do(decision(floor.give, "nobody"))
    clock.advance(5_000)
    return session


def turns(session: Session) -> list[TurnRow]:
    return sorted(session.state.alive_turns, key=lambda turn: int(turn.started_at))


def spoken_s(session: Session) -> dict[str, float]:
    said = {voice.person.id: voice.spoken_ms / 1000 for voice in voices(session.state, session.now())}
    return {code: length for code, length in said.items() if length}


def test_moving_a_turn_changes_its_length_its_question_and_the_talk_time(talked: Session) -> None:
    second = turns(talked)[1]
    event = talked.do(
        decision(correcting.move, second.id, second.started_at - 4_000, int(second.ended_at or 0), "te laat gelogd")
    )
    moved = talked.state.turns[second.id]
    assert (moved.duration_s, moved.item, moved.t) == (24.0, "wie", 6.0)
    assert moved.changed_at == event.at
    assert spoken_s(talked) == {"P1": 10.0, "P2": 24.0}
    assert "te laat gelogd" in str(talked.told(event))
    talked.undo()
    assert talked.state.turns[second.id] == second


def test_a_split_turn_is_two(talked: Session) -> None:
    second = turns(talked)[1]
    talked.do(decision(correcting.split, second.id, second.started_at + 5_000, "P3"))
    assert spoken_s(talked) == {"P1": 10.0, "P2": 5.0, "P3": 15.0}
    first, then = turns(talked)[1:3]
    assert first.ended_at == then.started_at
    assert then.item == "laatste"
    talked.undo()
    assert spoken_s(talked) == {"P1": 10.0, "P2": 20.0}


def test_merged_turns_are_one_of_the_first_speaker(talked: Session) -> None:
    first, second, _ = turns(talked)
    talked.do(decision(correcting.merge, first.id, second.id, "zelfde stem"))
    assert spoken_s(talked) == {"P1": 30.0}
    assert talked.state.turns[second.id].removed_at is not None
    talked.undo()
    assert spoken_s(talked) == {"P1": 10.0, "P2": 20.0}


def test_a_turn_can_be_added_and_removed(talked: Session) -> None:
    begin = talked.state.session.started_at
    assert begin is not None
    talked.do(decision(correcting.add, "4", begin + 1_000, begin + 3_000))
    assert spoken_s(talked)["P4"] == 2.0
    talked.do(decision(correcting.remove, turns(talked)[0].id, "hoesten"))
    assert "P1" not in spoken_s(talked)


def test_what_makes_no_sense_is_refused(talked: Session) -> None:
    first, second, silence = turns(talked)
    refused: list[Callable[[], object]] = [
        lambda: talked.do(decision(correcting.move, first.id, first.started_at, int(first.started_at))),
        lambda: talked.do(decision(correcting.move, first.id, first.started_at, talked.now() + 1_000)),
        lambda: talked.do(decision(correcting.move, first.id, first.started_at, int(first.ended_at or 0))),
        lambda: talked.do(decision(correcting.split, first.id, int(second.started_at) + 1, "3")),
        lambda: talked.do(decision(correcting.merge, first.id, first.id)),
        lambda: talked.do(decision(correcting.remove, silence.id)),
        lambda: talked.do(decision(correcting.remove, "nergens")),
    ]
    for attempt in refused:
        with pytest.raises(Refused):
            attempt()


def proposed(session: Session) -> tuple[str, ...]:
    first, second, _ = turns(session)
    start, end = int(first.started_at), int(second.ended_at or 0)
    found = (
        f.TurnProposed("move", first.id, "participant", "P1", start, start + 8_000),
        f.TurnProposed("reassign", first.id, "participant", "P5", start, start + 8_000),
        f.TurnProposed("add", None, "participant", "P3", start + 8_000, start + 10_000),
        f.TurnProposed("remove", second.id, "silence", None, int(second.started_at), end),
    )
    event = session.do(decision(correcting.propose, "voices", found))
    return tuple(one.id for one in session.history.events if one.act == event.id)


def test_nothing_changes_before_a_proposal_is_accepted(talked: Session) -> None:
    before = spoken_s(talked)
    names = proposed(talked)
    assert spoken_s(talked) == before
    talked.do(decision(correcting.decide, names[2:], accepted=False))
    assert spoken_s(talked) == before
    talked.do(decision(correcting.decide, names, accepted=True))
    assert spoken_s(talked) == {"P5": 8.0, "P2": 20.0}  # what was declined stays so
    with pytest.raises(Refused):
        talked.do(decision(correcting.decide, names, accepted=True))
    talked.undo()
    talked.undo()
    talked.do(decision(correcting.decide, names, accepted=True))
    assert spoken_s(talked) == {"P5": 8.0, "P3": 2.0}


def test_a_new_comparison_replaces_what_nobody_decided_on(talked: Session) -> None:
    first = proposed(talked)
    second = proposed(talked)
    assert not any(correcting.is_undecided(talked.state.turn_proposals[name]) for name in first)
    assert all(correcting.is_undecided(talked.state.turn_proposals[name]) for name in second)


def test_kring_s_own_recording_is_not_undone(session: Session) -> None:
    session.do(decision(recording.start))
    session.do(decision(recording.began, "R", "mic", "x.audio", computer=session.me.device))
    assert session.state.open_own_recording is not None
    session.undo()
    assert session.state.open_recording is None
    assert session.state.open_own_recording is not None
    session.do(decision(recording.stopped, "R", "disk full", computer=session.me.device))
    assert session.state.recordings["R"].why == "disk full"


def test_moments_out_of_rows_are_whole_numbers_in_the_file(talked: Session) -> None:
    first, second, _ = turns(talked)
    assert second.ended_at is not None
    talked.do(decision(correcting.move, first.id, first.started_at, second.ended_at))
    assert talked.state.turns[first.id].ended_at == second.ended_at


def test_nobody_is_made_to_speak_twice_at_once() -> None:
    desk = Desk()
    for who in ("1", "2", "1"):
        desk.type(f"floor {who}")
        desk.wait(10)
    desk.type("floor nobody")
    desk.wait(10)
    first, _other, third, _silence = desk.state.alive_turns
    begin, end = int(first.started_at), int(first.ended_at or 0)
    for correct in (
        lambda: correcting.add(desk.state, desk.now, "1", end - 1_000, end + 5_000),
        lambda: correcting.move(desk.state, desk.now, third.id, end - 1_000, end + 15_000),
    ):
        with pytest.raises(Refused, match="Joost speaks at that moment already"):
            correct()
    assert correcting.add(desk.state, desk.now, "3", begin, end)
    assert correcting.move(desk.state, desk.now, third.id, end, end + 15_000)
