"""The bottom of a screen: what an act did or what is asked, the keys, and whether everything is saved."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from kring.domain.text import N_, KringError
from kring.domain.time_text import time_of_day
from kring.session.commands import BY_WORD
from kring.session.session import Session
from kring.store.store import NotRead, NotSaved
from kring.system.i18n import _, say
from kring.ui import help as help_pages
from kring.ui.views import typing
from kring.ui.widgets.key_bar import KeyBar, KeyHint
from kring.ui.widgets.line import EMPTY, Line, cut, line
from kring.ui.widgets.line_input import LineInput
from kring.ui.widgets.panel import Panel

if TYPE_CHECKING:
    from kring.ui.live.screen import LiveScreen

HOLD_S = 3.0
"""How long the answer to one's own key stands before what others do takes its place."""
READ_S = 5.0
"""How long a trouble that is over stays in sight at least; then the next act takes it away."""

FOLLOWING = {"solved": N_("Minutes lost"), "attend": N_("Why")}
"""What is typed when the act itself is done already."""


class Typist(Protocol):
    """A screen with a line in which is typed now and then."""

    line: LineInput

    @property
    def is_typing(self) -> bool:
        """Tell whether keys go into the line."""


class Answers:
    """The line of answers and the bar of keys of a face; one answer at a time, always at the same place."""

    def __init__(self, typist: Typist, session: Session) -> None:
        self.typist = typist
        self.session = session
        self.said_line = Panel(id="said")
        self.keys = KeyBar(id="keys")
        self._said: Line = EMPTY
        self._held_until = 0.0
        self._question: Line = EMPTY
        self._played: Line = EMPTY
        self._refused: tuple[str, Line] | None = None  # the text in the line, and why it was refused
        self._trouble: KringError | None = None
        self._trouble_since = 0.0
        self._seen_trouble: KringError | None = None

    def say(self, told: Line) -> None:
        """Show in one line what an act did, or why it didn't."""
        self._said = told
        self._held_until = monotonic() + HOLD_S
        self.show()

    @property
    def said(self) -> Line:
        """What an act did last, or why it didn't."""
        return self._said

    def refuse(self, told: Line) -> None:
        """Show why an act was refused; where a line is open, until its text is changed."""
        self._refused = (self.typist.line.value, told) if self.typist.is_typing else None
        self.say(told)

    def opens_line(self) -> None:
        """Forget why another line was refused."""
        self._refused = None

    def overhear(self, told: Line) -> None:
        """Show what somebody else did, unless an answer is being read."""
        if monotonic() >= self._held_until:
            self._said = told
            self.show()

    def ask(self, question: Line) -> None:
        """Show what the next key answers; an empty line ends that."""
        if question != self._question:
            self._question = question
            self.show()

    def play(self, played: Line) -> None:
        """Show what is played, whenever nothing else is to be read; an empty line ends that."""
        if played or self._played:
            self._played = played
            self.show()

    def has_seen(self, trouble: KringError | None) -> None:
        """Take note that somebody went on working while a trouble was in sight."""
        if trouble is self._trouble and monotonic() - self._trouble_since >= READ_S:
            self._seen_trouble = trouble

    def show(self) -> None:
        """Show what is true now."""
        self.said_line.show([cut(line(" ", *self._answer()), self.said_line.size.width)])
        self.keys.show_saved(self._saved())
        self.keys.show_keys(self.keys_now())

    def keys_now(self) -> Sequence[KeyHint]:
        """Return the keys that work now."""
        raise NotImplementedError

    def hint(self) -> Line:
        """Return what is said of the line while it is typed."""
        raise NotImplementedError

    def _answer(self) -> Line:
        trouble = self._shown_trouble()
        if trouble is not None:
            told = say(trouble.sentence)
            more = self._question or (() if (told, "danger") in self._said else self._said)
            return line((f" {told} ", "danger"), "  ", *more)
        if self._question:
            return self._question
        if not self.typist.is_typing:
            return self._played if self._played and monotonic() >= self._held_until else self._said
        if self._refused is not None and self._refused[0] == self.typist.line.value:
            return self._refused[1]
        return self.hint()

    def _shown_trouble(self) -> KringError | None:
        """Return what must stay in sight: what lasts, or what nobody has acted after."""
        trouble = self.session.trouble
        if trouble is not self._trouble:
            self._trouble, self._trouble_since = trouble, monotonic()
        if isinstance(trouble, NotSaved | NotRead) or self.session.store.mode == "read":
            return trouble
        return None if trouble is self._seen_trouble else trouble

    def _saved(self) -> Line:
        session = self.session
        if session.waiting:
            return line((_(" ! NOT SAVED ({n}) ").format(n=len(session.waiting)), "danger"))
        if session.store.mode == "read":
            return line((" " + _("READ ONLY") + " ", "danger"))
        if isinstance(session.trouble, NotSaved | NotRead):
            return line((" ! ", "danger"))
        if session.saved_at is None:
            return EMPTY
        at = time_of_day(session.state, session.saved_at, seconds=True)
        return line((_("saved {time}").format(time=at), "muted"))


class Bottom(Answers):
    """The bottom of the live screen."""

    def __init__(self, screen: LiveScreen, session: Session) -> None:
        super().__init__(screen, session)
        self.screen = screen
        self._hints: list[KeyHint] = []
        self._hints_for: tuple[str, object] = ("", None)

    def keys_now(self) -> Sequence[KeyHint]:
        if not self.screen.is_typing:
            return self.screen.hearing.keys() if self.screen.hearing.is_on else self._hints_now()
        if self.screen.acting.is_note:
            return typing.grammar(self.said_line.size.width)
        searching = self.screen.acting.typing_word == "find"
        return help_pages.typing_hints(self.screen.key_table.shown, searching=searching)

    def _hints_now(self) -> list[KeyHint]:
        state = self.session.state
        phase, people = self._hints_for
        if phase != state.session.phase or people is not state.participants:  # their seats are in a hint, too
            self._hints_for = state.session.phase, state.participants
            self._hints = help_pages.hints(state, self.session.me.role, self.screen.key_table.shown)
        return self._hints

    def hint(self) -> Line:
        state, typed = self.session.state, self.screen.line.value
        room = self.said_line.size.width - 1
        word = self.screen.acting.typing_word
        if word == "note":
            return typing.note_hint(state, typed, room)
        command = BY_WORD[word]
        label = (_(command.label) + "  ", "title")
        if word == "edit":
            return line(label, *typing.note_hint(state, typed, room))
        offered = typing.offer(state, typed) if word == "tag" else EMPTY
        if word == "answer":
            offered = typing.answer_hint(state, self.screen.acting.typing_prefix)
        help_text = FOLLOWING.get(word, command.help) if self.screen.acting.typing_prefix else command.help
        return line(label, *(offered or line((_(help_text), "muted"))))
