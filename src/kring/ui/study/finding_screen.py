"""The screen on which a study is searched: every letter is answered, Tab goes to the themes and back."""

from __future__ import annotations

import os

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal

from kring.domain.text import KringError, one_line
from kring.study.finding.asking import Hit
from kring.study.pointing import Side
from kring.system.i18n import _, say
from kring.system.settings import Settings
from kring.ui import terminal, theme
from kring.ui.study import finding_views as views
from kring.ui.study.finding_model import FindingModel
from kring.ui.widgets.key_bar import KeyHint, over_lines
from kring.ui.widgets.line import use_plain_signs
from kring.ui.widgets.panel import Panel

WIDE = 100
"""Columns from which on hits and themes stand beside each other."""
LONGEST = 200
_FILTERS = {
    "f2": FindingModel.next_segment,
    "f3": FindingModel.next_kind,
    "f4": FindingModel.next_group,
}
_SIDES: dict[str, Side] = {"f5": "quotes", "f6": "against"}
_MOVES = {
    "up": (-1, 0, False),
    "down": (1, 0, False),
    "left": (0, -1, False),
    "right": (0, 1, False),
    "pageup": (-1, 0, True),
    "pagedown": (1, 0, True),
}
"""How far down and to the right a key goes, and whether that is by pages."""


class FindingApp(terminal.TerminalApp):
    """One study on a terminal, searched until it is left or a hit is chosen."""

    CSS_PATH = theme.STYLESHEET
    ENABLE_COMMAND_PALETTE = False
    TITLE = "kring"
    DEFAULT_CSS = """
    #top, #asked, #foot { height: 1; }
    #top, #keys { background: $panel; }
    #asked { background: $surface; }
    #middle { height: 1fr; }
    #themes.-beside { border-left: solid $border-blurred; padding-left: 1; }
    """

    def __init__(self, model: FindingModel, settings: Settings) -> None:
        colourless = "NO_COLOR" in os.environ
        super().__init__(ansi_color=colourless or None)
        self.model = model
        self.chosen: Hit | None = None
        self.animation_level = "none"
        use_plain_signs(are_wanted=settings.signs == "plain")
        theme.install(self, "ansi-dark" if colourless else settings.theme or theme.DARK.name)
        self._top, self._asked, self._foot, self._keys = (Panel(id=name) for name in ("top", "asked", "foot", "keys"))
        self._hits, self._themes = Panel(id="hits"), Panel(id="themes")

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme.SURFACES

    def compose(self) -> ComposeResult:
        yield self._top
        yield self._asked
        with Horizontal(id="middle"):
            yield self._hits
            yield self._themes
        yield self._foot
        yield self._keys

    def on_mount(self) -> None:
        self.screen.set_focus(None)
        self.show()

    def on_panel_resized(self) -> None:
        self.show()

    def show(self) -> None:
        """Show what is found now; only the rows that differ are drawn again."""
        model, room = self.model, self.size.width
        is_wide = room >= WIDE
        is_list = not model.is_in_matrix or model.side is not None
        self._hits.display = is_wide or is_list
        self._themes.display = is_wide or not is_list
        self._themes.set_class(is_wide, "-beside")
        self._top.show([views.top(model, room)])
        self._asked.show([views.asked(model, room)])
        if self._hits.display:
            drawn = views.hits if model.side is None else views.targets
            self._hits.show(drawn(model, *self._hits.size))
        if self._themes.display:
            self._themes.show(views.themes(model, *self._themes.size))
        self._foot.show([views.foot(model, room)])
        keys = over_lines(self._hints(), room)
        self._keys.styles.height = len(keys)
        self._keys.show(keys)

    def on_key(self, event: events.Key) -> None:
        model = self.model
        model.told = ""
        try:
            if event.key in _MOVES:
                page = max(1, self._hits.size.height // 2)
                down, right, is_page = _MOVES[event.key]
                model.move(down * page if is_page else down, right)
            elif model.side is not None:
                self._choose(event.key)
            else:
                self._act(event)
        except KringError as problem:
            model.told = say(problem.sentence)
        event.prevent_default()
        self.show()

    def _choose(self, key: str) -> None:
        """Take or leave the finding or the hypothesis that is chosen."""
        if key == "enter":
            self.model.point()
        elif key == "escape":
            self.model.side = None

    def _act(self, event: events.Key) -> None:
        model = self.model
        match event.key:
            case "escape":
                if not model.forget():
                    self.exit()
            case "enter":
                self.chosen = model.hit
                if self.chosen is not None:
                    self.exit()
            case key if key in _SIDES:
                model.begin_pointing(_SIDES[key])
            case "tab" | "shift+tab":
                model.is_in_matrix = not model.is_in_matrix
            case key if key in _FILTERS:
                _FILTERS[key](model)
            case _:
                self._type(event)

    def _type(self, event: events.Key) -> None:
        model = self.model
        if event.key in {"backspace", "ctrl+h"}:
            model.type(model.typed[:-1])
        elif event.key == "ctrl+u":
            model.type("")
        elif event.is_printable and event.character and len(model.typed) < LONGEST:
            model.is_in_matrix = False
            model.type(model.typed + event.character)

    def on_paste(self, event: events.Paste) -> None:
        if self.model.side is None:
            self.model.type((self.model.typed + one_line(event.text))[:LONGEST])
        self.show()

    def _hints(self) -> tuple[KeyHint, ...]:
        if self.model.side is not None:
            return (KeyHint("Enter", _("write it there")), KeyHint("↑↓", _("another")), KeyHint("Esc", _("back")))
        is_in_matrix = self.model.is_in_matrix
        return (
            KeyHint("Enter", _("review at this second")),
            KeyHint("↑↓←→" if is_in_matrix else "↑↓", _("cell") if is_in_matrix else _("hit")),
            KeyHint("Tab", _("hits") if is_in_matrix else _("themes")),
            KeyHint("F2", _("segment")),
            KeyHint("F3", _("kind")),
            KeyHint("F4", _("group")),
            KeyHint("F5", _("speaks for …")),
            KeyHint("F6", _("speaks against …")),
            KeyHint("Esc", _("all again, then leave")),
        )


def run(model: FindingModel, settings: Settings) -> Hit | None:
    """Show a study until it is left; return the hit that is to be looked at."""
    app = FindingApp(model, settings)
    with terminal.quiet_threads():
        app.run()
    return app.chosen
