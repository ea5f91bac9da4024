"""The codebook of a study, changed in all its session files: looked through first, then written file by file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from kring.domain.decide import Decision
from kring.domain.events import Event
from kring.domain.facts import Fact
from kring.domain.history import History
from kring.domain.state import State
from kring.domain.study.coders import code_key
from kring.domain.text import N_, KringError, Sentence
from kring.privacy.sealing import names_of_withdrawn
from kring.session.session import Me, resume
from kring.store import files
from kring.system.clock import SystemClock
from kring.system.sqlite import sqlite3


class Book(Struct, frozen=True):
    """A session file with its history, and why it can't be written, if so."""

    path: Path
    history: History
    trouble: Sentence | None
    is_open_elsewhere: bool

    @property
    def state(self) -> State:
        """Return the session as it is, with what may not leave."""
        return self.history.state

    @property
    def events(self) -> Sequence[Event]:
        """Return its events, in order."""
        return self.history.events

    def has(self, name: str) -> bool:
        """Whether its codebook has a code."""
        return any(code_key(row.name) == code_key(name) for row in self.state.codes.values() if not row.removed_at)

    def gone(self) -> tuple[str, ...]:
        """Return the names of who withdrew."""
        return names_of_withdrawn(self.history)


class Step(Struct, frozen=True):
    """What is to be done in one session: how to decide it, and what that is as the file stands."""

    session: int
    book: Book
    decision: Decision
    facts: tuple[Fact, ...]

    def codings_of(self, code: str) -> int:
        """Return on how many passages a code is, each coder apart."""
        return sum(row.code == code and row.removed_at is None for row in self.book.state.codings.values())


class Done(Struct, frozen=True):
    """What became of a step: it is written, or why not; None where it was not tried any more."""

    step: Step
    is_written: bool
    problem: Sentence | None = None


def read_book(path: Path) -> Book:
    """Read a session file with all that happened in it; raises KringError where that can't be done."""
    is_open = files.is_open_elsewhere(path)
    try:
        with closing(files.open_(path, "read")) as store, store.reading():
            history = store.begun()
            history.accept(history.change(store.read_new()))
            history.have_all()
            note = store.note
    except (sqlite3.Error, UnicodeError) as error:
        raise files.cannot_open(error, path) from error
    return Book(path, history, _trouble(path, note), is_open)


def _trouble(path: Path, note: KringError | None) -> Sentence | None:
    if note is not None:
        return note.sentence
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return Sentence(N_("{file} may not be written here."), {"file": path.name})
    return None


def steps(books: Mapping[int, Book], decisions: Mapping[int, Decision]) -> list[Step]:
    """Return what is to be done in each session that it changes; raises Refused where it makes no sense in one."""
    found = []
    for session, decision in decisions.items():
        book = books[session]
        facts = decision(book.state, 0)
        found.append(Step(session, book, decision, facts if isinstance(facts, tuple) else (facts,)))
    return found


def write(todo: Sequence[Step], me: Me) -> Iterator[Done]:
    """Write each step into its file as one act, and yield what became of it; behind one that fails none is tried."""
    stopped = False
    for step in todo:
        if stopped:
            yield Done(step, is_written=False)
            continue
        try:
            with closing(resume(step.book.path, SystemClock(), me)) as session:
                session.do(step.decision)
        except KringError as problem:
            stopped = True
            yield Done(step, is_written=False, problem=problem.sentence)
        else:
            yield Done(step, is_written=True)
