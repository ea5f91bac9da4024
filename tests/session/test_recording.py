"""The recordist: sound comes into the session file as facts, whoever is killed, and nothing comes in twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kring.audio.align import Mapping, Piece
from kring.audio.devices import Choice
from kring.domain import facts as f
from kring.domain.decide import decision, ending, floor
from kring.domain.decide import session as sessions
from kring.domain.measures.coverage import cover_of_turn
from kring.domain.text import KringError, Refused
from kring.session.recording import FORGOTTEN_MS, Recordist
from kring.session.session import Session
from kring.store.verify import verify
from kring.system.clock import SimulatedClock
from studio import Studio, recordist_of


@pytest.fixture
def studio(clock: SimulatedClock) -> Iterator[Studio]:
    studio = Studio(clock)
    yield studio
    if studio.now is not None:
        studio.now.kill()


@pytest.fixture
def running(session: Session, studio: Studio) -> Recordist:
    session.do(decision(sessions.start, passing=True))
    recordist = recordist_of(session, studio)
    begin(recordist)
    return recordist


def begin(recordist: Recordist) -> None:
    assert recordist.toggle() == "start"
    assert recordist.recorder_state.condition == "starting"
    recordist.wait()


def kinds(session: Session) -> list[str]:
    return [event.kind for event in session.history.events if event.kind.startswith(("recording", "segment", "voice"))]


def test_a_recording_begins_runs_and_ends_in_the_session_file(
    session: Session, studio: Studio, running: Recordist
) -> None:
    (recording,) = session.state.recordings.values()
    assert (recording.source, recording.device, recording.folder) == ("kring", "fake microphone", "session.audio")
    assert running.recorder_state.condition == "on"
    session.do(decision(floor.give, "1"))
    studio.hear(running, 10)
    session.do(decision(floor.give, "2"))
    studio.hear(running, 40)
    assert kinds(session)[-2:] == ["segment_anchored", "voice_heard"]
    assert running.toggle() == "stop"
    running.wait()
    assert running.recorder_state.condition == "off"
    state = session.state
    (segment,) = state.segments.values()
    assert segment.file == "session.audio/0001.wav"
    assert segment.frames is not None
    assert segment.duration_s == pytest.approx(segment.frames / segment.rate, abs=0.3)
    assert state.recordings[recording.id].why == "stopped"
    assert state.open_own_recording is None
    assert len(state.anchors) >= 48
    assert sum(row.duration_s for row in state.voice.values()) > 30
    first = next(iter(state.turns.values()))
    assert cover_of_turn(state, first) == "kring"
    running.close()
    assert verify(session.store.path).is_whole


def test_many_anchors_are_one_act_on_the_disk(session: Session, studio: Studio, running: Recordist) -> None:
    before = len(session.history.events)
    studio.hear(running, 120)
    assert len(session.history.events) - before <= 10


def test_anchors_lie_where_the_sound_was(session: Session, studio: Studio, running: Recordist) -> None:
    session.clock.clock.step_wall(90_000)  # type: ignore[attr-defined]
    studio.hear(running, 35)
    running.close()
    for row in session.state.anchors.values():
        # the fake recorder's clock is the session's: its first frame came at the first anchor
        assert abs(int(row.at) - row.elapsed_us // 1000 - (session.now() - studio.clock.elapsed_ms())) <= 1


def test_a_killed_recorder_is_started_anew_and_its_file_is_whole(
    session: Session, studio: Studio, running: Recordist
) -> None:
    studio.hear(running, 5)
    studio.kill()
    studio.clock.advance(1500)
    running.tick()
    running.wait()
    studio.hear(running, 5)
    assert [row.why for row in session.state.segments.values()] == ["killed", ""]
    assert len(session.state.recordings) == 1
    assert len(set(studio.started)) == 1
    assert running.recorder_state.condition == "on"


def test_a_recorder_that_keeps_failing_is_given_up(session: Session, studio: Studio, running: Recordist) -> None:
    told: list[KringError] = []
    running.tell = told.append
    studio.broken = KringError("No microphone.")
    studio.kill()
    for _ in range(14):
        studio.clock.advance(1500)
        running.tick()
        running.wait()
    assert session.state.open_own_recording is not None  # a sound server may need that long
    for _ in range(10):
        studio.clock.advance(1500)
        running.tick()
        running.wait()
    assert session.state.open_own_recording is None
    assert 1 <= len(told) <= 6
    assert next(iter(session.state.recordings.values())).why == "killed"


def test_a_recorder_that_failed_is_started_anew_and_one_fault_an_hour_is_never_too_many(
    session: Session, studio: Studio, running: Recordist
) -> None:
    for _ in range(8):
        studio.hear(running, 65)
        assert studio.now is not None
        studio.now.stop("failed")
        studio.clock.advance(1500)
        running.tick()
        running.wait()
        assert running.recorder_state.condition == "on"
    assert len(session.state.recordings) == 1
    assert [row.why for row in session.state.segments.values()] == ["failed"] * 8 + [""]


def test_frames_that_moved_to_another_file_leave_no_moment_behind(
    session: Session, studio: Studio, running: Recordist
) -> None:
    studio.hear(running, 5)
    assert studio.now is not None
    lost_at = session.now()
    studio.clock.advance(3000)
    studio.hear(running, 5)
    first, second = session.state.segments.values()
    assert first.why == "lost samples"
    assert abs(int(first.ended_at or 0) - lost_at) <= 1
    assert abs(int(second.started_at) - lost_at - 3000) <= 1
    assert all(row.frames <= (first.frames or 0) for row in session.state.anchors.values() if row.segment == first.id)


def test_another_screen_takes_up_what_a_killed_one_left(
    make_session: Callable[..., Session], studio: Studio, clock: SimulatedClock
) -> None:
    first = make_session()
    first.do(decision(sessions.start, passing=True))
    recordist = recordist_of(first, studio)
    begin(recordist)
    studio.hear(recordist, 3)
    first.store.close()  # the screen is killed: nobody closes the recordist
    assert studio.now is not None
    studio.now.hear(20_000)
    second = make_session("Els", "moderator", first.store.path)
    again = recordist_of(second, studio)
    again.tick()
    assert again.recorder_state.condition == "on"
    assert again.is_on
    again.toggle()
    again.wait()
    (segment,) = second.state.segments.values()
    assert segment.duration_s == pytest.approx(23, abs=2)
    assert len(second.state.recordings) == 1


def test_two_screens_write_nothing_twice(
    make_session: Callable[..., Session], studio: Studio, running: Recordist, session: Session
) -> None:
    other_session = make_session("Els", "moderator", session.store.path)
    other = recordist_of(other_session, studio)
    assert studio.now is not None
    for _ in range(5 * 100):
        studio.now.hear(200)
        for one in (running, other):
            one.session.tick()
            one.tick()
    running.toggle()
    running.wait()
    other.tick()
    other_session.tick()
    other.close()
    session.tick()
    anchored = [e for e in session.history.events if isinstance(e.fact, f.SegmentAnchored)]
    frames = [anchor.frames for event in anchored for anchor in event.fact.anchors]
    assert len(frames) == len(set(frames)) == len(session.state.anchors)
    assert len(anchored) <= 6
    assert kinds(session).count("recording_started") == kinds(session).count("recording_stopped") == 1


def test_the_end_of_the_session_ends_the_recording(session: Session, studio: Studio, running: Recordist) -> None:
    studio.hear(running, 2)
    session.do(decision(ending.end))
    running.wait()
    studio.clock.advance(1000)
    running.tick()
    running.wait()
    assert session.state.open_own_recording is None
    assert session.state.recordings[studio.started[0]].why == "stopped"


def test_who_ends_the_session_and_leaves_at_once_leaves_no_recorder_behind(
    session: Session, studio: Studio, running: Recordist
) -> None:
    studio.hear(running, 2)
    session.do(decision(ending.end))
    running.close()
    assert not studio.is_running(running.folder)
    assert session.state.recordings[studio.started[0]].why == "stopped"
    assert [row.why for row in session.state.segments.values()] == ["stopped"]


def test_who_leaves_a_session_that_goes_on_leaves_its_recorder(
    session: Session, studio: Studio, running: Recordist
) -> None:
    studio.hear(running, 2)
    running.close()
    assert studio.is_running(running.folder)
    assert session.state.open_own_recording is not None


def test_a_full_disk_ends_the_recording_and_not_the_session(
    session: Session, studio: Studio, running: Recordist
) -> None:
    studio.hear(running, 2)
    assert studio.now is not None
    studio.now.stop("disk full")
    studio.now = None
    studio.clock.advance(1500)
    running.tick()
    assert session.state.recordings[studio.started[0]].why == "disk full"
    session.do(decision(floor.give, "1"))
    assert running.recorder_state.condition == "off"
    assert len(studio.started) == 1  # and it is not started anew


def test_a_full_disk_is_a_technical_issue_until_a_recording_runs_again(
    session: Session, studio: Studio, running: Recordist
) -> None:
    studio.hear(running, 2)
    assert studio.now is not None
    studio.now.stop("disk full")
    studio.now = None
    studio.clock.advance(1500)
    running.tick()
    (issue,) = session.state.issues.values()
    assert (issue.title, issue.ended_at) == ("the recording stopped: the disk is full", None)
    studio.clock.advance(90_000)
    begin(running)
    (issue,) = session.state.issues.values()
    assert issue.duration_s == pytest.approx(91, abs=2)


def test_who_presses_the_key_a_moment_after_somebody_else_stops_nothing(
    make_session: Callable[..., Session], studio: Studio, running: Recordist, session: Session
) -> None:
    other_session = make_session("Els", "moderator", session.store.path)
    other = recordist_of(other_session, studio)
    assert other.toggle() == "runs", "nobody there knows of it yet"
    other.tick()
    studio.clock.advance(3_000)
    assert other.is_of_others_just_now
    assert other.toggle() == "runs"
    assert studio.now is not None
    studio.clock.advance(3_000)
    assert not other.is_of_others_just_now
    assert other.toggle() == "stop"
    other.wait()


def test_another_microphone_takes_over_and_one_that_is_not_there_leaves_what_the_computer_uses(
    session: Session, studio: Studio, running: Recordist
) -> None:
    studio.hear(running, 3)
    running.change_microphone()
    with pytest.raises(Refused):
        running.toggle()
    running.wait()
    first, second = session.state.recordings.values()
    assert (first.why, second.ended_at) == ("stopped", None)
    assert int(second.started_at) - int(first.ended_at or 0) < 1500
    told: list[KringError] = []
    running.tell = told.append
    studio.gone = {"Yeti, ALSA"}
    running._choice = lambda: Choice("Yeti, ALSA", 2)  # type: ignore[method-assign]
    running.change_microphone()
    running.wait()
    assert len(told) == 1
    assert session.state.open_own_recording is not None
    assert not session.state.issues


def test_who_began_it_may_stop_it_at_once(studio: Studio, running: Recordist) -> None:
    assert running.toggle() == "stop"
    running.wait()


def test_a_recording_of_long_ago_is_not_taken_up_by_itself(
    make_session: Callable[..., Session], studio: Studio, clock: SimulatedClock
) -> None:
    first = make_session()
    recordist = recordist_of(first, studio)
    begin(recordist)
    studio.hear(recordist, 2)
    studio.kill()
    first.store.close()
    clock.advance(FORGOTTEN_MS + 60_000)
    second = make_session(path=first.store.path)
    again = recordist_of(second, studio)
    again.tick()
    assert second.state.open_own_recording is None
    assert len(studio.started) == 1
    (segment,) = second.state.segments.values()
    assert segment.why == "killed"
    assert segment.duration_s == pytest.approx(2, abs=1)


def test_a_computer_that_was_restarted_bends_no_time(
    make_session: Callable[..., Session], studio: Studio, clock: SimulatedClock, tmp_path: Path
) -> None:
    first = make_session()
    first.do(decision(sessions.start, passing=True))
    recordist = recordist_of(first, studio)
    begin(recordist)
    began = first.now()
    studio.hear(recordist, 2)
    studio.kill()
    first.store.close()
    clock.boot, clock._elapsed = "another", 5_000
    clock.advance(30_000)
    second = make_session(path=first.store.path)
    recordist_of(second, studio).tick()
    (segment, *_rest) = second.state.segments.values()
    assert abs(int(segment.started_at) - began) < 1000
    assert abs(int(segment.ended_at or 0) - began - 2000) < 1500


def test_what_cannot_be_written_is_taken_in_later(session: Session, studio: Studio, running: Recordist) -> None:
    studio.hear(running, 2)
    session.store.connection.execute("pragma query_only = on")
    assert studio.now is not None
    studio.now.lose(1000)
    studio.now.hear(2000)
    running.tick()
    studio.clock.advance(1000)
    running.tick()
    assert len(session.state.segments) == 1
    session.store.connection.execute("pragma query_only = off")
    studio.clock.advance(1500)
    running.tick()
    assert [row.why for row in session.state.segments.values()] == ["device gone", ""]


def test_own_recordings_are_nobody_s_undo(session: Session, running: Recordist) -> None:
    session.undo(anyway=True)  # the start
    with pytest.raises(Refused, match="nothing of yours"):
        session.undo(anyway=True)
    assert session.state.open_own_recording is not None


def test_a_fault_is_told_and_a_second_key_has_to_wait(session: Session, studio: Studio) -> None:
    told: list[KringError] = []
    recordist = recordist_of(session, studio, tell=told.append)
    studio.broken = KringError("No microphone.")
    recordist.toggle()
    with pytest.raises(Refused):
        recordist.toggle()
    recordist.wait()
    assert [str(problem.sentence) for problem in told] == ["No microphone."]
    assert recordist.recorder_state.condition == "off"
    assert not session.state.recordings


def test_the_line_of_the_clocks_is_drawn_once_for_all_that_was_heard(
    session: Session, studio: Studio, running: Recordist, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Mapping] = []

    def draw(pieces: list[Piece]) -> Mapping:
        drawn.append(Mapping(pieces))
        return drawn[-1]

    for _ in range(20):
        studio.hear(running, 1)
    monkeypatch.setattr("kring.audio.align.Mapping", draw)
    later = recordist_of(session, studio)
    later.tick()
    later.close()  # of hours of sound each line is a long one, and there may be thousands of voices
    assert len(session.state.voice) > 100
    assert len(drawn) == 1
