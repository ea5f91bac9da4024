"""Rows of whole files: opening one, and what is made of it afterwards, and how that grows with its length."""

import math
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from itertools import pairwise
from pathlib import Path

from kring_session import Acting
from measure import Compare, Effort, Row, Sample, alternate, medians
from session_files import CORRECTED, IN_MEMORY, MOVED, NAMED, ON_DISK, copy_of, place

from kring.exports.formats import FORMATS
from kring.privacy import snapshot
from kring.report.content import report_of
from kring.report.html import page
from kring.store.verify import verify
from kring.system.sqlite import sqlite3

GROWTH = 1.05
REPORT = 15
EVENING = 7_000
"""Acts of an evening that was logged in full."""
MEASURED_FROM = 2_000
"""Events from which on the growth is told: before that it is starting that takes the time."""


def opening(effort: Effort) -> list[Row]:
    """A session opened to go on with it, in memory; the floor selects its events."""
    rows = []
    for events in effort.sizes:
        row = Row(f"open {events}", f"open, {events:,} events", "ms", None)
        with place(IN_MEMORY) as folder:
            file = copy_of(folder, events)
            samples = {"floor": _timed(partial(_selected, file, "events")), "kring": _timed(partial(_opened, file))}
            rounds, times = effort.at(events).rounds, effort.at(events).starts
            taken = alternate(samples, rounds=rounds, per_round=times)
        row.floor, row.kring = medians(taken["floor"]), medians(taken["kring"])
        rows.append(row)
    return rows


def corrections(effort: Effort) -> list[Row]:
    """Opening a session in which turns were named and moved against the same without, and undo of one naming more."""
    told = f"{CORRECTED:,} events, {NAMED} turns named, {MOVED} moved"
    opened = Row("corrected open", f"open, {told}, against without", "ms", 1.2)
    undone = Row("corrected undo", f"undo of a turn named, against naming it, {told}", "ms", 3)
    with place(IN_MEMORY) as folder:
        plain, corrected = copy_of(folder, CORRECTED), copy_of(folder, CORRECTED, True)
        samples = {"plain": _timed(partial(_opened, plain)), "corrected": _timed(partial(_opened, corrected))}
        taken = alternate(samples, rounds=effort.rounds, per_round=effort.starts)
        opened.floor, opened.kring = medians(taken["plain"]), medians(taken["corrected"])
        acting = Acting(corrected)
        samples = {"name": _timed(acting.name_turn), "undo": _timed(acting.undo)}
        for _ in range(effort.rounds):
            undone.floor.append(samples["name"]())
            undone.kring.append(samples["undo"]())
        acting.close()
    return [opened, undone]


def report(effort: Effort) -> list[Row]:
    """A whole report, from the file to the page; an evening lies between two of the lengths."""
    with place(ON_DISK) as folder:
        evening = _measured("report", _reported, effort, folder, EVENING, REPORT)
    return [*_growing("report", _reported, effort, REPORT), evening]


def verifying(effort: Effort) -> list[Row]:
    """Proving that a file is whole."""
    return _growing("verify", verify, effort)


def exported(form: str) -> Callable[[Effort], list[Row]]:
    """The rows of one format: a file read, freed of names and written."""
    return lambda effort: _growing(form, partial(_written, form), effort)


def _growing(name: str, work: Callable[[Path], object], effort: Effort, limit: float | None = None) -> list[Row]:
    """What a piece of work costs at each length against reading all rows, and the exponents between the lengths."""
    rows: dict[int, Row] = {}
    with place(ON_DISK) as folder:
        for events in effort.sizes:
            rows[events] = _measured(name, work, effort, folder, events, limit)
    return [*rows.values(), *growths(name, rows)]


def _measured(
    name: str, work: Callable[[Path], object], effort: Effort, folder: Path, events: int, limit: float | None
) -> Row:
    """What a piece of work costs at one length against reading all rows."""
    file = copy_of(folder, events)
    samples = {"floor": _timed(partial(_selected, file)), "kring": _timed(partial(work, file))}
    rounds, times = effort.at(events).rounds, effort.at(events).starts
    taken = alternate(samples, rounds=rounds, per_round=times, is_collecting=True)
    row = Row(f"{name} {events}", f"{name}, {events:,} events", "ms", limit)
    row.floor, row.kring = medians(taken["floor"]), medians(taken["kring"])
    return row


def growths(name: str, rows: dict[int, Row]) -> list[Row]:
    """By which power of the events the work grows from one length to the next; 1 is in proportion."""
    lengths = [events for events in rows if events >= MEASURED_FROM]
    told = []
    for fewer, more in pairwise(lengths):
        row = Row(
            f"{name} growth {more}", f"{name}, exponent from {fewer:,} to {more:,}", "", GROWTH, compare=Compare.AT_MOST
        )
        row.floor = exponents(rows[fewer].floor, rows[more].floor, more / fewer)
        row.kring = exponents(rows[fewer].kring, rows[more].kring, more / fewer)
        told.append(row)
    return told


def exponents(fewer: list[float], more: list[float], times: float) -> list[float]:
    """The slopes on two logarithmic axes from the median of the shorter length to each figure of the longer one."""
    return [math.log(figure / statistics.median(fewer)) / math.log(times) for figure in more]


def _timed(work: Callable[[], object]) -> Sample:
    """Milliseconds of a piece of work."""

    def once() -> float:
        begun = time.perf_counter()
        work()
        return (time.perf_counter() - begun) * 1000

    return once


def _opened(file: Path) -> None:
    Acting(file).close()


def _selected(file: Path, table: str = "") -> int:
    """All rows of a table, or of every table, fetched with plain SQLite."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        listed = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
        names = [table] if table else [name for name in listed if "fts" not in name]
        return sum(len(connection.execute(f'select * from "{name}"').fetchall()) for name in names)


def _reported(file: Path) -> str:
    return page(report_of(snapshot.read(file)))


def _written(form: str, file: Path) -> None:
    with file.with_suffix(FORMATS[form].suffix).open("wb") as out:
        FORMATS[form].load()(snapshot.read(file), out, lambda _done, _total: None)
