"""The one place that asks for what a command needs, has the session decide and write it, and says what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import partial
from typing import Any

from msgspec.structs import replace
from textual import events

from kring.commands.command import MAY_BE_EMPTY, Command, Confirm, FaceAction
from kring.commands.solutions import SOLUTIONS
from kring.domain.decide import Decision
from kring.domain.decide.ending import OpenPoint
from kring.domain.decide.undoing import UndoAsks
from kring.domain.events import Event
from kring.domain.guide_items import is_there
from kring.domain.state import State
from kring.domain.text import KringError, Refused
from kring.session.session import Session
from kring.system.i18n import _, say
from kring.ui import dialogs, palette, theme
from kring.ui import help as help_pages
from kring.ui.base import KringScreen
from kring.ui.prompt import GivenAnswer, KeyQuestion, ListQuestion, Request, TextQuestion, TickQuestion, about
from kring.ui.widgets.key_bar import KeyHint
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
        self._question: tuple[Request, KeyQuestion] | None = None
        self._asked_in: State | None = None
        self._more: Request | None = None
        self.actions: dict[FaceAction, Action] = {
            FaceAction.UNDO: self._undo,
            FaceAction.REDO: lambda _text: self.write_now(self.session.redo),
            FaceAction.PALETTE: self._palette,
            FaceAction.HELP: self._help,
            FaceAction.THEME: self._theme,
            FaceAction.TOPLINE: self._topline,
            **actions,
        }
        """What this face does itself."""

    def press(self, event: events.Key) -> bool:
        """Take a key as the answer to what is asked; return whether it was one: a function key leaves the question."""
        if self._more is not None:
            return self._press_more(event, self._more)
        if self._question is None:
            return False
        request, keys = self._question
        chosen = keys.chosen(event.character)
        if chosen is not None and keys.begins:
            self._type(request, f"{chosen.answer} ")
        elif chosen is not None:
            self._close()
            self.go_on(request.choose(chosen))
        elif event.key == "escape":
            self.leave()
        elif (keys.types and (event.is_printable or event.key == "enter")) or (keys.enters and event.key == "enter"):
            self._type(request, event.character or "" if event.is_printable else "")
        elif event.is_printable or event.key in ("enter", "tab", "backspace"):
            self.screen.ask((("✗ ", "late"), *self._drawn(request, keys)))
        else:
            self._close()
            return False
        return True

    def keys(self) -> list[KeyHint]:
        """Return what keys do while something is asked; the answers themselves stand in the question."""
        if self._question is None:
            return []
        _request, asked = self._question
        typed = [KeyHint("Enter", _("type several: 2, 4"), 8)] if asked.enters else []
        typed += [KeyHint(_("letters"), _("type the answer"), 8)] if asked.types else []
        return [*typed, KeyHint("Esc", _("leave it"), 9)]

    def follow(self) -> None:
        """Show what is asked as it is now, after others did something; a key keeps what it stood for."""
        state = self.session.state
        if self._question is None or self._asked_in is state:
            return
        self._asked_in = state
        request, asked = self._question
        try:
            new = self.screen.question(request)
        except Refused as problem:
            if not any(is_there(state, choice.answer) for choice in asked.choices):
                self._close()
                self.screen.refuse(problem)
            return
        if isinstance(new, KeyQuestion):
            followed = asked.followed_by(new, lambda answer: is_there(state, answer))
            if followed != asked:
                self._question = request, followed
                self.screen.ask(self._drawn(request, followed))

    def paste(self) -> bool:
        """Make way for pasted text; return whether it may be typed, as the answer or where nothing is asked."""
        if self._question is None:
            self._close()
            return True
        request, keys = self._question
        if keys.types:
            self._type(request, "")
        return keys.types

    def _press_more(self, event: events.Key, request: Request) -> bool:
        self._close()
        if event.key == "tab":
            self.go_on(request)
        return event.key in ("tab", "escape")  # any other key does what it always does

    def run(self, command: Command, text: str = "", *, by_name: bool = False) -> Outcome:
        """Do a command; what it needs and wasn't given is asked for first. By its name it does as by its first key."""
        meant = self.screen.meant(command) if command.instead else command
        bare = self.actions.get(meant.bare) if meant.bare and not text else None
        if bare is not None:
            return self.attempt(lambda: bare(""))
        parts = meant.asks or (meant.asks_by_name if by_name else ())
        if by_name and not parts:
            text = next((key.text for key in meant.keys), "")
        request = Request(meant, parts, (text,) if text else ())
        confirm = meant.confirm
        if confirm is None or not confirm.when(self.session.state):
            return self.go_on(request)
        if confirm.open_points(self.session.state, self.session.now()):
            self._ask_with_points(request, confirm)
        else:
            declined = Refused(confirm.declined) if confirm.declined else None
            told = say(confirm.told(self.session.state)) if confirm.told else ""
            why = told or (_(confirm.why) if confirm.why else "")
            then = partial(self.go_on, request)
            self.confirm(_(confirm.question), then, why, declined, partial(self._require_asked, confirm))
        return Outcome.ASKS

    def _ask_with_points(self, request: Request, confirm: Confirm) -> None:
        """Ask whether a command is meant over the list of what is open; what is solved at once shows the rest again."""

        def answered(chosen: OpenPoint | bool | None) -> None:
            if isinstance(chosen, OpenPoint):
                solution = SOLUTIONS[chosen.kind]
                needed = solution.command.asks
                outcome = self.go_on(Request(solution.command, needed, solution.answers(chosen)))
                if outcome is Outcome.DONE and solution.is_all:
                    self.run(request.command)
            elif chosen:
                self.go_on(request)

        def points() -> Sequence[OpenPoint]:
            found, seal = confirm.open_points(self.session.state, self.session.now()), self.session.sealing.text
            return [replace(point, what=seal(point.what)) for point in found]

        from kring.ui.end_dialog import EndDialog

        holds = partial(self._require_asked, confirm)
        self.screen.dialog(EndDialog(_(confirm.question), _(confirm.why), points, self.session.now, holds), answered)

    def _require_asked(self, confirm: Confirm) -> None:
        """Refuse where a command would no longer be asked about: somebody else did it, or what stood in its way."""
        if not confirm.when(self.session.state):
            raise Refused(confirm.lapsed)

    def go_on(self, request: Request) -> Outcome:
        """Ask for the next part of a command, or do it when all was answered."""
        try:
            request.command.require_possible(self.session.me.role, self.session.state)
            while request.part:
                self._require_previewed(request)
                match self.screen.question(request):
                    case GivenAnswer(answer):
                        request = request.answer(answer)
                    case question:
                        self._put(request, question)
                        return Outcome.ASKS
        except KringError as problem:
            self.screen.refuse(problem)
            return Outcome.REFUSED
        if request.command.preview is not None:
            return self._show_first(request)
        action = self.actions.get(request.command.action) if request.command.action else None
        return self._write(request) if action is None else self.attempt(lambda: action(" ".join(request.answers)))

    def _require_previewed(self, request: Request) -> None:
        """Refuse what makes no sense before the reason for it is asked."""
        if request.command.preview is not None and request.part in MAY_BE_EMPTY:
            request.command.preview(self.session.state, self.session.now(), *request.answers)

    def _show_first(self, request: Request) -> Outcome:
        """Show what a command would do and what follows, and do it when that is meant."""
        assert request.command.preview is not None
        try:
            shown = request.command.preview(self.session.state, self.session.now(), *request.answers)
        except KringError as problem:
            return self._ask_again(request, problem)
        before, now = self.session.state, self.session.now()

        def answered(yes: bool | None) -> None:
            if not yes:
                self.screen.keep(request)
                self.screen.refuse(Refused("Nothing was put right."))
                return
            try:
                self._write_or_wait(request, shown.decision)
            except KringError as problem:
                self._ask_again(request, problem)

        title = _(request.command.label)
        from kring.ui.preview_dialog import PreviewDialog

        self.screen.dialog(PreviewDialog(title, [*map(say, shown.told)], before, shown.after, now), answered)
        return Outcome.ASKS

    def _ask_again(self, request: Request, problem: KringError) -> Outcome:
        """Ask for what was typed once more, with that in the line, and say why it was refused."""
        if request.drafts:
            self.screen.keep(request)
            while request.drafts:
                request = request.reopened()
            self.go_on(request)
        self.screen.refuse(problem)
        return Outcome.REFUSED

    def do(self, command: Command, *answers: str) -> Outcome:
        """Have the session do a command of which all is known; nothing is asked."""
        return self._write(Request(command, (), answers))

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
        self,
        question: str,
        then: Callable[[], object],
        why: str = "",
        declined: Refused | None = None,
        holds: dialogs.Holds | None = None,
    ) -> None:
        """Do something when that is meant, else say that it wasn't; a question that no longer `holds` goes away."""

        def answered(yes: bool | None) -> None:
            try:
                if yes:
                    then()
                elif declined is not None:
                    raise declined
            except KringError as problem:
                self.screen.refuse(problem)

        self.screen.dialog(dialogs.ConfirmDialog(question, why=why, holds=holds), answered)

    def write_now(self, act: Callable[[], Event]) -> None:
        """Write an act that can't wait in order, such as taking one back."""
        if self.session.waiting:
            raise Refused("Not now: earlier acts are not saved yet.")
        trouble = self.session.trouble
        event = act()
        self.screen.status.has_seen(trouble)
        self.screen.report(event)

    def _write(self, request: Request) -> Outcome:
        try:
            return self._write_or_wait(request)
        except KringError as problem:
            self.screen.refuse(problem)
            return Outcome.REFUSED

    def _write_or_wait(self, request: Request, decision: Decision | None = None) -> Outcome:
        """Have the session write a command, now or in its turn; raise where it is refused."""
        command, answers = request.command, request.answers
        assert command.decide is not None, command.word
        trouble = self.session.trouble
        settled = partial(self._settled, request)
        if command.first and (first := command.first(self.session.state, *answers)):
            self.session.do_or_wait(first, settled)
        event = self.session.do_or_wait(decision or command.decide(*answers), settled)
        if event is None:
            self.screen.waits(request)
            return Outcome.WAITS
        self.screen.status.has_seen(trouble)
        self.screen.report(event)
        self._offer_more(request)
        return Outcome.DONE

    def _settled(self, request: Request, outcome: Event | Refused) -> None:
        if self.screen.is_running:  # what still waited is written while the file is closed; there's nobody to tell
            self.screen.settled(request, outcome)

    def _put(self, request: Request, question: KeyQuestion | ListQuestion | TickQuestion | TextQuestion) -> None:
        match question:
            case KeyQuestion():
                if self.screen.is_typing:
                    self.screen.set_focus(None)
                self._question, self._asked_in = (request, question), self.session.state
                self.screen.ask(self._drawn(request, question))
            case ListQuestion() | TickQuestion():
                self._pick(request, question)
            case TextQuestion():
                self.screen.open_line(request, question)

    def _pick(self, request: Request, question: ListQuestion | TickQuestion) -> None:
        def answered(chosen: str | tuple[str, ...] | None) -> None:
            if chosen is None or chosen == ():
                self.leave()
            else:
                self.go_on(request.answer(chosen if isinstance(chosen, str) else " ".join(chosen)))

        def options() -> Sequence[dialogs.Option] | None:
            new = self.screen.question(request)
            return new.options if isinstance(new, ListQuestion | TickQuestion) else None

        dialog: dialogs.Dialog[Any] = question.dialog(self.following(options))
        self.screen.dialog(dialog, answered)

    def following(
        self, options: Callable[[], Sequence[dialogs.Option] | None]
    ) -> Callable[[], Sequence[dialogs.Option] | None]:
        """Return what gives a dialog its options again when the file changed, None while it didn't."""
        seen = self.session.state

        def changed() -> Sequence[dialogs.Option] | None:
            nonlocal seen
            if self.session.state is seen:
                return None
            seen = self.session.state
            return options()

        return changed

    def _type(self, request: Request, begun: str) -> None:
        self._close()
        self.screen.open_line(request, TextQuestion(begun=begun))

    def _offer_more(self, request: Request) -> None:
        """Let more be said of what was done; whoever has nothing to say goes on with any other key."""
        more = request.command.more
        if more is None or more.part in request.parts or not all(request.answers):
            return
        if not more.after or request.answers[-1] in more.after:
            self._more = replace(request, parts=(*request.parts, more.part))
            self.screen.ask(line(*self.screen.status.said, "   ", (_(more.offer), "muted")))

    def _close(self) -> None:
        self._question = self._more = None
        self.screen.ask(EMPTY)

    def _drawn(self, request: Request, keys: KeyQuestion) -> Line:
        label = keys.about or (about(self.session.state, request.answers[0]) if request.answers else "")
        return keys.draw(label or _(request.command.label), self.screen.size.width - 1, self.screen.status.most_rows)

    def _undo(self, _text: str) -> None:
        try:
            self.write_now(self.session.undo)
        except UndoAsks as asks:
            self.confirm(
                _("Take it back all the same?"),
                lambda: self.write_now(lambda: self.session.undo(anyway=True)),
                say(asks.sentence),
                Refused("Nothing was taken back."),
            )

    def _palette(self, _text: str) -> None:
        commands = self.screen.commands

        def answered(word: str | None) -> None:
            if word is not None:
                self.run(commands.named(word), by_name=True)

        known = help_pages.entries(commands, self.screen.key_table.shown)
        others = [entry for entry in known if commands.named(entry.word).action is not FaceAction.PALETTE]
        self.screen.dialog(palette.CommandPalette(_("Everything"), others), answered)

    def _help(self, _text: str) -> None:
        commands, own = self.screen.commands, self.screen.key_table.shown
        self.screen.dialog(
            palette.HelpScreen(_("Help"), lambda room, wanted: help_pages.help_page(commands, own, room, wanted))
        )

    def _topline(self, _text: str) -> Line:
        from kring.report.topline import write_beside

        written = write_beside(self.session.store.path, self.session.history, self.session.now())
        return line(("✓ ", "ok"), written.told())

    def _theme(self, _text: str) -> Line | None:
        problem = theme.change(self.screen.app)
        return None if problem is None else line((say(problem), "soon"))
