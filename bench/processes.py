"""What a running program and its children cost, read from /proc: processor time and memory."""

from collections.abc import Iterator
from pathlib import Path

MIB = 1024 * 1024


def cpu_seconds(pid: int) -> float:
    """Processor time of all threads since the start; the scheduler counts in nanoseconds."""
    return sum(_thread_seconds(process) for process in family(pid))


def _thread_seconds(pid: int) -> float:
    total = 0
    for thread in Path(f"/proc/{pid}/task").iterdir():
        try:
            total += int((thread / "schedstat").read_text().split()[0])
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total / 1e9


def resident_mib(pid: int) -> float:
    """Memory that the program holds."""
    return sum(_resident_bytes(process) for process in family(pid)) / MIB


def _resident_bytes(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0


def family(pid: int) -> Iterator[int]:
    """The process and all its descendants."""
    yield pid
    for thread in Path(f"/proc/{pid}/task").iterdir():
        for child in (thread / "children").read_text().split():
            yield from family(int(child))
