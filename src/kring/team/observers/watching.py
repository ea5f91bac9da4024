"""A session that another laptop shares, as a source for an observer: what comes by her code, and nothing else."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from uuid import uuid4

import msgspec
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as ClientError

from kring.domain.decide.group import observers
from kring.domain.text import N_, KringError, Sentence, one_line
from kring.observing.source import Asked, Changes, Said, Seen
from kring.observing.view import NOTHING, View
from kring.observing.watchers import BEAT_MS, LONGEST_NAME
from kring.system.clock import Clock
from kring.team import access
from kring.team.access import Access, NotLetIn, NotReached
from kring.team.levelling import move
from kring.team.levelling.move import Move, Moved
from kring.team.levelling.presence import Presence
from kring.team.observer_rights import Subjects
from kring.team.observers import letters
from kring.team.observers.letters import Hello, Question, Word
from kring.team.observers.own_questions import OwnQuestions

MOMENT_S = 0.1
PAUSES_S = (0.3, 5.0)
SILENT_MS = 15_000
"""After so long without a word the laptop that shares is taken for gone."""
TAKEN_S = 6.0
"""For how long a question may be on its way."""
FIRST_S = 2.0
"""For how long the first view is waited for: the language of the session stands in it."""
MOST_SAID = 200
SILENT = N_("The laptop that shares the session says nothing now.")


class SharedSession:
    """Follows a session by the code of an observer; it comes back by itself when the line does."""

    def __init__(self, wanted: Access, clock: Clock, own: OwnQuestions | None = None) -> None:
        self._access = wanted
        self._clock = clock
        self._subjects = Subjects(wanted.names.plain)
        self._changes = Changes()
        self._view = NOTHING
        self._viewed_at = 0
        self._lost: Sentence | None = None
        self._client: Client | None = None
        self._own = own or OwnQuestions()
        self._who = self._own.who
        self._here: tuple[str, ...] = ()
        self._told_at = -BEAT_MS
        self._presence: Presence | None = None
        self._asked: dict[str, dict[str, Asked]] = {}
        self._answers = b"[]"
        self._said: deque[Said] = deque(maxlen=MOST_SAID)
        self._following: asyncio.Task[None] | None = None
        self._ended: KringError | None = None
        """Why this connection is to be left: the session goes on elsewhere, or without her."""

    @property
    def seen(self) -> Seen:
        """Return what is known now."""
        gone_by = self._clock.elapsed_ms() - self._viewed_at
        return Seen(self._changes.number, self._view.later(gone_by), self._lost)

    async def changed(self, after: int) -> Seen:
        """Wait until something changed after that number."""
        await self._changes.wait(after)
        return self.seen

    def questions(self, observer: str) -> tuple[Asked, ...]:
        """Return what an observer asked here, with what became of each."""
        return tuple(one for one in self._mine(observer).values() if one.text)

    def _mine(self, observer: str) -> dict[str, Asked]:
        """Return what an observer asked, by its number; of what she asked before nothing is known until it is told."""
        if observer not in self._asked:
            self._asked[observer] = {one: Asked(id=one, text="", at=0) for one in self._own.of(observer)}
            self._open_answers()
        return self._asked[observer]

    async def ask(self, observer: str, text: str) -> None:
        """Send a question to the team, and wait until it is with them; raises KringError where it is not."""
        text = observers.said(text)
        mine = self._mine(observer)
        question = next((one for one, told in mine.items() if told.text == text and not told.at), str(uuid4()))
        if question not in mine:
            self._own.add(observer, question)
        mine[question] = Asked(id=question, text=text, at=0)  # 0 = on its way
        try:
            await self._publish(self._subjects.ask, Question(question, observer, text, self._who))
            async with asyncio.timeout(TAKEN_S):
                while not mine[question].at:
                    await self._changes.wait(self._changes.number)
        except TimeoutError as problem:
            raise NotReached("The team did not get the question; it stands in the line still.") from problem
        finally:
            if not mine[question].at:
                self._changes.tell()

    @property
    def back_room(self) -> tuple[Said, ...] | None:
        """Return what observers said to each other since this laptop watches."""
        return tuple(self._said)

    async def say(self, observer: str, text: str) -> None:
        """Say something to the other observers who watch now."""
        name = self.called(observer)
        await self._publish(self._subjects.room, Word(name, observers.said(text), self._clock.wall_ms()))

    def watch_as(self, names: Sequence[str]) -> None:
        """Let the laptop that shares know who watches here, at its next word to it."""
        if self._here != tuple(names):
            self._here, self._told_at = tuple(names), -BEAT_MS

    def called(self, observer: str) -> str:
        """Return what the laptop that shares calls an observer who watches here."""
        mark = letters.mark_of(self._who)
        known = (one.name for one in self._view.watching if one.mark == mark and one.asked == observer)
        return next(known, one_line(observer)[:LONGEST_NAME])

    async def _announce(self, *, leaves: bool = False) -> None:
        now = self._clock.elapsed_ms()
        if self._client is None or not (self._here and (leaves or now - self._told_at >= BEAT_MS)):
            return
        self._told_at = now
        told = msgspec.json.encode(Hello(self._who, self._here, leaves))
        await access.soon(self._client.publish(self._subjects.hello, told))

    async def __aenter__(self) -> Self:
        await self._connect()
        with suppress(TimeoutError):
            async with asyncio.timeout(FIRST_S):
                await self._changes.wait(0)
        self._following = asyncio.create_task(self._follow())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._following is not None:
            self._following.cancel()
            with suppress(asyncio.CancelledError):
                await self._following
        await self._leave()
        self._own.close()

    async def _publish(self, subject: str, content: msgspec.Struct) -> None:
        if self._client is None or not self._client.is_connected:
            raise NotReached("The server does not answer.")
        try:
            await access.soon(self._client.publish(subject, msgspec.json.encode(content)))
        except (ClientError, OSError, TimeoutError) as problem:
            raise NotReached("The server does not answer.") from problem

    async def _follow(self) -> None:
        pause_s = PAUSES_S[0]
        while True:
            try:
                if self._client is None:
                    await self._connect()
                pause_s = PAUSES_S[0]
                await self._watch()
            except (KringError, ClientError, OSError, TimeoutError) as problem:
                if self._is_told(problem):
                    silent = Sentence("The server does not answer.")
                    self._lose(problem.sentence if isinstance(problem, KringError) else silent)
                await self._leave()
                await asyncio.sleep(pause_s)
                pause_s = min(pause_s * 2, PAUSES_S[1])

    def _is_told(self, problem: Exception) -> bool:
        """Whether an observer hears of it: after the end everybody leaves, and what she sees stays as it is."""
        is_refused = isinstance(problem, KringError) and not isinstance(problem, NotReached)
        return is_refused or self._view.standing != "ended"

    async def _watch(self) -> None:
        """Return never; raises NotReached once the connection is gone."""
        assert self._client is not None
        while self._client.is_connected:
            if self._ended is not None:
                why, self._ended = self._ended, None
                raise why
            is_silent = self._clock.elapsed_ms() - self._viewed_at > SILENT_MS and self._view.standing != "ended"
            if is_silent:
                self._lose(Sentence(SILENT))
            if self._presence is not None:
                await self._presence.beat()
            await self._announce()
            await asyncio.sleep(MOMENT_S)
        raise NotReached("The server does not answer.")

    def _lose(self, why: Sentence) -> None:
        if self._lost != why:
            self._lost = why
            self._changes.tell()

    async def _connect(self) -> None:
        self._client = await access.connected(self._access, lambda _: None)
        try:
            for subject in (self._subjects.view, self._subjects.answers, self._subjects.room):
                await access.soon(self._client.subscribe(subject, cb=self._hear))
            await access.soon(self._client.publish(self._subjects.hello, b""))
            self._told_at = -BEAT_MS
            self._presence = Presence(self._client, self._access.names, self._access.role, self._who, lambda: None)
            await self._presence.beat()
        except (ClientError, OSError, TimeoutError) as problem:
            await self._leave()
            raise NotReached("The server does not answer.") from problem

    async def _leave(self) -> None:
        presence, self._presence = self._presence, None
        if presence is not None:
            with suppress(ClientError, OSError, TimeoutError):  # the others find out by themselves
                await self._announce(leaves=True)
                await presence.beat(leaves=True)
        if self._client is not None:
            client, self._client = self._client, None
            await access.left(client)

    async def _hear(self, message: Msg) -> None:
        subject, content = message.subject, message.data
        if subject == self._subjects.view:
            self._take_view(content)
        elif subject == self._subjects.answers:
            self._take_answers(content)
        elif isinstance(said := letters.read(content, Word), Word):
            self._said.append(Said(said.observer, said.text, said.at))
            self._changes.tell()

    def _take_view(self, content: bytes) -> None:
        try:
            view = msgspec.json.decode(content, type=View)
        except msgspec.DecodeError:
            self._lose(Sentence("The laptop that shares has another version of kring."))
            return
        is_same = self._view.is_as(view) and self._lost is None
        self._view, self._viewed_at, self._lost = view, self._clock.elapsed_ms(), None
        if not is_same:
            self._changes.tell()

    def _take_answers(self, content: bytes) -> None:
        """Take what became of questions, or that the session goes on elsewhere."""
        if content.startswith(b"{"):
            with suppress(msgspec.DecodeError, UnicodeError):
                self._follow_move(msgspec.json.decode(content, type=Move))
            return
        self._answers = content
        self._open_answers()

    def _follow_move(self, told: Move) -> None:
        try:
            move.follow(told, self._access)
        except Moved as moved:
            self._access = access.access_by(moved.way)
            self._subjects = Subjects(self._access.names.plain)
            self._ended = NotReached("The server does not answer.")
        except NotLetIn as problem:
            self._ended = problem

    def _open_answers(self) -> None:
        for observer, mine in self._asked.items():
            became = letters.opened(self._answers, mine)
            if any(mine[one] != told for one, told in became.items()):
                self._asked[observer].update(became)
                self._changes.tell()


def source_of(code_access: Access, clock: Clock, folder: Path | None = None, kept: str = "") -> SharedSession:
    """Return the session that a code lets watch; raises KringError where the code is for taking part.

    What is asked is remembered in a folder, under a name of whoever shows it.
    """
    if code_access.role != "observer":
        raise NotLetIn("This code is to take part: kring join.")
    return SharedSession(code_access, clock, OwnQuestions(folder, kept))
