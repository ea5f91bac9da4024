"""Every row of the table: what is measured, against which floor, and the limit it must keep."""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from durable_insert import insertion, syncs_of_acts, timed_us
from kring_session import NotMeasurable, acting
from measure import Compare, Effort, Rounds, Row, Sample, alternate, medians, p95s
from processes import cpu_seconds, resident_mib
from pty_harness import Term

LABEL = [sys.executable, str(Path(__file__).parent / "floors" / "label.py")]
ON_DISK = "/var/tmp"
IN_MEMORY = "/dev/shm"
SETTLE_S = 5.0


@contextmanager
def place(parent: str) -> Iterator[Path]:
    """A folder of our own that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="kring-bench-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def with_kring(samples: dict[str, Sample], make: Callable[[], Sample]) -> str:
    """Adds the program to the samples if it can be measured, else says why not."""
    try:
        samples["kring"] = make()
    except NotMeasurable as reason:
        return str(reason)
    return ""


def split(taken: Rounds, summary: Callable[[list[list[float]]], list[float]]) -> dict[str, list[float]]:
    """The figures per round of the floor and, where there are any, of the program."""
    return {name: summary(rounds) for name, rounds in taken.items()}


def act_on_disk(effort: Effort) -> list[Row]:
    return [_act("act on disk", "act, on disk", ON_DISK, 1.5, effort)]


def act_in_memory(effort: Effort) -> list[Row]:
    return [_act("act in memory", "act, in memory (no disk)", IN_MEMORY, 6, effort)]


def _act(name: str, what: str, parent: str, limit: float, effort: Effort) -> Row:
    with place(parent) as folder:
        samples = {"floor": timed_us(insertion(folder))}
        remark = with_kring(samples, lambda: timed_us(acting(folder)))
        figures = split(alternate(samples, rounds=effort.rounds, per_round=effort.acts), medians)
    return Row(name, what, "µs", limit, figures["floor"], figures.get("kring", []), remark=remark)


def syncs(effort: Effort) -> list[Row]:
    if shutil.which("strace") is None:
        return [Row("syncs", "syncs per act", "", 1, [], compare=Compare.EXACT, remark="strace is missing")]
    with place(ON_DISK) as folder:
        floor = syncs_of_acts("floor", folder, 2 * effort.acts)
        samples: dict[str, Sample] = {}
        remark = with_kring(samples, lambda: timed_us(acting(folder)))
        kring = syncs_of_acts("kring", folder, 2 * effort.acts) if samples else []
    return [Row("syncs", "syncs per act", "", 1, floor, kring, Compare.EXACT, remark)]


def first_paint(effort: Effort) -> list[Row]:
    """From the start of the process until the first text stands on the screen."""
    samples = {"floor": started(LABEL, "ready.")}
    figures = split(alternate(samples, rounds=effort.rounds, per_round=effort.starts), medians)
    return [Row("first paint", "first paint", "ms", 1.5, figures["floor"], remark="kring has no live screen yet")]


def started(argv: list[str], text: str) -> Sample:
    """Milliseconds from the start of a program until `text` stands on its screen."""

    def once() -> float:
        with Term(argv) as term:
            return (term.wait_for(text) - term.started_at) * 1000

    return once


def key(effort: Effort) -> list[Row]:
    """From a key press until the chunk arrives that changes the screen."""
    with ExitStack() as stack:
        samples = {"floor": pressed(stack.enter_context(Term(LABEL)))}
        taken = alternate(samples, rounds=effort.rounds, per_round=effort.keys)
    middle, slow = split(taken, medians), split(taken, p95s)
    remark = "kring has no live screen yet"
    return [
        Row("key", "key, 2,000 events", "ms", 2, middle["floor"], remark=remark),
        Row("key p95", "key, 2,000 events, p95", "ms", 3, slow["floor"], remark=remark),
    ]


def pressed(term: Term) -> Sample:
    """Milliseconds from a key until the label says so."""
    term.wait_for("ready.")
    presses = 0

    def once() -> float:
        nonlocal presses
        presses += 1
        time.sleep(0.03)
        return term.key("x", lambda shown: shown.shows(f"key {presses}.")) * 1000

    return once


def memory(effort: Effort) -> list[Row]:
    with Term(LABEL) as term:
        term.wait_for("ready.")
        floor = [resident_mib(term.process.pid)]
    remark = "kring has no live screen yet"
    return [Row("memory", "memory, 2,000 events", "MiB", 40, floor, [], Compare.EXCESS, remark)]


def idle(effort: Effort) -> list[Row]:
    """Processor time in one window in which nobody touches anything, all programs side by side."""
    with ExitStack() as stack:
        terms = {"floor": stack.enter_context(Term(LABEL))}
        terms["floor"].wait_for("ready.")
        watch(terms, SETTLE_S)
        spent = watch(terms, effort.idle_s)
    floor = [spent["floor"] / effort.idle_s * 100]
    return [Row("idle", "idle live screen", "% CPU", 5, floor, remark="kring has no live screen yet")]


def watch(terms: dict[str, Term], seconds: float) -> dict[str, float]:
    """Processor seconds that each program spends in the window."""
    before = {name: cpu_seconds(term.process.pid) for name, term in terms.items()}
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(min(1.0, max(0.0, end - time.monotonic())))
        for term in terms.values():
            term.drain()
    return {name: cpu_seconds(term.process.pid) - before[name] for name, term in terms.items()}


ROWS: dict[str, Callable[[Effort], list[Row]]] = {
    "syncs": syncs,
    "act on disk": act_on_disk,
    "act in memory": act_in_memory,
    "first paint": first_paint,
    "key": key,
    "memory": memory,
    "idle": idle,
}
