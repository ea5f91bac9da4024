"""What the full-screen faces share: an app that does key after key to its end, and a screen that fits in one frame."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, TypeVar, cast

from textual import events
from textual.reactive import Reactive
from textual.widget import Widget

from kring.commands.command import Command
from kring.commands.table import Slice
from kring.domain import sentences
from kring.domain.events import PROGRAM, Event
from kring.domain.tellers.observers import is_for
from kring.domain.text import KringError, MarkedAlready, Refused, Sentence
from kring.session.session import Session
from kring.store.store import NotSaved
from kring.system import late
from kring.system.i18n import _, say
from kring.system.settings import Settings
from kring.ui import dialogs, terminal, theme
from kring.ui.help import key_name, keys_of
from kring.ui.keymap import key_table
from kring.ui.prompt import Question, Request, TextQuestion
from kring.ui.status_line import StatusLine
from kring.ui.ticker import Ticker
from kring.ui.toolkit.textual_private import FittingScreen
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import Line, line, use_plain_signs
from kring.ui.widgets.line_input import LineInput

Answer = TypeVar("Answer")
READ_A_TICK = 4
"""How many modules that the first screen did without are read in a tick: some milliseconds, until all are there."""


class KringScreen(FittingScreen):
    """The screen of a face; it knows what its keys do, what its commands ask, and shows what is true now."""

    AUTO_FOCUS: ClassVar[str] = ""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """Who has the focus draws itself again; Textual draws the whole screen."""

    commands: ClassVar[Slice]
    """The slice of the command table that this face does."""

    DEFAULT_CSS = """
    KringScreen { layout: vertical; overflow: hidden; }
    KringScreen #body { height: 1fr; }
    KringScreen #top, KringScreen #said { height: 1; }
    KringScreen #top { background: $panel; }
    """

    def __init__(self, session: Session, settings: Settings, warnings: Sequence[Sentence], most_rows: int = 1) -> None:
        super().__init__()
        self.session = session
        self.key_table = key_table(self.commands, settings.keys)
        self._warnings = (*warnings, *settings.warnings, *self.key_table.problems)
        self.line = LineInput(id="line", limit_word=_("FULL"))
        self.status = StatusLine(self.line, session, most_rows)

    def pressed(self, event: events.Key) -> bool:
        """Do what a key says here; return whether that's known, else the focused widget or the app may know."""
        raise NotImplementedError

    def pressed_behind(self, event: events.Key) -> bool:
        """Do what must work while a dialog is open too; return whether the key was that."""
        return False

    def pasted(self, event: events.Paste) -> None:
        """Take pasted text."""

    def tick(self) -> None:
        """Look whether something is to be shown again; four times a second."""
        if self.status.show_overheard():
            self.show_status()

    def leave(self) -> None:
        """Close the program, after a question where that is wise."""
        raise NotImplementedError

    def show(self) -> None:
        """Show what is true now."""
        raise NotImplementedError

    def keys_now(self) -> Sequence[KeyHint]:
        """Return the keys that work now."""
        raise NotImplementedError

    def hint(self) -> Line:
        """Return what is said of the text that is being typed."""
        raise NotImplementedError

    def means_nothing(self, event: events.Key) -> None:
        """Say that a key does nothing here, so that what an earlier one did isn't taken for its answer."""
        character = event.character if event.is_printable else None
        if self.is_typing or event.key == "escape":
            return
        if character and character.isupper() and character.lower() in self.key_table.commands:
            self.refuse(Refused("{key} does nothing: is Caps Lock on?", key=character))
            return
        shown = {
            "key": character or key_name(event.key),
            "help": keys_of(self.commands.named("help"), self.key_table.shown),
        }
        self.refuse(Refused("{key} does nothing here; {help}: all keys.", **shown))

    def meant(self, command: Command) -> Command:
        """Return the command that a key stands for with what is under the cursor."""
        return command

    def question(self, request: Request) -> Question:
        """Return how the next part of a command is asked; raises Refused where it can't be answered now."""
        raise NotImplementedError

    def open_line(self, request: Request, typed: TextQuestion) -> None:
        """Open the line for the next part of a command."""
        raise NotImplementedError

    def keep(self, request: Request) -> None:
        """Keep what was typed for a command that was not done after all; it comes back when the same is asked again."""
        raise NotImplementedError

    def say(self, text: Line) -> None:
        """Show in one line what an act did, or why it didn't."""
        self.status.say(text)
        self.show_status()

    def confirm(self, done: Sentence) -> None:
        """Say what is done."""
        self.say(line(("✓ ", "ok"), say(done)))

    def report(self, event: Event) -> None:
        """Say what an act did."""
        self.confirm(self.session.told(event))

    def show_refusal(self, problem: KringError) -> None:
        """Say why an act was refused, or that it could not be saved."""
        if isinstance(problem, NotSaved):
            self.say(line((say(problem.sentence), "danger")))
            return
        told = say(problem.sentence)
        if isinstance(problem, MarkedAlready):
            told = f"{told} {self._way_back(problem.back)}".rstrip()
        self.status.refuse(line(("? ", "soon"), (told, "soon")), is_typing=self.is_typing)
        self.show_status()

    def _way_back(self, word: str) -> str:
        """Return the key that takes a mark back here, and what it is called."""
        for command in self.commands.commands:
            if command.word in (word, "unmark") and (keys := keys_of(command, self.key_table.shown)):
                return f"{keys}: {_(command.label)}."
        return ""

    def refuse(self, problem: KringError) -> None:
        """Say why an act was refused just now; a face may ask what to do about it."""
        self.show_refusal(problem)

    def settled(self, request: Request, outcome: Event | Refused) -> None:
        """Say how an act ended that waited for the file."""
        if isinstance(outcome, Event):
            self.report(outcome)
        else:
            self.show_refusal(outcome)

    def waits(self, request: Request) -> None:
        """Say that an act waits for the file."""
        what = request.in_words(self.session.state)
        self.say(line((_("waits: {what}").format(what=what), "soon")))

    def overhear(self, events: Sequence[Event]) -> None:
        """Show what somebody else did last, unless an answer is being read."""
        me = self.session.me
        theirs = (event for event in events if not self.session.is_mine(event) and event.actor != PROGRAM)
        others = [event for event in theirs if is_for(me.role, event)]
        if others:
            last = others[-1]
            who = "" if sentences.says_who(last) else f"{last.actor or _(last.role)}: "
            self.status.overhear(line((who, "accent"), (say(self.session.told(last)), "muted")))
            self.show_status()

    def ask(self, question: Line) -> None:
        """Show what the next key answers; an empty line ends that."""
        self.status.ask(question)
        self.show_status()

    def show_playing(self, playing: Line) -> None:
        """Show what is played, whenever nothing else is to be read; an empty line ends that."""
        self.status.play(playing)
        self.show_status()

    def show_status(self) -> None:
        """Show the line of answers and the keys as they are now."""
        self.status.show(self.keys_now(), self.hint() if self.is_typing and not self.says_hint_elsewhere else None)

    @property
    def says_hint_elsewhere(self) -> bool:
        """Whether what is said of the text being typed has a place of its own beside it."""
        return False

    @property
    def is_typing(self) -> bool:
        """Whether keys go into the line; its `has_focus` would only say so an event later."""
        return self.focused is self.line

    def now(self) -> int:
        """Return the session's time, epoch ms UTC."""
        return self.session.now()

    def dialog(self, dialog: dialogs.Dialog[Answer], answered: Callable[[Answer | None], None] | None = None) -> None:
        """Open a dialog, unless one is open; where its question lapses, that is said with the reason."""

        def lapsed(reason: Refused) -> None:
            told = f"{_('That question no longer holds.')} {say(reason.sentence)}"
            self.say(line(("? ", "soon"), (told, "soon")))

        dialogs.ask(self.app, dialog, answered, lapsed)

    def exit(self) -> None:
        """Close the program."""
        self.app.exit()

    def begin_typing(self) -> None:
        """Say what is wrong from the start, do what was typed before the screen was there, then everything at once."""
        if self._warnings:
            more = len(self._warnings) - 1
            self.say(line((say(self._warnings[0]), "soon"), (f" (+{more})" if more else "", "muted")))
        self.app.call_next(cast("KringAppBase", self.app).begin_typing)


class KringAppBase(terminal.TerminalApp):
    """One screen of kring on a terminal.

    Textual hands a key on through the queues of the app, the screen and the widget, and what one key does (open a
    line, close a dialog) may take effect after the next was handed on. Here each key and each paste is done to its
    end before the next is looked at, so that what is typed ahead goes where it belongs.
    """

    CSS_PATH = theme.STYLESHEET
    ENABLE_COMMAND_PALETTE = False
    TITLE = "kring"

    def __init__(self, session: Session, settings: Settings, face: KringScreen) -> None:
        colourless = "NO_COLOR" in os.environ  # then the terminal's own two colours, not greys of ours
        super().__init__(ansi_color=colourless or None)
        self.session = session
        self.settings = settings
        self._face = face
        self._ticker = Ticker(self._tick, on_fault=self.end_by)
        self._early: list[events.Key | events.Paste] | None = []
        self.animation_level = "none"
        use_plain_signs(are_wanted=settings.signs == "plain")
        theme.install(
            self, "ansi-dark" if colourless else settings.theme or theme.DARK.name
        )  # before the first style is computed

    def get_css_variables(self) -> dict[str, str]:
        if theme.DARK.name not in self.available_themes:  # Textual asks before ours are known, and then once more
            return {}
        return super().get_css_variables()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme.SURFACES

    def get_default_screen(self) -> KringScreen:
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
        gc.freeze()  # what was made to start stays; see `kring.cli.main.run`
        gc.enable()
        early, self._early = self._early or [], None
        for event in early:
            await self._typed(event)

    async def _typed(self, event: events.Key | events.Paste) -> None:
        if not self.app_focus:
            self.app_focus = True
        dialog = None if self.screen is self._face else cast("dialogs.Dialog[Any]", self.screen)
        match event:
            case events.Paste() if dialog is not None:
                dialog.pasted(event.text)
            case events.Paste():
                self._face.pasted(event)
            case events.Key() if dialog is not None:
                if not self._face.pressed_behind(event):
                    dialog.pressed(event)
            case events.Key():
                if not self._face.pressed(event) and not await self.do_binding(event.key):
                    self._face.means_nothing(event)
        self._face.paint()

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
        late.read_some(READ_A_TICK, "kring")
        self.session.glance()
        self._face.tick()
        if isinstance(self.screen, dialogs.Dialog):
            self.screen.tick()
