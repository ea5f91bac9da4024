"""A board: something to look at and act on beside notes and checks, which never covers the question.

How the live screen deals with a board:

- There is one of each kind that `kring.ui.boards.table` lists, with its name, its title and what opens it, from when it
  is first in sight for as long as the screen lives; it keeps nothing but what its cursor needs. What is true it reads
  from the moment that it's given.
- It's in sight when its turn in the tab line has come (Tab, Shift+Tab), or when the command whose `FaceAction` is what
  `opens` it was given. That command also gives it the keyboard; after Tab it gets that with ↑ or ↓, so that passing by
  never changes what a digit does.
- While it has the keyboard, `press` is given each key before the commands are, by Textual's name: `1`, `x`, `space`,
  `enter`, `up`, `plus`, `minus`. It returns whether the key was its own; another key does what it does everywhere. A
  question that is asked and a line that is typed go first, and the keyboard comes back to the board after them.
- Esc leaves it, and what was in sight before it is again; a board leaves itself with `self.leave()`.
- `mode` says on the mode line who or what the next key is about, and that digits don't give the floor where that is
  so; `keys` says in the key bar what works now. Both are asked only while it has the keyboard.
- `lines` is asked at every look: it never walks the history.
- It acts by commands of the table only, `self.runner.do(command, *answers)`, or `self.runner.run(command, text)` where
  more is to be asked, so that whatever a board does, a typed line can do too.
- The row of its cursor begins with `▸ ` and ends with `("", "selected")`, which fills it with the surface of a
  selection; the cell of a table that has the keyboard stands between `[` and `]`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from kring.system.i18n import _
from kring.ui.base import KringScreen
from kring.ui.command_runner import CommandRunner
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import Line, line, window, with_more

Entry = TypeVar("Entry")
MORE_ROOM = 5
"""Cells in which a row tells how many are out of sight behind it."""


class Board:
    """One board of one live screen."""

    def __init__(self, screen: KringScreen, runner: CommandRunner, leave: Callable[[], None]) -> None:
        self.screen = screen
        self.session = screen.session
        self.runner = runner
        self.leave = leave
        """Leave the board: what was in sight before it is again."""
        self.has_keys = False
        """Whether it has the keyboard; the screen says so."""

    def begin(self, moment: LiveMoment, text: str) -> Line | None:
        """Get ready, with the text behind the command that opens it; raise `Refused` where there's nothing to show.

        What it returns is said in the line of answers.
        """
        return None

    def lines(self, moment: LiveMoment, room: int, height: int) -> list[Line]:
        """Return what it shows in a room of this size; of rows too many for it the last that fits tells how many."""
        raise NotImplementedError

    def mode(self, moment: LiveMoment) -> Line:
        """Return who or what the next key is about."""
        raise NotImplementedError

    def keys(self, moment: LiveMoment) -> Sequence[KeyHint]:
        """Return what its keys do now, in the order of the bar."""
        raise NotImplementedError

    def press(self, key: str) -> bool:
        """Do what a key does here; return whether it does anything."""
        raise NotImplementedError

    def clicked(self, moment: LiveMoment, room: int, height: int, x: int, y: int) -> bool:
        """Do what a click does at a cell of a row, in a panel of this size; return whether it does anything."""
        return False


class TextBoard(Board):
    """A board of text, which is scrolled where there is more than fits."""

    _top = 0
    _height = 1

    def text(self, moment: LiveMoment, room: int, height: int) -> Sequence[Line]:
        """Return all rows that it has in a room of this size."""
        raise NotImplementedError

    def lines(self, moment: LiveMoment, room: int, height: int) -> list[Line]:
        rows = self.text(moment, room, height)
        self._height = max(height, 1)
        self._top = max(min(self._top, len(rows) - self._height), 0)
        return window(rows, self._height, room, self._top)

    def keys(self, moment: LiveMoment) -> Sequence[KeyHint]:
        return [KeyHint("↑↓", _("scroll"), 8), KeyHint("Esc", _("leave"), 9)]

    def press(self, key: str) -> bool:
        page = max(self._height - 1, 1)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}
        if key not in steps:
            return False
        self._top = max(self._top + steps[key], 0)
        return True


class ListBoard(Board, Generic[Entry]):
    """A board of rows, of which one has the cursor; the cursor stays on its entry while others come and go."""

    def __init__(self, screen: KringScreen, runner: CommandRunner, leave: Callable[[], None]) -> None:
        super().__init__(screen, runner, leave)
        self.cursor = ""
        """The id of the entry that has the cursor."""
        self._place = 0
        self._top = 0
        self._height = 1

    def entries(self, moment: LiveMoment) -> Sequence[Entry]:
        """Return what there is a row for."""
        raise NotImplementedError

    def identity(self, entry: Entry) -> str:
        """Return the id of what a row is for."""
        raise NotImplementedError

    def row(self, moment: LiveMoment, entry: Entry, room: int) -> Line:
        """Return the row of an entry."""
        raise NotImplementedError

    def chosen(self, entries: Sequence[Entry]) -> Entry | None:
        """Return the entry that has the cursor: the one that had it, else what took its place."""
        if not entries:
            return None
        places = {self.identity(entry): place for place, entry in enumerate(entries)}
        self._place = places.get(self.cursor, min(self._place, len(entries) - 1))
        self.cursor = self.identity(entries[self._place])
        return entries[self._place]

    def lines(self, moment: LiveMoment, room: int, height: int) -> list[Line]:
        entries = self.entries(moment)
        self.chosen(entries)
        self._height = max(height, 1)
        self._top = max(min(self._top, self._place, len(entries) - self._height), self._place - self._height + 1, 0)
        seen = entries[self._top : self._top + self._height]
        below = len(entries) - self._top - len(seen)
        drawn: list[Line] = []
        for place, entry in enumerate(seen, self._top):
            is_first, is_last = place == self._top and len(seen) > 1, place == self._top + len(seen) - 1
            hidden = self._top if is_first else below if is_last else 0
            row = self._drawn(moment, entry, room - (MORE_ROOM if hidden else 0), place)
            drawn.append(with_more(row, hidden, room) if hidden else row)
        return drawn

    def _drawn(self, moment: LiveMoment, entry: Entry, room: int, place: int) -> Line:
        content = self.row(moment, entry, max(room - 2, 1))
        if place != self._place or not self.has_keys:
            return line("  ", *content)
        return (("▸ ", "key selected"), *[(text, f"{look} selected") for text, look in content], ("", "selected"))

    def clicked(self, moment: LiveMoment, room: int, height: int, x: int, y: int) -> bool:
        entries = self.entries(moment)
        if not 0 <= self._top + y < len(entries):
            return False
        self.cursor = self.identity(entries[self._top + y])
        return True

    def press(self, key: str) -> bool:
        page = max(self._height - 1, 1)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}
        if key in steps:
            self._place = max(self._place + steps[key], 0)
        elif key in ("home", "end"):
            self._place = 0 if key == "home" else 1 << 30
        else:
            return False
        self.cursor = ""
        return True
