"""What is wrong or hostile about a zip of XML, as the files of office programs are: found before a library reads it."""

from __future__ import annotations

import io
import zlib
from typing import Literal
from zipfile import BadZipFile, ZipFile, ZipInfo

Fault = Literal["broken", "large", "hostile", "protected"]
"""`broken` or cut off; `large`, more than anybody writes; `hostile`, a bomb or a reach outside; `protected`."""

UNSOUND = (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError)
"""What a damaged part of a zip raises when it is read."""
_MOST_PARTS = 1000
_HIGHEST_RATIO = 200  # text packs 5 to 50 times; a bomb a thousand times
_FREE_OF_RATIO = 1024 * 1024
_IS_ENCRYPTED = 0x1
_DOCUMENT_TYPE = (b"<!doctype", b"<!entity")


def fault_in(content: bytes, *, largest_xml: int, largest_content: int) -> Fault | None:
    """Return why these bytes must not be read as a zip of XML, None where they may; sizes are those unpacked."""
    try:
        with ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if fault := _size_fault(parts, largest_xml, largest_content):
                return fault
            if any(part.flag_bits & _IS_ENCRYPTED for part in parts):
                return "protected"
            return "hostile" if any(_is_xml(part) and has_document_type(package.read(part)) for part in parts) else None
    except UNSOUND:
        return "broken"


def _size_fault(parts: list[ZipInfo], largest_xml: int, largest_content: int) -> Fault | None:
    # The sizes are those that the zip declares: reading one stops there, and its checksum tells of a lie.
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > largest_content:
        return "large"
    for part in parts:
        if _is_xml(part) and part.file_size > largest_xml:
            return "large"
        if part.file_size > max(_FREE_OF_RATIO, part.compress_size * _HIGHEST_RATIO):
            return "hostile"
    return None


def has_document_type(xml: bytes) -> bool:
    """Whether XML declares a document type, in which entities may grow without end; no program of ours needs one."""
    start = xml.replace(b"\0", b"").lower()  # UTF-16 has a zero beside every letter
    return any(mark in start for mark in _DOCUMENT_TYPE)


def _is_xml(part: ZipInfo) -> bool:
    return part.filename.lower().endswith((".xml", ".rels", ".qde"))
