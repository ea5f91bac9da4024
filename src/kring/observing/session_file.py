"""A session file on this computer as a source for observers: read as others write it, without being in their way."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

from msgspec.structs import replace

from kring.domain.decide import Decision, decision
from kring.domain.decide.group import observers
from kring.domain.state import EMPTY
from kring.domain.text import KringError, Refused, Sentence, folded
from kring.observing.source import Asked, Changes, Said, Seen, asked_of, said_in
from kring.observing.view import NOTHING, View, view_of, words_of
from kring.observing.watchers import ENDING, Watcher, Watchers, called, names_of
from kring.session.session import Me, Session
from kring.store import files
from kring.store.guard import identity
from kring.system.clock import Clock

LOOK_S = 0.25
SHARES_MS = 5_000
"""So often the shares are worked out while somebody goes on speaking."""
MOST_SAID = 200
ROLE = "observer"


class SessionFile:
    """Follows a session file; what observers say is written as by another program on the same file.

    What they say to each other is kept in the file where the plan says so, else only here, for as long as this goes on.
    A file whose session has ended is let go of, so that whoever leaves it last can make it one finished file.
    `are_named` = somebody else saw to it that each observer has a name of her own.
    """

    def __init__(self, path: Path, clock: Clock, device: str, *, are_named: bool = True) -> None:
        self._path = path
        self._clock = clock
        self._me = Me("", ROLE, device)
        self._changes = Changes()
        self._session: Session | None = None
        self._view = NOTHING
        self._viewed_at = 0  # on the computer's own clock
        self._lost: Sentence | None = None
        self._state = self._told = EMPTY
        self._asked: tuple[tuple[str, Asked], ...] = ()
        self._not_kept: tuple[Said, ...] = ()
        self._left_as: tuple[tuple[int, int, int] | None, ...] = ()
        self._following: asyncio.Task[None] | None = None
        self._watchers = Watchers(path.with_suffix(ENDING), clock)
        self._own: tuple[Watcher, ...] = ()
        self._watching: tuple[Watcher, ...] = ()
        self._names: dict[str, str] | None = None if are_named else {}

    @property
    def seen(self) -> Seen:
        """Return what is known now."""
        return Seen(self._changes.number, self._view_now(), self._lost)

    async def changed(self, after: int) -> Seen:
        """Wait until something changed after that number."""
        await self._changes.wait(after)
        return self.seen

    def questions(self, observer: str) -> tuple[Asked, ...]:
        """Return what an observer asked, with what became of each."""
        return tuple(one for by, one in self._asked if by == self.called(observer))

    def every_question(self) -> tuple[Asked, ...]:
        """Return what all observers asked."""
        return tuple(one for _by, one in self._asked)

    async def take_in(self, observer: str, question: str, text: str) -> None:
        """Write a question that an observer asked elsewhere, once; raises KringError as `ask` does."""
        if question not in self._state.observer_questions:
            await self._write(observer, decision(observers.ask, question, text))

    async def ask(self, observer: str, text: str) -> None:
        """Write a question into the file; raises Refused, or NotSaved where the file can't be written."""
        await self._write(self.called(observer), decision(observers.ask, str(uuid4()), text))

    def watch_as(self, names: Sequence[str]) -> None:
        """Say in the folder of observers who watches here."""
        self._announce(tuple(Watcher(self.called(name)) for name in names))

    def watch_by_code(self, those: Sequence[Watcher]) -> None:
        """Say in the folder of observers who watches from another house."""
        self._announce(tuple(those))

    def _announce(self, those: tuple[Watcher, ...]) -> None:
        self._watchers.announce(those)
        if those != self._own:
            self._own = those
            self._look_who_watches()

    def others_watching(self) -> tuple[Watcher, ...]:
        """Return who watches this file elsewhere."""
        return self._watchers.others()

    def taken_names(self) -> frozenset[str]:
        """Return, folded, what no observer is called: names of participants and of the team, and codes."""
        return names_of(self._state)

    def called(self, observer: str) -> str:
        """Return what an observer is called in the file: what she asked for, unless somebody else is called so."""
        if self._names is None:
            return observer
        if observer not in self._names:
            others = (one.name for one in self._watchers.others())
            self._names[observer] = called(observer, self.taken_names(), others)
        return self._names[observer]

    def _look_who_watches(self) -> None:
        watching = tuple(sorted((*self._own, *self._watchers.others()), key=lambda one: folded(one.name)))
        if watching != self._watching:
            self._watching = watching
            self._changes.tell()

    @property
    def back_room(self) -> tuple[Said, ...] | None:
        """Return what observers said to each other."""
        return said_in(self._told) if self._view.back_room_kept else self._not_kept

    async def say(self, observer: str, text: str) -> None:
        """Say something to the other observers."""
        observer = self.called(observer)
        if self._view.back_room_kept:
            await self._write(observer, decision(observers.talk_in_back_room, text))
            return
        said = Said(observer, observers.said(text), self._clock.wall_ms())
        self._not_kept = (*self._not_kept, said)[-MOST_SAID:]
        self._changes.tell()

    async def __aenter__(self) -> Self:
        self._look()
        self._following = asyncio.create_task(self._follow())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._following is not None:
            self._following.cancel()
            with suppress(asyncio.CancelledError):
                await self._following
        self._watchers.leave()
        self._leave()

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(LOOK_S)
            self.look()
            self._look_who_watches()

    def look(self) -> None:
        """Take in what others wrote since the last look, and say where the file can't be read."""
        try:
            if self._session is not None or _marks(self._path) != self._left_as:
                self._look()
        except KringError as problem:
            self._leave()
            self._left_as = ()
            if self._lost != problem.sentence:
                self._lost = problem.sentence
                self._changes.tell()

    def _open(self) -> None:
        store = files.open_(self._path, "read")
        try:
            self._session = Session(store, self._clock, self._me)
            if not self._session.state.session.id:
                raise KringError("{file} holds no session yet; start it from its plan.", file=self._path.name)
        except BaseException:
            self._session = None
            store.close()
            raise
        self._state = self._told = EMPTY

    def _look(self) -> None:
        if self._session is not None and self._session.store.guard.identity != identity(self._path):
            self._leave()  # another program put another file in its place
        if self._session is None:
            self._open()
        session = self._session
        assert session is not None
        with session.store.reading():
            news = session.store.has_news()
        came = session.catch_up() if news else False
        grows = self._view.standing == "running"
        is_old = grows and self._clock.elapsed_ms() - self._viewed_at >= SHARES_MS
        if came or is_old or self._state is EMPTY or self._lost is not None:
            self._show(session)
        if self._view.standing == "ended":
            self._leave()
            self._left_as = _marks(self._path)

    def _show(self, session: Session) -> None:
        state, before = session.state, self._state
        view = view_of(session.history, session.now())
        told, words = session.sealing.state(state), words_of(session.history)
        asked = tuple((row.asked_by, asked_of(row, words)) for row in told.observer_questions.values())
        is_same = (
            self._lost is None
            and self._view.is_as(view)
            and asked == self._asked
            and state.back_room is before.back_room
        )
        self._view, self._viewed_at, self._lost, self._state = view, self._clock.elapsed_ms(), None, state
        self._told, self._asked = told, asked
        if not is_same:
            self._changes.tell()

    def _view_now(self) -> View:
        later = self._view.later(self._clock.elapsed_ms() - self._viewed_at)
        return replace(later, watching=self._watching) if self._watching else later

    def _leave(self) -> None:
        if self._session is not None:
            self._session.store.close()
            self._session = None

    async def _write(self, observer: str, wanted: Decision) -> None:
        if self._view.standing == "ended":
            raise Refused("The session has ended.")
        await asyncio.to_thread(self._written, observer, wanted)
        self.look()

    def _written(self, observer: str, wanted: Decision) -> None:
        store = files.open_(self._path)
        try:
            writer = Session(store, self._clock, self._me)
            writer.do_as(Me(observer, ROLE, self._me.device), wanted)
        finally:
            store.close()


def _marks(path: Path) -> tuple[tuple[int, int, int] | None, ...]:
    """Return by what it can be told that a file, or its log, was written since."""
    return _mark(path), _mark(path.with_name(f"{path.name}-wal"))


def _mark(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
