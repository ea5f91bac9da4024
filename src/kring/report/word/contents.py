"""The contents of a document in Word: each line leads to its title, and has the number of its page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from kring.report.word.dress import CONTENTS
from kring.report.word.table import put
from kring.report.word.xml import element, field, run
from kring.system.i18n import _

if TYPE_CHECKING:
    from docx.document import Document


class Entry(NamedTuple):
    """A title with its bookmark; `is_inner` = a part of the one before."""

    title: str
    mark: str
    is_inner: bool = False


def add_contents(document: Document, entries: Iterable[Entry]) -> None:
    """Begin a page with a line for each title."""
    heading = document.add_paragraph(_("Contents"), style="Subtitle").paragraph_format
    heading.keep_with_next = heading.page_break_before = True
    for one in entries:
        own = element("w:pPr", element("w:pStyle", val=CONTENTS.replace(" ", "")))
        own.append(element("w:keepNext"))
        if one.is_inner:
            own.append(element("w:ind", left="360", right="600"))
        number = field(f"PAGEREF {one.mark} \\h", "", is_late=True)
        tab = element("w:r", element("w:tab"))
        link = element("w:hyperlink", run(one.title), tab, *number, anchor=one.mark)
        put(document, element("w:p", own, link))


def mark(title: Any, name: str, number: int) -> None:
    """Put the bookmark of a title around its paragraph."""
    title.insert(1, element("w:bookmarkStart", id=str(number), name=name))
    title.append(element("w:bookmarkEnd", id=str(number)))
