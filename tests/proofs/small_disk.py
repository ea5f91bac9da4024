"""A disk of a given size that only the traced program sees: a tmpfs in a mount namespace of its own."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

_NAMESPACES = (["unshare", "--mount"], ["unshare", "--mount", "--map-root-user"])


def why_no_small_disk() -> str | None:
    """Says why no small disk can be made here, or None when it can."""
    if shutil.which("unshare") is None or shutil.which("nsenter") is None:
        return "unshare is not installed, so the full-disk proofs are skipped; install util-linux."
    if _permitted() is None:
        return "mounting is not permitted here, so the full-disk proofs are skipped."
    return None


def _permitted() -> list[str] | None:
    for namespace in _NAMESPACES:
        trial = [*namespace, "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", "/mnt"]
        if subprocess.run(trial, capture_output=True, check=False).returncode == 0:
            return namespace
    return None


class SmallDisk:
    """A folder with little room; `fill` takes what is left, `free` gives it back."""

    def __init__(self, folder: Path, *, kib: int) -> None:
        self.folder = folder
        namespace = _permitted()
        assert namespace is not None
        script = f'mount -t tmpfs -o size={kib}k tmpfs "$0" && echo mounted && exec cat'
        self._keeper = subprocess.Popen(
            [*namespace, "sh", "-c", script, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._own_user = "--map-root-user" in namespace
        assert self._keeper.stdout is not None
        assert self._keeper.stdout.readline() == b"mounted\n"
        self.outside = Path(f"/proc/{self._keeper.pid}/root{folder}")

    def __enter__(self) -> "SmallDisk":
        return self

    def __exit__(self, *_: object) -> None:
        assert self._keeper.stdin is not None
        self._keeper.stdin.close()
        self._keeper.wait(10)

    def inside(self, argv: Sequence[str]) -> list[str]:
        """The command line that runs `argv` where the folder is the small disk."""
        user = ["--user", "--preserve-credentials"] if self._own_user else []
        enter = ["nsenter", f"--target={self._keeper.pid}", *user, "--mount", f"--wd={self.folder}"]
        return [*enter, "--", *argv]

    def room(self) -> int:
        """Bytes that are still free."""
        space = os.statvfs(self.outside)
        return space.f_bavail * space.f_frsize

    def fill(self) -> None:
        """Takes all the room that is left."""
        with (self.outside / "ballast").open("ab", buffering=0) as ballast:
            while (room := self.room()) > 0:
                ballast.write(bytes(room))

    def copy_to(self, folder: Path) -> Path:
        """Copies the files out, for SQLite follows the way in to the wrong folder."""
        return Path(shutil.copytree(self.outside, folder, ignore=shutil.ignore_patterns("ballast")))

    def free(self) -> None:
        """Gives the room back."""
        (self.outside / "ballast").unlink()
