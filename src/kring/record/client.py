"""What a face asks of the recorder: to start, to stop, how it stands, and to put right what a killed one left."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from kring.audio import wav
from kring.audio.advice import Failure, explained
from kring.domain.text import KringError
from kring.record import log, status
from kring.record.log import Closed, Log, Opened
from kring.record.status import Status
from kring.system import durable, file_lock
from kring.system.clock import SystemClock
from kring.system.file_lock import Lock

STOP = "stop"
"""The file that asks the recorder to stop; it removes it."""
SEEN = "seen"
"""The file that a face touches now and then: the recorder sees that somebody looks after it."""

_FIRST_SOUND_S = 10.0
_STOP_S = 10.0
_KILL_S = 2.0
_LOOK_S = 0.02

_started: list[subprocess.Popen[bytes]] = []  # kept until they ended: a forgotten child warns


def folder_of(session_file: Path) -> Path:
    """Return the folder for the sound of a session file, beside it."""
    return session_file.with_suffix(".audio")


def start(folder: Path, recording: str, device: str | None = None, channels: int = 1) -> None:
    """Start a recorder with a life of its own in `folder`, and return at its first sound.

    It takes seconds at worst: a screen calls it from a worker. Raises KringError: another recorder, no PortAudio,
    no device, no room, no sound.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # voices are for nobody else
        if is_running(folder):
            raise explained(Failure.ALREADY_RUNNING)
        repair(folder)
        _started[:] = [one for one in _started if one.poll() is None]
        began_ns = SystemClock().elapsed_ns()
        _started.append(_spawn(folder.resolve(), recording, device, channels))
    except OSError as problem:
        raise explained(Failure.CANNOT_WRITE) from problem
    _wait_for_sound(_started[-1], folder, device, began_ns)


def _spawn(folder: Path, recording: str, device: str | None, channels: int) -> subprocess.Popen[bytes]:
    # -P: what lies in the current folder is no part of the program.
    program = [sys.executable, "-P", "-m", "kring.record.recorder", str(folder), "--recording", recording]
    chosen = [] if device is None else ["--device", device]
    return subprocess.Popen([*program, "--channels", str(channels), *chosen], **detached_process_options())


def detached_process_options() -> dict[str, Any]:
    """Return how a process is started that outlives this one and never writes to its terminal."""
    nowhere: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    if sys.platform == "win32":
        return {**nowhere, "creationflags": 0x0000_0208}  # detached, in a process group of its own
    return {**nowhere, "start_new_session": True}


def _wait_for_sound(recorder: subprocess.Popen[bytes], folder: Path, device: str | None, began_ns: int) -> None:
    latest = time.monotonic() + _FIRST_SOUND_S
    while time.monotonic() < latest:
        if (code := recorder.poll()) is not None:
            raise explained(code, device)
        if (now := read_status(folder)) and now.frames and now.elapsed_ns > began_ns:  # not of the recorder before
            return
        time.sleep(_LOOK_S)
    recorder.kill()
    with suppress(subprocess.TimeoutExpired):  # a driver can hold up even that
        recorder.wait(_KILL_S)
    repair(folder)
    raise explained(Failure.NO_SOUND)


def is_running(folder: Path) -> bool:
    """Whether a recorder lives in `folder`, whoever started it."""
    return file_lock.is_held(folder)


def stop(folder: Path) -> None:
    """Ask the recorder to end, and return when it has; where none lives, nothing happens.

    It takes a moment: a screen calls it from a worker. Raises KringError when the recorder doesn't listen.
    """
    if not is_running(folder):
        return
    try:
        (folder / STOP).touch()
    except OSError as problem:
        raise _not_responding() from problem
    latest = time.monotonic() + _STOP_S
    while is_running(folder):
        if time.monotonic() > latest:
            raise _not_responding()
        time.sleep(_LOOK_S)


def _not_responding() -> KringError:
    return KringError("The recorder does not answer; the recording goes on. Try again.")


def heartbeat(folder: Path) -> None:
    """Tell the recorder that somebody looks after it; one that is alone for hours ends by itself."""
    with suppress(OSError):
        (folder / SEEN).touch()


def read_status(folder: Path) -> Status | None:
    """Return how the recording stands: what the last recorder in `folder` said; `is_running` says if it lives."""
    return status.read(folder)


def repair(folder: Path) -> list[Closed]:
    """Make the segments of a killed recorder whole, and return what was closed now; while a recorder lives, nothing.

    The header of each file counts all that is in it afterwards, and the log has no open segment.
    """
    if not (folder / log.FILE).exists():
        return []
    ours = Lock(folder)
    if not ours.take(file_lock.TRIES):
        return []
    try:
        return _close(folder, Log(folder))
    finally:
        ours.free()


def _close(folder: Path, ours: Log) -> list[Closed]:
    """Close what is open; the log was opened before, which makes a last line whole that lacked only its end."""
    try:
        closed = [
            Closed(opened.segment, _repaired(folder / opened.file), "killed") for opened in still_open(folder).values()
        ]
        for entry in closed:
            ours.append(entry)
        if closed:
            ours.sync()
    finally:
        ours.close()
    return closed


def still_open(folder: Path) -> dict[int, Opened]:
    """Return the segments that the log opened and never closed, by number."""
    found: dict[int, Opened] = {}
    for entry in log.read(folder)[0]:
        match entry:
            case Opened():
                found[entry.segment] = entry
            case Closed():
                found.pop(entry.segment, None)
    return found


def _repaired(file: Path) -> int:
    if not durable.is_ordinary(file):
        return 0
    try:
        return wav.repair(file)
    except (FileNotFoundError, KringError):  # nothing to save: the log is closed all the same
        return 0
