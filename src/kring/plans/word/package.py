"""A Word file is a zip of XML: what is wrong or hostile about one is found before a library reads it."""

from __future__ import annotations

from kring.domain.text import N_
from kring.system.office.zip_files import Fault, fault_in
from kring.system.text_files import WHAT_TO_DO, Unreadable, kind_of

LARGEST_FILE = 32 * 1024 * 1024
LARGEST_XML = 16 * 1024 * 1024  # a guide of a hundred pages is a tenth of it
LARGEST_CONTENT = 96 * 1024 * 1024

BROKEN = N_("{file} is damaged, or no Word document; open it in Word and save it again as .docx.")
_LARGE = N_("{file} is larger than a discussion guide can be; save the guide as a file of its own, without pictures.")
_FAULTS: dict[Fault, str] = {
    "broken": BROKEN,
    "large": _LARGE,
    "hostile": N_("{file} holds what no Word file needs and is not read; copy its text into a new document."),
    "protected": WHAT_TO_DO["protected"],
}


def require_sound(content: bytes, name: str) -> None:
    """Raise Unreadable where the bytes are no Word file, or one that would fill the memory or reach out of itself."""
    kind = kind_of(content)
    if kind != "document":
        raise Unreadable(BROKEN if kind in ("", "zip") else WHAT_TO_DO[kind], file=name)
    if len(content) > LARGEST_FILE:
        raise Unreadable(_LARGE, file=name)
    if fault := fault_in(content, largest_xml=LARGEST_XML, largest_content=LARGEST_CONTENT):
        raise Unreadable(_FAULTS[fault], file=name)
