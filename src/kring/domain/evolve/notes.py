"""What becomes true of the notes and the cues."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.evolve.closing import Evolvers, on_clock
from kring.domain.evolve.speakers import Speaker, speaker_at
from kring.domain.measures.group.rooms import own_room, room_at
from kring.domain.state import State

MOST_NUMBER = 10**9
SAME_CUE_MS = 120_000
"""Computers that were apart send the same cue within a minute of each other, by clocks that are not the same."""
UNFINISHED = ("…", "...")
"""How a quote ends that was caught half."""


def _known(state: State, reference: str | None, table: str) -> str | None:
    return reference if reference in state.tables[table] else None


def _room(state: State, event: Event, participant: str | None, at: int) -> str | None:
    """Return in which room something was said: in that of whom it is about, else of who writes it down."""
    if participant is not None:
        return room_at(state, participant, at)
    led = own_room(state, event.actor)
    return led.id if led is not None and led.started_at <= at else None


def _added(state: State, event: Event, fact: f.NoteAdded) -> list[r.Row]:
    participant, kind = _speaker(state, event, fact)
    # a note is never lost for the sake of a reference that isn't known
    return [
        r.NoteRow(
            id=event.id,
            # before notes had a number, their place was it
            number=fact.number if 0 < fact.number <= MOST_NUMBER else state.last_note + 1,
            kind=fact.note_kind,
            text=fact.text,
            item=_known(state, fact.item, "guide"),
            participant=_known(state, participant, "participants"),
            speaker_kind=kind,
            speaker_by_itself=fact.by_itself,
            room=_room(state, event, participant, fact.at_ms),
            tags=fact.tags,
            starred=fact.starred,
            parked=fact.parked,
            stub=fact.stub,
            code=fact.code,
            at=r.Moment(fact.at_ms),
            t=on_clock(state, fact.at_ms),
            author=event.actor,
            role=event.role,
            written_at=event.at,
        )
    ]


def _speaker(state: State, event: Event, fact: f.NoteAdded) -> Speaker:
    """Return whose words a note holds: where nobody said so, by the log as all laptops together have it.

    Words of who withdrew on another laptop stay theirs, and are withheld with all that is.
    """
    turn = state.open_turn
    if not fact.by_itself or fact.participant in state.withdrawn:
        return fact.participant, fact.speaker_kind
    if turn is not None and turn.kind != "silence":
        runs = turn.participant, turn.kind
        if runs == (fact.participant, fact.speaker_kind):  # as nearly always, and also where another clock is ahead
            return runs
        if fact.at_ms >= max(event.at, turn.started_at):
            return runs
    return speaker_at(state, fact.at_ms)


def _changed(state: State, event: Event, fact: f.NoteChanged) -> list[r.Row]:
    note = state.notes.get(fact.note)
    if note is None:
        return []
    given: dict[str, Any] = {
        "kind": fact.note_kind,
        "text": fact.text,
        "speaker_kind": fact.speaker_kind,
        "tags": fact.tags,
        "starred": fact.starred,
        "parked": fact.parked,
        "stub": fact.stub,
        "drafted": fact.drafted,
    }
    if fact.at_ms is not UNSET:
        given |= {"at": r.Moment(fact.at_ms), "t": on_clock(state, fact.at_ms)}
    if fact.item is not UNSET:
        given["item"] = _known(state, fact.item, "guide")
    if fact.participant is not UNSET:
        given["participant"] = _known(state, fact.participant, "participants")
    if fact.participant is not UNSET or fact.speaker_kind is not UNSET:
        given["speaker_by_itself"] = False
    given = {name: value for name, value in given.items() if value is not UNSET}
    if given.get("stub") is False:  # somebody completed it by hand
        given["drafted"] = False
    if given.get("participant", note.participant) != note.participant:
        given["room"] = _room(state, event, given["participant"], given.get("at", note.at))
    return [replace(note, changed_at=event.at, **given)]


def _heard(state: State, event: Event, fact: f.NoteHeard) -> list[r.Row]:
    note = state.notes.get(fact.note)
    return [] if note is None else [replace(note, drafted=False, stub=note.text.endswith(UNFINISHED))]


def _raised(state: State, event: Event, fact: f.NoteRaised) -> list[r.Row]:
    note = state.notes.get(fact.note)
    return [] if note is None else [replace(note, raised_at=event.at)]


def _removed(state: State, event: Event, fact: f.NoteRemoved) -> list[r.Row]:
    note = state.notes.get(fact.note)
    return [] if note is None else [replace(note, removed_at=event.at)]


def _cue_sent(state: State, event: Event, fact: f.CueSent) -> list[r.Row]:
    same = _of_another_computer(state, event, fact) if fact.automatic else None
    return [
        r.CueRow(
            id=event.id,
            text=fact.text,
            value=fact.value,
            sender=event.actor,
            automatic=fact.automatic,
            at=event.at,
            t=on_clock(state, event.at),
            same_as=same.id if same else None,
            removed_at=event.at if same else None,
        )
    ]


def _of_another_computer(state: State, event: Event, fact: f.CueSent) -> r.CueRow | None:
    """Return the cue that a computer sent by itself, and another one that was apart too."""
    sent = (cue for cue in state.cues.values() if cue.automatic and cue.text == fact.text)
    return next((cue for cue in sent if abs(cue.at - event.at) <= SAME_CUE_MS), None)


def _cue_seen(state: State, event: Event, fact: f.CueSeen) -> list[r.Row]:
    cues = state.tables[r.CueRow.TABLE]
    told = cues.get(fact.cue)
    both = (told, cues.get(told.same_as or "")) if isinstance(told, r.CueRow) else ()
    unseen = [cue for cue in both if isinstance(cue, r.CueRow) and cue.seen_at is None]
    return [replace(cue, seen_at=event.at, seen_by=event.actor) for cue in unseen]


EVOLVERS: Evolvers = {
    f.NoteAdded: _added,
    f.NoteChanged: _changed,
    f.NoteHeard: _heard,
    f.NoteRaised: _raised,
    f.NoteRemoved: _removed,
    f.CueSent: _cue_sent,
    f.CueSeen: _cue_seen,
}
