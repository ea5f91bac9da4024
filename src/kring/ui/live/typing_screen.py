"""What is typed on the live screen: in which line, for what, and what becomes of it."""

from __future__ import annotations

from msgspec.structs import replace
from textual import events, on
from textual.widget import Widget
from textual.widgets import Input

from kring.commands import table
from kring.commands.command import MAY_BE_EMPTY, PROMPTS, Part
from kring.domain import note_line
from kring.domain.events import Event
from kring.domain.text import Refused, Sentence, one_line
from kring.domain.words import called
from kring.session.recording import Recordist
from kring.session.session import Session
from kring.system.i18n import _
from kring.system.settings import Settings
from kring.ui import help as help_pages
from kring.ui import righting
from kring.ui.command_runner import CommandRunner, Outcome
from kring.ui.live.panels import LivePanels
from kring.ui.live.typed_line import TypedLine
from kring.ui.prompt import KeyQuestion, Question, Request, TextQuestion, about
from kring.ui.views import typing
from kring.ui.widgets.line import EMPTY, Line, cut, line

NOTE = Request(table.NOTE, table.NOTE.asks)
FIND = Request(table.FIND, (Part.WORDS,))
BEGUN_SHOWN = 24
"""How many cells of a text that was begun stand in the question for which it was."""


class TypingScreen(LivePanels):
    """The live screen as far as its line goes."""

    runner: CommandRunner

    def __init__(
        self, session: Session, settings: Settings, warnings: tuple[Sentence, ...], recordist: Recordist | None
    ) -> None:
        super().__init__(session, settings, warnings, recordist)
        self.typed_line = TypedLine(self.line, NOTE)
        self._typing_from: Widget | None = None  # what had the keyboard before the line
        self._known = ""  # what the note that is edited said when that was begun

    def typed(self, event: events.Key) -> bool:
        """Do what a key means in the line; return whether it means anything there."""
        match event.key:
            case "enter":
                self._submit()
            case "escape":
                self._leave_line()
            case "tab":
                self._complete()
            case _ if self.line.typed(event):
                self.typed_line.touch(self.now())
                self.search_at_once()
            case _:
                return False
        return True

    @on(Input.Changed)
    def _on_typed(self) -> None:
        self.search_at_once()
        self.show_status()

    def hint(self) -> Line:
        state, typed = self.session.state, self.line.value
        room = self.status.said_line.size.width - 1  # the surface of the assistant folds it
        request = self.typed_line.request
        label = (_(request.command.label) + "  ", "title")
        whom = self._about(request)
        match request.part:
            case Part.NOTE_LINE if request.answers:
                note = state.notes.get(request.answers[0])
                return line(label, *typing.edit_hint(state, typed, room, note, self._known))
            case Part.NOTE_LINE:
                return typing.note_hint(state, typed, room, self.now(), self.typed_line.begun)
            case Part.TAGS:
                offered = typing.offer(state, typed)
            case Part.ANSWER:
                offered = typing.answer_hint(state, request.answers[0])
            case _:
                offered = EMPTY
        more = request.command.more
        prompt = PROMPTS.get(request.part) or request.command.help
        help_text = more.prompt if more and more.part is request.part else prompt
        return line(label, (f"{whom}  " if whom else "", "bold"), *(offered or line((_(help_text), "muted"))))

    def _about(self, request: Request) -> str:
        """Return which row is put right, or of whom something is told, where that was chosen before the line opened."""
        state = self.session.state
        match request.part:
            case Part.CHANGE | Part.WHY if request.answers:
                return righting.wrong_called(state, request.answers[0])
            case Part.CONSENT | Part.HOW if request.answers:
                return about(state, request.answers[0])
            case part if part is not Part.ANSWER and request.answers and request.answers[0] in state.participants:
                return called(state, request.answers[0])
        return ""

    def open_line(self, request: Request, typed: TextQuestion) -> None:
        is_answered = bool(request.drafts) and request.drafts[-1].text == self.line.value
        if self._is_searching or is_answered:
            self.typed_line.empty()
        if request.part is Part.NOTE_LINE:
            self._know(request)
            if self._is_assistant:
                self.make_room_for_notes()
        self.typed_line.open(request, typed)
        self.status.forget_refusal()
        if not self.is_typing:
            self._typing_from = self.focused
        self.set_focus(self.line)
        self.show()

    def with_begun(self, request: Request, asked: Question) -> Question:
        """Return a question, with the text that was begun for it where Enter goes on with one."""
        if not isinstance(asked, KeyQuestion) or not asked.types:
            return asked
        begun = cut(line(one_line(self.typed_line.begun_for(request.purpose))), BEGUN_SHOWN)
        if not begun:
            return asked
        text = "".join(text for text, _look in begun)
        return replace(asked, prompt=_("Enter: go on with “{text}”").format(text=text))

    def half_typed(self) -> Line:
        text = self.line.value
        if not text.strip() or self.is_typing or self.typed_line.is_waiting:
            return EMPTY
        key = next(iter(help_pages.keys_for(self.typed_line.request.command, self.key_table.shown)), "")
        return line((f" {key} ", "key"), (_("begun, not saved:") + " ", "soon"), one_line(text))

    def _know(self, request: Request) -> None:
        """Keep in mind what a note that is edited says now, to see whether somebody else changes it meanwhile."""
        note = self.session.state.notes.get(request.answers[0]) if request.answers else None
        self._known = note_line.written(note) if note is not None else ""

    def keep(self, request: Request) -> None:
        for draft in request.drafts:
            self.typed_line.keep(draft.purpose, draft.text)

    def waits(self, request: Request) -> None:
        if request.drafts:
            self.typed_line.wait()
        super().waits(request)

    def settled(self, request: Request, outcome: Event | Refused) -> None:
        if request.drafts:
            refused, draft = isinstance(outcome, Refused), request.drafts[-1]
            self.typed_line.settle(request.reopened(), draft, refused=refused, is_typing=self.is_typing)
        super().settled(request, outcome)

    @property
    def _is_searching(self) -> bool:
        return self.typed_line.request is FIND

    def _submit(self) -> None:
        """Do what the line says; it's emptied when that is saved, and keeps its text when not."""
        text = self.line.value
        if self.typed_line.is_waiting:
            self._stop_typing()
        elif self._is_searching:
            self._rest()
        elif not text.strip() and self.typed_line.request.part not in MAY_BE_EMPTY:
            self._rest()
            self.say(EMPTY)
        elif self.typed_line.is_untouched:
            self._rest()
            self.refuse(Refused("Nothing was changed."))
        else:
            asked = self.typed_line.request
            outcome = self.runner.go_on(asked.typed(text))
            if outcome is Outcome.REFUSED and asked.part is Part.NOTE_LINE:
                self._know(asked)
            if outcome is not Outcome.REFUSED and self.typed_line.request is asked:  # else the next part is typed
                if asked.part is Part.NOTE_LINE and not asked.answers:
                    self._typing_from = None if self._typing_from is self.notes else self._typing_from
                    self.notes.follow()
                self._stop_typing()
                if outcome is not Outcome.WAITS:
                    self._rest()
        self.show()

    def _leave_line(self) -> None:
        """Leave the line: its text stays unless it's what stood there, a search ends."""
        self._stop_typing()
        if self._is_searching:
            self.search("")
            self._rest()
        elif self.typed_line.is_untouched:
            self._rest()
        self.show()

    def _rest(self) -> None:
        self.typed_line.rest()
        self._stop_typing()

    def _stop_typing(self) -> None:
        """Give the keyboard back to the list or the board from which the line was opened."""
        before = self._typing_from
        self.set_focus(before if before is not None and before.display else None)

    def search_at_once(self) -> None:
        if self._is_searching:
            self.search(self.line.value)

    def _complete(self) -> None:
        """Complete the tag or the speaker at the end of the line."""
        if self.typed_line.request.part in (Part.NOTE_LINE, Part.TAGS):
            completed = typing.completed(self.session.state, self.line.value)
            if completed is not None:
                self.line.value = completed
                self.line.cursor_position = len(completed)
