"""Who said what and when: the transcript of a turn where there is one, else the quotes that were written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from kring.domain import rows as r
from kring.domain.measures.talk_sources import used_words
from kring.domain.measures.talk_time import in_order
from kring.domain.stretches import Touching
from kring.privacy.snapshot import Snapshot

LISTENED_MS = 10_000
"""A quote is written a little before or after the turn that it was said in."""
_REACHES_MS = (0, 100, 1_000, LISTENED_MS)  # the nearest is in the first that finds any
SHORTEST_MS = 2_000
READING_MS = 65  # a character: fifteen a second
LONGEST_MS = 12_000


class Said(msgspec.Struct, frozen=True):
    """Some words of one speaker; moments in epoch ms. `turn` is that in which they were said, where there is one."""

    started_at: int
    ended_at: int
    speaker: str
    text: str
    kind: r.TurnKind | None = None
    participant: str | None = None
    item: str | None = None
    turn: str | None = None
    note: str | None = None
    """The note that they come from, None where a transcript has them."""


def said(snapshot: Snapshot) -> list[Said]:
    """Return what was said, in order: the transcript, and the quotes where it has nothing."""
    quotes = noted(snapshot, lambda note: snapshot.is_quotable(note.id))
    return sorted([*_transcript(snapshot), *quotes], key=_order)


def turns(snapshot: Snapshot) -> list[Said]:
    """Return the turns of people, in order, without words."""
    state = snapshot.state
    return [
        Said(
            started_at=int(turn.started_at),
            ended_at=int(turn.ended_at or snapshot.now),
            speaker=snapshot.speaker(turn.kind, turn.participant),
            text="",
            kind=turn.kind,
            participant=turn.participant,
            item=turn.item,
        )
        for turn in in_order(state)
        if turn.kind != "silence"
    ]


def _transcript(snapshot: Snapshot) -> Iterator[Said]:
    turns = snapshot.state.turns
    for row in used_words(snapshot.state):
        if not row.text:  # of who does not consent to quoting
            continue
        turn = turns.get(row.turn or "")
        yield Said(
            started_at=int(row.started_at),
            ended_at=int(row.ended_at),
            speaker=snapshot.speaker(row.speaker_kind, row.participant),
            text=row.text,
            kind=row.speaker_kind,
            participant=row.participant,
            item=turn.item if turn else None,
            turn=row.turn if turn else None,
        )


def noted(snapshot: Snapshot, wanted: Callable[[r.NoteRow], bool]) -> Iterator[Said]:
    """Yield what the wanted notes say, each where it was said, but for turns of which a transcript has the words."""
    written_down = {row.turn for row in used_words(snapshot.state) if row.text}
    return (one for one in placed(snapshot, wanted) if one.turn is None or one.turn not in written_down)


def placed(snapshot: Snapshot, wanted: Callable[[r.NoteRow], bool]) -> Iterator[Said]:
    """Yield what the wanted notes say, each where it was said."""
    turns = _by_speaker(snapshot)
    for note in snapshot.state.notes.values():
        if not wanted(note):
            continue
        turn = _turn_of(snapshot, note, turns)
        length = min(max(SHORTEST_MS, READING_MS * len(note.text)), LONGEST_MS)
        begin = (
            int(note.at)
            if turn is None
            else min(max(int(note.at), int(turn.started_at)), int(turn.ended_at or note.at))
        )
        yield Said(
            started_at=begin,
            ended_at=begin + length,
            speaker=snapshot.speaker(note.speaker_kind, note.participant),
            text=note.text,
            kind=note.speaker_kind or ("participant" if note.participant else None),
            participant=note.participant,
            item=note.item,
            turn=turn.id if turn else None,
            note=note.id,
        )


def _order(one: Said) -> tuple[int, int, str, str]:
    return one.started_at, one.ended_at, one.speaker, one.text


def _by_speaker(snapshot: Snapshot) -> dict[str | None, Touching[r.TurnRow]]:
    found: dict[str | None, list[r.TurnRow]] = {}
    for turn in snapshot.state.turns.values():
        if turn.kind != "silence":
            found.setdefault(turn.participant or turn.kind, []).append(turn)
    return {
        who: Touching(theirs, lambda turn: (turn.started_at, int(turn.ended_at or snapshot.now)))
        for who, theirs in found.items()
    }


def _turn_of(snapshot: Snapshot, note: r.NoteRow, turns: dict[str | None, Touching[r.TurnRow]]) -> r.TurnRow | None:
    """Return the turn in which a quote was said, the nearest one of its speaker."""
    theirs = turns.get(note.participant or note.speaker_kind)
    if theirs is None:
        return None
    for reach in _REACHES_MS:
        if near := list(theirs.touching(note.at - reach, note.at + reach)):
            return min(near, key=lambda turn: (_distance(turn, int(note.at), snapshot.now), turn.id))
    return None


def _distance(turn: r.TurnRow, at: int, now: int) -> int:
    return max(int(turn.started_at) - at, at - int(turn.ended_at or now), 0)
