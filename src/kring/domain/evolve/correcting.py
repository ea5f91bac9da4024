"""What becomes true of turns that are corrected afterwards; a turn that still runs can only get another speaker."""

from __future__ import annotations

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.evolve.attendance import followed_by_attendance
from kring.domain.evolve.closing import Evolvers, ended, item_at, on_clock, seconds
from kring.domain.evolve.speakers import followed_by_notes
from kring.domain.evolve.utterances import followed_by_words
from kring.domain.state import State


def named(event: Event, turn: r.TurnRow, kind: r.TurnKind, participant: str | None) -> r.TurnRow:
    """Return a turn with another speaker."""
    return replace(turn, kind=kind, participant=participant if kind == "participant" else None, changed_at=event.at)


def moved(state: State, event: Event, turn: r.TurnRow, started_ms: int, ended_ms: int) -> r.TurnRow | None:
    """Return a turn with another begin and end, on the question that was open then."""
    if turn.ended_at is None or turn.removed_at is not None or ended_ms < started_ms:
        return None
    return replace(
        turn,
        started_at=r.Moment(started_ms),
        ended_at=r.Moment(ended_ms),
        t=on_clock(state, started_ms),
        duration_s=seconds(started_ms, ended_ms),
        item=item_at(state, started_ms),
        changed_at=event.at,
    )


def added(
    state: State,
    event: Event,
    turn_id: str,
    kind: r.TurnKind,
    participant: str | None,
    started_ms: int,
    ended_ms: int,
) -> r.TurnRow:
    """Return a turn that nobody logged."""
    return r.TurnRow(
        id=turn_id,
        kind=kind,
        participant=participant if kind == "participant" else None,
        item=item_at(state, started_ms),
        started_at=r.Moment(started_ms),
        ended_at=r.Moment(max(started_ms, ended_ms)),
        t=on_clock(state, started_ms),
        duration_s=seconds(started_ms, ended_ms),
        logged_by=event.actor,
        changed_at=event.at,
    )


def removed(state: State, event: Event, turn: r.TurnRow) -> r.TurnRow | None:
    """Return a turn that counts no longer."""
    if turn.ended_at is None or turn.removed_at is not None:
        return None
    return replace(turn, removed_at=event.at, changed_at=event.at)


def _moved(state: State, event: Event, fact: f.TurnMoved) -> list[r.Row]:
    turn = state.turns.get(fact.turn)
    row = moved(state, event, turn, fact.started_ms, fact.ended_ms) if turn is not None else None
    return [] if row is None else [row]


def _split(state: State, event: Event, fact: f.TurnSplit) -> list[r.Row]:
    turn = state.turns.get(fact.turn)
    known = fact.participant in state.participants
    if turn is None or turn.ended_at is None or turn.removed_at is not None or (fact.to == "participant") != known:
        return []
    if not turn.started_at < fact.at_ms < turn.ended_at:
        return []
    rest = added(state, event, event.id, fact.to, fact.participant, fact.at_ms, turn.ended_at)
    return [replace(ended(turn, r.Moment(fact.at_ms)), changed_at=event.at), rest]


def _merged(state: State, event: Event, fact: f.TurnsMerged) -> list[r.Row]:
    turn, other = state.turns.get(fact.turn), state.turns.get(fact.other)
    if turn is None or other is None or turn is other or other.ended_at is None:
        return []
    gone = removed(state, event, other)
    whole = None
    if turn.ended_at is not None:
        first, last = min(turn.started_at, other.started_at), max(turn.ended_at, other.ended_at)
        whole = moved(state, event, turn, first, last)
    return [] if gone is None or whole is None else [whole, gone]


def _added(state: State, event: Event, fact: f.TurnAdded) -> list[r.Row]:
    if (fact.to == "participant") != (fact.participant in state.participants):
        return []
    return [added(state, event, event.id, fact.to, fact.participant, fact.started_ms, fact.ended_ms)]


def _removed(state: State, event: Event, fact: f.TurnRemoved) -> list[r.Row]:
    turn = state.turns.get(fact.turn)
    row = removed(state, event, turn) if turn is not None else None
    return [] if row is None else [row]


EVOLVERS: Evolvers = {
    f.TurnMoved: followed_by_attendance(followed_by_notes(followed_by_words(_moved))),
    f.TurnSplit: followed_by_notes(followed_by_words(_split)),
    f.TurnsMerged: followed_by_attendance(followed_by_notes(followed_by_words(_merged))),
    f.TurnAdded: followed_by_notes(followed_by_words(_added)),
    f.TurnRemoved: followed_by_attendance(followed_by_notes(followed_by_words(_removed))),
}
