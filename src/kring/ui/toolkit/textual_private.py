"""Every name of Textual that is not public, in one place; the rest of kring sees only what is named here.

They were read in the version `READ_IN`, which pyproject.toml pins: whoever takes another one reads them again there.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Hashable, Iterable, Iterator
from contextlib import suppress
from typing import Any, Self

from rich.console import Console
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._compositor import ChopsUpdate, Compositor
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.content import Content
from textual.geometry import Region, Size
from textual.keys import _character_to_key as key_of_character
from textual.map_geometry import MapGeometry
from textual.message import Message
from textual.screen import UPDATE_PERIOD, Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

__all__ = ["XTermParser", "key_of_character"]  # what is handed on as it is

READ_IN = "8.2.8"

Span = tuple[int, int, int]
"""A row, its first column and the column after its last."""
Chops = list[dict[int, Strip | None]]
"""For each row what stands from which column on; None where nothing was drawn."""
Corners = tuple[int, int, int, int]
"""A rectangle: its first column and row, and those after its last."""
Place = tuple[Widget, Region, Corners]
"""A widget, its region, and the part of that in sight."""


class LastWordsApp(App[Any]):
    """An app that after a fault says what `last_words` returns, and nothing else.

    Textual prints a traceback with local variables: participants' words on the screen and in bug reports.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._disable_tooltips = self._disable_notifications = True  # each is a widget of every screen

    def last_words(self, fault: BaseException | None) -> str:
        """Return what a person reads when a fault ends the app."""
        raise NotImplementedError

    def end_by(self, fault: Exception) -> None:
        """End the app because of a fault."""
        self._return_code = 1
        if self._exception is None:
            self._exception = fault
            self._exception_event.set()
        self._end_saying(fault)

    async def do_binding(self, key: str) -> bool:
        """Do what the focused widget, the screen or the app has bound to a key; return whether anything was."""
        return await self._check_bindings(key)

    def panic(self, *_renderables: object) -> None:
        self._end_saying(sys.exc_info()[1])

    def _handle_exception(self, error: Exception) -> None:
        self.end_by(error)

    def _fatal_error(self) -> None:
        self._end_saying(sys.exc_info()[1])

    def _end_saying(self, fault: BaseException | None) -> None:
        words = self.last_words(fault)
        if not self._exit_renderables:
            self._exit_renderables.append(words)
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        for words in self._exit_renderables[:1]:
            print(words, file=sys.__stderr__)  # rich would read it as markup
        self._exit_renderables.clear()


class FittingScreen(Screen[None]):
    """A screen that can fill its room before a new layout is painted, and draws only the rows that changed.

    Textual paints a new layout first and tells the widgets their size afterwards, so that what they show comes a
    frame later. What a `PromptWidget` changed is painted as soon as what happens now is done.
    """

    def __init__(self) -> None:
        super().__init__()
        self._compositor = RowCompositor()
        self._fits = False
        self._painted_at = 0.0
        self._due: asyncio.Handle | None = None

    def fit(self) -> None:
        """Fill the room that there is now; called once before a new layout is painted."""

    def paint_soon(self, widget: Widget) -> None:
        """Paint what changed in a widget when what happens now is done; when more keys wait, once a frame."""
        self._dirty_widgets.add(widget)
        if self._due is not None:
            return
        loop = asyncio.get_running_loop()
        if self.app.message_queue_size and loop.time() - self._painted_at < UPDATE_PERIOD:
            self._update_timer.resume()
        else:
            self._due = loop.call_soon(self._paint)

    def paint(self) -> None:
        """Paint what is due before anything else happens."""
        if self._due is not None:
            self._due.cancel()
            self._paint()

    def _paint(self) -> None:
        self._due = None
        if self.is_running and self.outer_size:  # without a size nothing is laid out yet, and all of it is painted then
            self._on_timer_update()

    def update_node_styles(self, animate: bool = True) -> None:
        if self.outer_size:  # before that, when the screen comes into sight, all have the styles they were mounted with
            super().update_node_styles(animate)

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        self._fits = False
        super()._refresh_layout(size, scroll)

    def _compositor_refresh(self) -> None:
        self._painted_at = asyncio.get_running_loop().time()
        if not self._fits and self.is_mounted:
            self._fits = True
            self.fit()
            self._compositor.update_widgets(self._dirty_widgets)
        super()._compositor_refresh()


class PromptWidget(Widget):
    """A widget that is painted at once where its size stays, and that knows its size as long as that stays.

    Textual sends messages through the queues of the widget and of the screen first, and then waits for a timer; and it
    works out the size anew whenever somebody asks.
    """

    _home: FittingScreen | None = None  # the screen that paints it at once
    _content: tuple[MapGeometry, Size] | None = None  # its place in a layout, and the room that it has there

    @property
    def size(self) -> Size:
        place = None if self._home is None else self._home._compositor.full_map.get(self)
        if place is None:
            return super().size
        if self._content is None or self._content[0] is not place:
            self._content = place, super().size
        return self._content[1]

    def on_mount(self) -> None:
        self._home = next((one for one in self.ancestors if isinstance(one, FittingScreen)), None)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        if self._home is None or not repaint or layout or recompose:
            return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        self._set_dirty(*regions)
        if not regions:  # for another look, too
            self.clear_cached_dimensions()
            self._rich_style_cache.clear()
        if self.display:
            self._home.paint_soon(self)
        return self


class RowWidget(PromptWidget):
    """A widget whose rows are lines between the two sides of its frame; a row that was drawn before is not drawn again.

    Textual works out the frame and the blanks in it for each row, also where all rows only move up by one.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._sides: tuple[Size, Strip, Strip] | None = None
        self._finished: dict[Hashable, Strip] = {}

    def line_at(self, y: int) -> Hashable:
        """Return what stands in a row of the content."""
        raise NotImplementedError

    def drawn(self, line: Any) -> Strip:
        """Return what `line_at` returned as the terminal gets it, as wide as the content."""
        raise NotImplementedError

    def forget_look(self) -> None:
        """Forget what was drawn: from now on it looks otherwise."""
        self._content = self._sides = None
        self._finished.clear()

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        if not regions:
            self.forget_look()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        self.forget_look()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        return self.drawn(self.line_at(y))

    def render_lines(self, crop: Region) -> list[Strip]:
        gutter, size = self.gutter, self.outer_size
        if crop.column_span != (0, size.width) or crop.y < gutter.top or crop.bottom > size.height - gutter.bottom:
            return super().render_lines(crop)
        if self._sides is None or self._sides[0] != size:
            (whole,) = super().render_lines(Region(0, crop.y, size.width, 1))
            self._sides = size, whole.crop(0, gutter.left), whole.crop(size.width - gutter.right)
            self._finished.clear()
        if len(self._finished) > 2 * size.height:  # most are no longer in sight, and each takes some kilobytes
            self._finished.clear()
        return [self._finished_row(self.line_at(y - gutter.top), *self._sides[1:]) for y in crop.line_range]

    def _finished_row(self, line: Hashable, left: Strip, right: Strip) -> Strip:
        row = self._finished.get(line)
        if row is None:
            row = self.drawn(line)
            if left.cell_length or right.cell_length:
                row = Strip.join([left, row, right])
            self._finished[line] = row
        return row


class InputOfOneSize(Input, PromptWidget):
    """An input line whose size does not depend on its text.

    Textual lays the whole screen out at every key, because the text may be wider.
    """

    def measure(self) -> None:
        """Take the width of the text as it is now, and draw it."""
        self.set_reactive(Widget.virtual_size, Size(self.content_width, 1))
        self.refresh()

    def _watch_value(self, value: str) -> None:
        self.measure()
        self.post_message(self.Changed(self, value, None))
        if self._initial_value:
            self._initial_value = False
            self.cursor_position = len(value)
        else:
            self.selection = self.selection  # a shorter text pulls the cursor in


def has_binding(widget: Widget, key: str) -> bool:
    """Whether a widget does something of its own with a key."""
    return key in widget._bindings.key_to_bindings


def write_in_frame(widget: Widget, title: Content | None) -> None:
    """Put a text in the frame of a widget, and draw only that row; Textual draws the whole widget."""
    widget._border_title = title
    if widget.is_mounted:
        widget.refresh(Region(-1, -1, widget.size.width + 2, 1))


if sys.platform != "win32":
    import termios
    import tty

    from textual.drivers.linux_driver import LinuxDriver

    class ScreenDriver(LinuxDriver):
        """Textual's driver for Unix that writes to any `screen` with `write`, `flush` and `fileno`."""

        _frame: str | None = None  # the beginning of the one that is being drawn

        def __init__(
            self,
            app: App[Any],
            screen: Any,
            *,
            debug: bool = False,
            mouse: bool = True,
            size: tuple[int, int] | None = None,
        ) -> None:
            super().__init__(app, debug=debug, mouse=mouse, size=size)
            self.app = app
            self.loop = asyncio.get_running_loop()
            self._file = screen

        def _get_terminal_size(self) -> tuple[int, int]:
            """Return the columns and rows of the terminal; what a shell said of them may be old."""
            with suppress(OSError):
                columns, rows = os.get_terminal_size(self.fileno)
                return columns or 80, rows or 25
            return 80, 25

        def send_message(self, message: Message) -> None:
            """Hand over what was typed; Textual makes a task of each message."""
            self.loop.call_soon_threadsafe(self.app.post_message, message)

        def write(self, data: str) -> None:
            """Hand over a frame in one piece; the thread that writes would wake at its first one and wait for more."""
            if self._frame is None and data != SYNC_START:
                self.hand_over(data)
                return
            self._frame = (self._frame or "") + data
            if data == SYNC_END:
                frame, self._frame = self._frame, None
                self.hand_over(frame)

        def hand_over(self, text: str) -> None:
            """Give text to the thread that writes."""
            super().write(text)

        def continued(self) -> bool:
            """Go on after SIGSTOP; return whether that was done here, and not to be done by Textual."""
            return False

        def make_raw(self) -> None:
            """Have the terminal hand over key by key, without taking this state for the one to restore."""
            attributes = termios.tcgetattr(self.fileno)
            attributes[tty.LFLAG] = self._patch_lflag(attributes[tty.LFLAG])
            attributes[tty.IFLAG] = self._patch_iflag(attributes[tty.IFLAG])
            termios.tcsetattr(self.fileno, termios.TCSANOW, attributes)

        def _sigcont_application(self, *arguments: Any) -> None:
            if not self.continued():
                super()._sigcont_application(*arguments)


class RowCompositor(Compositor):
    """Asks the widgets only for the rows that changed, and no widget that stands behind another one.

    Textual's own asks every widget for all of its rows, wherever the change is, and throws most of it away: that is
    the whole screen in every second in which a clock moves.
    """

    _places: tuple[object, list[Place]] | None = None

    def render_partial_update(self) -> ChopsUpdate | None:
        """Return what changed since the last look, or None when nothing did."""
        spans = list(self._regions_to_spans(self._dirty_regions))
        self._dirty_regions.clear()
        if not spans:
            return None
        cuts = self.cuts
        chops: Chops = [{} for _ in cuts]
        for y, _left, _right in spans:
            chops[y] = dict.fromkeys(cuts[y][:-1])
        for block in blocks(spans):
            self._fill(block, chops)
        return RowsUpdate(chops, spans, [ends[1:] for ends in cuts])

    def _fill(self, block: Corners, chops: Chops, front: int = 0) -> None:
        """Draw a part of the screen, from front to back until nothing can be behind."""
        left, top, right, bottom = block
        for behind, (widget, region, (x, y, end, under)) in enumerate(self._places_in_sight()[front:], front + 1):
            if y >= bottom or under <= top or x >= right or end <= left:
                continue
            first, last = max(y, top), min(under, bottom)
            strips = widget.render_lines(Region(x - region.x, first - region.y, end - x, last - first))
            for row, strip in zip(range(first, last), strips, strict=False):
                cuts = [cut for cut in self.cuts[row] if x <= cut <= end]
                parts = [strip] if len(cuts) == 2 else strip.divide([cut - x for cut in cuts[1:]])
                for cut, part in zip(cuts, parts, strict=False):
                    if chops[row][cut] is None:
                        chops[row][cut] = part
            if x <= left and end >= right:
                for above, below in ((top, first), (last, bottom)):
                    if above < below:
                        self._fill((left, above, right, below), chops, behind)
                return

    def _places_in_sight(self) -> list[Place]:
        """Return the widgets from front to back, and where each can be seen; worked out once a layout."""
        widgets = self.visible_widgets
        if self._places is None or self._places[0] is not widgets:
            seen = [(widget, region, region.intersection(clip)) for widget, (region, clip) in widgets.items()]
            self._places = widgets, [(widget, region, one.corners) for widget, region, one in seen if one]
        return self._places[1]


class RowsUpdate(ChopsUpdate):
    """The rows that changed, as the terminal gets them; Textual makes three objects of each place to go to."""

    def render_segments(self, console: Console) -> str:
        pieces: list[str] = []
        for y, left, right in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=True):
                if strip is not None and x < right and end > left:
                    seen = strip if end <= right else strip.crop(0, right - x)
                    pieces.append(f"\x1b[{y + 1};{x + 1}H{seen.render(console)}")
        return "".join(pieces)


def blocks(spans: Iterable[Span]) -> Iterator[Corners]:
    """Yield the rectangles that spans make up: rows that follow on each other, from the same column to the same."""
    block: Corners | None = None
    for y, left, right in spans:
        if block is not None and (block[3], block[0], block[2]) == (y, left, right):
            block = (left, block[1], right, y + 1)
            continue
        if block is not None:
            yield block
        block = (left, y, right, y + 1)
    yield from [block] if block is not None else []
