"""Rows of a study that is opened: its groups as they stand, from session files that nobody looked at before."""

import os
import shutil
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from unittest import mock

from kring_session import KRING, Acting
from measure import Compare, Effort, Row, alternate, medians
from pty_harness import Term
from session_files import IN_MEMORY, ON_DISK, copy_of, place, sealed

from kring.domain.decide import decision, ending
from kring.study.known_files import FOLDER
from kring.study.standing import standing
from kring.system.sqlite import sqlite3

GROUPS, EVENTS = 40, 7_000
LIMIT, FIRST_LIMIT_S = 2.0, 0.5
TITLE = "Loyalty of years"
TODAY = date(2026, 12, 4)
HEADER = ("pragma application_id", "pragma user_version", "select * from session", "select count(*) from events")
PEOPLE = "select segment, status, count(*) from participants where removed_at is null group by segment, status"


def study_open(effort: Effort) -> list[Row]:
    """How a study of 40 groups stands; and the first screen of one of thousands."""
    return [_of_groups(effort), _first_screen(effort)]


def _of_groups(effort: Effort) -> Row:
    """How a study stands, beside reading the header and the people of each session with plain SQLite."""
    row = Row("study open", f"a study of {GROUPS} sessions of {EVENTS:,} acts, none looked at before", "s", LIMIT)
    with place(IN_MEMORY) as folder, mock.patch.dict(os.environ, {"KRING_STATE_DIR": str(folder / "state")}):
        first = _ended(copy_of(folder, EVENTS))
        files = [first, *(_another(first, number) for number in range(1, GROUPS))]

        def plain() -> float:
            begun = time.perf_counter()
            for file in files:
                with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
                    for query in (*HEADER, PEOPLE):
                        connection.execute(query).fetchall()
            return time.perf_counter() - begun

        def opened() -> float:
            shutil.rmtree(folder / "state" / FOLDER, ignore_errors=True)
            begun = time.perf_counter()
            found = standing(folder, TODAY)
            taken = time.perf_counter() - begun
            assert found.held == GROUPS
            return taken

        taken = alternate({"floor": plain, "kring": opened}, rounds=effort.rounds, per_round=3)
    row.floor, row.kring = medians(taken["floor"]), medians(taken["kring"])
    return row


def _first_screen(effort: Effort) -> Row:
    """From the start of the program to the title of the study, in a folder of which no file was looked at before."""
    sessions = effort.sessions
    row = Row("study screen", f"first screen of a study beside {sessions:,} unknown sessions", "s", FIRST_LIMIT_S)
    row.compare = Compare.EXCESS
    with place(ON_DISK) as parent:
        folders = {"floor": _folder_of(parent / "floor", 0), "kring": _folder_of(parent / "kring", sessions)}

        def shown_s(folder: Path) -> float:
            shutil.rmtree(parent / "state", ignore_errors=True)
            with Term([*KRING, "study", str(folder)], cwd=folder, columns=120,
                      environment={"KRING_STATE_DIR": str(parent / "state")}) as term:  # fmt: skip
                return term.wait_for(TITLE, at_most_s=120) - term.started_at

        samples = {name: (lambda folder=folder: shown_s(folder)) for name, folder in folders.items()}
        taken = alternate(samples, rounds=effort.rounds, per_round=1)
    row.floor, row.kring = medians(taken["floor"]), medians(taken["kring"])
    return row


def _ended(file: Path) -> Path:
    acting = Acting(file)
    acting.session.do(decision(ending.end))
    acting.close()
    return file


def _folder_of(folder: Path, sessions: int) -> Path:
    folder.mkdir()
    (folder / "study.md").write_text(f"---\ntitle: {TITLE}\n---\n")
    if sessions:
        first = folder / "0.db"
        sealed(first)
        for number in range(1, sessions):
            _another(first, number)
    return folder


def _another(file: Path, number: int) -> Path:
    """A session file that differs from one in nothing but its id."""
    other = Path(shutil.copy(file, file.with_name(f"{number}.db")))
    with closing(sqlite3.connect(str(other))) as connection, connection:
        connection.execute("update session set id = ?", (f"another-{number}",))
    return other
