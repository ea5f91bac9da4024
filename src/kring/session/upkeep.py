"""What is done for the file while nobody acts: its log brought into it, and how the session stands kept in it."""

from __future__ import annotations

from kring.domain.history import History
from kring.store.milestone import Making
from kring.store.store import Store

QUIET_MS = 2_000
CHECKPOINT_MS = 8_000
REST_MS = 10_000
MOST_AT_REST = 50_000
"""Events above which a milestone is made at closing only: a key may have to wait while it is written, some 50 ms."""
MOST_AT_HAND = 50_000
"""Events of a resumed session that are held, packed, in some 8 MiB; of a longer one only those since its milestone."""


class Upkeep:
    """Looks after the file of one session, between acts."""

    def __init__(self) -> None:
        self._is_in_log_only = False
        self._is_rested = True
        self._checkpointed_at = 0
        self._making: Making | None = None

    def acted(self) -> None:
        """Take note that something was written."""
        self._is_in_log_only, self._is_rested = True, False

    def look(self, store: Store, history: History, saved_at: int, now: int) -> None:
        """Do what is due at a moment (epoch ms), of which the last act was written at `saved_at`."""
        quiet_ms = now - saved_at
        with store.reading():
            for table in history.state.tables.values():
                table.read_some()
        if quiet_ms >= QUIET_MS and history.count <= MOST_AT_HAND:
            with store.reading():
                store.earlier.read_some()  # another program may damage the file
        is_due = self._is_in_log_only and (quiet_ms >= QUIET_MS or now - self._checkpointed_at >= CHECKPOINT_MS)
        if is_due and store.guard.is_as_left():  # else it is looked into first
            store.checkpoint()  # the file alone is then worth having: people copy it
            store.guard.accept()
            self._is_in_log_only, self._checkpointed_at = False, now
        if not self._is_rested and quiet_ms >= REST_MS:  # a program that is killed is then soon back
            self._is_rested = history.count > MOST_AT_REST or self._has_milestone(store, history)

    def _has_milestone(self, store: Store, history: History) -> bool:
        """Make a milestone some rows at a time; return whether it is kept, or none is worth it."""
        if self._making is None:
            self._making = store.begin_milestone(history)
        elif self._making.go_on():
            store.keep_milestone(self._making)
            self._making = None
        return self._making is None
