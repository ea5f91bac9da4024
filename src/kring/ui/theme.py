"""The two themes of kring and the looks that views name.

A look says what a text is, never which colour it has: `soon`, `over`, `key`. Each colour has one meaning: blue is a
key, yellow needs you, green speaks or runs, red is lost, not saved or a cue that nobody saw. White weight is for
what is read aloud. Views add a word or a sign to every colour, so the screen reads in grey, too. A surface (`card`,
`selected`, `mine`, `unseen`) is a look of its own, joined with that of the text: `"key card"`. Any other Textual
theme works: its own colours then stand for ours.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.style import Style
from textual.color import Color, ColorParseError
from textual.theme import Theme

from kring.ui.toolkit import textual_styles

if TYPE_CHECKING:
    from typing import Any

    from textual.app import App

    from kring.domain.text import Sentence

STYLESHEET: Final = Path(__file__).with_name("kring.tcss")

LOOKS: Final[dict[str, tuple[str, str, str]]] = {
    # name: (colour, attributes, ground)
    "": ("", "", ""),
    "bold": ("", "bold", ""),
    "italic": ("", "italic", ""),
    "underline": ("", "underline", ""),
    "reverse": ("", "reverse", ""),
    "muted": ("done", "", ""),
    "quiet": ("quiet", "", ""),  # grey on a surface
    "title": ("", "bold", ""),
    "accent": ("", "", ""),
    "key": ("key", "bold", ""),
    "current": ("strong", "bold", ""),
    "speaking": ("run", "bold", ""),
    "calm": ("", "", ""),
    "soon": ("need", "bold", ""),
    "need": ("need", "", ""),
    "asks": ("need", "bold", "need-ground"),
    "over": ("need", "bold underline", ""),
    "danger": ("strong", "bold", "lost-ground"),
    "unseen": ("strong", "bold", "lost-ground"),
    "late": ("lost", "bold", ""),
    "ok": ("run", "", ""),
    "cursor": ("", "reverse", ""),
    "bar": ("scale", "", ""),
    "rest": ("track", "", ""),
    "rule": ("line", "", ""),
    "card": ("", "", "card"),
    "selected": ("", "", "card"),
    "typed": ("", "", "input"),
    "band": ("", "", "band"),
    "mine": ("", "", "run-ground"),
}


def _theme(name: str, dark: bool, colours: dict[str, str]) -> Theme:
    """Return a theme of these colours: what Textual draws itself gets them, too."""
    return Theme(
        name=name,
        dark=dark,
        primary=colours["key"],
        secondary=colours["quiet"],
        accent=colours["key"],
        foreground=colours["text"],
        background=colours["ground"],
        surface=colours["ground"],
        panel=colours["band"],
        boost=colours["input"],
        success=colours["run"],
        warning=colours["need"],
        error=colours["lost"],
        variables={
            **{f"kring-{meaning}": colour for meaning, colour in colours.items()},
            "border": colours["key"],
            "border-blurred": colours["line"],
            "input-cursor-background": colours["strong"],
            "input-cursor-foreground": colours["ground"],
            "input-selection-background": colours["card"],
            "block-cursor-text-style": "bold",
        },
    )


DARK: Final = _theme(
    "kring-dark",
    True,
    {
        "ground": "#0d1117",
        "band": "#161b22",
        "card": "#2b3744",
        "input": "#1c2530",
        "strong": "#ffffff",
        "text": "#c9d1d9",
        "key": "#79b8ff",
        "need": "#ffce4a",
        "need-ground": "#4a3a08",
        "run": "#3fd68f",
        "run-ground": "#10301f",
        "lost": "#ff7b72",
        "lost-ground": "#6b1f1a",
        "done": "#7d8590",
        "quiet": "#98a1ab",
        "scale": "#68727d",
        "line": "#3b434d",
        "track": "#2a323c",
    },
)

LIGHT: Final = _theme(
    "kring-light",
    False,
    {
        "ground": "#fdfdfb",
        "band": "#eceeec",
        "card": "#dde5ec",
        "input": "#f0f3f5",
        "strong": "#000000",
        "text": "#24292f",
        "key": "#0b4f9e",
        "need": "#7a5200",
        "need-ground": "#ffe9a8",
        "run": "#116b3a",
        "run-ground": "#d3efdd",
        "lost": "#b41236",
        "lost-ground": "#ffd5d1",
        "done": "#5f6872",
        "quiet": "#566069",
        "scale": "#828c96",
        "line": "#b9c0c7",
        "track": "#d5dadf",
    },
)

THEMES: Final = (DARK, LIGHT)
SURFACES: Final = dict.fromkeys(("kring-card", "kring-input"), "transparent")
"""What the stylesheets call the surfaces, for themes that have none of their own."""


class Palette:
    """The rich styles of the looks in one theme."""

    def __init__(self, theme: Theme) -> None:
        plain, panel, boost = theme.foreground or "", theme.panel or "", theme.boost or theme.panel or ""
        foreign = {
            "strong": plain,
            "key": theme.accent or theme.primary,
            "need": theme.warning or theme.primary,
            "run": theme.success or theme.primary,
            "lost": theme.error or theme.primary,
            "done": plain,
            "quiet": plain,
            "scale": plain,
            "line": plain,
            "track": plain,
            "band": panel,
            "card": boost,
            "input": boost,
            "need-ground": boost,
            "run-ground": boost,
            "lost-ground": boost,
        }
        self._colours = {name: theme.variables.get(f"kring-{name}", colour) for name, colour in foreign.items()}
        self._styles: dict[str, Style] = {}

    def style(self, look: str) -> Style:
        """Return the style of a look, or of several joined with spaces; an unknown name looks plain."""
        style = self._styles.get(look)
        if style is None:
            style = Style.combine([self._single(name) for name in look.split()]) if look else Style.null()
            self._styles[look] = style
        return style

    def _single(self, name: str) -> Style:
        colour, attributes, ground = LOOKS.get(name, ("", "", ""))
        style = Style.parse(attributes) if attributes else Style.null()
        own = name if name.startswith("#") else self._colours.get(colour, "")  # a colour that people gave to a code
        return style + self._coloured(own) + self._coloured(self._colours.get(ground, ""), is_ground=True)

    def _coloured(self, value: str, *, is_ground: bool = False) -> Style:
        try:
            colour = Color.parse(value).rich_color if value else None
        except ColorParseError:
            return Style.null()
        return Style(bgcolor=colour) if is_ground else Style(color=colour)


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
    """Make the themes of kring known to an app that is not shown yet, and have it begin with one of them."""
    textual_styles.install()
    for theme in THEMES:
        app.register_theme(theme)
    if name in app.available_themes and name != DARK.name:
        app.theme = name
    else:
        # Textual begins with a dark theme, too; by `theme` all would be read, styled and laid out once more.
        app.set_reactive(type(app).theme, DARK.name)
    app.stylesheet.set_variables(app.get_css_variables())


def change(app: App[Any]) -> Sentence | None:
    """Show the light theme of kring instead of the dark one, or the other way round; say where it can't be kept."""
    from kring.system.settings import keep_theme

    app.theme = LIGHT.name if app.theme == DARK.name else DARK.name
    return keep_theme(app.theme)
