"""Whether times in a file are those of the day, by the hours of the session."""

from __future__ import annotations

from collections.abc import Sequence

from kring.imports.one_clock import DAY_MS
from kring.imports.parsed import Millis

AROUND_MS = 60 * 60_000
"""How long before and after a session its meeting may be open."""


def are_of_session(times: Sequence[Millis], hours: tuple[Millis, Millis] | None) -> bool:
    """Whether all times, as those of the day, lie in the hours of the session or around them; no where nobody knows."""
    if hours is None or not times:
        return False
    begins, ends = hours[0] - AROUND_MS, hours[1] + AROUND_MS
    return any(all(begins <= time + day <= ends for time in times) for day in (0, DAY_MS))
