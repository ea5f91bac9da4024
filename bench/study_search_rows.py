"""Rows of a study: words found in all that was said in it, and its index brought up to date with one session."""

import os
import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import accumulate, cycle
from pathlib import Path
from unittest import mock

from kring_session import Acting
from measure import Compare, Effort, Row, Sample, alternate, medians
from session_files import IN_MEMORY, ON_DISK, copy_of, place

from kring.study.finding.asking import Wanted, find
from kring.study.finding.index import Index
from kring.study.finding.passages import Passage
from kring.study.finding.reading import SessionFile
from kring.study.finding.upkeep import bring_up_to_date
from kring.system.sqlite import sqlite3

NOTES, FEWER_NOTES = 500_000, 100_000
OF_A_SESSION = 2_500
WORDS_OF_A_NOTE = 14
SCAN_LIMIT, RIPGREP_LIMIT, UPDATE_LIMIT_S = 0.05, 1.0, 0.1
COUNTED = 500
"""Up to so many hits the screen counts people and groups at each letter."""
EVENTS = 5_000
BEGIN_MS, DAY_MS = 1_796_326_200_000, 86_400_000
VOCABULARY = 30_000
LOOKED_FOR = (100, 1_000, 4_000, 20_000)
"""The places in the vocabulary of the words that are looked for, from common to rare."""


def study_search(effort: Effort) -> list[Row]:
    """The newest 50 notes with a word, by the index, by a scan of one table, and by ripgrep; and one note taken in."""
    notes = NOTES if effort.name == "full" else FEWER_NOTES
    limit = SCAN_LIMIT if notes == NOTES else None  # promised where there is much to scan
    scan = Row("study search", f"a word in {notes:,} notes of a study, beside a scan", "ms", limit)
    grep = Row("study search, ripgrep", f"a word in {notes:,} notes, beside ripgrep", "ms", RIPGREP_LIMIT)
    with place(ON_DISK) as folder, _state_in(folder / "state"), Index(folder) as index:
        words = _written(index, folder, notes)
        with closing(sqlite3.connect(str(folder / "notes.sqlite"))) as table:
            taken = alternate(_samples(index, table, folder, words), rounds=effort.rounds, per_round=len(words))
    scan.floor, scan.kring = medians(taken["scan"]), medians(taken["index"])
    if "ripgrep" in taken:
        grep.floor, grep.kring = medians(taken["ripgrep"]), medians(taken["index"])
    else:
        grep.remark = "ripgrep is not installed"
    return [scan, grep, _taken_in(effort)]


def _samples(index: Index, table: sqlite3.Connection, folder: Path, words: list[str]) -> dict[str, Sample]:
    def by_index(word: str) -> object:
        return find(index, Wanted(word), count_up_to=COUNTED)

    def by_scan(word: str) -> object:
        query = "select text from notes where text like ? order by at desc limit 50"
        return table.execute(query, (f"%{word}%",)).fetchall()

    def by_ripgrep(word: str) -> object:
        return subprocess.run(["rg", "-i", word, str(folder / "notes.txt")], capture_output=True, check=False)

    ways = {"index": by_index, "scan": by_scan} | ({"ripgrep": by_ripgrep} if shutil.which("rg") else {})
    return {name: _timed(way, words) for name, way in ways.items()}


def _timed(way, words: list[str]) -> Sample:  # type: ignore[no-untyped-def]
    one_after_another = cycle(words)

    def sample() -> float:
        word = next(one_after_another)
        begun = time.perf_counter()
        way(word)
        return (time.perf_counter() - begun) * 1000

    return sample


def _written(index: Index, folder: Path, notes: int) -> list[str]:
    """Write notes of made-up words, some common and most rare, three times; return the words to look for."""
    chance = random.Random(1)
    vocabulary = ["".join(chance.choices("bdgklmnprstaeiou", k=chance.randint(4, 11))) for _ in range(VOCABULARY)]
    shares = list(accumulate(1 / place for place in range(1, VOCABULARY + 1)))
    made = (" ".join(chance.choices(vocabulary, cum_weights=shares, k=WORDS_OF_A_NOTE)) for _ in range(notes))
    with closing(sqlite3.connect(str(folder / "notes.sqlite"))) as table, index.writing():
        table.execute("create table notes (at integer, text text)")
        with (folder / "notes.txt").open("w") as file:
            for number, text in enumerate(made):
                session, nth = divmod(number, OF_A_SESSION)
                at = BEGIN_MS + session * DAY_MS + nth * 2_000
                table.execute("insert into notes values (?, ?)", (at, text))
                file.write(f"{text}\n")
                kind = "quote" if number % 2 else "paraphrase"
                passage = Passage(f"notes/{number}", kind, at, nth * 2.0, text, f"P{number % 8 + 1}")
                index.add(session + 1, passage, b"")
        table.commit()
    return [vocabulary[nth] for nth in LOOKED_FOR]


def _taken_in(effort: Effort) -> Row:
    """What it takes until a note more in a session is found, all else in it being known; the floor reads the file."""
    row = Row("study update", f"a note more in a session of {EVENTS:,} events is found", "s", UPDATE_LIMIT_S)
    row.compare = Compare.AT_MOST
    with place(IN_MEMORY) as folder, _state_in(folder / "state"):
        file = copy_of(folder, EVENTS)
        acting = Acting(file)
        with Index(folder) as index:
            bring_up_to_date(index)

            def update() -> float:
                acting.note()
                begun = time.perf_counter()
                bring_up_to_date(index)
                return time.perf_counter() - begun

            def reading() -> float:
                begun = time.perf_counter()
                with SessionFile(file) as opened:
                    opened.read()
                return time.perf_counter() - begun

            taken = alternate({"update": update, "reading": reading}, rounds=effort.rounds, per_round=5)
        acting.close()
    row.floor, row.kring = medians(taken["reading"]), medians(taken["update"])
    return row


@contextmanager
def _state_in(folder: Path) -> Iterator[None]:
    """Keep the indexes of the bench where nobody else's are."""
    with mock.patch.dict(os.environ, {"KRING_STATE_DIR": str(folder)}):
        yield
