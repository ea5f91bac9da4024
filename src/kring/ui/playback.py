"""Hearing a session: what was recorded of it plays from any moment, faster or slower."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING

from kring.domain.text import KringError, Sentence
from kring.session.session import Session

if TYPE_CHECKING:
    from kring.audio.player_client import Player
    from kring.session.playback import Listener, Recorded

SPEEDS = (1.0, 1.25, 1.5, 1.75, 2.0)


class Playback:
    """The sound of one session; nothing of it is loaded before something is played."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.speed = 1.0
        self.player: Player | None = None
        """What plays instead of the computer's own output."""
        self._listener: Listener | None = None

    @property
    def is_playing(self) -> bool:
        """Whether something is played, or paused."""
        return self._listener is not None and self._listener.player.is_playing

    @property
    def is_paused(self) -> bool:
        """Whether what is played stands still."""
        return self._listener is not None and self._listener.player.is_paused

    @property
    def is_heard(self) -> bool:
        """Whether something is to be heard now."""
        return self.is_playing and not self.is_paused

    def recorded(self) -> Recorded:
        """Return all that was recorded; raises KringError where that is nothing."""
        from kring.session import playback

        recorded = playback.Recorded(self.session.state, self.session.store.path)
        if recorded.ended_ms is None:
            raise KringError("kring recorded no sound.")
        return recorded

    def play(self, recorded: Recorded, at_ms: float, before_ms: float | None = None) -> Sentence | None:
        """Play from so long before a moment, else as long as people write behind the talk; return what to know of it.

        Raises KringError where no sound follows.
        """
        from kring.session import playback

        if self._listener is None:
            self._listener = playback.Listener(self.player)
        self._listener.player.speed(self.speed)
        spot = self._listener.play(recorded, at_ms, playback.BEFORE_MS if before_ms is None else before_ms)
        if spot.late_ms > playback.BEFORE_MS:
            return Sentence("Nothing was recorded then; the next sound begins later.")
        return spot.told_missing

    def pause(self) -> None:
        """Stand still, or go on."""
        if self._listener is not None:
            self._listener.player.pause()

    def skip(self, seconds: float) -> None:
        """Go back or forth."""
        if self._listener is not None:
            self._listener.player.skip(seconds)

    def change_speed(self, step: int) -> None:
        """Play faster or slower by so many steps."""
        self.speed = SPEEDS[min(max(SPEEDS.index(self.speed) + step, 0), len(SPEEDS) - 1)]
        if self._listener is not None:
            self._listener.player.speed(self.speed)

    def moment(self) -> float | None:
        """Return which moment of the session is heard, epoch ms; None before the first sound."""
        return self._listener.moment() if self._listener is not None else None

    def problem(self) -> Sentence | None:
        """Return what went wrong with the sound, if anything did."""
        return self._listener.player.problem if self._listener is not None else None

    def stop(self) -> None:
        """Be silent."""
        if self._listener is not None:
            self._listener.player.stop()

    def close(self) -> None:
        """Be silent for good; a driver that hangs keeps nobody from leaving."""
        if self._listener is not None:
            Thread(target=self._listener.close, daemon=True).start()
            self._listener = None
