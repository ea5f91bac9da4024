"""A screen of the desk: a line on top, what it is about, a line that says something, and the keys."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget

from kring.domain.text import KringError
from kring.system.i18n import _, say
from kring.system.settings import Settings
from kring.ui import dialogs, palette, terminal, theme
from kring.ui.desk import keys
from kring.ui.desk.keys import DeskKey
from kring.ui.help import page
from kring.ui.widgets.key_bar import KeyHint, over_lines
from kring.ui.widgets.line import EMPTY, Line, line, use_plain_signs
from kring.ui.widgets.panel import Panel


class DeskApp(terminal.TerminalApp):
    """What is looked at on the desk; each screen says what its keys do, and draws its panels in `draw`."""

    CSS_PATH = theme.STYLESHEET
    ENABLE_COMMAND_PALETTE = False
    TITLE = "kring"
    DEFAULT_CSS = """
    #top, #said { height: 1; }
    #top, #keys { background: $panel; }
    """
    table: ClassVar[tuple[DeskKey, ...]]
    """What its keys do."""

    def __init__(self, settings: Settings) -> None:
        colourless = "NO_COLOR" in os.environ
        super().__init__(ansi_color=colourless or None)
        self.animation_level = "none"
        use_plain_signs(are_wanted=settings.signs == "plain")
        theme.install(self, "ansi-dark" if colourless else settings.theme or theme.DARK.name)
        self.top, self.body, self.foot, self.bar = (Panel(id=name) for name in ("top", "body", "said", "keys"))
        self.said: Line = EMPTY
        self.words = {key: one.word for one in self.table for key in one.all_keys}
        self.acts: Mapping[str, Callable[[], object]] = {}
        """What is done for each word of the table."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme.SURFACES

    def compose(self) -> ComposeResult:
        yield self.top
        yield from self.middle()
        yield self.foot
        yield self.bar

    def middle(self) -> Iterable[Widget]:
        """Return what stands between the first line and what is said."""
        return (self.body,)

    def on_mount(self) -> None:
        self.screen.set_focus(None)
        self.begin()
        self.show()

    def begin(self) -> None:
        """Begin what goes on beside the screen."""

    def on_resize(self) -> None:
        self.show()

    def on_panel_resized(self) -> None:
        self.show()

    def show(self) -> None:
        """Show what is true now; only the rows that differ are drawn again."""
        told = over_lines(self.hints(), self.size.width)
        self.bar.styles.height = len(told)
        self.bar.show(told)
        self.arrange()
        if self.bar.size.width:  # else nothing has its size yet
            self.draw()

    def arrange(self) -> None:
        """Give the panels their places by the size of the terminal, before they have theirs."""

    def draw(self) -> None:
        """Draw the panels above the keys."""
        raise NotImplementedError

    def hints(self) -> Sequence[KeyHint]:
        """Return what the keys do now."""
        return keys.hints(self.table)

    def on_key(self, event: events.Key) -> None:
        event.prevent_default()
        self.said = EMPTY
        if event.key == "ctrl+c":  # elsewhere it ends or copies; here it does neither
            self.refused(KringError("{key} leaves.", key="Ctrl+Q"))
            self.show()
        else:
            self.attempt(lambda: self.pressed(event))

    def attempt(self, act: Callable[[], object]) -> None:
        """Do something, say why where that can't be done, and show what is true then."""
        try:
            act()
        except KringError as problem:
            self.refused(problem)
        self.show()

    def refused(self, problem: KringError) -> None:
        """Say why something was not done."""
        self.said = line(("? ", "soon"), (say(problem.sentence), "soon"))

    def pressed(self, event: events.Key) -> None:
        """Do what a key is for."""
        if (word := self.words.get(event.key)) is not None:
            self.do(word, event.key)

    def do(self, word: str, key: str = "") -> None:
        """Do what stands in the table under a word."""
        match word:
            case "help":
                self._help()
            case "palette":
                self._palette()
            case "move" | "page" | "end":
                self.step(key)
            case _:
                self.acts[word]()

    def step(self, key: str) -> None:
        """Move the cursor by a key."""

    def dialog(self, dialog: dialogs.Dialog[dialogs.Answer], answered: Callable[[dialogs.Answer], object]) -> None:
        """Ask something; what is answered is done as what a key does."""

        def done(answer: dialogs.Answer | None) -> None:
            if answer is not None:
                self.attempt(lambda: answered(answer))

        dialogs.ask(self, dialog, done)

    def _help(self) -> None:
        known = keys.entries(self.table)
        drawn = palette.HelpScreen(_("Help"), lambda room, wanted: page(known, keys.GROUPS, room, wanted))
        dialogs.ask(self, drawn)

    def _palette(self) -> None:
        known = keys.entries([one for one in self.table if one.word in self.acts or one is keys.HELP])
        self.dialog(palette.CommandPalette(_("Everything"), known), self.do)


def chosen(content: Line, *, is_first: bool = True) -> Line:
    """Return a row as it looks under the cursor, over the full width.

    Where it begins with a blank, a sign says so, on the first of several rows.
    """
    first, look = content[0] if content else ("", "")
    if is_first and first.startswith(" "):
        content = (("▸", f"{look} key"), (first[1:], look), *content[1:])
    return (*[(text, f"{look} selected".strip()) for text, look in content], ("", "selected"))


def page_of(told: list[Line], height: int) -> list[Line]:
    """Return as much as there is room for, and that there is more."""
    return told if len(told) <= height else [*told[: height - 1], line((_("… and more"), "muted"))]


def run(app: DeskApp) -> None:
    """Show a screen until it is left."""
    with terminal.quiet_threads():
        app.run()
