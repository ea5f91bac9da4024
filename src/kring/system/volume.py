"""The kind of disk that a folder is on, and whether a live session is safe there."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from kring.domain.text import Sentence

# SQLite's shared memory works within one computer only; on these another may look at the same file.
_SHARED = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "afpfs",
    "webdav",
    "davfs",
    "9p",
    "drvfs",
    "ceph",
    "glusterfs",
}
_SYNCED = re.compile(
    r"dropbox\b|onedrive\b|google ?drive\b|my drive$|icloud|mobile documents$|com~apple~clouddocs$"
    r"|cloudstorage$|nextcloud\b|owncloud\b|syncthing$|pcloud|megasync|stack ?storage",
    re.IGNORECASE,
)


MOUNTS = Path("/proc/self/mounts")
"""Where Linux lists what is mounted: a disk, its place and its type in a line, spaces in them as `\\040`."""


def kind_of(folder: Path) -> str | None:
    """Return the type of file system that `folder` is on (`ext4`, `nfs4`, `fuse.sshfs` …), if known."""
    place = folder.resolve()
    try:
        found = [(mounted, kind) for mounted, kind in _mounts() if place.is_relative_to(mounted)]
    except OSError:
        return None
    # Of two on one place the later one is seen.
    return max(reversed(found), key=lambda mount: len(mount[0]))[1] if found else None


def _mounts() -> Iterator[tuple[str, str]]:
    """Yield the places at which disks are mounted, and the types of their file systems."""
    if sys.platform == "linux":  # psutil reads the same, and its import costs milliseconds of the start
        for line in MOUNTS.read_text("utf-8", "surrogateescape").splitlines():
            _disk, mounted, kind, *_ = line.split(" ")
            yield _unescaped(mounted) if "\\" in mounted else mounted, kind
    else:
        import psutil

        for mount in psutil.disk_partitions(all=True):
            yield mount.mountpoint, mount.fstype


def _unescaped(mounted: str) -> str:
    return re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), mounted)


def is_shared(kind: str) -> bool:
    """Whether a file system of this type may be seen by several computers."""
    return kind in _SHARED or kind == "fuse" or kind.startswith("fuse.")


def synced_by(folder: Path) -> str | None:
    """Return the name of the folder, at or above `folder`, that a sync service seems to keep."""
    return next((part for part in folder.absolute().parts if _SYNCED.match(part)), None)


def warning_for(folder: Path) -> Sentence | None:
    """Say why a live session does not belong in `folder`; None when it does."""
    if synced_by(folder):
        return Sentence(
            "This folder is kept in sync by a cloud service, which can damage a live session: "
            "work in a folder of this computer only, and copy the finished file."
        )
    kind = kind_of(folder)
    if kind and is_shared(kind):
        return Sentence(
            "This folder is on a network or virtual disk ({kind}), where a live session can be damaged: "
            "work on a disk of this computer, and copy the finished file.",
            {"kind": kind},
        )
    return None
