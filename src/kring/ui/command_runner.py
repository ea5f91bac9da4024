"""The one place that asks for what a command needs, has the session decide and write it, and says what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from functools import partial

from textual import events

from kring.commands.command import Command, FaceAction
from kring.domain.decide import Decision
from kring.domain.events import Event
from kring.domain.text import KringError, Refused
from kring.session.session import Session
from kring.system.i18n import _, say
from kring.ui import help as help_pages
from kring.ui.base import KringScreen
from kring.ui.dialogs import ConfirmDialog, HelpScreen, PickDialog
from kring.ui.prompt import Asked, Given, Keys, Pick, Typed
from kring.ui.theme import DARK, LIGHT
from kring.ui.widgets.line import EMPTY, Line, line

Action = Callable[[str], Line | None]
"""What a face does itself for a command: it takes the answer, and returns what there is to say of it, if anything."""


class Outcome(Enum):
    """What became of a command: done, waiting for the file, refused, or still asking for a part."""

    DONE = 1
    WAITS = 2
    REFUSED = 3
    ASKS = 4


class CommandRunner:
    """The commands of one screen."""

    def __init__(self, screen: KringScreen, actions: Mapping[FaceAction, Action]) -> None:
        self.screen = screen
        self.session: Session = screen.session
        self._question: tuple[Asked, Keys] | None = None
        self._more: Asked | None = None
        self.actions: dict[FaceAction, Action] = {
            FaceAction.UNDO: lambda _text: self.write_now(self.session.undo),
            FaceAction.REDO: lambda _text: self.write_now(self.session.redo),
            FaceAction.PALETTE: self._palette,
            FaceAction.HELP: self._help,
            FaceAction.THEME: self._theme,
            **actions,
        }
        """What this face does itself."""

    @property
    def is_asking(self) -> bool:
        """Whether the next key is an answer."""
        return self._question is not None or self._more is not None

    def press(self, event: events.Key) -> bool:
        """Take a key as the answer to what is asked; return whether it was one: a function key leaves the question."""
        if self._more is not None:
            return self._press_more(event, self._more)
        if self._question is None:
            return False
        asked, keys = self._question
        chosen = next((choice for choice in keys.choices if choice.key == event.character), None)
        if chosen is not None and keys.begins:
            self._type(asked, f"{chosen.answer} ")
        elif chosen is not None:
            self._close()
            self.go_on(asked.choose(chosen))
        elif event.key == "escape":
            self.leave()
        elif keys.types and (event.is_printable or event.key == "enter"):
            self._type(asked, event.character or "" if event.is_printable else "")
        elif event.is_printable or event.key in ("enter", "tab", "backspace"):
            self.screen.ask((("✗ ", "late"), *self._drawn(asked, keys)))
        else:
            self._close()
            return False
        return True

    def paste(self) -> bool:
        """Make way for pasted text; return whether it may be typed, as the answer or where nothing is asked."""
        if self._question is None:
            self._close()
            return True
        asked, keys = self._question
        if keys.types:
            self._type(asked, "")
        return keys.types

    def _press_more(self, event: events.Key, asked: Asked) -> bool:
        self._close()
        if event.key == "tab":
            self.go_on(asked)
        return event.key in ("tab", "escape")  # any other key does what it always does

    def run(self, command: Command, text: str = "") -> Outcome:
        """Do a command; what it needs and wasn't given is asked for first."""
        meant = self.screen.meant(command)
        return self._begin(Asked(meant, meant.asks, (text,) if text else ()))

    def _begin(self, asked: Asked) -> Outcome:
        confirm = asked.command.confirm
        if confirm is None or not confirm.when(self.session.state):
            return self.go_on(asked)

        def go_on() -> None:
            self.go_on(asked)

        declined = Refused(confirm.declined) if confirm.declined else None
        self.confirm(_(confirm.question), go_on, _(confirm.why) if confirm.why else "", declined)
        return Outcome.ASKS

    def go_on(self, asked: Asked) -> Outcome:
        """Ask for the next part of a command, or do it when all was answered."""
        try:
            while asked.part:
                match self.screen.question(asked):
                    case Given(answer):
                        asked = asked.answer(answer)
                    case question:
                        self._put(asked, question)
                        return Outcome.ASKS
        except KringError as problem:
            self.screen.refuse(problem)
            return Outcome.REFUSED
        action = self.actions.get(asked.command.action) if asked.command.action else None
        return self._write(asked) if action is None else self.attempt(lambda: action(" ".join(asked.answers)))

    def do(self, command: Command, *answers: str) -> Outcome:
        """Have the session do a command of which all is known; nothing is asked."""
        return self._write(Asked(command, (), answers))

    def attempt(self, act: Callable[[], Line | None]) -> Outcome:
        """Do what a face does itself, and say what it returns, or why it was refused."""
        try:
            text = act()
        except KringError as problem:
            self.screen.refuse(problem)
            return Outcome.REFUSED
        if text is not None:
            self.screen.say(text)
        return Outcome.DONE

    def leave(self) -> None:
        """Leave the question; nothing is done."""
        self._close()
        self.screen.say(line((_("Left; nothing was done."), "muted")))

    def confirm(
        self, question: str, then: Callable[[], Line | None], why: str = "", declined: Refused | None = None
    ) -> None:
        """Do something when that is meant; else say that it wasn't."""

        def answered(yes: bool | None) -> None:
            if yes:
                self.attempt(then)
            elif declined is not None:
                self.screen.refuse(declined)

        self.screen.dialog(ConfirmDialog(question, why=why), answered)

    def write_now(self, act: Callable[[], Event]) -> None:
        """Write an act that can't wait in order, such as taking one back."""
        if self.session.waiting:
            raise Refused("Not now: earlier acts are not saved yet.")
        trouble = self.session.trouble
        event = act()
        self.screen.status.has_seen(trouble)
        self.screen.report(event)

    def _write(self, asked: Asked) -> Outcome:
        trouble = self.session.trouble
        event: Event | None = None
        try:
            for wanted in self._decisions(asked):
                event = self.session.do_or_wait(wanted, partial(self._settled, asked))
        except KringError as problem:
            self.screen.refuse(problem)
            return Outcome.REFUSED
        if event is None:
            self.screen.waits(asked)
            return Outcome.WAITS
        self.screen.status.has_seen(trouble)
        self.screen.report(event)
        self._offer_more(asked)
        return Outcome.DONE

    def _decisions(self, asked: Asked) -> list[Decision]:
        command = asked.command
        assert command.decide is not None, command.word
        first = command.first(self.session.state, *asked.answers) if command.first else None
        wanted = command.decide(*asked.answers)
        return [wanted] if first is None else [first, wanted]

    def _settled(self, asked: Asked, outcome: Event | Refused) -> None:
        if self.screen.is_running:  # what still waited is written while the file is closed; there's nobody to tell
            self.screen.settled(asked, outcome)

    def _put(self, asked: Asked, question: Keys | Pick | Typed) -> None:
        match question:
            case Keys():
                if self.screen.is_typing:
                    self.screen.set_focus(None)
                self._question = asked, question
                self.screen.ask(self._drawn(asked, question))
            case Pick(title, options, current):
                self._pick(asked, PickDialog(title, options, typing=True, current=current))
            case Typed():
                self.screen.open_line(asked, question)

    def _pick(self, asked: Asked, dialog: PickDialog) -> None:
        def answered(chosen: str | None) -> None:
            if chosen is None:
                self.leave()
            else:
                self.go_on(asked.answer(chosen))

        self.screen.dialog(dialog, answered)

    def _type(self, asked: Asked, begun: str) -> None:
        self._close()
        self.screen.open_line(asked, Typed(begun=begun))

    def _offer_more(self, asked: Asked) -> None:
        """Let more be said of what was done; whoever has nothing to say goes on with any other key."""
        more = asked.command.more
        if more is None or more.part in asked.parts or not all(asked.answers):
            return
        if not more.after or asked.answers[-1] in more.after:
            self._more = asked._replace(parts=(*asked.parts, more.part))
            self.screen.ask(line(*self.screen.status.said, "   ", (_(more.offer), "muted")))

    def _close(self) -> None:
        self._question = self._more = None
        self.screen.ask(EMPTY)

    def _drawn(self, asked: Asked, keys: Keys) -> Line:
        return keys.draw(_(asked.command.label), self.screen.size.width - 1, self.screen.status.most_rows)

    def _palette(self, _text: str) -> None:
        commands = self.screen.commands

        def answered(word: str | None) -> None:
            if word is not None:
                self._run_by_name(commands.named(word))

        options = help_pages.palette_options(commands, self.screen.key_table.shown)
        self.screen.dialog(PickDialog(_("Everything"), options, typing=True), answered)

    def _run_by_name(self, command: Command) -> None:
        """Do a command that was chosen by its name, as its first key does it."""
        meant = self.screen.meant(command)
        asks = meant.asks or meant.asks_by_name
        text = next((key.text for key in meant.keys), "")
        self._begin(Asked(meant, asks, () if asks or not text else (text,)))

    def _help(self, _text: str) -> None:
        commands, own = self.screen.commands, self.screen.key_table.shown
        self.screen.dialog(HelpScreen(_("Help"), lambda room: help_pages.help_page(commands, own, room)))

    def _theme(self, _text: str) -> Line | None:
        from kring.system.settings import keep_theme

        app = self.screen.app
        app.theme = LIGHT.name if app.theme == DARK.name else DARK.name
        problem = keep_theme(app.theme)
        return None if problem is None else line((say(problem), "soon"))
