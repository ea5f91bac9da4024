"""Whose words may leave word for word: of nobody who refused or was removed, as the log stands after corrections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from math import inf
from typing import NamedTuple

from msgspec.structs import replace

from kring.domain import rows as r
from kring.domain.consent import WORD_FOR_WORD, consent_to, may_be_quoted
from kring.domain.evolve.utterances import has_own_speaker
from kring.domain.measures.talk_time import in_order
from kring.domain.state import State
from kring.domain.stretches import Touching


class Withheld(NamedTuple):
    """How many quotes stay behind: of who refused, of whose consent nothing is known, and of an unknown speaker.

    `messages` are those of a chat that a file brought in: nobody here wrote them down, so they are no quotes.
    """

    refused: int = 0
    unknown: int = 0
    unnamed: int = 0
    messages: int = 0

    @property
    def total(self) -> int:
        """All quotes."""
        return self.refused + self.unknown + self.unnamed


def withheld(state: State) -> Withheld:
    """Return how many quotes in a session may not leave, by what stands against it."""
    rules = QuotingRules(state)
    counts: Counter[str] = Counter()
    for note in state.notes.values():
        is_quote = note.kind in WORD_FOR_WORD and note.removed_at is None
        if is_quote and not rules.may_be_told(note.speaker_kind, note.participant):
            counts[_against(state, note.participant) if note.import_id is None else "messages"] += 1
    return Withheld(**counts)


def _against(state: State, participant: str | None) -> str:
    if participant is None:
        return "unnamed"
    return "unknown" if consent_to(state, participant, "quoting") is None else "refused"


class QuotingRules:
    """Who may be quoted in a session.

    Words of which nobody knows who said them may be of somebody who refused: one who did and was there keeps them in.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        heard = {turn.participant for turn in state.turns.values()}
        people = state.participants.values()
        removed = {person.id for person in people if person.removed_at is not None}
        refusing = {person.id for person in people if not may_be_quoted(state, person.id)}
        never_came = {person.id for person in people if person.status == "no_show" and person.id not in heard}
        self._removed = removed
        self._silent = removed | refusing
        said_by_anybody = (refusing - removed - never_came) | (removed & heard)
        self._unknown_may = not said_by_anybody

    @cached_property
    def _turns(self) -> Touching[r.TurnRow]:
        return Touching(in_order(self._state), lambda turn: (turn.started_at, _end(turn)))

    def may_be_told(self, kind: r.TurnKind | None, participant: str | None) -> bool:
        """Whether words of a speaker may leave."""
        if participant is not None:
            return participant not in self._silent
        return kind == "moderator" or self._unknown_may

    def transcribed(self, row: r.TranscriptRow) -> r.TranscriptRow | None:
        """Return a stretch of the transcript with the turn in which it is now; None where it may not leave.

        People named, split, merged and removed turns after the machine wrote it: what they say counts.
        """
        if has_own_speaker(self._state, row):
            return self._of_file(row)
        named = self._state.turns.get(row.turn or "")
        here = list(self._turns_at((row.started_at + row.ended_at) // 2))
        if named is not None and named.removed_at is not None:  # only merging keeps its words
            here = [turn for turn in here if (turn.kind, turn.participant) == (named.kind, named.participant)]
            if not here:
                return None
        elif named is not None:
            here = [named] if named in here else [*here, named]
        turn = here[0] if here and (named is not None or row.participant is None) else None
        kind, participant = (turn.kind, turn.participant) if turn else (row.speaker_kind, row.participant)
        may_leave = self.may_be_told(kind, participant) and not self._silent & {each.participant for each in here}
        if not may_leave:
            return None
        return replace(row, turn=turn.id if turn else None, speaker_kind=kind, participant=participant)

    def _of_file(self, row: r.TranscriptRow) -> r.TranscriptRow | None:
        """Return what a file says that somebody said: when, and their words where these may leave."""
        if self.may_be_told(row.speaker_kind, row.participant):
            return row
        return None if row.participant in self._removed else replace(row, text="", words=())

    def _turns_at(self, at: int) -> Iterator[r.TurnRow]:
        """Yield the turns that count at a moment, the latest first."""
        for turn in self._turns.touching(at, at):
            if turn.kind != "silence" and _end(turn) > at:
                yield turn


def _end(turn: r.TurnRow) -> float:
    return inf if turn.ended_at is None else int(turn.ended_at)
