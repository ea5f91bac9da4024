"""Voices to which a machine gave a number: whose turns in the log they fit, each as a question with its reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from kring.domain.state import State
from kring.domain.text import N_, Sentence
from kring.domain.words import called
from kring.imports.clocks import LONGEST_CUE_MS, PAUSE_MS, Clue, logged, said_of
from kring.imports.fitting.overlap import Speaking, best_pairing, in_turns
from kring.imports.parsed import Parsed
from kring.imports.placing import placed
from kring.imports.preview import Match
from kring.privacy.known.file_labels import read_label

LEAST_MS = 5_000
"""How long a voice and a turn of the log must last together."""
CLEARER = 2.0
"""How much longer than with the next person."""


class Voices(NamedTuple):
    """Whom voices fit, as a code or `moderator` with a part of their time in percent; and where the file lies then."""

    people: Mapping[str, tuple[str, int]]
    clue: Clue


def compare(state: State, parsed: Parsed, matches: Sequence[Match]) -> Voices | None:
    """Return whom the voices of a file fit by the log; None where it has no such voices, or that is not clear."""
    voices = {one.label: one.is_open for one in matches if read_label(one.label).sort == "speaker"}
    log = logged(state) if any(voices.values()) else {}
    if not log:
        return None
    said = said_of(state, parsed)
    base = said.offset_ms if said is not None else 0
    pairing = best_pairing(log, _spoken(state, parsed, voices, base))
    if pairing is None:
        return None
    people = {
        voice: (who, round(shared / own * 100))
        for voice, (own, who, shared, with_next) in pairing.voices.items()
        if shared >= LEAST_MS and shared >= CLEARER * with_next
    }
    if not people:
        return None
    what = Sentence(N_("voices that speak when somebody has the floor by the log: {n}"), {"n": len(people)})
    return Voices(people, Clue(what, (round(pairing.shift_ms) + base,)))


def _spoken(state: State, parsed: Parsed, voices: Collection[str], base: int) -> Speaking:
    place = placed(state, parsed, base)
    return in_turns(
        [
            (cue.speaker, place(cue.start_ms), None if cue.end_ms is None else place(cue.end_ms))
            for cue in parsed.utterances
            if cue.speaker in voices and cue.start_ms is not None and not cue.is_approximate
        ],
        PAUSE_MS,
        LONGEST_CUE_MS,
    )


def named(state: State, matches: Sequence[Match], voices: Voices | None) -> list[Match]:
    """Return the names of a file with whom its voices most likely are; each of them stays a question."""
    people = voices.people if voices is not None else {}
    return [_named(state, one, *people[one.label]) if one.is_open and one.label in people else one for one in matches]


def _named(state: State, match: Match, who: str, percent: int) -> Match:
    name = state.session.moderator if who == "moderator" else called(state, who)
    why = Sentence(N_("{percent} % when {name} has the floor: choose"), {"percent": percent, "name": name})
    if who == "moderator":
        return replace(match, who="moderator", why=why)
    return replace(match, who="participant", participant=who, why=why, candidates=(who,))
