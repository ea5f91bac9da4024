"""The box that shows lines, and what every widget that draws lines shares."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from kring.ui.theme import palette
from kring.ui.toolkit.textual_private import RowWidget, write_in_frame
from kring.ui.widgets.line import EMPTY, Line, cut, safe, width


class Styles(dict[str, Style]):
    """The styles of looks on one widget as the terminal gets them, each worked out once."""

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self._base, self._looks = widget.visual_style.rich_style, palette(widget.app)
        self._filters, self._ground = widget.get_line_filters(), widget.background_colors[1]

    def __missing__(self, look: str) -> Style:
        style = self._base + self._looks.style(look) if look else self._base
        for line_filter in self._filters:
            (segment,) = line_filter.apply([Segment(" ", style)], self._ground)
            style = segment.style or style
        self[look] = style
        return style


def strip_of(content: Line, room: int, styles: Styles) -> Strip:
    """Return a line as Textual draws it: exactly as wide as its room, in the styles of its widget."""
    content = tuple([(safe(text), look) for text, look in content])
    taken = width(content)
    if taken > room:
        content = cut(content, room)
        taken = width(content)
    if taken < room:
        filling = content[-1][1] if content and not content[-1][0] else ""
        content = (*content, (" " * (room - taken), filling))
    segments: list[Segment] = []
    together, its = "", ""
    for text, look in content:  # neighbours that look the same are drawn as one
        if look == its:
            together += text
            continue
        if together:
            segments.append(Segment(together, styles[its]))
        together, its = text, look
    if together:
        segments.append(Segment(together, styles[its]))
    return Strip(segments, room)


class LineWidget(RowWidget):
    """A widget that draws lines itself: no children, no layout when its text changes."""

    ALLOW_SELECT = False
    can_focus = False

    DEFAULT_CSS = """
    LineWidget { height: 1; width: 1fr; }
    LineWidget.-framed {
        border: round $border-blurred; border-title-color: $accent; border-title-style: bold; padding: 0 1;
    }
    """

    _styles: Styles | None = None
    _title = ""

    @property
    def title(self) -> str:
        """The text in the frame, if there is a frame."""
        return self._title

    def entitle(self, title: str) -> None:
        """Put a text in the frame; nothing else is drawn again."""
        if title == self._title:
            return
        self._title = title
        write_in_frame(self, Content(safe(title)) if title else None)

    def focus_on_click(self) -> bool:
        """Whether a click gives it the keyboard: whoever types goes on typing."""
        from textual.widgets import Input

        return super().focus_on_click() and not isinstance(self.screen.focused, Input)

    def drawn(self, content: Line) -> Strip:
        styles = self._styles = self._styles or Styles(self)
        return strip_of(content, self.size.width, styles)

    def forget_look(self) -> None:
        super().forget_look()
        self._styles = None

    def refresh_rows(self, rows: Sequence[int]) -> None:
        """Have these rows of the content drawn again, and no others."""
        if not rows:
            return
        room, height = self.size
        if 2 * len(rows) >= height:  # one rectangle is cheaper than many
            top, bottom = min(rows), max(rows)
            self.refresh(Region(0, top, room, bottom - top + 1))
            return
        self.refresh(*[Region(0, row, room, 1) for row in rows])

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, self._on_theme)

    def _on_theme(self, _theme: object) -> None:
        self.refresh()


class Panel(LineWidget):
    """A box, framed or bare, that shows a list of lines.

    `show` compares with what stands there and has only the rows that differ drawn again, so a view may be
    shown at every tick. The size for a view is `panel.size`; when it changes, `Panel.Resized` asks the
    screen to show again.
    """

    DEFAULT_CSS = """
    Panel { height: 1fr; }
    """

    class Resized(Message):
        """The panel has another size, so its view must be shown anew."""

        def __init__(self, panel: Panel) -> None:
            super().__init__()
            self.panel = panel

        @property
        def control(self) -> Panel:
            """The panel itself, for `@on` selectors."""
            return self.panel

    class Clicked(Message):
        """A place in the panel was clicked: a cell of a row, both from 0."""

        def __init__(self, panel: Panel, x: int, y: int) -> None:
            super().__init__()
            self.panel = panel
            self.x = x
            self.y = y

        @property
        def control(self) -> Panel:
            """The panel itself, for `@on` selectors."""
            return self.panel

    def __init__(
        self,
        lines: Sequence[Line] = (),
        *,
        title: str = "",
        framed: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.set_class(framed, "-framed")
        self._lines: list[Line] = list(lines)
        self.entitle(title)

    @property
    def lines(self) -> list[Line]:
        """The lines that are shown; look, do not change."""
        return self._lines

    def show(self, lines: Sequence[Line], title: str | None = None) -> None:
        """Show these lines, and a title in the frame; what did not change is not drawn again."""
        if title is not None:
            self.entitle(title)
        old = self._lines
        if lines == old:
            return
        new = self._lines = list(lines)
        if not self.is_mounted:
            return
        common = min(len(old), len(new))
        last = min(max(len(old), len(new)), self.size.height)
        changed = [row for row in range(min(common, last)) if old[row] != new[row]]
        self.refresh_rows([*changed, *range(common, last)])

    def line_at(self, y: int) -> Line:
        return self._lines[y] if y < len(self._lines) else EMPTY

    def on_resize(self, _event: events.Resize) -> None:
        self.post_message(self.Resized(self))

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        if place is not None:
            event.stop()
            self.post_message(self.Clicked(self, place.x, place.y))
