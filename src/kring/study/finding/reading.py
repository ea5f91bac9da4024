"""A session file as it is searched: its group, people, questions and passages, without what may not leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from kring.domain import rows as r
from kring.domain.guide_items import question_of
from kring.domain.local_time import local
from kring.domain.measures.polls import result, rounds
from kring.domain.measures.presence import took_part
from kring.domain.measures.questions import questions
from kring.domain.state import State
from kring.domain.study.poll import Poll
from kring.domain.text import KringError, one_line, whole_s
from kring.domain.words import WITHDRAWN
from kring.privacy.former_names import NONE, FormerNames, former_names_in
from kring.privacy.quoting import Withheld, withheld
from kring.privacy.redaction import Telling, kept, place_of
from kring.store import files
from kring.study.finding.passages import Passage, passages
from kring.system.sqlite import sqlite3


class Group(msgspec.Struct, frozen=True):
    """A session as one of a study's groups; `started` is local time, empty where it was not held."""

    id: str
    title: str
    study: str
    number: str
    started: str
    started_at: int | None
    language: str
    withheld: Withheld
    withdrawn: int
    definitions: dict[str, str] = {}
    """Of each segment the definition that held on its day, where the session keeps one."""


class Person(msgspec.Struct, frozen=True):
    """Somebody who took part, by code."""

    code: str
    segment: str


class Question(msgspec.Struct, frozen=True):
    """A question as a guide has it, whether it was asked, how long it was open, and its polls."""

    item: str
    number: str
    text: str
    was_asked: bool
    spent_s: int
    polls: tuple[Poll, ...] = ()


class Reading(msgspec.Struct, frozen=True):
    """What was read of a session file; the texts of `passages` are as people wrote them, `telling` tells them."""

    group: Group
    people: tuple[Person, ...]
    questions: tuple[Question, ...]
    passages: tuple[Passage, ...]
    telling: Telling


class Extent(NamedTuple):
    """The session and the study of a file, how many events it holds, the last that came, and how many withdrew."""

    session: str
    study: str
    events: int
    last: int
    withdrawn: int


class NumberedNote(NamedTuple):
    """A note as its number leads to it: which one, and whether there is something to tell of it."""

    id: str
    number: int
    is_removed: bool
    is_stub: bool
    is_empty: bool


_COUNTS = """select count(*), coalesce(max(seq), 0),
  (select count(*) from participants where withdrawn_at is not null) from events"""


class SessionFile:
    """A session file that is open to be read; raises KringError where it can't be."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._store = files.open_(path, "read")
        self._known: tuple[State, FormerNames] | None = None
        self.note = self._store.note

    def __enter__(self) -> SessionFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._store.close()

    def extent(self) -> Extent | None:
        """Return how far it goes; None where it holds no session yet."""
        rows = self._rows("select id, coalesce(study, '') from session")
        return Extent(*rows[0], *self._rows(_COUNTS)[0]) if rows else None

    def events(self) -> frozenset[str]:
        """Return the ids of its events."""
        return frozenset(event for (event,) in self._rows("select id from events"))

    def tags(self) -> frozenset[str]:
        """Return every tag on its notes, also of what may not be quoted."""
        query = "select distinct value from notes, json_each(notes.tags) where removed_at is null"
        return frozenset(str(tag) for (tag,) in self._rows(query))

    def names(self) -> dict[str, str]:
        """Return the names of its people by code, of nobody who was removed or withdrew."""
        return {code: name for code, name in self._rows("select id, name from participants where removed_at is null")
                if name}  # fmt: skip

    def numbered_notes(self) -> list[NumberedNote]:
        """Return all notes, removed ones too; of those with one number the earliest is first."""
        query = "select id, number, removed_at is not null, stub, coalesce(text, '') = '' from notes order by id"
        return [NumberedNote(id_, number, *map(bool, told)) for id_, number, *told in self._rows(query)]

    def _rows(self, query: str) -> list[Any]:
        try:
            return self._store.connection.execute(query).fetchall()
        except (sqlite3.Error, UnicodeError) as error:
            raise files.cannot_open(error, self._path) from error

    def state(self) -> State:
        """Return the session as it is now, without what was removed, refused or withdrawn."""
        return kept(self._history()[0])

    def gone(self) -> tuple[str, ...]:
        """Return the names of who withdrew."""
        return self._history()[1].withdrawn

    def read(self, elsewhere: Iterable[str] = ()) -> Reading:
        """Return what is searched of it; `elsewhere` are names of who withdrew in other sessions."""
        return reading_of(*self._history(), elsewhere)

    def _history(self) -> tuple[State, FormerNames]:
        """Return the state that the events end in, and the names that it no longer has; read once."""
        if self._known is not None:
            return self._known
        try:
            with self._store.reading():
                history = self._store.begun()
                history.accept(history.change(self._store.read_new()))
                former = former_names_in(self._store, history)
        except (sqlite3.Error, UnicodeError) as error:
            raise files.cannot_open(error, self._path) from error
        if not history.state.session.id:
            raise KringError("{file} holds no session yet.", file=self._path.name)
        self._known = history.state, former
        return self._known


def reading_of(state: State, former: FormerNames = NONE, elsewhere: Iterable[str] = ()) -> Reading:
    """Return what is searched of a session; `former` are its own names that it no longer has, `elsewhere` of others."""
    leaves, telling = kept(state), Telling(state, former, [(name, WITHDRAWN) for name in elsewhere])
    session = leaves.session
    now = int(session.ended_at or max((row.at for row in leaves.notes.values()), default=0))
    group = Group(
        id=session.id,
        title=telling.text(place_of(session), session.title),
        study=telling.text(place_of(session), session.study),
        number=one_line(telling.text(place_of(session), session.group_number)),
        started=f"{local(leaves, session.started_at):%Y-%m-%d %H:%M}" if session.started_at is not None else "",
        started_at=int(session.started_at) if session.started_at is not None else None,
        language=session.language or "",
        withheld=withheld(state),
        withdrawn=len(state.withdrawn),
        definitions={
            telling.text(place_of(row), row.segment): telling.text(place_of(row), row.definition)
            for row in leaves.segment_definitions.values()
            if row.holds
        },
    )
    people = tuple(
        Person(person.id, one_line(telling.text(place_of(person), person.segment))) for person in took_part(leaves, now)
    )
    return Reading(group, people, tuple(_questions(leaves, now, telling)), tuple(passages(leaves)), telling)


def _questions(state: State, now: int, telling: Telling) -> Iterator[Question]:
    polls: dict[str, list[Poll]] = {}
    for poll in state.polls.values():
        place = question_of(state, poll.item)
        if place is not None:
            polls.setdefault(place.id, []).extend(_rounds(state, poll, telling))
    for asked in questions(state, now):
        row = asked.row
        text = one_line(telling.text(place_of(row), row.title))
        spent = whole_s(asked.spent_ms)
        yield Question(row.id, row.number, text, asked.was_asked, spent, tuple(polls.get(row.id, ())))


def _rounds(state: State, poll: r.PollRow, telling: Telling) -> Iterator[Poll]:
    title = one_line(telling.text(place_of(poll), poll.title))
    for number in rounds(state, poll) or [1]:
        found = result(state, poll, number)
        if not found.is_empty:
            answers = {code: telling.text(place_of(poll), value) for code, value in found.answers.items()}
            counts = {telling.text(place_of(poll), option): n for option, n in found.counts.items()}
            yield Poll(title, found.kind, number, answers, counts)
