"""The full-screen face: one app, one live screen, one tick."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Protocol

from textual import events

from kring.domain.text import Sentence
from kring.session.recording import Recordist
from kring.session.session import Session
from kring.system import late
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
        self._is_at_rest = False
        self._ticked_in, self._ticked_at = 0, session.state
        if sharing is not None:
            self.live.share(sharing)
        self._recordist = recordist
        if recordist is not None:
            recordist.tell = self.live.refuse
            if recordist.keeper is not None:
                recordist.keeper.fail = self.live.refuse
                recordist.keeper.done = self.live.confirm

    async def on_event(self, event: events.Event) -> None:
        self._is_at_rest = False
        await super().on_event(event)

    def _tick(self) -> None:
        """Look after everything; where nothing is under way, three times of four only whether somebody else wrote.

        Others use the processor's own memory meanwhile, so that a look costs by how much it touches.
        """
        second = self.session.now() // 1000
        is_same = second == self._ticked_in and self.session.state is self._ticked_at
        if self._is_at_rest and is_same and self.screen is self.live and not self.session.has_news():
            return
        self._look_after_all()
        self._ticked_in, self._ticked_at, self._is_at_rest = second, self.session.state, self._rests()

    def _rests(self) -> bool:
        """Whether all that is under way is looked after well enough once a second."""
        return (
            self._companion is None
            and self.session.trouble is None
            and not self.session.waiting
            and (self._recordist is None or self._recordist.is_at_rest)
            and (self._sharing is None or self._sharing.is_at_rest)
            and not (self.live.playback.is_on or self.live.drafting.is_on or self.live.status.holds_back)
            and self.live.has_read_all
            and late.has_read("kring")
        )

    def _look_after_all(self) -> None:
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
