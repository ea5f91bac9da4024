"""Running sums of the turns that ended, so that a screen need not add up a whole session at each key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kring.domain.rows import TurnRow
from kring.domain.stretches import lasted_ms

NOBODY: frozenset[str] = frozenset()


class Sum(NamedTuple):
    """Turns of one speaker: how long in ms, how many, and when the last one ended (epoch ms)."""

    spoken_ms: int = 0
    turns: int = 0
    last_ended: int = 0

    def plus(self, turn: TurnRow, now: int = 0) -> Sum:
        """Return the sum with one more turn; one that runs lasts until now."""
        ended = max(self.last_ended, int(turn.ended_at or 0))
        return Sum(self.spoken_ms + lasted_ms(turn, now), self.turns + 1, ended)


NOTHING = Sum()


class Tally(NamedTuple):
    """Ended turns by speaker (a participant's code, or the turn's kind), and how many each had on which item.

    `running` are the ids of the turns that go on. Of a `stale` speaker the last turn was taken away or corrected: when
    the last one ended takes a look through all turns, which `settled` has for all of them at once.
    """

    by_speaker: dict[str, Sum] = {}
    turns_on: dict[str, dict[str, int]] = {}
    running: frozenset[str] = NOBODY
    stale: frozenset[str] = NOBODY

    def after(self, before: TurnRow | None, turn: TurnRow) -> Tally:
        """Return the tally once `turn` stands where `before` stood."""
        tally = self if before is None or before.removed_at is not None else self._without(before)
        if turn.removed_at is not None:
            return tally
        return tally._run(tally.running | {turn.id}) if turn.ended_at is None else tally.plus(turn)

    def plus(self, turn: TurnRow, now: int = 0) -> Tally:
        """Return the tally with one more turn; one that runs lasts until now."""
        speaker = turn.participant or turn.kind
        total = self.by_speaker.get(speaker, NOTHING).plus(turn, now)
        stale = self.stale
        if stale and turn.ended_at == total.last_ended:
            stale -= {speaker}
        return Tally({**self.by_speaker, speaker: total}, self._counted(turn, 1), self.running, stale)

    def settled(self, turns: Mapping[str, TurnRow]) -> Tally:
        """Return the tally without stale speakers, given all turns."""
        last = dict.fromkeys(self.stale, 0)
        for turn in turns.values():
            speaker = turn.participant or turn.kind
            if speaker in last and turn.ended_at is not None and turn.removed_at is None:
                last[speaker] = max(last[speaker], turn.ended_at)
        known = {speaker: self.by_speaker[speaker]._replace(last_ended=int(at)) for speaker, at in last.items()}
        return self._replace(by_speaker={**self.by_speaker, **known}, stale=NOBODY)

    def _without(self, turn: TurnRow) -> Tally:
        if turn.ended_at is None:
            return self._run(self.running - {turn.id})
        speaker = turn.participant or turn.kind
        total = self.by_speaker[speaker]
        by_speaker = dict(self.by_speaker)
        stale = self.stale
        if total.turns == 1:
            del by_speaker[speaker]
            stale -= {speaker}
        else:
            by_speaker[speaker] = Sum(total.spoken_ms - lasted_ms(turn, 0), total.turns - 1, total.last_ended)
            if turn.ended_at == total.last_ended:
                stale |= {speaker}
        return Tally(by_speaker, self._counted(turn, -1), self.running, stale)

    def _run(self, running: frozenset[str]) -> Tally:
        return Tally(self.by_speaker, self.turns_on, running, self.stale)

    def _counted(self, turn: TurnRow, change: int) -> dict[str, dict[str, int]]:
        """Return the turns on each item with one more or one less."""
        if not (turn.participant and turn.item):
            return self.turns_on
        turns_on, on_item = dict(self.turns_on), dict(self.turns_on.get(turn.item, {}))
        on_item[turn.participant] = on_item.get(turn.participant, 0) + change
        if not on_item[turn.participant]:
            del on_item[turn.participant]
        turns_on[turn.item] = on_item
        if not on_item:
            del turns_on[turn.item]
        return turns_on


def tally_of(turns: Mapping[str, TurnRow]) -> Tally:
    """Return the tally of a whole table of turns."""
    tally = Tally()
    for turn in turns.values():
        tally = tally.after(None, turn)
    return tally
