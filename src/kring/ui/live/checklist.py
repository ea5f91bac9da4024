"""Going through the checklist: to what is next, and on from one check to the next."""

from __future__ import annotations

from kring.domain.rows import CheckRow
from kring.domain.text import Refused
from kring.session.session import Session
from kring.ui.views import technique
from kring.ui.views.technique import CheckEntry
from kring.ui.widgets.line_list import LineList


class ChecklistCursor:
    """The cursor in the checklist of one live screen."""

    def __init__(self, checks: LineList[CheckEntry], session: Session) -> None:
        self._checks = checks
        self._session = session
        self._came_to_gate = ""  # the gate to which the cursor went on by itself: no Enter too many may tick it

    def enter(self) -> None:
        """Go to what is to be ticked next."""
        self._came_to_gate = ""
        upcoming = technique.next_entry(self._session.state)
        if upcoming is not None:
            self._checks.show_entry(upcoming[0])

    def require_meant(self, check: CheckRow) -> None:
        """Refuse once to tick a gate to which the cursor came by itself."""
        if check.done_at is None and check.id == self._came_to_gate:
            self._came_to_gate = ""
            raise Refused("{check} is a gate: Enter once more ticks it.", check=check.title)

    def go_on(self) -> None:
        """Go on to what is next, after a check was ticked."""
        state = self._session.state
        upcoming = technique.next_entry(state)
        if upcoming is not None:
            self._checks.show_entry(upcoming[0])
            check = state.checks.get(upcoming[0])
            self._came_to_gate = check.id if check is not None and check.gate else ""
