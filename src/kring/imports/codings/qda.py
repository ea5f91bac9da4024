"""REFI-QDA as any program writes it: a project (`.qdpx`) or a codebook (`.qdc`)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from kring.domain.text import N_, clean, one_line
from kring.imports.codings.coded import ReadCode, ReadCoding, ReadFile
from kring.system.office.zip_files import UNSOUND, Fault, fault_in, has_document_type
from kring.system.text_files import ZIP, Unreadable, decoded

LARGEST_XML = 64 * 1024 * 1024
LARGEST_CONTENT = 2 * 1024 * 1024 * 1024
DEEPEST = 50
"""How deep codes may lie; programs show ten at most."""
_BROKEN = N_("{file} is damaged, or no REFI-QDA file; export it again.")
_HOSTILE = N_("{file} holds what no REFI-QDA file needs and is not read.")
_FAULTS: dict[Fault, str] = {
    "broken": _BROKEN,
    "large": N_("{file} is larger than a project can be; export it without sound and pictures."),
    "hostile": _HOSTILE,
    "protected": N_("{file} is protected with a password; export it without one."),
}


def is_qda(content: bytes) -> bool:
    """Whether bytes may be a project or a codebook: nothing else that codes come from is a zip or XML."""
    return content.startswith(ZIP) or content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def read_qda(content: bytes, name: str) -> ReadFile:
    """Return the codes of a file, and of a project its codings of text; raises Unreadable with one sentence."""
    if not content.startswith(ZIP):
        return ReadFile(tuple(_codes(_parsed(content, name)).values()))
    fault = fault_in(content, largest_xml=LARGEST_XML, largest_content=LARGEST_CONTENT)
    if fault is not None:
        raise Unreadable(_FAULTS[fault], file=name)
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            return _project(packed, name)
    except UNSOUND:
        raise Unreadable(_BROKEN, file=name) from None


def _parsed(content: bytes, name: str) -> Element:
    if has_document_type(content):
        raise Unreadable(_HOSTILE, file=name)
    try:
        return ET.fromstring(content)  # noqa: S314 - without a document type there are no entities to grow
    except (ET.ParseError, ValueError, LookupError):
        raise Unreadable(_BROKEN, file=name) from None


def _project(packed: ZipFile, name: str) -> ReadFile:
    projects = [part for part in packed.namelist() if part.lower().endswith(".qde")]
    if len(projects) != 1:
        raise Unreadable(_BROKEN, file=name)
    top = _parsed(packed.read(projects[0]), name)
    codes = _codes(top)
    users = {_guid(user): one_line(user.get("name", "")) for user in _all(top, "User")}
    parts = {part.rpartition("/")[2].lower(): part for part in packed.namelist()}
    texts: list[str] = []
    codings: list[ReadCoding] = []
    for source in _all(top, "TextSource"):
        text = _text(source, packed, parts, name)
        codings += _codings(source, text, len(texts), codes, users)
        texts.append(text)
    unread = sum(1 for kind in _SELECTIONS for each in _all(top, kind) for _code in _all(each, "CodeRef"))
    return ReadFile(tuple(codes.values()), tuple(codings), tuple(texts), unread)


_SELECTIONS = ("AudioSelection", "VideoSelection", "PictureSelection", "PDFSelection", "TranscriptSelection")


def _text(source: Element, packed: ZipFile, parts: dict[str, str], name: str) -> str:
    """Return the text of a source; a line break counts as one character, whatever the file has for it."""
    inline = next(_children(source, "PlainTextContent"), None)
    if inline is not None:
        return (inline.text or "").replace("\r\n", "\n")
    part = parts.get(source.get("plainTextPath", "").rpartition("/")[2].lower())
    if part is None:
        return ""
    return decoded(packed.read(part), name, LARGEST_XML).text.replace("\r\n", "\n")


def _codings(
    source: Element, text: str, number: int, codes: dict[str, ReadCode], users: dict[str, str]
) -> Iterator[ReadCoding]:
    for selection in _children(source, "PlainTextSelection"):
        try:
            start, end = int(selection.get("startPosition", "")), int(selection.get("endPosition", ""))
        except ValueError:
            continue
        for coding in _children(selection, "Coding"):
            by = coding.get("creatingUser") or selection.get("creatingUser") or ""
            for reference in _children(coding, "CodeRef"):
                code = codes.get(reference.get("targetGUID", "").lower())
                if code is not None and 0 <= start < end <= len(text):
                    words = clean(text[start:end])
                    yield ReadCoding(code, users.get(by.lower(), ""), words, number, start, end)


def _codes(top: Element) -> dict[str, ReadCode]:
    """Return all codes by their id, each behind the one that it stands below."""
    found: dict[str, ReadCode] = {}
    tops = [code for codes in _all(top, "Codes") for code in _children(codes, "Code")]
    walk: list[tuple[Element, tuple[str, ...]]] = [(code, ()) for code in reversed(tops)]
    while walk:
        code, above = walk.pop()
        name = one_line(code.get("name", ""))
        told = next(_children(code, "Description"), None)
        is_codable = code.get("isCodable", "true") not in ("false", "0")
        description = clean((told.text if told is not None else "") or "").strip()
        guid = _guid(code)
        found[guid] = ReadCode(name, above, description, code.get("color", ""), is_codable, guid)
        if len(above) < DEEPEST:
            walk += [(child, (*above, name)) for child in reversed(list(_children(code, "Code")))]
    return found


def _guid(element: Element) -> str:
    return element.get("guid", "").lower()


def _children(parent: Element, name: str) -> Iterator[Element]:
    return (child for child in parent if _local(child) == name)


def _all(parent: Element, name: str) -> Iterator[Element]:
    return (each for each in parent.iter() if _local(each) == name)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]
