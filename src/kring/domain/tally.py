"""Running sums of the turns that ended, so that a screen need not add up a whole session at each key."""

from __future__ import annotations

from typing import NamedTuple

from kring.domain.rows import TurnRow
from kring.domain.stretches import lasted_ms


class Sum(NamedTuple):
    """Turns of one speaker: how long in ms, how many, and when the last one ended (epoch ms)."""

    spoken_ms: int = 0
    turns: int = 0
    last_ended: int = 0

    def plus(self, turn: TurnRow, now: int = 0) -> Sum:
        """Return the sum with one more turn; one that runs lasts until now."""
        ended = max(self.last_ended, int(turn.ended_at or 0))
        return Sum(self.spoken_ms + lasted_ms(turn, now), self.turns + 1, ended)


class Tally(NamedTuple):
    """Ended turns by speaker (a participant's code, or the turn's kind), and how many each had on which item.

    `last_note` is the highest number that a note has.
    """

    by_speaker: dict[str, Sum] = {}
    turns_on: dict[str, dict[str, int]] = {}
    last_note: int = 0

    def after(self, before: TurnRow | None, turn: TurnRow, turns: dict[str, TurnRow]) -> Tally:
        """Return the tally once `turn` stands in `turns` where `before` stood."""
        if before is not None and before.ended_at is not None:
            return tally_of(turns)._replace(last_note=self.last_note)
        return self if turn.ended_at is None or turn.removed_at is not None else self.plus(turn)

    def plus(self, turn: TurnRow, now: int = 0) -> Tally:
        """Return the tally with one more turn; one that runs lasts until now."""
        speaker = turn.participant or turn.kind
        by_speaker = {**self.by_speaker, speaker: self.by_speaker.get(speaker, Sum()).plus(turn, now)}
        turns_on = self.turns_on
        if turn.participant and turn.item:
            on_item = turns_on.get(turn.item, {})
            turns_on = {**turns_on, turn.item: {**on_item, speaker: on_item.get(speaker, 0) + 1}}
        return Tally(by_speaker, turns_on, self.last_note)


def tally_of(turns: dict[str, TurnRow]) -> Tally:
    """Return the tally of a whole table of turns."""
    tally = Tally()
    for turn in turns.values():
        if turn.ended_at is not None and turn.removed_at is None:
            tally = tally.plus(turn)
    return tally
