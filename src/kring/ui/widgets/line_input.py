"""The line in which notes, cues and commands are typed."""

from __future__ import annotations

from typing import Any, ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region, Spacing
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from kring.domain.text import LONGEST, clean
from kring.ui.theme import palette
from kring.ui.toolkit.textual_private import InputOfOneSize
from kring.ui.widgets.line import Line, cells, safe
from kring.ui.widgets.panel import Styles, strip_of

PASTED_BREAK = " / "
JOINERS = frozenset("\u200c\u200d")
"""What Textual takes for unprintable, but emoji families and Persian are typed with."""


def pasted(text: str) -> str:
    """Return pasted text on one line: every line kept, controls gone, and no longer than a note may be."""
    lines = [" ".join(part.split()) for part in clean(text[: 2 * LONGEST]).splitlines()]
    return PASTED_BREAK.join([part for part in lines if part])


class LineInput(InputOfOneSize):
    """An `Input` of one line that loses nothing of what is typed or pasted.

    Enter posts `Input.Submitted` and leaves the text: the screen empties the line with `take` after the
    commit. Escape posts `Left` and keeps the text. `show_state` puts a word at the right edge (`NOT SAVED`)
    and the class `-not-saved` goes with it; `limit_word` appears there by itself when the line is full.
    Keys that do not type (F-keys, `ctrl+t`, `ctrl+n`, `ctrl+f`, `ctrl+up`) reach the app.
    """

    DEFAULT_CSS = """
    LineInput, LineInput:focus { height: 1; border: none; padding: 0; background: $panel; }
    LineInput:focus { background: $kring-input; }
    LineInput > .input--placeholder { color: $text-muted; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    state: reactive[str] = reactive("", init=False)

    class Left(Message):
        """The line was left with its text in it."""

        def __init__(self, source: LineInput) -> None:
            super().__init__()
            self.source = source

        @property
        def control(self) -> LineInput:
            """The line itself, for `@on` selectors."""
            return self.source

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        limit_word: str = "FULL",
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        super().__init__(
            value or None,
            placeholder=placeholder,
            max_length=LONGEST,
            select_on_focus=False,
            compact=True,
            id=id,
            classes=classes,
        )
        self.cursor_blink = False
        self._limit_word = limit_word
        self._resting: Line | None = None
        self._styles: tuple[object, Styles] | None = None  # and the look that they are of

    def rest(self, content: Line) -> None:
        """Show a line in the place of text and placeholder while nothing is typed here; an empty one shows the text."""
        if content != self._resting:
            self._resting = content
            self.refresh()

    def take(self) -> str:
        """Return the text and empty the line."""
        text, self.value = self.value, ""
        self.show_state("")
        return text

    def show_state(self, word: str, *, not_saved: bool = False) -> None:
        """Show a word at the right edge; with `not_saved` the whole line says that its text waits."""
        self.state = word
        self.set_class(not_saved, "-not-saved")

    def validate_value(self, value: str) -> str:
        """Keep what no terminal and no file can hold out of the line, wherever it came from."""
        if value.isprintable():
            return value[:LONGEST]
        return clean(value[: 2 * LONGEST]).replace("\n", " ").replace("\t", " ")[:LONGEST]

    def replace(self, text: str, start: int, end: int) -> None:
        start, end = sorted((max(0, start), min(len(self.value), end)))
        room = LONGEST - len(self.value) + (end - start)
        if len(text) > room:
            text = text[: max(room, 0)]
            self.state = self._limit_word
        elif self.state == self._limit_word:
            self.state = ""
        before = self.value
        value = self.validate_value(f"{before[:start]}{text}{before[end:]}")
        self.value = value
        self.cursor_position = len(value) - (len(before) - end)

    async def on_key(self, event: events.Key) -> None:
        if self.typed(event):
            event.stop()
            event.prevent_default()

    def typed(self, event: events.Key) -> bool:
        """Take a key that types a character; return whether it did."""
        if not event.is_printable and event.character not in JOINERS:
            return False
        self.replace(event.character or "", *self.selection)
        return True

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.paste(event)

    def paste(self, event: events.Paste, *, is_apart: bool = False) -> None:
        """Put pasted text at the cursor, on one line; with `is_apart` it is no part of the word before it."""
        text = pasted(event.text)
        if text and is_apart and self.value[: self.cursor_position].strip():
            text = f" {text}"
        if text:
            self.replace(text, *self.selection)
        if len(event.text) > 2 * LONGEST:
            self.state = self._limit_word

    def action_leave(self) -> None:
        self.screen.set_focus(None)
        self.post_message(self.Left(self))

    def watch_state(self) -> None:
        self.measure()

    @property
    def content_width(self) -> int:
        return super().content_width + self._state_cells

    @property
    def _state_cells(self) -> int:
        return cells(safe(self.state)) + 2 if self.state else 0

    def scroll_to_region(self, region: Region, **options: Any) -> Offset:
        if self.state:
            options["spacing"] = Spacing(right=self._state_cells)
        return super().scroll_to_region(region, **options)

    def render_lines(self, crop: Region) -> list[Strip]:
        is_whole = crop.size == self.size == self.outer_size
        resting = self._resting
        if not is_whole or resting is None or self.has_focus or self.state or (self.value and not resting):
            return super().render_lines(crop)
        look = self.visual_style, self.app.theme
        if self._styles is None or self._styles[0] != look:
            self._styles = look, Styles(self)
        return [strip_of(resting, self.size.width, self._styles[1])]

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        if not self.state or y:
            return strip
        room = self.size.width
        word = f" {safe(self.state)} "
        style = self.visual_style.rich_style + palette(self.app).style("danger")
        return Strip.join([strip.crop(0, max(room - cells(word), 0)), Strip([Segment(word, style)])]).crop(0, room)
