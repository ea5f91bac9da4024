"""Work on a recording in a process of its own: listened to before it is shown, laid down when it comes in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from kring.audio import foreign
from kring.audio.flac import Progress
from kring.domain.state import State
from kring.domain.text import KringError, Refused
from kring.imports.parsed import Parsed
from kring.session import sound_intake
from kring.session.sound_intake import Recording
from kring.system.worker_process import DIED, Background, Failed

Result = TypeVar("Result", bound=msgspec.Struct)


class SoundWork:
    """What is done with a recording now; `share` is how much of it is done, None while nothing is.

    Its acts wait until they are done, in a thread of their own; `stop` ends them from any other.
    """

    def __init__(self) -> None:
        self.share: float | None = None
        self._working: Background[Any] | None = None
        self._is_stopped = False

    def listen(self, path: Path, state: State, went: Callable[[], None]) -> tuple[Recording, Parsed]:
        """Hear when somebody speaks in a recording; raises KringError."""
        return sound_intake.heard(path, self._done(sound_intake.look(path), went), state)

    def lay_down(self, cuts: foreign.Cuts, went: Callable[[], None]) -> foreign.LaidDown:
        """Write the parts of a recording beside the session file; raises KringError, and then none is there."""
        return self._done(foreign.in_background(cuts), went)

    def stop(self) -> None:
        """End what is done, if anything is; what it wrote is removed."""
        if (working := self._working) is not None:
            self._is_stopped = True
            working.cancel()

    def _done(self, working: Background[Progress | Result | Failed], went: Callable[[], None]) -> Result:
        self.share, self._working, self._is_stopped = 0.0, working, False
        try:
            for news in working.wait():
                match news:
                    case Progress(share=share):
                        self.share = share
                        went()
                    case Failed(sentence):
                        raise KringError(sentence.template, **sentence.values)
                    case _:
                        return news
        finally:
            self.share = self._working = None
        raise (
            Refused("Stopped; nothing of it was brought in.")
            if self._is_stopped
            else KringError(DIED.sentence.template)
        )
