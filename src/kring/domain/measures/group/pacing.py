"""A proposal that makes the time to come fit the planned end: what to shorten or to skip, minute by minute.

Key questions, questions that must be asked, breaks and the ending keep their time as far as there is any other (Krueger
& Casey, "Focus Groups", 2015: a guide is timed backwards from its key questions). What is proposed depends on nothing
but the state and the moment, and proposing again after it was accepted proposes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from kring.domain.measures.group.time_to_come import MINUTE_S, Coming, time_to_come
from kring.domain.measures.session_time import SessionTime, session_time
from kring.domain.state import State
from kring.domain.text import whole_s

BEHIND_MS = 60_000
"""Who is less behind needs no proposal."""
AHEAD_MS = 180_000
"""Sections rarely end at their second: less time over is a margin, and nothing to be filled."""
WORSE_MS = 120_000
"""What was decided on is announced again when it is so much worse."""

Pins = Mapping[str, int | None]
"""What somebody chose for a line, by the id of its item: so many seconds, or None = skipped."""


class Paced(msgspec.Struct, frozen=True):
    """A line to come, and what it would get: so many seconds, or None = it is skipped; `by_hand` = by choice."""

    line: Coming
    becomes_s: int | None
    by_hand: bool = False

    @property
    def now_s(self) -> int:
        """Return what it gets now."""
        return 0 if self.line.is_skipped else self.line.left_s

    @property
    def by_s(self) -> int:
        """Return how much longer it would be, below zero shorter."""
        return (self.becomes_s or 0) - self.now_s

    @property
    def is_changed(self) -> bool:
        """Whether it would be another one than now; what ends at a fixed time only gets what is left before that."""
        return self.line.until_s is None and (bool(self.by_s) or (self.becomes_s is None) != self.line.is_skipped)

    @property
    def is_shown(self) -> bool:
        """Whether it stands in the table: what has no time, and gets none, says nothing there."""
        return bool(self.now_s) or self.is_changed or self.line.until_s is not None


class Proposal(msgspec.Struct, frozen=True):
    """The time to come as it is and as it would be; lengths in seconds from `now` (epoch ms) on.

    `planned_s` is the planned end as far from the end of the lines as the session is behind or ahead (`session_time`),
    `planned_end` the same as a moment (epoch ms).
    """

    now: int
    lines: tuple[Paced, ...]
    planned_s: int
    planned_end: int

    @property
    def end_s(self) -> int:
        """Return when the last line is over as things stand."""
        return sum(one.now_s for one in self.lines)

    @property
    def becomes_s(self) -> int:
        """Return when the last line would be over."""
        return sum(one.becomes_s or 0 for one in self.lines)

    @property
    def ends_at(self) -> int:
        """Return when the session is over as things stand, epoch ms."""
        return self.planned_end + self.over_s * 1000

    @property
    def becomes_at(self) -> int:
        """Return when it would be over, epoch ms."""
        return self.planned_end + self.still_over_s * 1000

    @property
    def over_s(self) -> int:
        """Return how far the end is behind the plan as things stand, below zero ahead of it."""
        return self.end_s - self.planned_s

    @property
    def still_over_s(self) -> int:
        """Return how far it would be behind the plan."""
        return self.becomes_s - self.planned_s

    @property
    def changed(self) -> list[Paced]:
        """Return the lines that would be others than now."""
        return [one for one in self.lines if one.is_changed]

    def of(self, item_id: str) -> Paced | None:
        """Return the line of an item."""
        return next((one for one in self.lines if one.line.item.id == item_id), None)


def is_due(state: State, now: int, time: SessionTime | None = None) -> bool:
    """Whether to announce a proposal: a minute behind or three ahead, and not so already when one was decided on."""
    over_ms = (session_time(state, now) if time is None else time).over_ms
    if state.session.phase != "live" or state.open_pause is not None or over_ms is None:
        return False
    if (last := next(reversed(state.pacing.values()), None)) is not None:
        known_s = last.still_over_s if last.accepted else last.over_s
        if known_s and abs(over_ms - known_s * 1000) < WORSE_MS:
            return False
    return over_ms >= BEHIND_MS or over_ms <= -AHEAD_MS


def proposal(state: State, now: int, pins: Pins | None = None) -> Proposal | None:
    """Return what makes the time to come fit the planned end, around what was chosen by hand; None without such an end.

    Behind: first what questions leave over of their sections, then what is not guarded down to its minimum, a minute at
    a time from whatever has most above it; only where that is too little, the last lines that may go are skipped, and
    then the guarded ones get the shortest of their range. Ahead: what was skipped comes back, then what was shortened
    gets its time back, and key questions get the rest.
    """
    time = session_time(state, now)
    if time.planned_end is None or time.over_ms is None or state.session.phase != "live":
        return None
    pins, lines = pins or {}, time_to_come(state, now)
    paced = tuple(Paced(one, None if one.is_skipped else one.left_s) for one in lines)
    planned_s = sum(one.now_s for one in paced) - whole_s(time.over_ms)
    as_is = Proposal(now, paced, planned_s, time.planned_end)
    if not pins and -AHEAD_MS < as_is.over_s * 1000 < BEHIND_MS:
        return as_is
    found = _Search(lines, as_is.planned_s, pins)
    if found.over_s > 0:
        found.shorten()
    found.bring_back()
    found.lengthen()
    return replace(as_is, lines=found.paced())


class _Search:
    """The lines to come while a proposal is made: how long each is, and which are skipped."""

    def __init__(self, lines: Sequence[Coming], planned_s: int, pins: Pins) -> None:
        self._lines = lines
        self._planned_s = planned_s
        self._pinned = {place for place, line in enumerate(lines) if line.item.id in pins and not line.is_rest}
        self._skipped = {place for place, line in enumerate(lines) if line.is_skipped}
        self._lengths = [0 if line.is_skipped else line.left_s for line in lines]
        for place in self._pinned:
            length = pins[lines[place].item.id]
            self._lengths[place] = length or 0
            (self._skipped.add if length is None else self._skipped.discard)(place)
        self._let_go_along()

    @property
    def over_s(self) -> int:
        return self._over_s(self._lengths)

    def paced(self) -> tuple[Paced, ...]:
        lengths = _lasting_s(self._lines, self._lengths)
        return tuple(
            Paced(line, None if place in self._skipped else lengths[place], place in self._pinned)
            for place, line in enumerate(self._lines)
        )

    def shorten(self) -> None:
        """Shorten and skip until the end is not behind the plan, or nothing is left that may go."""
        free = self._free(lambda line: not line.guard)
        guarded = self._free(lambda line: bool(line.guard) and line.until_s is None)
        may_go = [place for place in free if not self._lines[place].is_rest and not self._lines[place].is_open]
        gone: list[int] = []
        while may_go and self._least_over_s(free, gone) > 0:
            gone.append(may_go.pop())
        if self._least_over_s(free, gone) <= 0:
            for place in list(gone):
                others = [one for one in gone if one != place]
                gone = others if self._least_over_s(free, others) <= 0 else gone
        else:
            gone = [place for place in gone if self._matters(free, gone, place)]
        for place in gone:
            self._lengths[place] = 0
            self._skipped.add(place)
        self._let_go_along()
        left = [place for place in free if place not in gone]
        self._take([place for place in left if self._lines[place].is_rest])
        self._take(left)
        self._take(guarded)

    def _let_go_along(self) -> None:
        """Let what sections leave over go with the last of their questions, where it does."""
        lines = list(enumerate(self._lines))
        kept = {line.section.id for place, line in lines if place not in self._skipped and not line.is_rest}
        for place, line in lines:
            if line.goes_along and line.section.id not in kept:
                self._lengths[place] = 0

    def bring_back(self) -> None:
        """Bring back what was skipped and fits: what must be asked first, then key questions, then in order."""
        order = ("must_ask", "key", "ending", "")
        skipped = self._free(lambda line: bool(line.left_s), skipped=True)
        for place in sorted(skipped, key=lambda one: order.index(self._lines[one].guard)):
            lengths = self._with_back(place)
            if self._over_s(lengths) <= 0:
                self._lengths = lengths
                self._skipped.discard(place)

    def _with_back(self, place: int) -> list[int]:
        """Return the lengths with a line that is skipped now; what its section had over for it goes first."""
        line, lengths = self._lines[place], list(self._lengths)
        lengths[place] = line.left_s
        for other, one in enumerate(self._lines):
            if one.is_rest and one.section.id == line.section.id:
                least_s = min(one.least_s, lengths[other]) if one.guard else 0
                lengths[other] = max(least_s, lengths[other] - line.left_s)
        return lengths

    def lengthen(self) -> None:
        """Give what is over: back to what was shortened before, then to key questions, else to any question."""
        self._give(self._lengthy({"key", "must_ask", "ending", ""}), until_whole=True)
        for guards in ({"key"}, {"must_ask", ""}, {"ending"}):
            self._give(self._lengthy(guards))

    def _free(self, which: Callable[[Coming], bool], *, skipped: bool = False) -> list[int]:
        places = range(len(self._lines))
        return [
            place
            for place in places
            if place not in self._pinned and (place in self._skipped) == skipped and which(self._lines[place])
        ]

    def _lengthy(self, guards: set[str]) -> list[int]:
        free = self._free(lambda line: line.guard in guards and not line.is_rest)
        return [place for place in free if self._lengths[place]]

    def _with(self, place: int, length: int) -> list[int]:
        return [*self._lengths[:place], length, *self._lengths[place + 1 :]]

    def _over_s(self, lengths: Iterable[int]) -> int:
        return sum(_lasting_s(self._lines, lengths)) - self._planned_s

    def _least_over_s(self, free: Sequence[int], gone: Sequence[int]) -> int:
        """Return how far the end is behind with some lines skipped and the free ones at their minimum."""
        lengths = list(self._lengths)
        for place in free:
            lengths[place] = 0 if place in gone else min(lengths[place], self._lines[place].least_s)
        return self._over_s(lengths)

    def _matters(self, free: Sequence[int], gone: Sequence[int], place: int) -> bool:
        others = [one for one in gone if one != place]
        return self._least_over_s(free, others) > self._least_over_s(free, gone)

    def _take(self, places: Sequence[int]) -> None:
        """Take what is needed, a minute at a time, from the line with most above its minimum; of equals the last."""
        left = list(places)
        while left and (over_s := self.over_s) > 0:
            place = max(left, key=lambda one: (self._lengths[one] - self._lines[one].least_s, one))
            room_s = self._lengths[place] - self._lines[place].least_s
            step = min(room_s, over_s % MINUTE_S or MINUTE_S)
            gain = over_s - self._over_s(self._with(place, self._lengths[place] - step)) if step > 0 else 0
            if gain <= 0:
                left.remove(place)
            else:
                self._lengths[place] -= gain

    def _give(self, places: Sequence[int], *, until_whole: bool = False) -> None:
        """Give what is over, a minute at a time, to the line that got least; of equals the first."""
        left = list(places)
        while left and (over_s := self.over_s) < 0:
            place = min(left, key=lambda one: (self._lengths[one] - self._lines[one].left_s, one))
            most = max(0, self._lines[place].whole_s - self._lengths[place]) if until_whole else -over_s
            step = min(most, -over_s % MINUTE_S or MINUTE_S)
            if step <= 0 or self._over_s(self._with(place, self._lengths[place] + step)) != over_s + step:
                left.remove(place)
            else:
                self._lengths[place] += step


def _lasting_s(lines: Sequence[Coming], lengths: Iterable[int]) -> list[int]:
    """Return how long lines of these lengths last; one that ends at a fixed time gets what those before it leave."""
    found: list[int] = []
    end = 0
    for line, length in zip(lines, lengths, strict=True):
        found.append(length if line.until_s is None else max(0, line.until_s - end))
        end += found[-1]
    return found
