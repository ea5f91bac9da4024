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
_AGAIN_S = 5.0
_EVENTS = (b"source-output", b"'new' on source", b"'remove' on source")


class SoundServer:
    """Follows the events of PulseAudio or PipeWire; without one it knows nothing, and nothing is the worse for it."""

    def __init__(self) -> None:
        self.place: str | None = None
        """The source that our stream is connected to, as people know it; None while that is unknown."""
        self.source: str | None = None
        """The same as the server calls it: two microphones of one make differ only there."""
        self._home: str | None = None
        self._home_went = False
        self._events: subprocess.Popen[bytes] | None = None
        self._is_over = threading.Event()
        if sys.platform == "linux" and shutil.which("pactl"):
            threading.Thread(target=self._follow, daemon=True).start()

    def _follow(self) -> None:
        while not self._is_over.is_set():
            try:
                self._events = _pactl("subscribe")
            except OSError:
                return
            self._look()
            assert self._events.stdout is not None
            for line in self._events.stdout:
                if any(event in line for event in _EVENTS):
                    self._look()
            self._events.wait()
            self.place = self.source = None
            self._is_over.wait(_AGAIN_S)  # a server that died may come back

    def _look(self) -> None:
        stream, sources = _stream_and_sources(os.getpid())
        source = sources.get(stream.get("source", -1))
        if source is None:
            self.place = self.source = None
            return
        name = str(source.get("name"))
        self.place, self.source = str(source.get("description") or name), name
        self._home = self._home or name
        is_there = any(one.get("name") == self._home for one in sources.values())
        if is_there and name != self._home and self._home_went:
            _answer("move-source-output", str(stream["index"]), self._home)
        # a person who moved the stream while its source was there wants it so
        self._home_went = not is_there

    def release(self) -> None:
        """Stop following."""
        self._is_over.set()
        if self._events is not None:
            self._events.kill()


def _stream_and_sources(process: int) -> tuple[dict[str, Any], dict[int, dict[str, Any]]]:
    outputs = _listed("source-outputs")
    ours = [one for one in outputs if one.get("properties", {}).get("application.process.id") == str(process)]
    sources = {one["index"]: one for one in _listed("sources")} if ours else {}
    return (ours[-1] if ours else {}), sources


def _listed(what: str) -> list[dict[str, Any]]:
    try:
        found = msgspec.json.decode(_answer("-f", "json", "list", what))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return []
    return found if isinstance(found, list) else []


def _answer(*words: str) -> bytes:
    """Return what pactl answers, nothing where it can't or the server hangs."""
    try:
        asking = _pactl(*words)
    except OSError:
        return b""
    try:
        return asking.communicate(timeout=_ASK_S)[0]
    except subprocess.TimeoutExpired:
        asking.kill()
        asking.communicate()
        return b""


def _pactl(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        ["pactl", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
