"""The screen on which a guide is looked at line by line, and a line taken for something else."""

from __future__ import annotations

import os
from collections.abc import Callable

from textual import events
from textual.app import ComposeResult

from kring.plans.explained import Choice, Taken, explained, with_choices
from kring.plans.lines import Line
from kring.plans.plan_reader import Reading, read_outline
from kring.system.i18n import _, language
from kring.system.settings import Settings
from kring.ui import terminal, theme
from kring.ui.plan_lines import views
from kring.ui.widgets.key_bar import KeyHint, over_lines
from kring.ui.widgets.line import use_plain_signs
from kring.ui.widgets.panel import Panel

_KEYS: dict[str, Choice] = {
    "s": "section", "o": "section", "q": "question", "v": "question", "p": "probe", "d": "probe", "n": "note",
    "i": "instruction", "x": "skip",
}  # fmt: skip
_MOVES = {"up": -1, "down": 1, "k": -1, "j": 1}
_FOOT = 5


class Guide:
    """A guide that is being looked at: its lines, what was chosen for some, and what is read of them."""

    def __init__(self, lines: list[Line], name: str, read: Callable[[list[Line]], Reading]) -> None:
        self.name = name
        self.choices: dict[int, Choice] = {}
        self._lines = lines
        self._read = read
        self.reading = read(lines)

    @property
    def taken(self) -> list[Taken]:
        """Each line with what it was taken for."""
        return explained(self._lines, self.reading, self.choices)

    def choose(self, number: int, choice: Choice | None) -> None:
        """Take a line for something else, or for what the reader takes it for."""
        self.choices.pop(number, None)
        if choice is not None:
            self.choices[number] = choice
        self.reading = self._read(with_choices(self._lines, self.choices))


def guide_of(lines: list[Line], name: str, *, is_foreign: bool) -> Guide:
    """Return a guide to look at; `is_foreign` where its file is no plan."""
    return Guide(lines, name, lambda read: read_outline(read, name, is_foreign=is_foreign))


class PlanLinesApp(terminal.TerminalApp):
    """One guide on a terminal; `is_fixed` where it can only be looked at."""

    CSS_PATH = theme.STYLESHEET
    ENABLE_COMMAND_PALETTE = False
    TITLE = "kring"
    DEFAULT_CSS = f"""
    #top {{ height: 1; background: $panel; }}
    #foot {{ height: {_FOOT}; }}
    #keys {{ background: $panel; }}
    """

    def __init__(self, guide: Guide, settings: Settings, *, is_fixed: bool) -> None:
        colourless = "NO_COLOR" in os.environ
        super().__init__(ansi_color=colourless or None)
        self.guide = guide
        self.is_fixed = is_fixed
        self.is_meant = False
        self.animation_level = "none"
        use_plain_signs(are_wanted=settings.signs == "plain")
        theme.install(self, "ansi-dark" if colourless else settings.theme or theme.DARK.name)
        self._taken = guide.taken
        self._at = 0
        self._top, self._body, self._foot, self._keys = (Panel(id=name) for name in ("top", "body", "foot", "keys"))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme.SURFACES

    def compose(self) -> ComposeResult:
        yield self._top
        yield self._body
        yield self._foot
        yield self._keys

    def on_mount(self) -> None:
        self.screen.set_focus(None)
        self.show()

    def on_panel_resized(self) -> None:
        self.show()

    def show(self) -> None:
        """Show what the lines are taken for now."""
        at = self._taken[self._at] if self._taken else None
        self._top.show([views.top(self.guide.name, self.guide.reading.plan, self._top.size.width)])
        self._body.show(views.rows(self._taken, self.guide.choices, self._at, self._body.size))
        self._foot.show(views.foot(at, self._foot.size.width, _FOOT))
        keys = over_lines(self._hints(), self._keys.size.width)
        self._keys.styles.height = len(keys)
        self._keys.show(keys)

    def on_key(self, event: events.Key) -> None:
        page = max(1, self._body.size.height - 1)
        match event.key:
            case "escape":
                self.exit()
            case "enter":
                self.is_meant = not self.is_fixed
                self.exit()
            case "home":
                self._at = 0
            case "end":
                self._at = len(self._taken) - 1
            case "pageup" | "pagedown":
                self._move(page if event.key == "pagedown" else -page)
            case key if key in _MOVES:
                self._move(_MOVES[key])
            case key if not self.is_fixed:
                self._choose(key)
        self.show()

    def _move(self, by: int) -> None:
        self._at = max(0, min(len(self._taken) - 1, self._at + by))

    def _choose(self, key: str) -> None:
        is_back = key in ("backspace", "delete")
        if not (is_back or key in _KEYS) or not self._taken or self._taken[self._at].is_fixed:
            return
        number = self._taken[self._at].number
        self.guide.choose(number, None if is_back else _KEYS[key])
        self._taken = self.guide.taken
        if not is_back:
            self._move(1)

    def _hints(self) -> tuple[KeyHint, ...]:
        if self.is_fixed:
            return (KeyHint("↑↓", _("line")), KeyHint("Esc", _("close")))
        dutch = language() == "nl"
        return (
            KeyHint("Enter", _("write")),
            KeyHint("o" if dutch else "s", _("section")),
            KeyHint("v" if dutch else "q", _("question")),
            KeyHint("d" if dutch else "p", _("probe")),
            KeyHint("i", _("instruction")),
            KeyHint("n", _("note")),
            KeyHint("x", _("skip")),
            KeyHint("⌫", _("as it was read")),
            KeyHint("↑↓", _("line")),
            KeyHint("Esc", _("don't write")),
        )


def run(guide: Guide, settings: Settings, *, is_fixed: bool = False) -> bool:
    """Show a guide line by line until it is left; return whether the plan is to be written."""
    app = PlanLinesApp(guide, settings, is_fixed=is_fixed)
    with terminal.quiet_threads():
        app.run()
    return app.is_meant
