"""The kind of disk that a folder is on, and whether a live session is safe there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

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
_DARWIN_MOUNT = re.compile(r"^.+? on (?P<place>/.*) \((?P<kind>\w+)")


class Mount(NamedTuple):
    """A file system and the folder it begins at."""

    place: str
    kind: str


def kind_of(folder: Path) -> str | None:
    """Return the type of file system that `folder` is on (`ext4`, `nfs4`, `fuse.sshfs` …), if known."""
    place = folder.resolve()
    found = [mount for mount in _mounts() if place.is_relative_to(mount.place)]
    # Of two on one place the later one is seen.
    return max(reversed(found), key=lambda mount: len(mount.place)).kind if found else None


def is_shared(kind: str) -> bool:
    """Say whether a file system of this type may be seen by several computers."""
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


def _mounts() -> list[Mount]:
    system: str = sys.platform
    try:
        if system == "linux":
            return mounts_of_linux(Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape"))
        if system == "darwin":
            told = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=True)
            return mounts_of_darwin(told.stdout)
    except (OSError, subprocess.SubprocessError):
        pass
    return []


def mounts_of_linux(mountinfo: str) -> list[Mount]:
    """Return the mounts in the text of `/proc/self/mountinfo`."""
    mounts = []
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) > 4 and after:
            place = re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), fields[4])
            mounts.append(Mount(place, after.split(" ")[0]))
    return mounts


def mounts_of_darwin(told: str) -> list[Mount]:
    """Return the mounts in what macOS' `mount` prints."""
    return [Mount(found["place"], found["kind"]) for line in told.splitlines() if (found := _DARWIN_MOUNT.match(line))]
