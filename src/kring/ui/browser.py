"""The browser of this computer: a link opens there, and never inside the terminal that the screens are on."""

from __future__ import annotations

import os
import subprocess
import sys
from threading import Thread


def can_open() -> bool:
    """Whether a browser has a place of its own; without one Python would start a browser for terminals."""
    system: str = sys.platform
    return system != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_link(link: str) -> None:
    """Open a link without waiting for it, in a process that cannot reach the terminal."""
    Thread(target=_open, args=(link,), daemon=True).start()


def _open(link: str) -> None:
    nowhere = subprocess.DEVNULL  # and -P: what lies in the current folder is no part of the program
    subprocess.run(
        [sys.executable, "-P", "-m", "webbrowser", link],
        stdin=nowhere,
        stdout=nowhere,
        stderr=nowhere,
        start_new_session=True,
        check=False,
    )
