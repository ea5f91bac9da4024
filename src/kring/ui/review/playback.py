"""Hearing the session: the recording plays, and the timeline and the boards go along."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kring.domain.state import State
from kring.domain.text import KringError, Sentence

if TYPE_CHECKING:
    from kring.session.playback import Listener

SPEEDS = (1.0, 1.25, 1.5, 1.75, 2.0)


class Hearing:
    """The sound of one session file; nothing of it is loaded before something is played."""

    def __init__(self, file: Path) -> None:
        self.speed = 1.0
        self._file = file
        self._listener: Listener | None = None

    @property
    def is_on(self) -> bool:
        """Tell whether something is played, or paused."""
        return self._listener is not None and self._listener.player.is_playing

    @property
    def sounds(self) -> bool:
        """Tell whether something is to be heard now."""
        return self._listener is not None and self.is_on and not self._listener.player.is_paused

    def play(self, state: State, at: int, before_ms: int) -> Sentence | None:
        """Play from so long before a moment; return what to know of it. Raises KringError where there is no sound."""
        from kring.session import playback

        recorded = playback.Recorded(state, self._file)
        if recorded.ended_ms is None:
            raise KringError("{file} has no sound that kring recorded.", file=self._file.name)
        if self._listener is None:
            self._listener = playback.Listener()
        self._listener.player.speed(self.speed)
        spot = self._listener.play(recorded, at, before_ms)
        if spot.late_ms > playback.BEFORE_MS:
            return Sentence("Nothing was recorded then; the next sound begins later.")
        return playback.warning(self._file)

    def pause(self) -> None:
        """Stand still, or go on."""
        if self._listener is not None:
            self._listener.player.pause()

    def change_speed(self, step: int) -> None:
        """Play faster or slower by so many steps."""
        place = min(max(SPEEDS.index(self.speed) + step, 0), len(SPEEDS) - 1)
        self.speed = SPEEDS[place]
        if self._listener is not None:
            self._listener.player.speed(self.speed)

    def moment(self) -> int | None:
        """Return which moment of the session is heard now, None while nothing sounds."""
        heard = self._listener.moment() if self._listener is not None and self.sounds else None
        return None if heard is None else round(heard)

    def problem(self) -> Sentence | None:
        """Return what went wrong with the sound, if anything did."""
        return self._listener.player.problem if self._listener is not None else None

    def close(self) -> None:
        """Be silent."""
        if self._listener is not None:
            self._listener.close()
