"""The history: all events in canonical order, and the state to which those that are not undone fold.

Last writer wins per field, undo, and two laptops that meet all come down to one rule: the state is the fold of the
events in canonical order `(hlc, device, id)`, leaving out the void ones.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec

from kring.domain.events import COUNTER_BITS, Event, Key
from kring.domain.evolve import evolve
from kring.domain.facts import ParticipantListed, PlanRead, SessionEnded, Undone
from kring.domain.plan import Plan, PlannedParticipant
from kring.domain.rows import Row
from kring.domain.state import EMPTY, State

NEAR = 32
"""States that are kept, one an event, of the last events: what is taken back or comes late is mostly about these."""
SPARSER = 4
"""Further back a state is kept so many times as far from the end as the next one."""

TAKES_BACK = frozenset({Undone})
TAKE_BACK = frozenset({Undone, SessionEnded})
"""What makes an earlier event void, and what does where the session had ended before."""

Mark = tuple[int, State]  # how many events were folded, and the state after them
Came = dict[tuple[str, str], Row]
"""Rows by their table and their id."""


class Undo(NamedTuple):
    """That an event, by its place in the order, takes back another one, by its id; `act` = that it is part of."""

    key: Key
    event: str
    act: str | None = None


class Milestone(msgspec.Struct, frozen=True):
    """How a session stood after its first `folded` events, of which `last` is the key of the last one.

    `last_at` are the moments (epoch ms) of the last event of each computer, `ends` the keys of the ends of the session.
    """

    folded: int
    last: Key
    state: State
    undos: tuple[Undo, ...]
    last_at: dict[str, int]
    ends: tuple[Key, ...] = ()


START = Milestone(0, (0, "", ""), EMPTY, (), {})


class Change(msgspec.Struct, frozen=True):
    """What some events do: the state after them, the rows to write and the rows that no longer exist.

    From the place `since` on the states are others than they were: `marks` are some of them.
    """

    events: tuple[Event, ...]
    state: State
    rows: tuple[Row, ...]
    gone: tuple[Row, ...] = ()
    since: int = 0
    void: frozenset[str] = frozenset()
    marks: tuple[Mark, ...] = ()

    @property
    def acts(self) -> list[Event]:
        """Return the events that stand for an act; of an act with several facts only the first one is told."""
        return [event for event in self.events if event.act is None]


class History:
    """The events of one session and the state they fold to; `change` looks ahead, `accept` makes it so.

    The newest acts cost their own rows; an undo of one, or one that comes late, `n` events before the end costs the
    folding of some `n` events again. Begun from a milestone, the events before it are read only when somebody asks for
    them, or when something happens to them: then all are folded again, once.
    """

    def __init__(self, begin: Milestone = START, read_back: Callable[[], Iterable[Event]] = tuple) -> None:
        self.state = begin.state
        self._begin = begin
        self._read_back = read_back
        self._before = begin.folded  # so many events were not read
        self._events: list[Event] = []
        self._by_id: dict[str, Event] = {}
        self._undos = list(begin.undos)
        self._ends = list(begin.ends)
        self.void = void_ids(self._undos, self._ends)
        self.last_hlc = begin.last[0]
        self._last_at = dict(begin.last_at)
        self._marks: list[Mark] = [(begin.folded, begin.state)]

    @property
    def events(self) -> Sequence[Event]:
        """Return the events in canonical order."""
        self.have_all()
        return self._events

    @property
    def count(self) -> int:
        """Return how many events there are."""
        return self._before + len(self._events)

    def newest_first(self) -> Iterator[Event]:
        """Yield the events, the last one first; what came before a milestone is read when it comes to that."""
        known = len(self._events)
        yield from reversed(self._events)
        if self.have_all():
            yield from reversed(self._events[: len(self._events) - known])

    def event(self, event_id: str) -> Event | None:
        """Return the event of this id."""
        if event_id not in self._by_id:
            self.have_all()
        return self._by_id.get(event_id)

    @property
    def plan(self) -> Plan | None:
        """Return the plan as it was read last, with everybody on its list."""
        read = next((e for e in self.newest_first() if type(e.fact) is PlanRead and e.id not in self.void), None)
        if read is None or not isinstance(read.fact, PlanRead):
            return None
        listed = read.fact.roster
        if listed is None:
            listed = tuple(e.fact for e in self._events if e.act == read.id and isinstance(e.fact, ParticipantListed))
        same = ("code", "name", "seat", "segment", "attributes", "consent", "consents")
        people = [PlannedParticipant(**{name: getattr(person, name) for name in same}) for person in listed]
        return msgspec.structs.replace(read.fact.plan, participants=tuple(people))

    def last_at(self, device: str) -> int:
        """Return the moment of the last event of a computer, epoch ms."""
        return self._last_at.get(device, 0)

    def milestone(self) -> Milestone:
        """Return how the session stands now."""
        return Milestone(self.count, self._last, self.state, tuple(self._undos), dict(self._last_at), tuple(self._ends))

    def change(self, events: Iterable[Event]) -> Change:
        """Return what these events would do; the history stays as it is."""
        events = tuple(events)
        if self._are_next(events):
            return self._of_next(events)
        fresh = [e for e in {e.id: e for e in events}.values() if not self._knows(e)]
        if not fresh:
            return Change((), self.state, ())
        return self._folded_again(sorted(fresh, key=_key))

    def change_with(self, change: Change, since_then: Change) -> Change | None:
        """Return what the events of an earlier `change` would do now that `since_then` was accepted; None where that is
        no matter of folding the latter's events behind it.
        """
        behind = since_then.events
        if not (change.events and behind and since_then.since == self.count - len(behind)):
            return None
        last = max(event.hlc for event in change.events)
        if behind[0].hlc <= last or any(type(event.fact) is Undone for event in behind):
            return None
        state = fold(change.state, behind, change.void)
        rows, gone = difference(self.state, state)
        mark = (self.count - len(behind) + len(change.events), change.state)
        return msgspec.structs.replace(change, state=state, rows=rows, gone=gone, marks=(*change.marks, mark))

    def accept(self, change: Change) -> None:
        """Make a change of this very history its present."""
        if not change.events:
            return
        self._insert(change.events)
        self.state, self.void = change.state, change.void
        if change.since < self._marks[-1][0]:
            self._marks = [mark for mark in self._marks if mark[0] <= change.since]
        self._marks += (*change.marks, (self.count, self.state))
        if len(self._marks) > 3 * NEAR:
            self._marks = thinned(self._marks)

    def begin_again(self, events: Iterable[Event]) -> Change:
        """Take these for all events that there are, as after some were erased; return what that changed."""
        before, whole = self.state, History()
        whole.accept(whole.change(events))
        vars(self).update(vars(whole))
        rows, gone = difference(before, self.state)
        return Change((), self.state, rows, gone, 0, self.void)

    def count_at(self, at_ms: int) -> int:
        """Return how many events stand before a moment (epoch ms), in their order."""
        return bisect_right(self.events, at_ms, key=lambda event: event.hlc >> COUNTER_BITS)

    def earliest(self, ids: Iterable[str], place: int) -> int:
        """Return where the first event of these ids, or of their acts, stands; `place` where none is before it."""
        wanted = set(ids)
        if not wanted:
            return place
        for number, event in zip(range(self.count - 1, -1, -1), self.newest_first(), strict=True):
            if event.id in wanted or event.act in wanted:
                wanted.discard(event.id)
                place = min(place, number)
            if not wanted:
                break
        return place

    @property
    def _last(self) -> Key:
        return self._events[-1].key if self._events else self._begin.last

    def have_all(self) -> bool:
        """Read what came before the milestone, if that was not done yet."""
        if not self._before:
            return False
        earlier = sorted(self._read_back(), key=_key)
        self._events[:0] = earlier
        self._by_id |= {event.id: event for event in earlier}
        self._marks.insert(0, (0, EMPTY))
        self._before = 0
        return True

    def _knows(self, event: Event) -> bool:
        """Whether an event is here; one that belongs before a milestone is looked for there, and may change it."""
        if self._before and event.key <= self._begin.last:
            self.have_all()
        return event.id in self._by_id

    def _are_next(self, events: tuple[Event, ...]) -> bool:
        """Whether events come behind all others, one behind the other, and make none of them void."""
        last_hlc, takes_back = self.last_hlc, TAKE_BACK if self._ends else TAKES_BACK
        for event in events:
            if event.hlc <= last_hlc or type(event.fact) in takes_back or event.id in self._by_id:
                return False
            last_hlc = event.hlc
        return bool(events)

    def _of_next(self, events: tuple[Event, ...]) -> Change:
        if len(events) == 1:  # an act, which needs no draft
            rows = () if is_void(events[0], self.void) else tuple(evolve(self.state, events[0]))
            return Change(events, self.state.put(rows), rows, (), self.count, self.void)
        came: Came = {}
        marks = self._folded(self.state, self.count, events, self.void, came)
        state = marks.pop()[1]
        return Change(events, state, tuple(came.values()), (), self.count, self.void, tuple(marks))

    @staticmethod
    def _folded(
        state: State, place: int, events: Sequence[Event], void: frozenset[str], came: Came | None = None
    ) -> list[Mark]:
        """Return the state after events that stand from a place on, behind those that are worth their memory."""
        marks: list[Mark] = []
        done = 0
        for cut in _cuts(len(events)):
            state = fold(state, events[done:cut], void, came)
            done = cut
            marks.append((place + cut, state))
        return marks

    def _insert(self, events: tuple[Event, ...]) -> None:
        if events[0].hlc > self.last_hlc:  # as nearly all are
            self._events += events
            self.last_hlc = events[-1].hlc
        else:
            place = bisect_left(self._events, events[0].key, key=_key)
            self._events[place:] = sorted([*self._events[place:], *events], key=_key)
            self.last_hlc = max(self.last_hlc, self._events[-1].hlc)
        known, last_at = self._by_id, self._last_at
        for event in events:
            known[event.id] = event
            at = event.at
            if at >= last_at.get(event.device, 0):
                last_at[event.device] = at
            if type(event.fact) is Undone:
                insort(self._undos, Undo(event.key, event.fact.event, event.act))
            elif isinstance(event.fact, SessionEnded):
                insort(self._ends, event.key)

    def _folded_again(self, fresh: list[Event]) -> Change:
        undos, ends = undos_of(fresh), ends_of(fresh)
        void = void_ids(sorted([*self._undos, *undos]), sorted([*self._ends, *ends])) if undos or ends else self.void
        place = self._before + bisect_left(self._events, fresh[0].key, key=_key)
        since = self.earliest(void ^ self.void, place)
        folded, state = self._marks[bisect_right(self._marks, since, key=_place) - 1]
        later = sorted([*self._events[folded - self._before :], *fresh], key=_key)
        marks = self._folded(state, folded, later, void)
        state = marks.pop()[1]
        rows, gone = difference(self.state, state)
        return Change(tuple(fresh), state, rows, gone, folded, void, tuple(marks))


def thinned(marks: list[Mark]) -> list[Mark]:
    """Return the marks that are worth their memory: all of the last ones, ever sparser before, and the first.

    To any place before the end leads a mark that is at most `SPARSER` times as far from it; it stays so as events come.
    """
    end = marks[-1][0]
    kept = [marks[0]]
    for mark, newer in pairwise(marks[1 : 1 - NEAR]):
        if end - kept[-1][0] > SPARSER * (end - newer[0]):
            kept.append(mark)
    return [*kept, *marks[-NEAR:]]


def _cuts(count: int) -> list[int]:
    """Return where to stop for a mark while folding so many events, the last cut at their end."""
    cuts = list(range(count, max(count - NEAR, 0), -1))
    gap = 2 * NEAR
    while count > gap:
        cuts.append(count - gap)
        gap *= SPARSER
    return cuts[::-1]


def undos_of(events: Iterable[Event]) -> list[Undo]:
    """Return which of the events take back another one."""
    return [Undo(event.key, event.fact.event, event.act) for event in events if isinstance(event.fact, Undone)]


def ends_of(events: Iterable[Event]) -> list[Key]:
    """Return the keys of the events by which the session ended."""
    return [event.key for event in events if isinstance(event.fact, SessionEnded)]


def void_ids(undos: Sequence[Undo], ends: Sequence[Key] = ()) -> frozenset[str]:
    """Return the ids of the events that don't count, given all undos and ends of the session in canonical order.

    Of several ends only the last one counts: who ended it later went on, on a laptop that did not know of the others.
    """
    void = {event_id for _, _, event_id in ends[:-1]}
    for (_, _, event_id), undone, act in reversed(undos):  # a later one decides whether an earlier one counts
        if event_id not in void and act not in void:
            void.add(undone)
    return frozenset(void)


def fold(state: State, events: Iterable[Event], void: frozenset[str] = frozenset(), came: Came | None = None) -> State:
    """Return the state after these events, in the order given, without the void ones; `came` gets the rows of them."""
    draft = state.draft()
    settle = draft.settle
    for event in events:
        if void and is_void(event, void):
            continue
        rows = evolve(draft, event)
        settle(rows)
        if came is not None:
            for row in rows:
                came[row.TABLE, row.id] = row
    return draft.finished()


def is_void(event: Event, void: frozenset[str]) -> bool:
    """Whether an event doesn't count, because it was undone or the act was that it is part of."""
    return event.id in void or (event.act is not None and event.act in void)


def difference(before: State, after: State) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Return the rows that are new or other in `after`, and those of `before` that are no longer there."""
    rows: list[Row] = []
    gone: list[Row] = []
    for name, table in after.tables.items():
        old = before.tables[name]
        if table is not old:
            came, went = table.since(old)
            rows += came
            gone += went
    return tuple(rows), tuple(gone)


def _place(mark: Mark) -> int:
    return mark[0]


def _key(event: Event) -> Key:
    return event.key
