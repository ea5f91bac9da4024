"""The whole session at a glance: who spoke most, how much was noted, and what was recorded, stretch by stretch.

It is kept in slots of five seconds, so that a change costs what it touches, and a screen of any width only adds up
slots: never the entries of an evening.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kring.review.entries import Entry

SLOT_MS = 5_000
MOST_SLOTS = 17_280
"""A day: of a stretch that lasts longer, and of what lies further from the begin, no more is shown."""


class Scale(NamedTuple):
    """Which moments (epoch ms) the columns of a minimap stand for."""

    begin: int
    end: int
    columns: int

    def column(self, at: int) -> int:
        """Return the column of a moment; what lies outside stands at the edge."""
        place = (at - self.begin) * self.columns // self.length
        return min(max(place, 0), self.columns - 1)

    def moment(self, column: int) -> int:
        """Return the moment with which a column begins."""
        return self.begin + column * self.length // self.columns

    def holds(self, at: int) -> bool:
        """Whether a moment lies in any column; what came before the start or after the end doesn't."""
        return self.begin <= at <= self.end

    @property
    def length(self) -> int:
        """How long it all lasts, ms; at least one."""
        return max(self.end - self.begin, 1)


class Glance(NamedTuple):
    """A minimap of so many columns: of each who spoke most (a code, a kind of turn, or nobody) and how many notes.

    `starred`, `lost` and `recorded` are the columns in which something was starred, technique failed, sound was kept.
    """

    scale: Scale
    speakers: tuple[str, ...]
    notes: tuple[int, ...]
    starred: frozenset[int]
    lost: frozenset[int]
    recorded: frozenset[int]


class Slots:
    """What the entries of a timeline put into each slot; entries come and go."""

    def __init__(self) -> None:
        self._spoken: dict[int, Counter[str]] = {}
        self._notes: Counter[int] = Counter()
        self._starred: Counter[int] = Counter()
        self._lost: Counter[int] = Counter()
        self._recorded: Counter[int] = Counter()

    def put(self, entry: Entry) -> None:
        """Take in an entry."""
        self._count(entry, 1)

    def drop(self, entry: Entry) -> None:
        """Take out an entry that was taken in as it is."""
        self._count(entry, -1)

    def glance(self, scale: Scale) -> Glance:
        """Return what stands in each column."""
        spoken: list[Counter[str]] = [Counter() for _column in range(scale.columns)]
        for slot, those in self._spoken.items():
            if _is_in(scale, slot):
                spoken[_column(scale, slot)].update(those)
        notes = [0] * scale.columns
        for slot, count in self._notes.items():
            if _is_in(scale, slot):
                notes[_column(scale, slot)] += count
        return Glance(
            scale=scale,
            speakers=tuple([_most(those) for those in spoken]),
            notes=tuple(notes),
            starred=_columns(scale, self._starred),
            lost=_columns(scale, self._lost),
            recorded=_columns(scale, self._recorded),
        )

    def _count(self, entry: Entry, step: int) -> None:
        match entry.kind:
            case "turn":
                for slot, ms in _shares(entry.at, entry.until):
                    those = self._spoken.setdefault(slot, Counter())
                    those[entry.speaker] += step * ms
                    if not those[entry.speaker]:
                        del those[entry.speaker]
            case "note":
                _add(self._notes, [entry.at // SLOT_MS], step)
            case "issue":
                _add(self._lost, _slots(entry.at, entry.until), step)
            case "recording":
                _add(self._recorded, _slots(entry.at, entry.until), step)
        if entry.starred:
            _add(self._starred, [entry.at // SLOT_MS], step)


def hit_columns(scale: Scale, moments: Iterable[int]) -> frozenset[int]:
    """Return the columns in which moments (epoch ms) lie."""
    return frozenset([scale.column(at) for at in moments if scale.holds(at)])


def _column(scale: Scale, slot: int) -> int:
    return scale.column(slot * SLOT_MS + SLOT_MS // 2)


def _is_in(scale: Scale, slot: int) -> bool:
    return scale.holds(slot * SLOT_MS) or scale.holds((slot + 1) * SLOT_MS - 1)


def _columns(scale: Scale, slots: Counter[int]) -> frozenset[int]:
    return frozenset([_column(scale, slot) for slot in slots if _is_in(scale, slot)])


def _most(those: Counter[str]) -> str:
    return min(those, key=lambda who: (-those[who], who)) if those else ""


def _add(slots: Counter[int], places: Iterable[int], step: int) -> None:
    for place in places:
        slots[place] += step
        if not slots[place]:
            del slots[place]


def _slots(at: int, until: int | None) -> range:
    """Return the slots of a stretch; one that still runs has only its first."""
    first = at // SLOT_MS
    last = first if until is None else max(until - 1, at) // SLOT_MS
    return range(first, min(last, first + MOST_SLOTS) + 1)


def _shares(at: int, until: int | None) -> Iterator[tuple[int, int]]:
    """Yield how much of a stretch lies in each of its slots, ms."""
    for slot in _slots(at, until):
        end = (slot + 1) * SLOT_MS
        spent = min(end, end if until is None else until) - max(slot * SLOT_MS, at)
        if spent > 0:
            yield slot, spent
