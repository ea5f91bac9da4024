"""The simulated people next to somebody who has hands on the same session."""

import random

import pytest

from kring.domain.decide import checks, decision, ending, floor, guide, notes
from kring.domain.decide import recording as recording_verbs
from kring.domain.decide import session as session_verbs
from kring.rehearsal.companion import Companion
from kring.rehearsal.evening import BEFORE_MS
from kring.rehearsal.playing import ZONE, start_of
from kring.rehearsal.step import MINUTE, SECOND
from kring.session import session as sessions
from kring.session.session import Me
from kring.system.clock import FasterClock, SimulatedClock

TEAM = {"Marieke de Wit", "Bo Hendriks"}


class Stage:
    """A session on a real file, its clock, and the companion that is asked four times a second."""

    def __init__(self, path, file, seed=1):
        self.clock = SimulatedClock(start_of(file.plan) - BEFORE_MS)
        me = Me("you", "moderator", "rehearsal")
        chance = random.Random(seed).randbytes
        self.session = sessions.begin(path, file.plan, self.clock, me, chance, ZONE)
        self.companion = Companion(file.plan, seed)

    def wait(self, ms, step=2 * SECOND):
        for _ in range(0, ms, step):
            self.clock.advance(step)
            self.companion.act(self.session)
            self.session.tick()

    def until_live(self):
        while self.state.session.phase != "live":
            self.wait(5 * SECOND)
        self.wait(30 * SECOND)

    @property
    def state(self):
        return self.session.state

    def acts_since(self, count):
        return [event.kind for event in self.session.history.events[count:] if event.actor in TEAM]


@pytest.fixture
def stage(tmp_path, dutch):
    stage = Stage(tmp_path / "s.db", dutch)
    yield stage
    stage.session.close()


def test_left_alone_they_play_the_whole_evening(stage):
    stage.wait(140 * MINUTE, 5 * SECOND)
    assert stage.state.session.phase == "ended"
    assert 215 <= len(stage.state.turns) <= 300
    afterwards = [check for check in stage.state.checks.values() if check.phase == "after" and not check.each]
    assert len(afterwards) > 1
    assert all(check.done_at for check in afterwards)
    assert stage.companion.next_due() is None
    assert len(stage.state.cues) > 1
    assert all(cue.seen_at for cue in stage.state.cues.values())


def test_they_follow_to_another_question(stage):
    stage.until_live()
    stage.session.do(decision(guide.go, "verlopen"))
    stage.wait(2 * MINUTE)
    assert stage.state.current_item.id == "verlopen"
    turns = [turn for turn in stage.state.turns.values() if turn.item == "verlopen"]
    assert len(turns) > 2
    said = [note for note in stage.state.notes.values() if note.item == "verlopen"]
    assert said


def test_a_question_that_was_passed_is_not_gone_back_to(stage):
    stage.until_live()
    stage.session.do(decision(guide.go, "verlopen"))
    stage.wait(18 * MINUTE)
    visited = [visit.item for visit in stage.state.visits.values()]
    assert "cijfer" not in visited
    assert stage.state.current_item.kind == "break"


def test_a_question_that_somebody_skips_is_left_out(stage):
    stage.until_live()
    stage.session.do(decision(guide.skip, "cijfer"))
    stage.wait(45 * MINUTE)
    assert stage.state.guide["cijfer"].skipped_at is not None
    assert "cijfer" not in [visit.item for visit in stage.state.visits.values()]
    assert "verlopen" in [visit.item for visit in stage.state.visits.values()]


def test_they_wait_in_a_pause_and_go_on_after_it(stage):
    stage.until_live()
    stage.session.do(decision(session_verbs.pause))
    count = len(stage.session.history.events)
    stage.wait(3 * MINUTE)
    assert stage.acts_since(count) == []
    stage.session.do(decision(session_verbs.resume))
    stage.wait(MINUTE)
    assert "floor_given" in stage.acts_since(count)


def test_what_is_done_already_is_not_undone(stage):
    stage.wait(20 * SECOND)
    for check in list(stage.state.checks.values()):
        if not check.each and check.done_at is None and not check.recording:
            stage.session.do(decision(checks.tick, check.id))
    stage.session.do(decision(recording_verbs.start))
    stage.until_live()
    assert "check_unticked" not in [event.kind for event in stage.session.history.events]
    assert stage.state.open_recording is not None


def test_the_floor_stays_for_a_while_where_somebody_put_it(stage):
    stage.until_live()
    stage.wait(6 * MINUTE)
    quiet = next(p for p in stage.state.participants.values() if p.status == "present" and p.id != "P1")
    if stage.state.open_turn is None or stage.state.open_turn.participant != quiet.id:
        stage.session.do(decision(floor.give, quiet.id))
    mine = stage.session.do(decision(floor.give, "crosstalk"))
    stage.wait(6 * SECOND)
    assert stage.state.open_turn.id == mine.id
    stage.wait(2 * MINUTE)
    assert stage.state.open_turn.id != mine.id


def test_a_start_that_comes_early_is_followed(stage):
    stage.wait(20 * MINUTE)
    stage.session.do(decision(session_verbs.start, passing=True))
    stage.wait(12 * MINUTE)
    assert stage.state.turns
    assert sum(person.status == "present" for person in stage.state.participants.values()) >= 7


def test_an_end_that_comes_early_is_followed(stage):
    stage.until_live()
    stage.session.do(decision(ending.end))
    count = len(stage.session.history.events)
    stage.wait(30 * MINUTE, 10 * SECOND)
    assert set(stage.acts_since(count)) == {"check_ticked", "debrief_begun", "debrief_answered"}
    assert stage.companion.next_due() is None


def test_undo_takes_back_what_the_person_at_the_keys_did(stage):
    stage.until_live()
    mine = stage.session.do(decision(notes.mark, "mine"))
    stage.wait(MINUTE)
    stage.session.undo()
    assert mine.id in stage.session.history.void


def test_the_screen_never_sees_another_person_at_the_keys(stage):
    seen = []
    stage.session.subscribe(lambda change: seen.append((stage.session.me.name, change.events[0].actor)))
    stage.until_live()
    assert {me for me, _ in seen} == {"you"}
    assert {actor for _, actor in seen} >= TEAM


def test_each_acts_under_the_own_name(stage):
    stage.until_live()
    actors = {event.actor for event in stage.session.history.events if event.role != "program"}
    assert actors == TEAM | {"you"}
    assert stage.session.me.name == "you"


def test_a_faster_clock_runs_faster_and_can_go_ahead():
    real = SimulatedClock(0)
    fast = FasterClock(real, 1_000_000, 10)
    real.advance(2_000)
    assert (fast.wall_ms(), fast.elapsed_ms(), fast.awake_ms()) == (1_020_000, 20_000, 20_000)
    real.sleep(1_000)
    assert fast.elapsed_ms() - fast.awake_ms() == 10_000
    real.step_wall(3_600_000)
    assert fast.wall_ms() == 1_030_000
    fast.skip(5_000)
    assert (fast.wall_ms(), fast.elapsed_ms()) == (1_035_000, 35_000)
    assert fast.boot not in (real.boot, FasterClock(real, 1_000_000, 10).boot)
