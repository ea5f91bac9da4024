"""The bottom of a screen: what an act did or what is asked, the keys, and whether everything is saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic

from kring.domain.text import KringError
from kring.domain.time_text import time_of_day
from kring.session.session import Session
from kring.store.store import NotRead, NotSaved
from kring.system.i18n import _, say
from kring.ui.widgets.key_bar import KeyBar, KeyHint
from kring.ui.widgets.line import EMPTY, Line, cut, line, wrap
from kring.ui.widgets.line_input import LineInput
from kring.ui.widgets.panel import Panel

HOLD_S = 3.0
"""How long the answer to one's own key stands before what others do takes its place."""
READ_S = 5.0
"""How long a trouble that is over stays in sight at least; then the next act takes it away."""


class StatusLine:
    """The line of answers and the bar of keys below a screen; one answer at a time, always at the same place.

    A question may take `most_rows`: the second is that of the typed line, in which nothing is typed then, where that
    line stands right below.
    """

    def __init__(self, typed: LineInput, session: Session, most_rows: int = 1) -> None:
        self.session = session
        self.most_rows = most_rows
        self.said_line = Panel(id="said")
        self.keys = KeyBar(id="keys")
        self.is_above_typed = True
        """Whether the typed line stands right below the line of answers."""
        self.elsewhere: Callable[[], Line] = lambda: EMPTY
        """What is said, before whether it's saved here, of who else has what was done."""
        self._typed = typed
        self._is_long = False
        self._said: Line = EMPTY
        self._overheard: Line = EMPTY
        self._held_until = 0.0
        self._question: Line = EMPTY
        self._playing: Line = EMPTY
        self._refused: tuple[str, Line] | None = None  # the text in the line, and why it was refused
        self._trouble: KringError | None = None
        self._trouble_since = 0.0
        self._seen_trouble: KringError | None = None

    @property
    def said(self) -> Line:
        """What an act did last, or why it didn't."""
        return self._said

    @property
    def is_asked(self) -> bool:
        """Whether the line holds what the next key answers."""
        return bool(self._question)

    def say(self, text: Line) -> None:
        """Put in the line what an act did, or why it didn't."""
        self._said, self._overheard = text, EMPTY
        self._held_until = monotonic() + HOLD_S

    def refuse(self, text: Line, *, is_typing: bool) -> None:
        """Put in the line why an act was refused; while a text is typed, until that text is changed."""
        self._refused = (self._typed.value, text) if is_typing else None
        self.say(text)

    def forget_refusal(self) -> None:
        """Forget why another text was refused."""
        self._refused = None

    def overhear(self, text: Line) -> None:
        """Put in the line what somebody else did; while an answer is being read it waits for that."""
        self._overheard = text
        self.show_overheard()

    @property
    def holds_back(self) -> bool:
        """Whether what others did waits until an answer was read."""
        return bool(self._overheard)

    def show_overheard(self) -> bool:
        """Put what others did meanwhile in the place of an answer that was read; return whether there was any."""
        if not self._overheard or monotonic() < self._held_until:
            return False
        self._said, self._overheard = self._overheard, EMPTY
        return True

    def ask(self, question: Line) -> None:
        """Put in the line what the next key answers; an empty line ends that."""
        self._question = question

    def play(self, playing: Line) -> None:
        """Put in the line what is played, whenever nothing else is to be read; an empty line ends that."""
        self._playing = playing

    def has_seen(self, trouble: KringError | None) -> None:
        """Take note that somebody went on working while a trouble was in sight."""
        if trouble is self._trouble and monotonic() - self._trouble_since >= READ_S:
            self._seen_trouble = trouble

    def show(self, keys: Sequence[KeyHint], hint: Line | None) -> None:
        """Show what is true now, the keys that work now, and what is said of the text being typed, if one is."""
        self._show_answer(line(" ", *self._answer(hint)))
        self.keys.show_saved(line(*self.elsewhere(), *self._saved()))
        self.keys.show_keys(keys)

    def _show_answer(self, answer: Line) -> None:
        room = self.said_line.size.width
        rows = wrap(answer, max(room, 1), hang=1)[: self.most_rows] if self._question else []
        is_long = len(rows) > 1
        self.said_line.show(rows if is_long else [cut(answer, room)])
        if self._is_long != is_long:
            self._is_long = is_long
            self._typed.display = not (is_long and self.is_above_typed)
            self.said_line.styles.height = len(rows) if is_long else 1

    def _answer(self, hint: Line | None) -> Line:
        trouble = self._shown_trouble()
        if trouble is not None:
            told = say(trouble.sentence)
            more = self._question or (() if (told, "danger") in self._said else self._said)
            return line((f" {told} ", "danger"), "  ", *more)
        if self._question:
            return self._question
        if hint is None:
            return self._playing if self._playing and monotonic() >= self._held_until else self._said
        return self.about_typed(hint)

    def about_typed(self, hint: Line) -> Line:
        """Return what is said of the text being typed: why it was refused until it's changed, else the hint."""
        if self._refused is not None and self._refused[0] == self._typed.value:
            return self._refused[1]
        return hint

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
