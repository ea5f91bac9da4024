"""The recorders that live on this computer, for tests that kill them."""

import os
import signal
from pathlib import Path
from typing import NamedTuple


class Process(NamedTuple):
    """A process of which only the number is known."""

    pid: int

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)


def recorder_of(folder: Path) -> Process:
    """The process that records into a folder, found by its command line."""
    for place in Path("/proc").glob("[0-9]*"):
        try:
            words = (place / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"kring.record.recorder" in words and str(folder.resolve()).encode() in words:
            return Process(int(place.name))
    raise AssertionError("no recorder lives")
