"""Where the text of a study lies."""

from __future__ import annotations

from pathlib import Path

NAME = "study.md"
_NAMES = tuple(
    told
    for name in (NAME, "studie.md", "onderzoek.md")
    for told in (name, name.capitalize(), f"{name[:-3].upper()}.md")
)


def text_file(folder: Path) -> Path | None:
    """Return the file in a folder that tells a study; None where there is none. The folder may hold thousands."""
    try:
        return next((folder / name for name in _NAMES if (folder / name).is_file()), None)
    except OSError:
        return None
