"""A list of thousands of entries that costs no more than the rows in sight."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from kring.ui.widgets.line import EMPTY, Line
from kring.ui.widgets.panel import LineWidget

Entry = TypeVar("Entry")
Row = tuple[int, Line]
"""Which entry stands in a row of the screen (-1: none), and its line."""

GUTTER = 2
GREYED = {"current": "muted bold", "italic": "muted italic"}
STAY_LIGHT = ("soon", "late", "asks")
KEPT_DRAWN = 500
"""How many folded entries are remembered: more than a screen holds, fewer than an evening brings."""


def _greyed(content: Line) -> Line:
    return tuple([(text, look if look in STAY_LIGHT else GREYED.get(look, "muted")) for text, look in content])


class LineList(LineWidget, Generic[Entry]):
    """Entries with the newest at the bottom; each folds to one or more lines when it comes in sight.

    It keeps no heights and no offsets: a place is an entry and one of its lines, so that appending to
    20,000 entries costs what it costs with 20, and nothing is ever laid out. While it is at the bottom it
    follows what is new. Once the reader scrolled up, or holds the cursor on an entry, nothing moves and the
    last row says how much is newer.

    `identify` gives the id of an entry, `draw(entry, width)` its lines.
    """

    DEFAULT_CSS = """
    LineList { height: 1fr; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
        Binding("enter", "choose", show=False),
    ]

    light: int | None = None
    """Of how many of the newest entries the text is light, and not grey but for what needs somebody; None: of all."""
    keeps_cursor = False
    """Whether the cursor stays in sight while another widget has the focus."""

    class Selected(Message):
        """An entry was chosen, with Enter."""

        def __init__(self, source: LineList[Any], entry: Any) -> None:
            super().__init__()
            self.source = source
            self.entry = entry

        @property
        def control(self) -> LineList[Any]:
            """The list itself, for `@on` selectors."""
            return self.source

    class Moved(Selected):
        """The cursor stands on another entry."""

    def __init__(
        self,
        draw: Callable[[Entry, int], Sequence[Line]],
        identify: Callable[[Entry], Hashable],
        *,
        newer: Callable[[int], str] = "… {}".format,
        selectable: bool = True,
        framed: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.set_class(framed, "-framed")
        self.can_focus = selectable
        self._draw = draw
        self._identify = identify
        self._newer = newer
        self._all: dict[Hashable, Entry] = {}
        self._keep: Callable[[Entry], bool] | None = None
        self._ids: Callable[[], Sequence[Hashable]] | None = None
        self._shown: list[Hashable] = []
        self._drawn: dict[Hashable, Sequence[Line]] = {}
        self._rows: list[Row] = []
        self._following = True
        self._top = (0, 0)
        self._cursor: int | None = None
        self._foot: Sequence[Line] = ()

    def __len__(self) -> int:
        return len(self._shown)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._all

    @property
    def cursor(self) -> Entry | None:
        """The entry under the cursor."""
        return None if self._cursor is None else self._all[self._shown[self._cursor]]

    @property
    def at_bottom(self) -> bool:
        """Whether the newest entry is followed."""
        return self._following and not self._held

    def append(self, entry: Entry) -> None:
        """Add an entry below the newest one; an entry that is there already is replaced."""
        key = self._identify(entry)
        if key in self._all:
            self.replace(entry)
            return
        self._all[key] = entry
        if self._keep is None or self._keep(entry):
            self._shown.append(key)
            self._settle()

    def replace(self, entry: Entry) -> None:
        """Put an entry in the place of the one with its id; without one it is appended."""
        key = self._identify(entry)
        old = self._all.get(key)
        if old is None:
            self.append(entry)
            return
        if old is entry:
            return
        self._all[key] = entry
        self._drawn.pop(key, None)
        if self._keep is not None and self._keep(old) != self._keep(entry):
            self._filter_again()
        self._settle()

    def drop(self, key: Hashable) -> None:
        """Take an entry out; an id that is not there changes nothing."""
        if self._all.pop(key, None) is None:
            return
        self._drawn.pop(key, None)
        if key in self._shown:
            self._filter_again()
        self._settle()

    def set_all(self, entries: Iterable[Entry]) -> None:
        """Show these entries and no others; the place of the reader is kept."""
        old = self._all
        self._all = {self._identify(entry): entry for entry in entries}
        for key in [key for key in self._drawn if self._all.get(key) is not old.get(key)]:
            del self._drawn[key]
        self._filter_again()
        self._settle()

    def filter(self, keep: Callable[[Entry], bool] | None, ids: Callable[[], Sequence[Hashable]] | None = None) -> None:
        """Show only entries for which `keep` is true, or all; `ids` finds all of those where that is quicker."""
        self._keep, self._ids = keep, ids
        self._filter_again()
        self._settle()

    def redraw(self) -> None:
        """Draw every entry anew, after something changed that `draw` depends on."""
        self._drawn.clear()
        self._settle()

    def fit(self) -> None:
        """Fill the room that there is now; entries fold anew."""
        self._drawn.clear()
        self._settle()

    def follow(self) -> None:
        """Show the newest entry again, and what comes after it."""
        self._following = True
        self._refresh_cursor()
        self._cursor = None
        self._settle()

    def stand_on(self, foot: Sequence[Line]) -> None:
        """Let the entries end above these lines, which take the last rows; nothing is laid out for that."""
        if foot == self._foot:
            return
        begin = min(self._height, max(self.size.height - len(foot), 1))
        grows = len(foot) != len(self._foot)
        self._foot = tuple(foot)
        self.refresh_rows(range(begin, self.size.height))
        if grows:
            self._settle()

    @property
    def _height(self) -> int:
        return max(self.size.height - len(self._foot), 1)

    def show_entry(self, key: Hashable) -> bool:
        """Bring an entry in sight and put the cursor on it; says whether it is in the list."""
        if key not in self._shown:
            return False
        self._go(self._shown.index(key))
        return True

    def show_cursor(self) -> None:
        """Bring the cursor back in sight, for who enters the list with a key: Enter acts on where it stands."""
        if self._cursor is not None:
            self._go(self._cursor)

    def show_from(self, key: Hashable) -> bool:
        """Put an entry in the first row, as far as the list goes down; says whether it is in the list."""
        if key not in self._shown:
            return False
        self._top = (self._shown.index(key), 0)
        self._following = False
        self._settle()
        return True

    def action_move(self, step: int) -> None:
        if not self._shown:
            return
        newest = len(self._shown) - 1
        self._go(newest if self._cursor is None else self._cursor + step)

    def action_page(self, step: int) -> None:
        visible = sorted({entry for entry, _ in self._rows if entry >= 0})
        if visible:
            self._go((visible[-1] if self._cursor is None else self._cursor) + step * max(len(visible) - 1, 1))

    def action_first(self) -> None:
        self._go(0)

    def action_last(self) -> None:
        self._following = True
        self._go(len(self._shown) - 1)

    def action_choose(self) -> None:
        if self._cursor is None:
            self.action_last()
        elif (entry := self.cursor) is not None:
            self.post_message(self.Selected(self, entry))

    def scroll_by(self, lines: int) -> None:
        """Move the view over this many lines, down when positive, without moving the cursor."""
        if not self._rows:
            return
        self._top = self._shifted(self._top, lines)
        self._following = False
        self._settle()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_by(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_by(-3)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if not self.can_focus or offset is None or offset.y >= len(self._rows):
            return
        index = self._rows[offset.y][0]
        if index >= 0:  # a click never does more than this: what it would do is not in sight
            self._go(index)

    def on_focus(self) -> None:
        self._refresh_cursor()
        self._settle()

    def on_blur(self) -> None:
        self._refresh_cursor()
        self._settle()

    def on_resize(self, _event: events.Resize) -> None:
        self.fit()

    def line_at(self, y: int) -> Line:
        if self._foot and y >= self._height:
            place = y - self._height
            return self._foot[place] if place < len(self._foot) else EMPTY
        if y >= len(self._rows):
            return EMPTY
        index, content = self._rows[y]
        if not self.can_focus:
            return content
        if index < 0 or index != self._cursor or not self._held:
            is_old = self.light is not None and 0 <= index < len(self._shown) - self.light
            return ((" " * GUTTER, ""), *(_greyed(content) if is_old else content))
        sign = "▸ " if y == 0 or self._rows[y - 1][0] != index else "  "
        return ((sign, "key selected"), *[(text, f"{look} bold selected") for text, look in content], ("", "selected"))

    @property
    def _held(self) -> bool:
        return self._cursor is not None and (self.has_focus or self.keeps_cursor)

    def _lines_of(self, index: int) -> Sequence[Line]:
        key = self._shown[index]
        drawn = self._drawn.get(key)
        if drawn is None:
            if len(self._drawn) >= KEPT_DRAWN:
                self._drawn.clear()
            room = self.size.width - (GUTTER if self.can_focus else 0)
            drawn = self._drawn[key] = self._draw(self._all[key], max(room, 1)) or (EMPTY,)
        return drawn

    def _go(self, index: int) -> None:
        """Put the cursor on an entry and bring it in sight."""
        if not self._shown:
            return
        newest = len(self._shown) - 1
        index = max(0, min(index, newest))
        self._refresh_cursor()
        self._cursor = index
        self._refresh_cursor()
        bottom = self._bottom()
        if index == newest:
            self._top = bottom
        else:  # the last row may be taken by the mark
            lowest = self._shifted((index, len(self._lines_of(index)) - 1), min(2 - self._height, 0))
            self._top = min((index, 0), max(self._top, lowest))
        self._following = self._top >= bottom
        self._settle()
        self.post_message(self.Moved(self, self._all[self._shown[index]]))

    def _refresh_cursor(self) -> None:
        self.refresh_rows([row for row, (entry, _) in enumerate(self._rows) if entry == self._cursor])

    def _bottom(self) -> tuple[int, int]:
        """Return the place of the first row when the newest line stands in the last."""
        newest = len(self._shown) - 1
        return self._shifted((newest, len(self._lines_of(newest)) - 1), 1 - self._height)

    def _shifted(self, place: tuple[int, int], lines: int) -> tuple[int, int]:
        """Return the place this many lines further; it stays inside the list."""
        index, row = place
        row += lines
        while row < 0 and index > 0:
            index -= 1
            row += len(self._lines_of(index))
        while index < len(self._shown) - 1 and row >= len(self._lines_of(index)):
            row -= len(self._lines_of(index))
            index += 1
        return index, max(0, min(row, len(self._lines_of(index)) - 1))

    def _filter_again(self) -> None:
        """Choose anew which entries are shown, and find the cursor and the reader's place back."""
        old, keep = self._shown, self._keep
        if self._ids is not None:
            self._shown = list(filter(self._all.__contains__, self._ids()))  # what comes next may be found already
        else:
            self._shown = [key for key, entry in self._all.items() if keep is None or keep(entry)]
        if not old:
            return
        self.refresh()
        if self._cursor is None and self._following:
            self._top = (0, 0)  # the newest is looked up from there
            return
        at = {key: index for index, key in enumerate(self._shown)}
        if self._cursor is not None:
            self._cursor = at.get(old[self._cursor])
        for key in old[self._top[0] :]:
            if key in at:
                self._top = (at[key], self._top[1] if key == old[self._top[0]] else 0)
                return
        self._top = (0, 0)
        self._following = True

    def _settle(self) -> None:
        """Work out which lines stand in the rows, and have those that differ drawn again."""
        if not self.is_mounted or self.size.height <= 0:
            return
        old, height = self._rows, self._height
        new = self._rows = self._fill(height) if self._shown else []
        last = max(len(old), len(new))
        self.refresh_rows([row for row in range(min(last, height)) if old[row : row + 1] != new[row : row + 1]])

    def _fill(self, height: int) -> list[Row]:
        bottom = self._bottom()
        if self.at_bottom or self._top >= bottom:
            self._following = self._following or not self._held
            self._top = bottom
        index, skip = self._top
        skip = min(skip, len(self._lines_of(index)) - 1)
        self._top = (index, skip)
        rows: list[Row] = []
        newest = len(self._shown) - 1
        while len(rows) < height and index <= newest:
            rows.extend([(index, content) for content in self._lines_of(index)[skip:]])
            index, skip = index + 1, 0
        if self._top < bottom:
            rows = rows[: height - 1]
            below = max(newest - rows[-1][0], 1) if rows else newest + 1
            rows.append((-1, ((self._newer(below), "soon reverse"),)))
        return rows[:height]
