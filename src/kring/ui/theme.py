"""The two themes of kring and the looks that views name.

A look says what a text is, never which colour it has: `soon`, `over`, `key`. Phases differ in weight as
well as in colour (`over` is reversed), and views add a word or sign, so the screen reads in grey, too. Any
other Textual theme works: its own colours then stand for ours.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.style import Style
from textual.color import Color, ColorParseError
from textual.theme import Theme

if TYPE_CHECKING:
    from typing import Any

    from textual.app import App

STYLESHEET: Final = Path(__file__).with_name("kring.tcss")

LOOKS: Final[dict[str, tuple[str, str]]] = {
    # name: (colour, attributes)
    "": ("", ""),
    "bold": ("", "bold"),
    "italic": ("", "italic"),
    "underline": ("", "underline"),
    "reverse": ("", "reverse"),
    "muted": ("muted", ""),
    "title": ("accent", "bold"),
    "accent": ("accent", ""),
    "key": ("accent", "bold"),
    "current": ("strong", "bold"),
    "speaking": ("ok", "bold"),
    "calm": ("calm", ""),
    "soon": ("soon", "bold"),
    "over": ("over", "bold reverse"),
    "danger": ("over", "bold reverse"),
    "late": ("over", "bold"),
    "ok": ("ok", ""),
    "cursor": ("", "reverse"),
    "bar": ("accent", ""),
    "rest": ("muted", ""),
}

DARK: Final = Theme(
    name="kring-dark",
    dark=True,
    primary="#7cc4ff",
    secondary="#b9c4d0",
    accent="#7cc4ff",
    foreground="#f2f4f6",
    background="#0d1117",
    surface="#0d1117",
    panel="#161c24",
    boost="#1c242e",
    success="#4fd8a4",
    warning="#ffd24a",
    error="#ff8066",
    variables={
        "kring-muted": "#a7b1bc",
        "kring-accent": "#7cc4ff",
        "kring-strong": "#ffffff",
        "kring-calm": "#d5dbe1",
        "kring-soon": "#ffd24a",
        "kring-over": "#ff8066",
        "kring-ok": "#4fd8a4",
        "border": "#7cc4ff",
        "border-blurred": "#55616e",
        "input-cursor-background": "#f2f4f6",
        "input-cursor-foreground": "#0d1117",
        "input-selection-background": "#2f5f8a",
        "block-cursor-text-style": "bold",
    },
)

LIGHT: Final = Theme(
    name="kring-light",
    dark=False,
    primary="#00487c",
    secondary="#3f4a55",
    accent="#00487c",
    foreground="#111418",
    background="#fdfdfb",
    surface="#fdfdfb",
    panel="#eef0ee",
    boost="#e4e8e6",
    success="#006a4e",
    warning="#855200",
    error="#8a0060",
    variables={
        "kring-muted": "#4d5863",
        "kring-accent": "#00487c",
        "kring-strong": "#000000",
        "kring-calm": "#2a323a",
        "kring-soon": "#855200",
        "kring-over": "#8a0060",
        "kring-ok": "#006a4e",
        "border": "#00487c",
        "border-blurred": "#8a949e",
        "input-cursor-background": "#111418",
        "input-cursor-foreground": "#fdfdfb",
        "input-selection-background": "#b9d7f0",
        "block-cursor-text-style": "bold",
    },
)

THEMES: Final = (DARK, LIGHT)


class Palette:
    """The rich styles of the looks in one theme."""

    def __init__(self, theme: Theme) -> None:
        given = theme.variables
        foreign = {
            "muted": theme.foreground or "",
            "accent": theme.accent or theme.primary,
            "strong": theme.foreground or "",
            "calm": theme.foreground or "",
            "soon": theme.warning or theme.primary,
            "over": theme.error or theme.primary,
            "ok": theme.success or theme.primary,
        }
        self._colours = {name: given.get(f"kring-{name}", colour) for name, colour in foreign.items()}
        self._styles: dict[str, Style] = {}

    def style(self, look: str) -> Style:
        """Return the style of a look, or of several joined with spaces; an unknown name looks plain."""
        style = self._styles.get(look)
        if style is None:
            style = Style.combine([self._single(name) for name in look.split()]) if look else Style.null()
            self._styles[look] = style
        return style

    def _single(self, name: str) -> Style:
        colour, attributes = LOOKS.get(name, ("", ""))
        style = Style.parse(attributes) if attributes else Style.null()
        value = name if name.startswith("#") else self._colours.get(colour)  # a colour that people gave to a code
        if not value:
            return style
        try:
            return style + Style(color=Color.parse(value).rich_color)
        except ColorParseError:
            return style


_palettes: dict[str, tuple[Theme, Palette]] = {}


def palette(app: App[Any]) -> Palette:
    """Return the palette of the theme that the app shows now."""
    theme = app.current_theme
    known = _palettes.get(theme.name)
    if known is None or known[0] is not theme:
        known = _palettes[theme.name] = (theme, Palette(theme))
    return known[1]


def names() -> tuple[str, ...]:
    """Return what every theme is called: kring's own two, and those of Textual."""
    from textual.theme import BUILTIN_THEMES

    return (*(theme.name for theme in THEMES), *BUILTIN_THEMES)


def install(app: App[Any], name: str = DARK.name) -> None:
    """Make the themes of kring known to an app and show one of them."""
    for theme in THEMES:
        app.register_theme(theme)
    app.theme = name if name in app.available_themes else DARK.name
