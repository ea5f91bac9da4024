"""The times in the columns of a table: the order of day and month of the whole file, and rows of another style."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kring.imports.dates import EVENING, Dates, Order, dates_of, time_of_day_ms
from kring.system.text_files import Unreadable

DAY_MS = 86_400_000


class Times:
    """Reads the times of one file: with a day on the clock of the file, without one from midnight."""

    def __init__(self, values: Iterable[str], day: date | None) -> None:
        filled = [value for value in dict.fromkeys(values) if value]
        self._dates = dates_of(filled, day)
        self._strays: dict[str, int] = {}
        if self._dates.problem is not None:
            self._read_by_majority(filled, day)

    def require(self) -> None:
        """Raise Unreadable where the dates cannot be read, with the reason."""
        if (problem := self._dates.problem) is not None:
            raise Unreadable(problem.template, **problem.values)

    def ms(self, cell: str) -> int | None:
        """Return the time in a cell, None where it holds none that can be read."""
        if cell in self._strays:
            return self._strays[cell]
        found = self._dates.wall_ms(cell)
        return time_of_day_ms(cell) if found is None else found

    def _read_by_majority(self, values: list[str], day: date | None) -> None:
        """Read by the order that fits most values; the others only where a single order puts them in that evening."""
        read = {order: [value for value in values if Dates(order).moment(value) is not None] for order in Order}
        best = max(Order, key=lambda order: len(read[order]))
        rest = [value for value in values if value not in set(read[best])]
        if len(rest) >= len(read[best]):
            return
        dates = dates_of(read[best], day)
        known = [ms for value in read[best] if (ms := dates.wall_ms(value)) is not None]
        if dates.problem is not None or not known:
            return
        self._dates = dates
        for value in rest:
            if (stray := _in_evening(value, known)) is not None:
                self._strays[value] = stray


def _in_evening(value: str, known: list[int]) -> int | None:
    within = EVENING.total_seconds() * 1000
    readings = {moment.ms for order in Order if (moment := Dates(order).moment(value)) is not None}
    near = [ms for ms in readings if max(*known, ms) - min(*known, ms) <= within]
    return near[0] if len(near) == 1 else None
