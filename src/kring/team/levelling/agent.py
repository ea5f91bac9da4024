"""The agent: brings the acts of a session file to a server, and those of others into the file.

`python -m kring.team.levelling.agent`, a process of its own, so that no screen ever waits for it. It relies on nothing
that it remembers: whatever goes wrong, it lets go of the connection and begins again from what stands in the file. It
does not rely on the server either: what the stream lacks is offered again, own acts and others', and only what comes
back in the stream counts as sent.
"""

from __future__ import annotations

import asyncio
import gc
import random
import secrets
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from nats.errors import Error as ClientError

from kring.domain.text import Sentence
from kring.session.copies.arriving import Arrivals
from kring.store.store import NotRead, NotSaved
from kring.system import worker_process
from kring.system.clock import SystemClock
from kring.system.file_lock import Lock
from kring.system.turns import Turn
from kring.team import status
from kring.team.access import Access, NotLetIn, NotReached, access_by
from kring.team.levelling import moving
from kring.team.levelling.link import STUCK, Link, Unanswered
from kring.team.levelling.local_copy import LocalCopy
from kring.team.levelling.move import Moved
from kring.team.levelling.stream import NoStream
from kring.team.status import Condition, Status
from kring.team.tasks import Levelling, Way

LOCK_S = 0.2
PAUSES_S = (0.05, 1.0)
LET_IN_AGAIN_S = 5.0
MOST_FAULTS = 3
"""How often in a row the file may take nothing: somebody writes in it for long, or the disk is full for a moment."""
TURN_S = 2.0
"""For how long it waits for whoever writes in the file all the time."""
LAST_S = 2.5
"""For how long acts may still be sent when kring is closed."""
MOMENT_S = 0.02
TELL_S = 0.1
"""How often it says no more than another number: nobody reads faster."""


class Agent:
    """Keeps one session file and one stream level, until nobody needs it any more."""

    def __init__(
        self, copy: LocalCopy, wanted: Access, tell: Callable[[Status], None], stop: Callable[[], bool]
    ) -> None:
        self._copy = copy
        self._access = wanted
        self._who = secrets.token_hex(8)  # through all connections: nobody is there twice after a line came back
        self._tell = tell
        self._stop = stop
        self._told: Status | None = None
        self._told_at = 0.0
        self._link: Link | None = None
        self._ahead_ms = 0
        self._others: dict[str, int] = {}
        self._alone_since = 0
        self._clock = SystemClock()
        self._over_at = 0.0
        self.begin: Callable[[Access], Awaitable[None]] = _nothing
        """Is done before each connection."""
        self.move: Callable[[Way], tuple[LocalCopy, Access]] | None = None
        """Returns by what, and whereto, a session goes on that moved."""

    async def run(self, bell: worker_process.Bell | None = None) -> None:
        """Be connected whenever that can be, and say how it stands; whoever rings has acted."""
        if bell is not None:
            bell.heard = partial(self._hear_face, asyncio.get_running_loop())
        pause_s, faults, stuck = PAUSES_S[0], 0, None
        while not self.is_over():
            self._link = link = Link(self._access, self._copy, self.say, self._who, stuck)
            why: Sentence | None = None
            condition: Condition = "offline"
            try:
                await self.begin(self._access)
                await link.run(self.is_over)
            except Moved as moved:
                assert self.move is not None
                self._copy, self._access = self.move(moved.way)
                pause_s = PAUSES_S[0]
            except NotLetIn as problem:
                why, condition, pause_s = problem.sentence, "refused", LET_IN_AGAIN_S
            except NoStream as problem:
                why, pause_s = problem.sentence, PAUSES_S[1]
            except (NotSaved, NotRead):
                faults = 0 if link.is_live else faults + 1
                if faults == MOST_FAULTS:
                    raise  # it may lie elsewhere by now: whoever has it open starts another agent
                pause_s = PAUSES_S[1]
            except Unanswered:
                pause_s, stuck = PAUSES_S[1], STUCK
                why, condition = STUCK, "refused"
            except (NotReached, ClientError, OSError, TimeoutError):
                stuck = link.refused if link.refused is STUCK else None
                pause_s = PAUSES_S[0] if link.is_live else min(pause_s * 2, PAUSES_S[1])
            finally:
                self._link = None
                self._hear_of({})
                await link.leave()
            await self._wait(pause_s * random.uniform(0.5, 1), condition, why)

    @property
    def unsent(self) -> int:
        """Return how many acts wait."""
        return len(self._copy.unsent)

    def _hear_face(self, loop: asyncio.AbstractEventLoop) -> None:
        loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        if self._link is not None:
            self._link.wake()

    def say(self) -> None:
        """Say how it stands while a connection is there, where that changed."""
        link = self._link
        if link is None or not link.is_live:
            why = link.refused if link is not None else None
            self._say("refused" if why else "offline", why)
        else:
            self._ahead_ms = round(link.ahead_ms)
            self._hear_of(link.others())
            self._say("refused" if link.refused else "live", link.refused, link.to_read)

    def _hear_of(self, others: dict[str, int]) -> None:
        if self._others and not others:
            self._alone_since = self._clock.wall_ms()
        self._others = others

    def is_over(self) -> bool:
        """Whether to end: nobody needs the agent any more, and what can be sent was, or had its time for that."""
        if not self._stop():
            return False
        self._over_at = self._over_at or time.monotonic() + LAST_S
        can_send = self._link is not None and self._copy.unsent
        return not can_send or time.monotonic() > self._over_at

    async def _wait(self, seconds: float, condition: Condition, why: Sentence | None) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._stop():
            self._copy.look()
            self._say(condition, why)
            await asyncio.sleep(MOMENT_S)

    def _say(self, condition: Condition, why: Sentence | None, to_read: int = 0) -> None:
        copy = self._copy
        others = self._others
        fresh = Status(
            condition, len(copy.unsent), to_read, why, copy.newer, copy.declined, self._ahead_ms,
            others, 0 if others else self._alone_since,
            *(self._link.tallies() if self._link is not None else ()),
        )  # fmt: skip
        now = time.monotonic()
        is_soon = self._told is not None and fresh.condition == self._told.condition and now - self._told_at < TELL_S
        if fresh != self._told and not is_soon:
            self._told, self._told_at = fresh, now
            self._tell(fresh)


async def _nothing(_wanted: Access) -> None:
    """Nothing is to be done before a connection."""


def keep_level(task: Levelling, bell: worker_process.Bell) -> Iterator[Levelling]:
    """Keep a file and a stream level until the kring that asked for it is gone; it says how it stands in the folder."""
    is_asked_to_end = False

    def end(*_: object) -> None:
        nonlocal is_asked_to_end
        is_asked_to_end = True

    signal.signal(signal.SIGTERM, end)
    folder = Path(task.folder)
    lock = Lock(folder, status.LOCK)
    while not lock.take():  # another agent sees to this file; this one takes over when that is gone
        if is_asked_to_end:
            return
        time.sleep(LOCK_S)
    with closing(Arrivals.at(Path(task.file))) as door:
        door.store.need_no_sync()
        door.store.checkpoint_when_told()
        door.store.wait_in_turn(
            Turn(door.store.path, lambda _: None, TURN_S, pause_s=0)
        )  # the link pauses, at its time

        def copy_of(names: str) -> LocalCopy:
            copy = LocalCopy(door, names)
            copy.took = bell.ring
            return copy

        def move(way: Way) -> tuple[LocalCopy, Access]:
            wanted = access_by(moving.way_on(folder, way, task.way), folder)
            return copy_of(wanted.names.stream), wanted

        wanted = access_by(task.way, folder)
        agent = Agent(
            copy_of(wanted.names.stream), wanted, lambda fresh: status.tell(folder, fresh), lambda: is_asked_to_end
        )
        agent.move = move
        agent.begin = lambda there: moving.tell(folder, there, copy_of)
        gc.freeze()  # what was made to start stays, and no act that passes waits until it was looked through
        try:
            asyncio.run(agent.run(bell))
        finally:  # also of an error of the file: whoever has it open starts another agent
            status.tell(folder, Status("offline", agent.unsent))
    yield from ()


if __name__ == "__main__":
    bell = worker_process.Bell()
    keep = partial(keep_level, bell=bell)
    sys.exit(worker_process.work(Levelling, keep, leaves_files=False, modest=False, bell=bell))
