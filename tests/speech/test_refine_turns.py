"""Better turns, measured: conversations of which the truth is known, logged by observers who are late and miss some."""

import shutil
from statistics import mean

import numpy as np
import pytest

from kring.speech import proposals as proposing
from kring.speech import refine_turns
from kring.speech.features import CELL_S, FeatureExtractor
from kring.speech.proposals import Proposed, Span
from kring.speech.refine_turns import Heard, Speaker, Turn
from speech.conversation import RATE, Pressed, by_espeak, made, observed, share_error
from speech.scoring import error_rate

OBSERVERS = range(3)


def speaker(who):
    return Speaker("moderator") if who == "moderator" else Speaker("participant", who)


def spoken(turns):
    return [(turn.speaker.participant or "moderator", turn.started, turn.ended) for turn in turns]


def logged(presses):
    return [Turn(str(n), speaker(one.speaker), one.from_ms, one.to_ms) for n, one in enumerate(presses)]


def heard(samples, rate=RATE, begin_ms=0.0):
    samples = samples if samples.ndim > 1 else samples[:, None]
    ear = FeatureExtractor(rate, samples.shape[1])
    for begin in range(0, len(samples), 7 * rate):  # blocks whose length is no multiple of anything
        ear.hear(samples[begin : begin + 7 * rate])
    sound = ear.sound()
    return Heard(sound, begin_ms + np.arange(len(sound)) * CELL_S * 1000, np.ones(len(sound), np.bool_))


def accepted(log, proposals):
    """The log when every proposal is accepted."""
    turns = {turn.id: turn for turn in log}
    for number, one in enumerate(proposals):
        match one.change:
            case "add":
                turns[f"new {number}"] = Turn("", one.speaker, one.started, one.ended)
            case "remove":
                del turns[one.turn]
            case "move":
                turns[one.turn] = turns[one.turn]._replace(started=one.started, ended=one.ended)
            case "reassign":
                turns[one.turn] = turns[one.turn]._replace(speaker=one.speaker)
    return list(turns.values())


def measured(conversation, piece, seed):
    """Error rate and error of the shares, by the hand log and with every proposal accepted."""
    log = logged(observed(conversation.truth, seed))
    turns = refine_turns.refined(log, [piece])
    better = spoken(accepted(log, proposing.proposals(log, turns, [Span(0, conversation.length_ms)])))
    by_hand = spoken(log)
    truth = conversation.truth
    return (
        error_rate(truth, by_hand),
        error_rate(truth, better),
        share_error(truth, by_hand),
        share_error(truth, better),
    )


def require_espeak():
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed")


@pytest.fixture(scope="module")
def in_vowels():
    conversation = made(90, seed=1)
    return conversation, heard(conversation.samples)


def test_the_error_rate_is_that_of_nist():
    truth = [("A", 0, 10_000), ("B", 10_000, 20_000)]
    assert error_rate(truth, truth) == 0
    assert error_rate(truth, [("A", 0, 20_000)]) == pytest.approx(0.5, abs=0.01)
    assert error_rate(truth, [("A", 200, 10_200), ("B", 10_200, 19_800)]) == 0  # within the collar
    assert error_rate(truth, [*truth, ("C", 0, 20_000)]) == pytest.approx(1.0, abs=0.01)
    assert error_rate(truth, [("A", 0, 10_000)]) == pytest.approx(0.5, abs=0.01)


def test_voices_made_here_are_told_apart_better_than_the_hand_log_does(in_vowels):
    hand, better, hand_share, better_share = map(
        mean, zip(*(measured(*in_vowels, seed) for seed in OBSERVERS), strict=True)
    )
    assert hand > 0.2
    assert better < 0.06
    assert better_share < hand_share


@pytest.mark.slow
def test_a_dutch_conversation_is_told_apart_better_than_the_hand_log_does():
    require_espeak()
    conversation = by_espeak(90, seed=2)
    piece = heard(conversation.samples)
    figures = [measured(conversation, piece, seed) for seed in OBSERVERS]
    hand, better, hand_share, better_share = map(mean, zip(*figures, strict=True))
    assert hand > 0.2
    assert better < 0.10
    assert all(refined < by_hand / 2 for by_hand, refined, *_ in figures)
    assert better_share < hand_share


@pytest.mark.slow
def test_noise_makes_it_worse_but_not_worse_than_the_hand():
    require_espeak()
    conversation = by_espeak(60, seed=3, noise=0.005)
    piece = heard(conversation.samples)
    hand, better, *_ = map(mean, zip(*(measured(conversation, piece, seed) for seed in OBSERVERS), strict=True))
    assert better < 0.6 * hand


def test_a_microphone_for_each_person_tells_people_of_one_voice_apart():
    conversation = made(40, seed=4)
    people = sorted({who for who, _, _ in conversation.truth})
    chance = np.random.default_rng(1)
    gains = chance.uniform(0.2, 1.0, len(people))
    everybody = one_voice(conversation)
    channels = np.zeros((len(everybody), len(people)), np.float32)
    for who, begin, end in conversation.truth:
        at = slice(int(begin / 1000 * RATE), int(end / 1000 * RATE))
        for channel, other in enumerate(people):
            channels[at, channel] += everybody[at] * (1.0 if other == who else 0.25)
    channels = (channels * gains + chance.normal(0, 0.001, channels.shape)).astype(np.float32)
    piece, alone = heard(channels), heard(everybody)
    several = mean(measured(conversation, piece, seed)[1] for seed in OBSERVERS)
    mixed = mean(measured(conversation, alone, seed)[1] for seed in OBSERVERS)
    assert several < 0.06
    assert several < mixed / 3


def one_voice(conversation):
    """The same conversation as if everybody had one voice: a piece of sound, over and over."""
    _, begin, end = max(conversation.truth, key=lambda turn: turn[2] - turn[1])
    piece = conversation.samples[int(begin / 1000 * RATE) : int(end / 1000 * RATE)]
    samples = np.zeros_like(conversation.samples)
    for number, (_, start, stop) in enumerate(conversation.truth):
        at, to = int(start / 1000 * RATE), int(stop / 1000 * RATE)
        samples[at:to] += np.resize(np.roll(piece, -number * 777), to - at)
    return samples + np.random.default_rng(2).normal(0, 0.001, len(samples)).astype(np.float32)


def test_the_wrong_key_is_found(in_vowels):
    conversation, piece = in_vowels
    presses = [Pressed(who, begin + 900, end + 900) for who, begin, end in conversation.truth]
    wrong = max(range(len(presses)), key=lambda n: conversation.truth[n][2] - conversation.truth[n][1])
    right = presses[wrong].speaker
    presses[wrong] = presses[wrong]._replace(speaker="P1" if right != "P1" else "P2")
    log = logged(presses)
    turns = refine_turns.refined(log, [piece])
    found = [
        one for one in proposing.proposals(log, turns, [Span(0, conversation.length_ms)]) if one.turn == str(wrong)
    ]
    assert "reassign" in {one.change for one in found}
    assert {one.speaker for one in found} == {speaker(right)}


def test_a_turn_of_somebody_unknown_gets_its_name(in_vowels):
    conversation, piece = in_vowels
    log = logged([Pressed(who, begin + 900, end + 900) for who, begin, end in conversation.truth])
    longest = max(log, key=lambda turn: turn.ended - turn.started)
    log[int(longest.id)] = longest._replace(speaker=Speaker("unknown"))
    found = proposing.proposals(log, refine_turns.refined(log, [piece]), [Span(0, conversation.length_ms)])
    assert [one.speaker for one in found if one.turn == longest.id and one.change == "reassign"] == [longest.speaker]


def test_who_was_hardly_logged_keeps_the_turns_that_were():
    conversation = made(40, seed=6)
    log = logged([Pressed(who, begin + 900, end + 900) for who, begin, end in conversation.truth])
    stranger = min((turn for turn in log if turn.length > 1500), key=lambda turn: turn.length)
    log[int(stranger.id)] = stranger._replace(speaker=Speaker("crosstalk"))
    turns = refine_turns.refined(log, [heard(conversation.samples)])
    began = stranger.started - 900
    assert any(turn.speaker.kind == "crosstalk" and abs(turn.started - began) < 1000 for turn in turns)
    assert all(abs(turn.started - began) < 3000 for turn in turns if turn.speaker.kind == "crosstalk")


def test_times_are_those_of_the_session_and_nothing_is_heard_outside_the_talk(in_vowels):
    conversation, piece = in_vowels
    at = 1_800_000_000_000.0
    log = [
        turn._replace(started=turn.started + at, ended=turn.ended + at)
        for turn in logged(observed(conversation.truth, 1))
    ]
    live = piece.times < 100_000
    turns = refine_turns.refined(log, [Heard(piece.sound, piece.times + at, live)])
    assert turns
    assert all(at <= turn.started < turn.ended <= at + 100_050 for turn in turns)
    found = proposing.proposals(log, turns, [Span(at, at + 100_000)])
    later = {turn.id for turn in log if turn.started - 900 > at + 100_000}
    assert later
    assert not later & {one.turn for one in found}


def test_blocks_of_any_size_make_the_same_sound():
    samples = made(6, seed=9).samples[:, None]
    whole, parts = FeatureExtractor(RATE, 1), FeatureExtractor(RATE, 1)
    whole.hear(samples)
    for begin in range(0, len(samples), 1234):
        parts.hear(samples[begin : begin + 1234])
    for one, other in zip(whole.sound(), parts.sound(), strict=True):
        np.testing.assert_allclose(one, other, atol=0.2)
    assert len(whole.sound()) == pytest.approx(len(samples) / RATE / CELL_S, abs=1)


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000])
def test_a_pitch_is_heard_at_every_rate(rate):
    times = np.arange(2 * rate) / rate
    tone = sum(np.sin(2 * np.pi * 150 * overtone * times) / overtone for overtone in range(1, 20))
    piece = heard(0.1 * tone.astype(np.float32), rate)
    assert len(piece.sound) == pytest.approx(2 / CELL_S, abs=1)
    assert 2 ** np.median(piece.sound.pitch) == pytest.approx(150, rel=0.03)


def test_nothing_and_silence_are_heard_as_nothing():
    log = [Turn("1", speaker("P1"), 0, 5_000)]
    for samples in (np.zeros(0, np.float32), np.zeros(5 * RATE, np.float32), np.zeros(100, np.float32)):
        assert refine_turns.refined(log, [heard(samples)]) == []
    assert refine_turns.refined([], [heard(np.zeros(RATE, np.float32))]) == []
    assert refine_turns.refined(log, []) == []


# what becomes a proposal

ALL = [Span(0, 100_000)]
ANNA, BO = speaker("P1"), speaker("P2")


def test_a_late_key_is_a_move_and_a_small_difference_is_nothing():
    log = [Turn("1", ANNA, 10_900, 20_900), Turn("2", BO, 20_900, 30_000)]
    heard_turns = [Turn("", ANNA, 10_000, 20_000), Turn("", BO, 20_600, 30_300)]
    assert proposing.proposals(log, heard_turns, ALL) == [Proposed("move", "1", ANNA, 10_000, 20_000)]


def test_what_was_corrected_is_not_taken_for_late():
    log = [Turn("1", ANNA, 10_000, 10_500, is_exact=True), Turn("2", ANNA, 12_000, 12_600, is_exact=True)]
    assert proposing.proposals(log, [turn._replace(id="") for turn in log], ALL) == []


def test_a_turn_that_nobody_logged_is_added_and_one_that_nobody_heard_removed():
    log = [Turn("1", ANNA, 10_900, 20_900)]
    heard_turns = [Turn("", BO, 40_000, 45_000)]
    found = proposing.proposals(log, heard_turns, ALL)
    assert found == [Proposed("remove", "1", ANNA, 10_900, 20_900), Proposed("add", None, BO, 40_000, 45_000)]


def test_another_speaker_at_other_times_is_two_proposals():
    log = [Turn("1", ANNA, 10_900, 20_900)]
    found = proposing.proposals(log, [Turn("", BO, 10_000, 20_000)], ALL)
    assert found == [Proposed("move", "1", BO, 10_000, 20_000), Proposed("reassign", "1", BO, 10_900, 20_900)]


def test_a_silence_moves_with_what_is_heard_around_it():
    silence = refine_turns.SILENCE
    log = [Turn("1", ANNA, 10_900, 20_900), Turn("2", silence, 20_900, 30_900), Turn("3", ANNA, 30_900, 50_900)]
    heard_turns = [Turn("", ANNA, 10_000, 20_000), Turn("", ANNA, 30_000, 50_000)]
    found = proposing.proposals(log, heard_turns, ALL)
    assert Proposed("move", "2", silence, 20_000, 30_000) in found
    talked_through = [Turn("", ANNA, 10_000, 50_000)]
    assert Proposed("remove", "2", silence, 20_900, 30_900) in proposing.proposals(log, talked_through, ALL)


def test_without_sound_nothing_is_proposed():
    log = [Turn("1", ANNA, 10_900, 20_900), Turn("2", BO, 60_900, 70_900)]
    assert proposing.proposals(log, [], []) == []
    assert [one.turn for one in proposing.proposals(log, [], [Span(0, 30_000)])] == ["1"]


def test_a_turn_of_which_half_was_recorded_is_left_alone():
    log = [Turn("1", ANNA, 10_900, 40_900)]
    assert proposing.proposals(log, [Turn("", ANNA, 10_000, 25_000)], [Span(0, 25_000)]) == []
