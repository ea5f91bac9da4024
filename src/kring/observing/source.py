"""Where an observer's view of a session comes from, and where what observers say goes to.

There are two: `SessionFile` follows a file on this computer, `kring.team.observers` has one that comes by a code.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Protocol, Self

import msgspec

from kring.domain.rows import ObserverQuestionRow, QuestionStatus
from kring.domain.state import State
from kring.domain.text import Sentence
from kring.observing.view import NOTHING, View


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A question of one observer, and what became of it: when (epoch ms), and why."""

    id: str
    text: str
    at: int
    status: QuestionStatus = "new"
    reason: str = ""
    changed_at: int | None = None


class Said(msgspec.Struct, frozen=True):
    """What an observer said to the others."""

    who: str
    text: str
    at: int


class Seen(msgspec.Struct, frozen=True):
    """What is known at one moment: the view as it is now, and what is wrong where it can't be brought up to date.

    `number` goes up with each change, of the view, of a question, or of what is said in the back room.
    """

    number: int = 0
    view: View = NOTHING
    lost: Sentence | None = None


class Source(Protocol):
    """Follows one session for as long as it is entered (`async with`), for any number of observers."""

    @property
    def seen(self) -> Seen:
        """Return what is known now; its times are those of this moment."""
        ...

    async def changed(self, after: int) -> Seen:
        """Wait until something changed after that number; what goes by itself, the time, is no change."""
        ...

    def questions(self, observer: str) -> tuple[Asked, ...]:
        """Return what an observer asked, the oldest first, with what became of each."""
        ...

    async def ask(self, observer: str, text: str) -> None:
        """Put a question to the team; raises KringError where it can't be brought there now."""
        ...

    def watch_as(self, names: Sequence[str]) -> None:
        """Say who watches here from now on, as others see it; to be said again while they do."""
        ...

    def called(self, observer: str) -> str:
        """Return what an observer is called to others, where she asked to be called so."""
        ...

    @property
    def back_room(self) -> tuple[Said, ...] | None:
        """Return what observers said to each other, the oldest first; None where there is no room to do so."""
        ...

    async def say(self, observer: str, text: str) -> None:
        """Say something to the other observers; raises KringError where it can't be brought there now."""
        ...

    async def __aenter__(self) -> Self:
        """Begin to follow; raises KringError where there is nothing to follow."""
        ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Follow no longer."""
        ...


class Changes:
    """The number of the last change, and those who wait for the next."""

    def __init__(self) -> None:
        self.number = 0
        self._next = asyncio.Event()

    def tell(self) -> None:
        """Let everybody know that something changed."""
        self.number += 1
        self._next.set()
        self._next = asyncio.Event()

    async def wait(self, after: int) -> None:
        """Return once something changed after that number."""
        while self.number <= after:
            await self._next.wait()


def asked_of(row: ObserverQuestionRow, told: Callable[[str], str]) -> Asked:
    """Return a question as the observer who asked it sees it: `told` is how words of the team are told to her."""
    changed = row.raised_at if row.status == "asked" else row.decided_at
    return Asked(
        id=row.id,
        text=row.text,
        at=int(row.at),
        status=row.status,
        reason=told(row.reason) if row.reason else "",
        changed_at=None if changed is None else int(changed),
    )


def said_in(state: State) -> tuple[Said, ...]:
    """Return what observers said to each other, as far as the session keeps it."""
    return tuple(Said(row.said_by, row.text, int(row.at)) for row in state.back_room.values())
