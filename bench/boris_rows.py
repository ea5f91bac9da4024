"""Rows beside BORIS, the program in which behaviour is usually logged; only where it is installed."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from durable_insert import timed_us, warmed
from kring_session import Acting
from measure import Effort, Row, Sample, alternate, medians
from session_files import ON_DISK, copy_of, place

BORIS = "KRING_BENCH_BORIS"
"""The Python of an environment of its own in which boris-behav-obs is installed."""
LOGS = Path(__file__).parent / "floors" / "boris_log.py"
LONGEST = 20_000


def boris(effort: Effort) -> list[Row]:
    """An act of kring on the disk against logging one behaviour by BORIS's own functions, in memory: no promise."""
    return [_beside(events, effort) for events in effort.sizes if events <= LONGEST]


def _beside(events: int, effort: Effort) -> Row:
    row = Row(f"boris {events}", f"act on disk against BORIS's log in memory, {events:,} events", "µs", None)
    if not os.environ.get(BORIS):
        row.remark = "BORIS is not installed"
        return row
    with place(ON_DISK) as folder, _logging(events) as logged:
        file = copy_of(folder, events)
        acting = Acting(file)
        warmed(acting.act, file)
        samples: dict[str, Sample] = {"boris": logged, "kring": timed_us(acting.act)}
        taken = alternate(samples, rounds=effort.rounds, per_round=effort.starts)
        acting.close()
    row.floor, row.kring = medians(taken["boris"]), medians(taken["kring"])
    return row


@contextmanager
def _logging(events: int) -> Iterator[Sample]:
    """Microseconds that BORIS needs for one more behaviour after so many."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [os.environ[BORIS], str(LOGS), str(events)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as program:

        def once() -> float:
            program.stdin.write("\n")
            program.stdin.flush()
            return float(program.stdout.readline())

        yield once
        program.stdin.close()
