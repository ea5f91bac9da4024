"""Which study the session files of a folder belong to, as they were read last: only those of one need be opened again.

A list in the state folder, for its owner only, that may be deleted. It holds no name: a file is known by its number on
the disk, its size and its last change, a study by a digest.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from kring.domain.study.called import study_key
from kring.study.file_marks import mark as mark_of
from kring.study.file_marks import marks, names_in
from kring.study.session_files import named_as_sessions
from kring.system import folders

FOLDER = "studies"
FORM = 2
"""Raised with the way in which a study is known: what another kring kept is read anew."""
FEW = 20
"""Of so many files each is read in no time, and nothing is kept."""


class KnownFiles:
    """The session files of a folder, and of those that did not change since the last look, which study they are of."""

    def __init__(self, folder: Path, study: str) -> None:
        names = names_in(folder)
        self.paths = named_as_sessions(folder, names)
        self._wanted = _digest(study_key(study))
        self._is_large = len(self.paths) > FEW
        self._marks = marks(self.paths, names) if self._is_large else {}
        self._place = folders.state() / FOLDER / f"{_digest(str(folder.resolve()))}.studies-{FORM}.json"
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
        if mark and mark == mark_of(path):
            self._now[mark] = _digest(study_key(study))

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


def _read(place: Path) -> dict[str, str]:
    try:
        found = json.loads(place.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(mark): str(study) for mark, study in found.items()} if isinstance(found, dict) else {}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:32]
