"""What stands beside the notes where a screen is wide enough: the checks of now, technical issues, the chat."""

from __future__ import annotations

from collections.abc import Callable

from kring.domain.check_grid import is_settled
from kring.domain.lookup import current_phase
from kring.domain.measures.group.chat import contributions
from kring.domain.time_text import time_of_day
from kring.domain.words import called
from kring.system.i18n import _
from kring.ui.views import technique
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.line import EMPTY, Line, cut, line, wrap

MOST_ISSUES = 4


def lines(moment: LiveMoment, sealed: Callable[[str], str], room: int, height: int) -> list[Line]:
    """Return it for a room of this size: technical issues and chat as a whole, of the checks as many as fit.

    `sealed` hides in a text the names of who withdrew.
    """
    issues, chat = _issues(moment, room), _chat(moment, sealed, room)
    checks = _checks(moment, room)
    left = max(height - len(issues) - len(chat), 2)
    if len(checks) > left:
        more = line(("    " + _("… {n} more").format(n=len(checks) - left + 1), "muted"))
        checks = [*checks[: left - 1], more]
    return [*checks, *issues, *chat][:height]


def _checks(moment: LiveMoment, room: int) -> list[Line]:
    """Return the checks of this phase, those that are open first."""
    state = moment.state
    heading = f"phase:{current_phase(state)}"
    found: list[technique.CheckEntry] = []
    is_of_now = False
    for entry in technique.check_entries(state):
        if entry[0].startswith("phase:"):
            is_of_now = entry[0] == heading
        elif is_of_now:
            found.append(entry)
    found.sort(key=lambda entry: entry[1] is not None and is_settled(entry[1]))
    rows = [technique.entry_line(state, entry, room) for entry in found]
    return [line((technique.checklist_title(state), "bold")), *rows, EMPTY]


def _issues(moment: LiveMoment, room: int) -> list[Line]:
    told = technique.issues(moment, room, MOST_ISSUES)
    return [cut(line((technique.contact(moment.state), "bold")), room), *told, EMPTY]


def _chat(moment: LiveMoment, sealed: Callable[[str], str], room: int) -> list[Line]:
    """Return what was written in the chat on the question that is open; nothing where nobody wrote."""
    state, item = moment.state, moment.state.current_item
    written = contributions(state, item.id) if item is not None else []
    if not written:
        return []
    names = dict.fromkeys(called(state, note.participant) or "?" for note in written)
    rows = [line((_("in the chat on this question: {names}").format(names=", ".join(names)), "bold"))]
    for note in written:
        who, at = called(state, note.participant) or "?", time_of_day(state, note.at, seconds=True)
        rows += wrap(line((at + "  ", "muted"), (f"{who}  ", "bold"), sealed(note.text)), room, hang=10)
    return rows
