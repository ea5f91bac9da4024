"""The codebook of a study, changed in all its session files: looked through first, then written file by file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from kring.domain import lookup
from kring.domain.decide import Decision, coding, decision, undoing
from kring.domain.events import Event
from kring.domain.facts import CodeAdded, Fact
from kring.domain.history import History
from kring.domain.rows import CodingRow
from kring.domain.state import State
from kring.domain.study.code_history import OF_CODES, code_acts
from kring.domain.study.coded_passages import Named
from kring.domain.study.coders import code_key
from kring.domain.text import N_, KringError, Sentence, folded, one_line
from kring.privacy.former_names import FormerNames, former_names
from kring.session.session import Me, resume
from kring.store import files
from kring.system.clock import SystemClock
from kring.system.sqlite import sqlite3

TOGETHER_MS = 60_000
"""Within so long what was done alike in several groups was one command."""


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

    def former(self) -> FormerNames:
        """Return the names that its state no longer has."""
        return former_names(self.history)


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
    for session, decided in decisions.items():
        book = books[session]
        facts = decided(book.state, 0)
        found.append(Step(session, book, decided, facts if isinstance(facts, tuple) else (facts,)))
    return found


def codings_named(book: Book, code: str, named: Named) -> list[str]:
    """Return the codings of a code on what is named in a session: a note, notes with some words, or a stretch.

    A moment is the turn that lasts then; a stretch is all that begins in it. Raises Refused where no such note is.
    """
    state = book.state
    row = coding.called(state, code)
    wanted = [one for one in state.codings.values() if row and one.code == row.id and one.removed_at is None]
    if named.note:
        note = lookup.note(state, named.note).id
        return [one.id for one in wanted if one.note == note]
    if named.words:
        words = folded(one_line(named.words))
        notes = {row.id for row in state.notes.values() if words in folded(one_line(row.text))}
        return [one.id for one in wanted if one.note in notes]
    if named.begin_s is None:
        return []
    begin = int(state.session.started_at or 0)
    since = begin + named.begin_s * 1000
    until = begin + (named.end_s if named.end_s is not None else named.begin_s) * 1000 + 999
    return [one.id for one in wanted if _is_within(state, one, since, until, is_moment=named.end_s is None)]


def _is_within(state: State, one: CodingRow, since: int, until: int, *, is_moment: bool) -> bool:
    turn, note = state.turns.get(one.turn or ""), state.notes.get(one.note or "")
    if turn is not None:
        ended = int(turn.ended_at) if turn.ended_at is not None else None
        lasts = is_moment and turn.started_at <= until and (ended is None or ended > since)
        return lasts or since <= turn.started_at <= until
    return note is not None and since <= note.at <= until


def taking_back(books: Mapping[int, Book], me: Me) -> list[Step]:
    """Return what takes back the last thing that somebody did to the codes, in every group in which they did it.

    In a group in which they did something else since then, it stays; so does what others built on, who are asked first.
    """
    last = {session: done for session, book in books.items() if (done := _last_done(book, me)) is not None}
    newest = max(last.values(), key=lambda done: done.at, default=None)
    if newest is None:
        return []
    those = [one for one, done in last.items() if done.is_together(newest)]
    mine = partial(_is_of, me)
    return steps(books, {one: decision(undoing.undo, books[one].history, mine) for one in those})


class _LastDone(NamedTuple):
    """The last thing that somebody did, where that was to codes: what, as it is compared between groups, and when."""

    what: tuple[str, ...]
    at: int

    def is_together(self, newest: _LastDone) -> bool:
        """Whether it was the same change: of the same two codes, whenever; all else at the same moment."""
        is_soon = abs(newest.at - self.at) < TOGETHER_MS
        return self.what == newest.what and (len(self.what) > 1 or is_soon)


def _last_done(book: Book, me: Me) -> _LastDone | None:
    event = undoing.last_act(book.history, partial(_is_of, me))
    if event is None or not isinstance(event.fact, OF_CODES):
        return None
    if isinstance(event.fact, CodeAdded):
        return _LastDone(("shared",), int(event.at))
    told = [act.told for act in code_acts(book.events, book.history.void) if (act.at, act.actor) == (event.at, me.name)]
    names = [
        [code_key(str(one.values[name])) for name in ("code", "into", "name") if name in one.values] for one in told
    ]
    what = next((two for two in names if len(two) > 1), names[0] if names else [])  # a merge renames where a code lacks
    return _LastDone(tuple(what), int(event.at))


def _is_of(me: Me, event: Event) -> bool:
    return (event.actor, event.role, event.device) == me


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
