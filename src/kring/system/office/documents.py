"""The text of a Word document as lines, for files that programs write; bounded, whatever the file claims."""

from __future__ import annotations

import io
from xml.parsers import expat
from zipfile import ZipFile

from kring.domain.text import N_
from kring.system.office.zip_files import UNSOUND, Fault, fault_in
from kring.system.text_files import Unreadable, kind_of

LARGEST_XML = 64 * 1024 * 1024
LARGEST_CONTENT = 128 * 1024 * 1024
_BROKEN = N_("{file} is damaged, or no Word document; open it in Word and save it again as .docx.")
_FAULTS: dict[Fault, str] = {
    "broken": _BROKEN,
    "large": N_("{file} is larger than the transcript of an evening can be; save its text as a file of its own."),
    "hostile": N_("{file} holds what no Word file needs and is not read; copy its text into a new document."),
    "protected": N_("{file} is protected with a password; save it in Word without one and try again."),
}
_RELATIONS = "_rels/.rels"
_USUAL = "word/document.xml"
_NOT_SAID = {
    "pPr",
    "rPr",
    "tblPr",
    "trPr",
    "tcPr",
    "sectPr",
    "del",
    "moveFrom",
    "Fallback",
    "drawing",
    "pict",
    "object",
}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def is_document(content: bytes) -> bool:
    """Whether bytes may be a Word document."""
    return kind_of(content) == "document"


def read_document(content: bytes, name: str) -> str:
    """Return the text of a document, an empty line between paragraphs, a row of a table as a line with tabs.

    Raises Unreadable with a sentence for people.
    """
    fault = fault_in(content, largest_xml=LARGEST_XML, largest_content=LARGEST_CONTENT)
    if fault is not None:
        raise Unreadable(_FAULTS[fault], file=name)
    try:
        with ZipFile(io.BytesIO(content)) as package:
            body = _Body()
            body.parser.Parse(package.read(_main_part(package)), True)
    except (expat.ExpatError, KeyError, *UNSOUND):
        raise Unreadable(_BROKEN, file=name) from None
    return "\n\n".join(body.blocks)


def _main_part(package: ZipFile) -> str:
    found: list[str] = []

    def start(_tag: str, given: dict[str, str]) -> None:
        if given.get("Type", "").endswith("/officeDocument"):
            found.append(given.get("Target", "").lstrip("/"))

    if _RELATIONS in package.namelist():
        parser = expat.ParserCreate()
        parser.StartElementHandler = start
        parser.Parse(package.read(_RELATIONS), True)
    return found[0] if found else _USUAL


class _Body:
    """Gathers the paragraphs and rows of a document that say something, as its elements go by, however deep it is."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self._hidden = 0
        self._is_text = False
        self._words: list[str] = []
        self._rows: list[list[str]] = []  # of tables inside each other, the cells so far

    def _start(self, tag: str, _given: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self._is_text = name == "t" and not self._hidden
        if name in _NOT_SAID:
            self._hidden += 1
        elif name == "tr":
            self._rows.append([])
        elif name == "tc" and self._rows:
            self._rows[-1].append("")
        elif name in _SIGNS and not self._hidden:
            self._words.append(_SIGNS[name])

    def _characters(self, text: str) -> None:
        if self._is_text:
            self._words.append(text)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        self._is_text = False
        if name in _NOT_SAID:
            self._hidden -= 1
        elif name == "p":
            block, self._words = "".join(self._words).strip(), []
            self._add(block)
        elif name == "tr" and self._rows:
            self._add("\t".join(self._rows.pop()))

    def _add(self, block: str) -> None:
        """Add a block to the document, or to the cell in which it stands."""
        if self._rows and self._rows[-1]:
            self._rows[-1][-1] = " ".join((self._rows[-1][-1], *block.split())).strip()
        elif block.strip():
            self.blocks.append(block)
