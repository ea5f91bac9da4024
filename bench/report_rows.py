"""The report of a long session, from its file to a page, against reading the rows of that file."""

import time
from contextlib import closing
from pathlib import Path

from kring_session import NotMeasurable, place, require, session_with
from measure import Effort, Row, Sample, alternate, medians

from kring.system.sqlite import sqlite3

EVENTS = 7_000
ON_DISK = "/var/tmp"


def report(effort: Effort) -> list[Row]:
    """A whole report of 7,000 acts, half of them notes; the floor reads every row of every table, and no more."""
    row = Row("report", "report of 7,000 acts, as a page", "ms", 15)
    try:
        require("kring.report.content", "kring.report.html", "jinja2")
    except NotMeasurable as reason:
        row.remark = str(reason)
        return [row]
    with place(ON_DISK) as folder:
        file = session_with(folder, EVENTS)
        samples: dict[str, Sample] = {"floor": lambda: _ms(_rows_of, file), "kring": lambda: _ms(_page_of, file)}
        taken = alternate(samples, rounds=effort.rounds, per_round=effort.starts)
    row.floor, row.kring = medians(taken["floor"]), medians(taken["kring"])
    return [row]


def _ms(work, file: Path) -> float:
    begun = time.perf_counter()
    work(file)
    return (time.perf_counter() - begun) * 1000


def _rows_of(file: Path) -> int:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        names = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
        return sum(len(connection.execute(f'select * from "{name}"').fetchall()) for name in names if "fts" not in name)


def _page_of(file: Path) -> str:
    from kring.privacy.snapshot import read
    from kring.report.content import report_of
    from kring.report.html import page

    return page(report_of(read(file)))
