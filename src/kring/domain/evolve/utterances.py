"""What was written down follows the turns: the time of every word is known, so each lies in the turn of its moment."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from math import inf
from typing import Any

import msgspec
from msgspec.structs import replace

from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.evolve.closing import Evolver, on_clock, seconds
from kring.domain.state import State
from kring.domain.state.row_table import Rows, kept_by_table
from kring.domain.stretches import Touching

_PART = "~"
"""Between the id of an utterance and the number of a part of it that lies in another turn."""


def followed_by_words(evolver: Evolver) -> Evolver:
    """Return an evolver of turns after which the words of a transcript lie where those turns are now."""

    def evolve(state: State, event: Event, fact: Any) -> list[r.Row]:
        rows = evolver(state, event, fact)
        turns = [row for row in rows if isinstance(row, r.TurnRow)]
        return [*rows, *_moved(state, state.put(rows), turns, event.at)] if turns and state.transcript else rows

    return evolve


def _moved(before: State, after: State, turns: list[r.TurnRow], at: r.Moment) -> Iterator[r.TranscriptRow]:
    """Yield what changes of the transcript where turns were, and are."""
    were = (before.turns[turn.id] for turn in turns if turn.id in before.turns)
    changed = Touching((*turns, *were), _stretch)
    spoken = Touching((turn for turn in after.alive_turns if turn.kind != "silence"), _stretch)
    ids = {turn.id for turn in turns}
    own = [row for row in after.transcript.values() if row.removed_at is None and has_own_speaker(after, row)]
    for row in own:
        if (row.turn in ids or any(changed.touching(int(row.started_at), int(row.ended_at)))) and (
            turn := turn_of(after, row)
        ) != row.turn:
            yield replace(row, turn=turn)
    utterances: dict[str, list[r.TranscriptRow]] = {}
    for row in after.transcript.values():
        if row.removed_at is None and not has_own_speaker(after, row):
            utterances.setdefault(row.id.partition(_PART)[0], []).append(row)
    for parts in utterances.values():
        begin, end = min(part.started_at for part in parts), max(part.ended_at for part in parts)
        if any(part.turn in ids for part in parts) or any(changed.touching(begin, end)):
            yield from _parted(after, parts, spoken, at)


def has_own_speaker(state: State, row: r.TranscriptRow) -> bool:
    """Whether a file says who spoke: that does not follow the turns, which others logged."""
    brought = state.imports.get(row.import_id or "")
    return brought is not None and brought.kind == "file"


def turn_of(state: State, row: r.TranscriptRow) -> str | None:
    """Return the turn of its own speaker in the middle of which a stretch of speech lies."""
    if row.participant is None and row.speaker_kind != "moderator":
        return None
    middle = (row.started_at + row.ended_at) // 2
    here = (turn for turn in _spoken(state.turns).touching(middle, middle) if _stretch(turn)[1] > middle)
    speaker = (row.participant, row.speaker_kind)
    return next((turn.id for turn in here if (turn.participant, turn.kind) == speaker), None)


@kept_by_table
def _spoken(turns: Rows[r.TurnRow]) -> Touching[r.TurnRow]:
    return Touching((turn for turn in turns.values() if turn.removed_at is None and turn.kind != "silence"), _stretch)


def _stretch(turn: r.TurnRow) -> tuple[float, float]:
    return int(turn.started_at), inf if turn.ended_at is None else int(turn.ended_at)


def _parted(
    state: State, parts: list[r.TranscriptRow], spoken: Touching[r.TurnRow], at: r.Moment
) -> Iterator[r.TranscriptRow]:
    """Yield the parts of an utterance, one for each turn in which words of it lie, where they differ from before."""
    first = min(parts, key=lambda part: part.started_at)
    before = {part.id: part for part in parts}
    base = first.id.partition(_PART)[0]
    placed = sorted((one for part in parts for one in _placed(part, spoken)), key=lambda one: (one.begin, one.end))
    for number, (turn, words) in enumerate(groupby(placed, key=lambda one: one.turn)):
        part = _part(state, replace(first, id=f"{base}{_PART}{number}" if number else base), turn, list(words))
        if before.pop(part.id, None) != part:
            yield part
    yield from (replace(part, removed_at=at) for part in before.values())


class _Placed(msgspec.Struct, frozen=True):
    """A word, or an utterance of whose words no times are known, with the turn in which it lies; epoch ms."""

    begin: int
    end: int
    turn: str | None
    text: str
    word: tuple[float, float, str] | None = None


def _placed(part: r.TranscriptRow, spoken: Touching[r.TurnRow]) -> Iterator[_Placed]:
    if not part.words:
        begin, end = int(part.started_at), int(part.ended_at)
        yield _Placed(begin, end, _turn_at((begin + end) // 2, part.turn, spoken), part.text)
        return
    zero = int(part.started_at) - round(part.words[0][0] * 1000)
    for word in part.words:
        begin, end = zero + round(word[0] * 1000), zero + round(word[1] * 1000)
        yield _Placed(begin, end, _turn_at((begin + end) // 2, part.turn, spoken), word[2], word)


def _turn_at(at: int, before: str | None, spoken: Touching[r.TurnRow]) -> str | None:
    """Return the turn of a moment, the one that began last; where nobody speaks words stay with theirs."""
    here = (turn.id for turn in spoken.touching(at, at) if _stretch(turn)[1] > at)
    return next(here, before)


def _part(state: State, part: r.TranscriptRow, turn_id: str | None, words: list[_Placed]) -> r.TranscriptRow:
    turn = state.turns.get(turn_id or "")
    begin, end = words[0].begin, max(word.end for word in words)
    return replace(
        part,
        turn=turn.id if turn else None,
        participant=turn.participant if turn else None,
        speaker_kind=turn.kind if turn else None,
        text=" ".join(word.text for word in words),
        words=tuple(word.word for word in words if word.word is not None),
        started_at=r.Moment(begin),
        ended_at=r.Moment(max(begin, end)),
        t=on_clock(state, begin),
        duration_s=seconds(begin, end),
    )
