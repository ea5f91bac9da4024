"""Recordings carried to a server, and from there: `python -m kring.team.recordings.carrying`, a process of its own.

It relies on nothing that it remembers: what lies on the server, or in the half file, is not carried again. A line that
breaks is waited for, as long as somebody wants it.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from nats.errors import Error as ClientError

from kring.domain.consent import require_sound_to_go
from kring.domain.state import State
from kring.domain.text import N_, KringError, Sentence
from kring.store import files
from kring.store.derived import history_of
from kring.system import worker_process
from kring.team import access
from kring.team.access import Access, NotReached, access_by
from kring.team.names import WRITERS
from kring.team.recordings.fetching import fetched, missing_of
from kring.team.recordings.pieces import NoPlace, Shelf
from kring.team.recordings.sending import sent
from kring.team.recordings.tasks import Carried, Carrying, Progress

PAUSE_S = 1.0


def state_of(file: Path) -> State:
    """Return the state of a session file, which somebody may have open."""
    with closing(files.open_(file, "read")) as store, store.reading():
        return history_of(store.read_events()).state


async def carried(task: Carrying) -> AsyncIterator[Progress | Carried]:
    """Carry recordings until all that can be are where they are to go; tells how far it is."""
    file = Path(task.file)
    wanted = access_by(task.way, Path(task.folder))
    if wanted.role not in WRITERS:
        raise KringError("An observer gets no recordings.")
    lacking = len(missing_of(state_of(file), file))
    while True:
        why = Sentence(N_("Waiting for recordings that the other laptop sends …"))
        try:
            async for news in _sent(file, wanted) if task.sends else _fetched(file, wanted, lacking):
                yield news
                if isinstance(news, Carried):
                    return
        except NoPlace:
            why = Sentence(N_("Waiting until the laptop that shares fetches them …"))
        except (NotReached, ClientError, ConnectionError, TimeoutError):
            why = Sentence(N_("The server does not answer; it goes on when it does …"))
        yield Progress(0, 0, why)
        await asyncio.sleep(PAUSE_S)


async def _sent(file: Path, wanted: Access) -> AsyncIterator[Progress | Carried]:
    state = state_of(file)
    require_sound_to_go(state)
    async with _shelf(wanted) as shelf:
        async for news in sent(shelf, state, file, wanted.role):
            yield news


async def _fetched(file: Path, wanted: Access, lacking: int) -> AsyncIterator[Progress | Carried]:
    state = state_of(file)
    require_sound_to_go(state)
    if missing := missing_of(state, file):
        async with _shelf(wanted) as shelf:
            async for progress in fetched(shelf, missing, file):
                yield progress
    if not missing_of(state, file):
        yield Carried(lacking, False)


@asynccontextmanager
async def _shelf(wanted: Access) -> AsyncIterator[Shelf]:
    """Have a connection of its own, so that what is carried delays no act."""
    client = await access.connected(wanted, lambda _: None)
    try:
        shelf = Shelf(client, wanted)
        await shelf.make()
        yield shelf
    finally:
        await access.left(client)


def carry(task: Carrying) -> Iterator[Progress | Carried]:
    """Do the same step by step, as a process in the background tells it."""
    with asyncio.Runner() as runner:
        steps = carried(task)

        async def step() -> Progress | Carried | None:
            return await anext(steps, None)

        while (news := runner.run(step())) is not None:
            yield news


if __name__ == "__main__":
    sys.exit(worker_process.work(Carrying, carry, leaves_files=False))
