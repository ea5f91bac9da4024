"""Running sums of the turns that ended, so that a screen need not add up a whole session at each key."""

from __future__ import annotations

from typing import NamedTuple

from kring.domain.rows import TurnRow


class Sum(NamedTuple):
    """Turns of one speaker: how long in ms, how many, and when the last one ended (epoch ms)."""

    spoken_ms: int = 0
    turns: int = 0
    last_ended: int = 0

    def plus(self, turn: TurnRow) -> Sum:
        """Return the sum with one more ended turn."""
        assert turn.ended_at is not None
        length = max(0, turn.ended_at - turn.started_at)
        return Sum(self.spoken_ms + length, self.turns + 1, max(self.last_ended, int(turn.ended_at)))


class Tally(NamedTuple):
    """Ended turns by speaker (a participant's code, or the turn's kind), and who spoke on which item."""

    by_speaker: dict[str, Sum] = {}
    speakers_by_item: dict[str, frozenset[str]] = {}

    def after(self, before: TurnRow | None, turn: TurnRow, turns: dict[str, TurnRow]) -> Tally:
        """Return the tally once `turn` stands in `turns` where `before` stood."""
        if before is not None and before.ended_at is not None:
            return tally_of(turns)
        return self if turn.ended_at is None or turn.removed_at is not None else self._plus(turn)

    def _plus(self, turn: TurnRow) -> Tally:
        speaker = turn.participant or turn.kind
        by_speaker = {**self.by_speaker, speaker: self.by_speaker.get(speaker, Sum()).plus(turn)}
        by_item = self.speakers_by_item
        if turn.participant and turn.item:
            spoke = by_item.get(turn.item, frozenset())
            if speaker not in spoke:
                by_item = {**by_item, turn.item: spoke | {speaker}}
        return Tally(by_speaker, by_item)


def tally_of(turns: dict[str, TurnRow]) -> Tally:
    """Return the tally of a whole table of turns."""
    tally = Tally()
    for turn in turns.values():
        if turn.ended_at is not None and turn.removed_at is None:
            tally = tally._plus(turn)
    return tally
