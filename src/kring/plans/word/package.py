"""A Word file is a zip of XML: what is wrong or hostile about one is found before a library reads it."""

from __future__ import annotations

from pathlib import Path

from kring.domain.text import N_
from kring.system.office.zip_files import ENCRYPTED_IN_OLE, OLE, ZIP, Fault, fault_in
from kring.system.text_files import Unreadable

LARGEST_FILE = 32 * 1024 * 1024
LARGEST_XML = 16 * 1024 * 1024  # a guide of a hundred pages is a tenth of it
LARGEST_CONTENT = 96 * 1024 * 1024
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"

BROKEN = N_("{file} is damaged, or no Word document; open it in Word and save it again as .docx.")
_LARGE = N_("{file} is larger than a discussion guide can be; save the guide as a file of its own, without pictures.")
_PROTECTED = N_("{file} is protected with a password; save it in Word without one and try again.")
_FAULTS: dict[Fault, str] = {
    "broken": BROKEN,
    "large": _LARGE,
    "hostile": N_("{file} holds what no Word file needs and is not read; copy its text into a new document."),
    "protected": _PROTECTED,
}


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
    if content.startswith(OLE):
        old = N_("{file} is an old Word file; save it in Word as .docx and try again.")
        raise Unreadable(_PROTECTED if ENCRYPTED_IN_OLE in content else old, file=name)
    if not content.startswith(ZIP):
        raise Unreadable(N_("{file} is no Word file; a plan in plain text is read with: kring check {file}"), file=name)
    if _OPEN_DOCUMENT in content[:200]:
        raise Unreadable(
            N_("{file} is an OpenDocument text; save it as .docx or as plain text and try again."), file=name
        )
    if len(content) > LARGEST_FILE:
        raise Unreadable(_LARGE, file=name)
    if fault := fault_in(content, largest_xml=LARGEST_XML, largest_content=LARGEST_CONTENT):
        raise Unreadable(_FAULTS[fault], file=name)
