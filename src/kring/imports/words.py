"""The words for what a file is: what its clock counts, and whom a name in it means."""

from __future__ import annotations

from kring.domain.state import State
from kring.domain.text import N_
from kring.domain.words import called
from kring.imports.names import Choice
from kring.imports.parsed import Clock
from kring.imports.preview import Match
from kring.system.i18n import _

CLOCKS: dict[Clock, str] = {
    Clock.UTC: N_("moments in universal time"),
    Clock.WALL: N_("date and time of day"),
    Clock.TIME_OF_DAY: N_("time of day"),
    Clock.RECORDING: N_("counts from the beginning of a recording"),
    Clock.NONE: N_("no times"),
}


def meant(state: State, choice: Choice | Match) -> str:
    """Return in words whom a name means."""
    match choice.who:
        case "participant":
            name = called(state, choice.participant)
            return name if name == choice.participant else f"{name} {choice.participant}"
        case "moderator":
            return _("moderator")
        case "team":
            return _("of the team")
        case "left_out":
            return _("left out")
    return _("not on the list")
