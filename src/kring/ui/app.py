"""The full-screen face: one app, one live screen, one tick."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Protocol

from kring.domain.text import Sentence
from kring.session.recording import Recordist
from kring.session.session import Session
from kring.system.settings import Settings
from kring.team.sharing import Sharing
from kring.ui import terminal
from kring.ui.base import KringAppBase
from kring.ui.live.screen import LiveScreen
from kring.ui.ticker import Ticker

HEAR_S = 0.02
"""How often a shared session is asked whether others did something, where nobody rings."""
REST = 8
"""How many times as long as the last look took no other follows: many acts at once come in at some looks a second."""


class Companion(Protocol):
    """Simulated people who act on the same session while a new moderator rehearses."""

    speed: float
    """How many times faster than real the rehearsal runs."""

    def act(self, session: Session) -> None:
        """Do what is due at the session's time."""


class KringApp(KringAppBase):
    """The live screen of both roles on a terminal."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        plan_path: Path | None = None,
        companion: Companion | None = None,
        warnings: tuple[Sentence, ...] = (),
        recordist: Recordist | None = None,
        sharing: Sharing | None = None,
    ) -> None:
        self.live = LiveScreen(session, settings, plan_path, warnings, recordist)
        super().__init__(session, settings, self.live)
        self._companion = companion
        if companion is not None:
            self.live.demo_speed = companion.speed
        self._sharing = sharing
        self._hearing = Ticker(self._hear, on_fault=self.end_by, period_s=HEAR_S)
        self._heard_at = self._hearing_s = 0.0
        if sharing is not None:
            self.live.share(sharing)
        self._recordist = recordist
        if recordist is not None:
            recordist.tell = self.live.refuse
            if recordist.keeper is not None:
                recordist.keeper.fail = self.live.refuse
                recordist.keeper.done = self.live.confirm

    def _tick(self) -> None:
        if self._companion is not None:
            self._companion.act(self.session)
        if self._recordist is not None:
            self._recordist.tick()
        if self._sharing is not None:
            if self._sharing.tick():
                self.live.show_status()
            if self._sharing.is_on:
                self._sharing.rung = self._hearing.ring
                self._hearing.start()
        super()._tick()

    def on_unmount(self) -> None:
        super().on_unmount()
        self._hearing.stop()

    def _hear(self) -> None:
        """Show what the others did as soon as it came, as long as that takes no more than a small part of the time."""
        now = time.monotonic()
        if now - self._heard_at < REST * self._hearing_s or not self.session.has_news():
            return
        self.session.glance()
        self._face.tick()
        self._heard_at = time.monotonic()
        self._hearing_s = self._heard_at - now


def run(
    session: Session,
    settings: Settings,
    plan_path: Path | None = None,
    companion: Companion | None = None,
    warnings: tuple[Sentence, ...] = (),
    recordist: Recordist | None = None,
    sharing: Sharing | None = None,
) -> int:
    """Run the screens on a session until they are left; the session is still open then.

    Who takes another role gets the screen of that role.
    """
    while True:
        app = KringApp(session, settings, plan_path, companion, warnings, recordist, sharing)
        with terminal.quiet_threads():
            app.run()
        if app.live.next_told is None:
            return app.return_code or 0
        warnings = (app.live.next_told,)
