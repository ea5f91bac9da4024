"""Voices that a machine gave numbers are proposed by the log, as questions; of another evening nothing is."""

from __future__ import annotations

import pytest

from imports.evening import NAMES, Evening, recording
from kring.domain.state import State
from kring.imports.clocks import propose
from kring.imports.names import Choice, match_names, people_of
from kring.imports.parsed import Parsed
from kring.imports.preview import Match
from kring.imports.voices import compare, named

VOICES = {name: f"SPEAKER_{number:02}" for number, name in enumerate(("Els", *NAMES))}


def _nameless(parsed: Parsed) -> Parsed:
    cues = tuple(one.model_copy(update={"speaker": VOICES[one.speaker]}) for one in parsed.utterances)
    return parsed.model_copy(update={"utterances": cues})


def _matches(state: State, parsed: Parsed, chosen: dict[str, Choice] | None = None) -> list[Match]:
    labels = dict.fromkeys([one.speaker for one in parsed.utterances], 1)
    return list(match_names(labels, people_of(state), chosen))


@pytest.mark.parametrize("seed", range(3))
def test_voices_are_proposed_by_whose_turns_they_fill(seed: int) -> None:
    evening = Evening(seed, minutes=40)
    state, parsed = evening.state(), _nameless(evening.transcript(200_000))
    matches = _matches(state, parsed)

    found = compare(state, parsed, matches)
    assert found is not None
    told = {one.label: one for one in named(state, matches, found)}

    for name, voice in VOICES.items():
        who = told[voice].participant or told[voice].who
        assert who == (f"P{NAMES.index(name) + 1}" if name in NAMES else "moderator")
        assert told[voice].is_open
        assert str(told[voice].why).endswith(f" % when {name} has the floor: choose")

    proposal = propose(state, parsed, matches, found.clue)
    assert proposal.offset is not None
    assert abs(proposal.offset.ms - 200_000) < 600


def test_of_another_evening_no_voice_is_proposed() -> None:
    state, parsed = Evening(1, minutes=40).state(recording(0)), _nameless(Evening(2, minutes=40).transcript())
    matches = _matches(state, parsed)

    assert compare(state, parsed, matches) is None
    assert named(state, matches, None) == matches


def test_those_that_somebody_chose_stay_and_still_tell_the_others() -> None:
    evening = Evening(3, minutes=40)
    state, parsed = evening.state(), _nameless(evening.transcript())
    chosen = {voice: Choice("unknown") for name, voice in VOICES.items() if name != "Bert"}
    matches = _matches(state, parsed, chosen)

    told = {one.label: one for one in named(state, matches, compare(state, parsed, matches))}
    assert told[VOICES["Bert"]].participant == "P2"
    assert told[VOICES["Anna"]].who == "unknown"


def test_where_no_voice_is_open_nothing_is_compared() -> None:
    evening = Evening(4, minutes=20)
    assert compare(evening.state(), evening.transcript(), _matches(evening.state(), evening.transcript())) is None
