"""The bottom of the review screen: its own keys, and what is said of the line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kring.review.commands import BY_WORD, KEY_BAR, WEIGHTS
from kring.session.session import Session
from kring.system.i18n import _
from kring.ui import help as help_pages
from kring.ui.live.status_line import Answers
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import Line, line, wrap

if TYPE_CHECKING:
    from kring.ui.review.screen import ReviewScreen


MOST_ROWS = 2
"""Rows that a question may take: its own, and that of the line, in which nothing is typed then."""


class ReviewBottom(Answers):
    """The line of answers and the bar of keys of the review."""

    def __init__(self, screen: ReviewScreen, session: Session) -> None:
        super().__init__(screen, session)
        self.screen = screen
        self._hints = _hints(screen.key_table.shown)

    def keys_now(self) -> Sequence[KeyHint]:
        if not self.screen.is_typing:
            return self._hints
        if self.screen.is_searching:
            return [KeyHint("Enter", _("keep"), 9), KeyHint("Esc", _("show all"), 8)]
        return [
            KeyHint("Enter", _("save"), 9),
            KeyHint("Esc", _("leave, text stays"), 8),
            KeyHint("Tab", _("complete"), 5),
        ]

    def show(self) -> None:
        """Show what is true now; a question takes the row of the line too, when it's long."""
        super().show()
        rows = wrap(line(" ", *self._answer()), max(self.said_line.size.width, 1), hang=1)[:MOST_ROWS]
        is_long = self.screen.asking.takes_keys and len(rows) > 1
        if is_long:
            self.said_line.show(rows)
        if self.screen.line.display == is_long:
            self.screen.line.display = not is_long
            self.said_line.styles.height = len(rows) if is_long else 1

    def hint(self) -> Line:
        if self.screen.is_searching:
            return line(
                (f"{_(BY_WORD['find'].label)}  ", "title"),
                (_("a beginning or another form of a word is enough"), "muted"),
            )
        return self.screen.asking.hint(self.screen.line.value, self.said_line.size.width - 1)


def _hints(own: help_pages.Keys) -> list[KeyHint]:
    hints: list[KeyHint] = []
    for word, text in KEY_BAR:
        command = BY_WORD[word]
        keys = help_pages.keys_for(command, own, text)
        if keys:
            weight = len(WEIGHTS) - WEIGHTS.index(word) if word in WEIGHTS else 0
            hints.append(KeyHint(keys[0], _(command.label), weight))
    return hints
