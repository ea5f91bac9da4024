"""The browser and the viewers of this computer: they open outside the terminal that the screens are on, or not at all.

No shell reads a link or the name of a file, and no program is looked for in the current folder. Of files only those
that show something are opened, which lie beside the plan: a plan may come from anybody.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from shutil import which
from threading import Thread

from kring.domain.text import Refused, one_line

SHOWN = (
    *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".svg", ".pdf"),
    *(".mp4", ".mov", ".m4v", ".webm", ".mkv", ".avi", ".mp3", ".m4a", ".wav", ".ogg", ".flac"),
    *(".ppt", ".pptx", ".odp", ".key", ".doc", ".docx", ".odt", ".xls", ".xlsx", ".ods", ".txt", ".md"),
)
"""Kinds of files that a viewer shows; a program or a script is none of them."""


def can_open() -> bool:
    """Whether a browser has a place of its own; without one Python would start a browser for terminals."""
    system: str = sys.platform
    return system != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_link(link: str) -> None:
    """Open a link without waiting for it, in a process that cannot reach the terminal."""
    # -P: what lies in the current folder is no part of the program
    Thread(target=_run, args=([sys.executable, "-P", "-m", "webbrowser", link],), daemon=True).start()


def file_in(folder: Path, name: str) -> Path:
    """Return the file of this name in a folder or below it, or refuse."""
    root = folder.resolve()
    path = (root / name.replace("\\", "/")).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        raise Refused("The file {file} is not beside the plan.", file=one_line(name))
    if path.suffix.lower() not in SHOWN:
        raise Refused(
            "Open {file} yourself: only pictures, films, sound and documents are opened.", file=one_line(name)
        )
    return path


def open_file(path: Path) -> None:
    """Open a file that `file_in` found in the viewer of its kind, without waiting for it."""
    system: str = sys.platform
    if system == "win32":
        os.startfile(path)  # type: ignore[attr-defined]  # noqa: S606 - a file of a kind that is shown
        return
    viewer = "/usr/bin/open" if system == "darwin" else _installed("xdg-open")
    if viewer is None:
        raise Refused("This computer has no program that opens files: xdg-open is missing.")
    Thread(target=_run, args=([viewer, str(path)],), daemon=True).start()


def _installed(program: str) -> str | None:
    """Return where a program is installed; a folder that is named from the current one has none."""
    folders = (folder for folder in os.environ.get("PATH", os.defpath).split(os.pathsep) if Path(folder).is_absolute())
    return which(program, path=os.pathsep.join(folders))


def _run(command: list[str]) -> None:
    nowhere = subprocess.DEVNULL
    subprocess.run(command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True, check=False)
