"""Times in the order of arrival, each by the clock of its sender, put on one clock that never goes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kring.domain.text import N_, Sentence
from kring.imports.parsed import Millis

DAY_MS = 86_400_000
_HALF_A_DAY_MS = DAY_MS // 2
_SLOW_CLOCK_MS = 30 * 60_000  # a sender's clock that is further behind all the others is another evening
_NIGHT_MS, _CLOCKS_BACK_MS = 4 * 3_600_000, 61 * 60_000
"""Until so late clocks go back by an hour once a year, which is no other evening."""
_LOOK_AHEAD = 3


class OneClock(NamedTuple):
    """Times in order; how many stood before the one above them, and at which of them another evening begins."""

    times: list[Millis]
    put_right: int
    begins_again: list[int]

    def warnings(self, lines: Sequence[int]) -> tuple[Sentence, ...]:
        """Return what to say of the clock; `lines` are where the times stand in the file."""
        told = [Sentence(_AGAIN, {"line": lines[index]}) for index in self.begins_again]
        if self.put_right:
            told.append(Sentence(_BACK, {"n": self.put_right}))
        return tuple(told)


_BACK = N_("Times earlier than the one above: {n}. Clocks of senders differ; all stay in the order of the file.")
_AGAIN = N_("From line {line} on the file holds another evening, later than what is above it.")


def on_one_clock(times: Sequence[Millis], *, of_day: bool) -> OneClock:
    """Return times that never go back in an evening; times `of_day` count on past midnight.

    Half a day back is midnight. Where the clock goes back by less, and all that follows stays behind too, another
    evening was saved in the same file: it is put a day later, so that the two are never mixed.
    """
    placed: list[Millis] = []
    put_right, begins_again, day, top = 0, [], 0, times[0] if times else 0
    for index, time in enumerate(times):
        moment = time + day * DAY_MS
        if of_day and top - moment > _HALF_A_DAY_MS:
            day += 1
            moment += DAY_MS
        elif of_day and day and moment - top > _HALF_A_DAY_MS:  # a slow clock for which it is not midnight yet
            moment -= DAY_MS
        elif of_day and _stays_behind(times[index : index + _LOOK_AHEAD], top - day * DAY_MS):
            day += 1
            moment += DAY_MS
            begins_again.append(index)
        if moment < top and (of_day or top - moment <= _HALF_A_DAY_MS):  # further back it is another evening
            put_right += 1
            moment = top
        top = moment
        placed.append(moment)
    return OneClock(placed, put_right, begins_again)


def _stays_behind(times: Sequence[Millis], top: Millis) -> bool:
    slow = _CLOCKS_BACK_MS if top % DAY_MS < _NIGHT_MS else _SLOW_CLOCK_MS
    return len(times) > 1 and all(slow < top - time <= _HALF_A_DAY_MS for time in times)
