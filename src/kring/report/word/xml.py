"""Elements of a Word file, made at once: python-docx's own way takes a second for each hundred rows of a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from kring.report.drawing.svg import xml_text

SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def element(tag: str, *inside: Any, **attributes: str) -> Any:
    """Return an element with what stands in it; attributes are of Word's own namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    for each in inside:
        made.append(each)
    return made


def run(text: str, *looks: Any) -> Any:
    """Return text of one look; a line break stays one."""
    made = element("w:r", *([element("w:rPr", *looks)] if looks else []))
    for number, line in enumerate(xml_text(text).split("\n")):
        if number:
            made.append(element("w:br"))
        words = element("w:t")
        words.text = line.replace("\t", " ")
        words.set(SPACE, "preserve")
        made.append(words)
    return made


def field(instruction: str, shown: str, *, is_late: bool = False) -> list[Any]:
    """Return the runs of a field; one that `is_late` is worked out when the file is opened."""
    code = element("w:instrText")
    code.text = f" {instruction} "
    code.set(SPACE, "preserve")
    begin = element("w:fldChar", fldCharType="begin", **({"dirty": "true"} if is_late else {}))
    parts: Iterable[Any] = (begin, code, element("w:fldChar", fldCharType="separate"))
    return [
        *(element("w:r", part) for part in parts),
        run(shown),
        element("w:r", element("w:fldChar", fldCharType="end")),
    ]


def paragraph(style: str, *runs: Any, **looks: str) -> Any:
    """Return a paragraph of a style, by the style's id; `looks` are properties with one value, such as keepNext."""
    own = [element(f"w:{name}", **({"val": value} if value else {})) for name, value in looks.items()]
    return element("w:p", element("w:pPr", element("w:pStyle", val=style), *own), *runs)
