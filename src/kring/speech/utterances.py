"""Words on the session's clock become utterances: one to each stretch in which one person goes on speaking."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.state import State
from kring.domain.text import one_line

PAUSE_MS = 1_500
LONG_MS = 20_000
ENDINGS = (".", "?", "!", "…")


class Heard(NamedTuple):
    """A word, from and to, on the session's clock, epoch ms."""

    started_ms: int
    ended_ms: int
    text: str


class Turns:
    """The turns of a session in which somebody speaks, by time."""

    def __init__(self, state: State) -> None:
        spoken = (turn for turn in state.turns.values() if turn.removed_at is None and turn.kind != "silence")
        self._turns: Sequence[r.TurnRow] = sorted(spoken, key=lambda turn: (turn.started_at, turn.id))
        self._starts = [int(turn.started_at) for turn in self._turns]

    def at(self, ms: int) -> str | None:
        """Return the turn of a moment, the one that began last where two are under way."""
        begun = bisect_right(self._starts, ms)
        for turn in reversed(self._turns[max(0, begun - 4) : begun]):
            if turn.ended_at is None or ms < turn.ended_at:
                return turn.id
        return None


def utterances(state: State, words: Iterable[Heard]) -> tuple[f.UtteranceRead, ...]:
    """Return the words as utterances, split where the turn changes, at a pause, and after a sentence when it's long.

    What was said before the session began, or after it ended, is not among them.
    """
    session = state.session
    begin, end = session.started_at or 0, session.ended_at
    turns = Turns(state)
    made: list[tuple[str | None, list[Heard]]] = []
    for word in sorted(words):
        middle = (word.started_ms + word.ended_ms) // 2
        if middle < begin or (end is not None and middle > end):
            continue
        turn = turns.at(middle)
        if not made or made[-1][0] != turn or _is_over(made[-1][1], word):
            made.append((turn, []))
        made[-1][1].append(word)
    return tuple(_utterance(turn, several, begin) for turn, several in made)


def _is_over(said: Sequence[Heard], following: Heard) -> bool:
    if following.started_ms - said[-1].ended_ms > PAUSE_MS:
        return True
    return said[-1].ended_ms - said[0].started_ms > LONG_MS and said[-1].text.endswith(ENDINGS)


def _utterance(turn: str | None, words: Sequence[Heard], zero_ms: int) -> f.UtteranceRead:
    zero_ms = zero_ms or words[0].started_ms
    return f.UtteranceRead(
        text=one_line(" ".join(word.text for word in words)),
        started_ms=words[0].started_ms,
        ended_ms=words[-1].ended_ms,
        turn=turn,
        words=tuple(
            ((word.started_ms - zero_ms) / 1000, (word.ended_ms - zero_ms) / 1000, one_line(word.text))
            for word in words
        ),
    )
