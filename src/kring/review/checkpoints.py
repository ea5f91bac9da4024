"""How a session stood at any second: states are kept at regular places, so that each second is near one of them.

A history keeps its states near the end: that is what a live session needs. Whoever reviews goes anywhere, back and
forth.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from kring.domain.history import History, fold
from kring.domain.state import EMPTY, State

STRIDE = 256
"""Events between two states that are kept: fewer than can be folded between two frames."""


class _Checkpoint(NamedTuple):
    folded: int
    last_id: str
    state: State


class Checkpoints:
    """The states of one history at regular places; they are made on the way, or ahead of it by `prepare`.

    Who withdrew is in none of them, not in those of before either.
    """

    def __init__(self, history: History) -> None:
        self._history = history
        self._void = history.void
        self._withdrawn = history.state.withdrawn
        self._checkpoints = [_Checkpoint(0, "", EMPTY.draft_without(self._withdrawn))]

    def at(self, moment: int) -> State:
        """Return the state as it stood at a moment (epoch ms), what was undone since then left out."""
        self._forget_what_changed()
        events = self._history.events
        count = self._history.count_at(moment)
        place = bisect_right(self._checkpoints, count, key=lambda checkpoint: checkpoint.folded) - 1
        while place == len(self._checkpoints) - 1 and count - self._checkpoints[place].folded > STRIDE:
            self._add()
            place += 1
        checkpoint = self._checkpoints[place]
        return fold(checkpoint.state, events[checkpoint.folded : count], self._void)

    def prepare(self) -> bool:
        """Make one more state ahead; return whether there is more to make."""
        self._forget_what_changed()
        if len(self._history.events) - self._checkpoints[-1].folded < STRIDE:
            return False
        self._add()
        return True

    def _add(self) -> None:
        checkpoint = self._checkpoints[-1]
        events = self._history.events[checkpoint.folded : checkpoint.folded + STRIDE]
        state = fold(checkpoint.state, events, self._void)
        self._checkpoints.append(_Checkpoint(checkpoint.folded + len(events), events[-1].id, state))

    def _forget_what_changed(self) -> None:
        """Drop the states behind an event that came in between, or that was undone or redone."""
        events = self._history.events
        if self._withdrawn != self._history.state.withdrawn:
            self._withdrawn = self._history.state.withdrawn
            self._checkpoints = [_Checkpoint(0, "", EMPTY.draft_without(self._withdrawn))]
        if self._void != self._history.void:
            place = self._history.earliest(self._void ^ self._history.void, len(events))
            self._void = self._history.void
            self._checkpoints = [checkpoint for checkpoint in self._checkpoints if checkpoint.folded <= place]
        while len(self._checkpoints) > 1 and not self._is_fresh(self._checkpoints[-1]):
            self._checkpoints.pop()

    def _is_fresh(self, checkpoint: _Checkpoint) -> bool:
        events = self._history.events
        return checkpoint.folded <= len(events) and events[checkpoint.folded - 1].id == checkpoint.last_id
