"""One thing that somebody of the team does in a rehearsal, as a typed command."""

from __future__ import annotations

from typing import Literal, NamedTuple

Who = Literal["moderator", "assistant"]

SECOND = 1000
MINUTE = 60 * SECOND


class Step(NamedTuple):
    """A command at a moment, in ms after the planned start."""

    at_ms: int
    who: Who
    line: str
