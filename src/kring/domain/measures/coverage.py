"""Coverage: which recording, kring's own or the platform's, holds a moment of the session; or none.

The platform records the main room only: what happens while an item that splits the group is open is not in it.
"""

from __future__ import annotations

from typing import Literal

from kring.domain import rows as r
from kring.domain.state import State

Cover = Literal["kring", "platform", ""]


def cover(state: State, from_ms: int, to_ms: int | None = None, item: str | None = None) -> Cover:
    """Return whose recording holds a stretch from its begin to its end, on an item of the guide."""
    to_ms = from_ms if to_ms is None else to_ms
    if any(_holds(segment, from_ms, to_ms) for segment in state.segments.values()):
        return "kring"
    if is_in_breakout(state, item):
        return ""
    platform = (row for row in state.recordings.values() if row.source == "platform")
    return "platform" if any(_holds(row, from_ms, to_ms) for row in platform) else ""


def cover_of_note(state: State, note: r.NoteRow) -> Cover:
    """Return whose recording holds the moment of a note."""
    return cover(state, note.at, item=note.item)


def cover_of_turn(state: State, turn: r.TurnRow) -> Cover:
    """Return whose recording holds a turn from its begin to its end."""
    return cover(state, turn.started_at, turn.ended_at, turn.item)


def uncovered_quotes(state: State) -> list[r.NoteRow]:
    """Return the quotes that no recording holds, in a session that is recorded at all."""
    if not state.recordings:
        return []
    quotes = (note for note in state.notes.values() if note.kind == "quote" and note.removed_at is None)
    return [note for note in quotes if not cover_of_note(state, note)]


def is_in_breakout(state: State, item: str | None) -> bool:
    """Tell whether an item of the guide is, or stands below, one for which the group splits."""
    row = state.guide.get(item or "")
    for _ in range(len(state.guide)):
        if row is None:
            return False
        if row.kind == "breakout":
            return True
        row = state.guide.get(row.parent or "")
    return False


def _holds(row: r.SegmentRow | r.RecordingRow, from_ms: int, to_ms: int) -> bool:
    return row.started_at <= from_ms and (row.ended_at is None or to_ms <= row.ended_at)
