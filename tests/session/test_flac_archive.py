"""The keeper: after the session the sound becomes FLAC by itself, in one program only, and nobody waits for it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import soundfile

from kring.audio import flac as keeping
from kring.audio.flac import Kept, Progress, fingerprint
from kring.domain import facts as f
from kring.domain.decide import decision, ending, recording
from kring.domain.decide import session as sessions
from kring.domain.text import KringError, Sentence
from kring.session.flac_archive import CALM_MS, LOOK_MS, FlacArchive
from kring.session.session import Session
from kring.system.clock import SimulatedClock
from kring.system.file_lock import Lock
from kring.system.worker_process import DIED, Failed
from record.recorded import record
from studio import Studio, recordist_of

SEGMENTS = (6, 3)


class Work:
    """Work in the background of which the test tells how it goes."""

    def __init__(self, wavs: list[Path]) -> None:
        self.wavs = wavs
        self.news: list[keeping.News] = []
        self.is_over = False
        self.was_left = False

    def poll(self) -> list[keeping.News]:
        news, self.news = self.news, []
        return news

    def leave(self) -> None:
        self.was_left = True

    def keep(self, wav: Path) -> None:
        """Make a FLAC as the process would, and tell of it."""
        self.news += [step for step in keeping.keep(wav) if isinstance(step, Kept)]


class Bench:
    """A keeper, what it began and what it said."""

    def __init__(self, session: Session, clock: SimulatedClock) -> None:
        self.clock = clock
        self.begun: list[Work] = []
        self.done: list[str] = []
        self.failed: list[str] = []
        self.keeper = FlacArchive(session, self._begin)
        self.keeper.done = lambda sentence: self.done.append(str(sentence))
        self.keeper.fail = lambda problem: self.failed.append(str(problem.sentence))

    def _begin(self, wavs: list[Path], _title: str, _day: str) -> Work:  # type: ignore[override]
        self.begun.append(Work(wavs))
        return self.begun[-1]

    def tick(self, ms: int = LOOK_MS, is_free: bool = True) -> None:
        self.clock.advance(ms)
        self.keeper.tick(is_free=is_free)


@pytest.fixture
def recorded(session: Session, clock: SimulatedClock) -> Session:
    """A session with two files of sound that has just ended."""
    session.do(decision(sessions.start, passing=True))
    record(session, clock, SEGMENTS)
    session.do(decision(recording.stopped, "R1", "stopped", computer=session.me.device))
    session.do(decision(ending.end))
    return session


@pytest.fixture
def bench(recorded: Session, clock: SimulatedClock) -> Bench:
    return Bench(recorded, clock)


@pytest.fixture
def calm(bench: Bench) -> Bench:
    bench.tick(CALM_MS)
    assert len(bench.begun) == 1
    return bench


def names(session: Session) -> list[str]:
    return sorted(path.name for path in folder(session).iterdir() if path.suffix in (".wav", ".flac"))


def folder(session: Session) -> Path:
    return session.store.path.with_suffix(".audio")


def kept(session: Session) -> list[f.SegmentKept]:
    return [event.fact for event in session.history.events if isinstance(event.fact, f.SegmentKept)]


def finish(*keepers: FlacArchive) -> None:
    """Tick as the screens do, until the first of them has nothing more to do."""
    latest = time.monotonic() + 20
    while keepers[0].share is not None:
        assert time.monotonic() < latest
        time.sleep(0.02)
        for keeper in keepers:
            keeper.session.tick()
            keeper.tick(is_free=True)


def test_after_the_end_all_sound_is_kept_by_itself(recorded: Session, clock: SimulatedClock) -> None:
    keeper, told, shares = FlacArchive(recorded), [], []
    keeper.done = told.append
    clock.advance(CALM_MS)
    keeper.tick(is_free=True)
    while keeper.share is not None:
        shares.append(keeper.share)
        time.sleep(0.01)
        keeper.tick(is_free=True)
    assert told == [Sentence("The sound is kept as FLAC; every sample was compared.")]
    assert shares == sorted(shares)
    assert shares[-1] > 0
    assert names(recorded) == ["0001.flac", "0002.flac"]
    for segment, seconds in zip(recorded.state.segments.values(), SEGMENTS, strict=True):
        flac = recorded.store.path.parent / segment.file
        assert (segment.sha256, segment.bytes) == fingerprint(flac)
        assert soundfile.info(flac).duration == seconds
    assert {event.role for event in recorded.history.events if isinstance(event.fact, f.SegmentKept)} == {"program"}


def test_nothing_begins_while_the_session_may_go_on(recorded: Session, bench: Bench, clock: SimulatedClock) -> None:
    bench.tick(CALM_MS - 1000)
    assert not bench.begun
    bench.tick(is_free=False)  # a recorder lives, or is being stopped
    assert not bench.begun
    recorded.undo(anyway=True)
    bench.tick(CALM_MS)
    assert not bench.begun
    recorded.redo()
    bench.tick()
    assert [wav.name for wav in bench.begun[0].wavs] == ["0001.wav", "0002.wav"]


def test_undoing_the_end_stops_it_and_ending_again_goes_on(recorded: Session, calm: Bench) -> None:
    (work,) = calm.begun
    recorded.undo(anyway=True)
    calm.tick()
    assert work.was_left
    assert calm.keeper.share is None
    recorded.redo()
    calm.tick(CALM_MS)
    assert len(calm.begun) == 2
    assert names(recorded) == ["0001.wav", "0002.wav"]


def test_a_recording_that_begins_after_all_stops_it(calm: Bench) -> None:
    calm.tick(is_free=False)
    assert calm.begun[0].was_left


def test_what_is_done_when_the_program_closes_is_written(recorded: Session, calm: Bench) -> None:
    (work,) = calm.begun
    work.keep(work.wavs[0])
    calm.keeper.close()
    assert work.was_left
    assert names(recorded) == ["0001.flac", "0002.wav"]
    assert [fact.file for fact in kept(recorded)] == ["session.audio/0001.flac"]


def test_two_programs_keep_each_file_once(
    recorded: Session, make_session: Callable[..., Session], clock: SimulatedClock
) -> None:
    keepers = [FlacArchive(recorded), FlacArchive(make_session("Els", "assistant", recorded.store.path))]
    clock.advance(CALM_MS)
    keepers[0].tick(is_free=True)
    keepers[1].tick(is_free=True)  # whether it sees the other one or comes at the same moment
    finish(*keepers)
    clock.advance(LOOK_MS)
    finish(*reversed(keepers))
    assert [fact.segment for fact in kept(recorded)] == ["R1/1", "R1/2"]
    assert names(recorded) == ["0001.flac", "0002.flac"]


def test_a_program_that_comes_second_says_nothing(
    recorded: Session, clock: SimulatedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[KringError] = []
    keeper = FlacArchive(recorded)
    keeper.fail = told.append
    other = Lock(folder(recorded), keeping.LOCK)
    assert other.take()
    try:
        clock.advance(CALM_MS)
        with monkeypatch.context() as same_moment:
            same_moment.setattr("kring.session.flac_archive.file_lock.is_held", lambda *_: False)
            keeper.tick(is_free=True)
        assert keeper.share is not None
        finish(keeper)
        clock.advance(LOOK_MS)
        keeper.tick(is_free=True)
        assert keeper.share is None  # it's seen that the other is at it: no process for that
    finally:
        other.free()
    assert not told
    assert names(recorded) == ["0001.wav", "0002.wav"]
    clock.advance(LOOK_MS)
    keeper.tick(is_free=True)
    finish(keeper)
    assert names(recorded) == ["0001.flac", "0002.flac"]


def test_closing_waits_for_nothing_and_the_next_run_goes_on(recorded: Session, clock: SimulatedClock) -> None:
    keeper = FlacArchive(recorded)
    clock.advance(CALM_MS)
    keeper.tick(is_free=True)
    assert keeper._work is not None
    process = keeper._work._process
    os.kill(process.pid, signal.SIGSTOP)  # it hangs
    begun = time.monotonic()
    keeper.close()
    assert time.monotonic() - begun < 0.3
    with suppress(ProcessLookupError):  # it may be gone already
        os.kill(process.pid, signal.SIGCONT)
    process.wait(10)
    assert not list(folder(recorded).glob("*.part"))
    again = FlacArchive(recorded)
    again.tick(is_free=True)
    finish(again)
    assert names(recorded) == ["0001.flac", "0002.flac"]


def test_what_cannot_be_written_now_is_written_later(recorded: Session, calm: Bench) -> None:
    (work,) = calm.begun
    for wav in work.wavs:
        work.keep(wav)
    work.is_over = True
    recorded.store.connection.execute("pragma query_only = on")
    calm.tick()
    assert names(recorded) == ["0001.flac", "0001.wav", "0002.flac", "0002.wav"]
    assert not calm.done
    recorded.store.connection.execute("pragma query_only = off")
    calm.tick()
    assert names(recorded) == ["0001.flac", "0002.flac"]
    assert len(calm.done) == 1


@pytest.mark.parametrize("failure", [Failed(Sentence("No room."), "0002.wav"), DIED])
def test_a_failure_is_told_once_and_not_tried_again(recorded: Session, calm: Bench, failure: Failed) -> None:
    (work,) = calm.begun
    work.keep(work.wavs[0])
    work.news.append(failure)
    work.is_over = True
    for _ in range(5):
        calm.tick()
    assert calm.failed == [str(failure.sentence)]
    assert not calm.done
    assert len(calm.begun) == 1
    assert names(recorded) == ["0001.flac", "0002.wav"]


def test_where_all_is_kept_or_nothing_was_recorded_nothing_begins(session: Session, clock: SimulatedClock) -> None:
    session.do(decision(sessions.start, passing=True))
    session.do(decision(ending.end))
    bench = Bench(session, clock)
    bench.tick(CALM_MS)
    bench.tick()
    assert not bench.begun
    assert not bench.done


# With the recordist.


@pytest.fixture
def studio(clock: SimulatedClock) -> Iterator[Studio]:
    studio = Studio(clock)
    yield studio
    if studio.now is not None:
        studio.now.kill()


def test_the_recordist_stops_the_recording_and_then_lets_the_sound_be_kept(
    session: Session, studio: Studio, clock: SimulatedClock
) -> None:
    bench = Bench(session, clock)
    recordist = recordist_of(session, studio, keeper=bench.keeper)
    session.do(decision(sessions.start, passing=True))
    recordist.toggle()
    recordist.wait()
    studio.hear(recordist, 5)
    session.do(decision(ending.end))
    clock.advance(CALM_MS)
    recordist.tick()
    assert not bench.begun
    recordist.wait()
    clock.advance(LOOK_MS)
    recordist.tick()
    assert recordist.recorder_state.condition == "keeping"
    assert not recordist.is_on
    bench.begun[0].news.append(Progress("0001.wav", 0.43))
    recordist.tick()
    assert recordist.recorder_state.share == 0.43
    recordist.close()
    assert bench.begun[0].was_left
