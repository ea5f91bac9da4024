"""What becomes true of those who only watch: their questions, which notes they see, what they say to each other."""

from __future__ import annotations

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.evolve.closing import Evolvers, on_clock, open_item
from kring.domain.evolve.notes import MOST_NUMBER
from kring.domain.state import State


def _asked(state: State, event: Event, fact: f.ObserverQuestionAsked) -> list[r.Row]:
    if not fact.question or fact.question in state.observer_questions:
        return []
    return [
        r.ObserverQuestionRow(
            id=fact.question,
            number=fact.number if 0 < fact.number <= MOST_NUMBER else len(state.observer_questions) + 1,
            text=fact.text,
            item=open_item(state),
            asked_by=event.actor,
            at=event.at,
            t=on_clock(state, event.at),
        )
    ]


def _filtered(state: State, event: Event, fact: f.ObserverQuestionFiltered) -> list[r.Row]:
    row = state.observer_questions.get(fact.question)
    if row is None:
        return []
    row, waiting = replace(row, status=fact.status, reason=fact.reason), _waiting_cues(state, row)
    match fact.status:
        case "new":
            row = replace(row, decided_at=None, decided_by="", raised_at=None, raised_by="")
        case "asked":
            seen = [replace(cue, seen_at=event.at, seen_by=event.actor) for cue in waiting]
            return [replace(row, raised_at=event.at, raised_by=event.actor), *seen]
        case _:
            row = replace(row, decided_at=event.at, decided_by=event.actor, raised_at=None, raised_by="")
    if fact.status == "accepted":
        return [row, *([] if waiting else [_cue(state, event, row)])]
    return [row, *(replace(cue, removed_at=event.at) for cue in waiting)]


def _waiting_cues(state: State, question: r.ObserverQuestionRow) -> list[r.CueRow]:
    return [cue for cue in state.cues.values() if cue.question == question.id and cue.seen_at is None]


def _cue(state: State, event: Event, question: r.ObserverQuestionRow) -> r.CueRow:
    return r.CueRow(
        id=event.id,
        text=question.text,
        sender=event.actor,
        at=event.at,
        t=on_clock(state, event.at),
        question=question.id,
    )


def _notes_shown(state: State, event: Event, fact: f.NotesShownToObservers) -> list[r.Row]:
    return [replace(state.session, observers_see=fact.notes)] if state.session.id else []


def _talked(state: State, event: Event, fact: f.BackRoomTalked) -> list[r.Row]:
    if not state.session.back_room_kept:
        return []
    row = r.BackRoomRow(id=event.id, text=fact.text, said_by=event.actor, at=event.at, t=on_clock(state, event.at))
    return [row]


EVOLVERS: Evolvers = {
    f.ObserverQuestionAsked: _asked,
    f.ObserverQuestionFiltered: _filtered,
    f.NotesShownToObservers: _notes_shown,
    f.BackRoomTalked: _talked,
}
