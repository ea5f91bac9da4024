"""The palette: every command to find by typing, and the page of help, which is searched in the same way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events

from kring.domain.text import one_line
from kring.system.i18n import _
from kring.ui.dialogs import MOST_TYPED, Dialog
from kring.ui.help import Entry, looked_up
from kring.ui.matching import Hit, lit
from kring.ui.widgets.line import EMPTY, Line, cut, line, pad, spread, width, wrap

MOST_NAME, MOST_KEYS = 30, 12
"""The columns of names and keys, at most."""
TOLD_ROWS = 2
"""Rows in which the command under the cursor is told in full."""


class SearchedDialog(Dialog[str]):
    """A dialog with a line to search by: what is typed goes there, and Escape empties it first."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.typed = ""

    def typed_line(self, room: int, found: int | None = None) -> Line:
        """Return the line that is typed in, and how much it finds."""
        told = _("{n} found").format(n=found) if found is not None and self.typed.strip() else ""
        asked = "" if self.typed else " " + _("type a part of a name, in Dutch or English, or a key")
        return spread(line(("> ", "key"), self.typed, ("_", "reverse"), (asked, "muted")), line((told, "muted")), room)

    def pasted(self, text: str) -> None:
        self.search(self.typed + one_line(text))

    def press_typed(self, event: events.Key) -> bool:
        """Take a key that is typed; return whether it was one."""
        if event.key == "backspace":
            self.search(self.typed[:-1])
        elif event.key == "escape" and self.typed:
            self.search("")
        elif event.character and event.is_printable:
            self.search(self.typed + event.character)
        else:
            return False
        return True

    def search(self, typed: str) -> None:
        """Search by a text."""
        self.typed = typed[:MOST_TYPED]
        self.show()


class CommandPalette(SearchedDialog):
    """Commands in columns, the best found first; answers the word of the one that was chosen, None when it was left."""

    def __init__(self, title: str, known: Sequence[Entry]) -> None:
        super().__init__(title)
        self._known = known
        self._found = looked_up(known, "")
        self._at = self._first = 0

    def wanted_width(self) -> int:
        return 110

    def search(self, typed: str) -> None:
        self._found = looked_up(self._known, typed)
        self._at = self._first = 0
        super().search(typed)

    def draw(self, room: int, height: int) -> list[Line]:
        n = len(self._found)
        rows = max(min(len(self._known), height - TOLD_ROWS - 3), 1)
        self._first = max(min(self._first, self._at, n - rows), self._at - rows + 1, 0)
        shown = [self._drawn(at, room) for at in range(self._first, min(self._first + rows, n))]
        if not shown:
            shown = [line((_("Nothing found."), "muted"))]
        shown += [EMPTY] * (rows - len(shown))
        told = wrap(line((self._found[self._at][0].help, "muted")), room)[:TOLD_ROWS] if n else []
        told += [EMPTY] * (TOLD_ROWS - len(told))
        place = line((f"{self._at + 1}/{n}", "muted")) if n > rows else EMPTY
        hint = line((_("Enter chooses, Escape leaves"), "muted"))
        return [self.typed_line(room, n), *shown, *told, EMPTY, spread(hint, place, room)]

    def _drawn(self, at: int, room: int) -> Line:
        entry, match = self._found[at]
        names = min(max(width(line(one.name)) for one in self._known), MOST_NAME, room // 3)
        keys = min(max(width(line(one.keys)) for one in self._known), MOST_KEYS, room // 4)
        told = line(*_also(entry, match), *lit(entry.help, match.lit[1], "muted"))
        spans = line(
            "▸ " if at == self._at else "  ",
            *pad(line(*lit(entry.name, match.lit[0])), names + 2),
            *pad(line((entry.keys, "key")), keys + 2),
            *cut(told, max(room - names - keys - 6, 1)),
        )
        if at != self._at:
            return cut(spans, room)
        bright = [(text, "bold underline" if "underline" in look else "") for text, look in pad(spans, room)]
        return tuple([(text, f"cursor {look}".strip()) for text, look in bright])

    def pressed(self, event: events.Key) -> None:
        last = len(self._found) - 1
        match event.key:
            case "escape" if not self.typed:
                self.answer(None)
            case "enter":
                if self._found:
                    self.answer(self._found[self._at][0].word)
            case "up" | "down" | "pageup" | "pagedown" | "home" | "end":
                step = {"up": -1, "down": 1, "pageup": -8, "pagedown": 8, "home": -last, "end": last}[event.key]
                self._at = max(min(self._at + step, last), 0)
                self.show()
            case _:
                self.press_typed(event)


def _also(entry: Entry, match: Hit) -> Line:
    """Return by which other name a command was found, where its own name doesn't show it."""
    return line(*lit(entry.also, match.lit[2]), ": ") if match.lit[2] and not match.lit[0] else EMPTY


class HelpScreen(SearchedDialog):
    """A page of lines to read and to search; `page(room, wanted)` draws it for a width and what is searched."""

    ROWS_ABOVE = 0

    def __init__(self, title: str, page: Callable[[int, str], Sequence[Line]]) -> None:
        super().__init__(title)
        self._page = page
        self._first = 0
        self._drawn_for: tuple[object, list[Line]] = (None, [])

    def wanted_width(self) -> int:
        return 110

    def search(self, typed: str) -> None:
        self._first = 0
        super().search(typed)

    def draw(self, room: int, height: int) -> list[Line]:
        lines = self._lines(room)
        rows = max(height - 4, 1)
        self._first = max(min(self._first, len(lines) - rows), 0)
        shown = lines[self._first : self._first + rows]
        hint = line((_("Escape closes"), "muted"))
        seen = f"{self._first + 1}-{self._first + len(shown)} / {len(lines)}"
        place = line((seen, "muted")) if len(lines) > rows else EMPTY
        shown += [EMPTY] * (rows - len(shown))
        return [self.typed_line(room), EMPTY, *shown, EMPTY, spread(hint, place, room)]

    def pressed(self, event: events.Key) -> None:
        page = max(self._most_rows() - 5, 1)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page} | ({} if self.typed else {"space": page})
        match event.key:
            case "f1" | "enter":
                self.answer(None)
            case "escape" if not self.typed:
                self.answer(None)
            case "home":
                self._turn(-len(self._lines(self._room())))
            case "end":
                self._turn(len(self._lines(self._room())))
            case key if key in steps:
                self._turn(steps[key])
            case _:
                self.press_typed(event)

    def on_mouse_scroll_down(self) -> None:
        self._turn(3)

    def on_mouse_scroll_up(self) -> None:
        self._turn(-3)

    def _turn(self, rows: int) -> None:
        self._first = max(self._first + rows, 0)
        self.show()

    def _lines(self, room: int) -> list[Line]:
        if self._drawn_for[0] != (room, self.typed):
            self._drawn_for = ((room, self.typed), list(self._page(room, self.typed)))
        return self._drawn_for[1]
