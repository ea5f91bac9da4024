"""The kind of disk that a folder is on, and whether a live session is safe there."""

from __future__ import annotations

import re
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


def kind_of(folder: Path) -> str | None:
    """Return the type of file system that `folder` is on (`ext4`, `nfs4`, `fuse.sshfs` …), if known."""
    import psutil  # costs milliseconds of the start, so only where a session is about to lie

    try:
        mounts = psutil.disk_partitions(all=True)
    except OSError:
        return None
    place = folder.resolve()
    found = [mount for mount in mounts if place.is_relative_to(mount.mountpoint)]
    # Of two on one place the later one is seen.
    return max(reversed(found), key=lambda mount: len(mount.mountpoint)).fstype if found else None


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
