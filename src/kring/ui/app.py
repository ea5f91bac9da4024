"""The full-screen face: one app, one live screen, one tick."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from textual import events

from kring.domain.text import Sentence
from kring.session import Session
from kring.settings import Settings
from kring.ui import terminal, theme
from kring.ui.screens.live import LiveScreen
from kring.ui.ticker import Ticker

if TYPE_CHECKING:
    from kring.ui.screens.dialogs import Dialog


class Companion(Protocol):
    """Simulated people who act on the same session while a new moderator rehearses."""

    def act(self, session: Session) -> None:
        """Do what is due at the session's time."""


class KringApp(terminal.TerminalApp):
    """kring on a terminal.

    Textual hands a key on through the queues of the app, the screen and the widget, and what one key does (open a
    line, close a dialog) may take effect after the next was handed on. Here each key and each paste is done to its
    end before the next is looked at, so that what is typed ahead goes where it belongs.
    """

    CSS_PATH = theme.STYLESHEET
    ENABLE_COMMAND_PALETTE = False
    TITLE = "kring"

    def __init__(
        self,
        session: Session,
        settings: Settings,
        plan_path: Path | None = None,
        companion: Companion | None = None,
        warnings: tuple[Sentence, ...] = (),
    ) -> None:
        colourless = "NO_COLOR" in os.environ  # then the terminal's own two colours, not greys of ours
        super().__init__(ansi_color=colourless or None)
        self.session = session
        self.settings = settings
        self.live = LiveScreen(session, settings, plan_path, warnings)
        self._companion = companion
        self._ticker = Ticker(self._tick, on_fault=self._handle_exception)
        self._early: list[events.Key | events.Paste] | None = []
        self.animation_level = "none"
        theme.install(
            self, "ansi-dark" if colourless else settings.theme or theme.DARK.name
        )  # before the first style is computed

    def get_default_screen(self) -> LiveScreen:
        return self.live

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self._early is not None:
            self._early.append(event)
        else:
            await self._typed(event)

    async def begin_typing(self) -> None:
        """Do what was typed before the live screen was there, and from now on everything at once."""
        gc.freeze()  # what was made to start stays; see run_command
        gc.enable()
        early, self._early = self._early or [], None
        for event in early:
            await self._typed(event)

    async def _typed(self, event: events.Key | events.Paste) -> None:
        if not self.app_focus:
            self.app_focus = True
        dialog = None if self.screen is self.live else cast("Dialog[Any]", self.screen)
        match event:
            case events.Paste() if dialog is not None:
                dialog.pasted(event.text)
            case events.Paste():
                self.live.pasted(event)
            case events.Key() if dialog is not None:
                if not self.live.pressed_behind(event):
                    dialog.pressed(event)
            case events.Key():
                if not self.live.pressed(event):
                    await self._check_bindings(event.key)

    def on_mount(self) -> None:
        self._ticker.start()

    def on_unmount(self) -> None:
        self._ticker.stop()

    def bell(self) -> None:
        """Stay silent: people are talking."""

    def action_quit(self) -> None:  # type: ignore[override]  # nothing to wait for
        self.live.leave()

    def action_help_quit(self) -> None:
        self.live.leave()

    def _tick(self) -> None:
        if self._companion is not None:
            self._companion.act(self.session)
        self.session.tick()
        self.live.tick()


def run(
    session: Session,
    settings: Settings,
    plan_path: Path | None = None,
    companion: Companion | None = None,
    warnings: tuple[Sentence, ...] = (),
) -> int:
    """Run the screens on a session until they are left; the session is still open then."""
    app = KringApp(session, settings, plan_path, companion, warnings)
    with terminal.quiet_threads():
        app.run()
    return app.return_code or 0
