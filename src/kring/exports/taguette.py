"""The codebook for Taguette: a CSV of paths and descriptions, with the mark without which it garbles é."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import BinaryIO

from kring.exports.account import spoken
from kring.exports.refi.codebook import Code, codebook
from kring.privacy.snapshot import Snapshot
from kring.system.output_files import Progress

_FORMULA = re.compile(r"[=+\-@\t]")


def write(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write every code with all that stands above it, parted by dots."""
    text = StringIO(newline="")
    table = csv.writer(text)
    table.writerow(("path", "description"))
    table.writerows(_rows(codebook(snapshot, spoken(snapshot)).codes, ()))
    file.write("\ufeff".encode() + text.getvalue().encode())


def _rows(codes: Iterable[Code], above: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for code in codes:
        path = (*above, code.name.replace(".", "·"))  # a dot parts a code from the one above it
        if code.is_codable:
            yield _harmless(".".join(path)), _harmless(code.description)
        yield from _rows(code.codes, path)


def _harmless(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text
