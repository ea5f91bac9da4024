"""Which study the session files of a folder belong to, as they were read last: only those of one need be opened again.

A list in the state folder, for its owner only, that may be deleted. It holds no name: a file is known by its number on
the disk, its size and its last change, a study by a digest.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from kring.domain.text import folded
from kring.system import folders
from kring.system.clock import SystemClock

FOLDER = "studies"
FEW = 20
"""Of so many files each is read in no time, and nothing is kept."""
SETTLED_MS = 2_000
"""A file that changed a moment ago may change again within the same tick of its disk's clock."""
_LOGS = ("-wal", "-journal")  # what is written shows there first, and later in the file


class KnownFiles:
    """The session files of a folder, and of those that did not change since the last look, which study they are of."""

    def __init__(self, folder: Path, study: str) -> None:
        names = _names_in(folder)
        self.paths = [folder / name for name in sorted(names) if name.endswith(".db")]
        self._wanted = _digest(folded(study))
        self._is_large = len(self.paths) > FEW
        self._marks = _marks(self.paths, names) if self._is_large else {}
        self._place = folders.state() / FOLDER / f"{_digest(str(folder.resolve()))}.json"
        self._before = _read(self._place) if self._is_large else {}
        self._now: dict[str, str] = {}

    def is_of_another(self, path: Path) -> bool:
        """Whether a file is known to be of another study, or of none."""
        mark = self._marks.get(path.name, "")
        known = self._before.get(mark)
        if known is None:
            return False
        self._now[mark] = known
        return known != self._wanted

    def note(self, path: Path, study: str) -> None:
        """Take note of the study of a file that was read just now, empty for none, if it did not change meanwhile."""
        mark = self._marks.get(path.name)
        if mark and mark == _mark(path):
            self._now[mark] = _digest(folded(study))

    def keep(self) -> None:
        """Write down what is known, for the next time; where that can't be, all files are read again."""
        if not self._is_large or self._now == self._before:
            return
        with suppress(OSError):
            self._place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor, part = tempfile.mkstemp(dir=self._place.parent)  # for its owner only
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(self._now, file)
            Path(part).replace(self._place)


def _names_in(folder: Path) -> set[str]:
    try:
        return set(os.listdir(folder))  # noqa: PTH208 - most are no session files
    except OSError:
        return set()


def _marks(paths: Iterable[Path], names: set[str]) -> dict[str, str]:
    """Return the marks of files of which SQLite holds nothing elsewhere, and that did not change just now."""
    settled_ns = (SystemClock().wall_ms() - SETTLED_MS) * 1_000_000
    found: dict[str, str] = {}
    for path in paths:
        logs = (path.with_name(path.name + ending) for ending in _LOGS if path.name + ending in names)
        mark = "" if any(_size(log) for log in logs) else _mark(path, settled_ns)
        if mark:
            found[path.name] = mark
    return found


def _mark(path: Path, settled_ns: int = 2**63) -> str:
    """Return what changes when a file does; nothing where the disk does not tell, or it changed after a moment."""
    try:
        found = path.stat()
    except OSError:
        return ""
    if not found.st_ino or found.st_mtime_ns > settled_ns:
        return ""
    return f"{found.st_ino} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _read(place: Path) -> dict[str, str]:
    try:
        found = json.loads(place.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(mark): str(study) for mark, study in found.items()} if isinstance(found, dict) else {}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:32]
