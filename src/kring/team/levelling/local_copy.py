"""The session file as the agent sees it: what of it was seen in the stream, what was not, and what comes in."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice
from math import inf
from typing import Any

from kring.domain import facts as f
from kring.session.copies.arriving import Arrivals
from kring.store.attached import kept_files
from kring.store.event_line import EventLine, StoredEvent, read_event
from kring.system.sqlite import sqlite3
from kring.team.levelling import level, tally
from kring.team.levelling.level import Level
from kring.team.levelling.stream import Seen, Told
from kring.team.status import Tally

PAGES_AN_ACT, PAGES_AT_LEAST = 5, 5
"""About how many pages of the log an act takes, and whatever comes in at once, with the one more of each act in it."""
MOST_LOGGED = 300
"""Fewer than those at which an act brings the log into the file itself, and waits for the disk once more."""


class LocalCopy:
    """One session file and how far it is level with one stream; all of it can be read from the file again."""

    def __init__(self, door: Arrivals, stream: str) -> None:
        self._door = door
        self._stream = stream
        self._execute = door.store.connection.execute
        self.level = level.NOTHING
        self.unsent: dict[str, int] = {}
        """The events that were not seen in the stream: their ids and their places of arrival, in that order."""
        self.newer = 0
        """How many events of a newer kring came in, which are kept and not understood."""
        self.declined = 0
        """How much came in that is no event of this session."""
        self.took: Callable[[], None] = lambda: None
        """Is called where something came in that whoever has the file open should look at."""
        self.acted_at = -inf
        """When somebody acted last in this file, that this heard of, on the monotonic clock."""
        self._places: dict[str, int] = {}
        self._logged = 0
        self._looked_until = 0
        self._version = -1
        self._tally: tuple[int, Tally | None] = (-1, None)
        self.read()

    def read(self) -> None:
        """Read from the file what was seen in the stream, and what was not."""
        self.level = level.read(self._execute, self._stream)
        self._places = level.places(self._execute)
        self.unsent.clear()
        self._looked_until, self._version = 0, -1
        self.look()
        self.acted_at, self._logged = -inf, 0

    def has_news(self) -> bool:
        """Whether something may have come into the file since the last look; some microseconds."""
        try:
            return self._data_version() != self._version
        except sqlite3.Error:
            return True  # what is wrong the look says

    def tidy(self) -> None:
        """Bring the log into the file where it has grown, some ms, before an act of somebody's own has to do that."""
        if self._logged > MOST_LOGGED:
            self._logged = 0
            self._door.store.checkpoint()

    def look(self) -> None:
        """Look for events that came into the file; where there are none it takes some microseconds."""
        with self._door.store.reading():
            version = self._data_version()
        if version == self._version:
            return
        for event, seq in self._door.arrived_after(self._looked_until):
            if event not in self._places:
                self.unsent[event] = seq
                self.acted_at = time.monotonic()
            self._looked_until = seq
            self._logged += PAGES_AN_ACT
        self._version = version

    def _data_version(self) -> int:
        version: int = self._execute("pragma data_version").fetchone()[0]
        return version

    def tally(self) -> Tally | None:
        """Return what the file holds of a session that has ended, None while it goes on or something is to be sent."""
        if self.unsent:
            return None
        if self._tally[0] != self._looked_until:
            self._tally = self._looked_until, tally.of(self._execute)
        return self._tally[1]

    def last_seen(self) -> frozenset[str]:
        """Return the ids of the events that were seen first at the last place that was read."""
        return frozenset(event for event, place in self._places.items() if place == self.level.last)

    def take(self, several: Sequence[Seen]) -> None:
        """Take in what lies in the stream behind what was read so far; in the same transaction, that it was read."""
        told = [told for each in several if (told := each.told_event) is not None]
        places = {each.event: each.place for each in reversed(several) if each.told_event}  # the first one counts
        reached = Level(self.level.made, several[-1].place, self.level.read + len({each.place for each in several}))
        arrived = self._door.take(
            [one.line for one in told],
            also=lambda execute: level.keep(execute, self._stream, reached, places.items()),
            files=[one.file for one in told if one.file is not None],
        )
        self.level = reached
        self.took()
        self._logged += PAGES_AT_LEAST + len(arrived.new)
        here = (*arrived.new, *arrived.known, *arrived.erased)
        for event in here:
            self._places.setdefault(event, places[event])
        for event in self.unsent.keys() & set(here):
            del self.unsent[event]
        self.declined += sum(each.told is None for each in several) + len(arrived.declined)
        self.newer += sum(map(_is_newer, map(self._door.store.sealed.get, arrived.new)))
        last = self._door.store.last_seq
        if self._looked_until == last - len(arrived.new):
            self._looked_until = last
        else:
            self._version = -1  # acts came in before these, and what came in has its place of arrival behind them

    def begin_anew(self, made: str) -> None:
        """Forget what was seen: the stream is another one than that of before, or lacks what lay in it."""
        self._door.take((), also=level.forget)
        self.read()
        self.level = Level(made)

    def to_offer(self, most: int, but: Collection[str]) -> Iterator[tuple[str, Told[dict[str, Any]]]]:
        """Yield events that were not seen in the stream, the oldest first, without those that are under way."""
        wanted = dict(islice(((event, seq) for event, seq in self.unsent.items() if event not in but), most))
        for line in self._door.lines_at(wanted.values()):
            yield line.id, Told(_told(line), self._file_of(line))

    def _file_of(self, line: EventLine) -> bytes | None:
        if line.kind != f.FileAttached.kind:
            return None
        stored = read_event(self._execute, line.id)
        fact = stored.event.fact if stored is not None else None
        return kept_files.content_of(self._execute, fact.sha256) if isinstance(fact, f.FileAttached) else None


def _told(line: EventLine) -> dict[str, Any]:
    told = line._asdict()
    del told["seq"]  # the place of arrival here
    return told


def _is_newer(stored: StoredEvent | None) -> bool:
    return stored is not None and stored.event.fact is None and stored.salt is not None
