"""What goes into the zip of a project beside its XML, and who worked on it."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID


class Packing:
    """Texts and sounds by the name that they get in the zip, and users by their id, while a project is made."""

    def __init__(self) -> None:
        self.texts: dict[str, bytes] = {}
        self.sounds: dict[str, Path] = {}
        self.users: dict[UUID, str] = {}

    def text(self, guid: UUID, content: str) -> str:
        """Put in a text and return how it is referred to."""
        self.texts[f"{guid}.txt"] = content.encode()
        return f"internal://{guid}.txt"

    def sound(self, guid: UUID, path: Path) -> str:
        """Put in a sound and return how it is referred to."""
        self.sounds[f"{guid}{path.suffix}"] = path
        return f"internal://{guid}{path.suffix}"
