"""The sentences of the floor: who speaks, who it was, and who is there again because of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kring.domain import facts as f
from kring.domain.events import Event
from kring.domain.rows import Status
from kring.domain.state import State
from kring.domain.text import N_, Sentence
from kring.domain.words import FLOOR_SENTENCES, SPEAKER_WORDS, called

RETURNS: dict[Status, str] = {
    "expected": N_("{what}; was not in yet, is here now"),
    "waiting": N_("{what}; was not in yet, is here now"),
    "away": N_("{what}; was away, is back now"),
    "left": N_("{what}; had left, is back now"),
    "no_show": N_("{what}; was a no-show, is here now"),
}


def _given(state: State, event: Event, fact: f.FloorGiven) -> Sentence:
    told = Sentence(FLOOR_SENTENCES[fact.to], {"who": called(state, fact.participant)})
    if (turn := state.room_turns.get(event.id)) is not None:
        told = Sentence("{what}, in room {n}", {"what": told, "n": state.rooms[turn.room].number})
    told = _with_return(state, event, told)
    since = fact.at_ms
    if since is None:
        return told
    noted = (note for note in state.notes.values() if since <= note.at and note.written_at <= event.at)
    theirs = [note for note in noted if note.speaker_by_itself and note.removed_at is None]
    n = sum((note.participant, note.speaker_kind) == (fact.participant, fact.to) for note in theirs)
    return Sentence("{what}; notes since then: {n}", {"what": told, "n": n}) if n else told


def _named(state: State, event: Event, fact: f.TurnNamed) -> Sentence:
    who: str | Sentence = called(state, fact.participant) if fact.participant else Sentence(SPEAKER_WORDS[fact.to])
    return _with_return(state, event, Sentence("That turn was by {who}", {"who": who}))


def _with_return(state: State, event: Event, told: Sentence) -> Sentence:
    """Return what was told, with how the speaker's attendance stood if the turn changed that: the key may be wrong."""
    begun = state.attendance.get(event.id)
    if begun is None or begun.logged or begun.removed_at is not None:
        return told
    others = [one for one in state.attendance.values() if one.id != begun.id and one.removed_at is None]
    before = [one for one in others if one.participant == begun.participant and one.ended_at == begun.started_at]
    if before:
        return Sentence(RETURNS[before[-1].status], {"what": told}) if before[-1].status in RETURNS else told
    was_taken = any(one.logged and one.status in ("waiting", "present") for one in others)
    return Sentence(RETURNS["expected"], {"what": told}) if was_taken else told


SENTENCES: dict[type[f.Fact], Callable[[State, Event, Any], Sentence]] = {f.FloorGiven: _given, f.TurnNamed: _named}
