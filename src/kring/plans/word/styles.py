"""The styles and lists of a Word file: what a paragraph is, whatever the language of the Word that made it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

_HEADING = re.compile(r"(?:heading|kop)\s?([1-9])$")
_TITLES = {"title", "titel"}
_CONTENTS = re.compile(r"toc(?:\s|$|\d)|inhopg|table of figures")
_LISTED = re.compile(r"list (number|bullet)(?: ([2-5]))?$")
_BOXES = "☐☑☒□❏❐❑❒\uf06f\uf071\uf072\uf0a8\uf0fe\uf0fd"
_PLAIN_BOXES = "oqr\u00a8"  # the same glyphs as letters of Wingdings
_LETTERS = {"lowerLetter", "lowerRoman", "upperLetter", "upperRoman"}
_OFF = {"0", "false", "off", "none"}


class Style(msgspec.Struct, frozen=True):
    """What a style says, or what those say that it is based on."""

    names: tuple[str, ...] = ()
    list_id: str = ""
    level: int = 0
    outline: int = 0
    italic: bool = False
    bold: bool = False

    @property
    def heading(self) -> int:
        """The level of a heading from 1, or 0."""
        found = next((match for name in self.names if (match := _HEADING.match(name))), None)
        return int(found[1]) if found else self.outline

    @property
    def is_title(self) -> bool:
        """Whether it is the style of the title."""
        return any(name in _TITLES for name in self.names)

    @property
    def is_contents(self) -> bool:
        """Whether it is a line of the table of contents."""
        return any(_CONTENTS.match(name) for name in self.names)

    @property
    def name(self) -> str:
        """What the style itself is called."""
        return self.names[0] if self.names else ""

    @property
    def listed(self) -> tuple[str, int]:
        """The kind of list that its name says, and the level in it."""
        found = next((match for name in self.names if (match := _LISTED.match(name))), None)
        return (found[1], int(found[2] or 1) - 1) if found else ("", 0)


class Level(msgspec.Struct, frozen=True):
    """One level of a list: how it counts, and with which sign."""

    format: str = "bullet"
    sign: str = ""
    is_symbol: bool = False

    @property
    def is_box(self) -> bool:
        """Whether its sign is a box to tick."""
        return self.format == "bullet" and (
            self.sign[:1] in tuple(_BOXES) or (self.is_symbol and self.sign[:1] in tuple(_PLAIN_BOXES))
        )

    @property
    def is_lettered(self) -> bool:
        """Whether it counts a, b, c, as people do below a question."""
        return self.format in _LETTERS


def local(element: Any) -> str:
    """Return the name of an element without its namespace; a comment has none."""
    tag = element.tag
    return str(tag).rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Any, *names: str) -> Any | None:
    """Return what stands in an element under these names, one in the other, or None."""
    for name in names:
        element = next((one for one in element if local(one) == name), None)
        if element is None:
            return None
    return element


def value(element: Any | None, name: str = "val") -> str:
    """Return an attribute, whatever its namespace, or an empty text."""
    if element is None:
        return ""
    return next((str(held) for key, held in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def number(text: str, most: int = 100) -> int:
    """Return a number of a file, 0 where it is none."""
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def switched(properties: Any | None, name: str) -> bool | None:
    """Whether a property such as italic is on, off, or not said."""
    found = child(properties, name) if properties is not None else None
    return None if found is None else value(found).lower() not in _OFF


class Styles:
    """The styles of a file, each with what it is based on."""

    def __init__(self, part: Any | None) -> None:
        self._elements: dict[str, Any] = {}
        self._found: dict[str, Style] = {}
        self._default = ""
        for element in part if part is not None else ():
            if local(element) == "style":
                self._elements.setdefault(value(element, "styleId"), element)
                if value(element, "type") == "paragraph" and value(element, "default") in ("1", "true"):
                    self._default = value(element, "styleId")

    def of(self, style_id: str) -> Style:
        """Return the style with this id, or the one that paragraphs have by themselves."""
        style_id = style_id or self._default
        if style_id not in self._found:
            self._found[style_id] = self._read(style_id)
        return self._found[style_id]

    def _read(self, style_id: str) -> Style:
        chain = list(self._chain(style_id))
        names = [name for one_id, one in chain for name in (value(child(one, "name")).lower(), one_id.lower())]
        listed = next((found for _, one in chain if (found := child(one, "pPr", "numPr")) is not None), None)
        outline = next((found for _, one in chain if (found := child(one, "pPr", "outlineLvl")) is not None), None)
        level = number(value(outline)) + 1 if outline is not None else 0
        return Style(
            names=tuple(names),
            list_id=value(child(listed, "numId")) if listed is not None else "",
            level=number(value(child(listed, "ilvl"))) if listed is not None else 0,
            outline=level if level < 10 else 0,
            italic=self._switched(chain, "i"),
            bold=self._switched(chain, "b"),
        )

    def _chain(self, style_id: str) -> Iterator[tuple[str, Any]]:
        seen: set[str] = set()
        while style_id in self._elements and style_id not in seen and len(seen) < 20:
            seen.add(style_id)
            element = self._elements[style_id]
            yield style_id, element
            style_id = value(child(element, "basedOn"))

    def _switched(self, chain: list[tuple[str, Any]], name: str) -> bool:
        said = (switched(child(one, "rPr"), name) for _, one in chain)
        return next((one for one in said if one is not None), False)


class Lists:
    """The lists of a file, and how far each has counted."""

    def __init__(self, part: Any | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._kinds: dict[str, str] = {}
        self._restarts: set[str] = set()
        self._counted: dict[str, list[int]] = {}
        for element in part if part is not None else ():
            match local(element):
                case "abstractNum":
                    self._levels[value(element, "abstractNumId")] = dict(_levels(element))
                case "num":
                    list_id = value(element, "numId")
                    self._kinds[list_id] = value(child(element, "abstractNumId"))
                    if child(element, "lvlOverride", "startOverride") is not None:
                        self._restarts.add(list_id)

    def level(self, list_id: str, level: int) -> Level:
        """Return a level of a list; of one that the file does not explain, a bullet."""
        return self._levels.get(self._kinds.get(list_id, ""), {}).get(level, Level())

    def next_number(self, list_id: str, level: int) -> int:
        """Count one further in a level of a list, begin its deeper ones anew, and return the number."""
        kind = self._kinds.get(list_id, list_id)
        if list_id in self._restarts:
            self._restarts.discard(list_id)
            self._counted.pop(kind, None)
        counted = self._counted.setdefault(kind, [])
        counted += [0] * (level + 1 - len(counted))
        counted[level] += 1
        del counted[level + 1 :]
        return counted[level]


def _levels(element: Any) -> Iterator[tuple[int, Level]]:
    for one in element:
        if local(one) == "lvl":
            fonts = child(one, "rPr", "rFonts")
            is_symbol = "wingdings" in value(fonts, "ascii").lower()
            sign = value(child(one, "lvlText"))
            yield (
                number(value(one, "ilvl")),
                Level(value(child(one, "numFmt")) or "bullet", sign, is_symbol),
            )
