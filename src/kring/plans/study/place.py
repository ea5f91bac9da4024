"""Where the text of a study lies."""

from __future__ import annotations

from pathlib import Path

from kring.domain.text import KringError

NAME = "study.md"
_NAMES = tuple(
    told
    for name in (NAME, "studie.md", "onderzoek.md")
    for told in (name, name.capitalize(), f"{name[:-3].upper()}.md")
)


def folder_of(path: Path) -> Path:
    """Return the folder of a study that is named by it, or by its text; raises KringError for another file."""
    if not path.is_file():
        return path
    if path.name not in _NAMES:
        raise KringError("{file} is no folder; name the folder of the study.", file=str(path))
    return path.parent


def text_file(folder: Path) -> Path | None:
    """Return the file in a folder that tells a study; None where there is none. The folder may hold thousands."""
    try:
        return next((folder / name for name in _NAMES if (folder / name).is_file()), None)
    except OSError:
        return None
