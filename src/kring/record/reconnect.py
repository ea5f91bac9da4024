"""How the recorder comes back to its microphone: to the same one while that can be, to another rather than to none."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Literal

from kring.audio import devices
from kring.domain.text import KringError
from kring.record.microphone import Microphone, Opening, Unavailable
from kring.record.pulse import SoundServer
from kring.record.segments import Block
from kring.system.clock import SystemClock

_SECOND = 1_000_000_000
_AGAIN_NS = 1 * _SECOND
_LATER_NS = 5 * _SECOND  # each try costs: a device that is gone for long is looked for less often
_LONG_NS = 60 * _SECOND
_FAITHFUL_NS = 5 * _SECOND
_SEARCH_NS = 5 * _SECOND
_MOST_REST_NS = 300 * _SECOND
_HANGS_NS = 12 * _SECOND  # a slow device takes less
_STALLED_NS = 4 * _SECOND
_MOST_STALLED_NS = 30 * _SECOND

Change = Literal["gone", "back"]


class Reconnect:
    """The microphone in use, or on the way back to one."""

    def __init__(
        self,
        microphone: Microphone | str,
        channels: int,
        clock: SystemClock,
        server: SoundServer,
        *,
        faithful: bool = True,
    ) -> None:
        self.microphone = None if isinstance(microphone, str) else microphone
        self.first = microphone if isinstance(microphone, str) else microphone.id
        """The microphone of the start, to which there is always a way back."""
        self._left: Microphone | None = None
        self._channels, self._clock, self._server = channels, clock, server
        self._home: str | None = None
        self._opening: Opening | None = None
        self._search: _Search | None = None
        self._rest_ns = 0
        self._lost_ns = self._tried_ns = self._back_ns = 0
        if self.microphone is None:
            self._lost_ns = clock.elapsed_ns() - (0 if faithful else _FAITHFUL_NS)
        self._patience_ns = _STALLED_NS
        self._tries = 0

    @property
    def is_gone(self) -> bool:
        """Whether there is no open microphone."""
        return self.microphone is None

    @property
    def is_changed(self) -> bool:
        """Whether the sound comes from elsewhere than at the start."""
        if self.microphone is None:
            return False
        source = self._server.source
        self._home = self._home or source
        return self.microphone.id != self.first or (source is not None and source != self._home)

    def look(self, now_ns: int, silent_ns: int) -> Change | None:
        """Look after the microphone, from which nothing came for so long; say whether it went or is back."""
        if self.microphone is None:
            return self._come_back(now_ns)
        if silent_ns < _SECOND and now_ns - self._back_ns > 2 * _SECOND:  # not because it was opened only now
            self._patience_ns = _STALLED_NS
        if not self.microphone.is_alive or silent_ns > self._patience_ns or self._first_is_back(now_ns):
            if silent_ns > self._patience_ns:
                self._patience_ns = min(2 * self._patience_ns, _MOST_STALLED_NS)
            self._leave(now_ns)
            return "gone"
        return None

    def _leave(self, now_ns: int) -> None:
        self._left, self.microphone = self.microphone, None
        self._search = None
        self._lost_ns = now_ns
        self._tried_ns = 0
        assert self._left is not None
        self._left.release()

    def _come_back(self, now_ns: int) -> Change | None:
        if self._opening is None:
            gone_ns = now_ns - self._lost_ns
            if now_ns - self._tried_ns >= (_AGAIN_NS if gone_ns < _LONG_NS else _LATER_NS):
                self._tried_ns = now_ns
                self._opening = Opening(self._next(gone_ns), self._channels, self._clock, self._left)
            return None
        match self._opening.found:
            case Unavailable():
                self._opening = None
            case Microphone() as found:
                self._opening = None
                self.microphone = found
                self._back_ns = now_ns
                longer_ns = min(max(_SEARCH_NS, 2 * self._rest_ns), _MOST_REST_NS)
                self._rest_ns = 0 if found.id == self.first else longer_ns
                return "back"
        return None

    def _next(self, gone_ns: int) -> str | None:
        """Return what to open next: the first for some seconds, then the system's own choice and the first in turn."""
        self._tries = 0 if gone_ns < _FAITHFUL_NS else self._tries + 1
        return None if self._tries % 2 else self.first

    def hangs(self, now_ns: int) -> bool:
        """Whether the driver doesn't answer: nothing in this process can open a microphone any more."""
        return self._opening is not None and self._opening.found is None and now_ns - self._tried_ns > _HANGS_NS

    @property
    def is_faithful(self) -> bool:
        """Whether the microphone that is being opened is the first one."""
        return self._opening is not None and self._opening.device == self.first

    def _first_is_back(self, now_ns: int) -> bool:
        """Whether another microphone is in use and the first one is there again.

        One that is listed and can't be opened is taken for that less and less often: each time costs some seconds.
        """
        if self.microphone is None or self.microphone.id == self.first or now_ns - self._back_ns < self._rest_ns:
            return False
        if self._search is None:
            self._search = _Search(self.first, now_ns)
        if self._search.found or now_ns - self._search.began_ns < _SEARCH_NS:
            return self._search.found
        self._search = None
        return False

    def left_over(self) -> Iterator[Block]:
        """Yield the blocks that a microphone gave before it was let go."""
        microphone = self.microphone or self._left
        while microphone is not None and not microphone.blocks.empty():
            yield microphone.blocks.get()

    def release(self) -> None:
        """Let go of the microphone."""
        if self.microphone is not None:
            self.microphone.release()


class _Search:
    """A look in a separate process whether a device is there; the open stream doesn't notice."""

    def __init__(self, name: str, began_ns: int) -> None:
        self.began_ns = began_ns
        self.found = False
        threading.Thread(target=self._look, args=(name,), daemon=True).start()

    def _look(self, name: str) -> None:
        try:
            self.found = any(device.id == name for device in devices.inputs())
        except KringError:
            return
