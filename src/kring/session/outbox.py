"""The outbox: acts that the file could not take wait here in order, each with the moment of its key press."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import msgspec

from kring.domain.decide import Decision
from kring.domain.events import Event
from kring.domain.text import Refused
from kring.store.store import NotSaved

Settled = Callable[[Event | Refused], None]
Write = Callable[[Decision, int], Event]


class Act(msgspec.Struct, frozen=True):
    """An act that waits to be written, from its moment (epoch ms); `settled` hears how it ended."""

    decision: Decision
    at: int
    settled: Settled | None


class Outbox:
    """The acts of this person that wait for the file."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._acts: deque[Act] = deque()

    def __len__(self) -> int:
        return len(self._acts)

    def add(self, act: Act) -> None:
        """Let an act wait behind the others."""
        self._acts.append(act)

    def retry(self) -> None:
        """Write what waits, in order; raises NotSaved at the first act that still can't be written."""
        faults: list[Exception] = []
        try:
            while self._acts:
                self._try(self._acts.popleft(), faults)
        finally:
            if faults:  # raised when every act behind it had its turn
                raise faults[0]

    def _try(self, act: Act, faults: list[Exception]) -> None:
        try:
            outcome = self._outcome(act)
        except NotSaved:
            self._acts.appendleft(act)
            raise
        except Exception as fault:  # noqa: BLE001 - a mistake in one act must not lose those that wait behind it
            faults.append(fault)
            outcome = Refused("kring made a mistake in this act; see whether it was saved.")
        try:
            if act.settled:
                act.settled(outcome)
        except Exception as fault:  # noqa: BLE001 - as above
            faults.append(fault)

    def _outcome(self, act: Act) -> Event | Refused:
        try:
            return self._write(act.decision, act.at)
        except Refused as refusal:
            return refusal
