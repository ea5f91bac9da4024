"""A folder of session files on a researcher's computer, kept as the sessions of a study stand on an agency's server.

They are copies to read: whoever went on in one of them keeps what was done there, and it is left alone from then on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from uuid import UUID

import msgspec
from nats.errors import Error as ClientError

from kring.domain.local_time import day_of_file
from kring.domain.text import N_, KringError, Sentence
from kring.session import open as opening
from kring.session.copies.arriving import Arrivals
from kring.store import files
from kring.store.making import making
from kring.team import access, joining
from kring.team.access import Access, NotReached
from kring.team.levelling import level, pool
from kring.team.levelling.level import Level
from kring.team.levelling.local_copy import LocalCopy
from kring.team.levelling.pool import Pool
from kring.team.levelling.stream import Seen, Stream
from kring.team.names import pool_of, written_in

LOOK_S = 5.0
"""How often the server is asked what is new."""
AT_ONCE = 1000
_TO_READ, _TO_WRITE = 0o400, 0o600


class Known(msgspec.Struct, frozen=True):
    """A file that is kept up to date, and how far it is."""

    file: Path
    level: Level


class Reading:
    """The folder and what of it is up to date; `tell` hears what a researcher should know, each thing once."""

    def __init__(self, folder: Path, wanted: Access, tell: Callable[[Sentence], None]) -> None:
        self._folder = folder
        self._access = wanted
        self._tell = tell
        self._pool = pool_of(wanted.study)
        self._told: set[str] = set()
        self._left_alone: set[str] = set()
        self.known: dict[str, Known] = dict(_found(folder, self._pool))
        """The files by what their sessions are called on the server."""

    async def once(self) -> None:
        """Bring the folder up to date; raises NotReached and NotLetIn."""
        client = await access.connected(self._access, lambda _: None)
        try:
            await self._look(Stream(client, self._access))
        except (ClientError, OSError, TimeoutError) as problem:
            raise NotReached("The server does not answer.") from problem
        finally:
            await access.left(client)

    async def follow(self) -> None:
        """Keep the folder up to date until this is cancelled; raises NotLetIn."""
        while True:
            try:
                client = await access.connected(self._access, lambda _: None)
                try:
                    self._told.discard("offline")
                    while True:
                        await self._look(Stream(client, self._access))
                        await asyncio.sleep(LOOK_S)
                finally:
                    await access.left(client)
            except (NotReached, ClientError, OSError, TimeoutError) as problem:
                why = problem.sentence if isinstance(problem, NotReached) else Sentence("The server does not answer.")
                self._once("offline", why)
                await asyncio.sleep(LOOK_S)

    async def _look(self, stream: Stream) -> None:
        there = await pool.standing(stream.client, self._access.study)
        for session, messages in there.messages.items():
            here = self.known.get(session)
            is_same = here is not None and here.level.made == there.made and here.level.read == messages
            if not is_same and session not in self._left_alone:
                await self._bring(stream, session, there)

    async def _bring(self, stream: Stream, session: str, there: Pool) -> None:
        here = self.known.get(session)
        is_longer = here is not None and here.level.made == there.made and here.level.read < there.messages[session]
        after = here.level.last if here is not None and is_longer else 0
        found = [await _read(stream, after, written_in(name)) for name in there.names[session]]
        several = sorted((one for part in found for one in part), key=lambda one: one.place)
        if not several:
            return
        try:
            if here is None:
                self._make(session, several, there.made)
            else:
                self._go_on(session, here.file, several, there.made, is_anew=not is_longer)
        except KringError as problem:
            self._once(f"{session} {problem}", problem.sentence)

    def _make(self, session: str, several: list[Seen], made: str) -> None:
        state = joining.state_of(several)
        slug = opening.slug_of(state.session.title)
        file = opening.free_file(self._folder, date.fromisoformat(day_of_file(state)), slug)
        with making(file) as draft:
            joining.fill(Arrivals(draft), several, made, self._pool)
        file.chmod(_TO_READ)
        with closing(files.open_(file, "read")) as store:
            self.known[session] = Known(file, level.read(store.connection.execute, self._pool))
        self._tell(Sentence("New: {file}", {"file": file.name}))
        self._report_strange(file, sum(one.told is None for one in several))

    def _go_on(self, session: str, file: Path, several: list[Seen], made: str, *, is_anew: bool) -> None:
        file.chmod(_TO_WRITE)
        try:
            door = Arrivals.at(file)
            try:
                copy = LocalCopy(door, self._pool)
                if copy.unsent:
                    self._leave_alone(session, file)
                    return
                if is_anew:
                    copy.begin_anew(made)
                copy.take(several)
                self._report_strange(file, copy.declined)
                self.known[session] = Known(file, copy.level)
            finally:
                door.store.close(seal=True)
        finally:
            with suppress(OSError):
                file.chmod(_TO_READ if session not in self._left_alone else _TO_WRITE)

    def _leave_alone(self, session: str, file: Path) -> None:
        self._left_alone.add(session)
        self._tell(
            Sentence(
                "{file} was gone on with here, so it is left as it is. For a copy of what is on the server, move it to "
                "another folder.",
                {"file": file.name},
            )
        )

    def _report_strange(self, file: Path, n: int) -> None:
        """Report how much lies under a session that is no act of it: somebody with a code put it on the server."""
        if n:
            told = N_("On the server lies what is no act of the session of {file} ({n}); it is left out. Withdraw the "
                      "codes of who may have put it there.")  # fmt: skip
            self._once(f"strange {file.name}", Sentence(told, {"file": file.name, "n": n}))

    def _once(self, what: str, sentence: Sentence) -> None:
        if what not in self._told:
            self._told.add(what)
            self._tell(sentence)


async def _read(stream: Stream, after: int, subject: str) -> list[Seen]:
    several: list[Seen] = []
    while part := await stream.read(several[-1].place if several else after, AT_ONCE, subject):
        several += part
    return several


def _found(folder: Path, stream: str) -> Iterator[tuple[str, Known]]:
    """Yield the files of a folder that were read from a stream before."""
    for file in sorted(folder.glob("*.db")):
        with suppress(KringError), closing(files.open_(file, "read")) as store:
            read = store.connection.execute
            known = level.read(read, stream)
            if known != level.NOTHING:
                (session,) = read("select id from session").fetchone()
                yield UUID(session).hex, Known(file, known)
