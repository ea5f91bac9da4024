"""The history: all events in canonical order, and the state to which those that are not undone fold.

Last writer wins per field, undo, and two laptops that meet all come down to one rule: the state is the fold of the
events in canonical order `(hlc, device, id)`, leaving out the void ones.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

import msgspec

from kring.domain.events import COUNTER_BITS, Event, Key
from kring.domain.evolve import evolve
from kring.domain.facts import ParticipantListed, PlanRead, Undone
from kring.domain.plan import Plan, PlannedParticipant
from kring.domain.rows import Row
from kring.domain.state import EMPTY, State

STRIDE = 256


Mark = tuple[int, State]  # how many events were folded, and the state after them


class Change(msgspec.Struct, frozen=True):
    """What some events do: the state after them, the rows to write and the rows that no longer exist."""

    events: tuple[Event, ...]
    state: State
    rows: tuple[Row, ...]
    gone: tuple[Row, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def acts(self) -> list[Event]:
        """Return the events that stand for an act; of an act with several facts only the first one is told."""
        return [event for event in self.events if event.act is None]


class History:
    """The events of one session and the state they fold to; `change` looks ahead, `accept` makes it so."""

    def __init__(self) -> None:
        self.state = EMPTY
        self._by_id: dict[str, Event] = {}
        self.void: frozenset[str] = frozenset()
        self.last_hlc = 0
        self._last_at: dict[str, int] = {}
        self._events: list[Event] = []
        self._keys: list[Key] = []
        self._undone: list[Event] = []
        self._marks: list[Mark] = [(0, EMPTY)]

    @property
    def events(self) -> Sequence[Event]:
        """Return the events in canonical order."""
        return self._events

    def event(self, event_id: str) -> Event | None:
        """Return the event of this id."""
        return self._by_id.get(event_id)

    @property
    def plan(self) -> Plan | None:
        """Return the plan as it was read last, with everybody on its list."""
        read = next((e for e in reversed(self._events) if type(e.fact) is PlanRead and e.id not in self.void), None)
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

    def _note_moment(self, event: Event) -> None:
        self._last_at[event.device] = max(self._last_at.get(event.device, 0), event.at)

    def change(self, events: Iterable[Event]) -> Change:
        """Return what these events would do; the history stays as it is."""
        fresh = sorted((e for e in {e.id: e for e in events}.values() if e.id not in self._by_id), key=_key)
        if not fresh:
            return Change((), self.state, ())
        event = fresh[0]
        counts = type(event.fact) is not Undone and not is_void(event, self.void)
        if len(fresh) == 1 and counts and self._is_newest(event):
            rows = tuple(evolve(self.state, event))
            return Change((event,), self.state.put(rows), rows)
        return self._folded_again(fresh)

    def accept(self, change: Change) -> None:
        """Make a change of this very history its present."""
        if not change.events:
            return
        if len(change.events) == 1 and not change.marks and type(change.events[0].fact) is not Undone:
            event = change.events[0]
            if self._is_newest(event):
                self._append(event, change.state)
                return
        first = change.events[0]
        at_end = self._is_newest(first)
        undone = [e for e in change.events if type(e.fact) is Undone]
        place = len(self._keys) if at_end else bisect_left(self._keys, first.key)
        if undone:
            self._undone = sorted([*self._undone, *undone], key=_key)
            void = void_ids(self._undone)
            place = min(place, self.earliest(void ^ self.void, place))
            self.void = void
        self._events.extend(change.events)
        if at_end:  # and in order: `change` sorted them
            self._keys.extend([e.key for e in change.events])
        else:
            self._events.sort(key=_key)
            self._keys = [e.key for e in self._events]
        for event in change.events:
            self._by_id[event.id] = event
            self._note_moment(event)
        self.last_hlc = max(self.last_hlc, self._events[-1].hlc)
        self.state = change.state
        marks = [*(mark for mark in self._marks if mark[0] <= place), *change.marks]
        if len(self._events) - marks[-1][0] >= STRIDE:
            marks.append((len(self._events), self.state))
        self._marks = thinned(marks) if len(marks) != len(self._marks) else marks

    def _append(self, event: Event, state: State) -> None:
        self._events.append(event)
        self._keys.append(event.key)
        self._by_id[event.id] = event
        self._note_moment(event)
        self.last_hlc = event.hlc
        self.state = state
        if len(self._events) - self._marks[-1][0] >= STRIDE:
            self._marks = thinned([*self._marks, (len(self._events), state)])

    def state_at(self, at_ms: int) -> State:
        """Return the state as it stood at a moment (epoch ms), what was undone since then left out."""
        count = self.count_at(at_ms)
        folded, state = max((m for m in self._marks if m[0] <= count), key=lambda m: m[0])
        return fold(state, self._events[folded:count], self.void)

    def count_at(self, at_ms: int) -> int:
        """Return how many events stand before a moment (epoch ms), in their order."""
        return bisect_right(self._events, at_ms, key=lambda event: event.hlc >> COUNTER_BITS)

    def _is_newest(self, event: Event) -> bool:
        return not self._keys or event.key > self._keys[-1]

    def earliest(self, ids: Iterable[str], place: int) -> int:
        """Return where the first event of these ids, or of their acts, stands; `place` where none is before it."""
        wanted = set(ids)
        for number in range(len(self._events) - 1, -1, -1):
            if not wanted:
                break
            event = self._events[number]
            if event.id in wanted or event.act in wanted:
                wanted.discard(event.id)
                place = min(place, number)
        return place

    def _folded_again(self, fresh: list[Event]) -> Change:
        undone = [e for e in fresh if type(e.fact) is Undone]
        void = void_ids(sorted([*self._undone, *undone], key=_key)) if undone else self.void
        place = bisect_left(self._keys, fresh[0].key)
        place = min(place, self.earliest(void ^ self.void, place))
        folded, state = [mark for mark in self._marks if mark[0] <= place][-1]
        later = self._events[folded:]
        later = [*later, *fresh] if self._is_newest(fresh[0]) else sorted([*later, *fresh], key=_key)
        marks: list[Mark] = []
        done = 0
        for cut in _cuts(len(later)):
            state = fold(state, later[done:cut], void)
            done = cut
            marks.append((folded + cut, state))
        rows, gone = difference(self.state, state)
        return Change(tuple(fresh), state, rows, gone, tuple(marks[:-1]))


def thinned(marks: list[Mark]) -> list[Mark]:
    """Return the marks that are worth their memory: close together near the end, ever sparser before."""
    kept = [marks[-1]]
    gap = STRIDE
    for mark in reversed(marks[1:-1]):
        if marks[-1][0] - mark[0] >= gap:
            kept.append(mark)
            gap = 2 * (marks[-1][0] - mark[0])
    return [marks[0], *reversed(kept)] if marks[-1] is not marks[0] else marks


def _cuts(count: int) -> list[int]:
    """Return where to stop for a mark while folding so many events, the last cut at their end."""
    cuts = [count]
    gap = STRIDE
    while count - gap > 0:
        cuts.append(count - gap)
        gap *= 2
    return cuts[::-1]


def void_ids(undone: Sequence[Event]) -> frozenset[str]:
    """Return the ids of the events that don't count, given all `undone` events in canonical order."""
    void: set[str] = set()
    for event in reversed(undone):  # a later one decides whether an earlier one counts
        if event.id not in void and isinstance(event.fact, Undone):
            void.add(event.fact.event)
    return frozenset(void)


def fold(state: State, events: Iterable[Event], void: frozenset[str] = frozenset()) -> State:
    """Return the state after these events, in the order given, without the void ones."""
    draft = state.draft()
    for event in events:
        if not is_void(event, void):
            draft.settle(evolve(draft, event))
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


def _key(event: Event) -> Key:
    return event.key
