"""Words get the turn of their moment, and an utterance ends where the turn, the breath or a long sentence ends."""

import msgspec
import pytest

from conftest import START_MS
from kring.domain import facts as f
from kring.domain.decide import bringing_in, correcting, decision, ending
from kring.domain.decide import floor as floor_verbs
from kring.domain.decide import session as session_verbs
from kring.speech.utterances import Heard, utterances
from kring.store.verify import verify


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


SAID = [word(18, "Ik"), word(19, "vind"), word(19.5, "het"), word(20.5, "duur"), word(21, "ja"), word(22, "precies")]


@pytest.fixture
def written_down(session, talk):
    """The words of P1 and P2, as a machine wrote them down by the turns that were logged."""
    made = utterances(session.state, SAID)
    session.do_as_program(decision(bringing_in.read, "machine", "nl", made))
    return session


def who_said(session) -> list[tuple[str | None, str]]:
    alive = [row for row in session.state.transcript.values() if row.removed_at is None]
    return [(row.participant, row.text) for row in sorted(alive, key=lambda row: row.started_at)]


def turn_of(session, participant: str) -> str:
    return next(turn.id for turn in session.state.alive_turns if turn.participant == participant)


def at(second: float) -> int:
    return START_MS + round(second * 1000)


LOGGED = [("P1", "Ik vind het"), ("P2", "duur ja precies")]
CORRECTIONS = {
    "moved": (lambda s: (correcting.move, turn_of(s, "P1"), at(10), at(20.95)), [("P1", "Ik vind het"), LOGGED[1]]),
    "begins later": (
        lambda s: (correcting.move, turn_of(s, "P2"), at(20.95), at(30)),
        [("P1", "Ik vind het"), ("P2", "duur ja precies")],
    ),
    "begins earlier": (
        lambda s: (correcting.move, turn_of(s, "P2"), at(18.9), at(30)),
        [("P1", "Ik"), ("P2", "vind het"), ("P2", "duur ja precies")],
    ),
    "split": (
        lambda s: (correcting.split, turn_of(s, "P2"), at(20.95), "3"),
        [("P1", "Ik vind het"), ("P2", "duur"), ("P3", "ja precies")],
    ),
    "added between": (
        lambda s: (correcting.add, "4", at(20.95), at(21.9)),
        [("P1", "Ik vind het"), ("P2", "duur"), ("P4", "ja"), ("P2", "precies")],
    ),
    "merged": (
        lambda s: (correcting.merge, turn_of(s, "P1"), turn_of(s, "P2")),
        [("P1", "Ik vind het"), ("P1", "duur ja precies")],
    ),
    "named": (
        lambda s: (floor_verbs.name_turn, "3", turn_of(s, "P2")),
        [("P1", "Ik vind het"), ("P3", "duur ja precies")],
    ),
}


@pytest.mark.parametrize("correction", CORRECTIONS)
def test_words_follow_the_turns_whatever_becomes_of_those(written_down, correction):
    assert who_said(written_down) == LOGGED
    decided, said = CORRECTIONS[correction]
    written_down.do(decision(*decided(written_down)))
    assert who_said(written_down) == said
    alive = [row for row in written_down.state.transcript.values() if row.removed_at is None]
    assert [each[2] for row in sorted(alive, key=lambda row: row.started_at) for each in row.words] == [
        heard.text for heard in SAID
    ], "no word is lost, none comes twice"
    written_down.undo()
    assert who_said(written_down) == LOGGED


def test_words_of_a_turn_that_nobody_spoke_stay_with_it_so_that_they_stay_in(written_down):
    gone = turn_of(written_down, "P2")
    written_down.do(decision(correcting.remove, gone))
    (kept,) = [row for row in written_down.state.transcript.values() if row.participant == "P2"]
    assert (kept.turn, kept.removed_at) == (gone, None)


def test_parts_become_one_again_when_their_turns_do(written_down):
    written_down.do(decision(correcting.split, turn_of(written_down, "P2"), at(20.95), "3"))
    assert len(who_said(written_down)) == 3
    written_down.do(decision(correcting.merge, turn_of(written_down, "P2"), turn_of(written_down, "P3")))
    assert who_said(written_down) == LOGGED


def test_accepted_proposals_take_the_words_along(written_down):
    proposed = (
        f.TurnProposed("move", turn_of(written_down, "P1"), "participant", "P1", at(10), at(18.9)),
        f.TurnProposed("move", turn_of(written_down, "P2"), "participant", "P2", at(18.9), at(30)),
    )
    written_down.do_as_program(decision(correcting.propose, "energy", proposed))
    ids = tuple(row.id for row in written_down.state.turn_proposals.values())
    written_down.do(decision(correcting.decide, ids, True))
    assert who_said(written_down) == [("P1", "Ik"), ("P2", "vind het"), ("P2", "duur ja precies")]


def test_what_is_written_down_in_the_file_is_what_follows_from_its_events(written_down, tmp_path):
    written_down.do(decision(correcting.split, turn_of(written_down, "P2"), at(20.95), "3"))
    written_down.close()
    assert verify(written_down.store.path).is_whole
