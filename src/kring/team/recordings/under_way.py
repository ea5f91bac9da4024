"""Recordings that go to another laptop or come from there, as the face sees them that asked for it."""

from __future__ import annotations

from kring.domain.text import N_, Sentence
from kring.team.recordings import tasks
from kring.team.recordings.tasks import Carrying, Progress


class UnderWay:
    """One time that recordings are carried, in the background; begun again it goes on where it was."""

    def __init__(self, task: Carrying) -> None:
        self._work = tasks.carrying(task)
        self.told = Sentence(N_("Recordings: it begins …"))
        """How far they are."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return self._work.is_over

    def look(self) -> list[Sentence]:
        """Return what people should know that came up since the last look."""
        said: list[Sentence] = []
        for news in self._work.poll():
            told = tasks.told(news)
            if isinstance(news, Progress):
                self.told = told[0]
            else:
                said += told
        return said

    def leave(self) -> None:
        """End it, and don't wait until it has ended."""
        self._work.leave()

    def cancel(self) -> None:
        """End it, and return when it has ended."""
        self._work.cancel()
