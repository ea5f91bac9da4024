"""The times in the columns of a table: the order of day and month of the whole file, and rows of another style."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from kring.domain.text import N_, Sentence
from kring.imports.dates import EVENING, Dates, Order, dates_of, time_of_day_ms
from kring.system.text_files import Unreadable

DAY_MS = 86_400_000
EPOCH_DAY = date(1970, 1, 1).toordinal()
_OTHER_DAY = N_("“{cell}” is of another day than the session.")
_NO_TIME = N_("“{cell}” is no time that can be read.")


class Times:
    """Reads the times of one file: with a day on the clock of the file, without one from midnight."""

    def __init__(self, values: Iterable[str], day: date | None) -> None:
        filled = [value for value in dict.fromkeys(values) if value]
        self._dates = dates_of(filled, day)
        self._strays: dict[str, int] = {}
        self._of_other_days: set[str] = set()
        if self._dates.problem is not None and not (day is not None and self._read_that_day(filled, day)):
            self._read_by_majority(filled, day)
        read = [found for value in filled if (found := self._dates.moment(value)) is not None]
        self._has_days = bool(read)
        self.is_utc = self._has_days and all(found.utc_ms is not None for found in read)
        """Whether all times say how far they are from UTC: then they count from 1970 in UTC."""

    def require(self) -> None:
        """Raise Unreadable where the dates cannot be read, with the reason."""
        if (problem := self._dates.problem) is not None:
            raise Unreadable(problem.template, **problem.values)

    def ms(self, cell: str) -> int | None:
        """Return the time in a cell, None where it holds none that can be read, or one of another day."""
        if cell in self._strays:
            return self._strays[cell]
        if self.is_of_other_day(cell):
            return None
        found = self._dates.moment(cell)
        if found is None:
            return None if self._has_days else time_of_day_ms(cell)
        return found.utc_ms if self.is_utc else found.ms

    def is_of_other_day(self, cell: str) -> bool:
        """Whether a cell holds a time that is not of the day of the session, in a file of several days."""
        return cell in self._of_other_days

    def why_not(self, cell: str) -> Sentence:
        """Return why there is no time in a cell."""
        return Sentence(_OTHER_DAY if self.is_of_other_day(cell) else _NO_TIME, {"cell": cell})

    def _read_that_day(self, values: list[str], day: date) -> bool:
        """Read what is of the day of the session, where a meeting was held on several days and one order reads all."""
        read = {order: _moments(values, order) for order in Order}
        near = {order: [value for value, ms in moments if _is_near(ms, day)] for order, moments in read.items()}
        best = max(Order, key=lambda order: len(near[order]))
        rivals = [order for order in Order if near[order] and set(near[order]) - set(near[best])]
        if not near[best] or rivals or len(read[best]) < max(len(moments) for moments in read.values()):
            return False
        dates = dates_of(near[best], day)
        if dates.problem is None:
            self._dates = dates
            self._of_other_days = {value for value, _ in read[best]} - set(near[best])
        return dates.problem is None

    def _read_by_majority(self, values: list[str], day: date | None) -> None:
        """Read by the order that fits most values; the others only where a single order puts them in that evening."""
        read = {order: _moments(values, order) for order in Order}
        best = max(Order, key=lambda order: len(read[order]))
        known = dict(read[best])
        rest = [value for value in values if value not in known]
        if len(rest) >= len(known):
            return
        dates = dates_of(known, day)
        if dates.problem is not None:
            return
        self._dates = dates
        for value in rest:
            if (stray := _in_evening(value, list(known.values()))) is not None:
                self._strays[value] = stray


def _moments(values: Iterable[str], order: Order) -> list[tuple[str, int]]:
    dates = Dates(order)
    return [(value, ms) for value in values if (ms := dates.wall_ms(value)) is not None]


def _is_near(ms: int, day: date) -> bool:
    return abs(date.fromordinal(EPOCH_DAY + ms // DAY_MS) - day) <= timedelta(days=1)


def _in_evening(value: str, known: list[int]) -> int | None:
    within = EVENING.total_seconds() * 1000
    readings = {moment.ms for order in Order if (moment := Dates(order).moment(value)) is not None}
    near = [ms for ms in readings if max(*known, ms) - min(*known, ms) <= within]
    return near[0] if len(near) == 1 else None
