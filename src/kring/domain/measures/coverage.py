"""Coverage: which recording, kring's own or the platform's, holds a moment of the session; or none.

The platform records the main room only: what happens while an item that splits the group is open, or in a room apart,
is not in it, whether it was logged that it ran or its sound was brought in. What kring records is in the room of that
computer, and in no other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import zip_longest
from typing import Literal

from kring.domain import rows as r
from kring.domain.state import State
from kring.domain.state.row_table import Rows
from kring.domain.stretches import FOREVER_MS, Stretch, shared_ms, united, without

Cover = Literal["kring", "platform", ""]
LEAST_GAP_MS = 1_000
"""A shorter gap is the time that it takes to press a key."""


def cover(
    state: State, from_ms: int, to_ms: int | None = None, item: str | None = None, room: str | None = None
) -> Cover:
    """Return whose recording holds a stretch from its begin to its end, on an item of the guide or in a room apart."""
    to_ms = from_ms if to_ms is None else to_ms
    segments: Collection[r.SegmentRow] = own_segments(state)
    apart = state.rooms.get(room or "")
    if apart is not None:
        segments = [one for one in segments if apart.computer and _computer(state, one) == apart.computer]
    if any(_holds(segment, from_ms, to_ms) for segment in segments) or _hold_together(segments, from_ms, to_ms):
        return "kring"
    if apart is not None or is_in_breakout(state, item):
        return ""
    return "platform" if any(_holds(row, from_ms, to_ms) for row in _of_platform(state)) else ""


def cover_of_note(state: State, note: r.NoteRow) -> Cover:
    """Return whose recording holds the moment of a note."""
    return cover(state, note.at, item=note.item, room=note.room)


def cover_of_turn(state: State, turn: r.TurnRow) -> Cover:
    """Return whose recording holds a turn from its begin to its end."""
    return cover(state, turn.started_at, turn.ended_at, turn.item)


def uncovered_quotes(state: State) -> list[r.NoteRow]:
    """Return the quotes that no recording holds, in a session that is recorded at all."""
    return _OUTSIDE.of(state) if state.recordings or state.segments else []


class _Outside:
    """The quotes that no recording holds, kept from one look to the next: only notes that changed are looked at."""

    def __init__(self) -> None:
        self._rests_on: tuple[object, ...] = ()
        self._notes: Rows[r.NoteRow] = Rows()
        self._found: dict[str, r.NoteRow] = {}

    def of(self, state: State) -> list[r.NoteRow]:
        """Return them in order of arrival."""
        below = tuple((row.id, row.parent, row.kind == "breakout") for row in state.guide.values())
        rests_on = (state.recordings, state.segments, state.rooms, below)
        if any(new is not old and new != old for new, old in zip_longest(rests_on, self._rests_on)):
            self._notes, self._found = Rows(), {}
        changed, gone = state.notes.since(self._notes)
        for note in gone:
            self._found.pop(note.id, None)
        for note in changed:
            if note.kind == "quote" and note.removed_at is None and not cover_of_note(state, note):
                self._found[note.id] = note
            else:
                self._found.pop(note.id, None)
        self._rests_on, self._notes = rests_on, state.notes
        return sorted(self._found.values(), key=lambda note: (note.number, note.id))


_OUTSIDE = _Outside()


def recorded_turns(state: State) -> tuple[int, int]:
    """Return how many turns of participants some recording holds from begin to end, and how many there are."""
    turns = [turn for turn in state.alive_turns if turn.kind == "participant"]
    return sum(bool(cover_of_turn(state, turn)) for turn in turns), len(turns)


def sound_share(state: State) -> float | None:
    """Return of which part of the session's time, 0..1, there is sound; None before the session ended."""
    begin, end = state.session.started_at, state.session.ended_at
    if begin is None or end is None or end <= begin:
        return None
    held = united((row.started_at, row.ended_at) for row in state.segments.values() if row.ended_at is not None)
    return sum(shared_ms(one, (begin, end)) for one in held) / (end - begin)


def uncovered(state: State) -> list[tuple[int, int | None]]:
    """Return the stretches from start to end of the session that no recording holds, epoch ms; None = still lasting."""
    session = state.session
    if session.started_at is None:
        return []
    end = int(session.ended_at or FOREVER_MS)

    def until_end(row: r.SegmentRow | r.RecordingRow | r.VisitRow | r.RoomRow) -> Stretch:
        return int(row.started_at), int(row.ended_at or end)

    platform = [until_end(row) for row in _of_platform(state)]
    apart: list[r.VisitRow | r.RoomRow] = [one for one in state.visits.values() if is_in_breakout(state, one.item)]
    for one in [*apart, *state.rooms.values()]:
        platform = [part for held in platform for part in without(held, until_end(one))]
    left = [(int(session.started_at), end)]
    for held in (*map(until_end, own_segments(state)), *platform):
        left = [part for gap in left for part in without(gap, held)]
    return [(gap[0], None if gap[1] == FOREVER_MS else gap[1]) for gap in left if gap[1] - gap[0] >= LEAST_GAP_MS]


def own_segments(state: State) -> list[r.SegmentRow]:
    """Return the files of kring's own recordings."""
    return [row for row in state.segments.values() if row.source == "kring"]


def heard_in(state: State, segment: r.SegmentRow, absent: Collection[str] = ()) -> list[Stretch] | None:
    """Return the moments (epoch ms) of which a file is the one that is heard, None = all that it holds.

    That is so of kring's own. What was brought in is heard where neither that, nor a file brought in before it, holds
    the same moment; a file that is not there any more (`absent`, by id), where no other holds it. One of kring's that
    nothing takes the place of is all of its own sound, however short it is.
    """
    if segment.source == "kring" and segment.id not in absent:
        return None
    in_order = {one.id: place for place, one in enumerate(state.segments.values(), 1)}

    def rank(one: r.SegmentRow) -> tuple[bool, int]:
        return one.id in absent, 0 if one.source == "kring" else in_order.get(one.id, len(in_order) + 1)

    parts = [_lasting(segment)]
    before = [one for one in state.segments.values() if rank(one) < rank(segment)]
    for held in united(map(_lasting, before), LEAST_GAP_MS):
        parts = [left for part in parts for left in without(part, (int(held[0]), int(held[1])))]
    if segment.source == "kring" and parts == [_lasting(segment)]:
        return None
    return [part for part in parts if part[1] - part[0] >= LEAST_GAP_MS]


def _of_platform(state: State) -> list[r.RecordingRow | r.SegmentRow]:
    """Return what the platform recorded, by the log and by the sound that was brought in."""
    logged = [row for row in state.recordings.values() if row.source == "platform"]
    return [*logged, *(row for row in state.segments.values() if row.source == "platform")]


def _lasting(row: r.SegmentRow) -> Stretch:
    return int(row.started_at), FOREVER_MS if row.ended_at is None else int(row.ended_at)


def _computer(state: State, segment: r.SegmentRow) -> str:
    recording = state.recordings.get(segment.recording or "")
    return recording.computer if recording is not None else ""


def is_in_breakout(state: State, item: str | None) -> bool:
    """Whether an item of the guide is, or stands below, one for which the group splits."""
    row = state.guide.get(item or "")
    for _ in range(len(state.guide)):
        if row is None:
            return False
        if row.kind == "breakout":
            return True
        row = state.guide.get(row.parent or "")
    return False


def _hold_together(segments: Iterable[r.SegmentRow], from_ms: int, to_ms: int) -> bool:
    """Whether files of a recording that follow each other hold a stretch: one that is full ends in mid-sentence."""
    touching = [one for one in map(_lasting, segments) if one[0] <= to_ms and one[1] >= from_ms]
    return any(one[0] <= from_ms and to_ms <= one[1] for one in united(touching, LEAST_GAP_MS))


def _holds(row: r.SegmentRow | r.RecordingRow, from_ms: int, to_ms: int) -> bool:
    return row.started_at <= from_ms and (row.ended_at is None or to_ms <= row.ended_at)
