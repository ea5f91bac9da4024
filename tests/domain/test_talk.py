"""Talk time: shares corrected for presence, the queue, and who has not been heard."""

from __future__ import annotations

import pytest

from domain.desk import Desk
from kring.domain import facts as f
from kring.domain.measures import talk
from kring.domain.measures.talk import Voice


def present(*codes: str) -> Desk:
    """A desk at which the talk has just begun with these participants."""
    desk = Desk()
    for code in codes:
        desk.happen(f.AttendanceChanged(code, "present"))
    return desk


def speaks(desk: Desk, word: str, seconds: float) -> None:
    desk.type(f"floor {word}")
    desk.wait(seconds)


def voice(desk: Desk, code: str) -> Voice:
    return next(voice for voice in talk.voices(desk.state, desk.now) if voice.person.id == code)


def test_who_came_late_is_compared_on_the_time_that_they_were_there() -> None:
    desk = present("P1")
    speaks(desk, "1", 300)
    desk.happen(f.AttendanceChanged("P2", "present"))
    speaks(desk, "2", 300)
    # P1 spoke 5 of 10 minutes, P2 5 of 5
    assert voice(desk, "P1").share == pytest.approx(1 / 3)
    assert voice(desk, "P2").share == pytest.approx(2 / 3)
    assert voice(desk, "P1").spoken_ms == voice(desk, "P2").spoken_ms == 300_000


def test_being_away_for_a_moment_does_not_count_as_presence() -> None:
    desk = present("P1", "P2")
    speaks(desk, "1", 120)
    desk.type("attend 1 away")
    desk.wait(120)
    desk.type("attend 1 present")
    desk.wait(60)
    assert talk.presence_ms(desk.state, "P1", desk.now) == 180_000
    assert talk.presence_ms(desk.state, "P2", desk.now) == 300_000


def test_presence_counts_from_the_start_to_the_end_of_the_talk() -> None:
    desk = Desk(started=False)
    desk.happen(f.AttendanceChanged("P1", "present"))
    desk.wait(1200)
    assert talk.presence_ms(desk.state, "P1", desk.now) == 0
    desk.happen(f.SessionStarted())
    desk.wait(60)
    desk.type("end")
    desk.wait(600)
    assert talk.presence_ms(desk.state, "P1", desk.now) == 60_000


def test_a_share_of_the_first_seconds_is_no_share_yet() -> None:
    desk = present("P1", "P2")
    speaks(desk, "1", 20)
    assert voice(desk, "P1").standing == ""
    speaks(desk, "2", 1)
    speaks(desk, "1", 170)
    assert voice(desk, "P1").standing == "much"


def test_not_yet_quiet_and_away_are_told_apart() -> None:
    desk = present("P1", "P2", "P3")
    speaks(desk, "1", 5)
    speaks(desk, "2", 5)
    desk.type("attend 3 away")
    speaks(desk, "nobody", 600)
    assert voice(desk, "P1").standing == "quiet"
    assert voice(desk, "P1").silent_ms == 605_000
    assert voice(desk, "P3").standing == "away"
    assert voice(desk, "P4").standing == "expected"
    desk.type("attend 3 present")
    assert voice(desk, "P3").standing == "not_yet"


def test_the_running_turn_counts_while_it_runs() -> None:
    desk = present("P1")
    speaks(desk, "1", 42)
    found = voice(desk, "P1")
    assert (found.spoken_ms, found.speaking_ms, found.turns, found.silent_ms) == (42_000, 42_000, 1, 0)
    desk.type("floor nobody")
    desk.wait(3)
    assert voice(desk, "P1").speaking_ms is None
    assert talk.silence_ms(desk.state, desk.now) == 3_000


def test_silence_is_counted_only_when_somebody_said_so() -> None:
    desk = present("P1")
    assert talk.silence_ms(desk.state, desk.now) is None
    speaks(desk, "crosstalk", 4)
    assert talk.silence_ms(desk.state, desk.now) is None


def test_the_queue_has_the_quietest_first_then_who_waits_longest() -> None:
    desk = present("P1", "P2", "P3")
    speaks(desk, "1", 60)
    speaks(desk, "moderator", 1)
    for seat in ("1", "3", "2"):
        desk.type(f"hand {seat}")
        desk.wait(1)
    assert [waiting.person.id for waiting in talk.queue(desk.state, desk.now)] == ["P3", "P2", "P1"]
    desk.type("floor 3")
    assert [waiting.person.id for waiting in talk.queue(desk.state, desk.now)] == ["P2", "P1"]
    desk.type("attend 2 left")
    assert [waiting.person.id for waiting in talk.queue(desk.state, desk.now)] == ["P1"]


def present_voices(desk: Desk) -> list[talk.Voice]:
    return [voice for voice in talk.voices(desk.state, desk.now) if voice.person.status == "present"]


def test_who_was_heard_is_counted_per_question() -> None:
    desk = present("P1", "P2")
    desk.type("go 2.1")
    speaks(desk, "1", 5)
    assert [voice.person.id for voice in present_voices(desk) if not voice.on_question] == ["P2"]
    desk.type("floor nobody")
    desk.type("go 2.2")
    assert [voice.person.id for voice in present_voices(desk) if not voice.on_question] == ["P1", "P2"]
    desk.type("go 2.1")
    assert [voice.person.id for voice in present_voices(desk) if not voice.on_question] == ["P2"]


def test_an_unknown_speaker_counts_for_nobody_until_named() -> None:
    desk = present("P1", "P2")
    speaks(desk, "unknown", 30)
    desk.type("floor nobody")
    assert voice(desk, "P2").spoken_ms == 0
    desk.type("name 2")
    assert voice(desk, "P2").spoken_ms == 30_000
    desk.type("undo")
    assert voice(desk, "P2").spoken_ms == 0


def test_who_speaks_is_here() -> None:
    desk = Desk()
    speaks(desk, "5", 1)
    assert desk.state.participants["P5"].status == "present"
    assert [row.status for row in desk.state.attendance.values()] == ["present"]


def test_without_anybody_there_are_no_voices_and_nothing_divides_by_zero() -> None:
    desk = Desk(begun=False, started=False)
    assert talk.voices(desk.state, desk.now) == []
    assert talk.queue(desk.state, desk.now) == []
