"""What a program asked of the operating system, in order, read from an strace log."""

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

# A question mark lets strace accept a name that this processor does not have (creat, unlink on ARM).
CALLS = [
    *("open", "openat", "creat", "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat"),
    *("write", "writev", "pwrite64", "pwritev", "pwritev2", "copy_file_range", "sendfile", "splice"),
    *("ftruncate", "truncate", "fallocate", "fsync", "fdatasync", "sync_file_range"),
]

_LINE = re.compile(r"(\d+)\s+(.*)", re.DOTALL)
_RESUMED = re.compile(r"<\.\.\. (\w+) resumed>(.*)", re.DOTALL)
_CALL = re.compile(r"(\w+)\((.*)", re.DOTALL)
_UNFINISHED = " <unfinished ...>"


def why_no_strace() -> str | None:
    """Says why strace cannot be used here, or None when it can."""
    if shutil.which("strace") is None:
        return "strace is not installed, so the power-cut replay is skipped; install it (apt install strace)."
    probe = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False)
    if probe.returncode != 0:
        return "strace may not trace processes here, so the power-cut replay is skipped."
    return None


def traced(argv: Sequence[str], log: Path, calls: Sequence[str] = CALLS) -> list[str]:
    """The command line that runs `argv` and writes its system calls to `log`."""
    names = ",".join(f"?{name}" for name in calls)
    options = ["-f", "-y", "-xx", "-s", "10000000", "--seccomp-bpf", "-e", f"trace={names}"]
    return ["strace", *options, "-o", str(log), "--", *argv]


@dataclass(slots=True, eq=False)
class Call:
    """One system call; `result` is None until it has returned."""

    name: str
    arguments: str
    result: int | None = None

    @property
    def succeeded(self) -> bool:
        return self.result is not None and self.result >= 0

    def strings(self) -> list[bytes]:
        """Every quoted string among the arguments, in order."""
        return [unhex(text) for text in re.findall(r'"([^"]*)"', self.arguments)]

    def descriptor(self) -> tuple[int, str, bool] | None:
        """The first file descriptor: its number, its path, and whether that file still has a name."""
        found = re.match(r"(\d+)<([^>]*)>(\(deleted\))?", self.arguments)
        if found is None:
            return None
        path = unhex(found[2]).decode(errors="surrogateescape")
        gone = bool(found[3]) or path.endswith(" (deleted)")
        return int(found[1]), path, not gone

    def folders(self) -> list[str]:
        """The folders that relative paths start from, as the *at() calls name them."""
        return [
            unhex(text).decode(errors="surrogateescape")
            for text in re.findall(r"(?:AT_FDCWD|\b\d+)<([^>]*)>", self.arguments)
        ]

    def numbers(self) -> list[int]:
        """Every plain number among the arguments that follow the last string or descriptor."""
        tail = re.split(r'["\]>]', self.arguments)[-1]
        return [int(text) for text in re.findall(r"-?\b\d+\b", tail)]


@dataclass(frozen=True, slots=True)
class Step:
    """A moment in the log: a call begins, or a call returns."""

    call: Call
    begins: bool


def unhex(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def steps(log: Path) -> Iterator[Step]:
    """The beginnings and returns of all calls in `log`, in the order in which they happened."""
    open_calls: dict[str, Call] = {}
    for line in log.read_text(encoding="ascii", errors="replace").splitlines():
        parts = _LINE.match(line)
        if parts is None:
            continue
        thread, what = parts.groups()
        if resumed := _RESUMED.match(what):
            call = open_calls.pop(thread, None)
            if call is not None and call.name == resumed[1]:
                call.result = _result(what)
                yield Step(call, begins=False)
        elif begun := _CALL.match(what):
            name, rest = begun.groups()
            if rest.endswith(_UNFINISHED):
                call = open_calls[thread] = Call(name, rest.removesuffix(_UNFINISHED))
                yield Step(call, begins=True)
            else:
                call = Call(name, rest.rpartition(")")[0])
                yield Step(call, begins=True)
                call.result = _result(what)
                yield Step(call, begins=False)


def _result(line: str) -> int | None:
    found = re.match(r"(-?\d+)", line.rpartition(" = ")[2])
    return int(found[1]) if found else None
