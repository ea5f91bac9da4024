"""Whose words a note holds where nobody said so: those of whoever had the floor at its moment, also after that is put
right.
"""

from __future__ import annotations

from math import inf
from typing import Any

from msgspec.structs import replace

from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.evolve.closing import Evolver
from kring.domain.state import State

JUST_NOW_MS = 10_000
"""How long after a turn a note in silence is still about it."""
Speaker = tuple[str | None, r.TurnKind | None]
"""The code of a participant, if it is one, and the kind of speaker; nobody, where both are None."""


def speaker_at(state: State, at: int) -> Speaker:
    """Return who had the floor at a moment of the talk; in a silence whoever had it just before."""
    over = state.session.ended_at
    if over is not None and at >= over:
        return None, None
    turn = next((one for one in reversed(state.turns.values()) if _held(one, at)), None)
    if turn is None or turn.kind == "silence":
        return _last_speaker(state, at)
    return turn.participant, turn.kind


def _held(turn: r.TurnRow, at: int) -> bool:
    return turn.removed_at is None and turn.started_at <= at < (turn.ended_at or at + 1)


def _last_speaker(state: State, at: int) -> Speaker:
    for turn in reversed(state.turns.values()):
        if turn.removed_at is None and turn.kind != "silence" and turn.started_at <= at:
            ended = turn.ended_at or at
            return (turn.participant, turn.kind) if at - ended <= JUST_NOW_MS else (None, None)
    return None, None


def followed_by_notes(evolver: Evolver) -> Evolver:
    """Return an evolver of turns after which notes are by whoever had the floor at their moment, as it is known now.

    Those whose speaker somebody named stay as they are.
    """

    def evolve(state: State, event: Event, fact: Any) -> list[r.Row]:
        rows = evolver(state, event, fact)
        turns = [row for row in rows if isinstance(row, r.TurnRow)]
        return [*rows, *_moved(state, state.put(rows), turns)] if turns else rows

    return evolve


def followed_where_late(evolver: Evolver) -> Evolver:
    """Return an evolver of an act that may end a turn: where it is told later, the notes since then follow."""
    followed = followed_by_notes(evolver)
    return lambda state, event, fact: (evolver if fact.at_ms is None else followed)(state, event, fact)


def _moved(before: State, after: State, turns: list[r.TurnRow]) -> list[r.Row]:
    """Return the notes that are by somebody else than before, where turns were, and are."""
    concerned = [*turns, *(before.turns[turn.id] for turn in turns if turn.id in before.turns)]
    begin = min(turn.started_at for turn in concerned)
    end = max(inf if turn.ended_at is None else turn.ended_at + JUST_NOW_MS for turn in concerned)
    rows: list[r.Row] = []
    for note in after.notes.values():
        if not note.speaker_by_itself or note.removed_at is not None or not begin <= note.at <= end:
            continue
        was, becomes = speaker_at(before, note.at), speaker_at(after, note.at)
        if was != becomes and (note.participant, note.speaker_kind) == was:
            rows.append(replace(note, participant=becomes[0], speaker_kind=becomes[1]))
    return rows
