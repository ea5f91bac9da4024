"""How far a file's clock is from the session's: found from what both have, shown with its spread, doubted aloud."""

import random
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imports.evening import MINUTE, NAMES, START, Evening, cue, recording
from kring.domain import rows as r
from kring.domain.rows import Moment
from kring.domain.state import State
from kring.imports.clocks import Proposal, propose
from kring.imports.names import match_names, people_of
from kring.imports.parsed import Clock, Message, Parsed, Stay
from kring.imports.preview import Offset


def _proposed(state: State, parsed: Parsed) -> Proposal:
    names = dict.fromkeys(
        [one.speaker for one in parsed.utterances]
        + [message.author for message in parsed.messages]
        + [stay.person for stay in parsed.stays],
        1,
    )
    return propose(state, parsed, match_names(names, people_of(state)))


def _offset(proposal: Proposal) -> int:
    assert proposal.offset is not None
    return proposal.offset.ms


def _whats(proposal: Proposal) -> list[str]:
    assert proposal.offset is not None
    return [re.sub(r": \d+$", "", str(one.what)) for one in proposal.offset.evidence]


TURNS = "turns that the log has too"
MARK = "the log says when the platform's recording began"


@pytest.mark.parametrize("seed", range(6))
def test_turns_of_the_log_tell_where_a_transcript_begins(seed: int) -> None:
    evening = Evening(seed, minutes=20 + 10 * seed)

    found = _proposed(evening.state(recording(70_000)), evening.transcript(95_000))

    assert found.offset is not None
    assert abs(found.offset.ms - 95_000) < 400
    assert 0 < found.offset.spread_ms < 1_500
    assert _whats(found) == [TURNS, MARK]
    (doubt,) = map(str, found.doubts)
    assert doubt.startswith("The clock: +1:3")
    assert doubt.endswith(f", but +1:10 ({MARK}).")


def test_where_nobody_logged_a_recording_the_turns_are_looked_for_in_the_whole_evening() -> None:
    evening = Evening(7, minutes=60)

    assert abs(_offset(_proposed(evening.state(), evening.transcript(25 * MINUTE))) - 25 * MINUTE) < 400


def test_a_transcript_of_another_evening_tells_nothing() -> None:
    assert _proposed(Evening(1).state(), Evening(2).transcript()).offset is None
    assert _whats(_proposed(Evening(1).state(recording(5_000)), Evening(2).transcript())) == [MARK]


@settings(max_examples=8)
@given(st.integers(-90_000, 90_000), st.integers(0, 3))
def test_a_shift_of_all_times_shifts_the_proposal_by_as_much(by_ms: int, seed: int) -> None:
    evening = Evening(seed)
    state, plain = evening.state(recording(0)), evening.transcript()
    moved = plain.model_copy(
        update={
            "utterances": tuple(
                one.model_copy(update={"start_ms": (one.start_ms or 0) + by_ms, "end_ms": (one.end_ms or 0) + by_ms})
                for one in plain.utterances
            )
        }
    )

    assert abs(_offset(_proposed(state, plain)) - _offset(_proposed(state, moved)) - by_ms) <= 300


@settings(max_examples=5)
@given(st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_nothing(chance: random.Random) -> None:
    evening = Evening(3, minutes=12)
    plain = evening.transcript(30_000)
    cues = list(plain.utterances)
    chance.shuffle(cues)

    mixed = plain.model_copy(update={"utterances": tuple(cues)})
    assert _proposed(evening.state(), mixed) == _proposed(evening.state(), plain)


def test_past_a_pause_of_the_recording_the_turns_still_fit() -> None:
    evening = Evening(4, minutes=60)
    first, second = evening.transcript(60_000, 25 * MINUTE), evening.transcript(32 * MINUTE)
    shift = 25 * MINUTE - 60_000
    later = [
        cue(one.line + 1_000, one.speaker, (one.start_ms or 0) + shift, (one.end_ms or 0) + shift)
        for one in second.utterances
    ]
    whole = first.model_copy(update={"utterances": (*first.utterances, *later)})
    state = evening.state(recording(60_000, 25 * MINUTE), recording(32 * MINUTE))

    found = _proposed(state, whole)
    assert found.offset is not None
    assert abs(found.offset.ms - 60_000) < 400
    assert len(found.offset.evidence[0].offsets_ms) > 0.6 * len(evening.turns)


def test_of_two_recordings_the_turns_tell_which_one_a_file_is() -> None:
    evening = Evening(5, minutes=60)
    state = evening.state(recording(60_000, 25 * MINUTE), recording(32 * MINUTE))

    assert abs(_offset(_proposed(state, evening.transcript(32 * MINUTE))) - 32 * MINUTE) < 400

    unnamed = evening.transcript(32 * MINUTE).model_copy(update={"utterances": (cue(1, "SPEAKER_00", 0, 900_000),)})
    assert [str(one) for one in _proposed(state, unnamed).doubts] == [
        "The platform recorded 2 times: look which one this is."
    ]


def _chat(*messages: tuple[int, str], clock: Clock = Clock.WALL, first: int = 0) -> Parsed:
    read = (Message(line=n, at_ms=first + at, author="Anna", text=text) for n, (at, text) in enumerate(messages, 1))
    return Parsed(format="zoom", clock=clock, messages=tuple(read))


WALL_START = START + 3_600_000
"""The start of the session as its wall showed it, counted as if that were UTC."""


def _note(at: int, text: str, import_id: str | None = None) -> r.NoteRow:
    when = Moment(START + at)
    return r.NoteRow(id=f"n{at}", kind="chat", text=text, at=when, written_at=when, import_id=import_id)


SAID = ((60_000, "Sorry, ik hoor u nu weer!"), (90_000, "ja"), (120_000, "handdoeken"), (300_000, "tot zo"))


def test_the_same_messages_in_another_file_go_first() -> None:
    other = [_note(at + 4_000 + at % 7, f"{text} ", "i") for at, text in SAID]

    found = _proposed(Evening(1).state(*other), _chat(*SAID, first=WALL_START))

    assert abs(_offset(found) - 4_000) < 10
    assert _whats(found) == ["messages that another file has too", "the clock of the file"]
    assert found.offset is not None
    assert len(found.offset.evidence[0].offsets_ms) == 3  # ja is written too often to tell anything
    assert found.doubts != ()


def test_a_message_that_was_typed_by_hand_does_not_move_a_clock() -> None:
    soon, late = (_note(at, "sorry ik hoor u nu weer") for at in (85_000, 385_000))
    found = _proposed(Evening(1).state(soon), _chat(*SAID, first=WALL_START))

    assert (_offset(found), _whats(found)) == (0, ["the clock of the file", "chat messages that were typed in the log"])
    assert found.doubts == ()
    assert [str(one) for one in _proposed(Evening(1).state(late), _chat(*SAID, first=WALL_START)).doubts] == [
        "The clock: +0:00 (the clock of the file), but +5:25 (chat messages that were typed in the log: 1)."
    ]


@pytest.mark.parametrize(("hours", "said"), [(-1, "−1:00:00"), (5.5, "+5:30:00"), (-9, "−9:00:00")])
def test_a_clock_of_another_zone_is_told_by_its_hours(hours: float, said: str) -> None:
    by = int(hours * 3_600_000)

    found = _proposed(Evening(1).state(), _chat(*SAID, first=WALL_START + by))

    assert _offset(found) == -by
    assert _whats(found) == [f"the clock of another time zone, {said}"]


def test_who_came_in_together_is_told_by_the_last_of_them() -> None:
    came = [("P1", 10_000), ("P2", 10_000), ("P3", 40_000), ("P4", 70_000)]
    logged = [
        r.AttendanceRow(id=who, participant=who, status="present", started_at=Moment(START + at)) for who, at in came
    ]
    joins = zip(NAMES, (1_000, 7_000, 37_000, 66_000), strict=False)
    stays = tuple(Stay(line=n, person=who, joined_ms=WALL_START + at) for n, (who, at) in enumerate(joins, 1))
    waiting = Stay(line=9, person="Dora", joined_ms=WALL_START - 90_000, in_waiting_room=True)
    parsed = Parsed(format="zoom", clock=Clock.WALL, stays=(*stays, waiting))

    found = _proposed(Evening(1).state(*logged), parsed)

    assert found.offset is not None
    assert found.offset.evidence[1].offsets_ms == (3_000, 3_000, 4_000)
    assert (_offset(found), found.doubts) == (0, ())


def test_what_a_file_says_of_its_beginning_stands_beside_the_log() -> None:
    parsed = Parsed(format="vtt", clock=Clock.RECORDING, begins_utc_ms=START + 10_000)
    state = Evening(1).state(recording(0), recording(12_000))

    assert _offset(_proposed(state, parsed)) == 10_000
    assert _whats(_proposed(state, parsed)) == ["the file says when its recording began", MARK]
    assert _proposed(state, parsed).doubts == ()
    assert len(_proposed(Evening(1).state(recording(0)), parsed).doubts) == 1


def test_where_only_kring_recorded_a_file_begins_with_its_sound() -> None:
    own = [r.RecordingRow(id=f"k{at}", source="kring", started_at=Moment(START + at)) for at in (90_000, 5_000)]
    parsed = Parsed(format="vtt", clock=Clock.RECORDING)

    found = _proposed(Evening(1).state(*own), parsed)
    assert (_offset(found), _whats(found)) == (5_000, ["kring's own recording began then"])
    assert _whats(_proposed(Evening(1).state(*own, recording(0)), parsed)) == [MARK]


def test_a_file_without_times_stays_where_it_is() -> None:
    assert _proposed(Evening(1).state(), Parsed(format="x", clock=Clock.NONE)) == Proposal(Offset(0))


def test_twenty_thousand_cues_take_well_under_a_second() -> None:
    evening = Evening(6, minutes=180)
    cues = []
    for who, first, end in evening.turns:
        cues += [cue(len(cues) + 1, who, at, min(at + 500, end)) for at in range(first, end, 500)]
    state, parsed = evening.state(), Parsed(format="vtt", clock=Clock.RECORDING, utterances=tuple(cues))
    people = match_names(dict.fromkeys((*NAMES, "Els"), 1), people_of(state))
    propose(state, evening.transcript(), people)

    began = time.process_time()
    propose(state, parsed, people)

    assert len(cues) > 20_000
    assert time.process_time() - began < 2  # a tenth of that here
