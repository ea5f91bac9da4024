"""Where the text of a study lies."""

from __future__ import annotations

import os
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
    if not os.path.isfile(path):  # noqa: PTH113 - which says no where nothing may be looked up
        if os.path.isdir(path) and not os.access(path, os.R_OK | os.X_OK):  # noqa: PTH112
            raise KringError("The folder {folder} may not be read.", folder=str(path))
        return path
    if path.name not in _NAMES:
        raise KringError("{file} is no folder; name the folder of the study.", file=str(path))
    return path.parent


def text_file(folder: Path) -> Path | None:
    """Return the file in a folder that tells a study; None where there is none. The folder may hold thousands.

    What has its name and is no file, a folder or a link that leads nowhere, is that too: who reads it is told why not.
    """
    for is_there in (os.path.isfile, os.path.lexists):
        for name in _NAMES:
            if is_there(folder / name):
                return folder / name
    return None
