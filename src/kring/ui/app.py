"""The full-screen face: one app, one live screen, one tick."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from textual import events

from kring.session import Session
from kring.settings import Settings
from kring.ui import terminal, theme
from kring.ui.screens.dialogs import Dialog
from kring.ui.screens.live import LiveScreen
from kring.ui.ticker import Ticker


class Companion(Protocol):
    """Simulated people who act on the same session while a new moderator rehearses."""

    def act(self, session: Session) -> None:
        """Do what is due at the session's time."""


class KringApp(terminal.TerminalApp):
    """kring on a terminal."""

    CSS_PATH = theme.STYLESHEET
    ENABLE_COMMAND_PALETTE = False
    TITLE = "kring"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (140, "-full")]

    def __init__(
        self,
        session: Session,
        settings: Settings,
        plan_path: Path | None = None,
        companion: Companion | None = None,
    ) -> None:
        super().__init__()
        self.session = session
        self.settings = settings
        self.live = LiveScreen(session, settings, plan_path)
        self._companion = companion
        self._ticker = Ticker(self._tick, on_fault=self._handle_exception)
        self.animation_level = "none"

    async def on_event(self, event: events.Event) -> None:
        """Handle each key to its end before the next, or what is typed after `n` would go to the wrong place."""
        if isinstance(event, events.Key) and not event.is_forwarded and await self._pressed(event):
            return
        if isinstance(event, events.Paste) and not event.is_forwarded and self.live.is_typing:
            self.live.line.paste(event)
            return
        await super().on_event(event)

    async def _pressed(self, event: events.Key) -> bool:
        screen = self.screen
        if isinstance(screen, Dialog) and screen.is_mounted:
            screen.pressed(event)
            return True
        if screen is not self.live or not self.live.is_mounted:
            return False
        if not self.live.pressed(event):
            await self._check_bindings(event.key)
        return True

    def on_mount(self) -> None:
        theme.install(self, self.settings.theme or theme.DARK.name)
        self.push_screen(self.live)
        self._ticker.start()

    def on_unmount(self) -> None:
        self._ticker.stop()

    def action_quit(self) -> None:  # type: ignore[override]  # nothing to wait for
        self.live.leave()

    def action_help_quit(self) -> None:
        self.live.leave()

    def _tick(self) -> None:
        if self._companion is not None:
            self._companion.act(self.session)
        self.session.tick()
        self.live.tick()


def run(session: Session, settings: Settings, plan_path: Path | None = None, companion: Companion | None = None) -> int:
    """Run the screens on a session until they are left; the session is still open then."""
    app = KringApp(session, settings, plan_path, companion)
    with terminal.quiet_threads():
        app.run()
    return app.return_code or 0
