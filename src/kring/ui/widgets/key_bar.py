"""The bottom line: which keys work here, and whether everything is saved."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import msgspec
from textual import events
from textual.message import Message

from kring.ui.widgets.line import EMPTY, Line, spread, width
from kring.ui.widgets.panel import Panel


class KeyHint(msgspec.Struct, frozen=True):
    """A key and what it does here; of the least weight is dropped first when the line is too short."""

    key: str
    label: str
    weight: int = 1


class KeyBar(Panel):
    """One line of key hints with the state of the file at its right edge.

    `show_keys` takes the hints in the order of the line, `show_saved` a line such as `(("saved 20:04:12",
    "muted"),)` or `(("! NOT SAVED", "danger"),)`, which always stays whole.
    """

    DEFAULT_CSS = """
    KeyBar { height: 1; background: $panel; }
    """

    class Pressed(Message):
        """A hint was clicked, which stands for its key as the bar shows it."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, hints: Sequence[KeyHint] = (), *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._hints: tuple[KeyHint, ...] = tuple(hints)
        self._saved: Line = EMPTY
        self._room = 0

    def show_keys(self, hints: Sequence[KeyHint]) -> None:
        """Show these hints."""
        if self._hints != (chosen := tuple(hints)):
            self._hints = chosen
            self._compose_line()

    def show_saved(self, saved: Line) -> None:
        """Show the state of the file."""
        if self._saved != saved:
            self._saved = saved
            self._compose_line()

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        hint = hint_at(self._hints, self._keys_room, place.x) if place is not None else None
        if hint is not None:
            event.stop()
            self.post_message(self.Pressed(hint.key))

    @property
    def _keys_room(self) -> int:
        return self._room - width(self._saved) - 2

    def on_resize(self, _event: events.Resize) -> None:
        if self._room != self.size.width:
            self._compose_line()

    def _compose_line(self) -> None:
        self._room = self.size.width
        if self._room:
            keys = fitting(self._hints, self._keys_room)
            self.show([spread(keys, (*self._saved, (" ", "")), self._room)])


@lru_cache(maxsize=4)  # the time at the right edge changes far more often than the keys
def fitting(hints: tuple[KeyHint, ...], room: int) -> Line:
    """Return the hints that fit as one line; the least important are left out, in the order that remains."""
    return tuple(span for hint in _kept(hints, room) for span in _drawn(hint))


def over_lines(hints: Sequence[KeyHint], room: int) -> list[Line]:
    """Return all hints, on as many lines as they take; one that alone is too wide stands on its own."""
    lines: list[Line] = []
    taken = room + 1
    for drawn in map(_drawn, hints):
        if taken + width(drawn) > room:
            lines.append(EMPTY)
            taken = 0
        lines[-1] = (*lines[-1], *drawn)
        taken += width(drawn)
    return lines


def hint_at(hints: Sequence[KeyHint], room: int, x: int) -> KeyHint | None:
    """Return the hint that stands in a cell of the line."""
    end = 0
    for hint in _kept(hints, room):
        end += width(_drawn(hint))
        if x < end:
            return hint
    return None


def _kept(hints: Sequence[KeyHint], room: int) -> list[KeyHint]:
    kept = list(hints)
    taken = sum(width(_drawn(hint)) for hint in kept)
    while kept and taken > room:
        dropped = min(reversed(kept), key=lambda hint: hint.weight)
        kept.remove(dropped)
        taken -= width(_drawn(dropped))
    return kept


def _drawn(hint: KeyHint) -> Line:
    return ((f" {hint.key}", "key"), (f" {hint.label} ", ""))
