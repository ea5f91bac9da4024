"""XML that any reader takes: no character in it that XML forbids, and the same bytes for the same content."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element, SubElement

_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def allowed(text: str) -> str:
    """Return text without what XML cannot hold."""
    if text.isascii() and text.isprintable():
        return text
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def root(name: str, /, **attributes: object) -> Element:
    """Return the element in which all others stand."""
    return Element(name, _told(attributes))


def inside(parent: Element, name: str, text: str | None = None, /, **attributes: object) -> Element:
    """Put an element at the end of another one; an attribute that is None is left out."""
    child = SubElement(parent, name, _told(attributes))
    if text is not None:
        child.text = allowed(text)
    return child


def document(top: Element) -> bytes:
    """Return the whole document in UTF-8, an element a line."""
    ET.indent(top)
    body: str = ET.tostring(top, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


def _told(attributes: dict[str, object]) -> dict[str, str]:
    return {name.rstrip("_"): allowed(str(value)) for name, value in attributes.items() if value is not None}
