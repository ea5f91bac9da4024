"""A Word file is a zip of XML: what is wrong or hostile about one is found before a library reads it."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from kring.domain.text import N_
from kring.system.text_files import Unreadable

LARGEST_FILE = 32 * 1024 * 1024
LARGEST_XML = 16 * 1024 * 1024  # a guide of a hundred pages is a tenth of it
LARGEST_CONTENT = 96 * 1024 * 1024
_MOST_PARTS = 1000
_HIGHEST_RATIO = 200  # text packs 5 to 50 times; a bomb a thousand times
_FREE_OF_RATIO = 1024 * 1024
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_IS_ENCRYPTED = 0x1
_DOCUMENT_TYPE = (b"<!doctype", b"<!entity")

BROKEN = N_("{file} is damaged, or no Word document; open it in Word and save it again as .docx.")
_LARGE = N_("{file} is larger than a discussion guide can be; save the guide as a file of its own, without pictures.")
_HOSTILE = N_("{file} holds what no Word file needs and is not read; copy its text into a new document.")


def read_package(path: Path) -> bytes:
    """Return the bytes of a Word file that is safe to read; raises Unreadable with a sentence for people."""
    name = path.name
    try:
        if path.exists() and not path.is_file():
            raise Unreadable(N_("{file} is not an ordinary file."), file=name)
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise Unreadable(N_("{file} is not there; look at the name and the folder."), file=name) from None
    except (OSError, ValueError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
        raise Unreadable(N_("{file} cannot be read: {reason}."), file=name, reason=reason) from None
    require_sound(content, name)
    return content


def require_sound(content: bytes, name: str) -> None:
    """Raise Unreadable where the bytes are no Word file, or one that would fill the memory or reach out of itself."""
    if content.startswith(_OLE):
        template = (
            N_("{file} is protected with a password; save it in Word without one and try again.")
            if _ENCRYPTED in content
            else N_("{file} is an old Word file; save it in Word as .docx and try again.")
        )
        raise Unreadable(template, file=name)
    if not content.startswith(_ZIP):
        raise Unreadable(N_("{file} is no Word file; a plan in plain text is read with: kring check {file}"), file=name)
    if _OPEN_DOCUMENT in content[:200]:
        raise Unreadable(
            N_("{file} is an OpenDocument text; save it as .docx or as plain text and try again."), file=name
        )
    if len(content) > LARGEST_FILE:
        raise Unreadable(_LARGE, file=name)
    try:
        with ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            _require_size(parts, name)
            if any(part.flag_bits & _IS_ENCRYPTED for part in parts):
                raise Unreadable(
                    N_("{file} is protected with a password; save it in Word without one and try again."), file=name
                )
            for part in parts:
                _require_no_document_type(package, part, name)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError):
        raise Unreadable(BROKEN, file=name) from None


def _require_size(parts: list[ZipInfo], name: str) -> None:
    # The sizes are those that the zip declares: reading one stops there, and its checksum tells of a lie.
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_CONTENT:
        raise Unreadable(_LARGE, file=name)
    for part in parts:
        if _is_xml(part) and part.file_size > LARGEST_XML:
            raise Unreadable(_LARGE, file=name)
        if part.file_size > max(_FREE_OF_RATIO, part.compress_size * _HIGHEST_RATIO):
            raise Unreadable(_HOSTILE, file=name)


def _require_no_document_type(package: ZipFile, part: ZipInfo, name: str) -> None:
    if not _is_xml(part):
        return
    start = package.read(part).replace(b"\0", b"").lower()  # UTF-16 has a zero beside every letter
    if any(mark in start for mark in _DOCUMENT_TYPE):
        raise Unreadable(_HOSTILE, file=name)


def _is_xml(part: ZipInfo) -> bool:
    return part.filename.lower().endswith((".xml", ".rels"))
