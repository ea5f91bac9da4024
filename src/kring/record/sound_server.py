"""Where the sound server of a Linux computer takes our sound from: it moves a stream without telling the program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from typing import Any

import msgspec

_ASK_S = 2.0


class SoundServer:
    """Follows the events of PulseAudio or PipeWire; without one it knows nothing, and nothing is the worse for it."""

    def __init__(self) -> None:
        self.place: str | None = None
        """The source that our stream is connected to, as people know it; None while that is unknown."""
        self._events: subprocess.Popen[bytes] | None = None
        if sys.platform == "linux" and shutil.which("pactl"):
            threading.Thread(target=self._follow, daemon=True).start()

    def _follow(self) -> None:
        try:
            self._events = _pactl("subscribe")
        except OSError:
            return
        self._look()
        assert self._events.stdout is not None
        for line in self._events.stdout:
            if b"source-output" in line:
                self._look()
        self._events.wait()

    def _look(self) -> None:
        self.place = _place_of(os.getpid())

    def let_go(self) -> None:
        """Stop following."""
        if self._events is not None:
            self._events.kill()


def _place_of(process: int) -> str | None:
    outputs = _listed("source-outputs")
    ours = [one for one in outputs if one.get("properties", {}).get("application.process.id") == str(process)]
    sources = {one["index"]: one for one in _listed("sources")} if ours else {}
    source = sources.get(ours[-1].get("source")) if ours else None
    return str(source.get("description") or source.get("name")) if source else None


def _listed(what: str) -> list[dict[str, Any]]:
    try:
        answer, _ = _pactl("-f", "json", "list", what).communicate(timeout=_ASK_S)
        found = msgspec.json.decode(answer)
    except (OSError, subprocess.SubprocessError, msgspec.DecodeError, UnicodeDecodeError):
        return []
    return found if isinstance(found, list) else []


def _pactl(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        ["pactl", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
