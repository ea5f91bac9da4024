"""Going through the controlelijst: to the check that is next, to those of one person, and on from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kring.domain import lookup
from kring.domain.rows import CheckRow
from kring.domain.text import Refused
from kring.session.commands import BY_WORD
from kring.ui.views import technique
from kring.ui.widgets.line import line

if TYPE_CHECKING:
    from kring.ui.live.commands import Acting


class Checking:
    """The controlelijst of one live screen."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting
        self._came_to_gate = ""  # the gate to which the cursor went on by itself: no Enter too many may tick it

    def enter(self) -> None:
        """Go to the controlelijst, at the check that is to be ticked next."""
        self._acting.screen.show_tab("checks")
        self._came_to_gate = ""
        upcoming = technique.next_open(self._acting.session.state)
        self._acting.screen.set_focus(self._acting.screen.checks)
        if upcoming is not None:
            self._acting.screen.checks.show_entry(upcoming.id)

    def is_checking_in(self) -> bool:
        return (
            self._acting.screen.focused is self._acting.screen.checks
            and self._acting.session.state.session.phase in ("prepared", "lobby")
        )

    def go_to(self, seat: str) -> None:
        """Go to the first open check of the person on a seat; nobody has the floor yet, so digits are free for it."""
        state = self._acting.session.state
        try:
            person = lookup.person(state, seat)
        except Refused as refusal:
            self._acting.refuse(refusal)
            return
        theirs = [check for check in lookup.alive_checks(state) if check.participant == person.id]
        wanted = next((check for check in theirs if check.done_at is None), None)
        who = person.name or person.id
        if wanted is None:
            self._acting.refuse(Refused("{who}: nothing is open on the checklist.", who=who))
            return
        self._came_to_gate = ""
        self._acting.screen.checks.show_entry(wanted.id)
        self._acting.screen.say(line((f"{who}: ", "accent"), wanted.title))

    def tick(self, entry: tuple[str, CheckRow | None, int]) -> None:
        """Tick the check under the cursor and go on to the next one."""
        check = entry[1]
        if check is None:
            return
        before = check.done_at
        if before is None and check.id == self._came_to_gate:
            self._came_to_gate = ""
            self._acting.refuse(Refused("{check} is a gate: Enter once more ticks it.", check=check.title))
            return
        if self._acting.perform(BY_WORD["tick"], check.id) and before is None:
            upcoming = technique.next_open(self._acting.session.state)
            if upcoming is not None:
                self._acting.screen.checks.show_entry(upcoming.id)
                self._came_to_gate = upcoming.id if upcoming.gate else ""
