"""What the full-screen faces share: an app that does key after key to its end, and a screen that fits in one frame."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events
from textual.reactive import Reactive
from textual.widget import Widget

from kring.session.session import Session
from kring.system.settings import Settings
from kring.ui import terminal, theme
from kring.ui.textual_private import FittingScreen
from kring.ui.ticker import Ticker

if TYPE_CHECKING:
    from kring.ui.dialogs import Dialog


class FaceScreen(FittingScreen):
    """The screen of a face; it knows what its keys do and shows what is true now."""

    AUTO_FOCUS: ClassVar[str] = ""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """Who has the focus draws itself anew; Textual draws the whole screen."""

    def pressed(self, event: events.Key) -> bool:
        """Do what a key says here; return whether that's known, else the focused widget or the app may know."""
        raise NotImplementedError

    def pressed_behind(self, event: events.Key) -> bool:
        """Do what must work while a dialog is open too; return whether the key was that."""
        return False

    def pasted(self, event: events.Paste) -> None:
        """Take pasted text."""

    def tick(self) -> None:
        """Look whether something is to be shown anew; four times a second."""

    def leave(self) -> None:
        """Close the program."""
        self.app.exit()

    def begin_typing(self) -> None:
        """Have what was typed before the screen was there done now, and from now on everything at once."""
        self.app.call_next(cast("FaceApp", self.app).begin_typing)


class FaceApp(terminal.TerminalApp):
    """One screen of kring on a terminal.

    Textual hands a key on through the queues of the app, the screen and the widget, and what one key does (open a
    line, close a dialog) may take effect after the next was handed on. Here each key and each paste is done to its
    end before the next is looked at, so that what is typed ahead goes where it belongs.
    """

    CSS_PATH = theme.STYLESHEET
    ENABLE_COMMAND_PALETTE = False
    TITLE = "kring"

    def __init__(self, session: Session, settings: Settings, face: FaceScreen) -> None:
        colourless = "NO_COLOR" in os.environ  # then the terminal's own two colours, not greys of ours
        super().__init__(ansi_color=colourless or None)
        self.session = session
        self.settings = settings
        self._face = face
        self._ticker = Ticker(self._tick, on_fault=self.end_by)
        self._early: list[events.Key | events.Paste] | None = []
        self.animation_level = "none"
        theme.install(
            self, "ansi-dark" if colourless else settings.theme or theme.DARK.name
        )  # before the first style is computed

    def get_default_screen(self) -> FaceScreen:
        return self._face

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self._early is not None:
            self._early.append(event)
        else:
            await self._typed(event)

    async def begin_typing(self) -> None:
        """Do what was typed before the screen was there, and from now on everything at once."""
        gc.freeze()  # what was made to start stays; see run_command
        gc.enable()
        early, self._early = self._early or [], None
        for event in early:
            await self._typed(event)

    async def _typed(self, event: events.Key | events.Paste) -> None:
        if not self.app_focus:
            self.app_focus = True
        dialog = None if self.screen is self._face else cast("Dialog[Any]", self.screen)
        match event:
            case events.Paste() if dialog is not None:
                dialog.pasted(event.text)
            case events.Paste():
                self._face.pasted(event)
            case events.Key() if dialog is not None:
                if not self._face.pressed_behind(event):
                    dialog.pressed(event)
            case events.Key():
                if not self._face.pressed(event):
                    await self.do_binding(event.key)

    def on_mount(self) -> None:
        self._ticker.start()

    def on_unmount(self) -> None:
        self._ticker.stop()

    def bell(self) -> None:
        """Stay silent: people are talking."""

    def action_quit(self) -> None:  # type: ignore[override]  # nothing to wait for
        self._face.leave()

    def action_help_quit(self) -> None:
        self._face.leave()

    def _tick(self) -> None:
        self.session.tick()
        self._face.tick()
