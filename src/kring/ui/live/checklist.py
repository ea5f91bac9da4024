"""Going through the checklist: to the check that is next, to those of one person, and on from one to the next."""

from __future__ import annotations

from kring.domain import lookup
from kring.domain.rows import CheckRow
from kring.domain.text import Refused
from kring.session.session import Session
from kring.ui.views import technique
from kring.ui.widgets.line import Line, line
from kring.ui.widgets.line_list import LineList

CheckEntry = tuple[str, CheckRow | None, int]


class ChecklistCursor:
    """The cursor in the checklist of one live screen."""

    def __init__(self, checks: LineList[CheckEntry], session: Session) -> None:
        self._checks = checks
        self._session = session
        self._came_to_gate = ""  # the gate to which the cursor went on by itself: no Enter too many may tick it

    def enter(self) -> None:
        """Go to the check that is to be ticked next."""
        self._came_to_gate = ""
        upcoming = technique.next_open(self._session.state)
        if upcoming is not None:
            self._checks.show_entry(upcoming.id)

    def go_to(self, seat: str) -> Line:
        """Go to the first open check of the person on a seat, and say which it is; refuse where there is none."""
        state = self._session.state
        person = lookup.person(state, seat)
        theirs = [check for check in lookup.alive_checks(state) if check.participant == person.id]
        wanted = next((check for check in theirs if check.done_at is None), None)
        who = person.name or person.id
        if wanted is None:
            raise Refused("{who}: nothing is open on the checklist.", who=who)
        self._came_to_gate = ""
        self._checks.show_entry(wanted.id)
        return line((f"{who}: ", "accent"), wanted.title)

    def require_meant(self, check: CheckRow) -> None:
        """Refuse once to tick a gate to which the cursor came by itself."""
        if check.done_at is None and check.id == self._came_to_gate:
            self._came_to_gate = ""
            raise Refused("{check} is a gate: Enter once more ticks it.", check=check.title)

    def go_on(self) -> None:
        """Go on to the check that is next, after one was ticked."""
        upcoming = technique.next_open(self._session.state)
        if upcoming is not None:
            self._checks.show_entry(upcoming.id)
            self._came_to_gate = upcoming.id if upcoming.gate else ""
