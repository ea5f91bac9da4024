"""The server of a session that a laptop shares: found, started, watched, and ended with who started it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from kring.domain.text import KringError
from kring.team import certificate
from kring.team.shared_folder import CONFIG, LOG, PID

OVERRIDE = "NATS_SERVER"
PROGRAM = "nats-server"
LOOK_S = 0.5
FULL = b"no space left on device"
"""What the server writes of a full disk."""
ROOM = 1 << 20
"""How many bytes have to be free before it is started again."""
MOST_LOG = 1 << 20
_END_S = 3.0
_PR_SET_PDEATHSIG = 1


def found() -> str:
    """Return the program of the server: one that the user names, else that of the extra `team`."""
    if named := os.environ.get(OVERRIDE):
        return named
    beside = Path(sys.executable).with_name(PROGRAM + (".exe" if os.name == "nt" else ""))
    if beside.is_file():
        return str(beside)
    if elsewhere := shutil.which(PROGRAM):
        return elsewhere
    raise KringError("To share a session, install kring with its extra team: pipx install --force '.[team]'")


def free_port(address: str) -> int:
    """Return a port at an address that nobody has; raises KringError where this computer doesn't have the address."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as one:
            one.bind((address, 0))
            port: int = one.getsockname()[1]
            return port
    except OSError as problem:
        raise KringError("{address} is no address of this computer.", address=address) from problem


def answers(address: str, port: int, fingerprint: bytes) -> bool:
    """Whether the server listens there that has this certificate, and no other program."""
    looking = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    looking.check_hostname = False
    looking.verify_mode = ssl.CERT_NONE  # only looked at
    with (
        suppress(OSError),
        socket.create_connection((address, port), timeout=LOOK_S) as plain,
        looking.wrap_socket(plain) as seen,
    ):
        return certificate.fingerprint_of(seen.getpeercert(binary_form=True) or b"") == fingerprint
    return False


class Server:
    """One server process, of one folder; it starts again at once whenever it ended."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._early_ends = 0
        self._looked_at = 0.0
        self._log_read = 0
        self._is_full = False
        end_left_over(folder)

    @property
    def pid(self) -> int | None:
        """Return the number of its process."""
        return self._process.pid if self._process is not None else None

    def look(self) -> bool:
        """Start it where it does not run, later and later where it ends at once; return whether it runs."""
        now = time.monotonic()
        if self._process is not None:
            if self._process.poll() is None:
                return True
            self._early_ends = self._early_ends + 1 if now - self._started_at < 1 else 0
            self._process = None
        if self._early_ends and now - self._started_at < min(0.05 * 2**self._early_ends, 2):
            return False
        self._started_at = now
        with suppress(OSError):
            self._log_read = (self._folder / LOG).stat().st_size
        self._process = _start(self._folder)
        return True

    def heal(self) -> None:
        """End it where its disk was full and has room again: it takes nothing in until it begins anew."""
        now = time.monotonic()
        if self._process is None or now - self._looked_at < LOOK_S:
            return
        self._looked_at = now
        self._is_full = self._is_full or self._log_tells_of_full_disk()
        if self._is_full and shutil.disk_usage(self._folder).free > ROOM:
            self._is_full = False
            self.end()

    def _log_tells_of_full_disk(self) -> bool:
        """Whether it wrote since the last look, or since it began, that it could not write."""
        with suppress(OSError), (self._folder / LOG).open("rb") as log:
            size = log.seek(0, os.SEEK_END)
            log.seek(self._log_read if self._log_read <= size else 0)
            told = log.read(MOST_LOG)
            self._log_read = log.tell()
            return FULL in told
        return False

    def has_failed(self) -> bool:
        """Whether it ended at once several times: its address or its port belongs to somebody else."""
        return self._early_ends >= 3

    def reload(self) -> None:
        """Have it read again who may do what; who has no right any more is thrown out."""
        if self._process is None:
            return
        if sys.platform == "win32":
            self.end()  # no signal says it there; `look` starts it again
        else:
            self._process.send_signal(signal.SIGHUP)

    def end(self) -> None:
        """End it, and return when it's gone."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


def end_left_over(folder: Path) -> None:
    """End the server of a folder whose kring was killed, where the system didn't: that one process and no other."""
    import psutil

    try:
        process = psutil.Process(int((folder / PID).read_text("ascii")))
        is_ours = Path(process.cwd()).samefile(folder) and PROGRAM in process.name() and CONFIG in process.cmdline()
    except (OSError, ValueError, psutil.Error):
        return
    if is_ours:
        with suppress(psutil.Error):
            process.terminate()
            process.wait(_END_S)


def _start(folder: Path) -> subprocess.Popen[bytes]:
    options: dict[str, Any] = {}
    if sys.platform == "linux":
        options["preexec_fn"] = _die_with_parent
    elif sys.platform == "win32":
        options["creationflags"] = subprocess.CREATE_NO_WINDOW
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(
        [found(), "-c", CONFIG], cwd=folder, stdin=nowhere, stdout=nowhere, stderr=nowhere, **options
    )


def _die_with_parent() -> None:
    """Have Linux end the new process when the one that started it ends, in whatever way."""
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
