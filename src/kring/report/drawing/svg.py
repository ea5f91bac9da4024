"""Drawings: boxes, strokes, lines and words, and how they become SVG without a style or a script of their own.

A mark has a class and no colour: the page that it stands in has the colours for light, dark and paper.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Literal
from unicodedata import east_asian_width

from msgspec import Struct

from kring.domain.text import clean

Anchor = Literal["start", "middle", "end"]
FONT_SIZE = 12
_NO_CHARACTERS = dict.fromkeys((0xFFFE, 0xFFFF))
_LETTER = 6.9  # how wide a letter of that size is, about


class Box(Struct, frozen=True):
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    look: str


class Strokes(Struct, frozen=True):
    """Many short bars on one line, as one path: from, to, in the drawing's units."""

    y: float
    thickness: float
    stretches: tuple[tuple[float, float], ...]
    look: str


class Rule(Struct, frozen=True):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    look: str


class Words(Struct, frozen=True):
    """Text; `y` is its base line."""

    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    look: str = ""


class Dot(Struct, frozen=True):
    """A filled circle around a point."""

    x: float
    y: float
    radius: float
    look: str


Mark = Box | Strokes | Rule | Words | Dot


class Drawing(Struct, frozen=True):
    """A drawing in its own units, about as large as pixels."""

    width: float
    height: float
    marks: tuple[Mark, ...]


def width_of(text: str) -> float:
    """Return about how wide a text of the usual size is."""
    return sum(2 if east_asian_width(mark) in "WF" else 1 for mark in text) * _LETTER


def fitted(text: str, width: float) -> str:
    """Return a text that fits into a width, cut off with an ellipsis where it must be."""
    if width_of(text) <= width:
        return text
    room = int(width / _LETTER) - 1
    return f"{text[:room].rstrip()}…" if room >= 1 else ""


def xml_text(text: str) -> str:
    """Return text without what a page or a document cannot hold, also where a foreign file has it."""
    cleaned = clean(text)
    return cleaned if cleaned.isascii() else cleaned.translate(_NO_CHARACTERS)


def n(value: float) -> str:
    """Return a number as short as a tenth of a unit allows: 12, 7.5, .6."""
    told = f"{value:.1f}".removesuffix(".0")
    if told == "-0":
        return "0"
    return told.replace("0.", ".", 1) if told.removeprefix("-").startswith("0.") else told


def marks(drawing: Drawing) -> str:
    """Return what stands inside the svg element: boxes below rules, these below strokes and words on top.

    All marks of one look are one element, for a page is mostly drawings.
    """
    return "".join(draw(drawing.marks) for draw in (_boxes, _rules, _strokes, _dots, _all_words))


def _boxes(marks: Iterable[Mark]) -> str:
    paths: dict[str, str] = {}
    for mark in marks:
        if isinstance(mark, Box):
            width = n(max(0, mark.width))
            told = f"M{n(mark.x)} {n(mark.y)}h{width}v{n(max(0, mark.height))}h-{width}z"
            paths[mark.look] = paths.get(mark.look, "") + told
    return "".join(f'<path class="{look}" d="{path}"/>' for look, path in paths.items())


def _rules(marks: Iterable[Mark]) -> str:
    paths: dict[str, str] = {}
    for mark in marks:
        if isinstance(mark, Rule):
            end = f"V{n(mark.y2)}" if mark.x1 == mark.x2 else f"L{n(mark.x2)} {n(mark.y2)}"
            told = f"M{n(mark.x1)} {n(mark.y1)}{end}"
            paths[mark.look] = paths.get(mark.look, "") + told
    return "".join(f'<path class="{look}" d="{path}"/>' for look, path in paths.items())


def _strokes(marks: Iterable[Mark]) -> str:
    paths: dict[tuple[str, float], str] = {}
    for mark in marks:
        if isinstance(mark, Strokes):
            y = n(mark.y)
            told = "".join(f"M{n(begin)} {y}h{n(max(0.6, end - begin))}" for begin, end in mark.stretches)
            paths[mark.look, mark.thickness] = paths.get((mark.look, mark.thickness), "") + told
    return "".join(
        f'<path class="{look}" stroke-width="{n(thickness)}" d="{path}"/>'
        for (look, thickness), path in paths.items()
        if path
    )


def _dots(marks: Iterable[Mark]) -> str:
    paths: dict[str, str] = {}
    for mark in marks:
        if isinstance(mark, Dot):
            r, wide = n(mark.radius), n(2 * mark.radius)
            told = f"M{n(mark.x - mark.radius)} {n(mark.y)}a{r} {r} 0 1 0 {wide} 0a{r} {r} 0 1 0 -{wide} 0z"
            paths[mark.look] = paths.get(mark.look, "") + told
    return "".join(f'<path class="{look}" d="{path}"/>' for look, path in paths.items())


def _all_words(marks: Iterable[Mark]) -> str:
    groups: dict[str, str] = {}
    for mark in marks:
        if isinstance(mark, Words):
            look = " ".join(part for part in (mark.look, "" if mark.anchor == "start" else mark.anchor) if part)
            told = f'<text x="{n(mark.x)}" y="{n(mark.y)}">{escape(xml_text(mark.text), quote=False)}</text>'
            groups[look] = groups.get(look, "") + told
    return "".join(f'<g class="{look}">{those}</g>' if look else those for look, those in groups.items())


def has_foreign_letters(drawing: Drawing) -> bool:
    """Whether any word of a drawing has letters besides Latin, Greek, Cyrillic and Hebrew ones, and common signs."""
    letters = {letter for mark in drawing.marks if isinstance(mark, Words) for letter in mark.text}
    return any("\u05ff" < letter < "\u1d00" or letter > "\u25ff" for letter in letters)


def alone(drawing: Drawing, style: str, title: str) -> str:
    """Return a drawing as a file of its own, with the colours that it needs."""
    width, height = n(drawing.width), n(drawing.height)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    return f"{head}<title>{escape(xml_text(title))}</title><style>{style}</style>{marks(drawing)}</svg>"
