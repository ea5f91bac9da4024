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
    look: str = "words"


Mark = Box | Strokes | Rule | Words


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
    return clean(text).translate(_NO_CHARACTERS)


def n(value: float) -> str:
    """Return a number as short as a tenth of a unit allows."""
    return f"{value:.1f}".removesuffix(".0").replace("-0", "0" if value > -0.05 else "-0", 1)


def marks(drawing: Drawing) -> str:
    """Return what stands inside the svg element."""
    return "".join(map(_markup, drawing.marks))


def _markup(mark: Mark) -> str:
    match mark:
        case Box(x, y, width, height, look):
            size = f'width="{n(max(0, width))}" height="{n(max(0, height))}"'
            return f'<rect class="{look}" x="{n(x)}" y="{n(y)}" {size}/>'
        case Strokes(y, thickness, stretches, look):
            path = "".join(f"M{n(begin)} {n(y)}h{n(max(0.6, end - begin))}" for begin, end in stretches)
            return f'<path class="{look}" stroke-width="{n(thickness)}" d="{path}"/>' if path else ""
        case Rule(x1, y1, x2, y2, look):
            return f'<line class="{look}" x1="{n(x1)}" y1="{n(y1)}" x2="{n(x2)}" y2="{n(y2)}"/>'
        case Words(x, y, text, anchor, look):
            look = look if anchor == "start" else f"{look} {anchor}"
            return f'<text class="{look}" x="{n(x)}" y="{n(y)}">{escape(xml_text(text))}</text>'


def alone(drawing: Drawing, style: str, title: str) -> str:
    """Return a drawing as a file of its own, with the colours that it needs."""
    width, height = n(drawing.width), n(drawing.height)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    return f"{head}<title>{escape(xml_text(title))}</title><style>{style}</style>{marks(drawing)}</svg>"


def joined(stretches: Iterable[tuple[float, float]], gap: float = 0.0) -> tuple[tuple[float, float], ...]:
    """Return stretches in order, those that touch made one."""
    found: list[tuple[float, float]] = []
    for begin, end in sorted(stretches):
        if found and begin - found[-1][1] <= gap:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return tuple(found)
