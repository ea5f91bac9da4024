"""Where a recording lies by what is heard in it: the speech of whoever speaks, laid beside the turns of the log."""

from __future__ import annotations

import random

import pytest

from imports.evening import MINUTE, START, Evening, recording
from kring.domain.state import State
from kring.imports.clocks import TOO_LITTLE, UNCLEAR, Proposal, propose
from kring.imports.parsed import Clock, Parsed, Sound
from kring.imports.sound_pieces import laid, remarks

HEARD = "turns of the log that begin where somebody is heard"
MARK = "the log says when the platform's recording began"


def heard(evening: Evening, parts: list[tuple[int, int]]) -> Parsed:
    """What is heard of an evening in a recording of these parts of it, one after the other, with breaths in turns."""
    chance, phrases = random.Random(evening.seed + 1), []
    for _who, begin, end in evening.turns:
        at = begin
        while at < end:
            until = min(at + chance.randint(900, 5_000), end)
            phrases.append((at, until))
            at = until + chance.choice([350, 450, 600, 900])
    speech, before = [], 0
    for begin, end in parts:
        inside = [(max(at, begin), min(until, end)) for at, until in phrases if until > begin and at < end]
        speech += [(at - begin + before, until - begin + before) for at, until in inside]
        before += end - begin
    sound = Sound(lasts_ms=before, speech=tuple(speech))
    return Parsed(format="recording", clock=Clock.RECORDING, sound=sound)


def whats(found: Proposal) -> list[str]:
    return [str(one.what).partition(":")[0] for one in found.offset.evidence] if found.offset is not None else []


@pytest.mark.parametrize("seed", range(6))
def test_the_turns_of_the_log_tell_where_a_recording_begins(seed: int) -> None:
    evening = Evening(seed, minutes=45)

    found = propose(evening.state(), heard(evening, [(4 * MINUTE + 250, 40 * MINUTE)]))

    assert found.offset is not None
    assert abs(found.offset.ms - (4 * MINUTE + 250)) < 300
    assert 0 < found.offset.spread_ms < 1_500
    assert whats(found) == [HEARD]
    assert not found.doubts


def test_a_key_that_was_pressed_late_is_put_right_and_told() -> None:
    evening = Evening(3, minutes=30)

    found = propose(evening.state(recording(70_000)), heard(evening, [(60_000, 30 * MINUTE)]))

    assert found.offset is not None
    assert abs(found.offset.ms - 60_000) < 300
    assert whats(found) == [HEARD, MARK]
    assert len(found.doubts) == 1


@pytest.mark.parametrize("seed", range(20))
def test_the_recording_of_another_evening_does_not_fit(seed: int) -> None:
    state, other = Evening(seed).state(), heard(Evening(seed + 50), [(0, 30 * MINUTE)])

    assert propose(state, other) == Proposal(None, (UNCLEAR,))


def test_the_recording_of_another_evening_is_doubted_where_the_log_has_a_mark() -> None:
    found = propose(Evening(1).state(recording(5_000)), heard(Evening(2), [(0, 25 * MINUTE)]))

    assert whats(found) == [MARK]
    assert UNCLEAR in found.doubts


@pytest.mark.parametrize("seed", range(3))
def test_after_a_pause_each_piece_lies_where_its_own_speech_is(seed: int) -> None:
    evening = Evening(seed, minutes=60)
    parts = [(60_000, 25 * MINUTE), (31 * MINUTE, 58 * MINUTE)]
    state = evening.state(recording(62_000, 25 * MINUTE + 3_000), recording(31 * MINUTE + 4_000, 58 * MINUTE + 1_000))
    read = heard(evening, parts)

    found = propose(state, read)
    assert found.offset is not None
    pieces = laid(state, read, found.offset.ms)

    assert [round(one.lasts_ms / MINUTE) for one in pieces] == [24, 27]
    # where in the recording the pause lies, the log tells by keys that were some seconds late
    whole = zip(pieces, parts, (0, 24 * MINUTE), strict=True)
    held = [(one.at_ms - one.from_ms, begin - at) for one, (begin, _end), at in whole]
    assert all(abs(by - START - right) < 300 for by, right in held)
    assert all(len(one.anchors) > 30 and one.spread_ms < 1_500 for one in pieces)


def test_a_pause_that_was_logged_and_not_made_is_told() -> None:
    evening = Evening(1, minutes=60)
    state = evening.state(recording(60_000, 30 * MINUTE), recording(40 * MINUTE, 60 * MINUTE))
    read = heard(evening, [(60_000, 60 * MINUTE)])

    found = propose(state, read)
    assert found.offset is not None
    (told,) = remarks(laid(state, read, found.offset.ms))

    assert str(told).startswith("From 29:0")
    assert not list(remarks(laid(evening.state(), read, 60_000)))


def test_a_begin_that_somebody_chose_is_left() -> None:
    evening = Evening(2)
    read = heard(evening, [(0, 30 * MINUTE)])

    (there,) = laid(evening.state(), read, 0, 300)
    (elsewhere,) = laid(evening.state(), read, 0, 90_000)

    assert (there.at_ms - START, len(there.anchors) > 30) == (300, True)
    assert (elsewhere.at_ms - START, len(elsewhere.anchors)) == (90_000, 0)


def test_without_turns_or_without_speech_nothing_is_claimed() -> None:
    silent = Parsed(format="recording", clock=Clock.RECORDING, sound=Sound(lasts_ms=30 * MINUTE))
    nobody_logged: State = Evening(1, missed=1.0).state()

    assert propose(Evening(1).state(), silent) == Proposal(None)
    assert propose(Evening(1, minutes=8).state(), heard(Evening(2), [(0, 8 * MINUTE)])) == Proposal(None, (TOO_LITTLE,))
    assert propose(nobody_logged, heard(Evening(1), [(0, 30 * MINUTE)])).offset is None


@pytest.mark.parametrize(
    ("minutes", "pause"),
    [(60, (30 * MINUTE, 32 * MINUTE)), (60, (15 * MINUTE, 15 * MINUTE + 20_000)), (60, (36 * MINUTE, 44 * MINUTE))],
)
@pytest.mark.parametrize("seed", range(3))
def test_a_pause_that_nobody_logged_is_found(seed: int, minutes: int, pause: tuple[int, int]) -> None:
    evening = Evening(seed, minutes=minutes)
    read = heard(evening, [(60_000, pause[0]), (pause[1], minutes * MINUTE)])

    found = propose(evening.state(), read)
    assert found.offset is not None
    for chosen, by in ((None, 0), (63_000, 3_000)):
        first, second = laid(evening.state(), read, found.offset.ms, chosen)
        assert abs(first.at_ms - START - 60_000 - by) < (300 if chosen is None else 1)
        assert abs(second.at_ms - second.from_ms - START - 60_000 - (pause[1] - pause[0]) - by) < 600
        assert abs(first.lasts_ms - (pause[0] - 60_000)) < 90_000
    told = [str(one) for one in remarks(laid(evening.state(), read, found.offset.ms))]
    assert len(told) == 1
    assert "which nobody logged" in told[0]


@pytest.mark.parametrize("seed", range(8))
def test_no_pause_is_found_where_there_was_none(seed: int) -> None:
    evening = Evening(seed, minutes=45, missed=0.3)
    read = heard(evening, [(60_000, 45 * MINUTE)])

    found = propose(evening.state(), read)
    assert found.offset is not None
    (whole,) = laid(evening.state(), read, found.offset.ms)

    assert len(whole.anchors) > 30
    assert not list(remarks((whole,)))
