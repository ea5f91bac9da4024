"""What an observer's computer remembers between two evenings of a session: the numbers of the questions asked there.

A number is random; with it what became of a question is found and opened again, its text too. Neither that nor a name
is kept.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import msgspec

from kring.domain.text import KringError
from kring.system import private_files
from kring.system.file_lock import Lock

MOST = 200
"""How many questions of one observer are remembered."""


class FileContent(msgspec.Struct, frozen=True):
    """What stands in the file: who this is to the laptop that shares, and the questions by a digest of each name."""

    who: str
    asked: dict[str, list[str]] = {}


class OwnQuestions:
    """The questions that were asked here, in a file for its owner only; of a second one at a time nothing is kept."""

    def __init__(self, folder: Path | None = None, name: str = "") -> None:
        self._kept = FileContent(secrets.token_hex(8))
        self._file: Path | None = None
        self._lock: Lock | None = None
        if folder is not None:
            with suppress(OSError, KringError):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._lock = Lock(folder, f"{name}.lock")
                if self._lock.take():
                    self._file = folder / f"{name}.json"
                    self._kept = _read(self._file) or self._kept
                    self._keep()

    @property
    def who(self) -> str:
        """Return who this is to the laptop that shares."""
        return self._kept.who

    def of(self, observer: str) -> Iterable[str]:
        """Return the numbers of what an observer asked here."""
        return self._kept.asked.get(self._digest(observer), ())

    def add(self, observer: str, question: str) -> None:
        """Remember a question before it is sent; a disk that can't take it keeps nobody from asking."""
        known = [*self.of(observer), question][-MOST:]
        self._kept = msgspec.structs.replace(self._kept, asked=self._kept.asked | {self._digest(observer): known})
        self._keep()

    def _keep(self) -> None:
        if self._file is not None:
            with suppress(OSError, KringError):
                private_files.write(self._file, msgspec.json.encode(self._kept))

    def close(self) -> None:
        """Let another one remember."""
        if self._lock is not None:
            self._lock.free()
        self._file = self._lock = None

    def _digest(self, observer: str) -> str:
        return sha256(f"{self._kept.who} {observer}".encode()).hexdigest()[:16]


def _read(file: Path) -> FileContent | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=FileContent)
    except (OSError, msgspec.DecodeError, UnicodeError):
        return None
