"""The process that feeds observers: `python -m kring.team.observers.feeder`, beside the agent of who shares.

It reads the session file as anybody does, sends a view whenever one differs from the last, and takes in what observers
ask, each question once by its id.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as ClientError

from kring.domain.text import KringError, folded
from kring.observing.session_file import SessionFile
from kring.system import settings, worker_process
from kring.system.clock import SystemClock
from kring.team import access
from kring.team.access import Access, NotLetIn, NotReached, access_by
from kring.team.entry import credentials, issuing
from kring.team.levelling.move import Move, move_after
from kring.team.names import Names
from kring.team.observer_rights import Subjects
from kring.team.observers import letters
from kring.team.observers.letters import Question, Word
from kring.team.observers.roll import Roll
from kring.team.tasks import Feeding

HEARTBEAT_S = 5.0
"""So often a view is sent though nothing changed: who watches knows then that somebody is there."""
MOMENT_S = 0.05
PAUSES_S = (0.2, 5.0)
MINUTE_S = 60.0
MOST_NEW = 200
"""So many questions may wait to be filtered; more are not taken in."""
MOST_HEARD = 1_000
MOST_A_MINUTE = 120
"""So much of what all observers together say is taken in, and no more: who has the code can't fill the file."""
GREET_S = 0.5
"""So often at most who came is sent what there is."""


class Feeder:
    """Feeds the observers of one session, over one connection after the other."""

    def __init__(self, source: SessionFile, wanted: Access, is_over: Callable[[], bool]) -> None:
        self._source = source
        self._access = wanted
        self._is_over = is_over
        self._subjects = Subjects(wanted.names.plain)
        self._heard: deque[Msg] = deque(maxlen=MOST_HEARD)
        self._taken_at: deque[float] = deque(maxlen=MOST_A_MINUTE)
        self._somebody_came = False
        self._clock = SystemClock()
        self._roll = Roll(lambda: {*source.taken_names(), *(folded(one.name) for one in source.others_watching())})
        self.moves: Callable[[], dict[Subjects, Move]] = dict
        """Where the session was before, and what those are told who are there still."""

    async def run(self) -> None:
        """Feed until it is over; whatever goes wrong with a connection, the next one begins with all there is."""
        pause_s = PAUSES_S[0]
        while not self._is_over():
            try:
                await self._feed()
                pause_s = PAUSES_S[0]
            except (NotReached, NotLetIn, ClientError, OSError, TimeoutError):
                await self._rest(pause_s)
                pause_s = min(pause_s * 2, PAUSES_S[1])

    async def _rest(self, seconds: float) -> None:
        for _ in range(round(seconds / MOMENT_S)):
            if self._is_over():
                return
            await asyncio.sleep(MOMENT_S)

    async def _feed(self) -> None:
        client = await access.connected(self._access, lambda _: None, as_host=True)
        try:
            for subject in (self._subjects.hello, self._subjects.ask, self._subjects.room):
                await access.soon(client.subscribe(subject, cb=self._hear))
            moves = self.moves()
            for there in moves:
                await access.soon(client.subscribe(there.hello, cb=self._hear))
            await self._send_all(client, {one.answers: msgspec.json.encode(move) for one, move in moves.items()})
        finally:
            await access.left(client)

    async def _send_all(self, client: Client, moves: Mapping[str, bytes]) -> None:
        loop = asyncio.get_running_loop()
        sent, sent_at = -1, 0.0
        while not self._is_over() and client.is_connected:
            self._source.watch_by_code(self._roll.watching(self._clock.wall_ms()))
            seen = self._source.seen
            pause_s = GREET_S if self._somebody_came else HEARTBEAT_S
            if seen.number != sent or loop.time() - sent_at >= pause_s:
                self._somebody_came = False
                if seen.lost is None:
                    await self._send(client)
                for subject, told in moves.items():
                    await access.soon(client.publish(subject, told))
                sent, sent_at = seen.number, loop.time()
            if self._heard and self._may_take(loop.time()):
                await self._take(self._heard.popleft())
            else:
                self._heard.clear()
            await asyncio.sleep(MOMENT_S)

    async def _send(self, client: Client) -> None:
        answers = letters.sealed(self._source.every_question())
        await access.soon(client.publish(self._subjects.view, msgspec.json.encode(self._source.seen.view)))
        await access.soon(client.publish(self._subjects.answers, answers))

    def _may_take(self, now: float) -> bool:
        """Whether one thing more may be taken in now, which then counts."""
        if len(self._taken_at) == MOST_A_MINUTE and now - self._taken_at[0] < MINUTE_S:
            return False
        self._taken_at.append(now)
        return True

    async def _hear(self, message: Msg) -> None:
        if message.subject in (self._subjects.ask, self._subjects.room):
            self._heard.append(message)
        elif (told := letters.hello(message.data)) is not None:
            self._roll.hear(told, self._clock.wall_ms())
        else:
            self._somebody_came = True

    async def _take(self, message: Msg) -> None:
        """Write what an observer said into the file; what makes no sense there leaves no trace."""
        with suppress(KringError):
            if message.subject == self._subjects.ask:
                asked = letters.read(message.data, Question)
                waiting = sum(one.status == "new" for one in self._source.every_question())
                if isinstance(asked, Question) and waiting < MOST_NEW:
                    name = self._roll.name_of(asked.who, asked.observer)
                    await self._source.take_in(name, asked.id, asked.text)
            elif self._source.seen.view.back_room_kept:
                said = letters.read(message.data, Word)
                if isinstance(said, Word):
                    known = self._roll.is_one(said.observer)  # she was told what she is called
                    name = said.observer if known else self._roll.name_of("", said.observer)
                    await self._source.say(name, said.text)


async def _feed(task: Feeding, is_over: Callable[[], bool]) -> None:
    folder = Path(task.folder)
    wanted = access_by(task.way, folder)
    async with SessionFile(Path(task.file), SystemClock(), settings.device_id()) as source:
        feeder = Feeder(source, wanted, is_over)
        feeder.moves = lambda: moves_in(folder, wanted.session)
        await feeder.run()


def moves_in(folder: Path, session: str) -> dict[Subjects, Move]:
    """Return where a session was on the server of an agency, and what observers are told who are there still."""
    kept = issuing.known(folder)
    if kept is None or kept.session != session:
        return {}
    try:
        found = credentials.read(Path(kept.credentials))
    except KringError:
        return {}  # the file may be away for now: who is where the session is goes on seeing it
    now_s = SystemClock().wall_ms() // 1000
    return {Subjects(Names(session, moved).plain): move_after(kept, found, moved, now_s) for moved in range(kept.moved)}


def feed(task: Feeding) -> Iterator[Feeding]:
    """Feed the observers of a session until the kring that asked for it is gone."""
    is_asked_to_end = False

    def end(*_: object) -> None:
        nonlocal is_asked_to_end
        is_asked_to_end = True

    signal.signal(signal.SIGTERM, end)
    asyncio.run(_feed(task, lambda: is_asked_to_end))
    yield from ()


if __name__ == "__main__":
    sys.exit(worker_process.work(Feeding, feed, leaves_files=False))
