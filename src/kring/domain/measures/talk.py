"""The talk: from when to when it went, what interrupted it, and when everybody spoke; epoch ms.

Turns are cut to the talk, and overlapping or adjoining ones of one speaker are one turn: a moment counts once. Only of
unknown speakers adjoining turns stay apart, for they may be of different people. What was over at once was no turn.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, takewhile

import msgspec

from kring.domain.guide_items import section_of
from kring.domain.rows import TurnRow
from kring.domain.state import State
from kring.domain.state.row_table import Rows
from kring.domain.stretches import FOREVER_MS, Lasting, Stretch, shared_ms, stretch_of, united


class Spoken(msgspec.Struct, frozen=True):
    """When one speaker spoke: turns in order, and how long those before each lasted together; in ms."""

    begins: list[int]
    ends: list[int]
    before: list[int]

    @property
    def turns(self) -> int:
        """Return how many turns there are."""
        return len(self.begins)

    @property
    def stretches(self) -> Iterator[Stretch]:
        """Yield from when to when each turn lasted."""
        return zip(self.begins, self.ends, strict=True)

    @property
    def total_ms(self) -> int:
        """Return how long all turns lasted together."""
        return self.before[-1] + self.ends[-1] - self.begins[-1] if self.begins else 0

    def until(self, at: float) -> float:
        """Return how much was spoken before a moment."""
        place = bisect_right(self.begins, at) - 1
        return self.before[place] + min(at, self.ends[place]) - self.begins[place] if place >= 0 else 0

    def within(self, stretch: tuple[float, float]) -> float:
        """Return how much was spoken within a stretch of time."""
        return self.until(stretch[1]) - self.until(stretch[0])

    def turns_within(self, stretches: Iterable[Stretch]) -> list[int]:
        """Return which turns, in order, lasted for a while within any of some stretches of time."""
        found: set[int] = set()
        for begin, end in stretches:
            if begin < end:
                found.update(range(bisect_right(self.ends, begin), bisect_left(self.begins, end)))
        return sorted(place for place in found if self.ends[place] > self.begins[place])

    def first_after(self, at: int) -> int | None:
        """Return the first moment from `at` on at which the speaker spoke."""
        place = max(bisect_right(self.begins, at) - 1, 0)
        for begin, end in zip(self.begins[place : place + 2], self.ends[place : place + 2], strict=True):
            if end > at or begin >= at:
                return max(begin, at)
        return None

    def first_within(self, stretch: Stretch) -> int | None:
        """Return the first moment within a stretch of time at which the speaker spoke for a while."""
        places = self.turns_within([stretch])
        return max(self.begins[places[0]], stretch[0]) if places else None

    def plus(self, turns: list[Stretch], *, adjoining: bool) -> Spoken:
        """Return this with more turns, which may overlap others or, `adjoining`, go on from them."""
        begin, end = turns[0]
        if len(turns) > 1 or (self.begins and begin < self.begins[-1]):
            return spoken_in([*self.stretches, *turns], adjoining=adjoining)
        if self.begins and (begin < self.ends[-1] or (adjoining and begin == self.ends[-1])):
            return Spoken(self.begins, [*self.ends[:-1], max(end, self.ends[-1])], self.before)
        return Spoken([*self.begins, begin], [*self.ends, end], [*self.before, self.total_ms])


NOBODY = Spoken([], [], [])


def spoken_in(stretches: Iterable[Stretch], *, adjoining: bool = True) -> Spoken:
    """Return when somebody spoke who had these turns."""
    begins: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    total_ms = 0  # of the turns before the last one
    for begin, end in sorted(stretches):
        if begins and (begin < ends[-1] or (adjoining and begin == ends[-1])):
            ends[-1] = max(end, ends[-1])
            continue
        total_ms += ends[-1] - begins[-1] if begins else 0
        begins.append(begin)
        ends.append(end)
        before.append(total_ms)
    return Spoken(begins, ends, before)


def talk(state: State, now: int) -> Stretch:
    """Return from when to when the session went: from its start to its end, or until now; nothing before it started."""
    begin = int(now if state.session.started_at is None else state.session.started_at)
    return begin, max(begin, int(state.session.ended_at or now))


def interruptions(state: State, now: int) -> list[tuple[float, float]]:
    """Return from when to when the talk of all stood still: pauses, a break of the guide, and rooms apart."""
    breaks = (visit for visit in state.visits.values() if _is_break(state, visit.item))
    rows: list[Lasting] = [*state.pauses.values(), *state.rooms.values(), *breaks]
    whole = talk(state, now)
    return united(
        (max(begin, whole[0]), min(end, whole[1])) for begin, end in (stretch_of(row, whole[1]) for row in rows)
    )


def uninterrupted_ms(stretches: Iterable[Stretch], standstills: Iterable[tuple[float, float]]) -> float:
    """Return how long stretches last together without what interrupts the talk."""
    parts = list(stretches)
    whole = sum([end - begin for begin, end in parts])
    return whole - sum([shared_ms(part, standstill) for standstill in standstills for part in parts])


@lru_cache(maxsize=2)  # one look at a screen asks for it many times
def spoken(state: State, now: int) -> dict[str, Spoken]:
    """Return when everybody spoke, by speaker: a participant's code, or the kind of turn; silence is one of these."""
    if state.session.started_at is None:
        return {}
    ended = _ended(state)
    return _with(ended.spoken, ended.later.values(), talk(state, now))


class _Ended(msgspec.Struct, frozen=True):
    """The turns of a table up to the first that runs, in order of arrival: when their speakers spoke.

    `later` are the turns from there on, by id.
    """

    talk: Stretch
    table: Rows[TurnRow]
    later: dict[str, TurnRow]
    spoken: dict[str, Spoken]


_KNOWN: dict[str, _Ended] = {}
"""What was worked out last, by session: an evening has thousands of turns, and a key adds one."""
_MOST_KNOWN = 4


class Heard(msgspec.Struct, frozen=True):
    """When everybody spoke in the turns of a table up to the first that runs, as a milestone keeps it.

    `later` are the turns from there on.
    """

    talk: Stretch
    later: tuple[str, ...]
    spoken: dict[str, Spoken]


def heard(state: State, *, anew: bool = False) -> Heard:
    """Return what is worked out of the turns, for `recall`; `anew` from each of them, whatever is known."""
    if anew:
        _KNOWN.pop(state.session.id, None)
    ended = _ended(state)
    return Heard(ended.talk, tuple(ended.later), ended.spoken)


def recall(state: State, known: Heard) -> None:
    """Take over what was worked out of the turns of this very state before."""
    table = state.turns
    _know(state.session.id, _Ended(known.talk, table, {turn: table[turn] for turn in known.later}, known.spoken))


def _ended(state: State) -> _Ended:
    session, table = state.session, state.turns
    whole = int(session.started_at or 0), int(FOREVER_MS if session.ended_at is None else session.ended_at)
    known = _KNOWN.get(session.id)
    if known is None or known.talk != whole:
        known = _Ended(whole, Rows(), {}, {})
    elif known.table is table:
        return known
    changed, gone = table.since(known.table)
    new = {row.id for row in changed if row.id not in known.table}
    is_late = new != set(islice(reversed(table), len(new)))  # of another computer, from before
    if gone or is_late or any(row.id not in new and row.id not in known.later for row in changed):
        known, changed = _Ended(whole, Rows(), {}, {}), list(table.values())
    later = known.later | {row.id: row for row in changed}
    ended = list(takewhile(lambda row: row.ended_at is not None, later.values()))
    still = dict(islice(later.items(), len(ended), None))
    return _know(session.id, _Ended(whole, table, still, _with(known.spoken, ended, whole)))


def _know(session: str, ended: _Ended) -> _Ended:
    if session not in _KNOWN and len(_KNOWN) >= _MOST_KNOWN:
        _KNOWN.clear()
    _KNOWN[session] = ended
    return ended


def _with(before: dict[str, Spoken], rows: Iterable[TurnRow], whole: Stretch) -> dict[str, Spoken]:
    heard: dict[str, list[Stretch]] = {}
    for row in rows:
        begin, end = stretch_of(row, whole[1])
        begin, end = max(begin, whole[0]), min(end, whole[1])
        if row.removed_at is None and (begin < end or (begin == end and row.ended_at is None)):
            heard.setdefault(row.participant or row.kind, []).append((begin, end))
    return before | {
        who: before.get(who, NOBODY).plus(turns, adjoining=who != "unknown") for who, turns in heard.items()
    }


def _is_break(state: State, item: str) -> bool:
    section = section_of(state, item)
    return section is not None and section.kind == "break"
