"""Bytes from anywhere become text, and text becomes rows: encodings, size, separators; what is no text has a name."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import Literal, NamedTuple

from kring.domain.text import N_, KringError, Sentence, clean

LARGEST_TEXT = 1024 * 1024
_SAMPLE = 64 * 1024
_SEPARATORS = ("\t", ";", ",", "|")
_NEWLINE = "\n"
_BEGINS_CELL = (*_SEPARATORS, _NEWLINE)
_END = "\x00"  # no cell holds it: control characters are cleaned away

Kind = Literal[
    "document", "workbook", "slides", "open text", "pages", "zip", "old document", "old workbook", "old", "mail",
    "protected", "pdf", "rtf", "database", "",
]  # fmt: skip
"""Of office programs, of today (a zip) and until 2003 (old), and of others; empty for what may be text."""

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"
ENCRYPTED_IN_OLE = "EncryptedPackage".encode("utf-16-le")
_FIRST: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF", "pdf"), (b"{\\rtf", "rtf"), (b"SQLite format 3\x00", "database"),
)  # fmt: skip
_IN_ZIP: tuple[tuple[bytes, Kind], ...] = (  # the names of its parts stand in a zip as they are
    (b"vnd.oasis.opendocument.text", "open text"),
    (b"vnd.oasis.opendocument.spreadsheet", "workbook"),
    (b"vnd.oasis.opendocument.presentation", "slides"),
    (b"word/", "document"),
    (b"xl/workbook", "workbook"),
    (b"ppt/", "slides"),
    (b"Index/Document.iwa", "pages"),
    (b"Index.zip", "pages"),
)
_IN_OLE: tuple[tuple[bytes, Kind], ...] = (
    (ENCRYPTED_IN_OLE, "protected"),
    ("WordDocument".encode("utf-16-le"), "old document"),
    ("PowerPoint Document".encode("utf-16-le"), "slides"),
    ("__properties_version".encode("utf-16-le"), "mail"),
    ("Workbook".encode("utf-16-le"), "old workbook"),
    ("Book".encode("utf-16-le"), "old workbook"),
)
_HEAD = 16 * 1024
_WEB_PAGE = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_MAIL = re.compile(rb"(?:[A-Za-z-]{2,40}: [^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)*?MIME-Version: ", re.IGNORECASE)

WHAT_TO_DO: dict[Kind, str] = {
    "document": N_("{file} is a Word file; save it as plain text (.md) or CSV and try again."),
    "workbook": N_("{file} is a workbook; save its sheet as CSV and try again."),
    "old workbook": N_("{file} is a workbook; save its sheet as CSV and try again."),
    "slides": N_("{file} holds slides; copy its text into a .md file and try again."),
    "open text": N_("{file} is an OpenDocument text; save it as .docx or as plain text and try again."),
    "pages": N_("{file} is a Pages file; export it as Word (.docx) and try again."),
    "zip": N_("{file} is damaged, or a zip file; unpack it and name the file that you mean."),
    "old document": N_("{file} is an old Word file; save it in Word as .docx and try again."),
    "old": N_("{file} is an old Word or Excel file; save it as .docx or .xlsx and try again."),
    "mail": N_("{file} is a saved mail; copy its text into a .md file and try again."),
    "protected": N_("{file} is protected with a password; save it without one and try again."),
    "pdf": N_("{file} is a PDF; copy its text into a .md file and try again."),
    "rtf": N_("{file} is an RTF file; save it as .docx or as plain text (.md) and try again."),
    "database": N_("{file} is a database, not a text."),
}
"""Of each kind that is no text one sentence, for where it cannot be read."""
WEB_PAGE = N_("{file} is a web page; open it in Word and save it as .docx, or copy its text into a .md file.")


class Unreadable(KringError):
    """A file that cannot be read as text."""


class ReadText(NamedTuple):
    """A text from a file, and what its reader should know about how it was read."""

    text: str
    warnings: tuple[Sentence, ...] = ()


def read_text(path: Path) -> ReadText:
    """Return the text of a file, whatever its encoding; raises Unreadable with a sentence for people."""
    return decoded(read_bytes(path), path.name)


def read_bytes(path: Path, largest: int = 4 * LARGEST_TEXT) -> bytes:
    """Return the bytes of a file, one more than `largest` where it has more; raises Unreadable where that fails."""
    name = path.name
    try:
        if path.is_dir():
            raise Unreadable(N_("{file} is a folder; name a file in it."), file=name)
        if path.exists() and not path.is_file():
            raise Unreadable(N_("{file} is not an ordinary file."), file=name)
        with path.open("rb") as file:
            return file.read(largest + 1)
    except FileNotFoundError:
        raise Unreadable(N_("{file} is not there; look at the name and the folder."), file=name) from None
    except (OSError, ValueError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
        raise Unreadable(N_("{file} cannot be read: {reason}."), file=name, reason=reason) from None


def kind_of(content: bytes) -> Kind:
    """Return the kind of file that bytes are, also of a part of one."""
    if content.startswith(ZIP):  # what is embedded in a file stands behind the first of its own parts
        return _in_zip(content) or _in_zip(_packed_type(content)) or "zip"
    if content.startswith(OLE):
        return next((kind for name, kind in _IN_OLE if name in content), "old")
    return next((kind for first, kind in _FIRST if content.startswith(first)), "")


def _in_zip(content: bytes) -> Kind:
    found = [(place, kind) for name, kind in _IN_ZIP if (place := content.find(name)) >= 0]
    return min(found, default=(0, ""))[1]


def _packed_type(content: bytes) -> bytes:
    """Return what an OpenDocument file says that it is, where whoever zipped it anew packed that too."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package, package.open("mimetype") as file:
            return file.read(100)
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        return b""


def sentence_for_page(content: bytes) -> str:
    """Return what to do with a web page or a saved mail, whatever its name; empty for an ordinary text."""
    head = content[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if _WEB_PAGE.match(head):
        return WEB_PAGE
    if _MAIL.match(head):
        return WEB_PAGE if b"multipart/related" in head else WHAT_TO_DO["mail"]
    return ""


def decoded(content: bytes, name: str, largest: int = LARGEST_TEXT) -> ReadText:
    """Return bytes as text: by its byte order mark, as UTF-16, as UTF-8, else as Windows' Western European."""
    if kind := kind_of(content):
        raise Unreadable(WHAT_TO_DO[kind], file=name)
    text, warnings = _decoded(content)
    if _is_no_text(text):
        raise Unreadable(N_("{file} is not a text; kring reads plain text, such as a .md file."), file=name)
    if len(text) > largest:
        raise Unreadable(N_("{file} is larger than {limit} characters; split it."), file=name, limit=largest)
    return ReadText(text, warnings)


def rows_of(text: str) -> list[tuple[int, list[str]]]:
    """Return the rows of delimited text, each with the line on which it starts; separated by ; , | or a tab."""
    text = clean(text)
    first, _, rest = text.partition("\n")
    skipped, separator = 0, separator_of(text)
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        separator, text, skipped = first.strip()[4], rest, 1
    return [(number + skipped, cells) for number, cells in _cells(text, separator)]


def _cells(text: str, separator: str) -> list[tuple[int, list[str]]]:
    """Return the cells of each row; a quotation mark that is not closed quotes nothing."""
    rows: list[tuple[int, list[str]]] = []
    start = 1
    closed = f"{text}{'' if text.endswith(_NEWLINE) or not text else _NEWLINE}{_END}"
    reader = csv.reader(io.StringIO(closed, newline=""), delimiter=separator)
    try:
        for row in reader:
            rows.append((start, row))
            start = reader.line_num + 1
        number, last = rows.pop()
    except csv.Error:  # a cell longer than the library takes
        number, last = start, []
    if last == [_END]:
        return rows
    lines = text.removesuffix(_NEWLINE).split(_NEWLINE)
    return rows + [(at, lines[at - 1].split(separator)) for at in range(number, len(lines) + 1)]


def _decoded(content: bytes) -> tuple[str, tuple[Sentence, ...]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), ()
    if content.startswith(b"\xef\xbb\xbf"):
        content = content[3:]
    if wide := _wide_encoding(content):
        return content.decode(wide, "replace"), ()
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        sentence = Sentence(
            N_("This file is not UTF-8; it is read as Windows-1252. Look whether é and € came out well.")
        )
        return content.decode("cp1252", "replace"), (sentence,)


def _wide_encoding(content: bytes) -> str | None:
    head = content[:400]
    if len(head) < 4 or not head.count(0):
        return None
    half = len(head) // 2
    if head[1::2].count(0) > half * 0.6 and head[0::2].count(0) < half * 0.2:
        return "utf-16-le"
    if head[0::2].count(0) > half * 0.6 and head[1::2].count(0) < half * 0.2:
        return "utf-16-be"
    return None


def _is_no_text(text: str) -> bool:
    sample = text[:_SAMPLE]
    odd = sum((mark < " " and mark not in "\t\n\r\f\v\x1b") or mark == "\ufffd" for mark in sample)
    return odd > max(8, len(sample) // 10)


def separator_of(text: str) -> str:
    """Return what stands between the cells of delimited text: what is there most outside quotes, at its beginning."""
    sample, quoted, before = [], False, _NEWLINE
    for mark in text[:4096]:
        if mark == '"' and (quoted or before in _BEGINS_CELL):
            quoted = not quoted
        if not quoted:
            sample.append(mark)
        before = mark
    counts = {separator: sample.count(separator) for separator in _SEPARATORS}
    return max(_SEPARATORS, key=lambda separator: counts[separator]) if any(counts.values()) else ","
