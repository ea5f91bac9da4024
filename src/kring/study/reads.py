"""Whether one more session file is read: for as long as somebody waits, or nobody notices that they do."""

from __future__ import annotations

import time
from collections.abc import Callable

Reads = Callable[[int, int], bool]
"""Asked before a session file is read that is not known: at which of how many, and whether to go on."""
AT_ONCE_S = 0.3


def read_all(_place: int, _of: int) -> bool:
    """Whether to go on: always."""
    return True


def for_a_moment() -> Reads:
    """Return whether to read one more session file: as long as nobody notices that they wait."""
    until = time.monotonic() + AT_ONCE_S
    return lambda _place, _of: time.monotonic() < until
