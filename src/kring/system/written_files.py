"""Which files kring wrote, so that only those are replaced without asking; neither names nor contents are kept.

A list in the state folder holds digests: of where a file lies, and of what was written there.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from kring.system import folders

FILE = "written.json"
MOST = 2_000


def is_as_written(path: Path) -> bool:
    """Whether a file is what kring wrote there last, and nobody changed it since."""
    known = _read().get(_place(path))
    if known is None:
        return False
    try:
        return _content(path) == known
    except OSError:
        return False


def remember(path: Path) -> None:
    """Note that kring wrote a file; where that can't be noted, the next time asks."""
    with suppress(OSError):
        known = _read()
        known.pop(_place(path), None)
        known[_place(path)] = _content(path)
        kept = dict(list(known.items())[-MOST:])
        place = folders.state() / FILE
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = place.with_suffix(".part")
        part.write_text(json.dumps(kept), "utf-8")
        part.replace(place)


def _read() -> dict[str, str]:
    try:
        found = json.loads((folders.state() / FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def _place(path: Path) -> str:
    return hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()


def _content(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
