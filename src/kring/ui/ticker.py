"""The one tick of the whole app.

Textual's `set_interval` runs a task and posts a `Timer` event through the message queue at every tick; a
handle of the event loop does neither. Four ticks a second that compare two panels and change nothing: 1.46
times the CPU of a Textual app in which nothing moves, with `set_interval` 1.58; with a clock of seconds
drawn: 2.65 and 2.77. Nothing counts these ticks: every time on the screen is computed from facts and the
clock.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import Context, copy_context

PERIOD_S = 0.25


class Ticker:
    """Calls `on_tick` every `period_s` seconds on an absolute schedule; ticks that were missed are left out.

    Start it in the context of the app (`on_mount`). When `on_tick` raises, the fault goes to `on_fault` and
    the ticks go on.
    """

    def __init__(
        self,
        on_tick: Callable[[], None],
        *,
        on_fault: Callable[[Exception], None],
        period_s: float = PERIOD_S,
    ) -> None:
        self._on_tick = on_tick
        self._on_fault = on_fault
        self._period_s = period_s
        self._handle: asyncio.TimerHandle | None = None
        self._due = 0.0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._context: Context | None = None

    @property
    def running(self) -> bool:
        """Whether a next tick is due."""
        return self._handle is not None

    def start(self) -> None:
        """Start ticking; the first tick comes after one period."""
        if self._handle is None:
            loop = asyncio.get_running_loop()
            self._due = loop.time() + self._period_s
            self._loop, self._context = loop, copy_context()
            self._handle = loop.call_at(self._due, self._tick, loop)

    def stop(self) -> None:
        """Stop at once."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _tick(self, loop: asyncio.AbstractEventLoop) -> None:
        behind = int((loop.time() - self._due) // self._period_s)
        self._due += (max(behind, 0) + 1) * self._period_s
        self._handle = loop.call_at(self._due, self._tick, loop)
        self._call()

    def ring(self) -> None:
        """Tick once more, soon; may be called in any thread, and does nothing where no ticks go on."""
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(self._tick_again, context=self._context)

    def _tick_again(self) -> None:
        if self.running:
            self._call()

    def _call(self) -> None:
        try:
            self._on_tick()
        except Exception as fault:  # noqa: BLE001 - the event loop would only write it where nobody reads
            self._on_fault(fault)
