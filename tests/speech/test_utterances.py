"""Words get the turn of their moment, and an utterance ends where the turn, the breath or a long sentence ends."""

import msgspec
import pytest

from conftest import START_MS
from kring.domain.decide import correcting, decision, ending
from kring.domain.decide import floor as floor_verbs
from kring.domain.decide import session as session_verbs
from kring.speech.utterances import Heard, utterances


@pytest.fixture
def talk(session, clock):
    """P1 has the floor from 10 to 20 s, P2 to 30 s, nobody to 40 s; the session ends at 60 s."""
    session.do(decision(session_verbs.start, True))
    for seconds, floor in ((10, "1"), (20, "2"), (30, "silence")):
        clock.advance(START_MS + seconds * 1000 - session.now())
        session.do(decision(floor_verbs.give, floor))
    clock.advance(30_000)
    session.do(decision(ending.end))
    return session.state


def word(second: float, text: str = "woord", lasts: float = 0.4) -> Heard:
    return Heard(START_MS + round(second * 1000), START_MS + round((second + lasts) * 1000), text)


def speakers(state, made):
    return [state.turns[one.turn].participant if one.turn else None for one in made]


def test_each_word_goes_to_the_turn_of_its_middle(talk):
    made = utterances(talk, [word(18, "Ik"), word(19.5, "vind"), word(19.9, "ja"), word(20.5, "precies")])
    assert [one.text for one in made] == ["Ik vind", "ja precies"]
    assert speakers(talk, made) == ["P1", "P2"]
    assert [each[2] for each in made[0].words] == ["Ik", "vind"]
    assert made[0].words[0][:2] == (18.0, 18.4)
    assert (made[1].started_ms, made[1].ended_ms) == (START_MS + 19_900, START_MS + 20_900)


def test_what_nobody_has_the_floor_for_is_kept_without_a_turn(talk):
    made = utterances(talk, [word(5), word(25), word(35)])
    assert speakers(talk, made) == [None, "P2", None]


def test_a_pause_parts_and_a_breath_does_not(talk):
    made = utterances(talk, [word(11), word(12.8), word(14.8)])
    assert [len(one.words) for one in made] == [2, 1]


def test_a_long_stretch_is_parted_after_a_sentence(talk):
    short = [word(40.5 + place / 2, "Klaar.") for place in range(29)]
    long = [word(30 + place * 0.7, "stop." if place == 35 else "en") for place in range(42)]
    made = utterances(talk, long)
    assert [len(one.words) for one in made] == [36, 6]
    assert made[0].text.endswith("stop.")
    assert len(utterances(talk, short)) == 1


def test_what_was_said_before_and_after_the_session_is_left_out(talk):
    made = utterances(talk, [word(-3, "roddel"), word(2, "Welkom"), word(61, "nabespreking")])
    assert [one.text for one in made] == ["Welkom"]


def test_text_of_a_machine_is_cleaned_like_any_other(talk):
    (one,) = utterances(talk, [word(12, "\x1b[31mrood\n"), word(12.5, "b\u202eidi")])
    assert one.text == "[31mrood bidi"
    assert [each[2] for each in one.words] == ["[31mrood", "bidi"]
    assert msgspec.json.encode(one)


def test_a_removed_turn_gets_no_words(session, clock, talk):
    first = next(iter(talk.turns.values()))
    session.do(decision(correcting.remove, first.id))
    assert speakers(session.state, utterances(session.state, [word(12)])) == [None]
