"""The floor of a recorder: a callback that writes raw bytes into a file, and nothing else."""

import sys
import threading
from pathlib import Path

import sounddevice

with (
    Path(sys.argv[1]).open("wb", buffering=0) as file,
    sounddevice.RawInputStream(
        channels=1, dtype="int16", latency=0.2, callback=lambda sound, *_: file.write(sound) and None
    ),
):
    threading.Event().wait()
