"""What the session files of a folder said when they were read last: one that did not change need not be read again.

A list in the state folder, for its owner only, that may be deleted. It holds no person's name or words: how many of
each segment came, and when; a file is known by its number on the disk, its size and its last change.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

import msgspec

from kring.domain.study.groups import SessionSummary
from kring.domain.text import Sentence
from kring.study.file_marks import mark, marks, names_listed
from kring.study.known_files import FOLDER
from kring.study.session_files import named_as_sessions
from kring.study.summaries import read_summary
from kring.system import folders

FORM = 3
"""Raised with what a summary holds: one that another kring kept is read anew."""


class KnownSummaries:
    """The summaries of the session files of a folder."""

    def __init__(self, folder: Path) -> None:
        self.names = names = names_listed(folder)
        self.paths = named_as_sessions(folder, names)
        self._marks = marks(self.paths, names)
        named = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:32]
        self._place = folders.state() / FOLDER / f"{named}.summaries-{FORM}.json"
        self._before = _read(self._place)
        self._now: dict[str, SessionSummary] = {}

    def known(self, path: Path) -> SessionSummary | None:
        """Return what a session file said, None where it was not read, or may have changed since."""
        told = self._marks.get(path.name, "")
        if (known := self._before.get(told)) is None:
            return None
        self._now[told] = known
        return known if known.file == path.name else msgspec.structs.replace(known, file=path.name)

    def read(self, path: Path) -> SessionSummary | Sentence:
        """Read what a session file says, or return why it can't be read."""
        told = self._marks.get(path.name, "")
        found = read_summary(path)
        if isinstance(found, SessionSummary) and told and told == mark(path):
            self._now[told] = found
        return found

    def keep(self) -> None:
        """Write down what is known, for the next time; where that can't be, all files are read again."""
        if self._now == self._before:
            return
        with suppress(OSError):
            self._place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor, part = tempfile.mkstemp(dir=self._place.parent)  # for its owner only
            with os.fdopen(descriptor, "wb") as file:
                file.write(msgspec.json.encode(self._now))
            Path(part).replace(self._place)


def _read(place: Path) -> dict[str, SessionSummary]:
    try:
        return msgspec.json.decode(place.read_bytes(), type=dict[str, SessionSummary])
    except (OSError, msgspec.DecodeError):
        return {}
