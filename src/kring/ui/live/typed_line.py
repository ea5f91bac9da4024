"""The line of the live screen: what is typed in it and for what, what was left half typed, what waits for the file."""

from __future__ import annotations

from kring.system.i18n import _
from kring.ui.prompt import Draft, Purpose, Request, TextQuestion
from kring.ui.widgets.line_input import LineInput


class TypedLine:
    """One line for all that is typed; while nothing is, it stands for notes, with the one that was left half typed."""

    def __init__(self, line: LineInput, resting: Request) -> None:
        self.request = resting
        """The command, and the part of it, that the line is typed for."""
        self._line = line
        self._resting = resting
        self._kept: dict[Purpose, list[str]] = {}  # what was left half typed, or refused after all; the newest last
        self._entered: str | None = None  # the text in the line that was entered and waits for the file
        self._typed = TextQuestion()
        self._begun: int | None = None
        self._begun_of: dict[str, int] = {}

    @property
    def begun(self) -> int | None:
        """Return when the first character of the text in the line was typed (epoch ms), None where none was."""
        return self._begun if self._line.value else None

    def touch(self, now: int) -> None:
        """Keep in mind that something was typed or pasted just now."""
        if self._begun is None or len(self._line.value) <= 1:  # what was there before is gone
            self._begun = now

    @property
    def is_waiting(self) -> bool:
        """Whether the text in the line was entered already, and waits for the file."""
        return self._entered is not None and self._entered == self._line.value

    @property
    def is_untouched(self) -> bool:
        """Whether the text in the line is one that answers nothing as it stands."""
        return self._line.value == self._typed.untouched

    def open(self, request: Request, typed: TextQuestion) -> None:
        """Type for something else: what was begun just now, else what was left half typed, else the usual text."""
        if self._entered is not None:
            self.empty()  # it waits in order; the line is free
        if self._line.value and (request.purpose != self.request.purpose or typed.begun):
            self.keep(self.request.purpose, self._line.take())
        self.request, self._typed = request, typed
        if typed.begun:
            self._line.value = typed.begun
        elif not self._line.value:
            self._line.value = self.take_kept(request.purpose) or typed.usual
        is_usual = self._line.value == typed.usual and typed.place is not None
        self._line.cursor_position = typed.place or 0 if is_usual else len(self._line.value)
        self._line.placeholder = _(request.command.label)

    def empty(self) -> None:
        """Forget what stands in the line."""
        self._entered = self._begun = None
        self._line.take()

    def rest(self, request: Request | None = None) -> None:
        """Empty the line and let it stand for notes again, or for what comes back, with what was left half typed."""
        self.empty()
        self.request = request or self._resting
        self._typed = TextQuestion()
        self._line.value = self.take_kept(self.request.purpose)
        self._line.placeholder = _(self.request.command.label)

    def wait(self) -> None:
        """Leave the text in sight until the file has it."""
        self._entered = self._line.value
        self._line.show_state(_("NOT SAVED"), not_saved=True)

    def settle(self, request: Request, draft: Draft, *, refused: bool, is_typing: bool) -> None:
        """Give back what waited and was refused after all; let the line go on when it still shows what waited."""
        if refused:
            self.keep(draft.purpose, draft.text)
        if self._entered == draft.text and not is_typing:
            self.rest(request if refused else None)

    def begun_for(self, purpose: Purpose) -> str:
        """Return the text that typing for a purpose would go on with, empty where there is none."""
        if self._line.value and self.request.purpose == purpose:
            return "" if self.is_waiting else self._line.value
        return next(reversed(self._kept.get(purpose, ())), "")

    def take_kept(self, purpose: Purpose) -> str:
        """Take out the newest of the texts that are kept for a purpose."""
        kept = self._kept.get(purpose)
        text = kept.pop() if kept else ""
        self._begun = self._begun_of.pop(text, self._begun)
        return text

    def keep(self, purpose: Purpose, text: str) -> None:
        """Keep a text for when it is typed for the same purpose again."""
        self._kept.setdefault(purpose, []).append(text)
        if self._begun is not None:
            self._begun_of[text], self._begun = self._begun, None
