"""Every byte that an export holds, also what lies compressed in it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO


def unpacked(content: bytes) -> Iterator[bytes]:
    """Yield a file, and what is in it where it is a zip, all the way down; names of files too."""
    if not content.startswith(b"PK\x03\x04"):
        yield content
        return
    with zipfile.ZipFile(BytesIO(content)) as inside:
        for name in inside.namelist():
            yield name.encode()
            yield from unpacked(inside.read(name))


def texts_of(content: bytes) -> str:
    """Return all text in an export, whatever the encoding, without regard to case."""
    pieces = list(unpacked(content))
    return "\n".join(piece.decode(coding, "ignore") for piece in pieces for coding in ("utf-8", "utf-16-le")).casefold()
