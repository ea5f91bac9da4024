"""A study that can be asked: its index, kept up to date with the session files, and made anew where it is damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

from kring.domain.study.model import Study
from kring.domain.study.themes import Mention, taken_together
from kring.domain.text import KringError, Sentence, folded
from kring.study.finding import asking
from kring.study.finding.asking import Found, Hit, Wanted
from kring.study.finding.index import Index
from kring.study.finding.passages import Passage
from kring.study.finding.reading import NumberedNote, Reading, SessionFile
from kring.study.finding.upkeep import Held, bring_up_to_date, unreadable
from kring.study.reads import Reads, read_all
from kring.system.sqlite import sqlite3

T = TypeVar("T")


CONFIDENTIAL = ("vertrouwelijk", "confidential")
YES = ("ja", "yes", "true", "1")


def asked_of(folder: Path, study: Study, reads: Reads = read_all) -> Finding:
    """Return what may be asked of a study in a folder, whose text may say that it is confidential."""
    is_confidential = any(folded(key) in CONFIDENTIAL and folded(value) in YES for key, value in study.extra)
    return Finding(folder, study.title, confidential=is_confidential, reads=reads)


class Finding:
    """The sessions in the folder of a study, searched and counted as one."""

    def __init__(self, folder: Path, study: str = "", *, confidential: bool = False, reads: Reads = read_all) -> None:
        if not folder.is_dir():
            raise KringError("{folder} is no folder; name the one with the session files.", folder=str(folder))
        self.folder = folder
        self._study = study
        self._index = Index(folder, confidential)
        self.said: list[Sentence] = []
        """What must be said of files: copies, what is damaged, what belongs to another study."""
        self.unread = 0
        """How many session files were not read, for somebody left before that."""
        self._names: dict[int, dict[str, str]] = {}
        self._numbered: dict[int, list[NumberedNote]] = {}
        self.refresh(reads)

    def close(self) -> None:
        """Close it."""
        self._index.close()

    def __enter__(self) -> Finding:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def refresh(self, reads: Reads = read_all) -> None:
        """Take in what changed in the session files since the last time."""
        self._numbered.clear()
        try:
            self._bring_up_to_date(reads)
        except sqlite3.DatabaseError as problem:
            self._replace_index(problem, reads)

    def _bring_up_to_date(self, reads: Reads = read_all) -> None:
        self.said, self.unread = bring_up_to_date(self._index, self._study, reads)

    def _asked(self, work: Callable[[Index], T]) -> T:
        """Ask the index something; one that turns out to be damaged is made anew, and asked once more."""
        try:
            return work(self._index)
        except sqlite3.DatabaseError as problem:
            self._replace_index(problem)
            return work(self._index)

    def _replace_index(self, problem: sqlite3.DatabaseError, reads: Reads = read_all) -> None:
        """Make the index anew, and in memory where its disk is full or does not answer; raises KringError."""
        if "locked" in str(problem):
            raise KringError("Another kring is busy with this study; ask again in a moment.") from problem
        self._index.make_anew(in_memory=isinstance(problem, sqlite3.OperationalError))
        self._bring_up_to_date(reads)

    def unreadable(self) -> list[Sentence]:
        """Return what is wrong with the files that can't be read, which may be of this study."""
        return self._asked(unreadable)

    def groups(self) -> dict[int, Held]:
        """Return the sessions by their number here, in the order in which they were held; last what was not."""
        query = "select number, told from sessions order by started_at is null, started_at, id"
        rows = self._asked(lambda index: index.connection.execute(query).fetchall())
        return {number: msgspec.json.decode(told, type=Held) for number, told in rows}

    def find(self, wanted: Wanted, most: int = asking.MOST, count_up_to: int | None = None) -> Found:
        """Return the newest passages that have all that is looked for."""
        found = self._asked(lambda index: asking.find(index, wanted, most, count_up_to))
        return found._replace(hits=self._with_texts(found.hits))

    def mentions(self) -> list[Mention]:
        """Return every mention of every theme, a tag and a code of one name taken together."""
        query = "select theme, passage, session, person, segment, sure from mentions order by passage"
        rows = self._asked(lambda index: index.connection.execute(query).fetchall())
        return taken_together(
            Mention(theme, passage, session, person, segment, bool(sure))
            for theme, passage, session, person, segment, sure in rows
        )

    def names_of_themes(self) -> dict[str, str]:
        """Return how each theme was written first, by the words that it is compared by."""
        query = "select theme, name, min(passage) from mentions group by theme"
        rows = self._asked(lambda index: index.connection.execute(query).fetchall())
        return {theme: name for theme, name, _first in rows}

    def passages(self, numbers: list[int]) -> list[Hit]:
        """Return passages by their numbers, in this order."""
        return self._with_texts(self._asked(lambda index: list(asking.hits(index, numbers))))

    def _with_texts(self, hits: list[Hit]) -> list[Hit]:
        """Return hits with the texts that the index of a confidential study doesn't hold."""
        if not self._index.confidential:
            return hits
        rows = {(hit.session, hit.passage.row) for hit in hits}
        texts: dict[tuple[int, str], Passage] = {}
        for session in {hit.session for hit in hits}:
            reading = self._reading(session)
            here = (one for one in reading.passages if (session, one.row) in rows)
            texts |= {(session, one.row): one.told(reading.telling.text) for one in here}
        return [hit._replace(passage=texts.get((hit.session, hit.passage.row), hit.passage)) for hit in hits]

    def _reading(self, session: int) -> Reading:
        others = [number for number, held in self.groups().items() if number != session and held.group.withdrawn]
        elsewhere = sorted({name for number in others for name in self._gone(number)})
        with SessionFile(self.file_of(session)) as opened:
            return opened.read(elsewhere)

    def _gone(self, session: int) -> tuple[str, ...]:
        with SessionFile(self.file_of(session)) as opened:
            return opened.gone()

    def file_of(self, session: int) -> Path:
        """Return the session file that counts for a session."""
        query = "select file from sessions where number = ?"
        name = self._asked(lambda index: index.connection.execute(query, (session,)).fetchone()[0])
        return self.folder / str(name)

    def passage_of(self, session: int, row: str) -> Hit | None:
        """Return the passage of a row of a session; None where it has none that may be told."""
        query = "select number from passages where session = ? and row = ?"
        found = self._asked(lambda index: index.connection.execute(query, (session, row)).fetchone())
        return self.passages([found[0]])[0] if found else None

    def notes_with_number(self, session: int, number: int) -> list[NumberedNote]:
        """Return the notes of a session that have a number, those too that may not be told; in order."""
        if session not in self._numbered:
            with SessionFile(self.file_of(session)) as opened:
                self._numbered[session] = opened.numbered_notes()
        return [note for note in self._numbered[session] if note.number == number]

    def names_of(self, session: int) -> dict[str, str]:
        """Return the names of the people of a session by code, which the index doesn't hold."""
        if session not in self._names:
            with SessionFile(self.file_of(session)) as opened:
                self._names[session] = opened.names()
        return self._names[session]
