"""What one key does about each thing that is open at the end of a session."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from kring.commands.command import Command
from kring.commands.table import OF_LIVE
from kring.domain.decide.ending import OpenPoint, PointKind
from kring.domain.text import N_


class Solution(msgspec.Struct, frozen=True):
    """A key, what it does, and the command that does it.

    `is_of_row` = the row is the first answer to what the command asks; `is_all` = nothing is to be said or done after
    it, so that the other points can be seen to at once.
    """

    key: str
    label: str
    command: Command
    is_of_row: bool = True
    is_all: bool = False

    def answers(self, point: OpenPoint) -> tuple[str, ...]:
        """Return what the command needs no longer ask."""
        return (point.row,) if self.is_of_row else ()


SOLUTIONS: Mapping[PointKind, Solution] = {
    "question": Solution("g", N_("ask it now"), OF_LIVE.named("go")),
    "recording": Solution("R", N_("stop recording"), OF_LIVE.named("record"), is_of_row=False),
    "platform": Solution("r", N_("it stopped"), OF_LIVE.named("recording"), is_of_row=False, is_all=True),
    "waiting": Solution("a", N_("attendance"), OF_LIVE.named("attend")),
    "issue": Solution("v", N_("solved"), OF_LIVE.named("solved")),
    "stub": Solution("e", N_("complete"), OF_LIVE.named("edit")),
    "parked": Solution("p", N_("was raised"), OF_LIVE.named("raise"), is_all=True),
}
"""By kind of point; the keys are those of the talk where `y`, `j` and `n` leave them free."""
