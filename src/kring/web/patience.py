"""A connection on which nothing is asked for is closed: else whoever has no link could hold all there are."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

LOOK_S = 10.0
"""Who asked for nothing whole between two looks is let go."""


class Connection(H11Protocol):
    """A connection as the server has it, which looks now and then whether anything is asked for on it."""

    _looking: asyncio.TimerHandle | None = None
    _answered: RequestResponseCycle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as the server has it
        super().connection_made(transport)
        self._look_later()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._looking is not None:
            self._looking.cancel()
        super().connection_lost(exc)

    def _look_later(self) -> None:
        self._looking = self.loop.call_later(LOOK_S, self._look)

    def _look(self) -> None:
        cycle: RequestResponseCycle | None = self.cycle
        is_asked = cycle is not None and not cycle.response_complete
        if is_asked or cycle is not self._answered:
            self._answered = cycle
            self._look_later()
        else:
            self.transport.close()
