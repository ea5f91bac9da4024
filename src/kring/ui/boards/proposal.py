"""The proposal for the time to come: what to shorten or skip, changed row by row, accepted or declined."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kring.commands import pacing as typed
from kring.commands import table
from kring.domain.decide.group.pacing import proposed
from kring.domain.measures.group.pacing import Proposal, proposal
from kring.domain.state import State
from kring.domain.text import KringError
from kring.system.i18n import _
from kring.ui.boards.board import ListBoard
from kring.ui.command_runner import Outcome
from kring.ui.views import proposal as views
from kring.ui.views.live_moment import LiveMoment
from kring.ui.views.proposal import Shown
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import EMPTY, Line, line

ROWS_FOR_HEAD, ROWS_FOR_SUM, ROWS_FOR_STRIPS = 3, 7, 12
"""From which height on there is more than rows."""
SECOND_MS = 1_000


class ProposalBoard(ListBoard[Shown]):
    """Each line to come with its time now and by the proposal; it is worked out anew each second."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._chosen: typed.Chosen = {}
        self._known: tuple[State, int, typed.Chosen, Proposal | None] | None = None

    def begin(self, moment: LiveMoment, text: str) -> Line | None:
        self._chosen = {}
        found = proposed(moment.state, moment.now)
        if found.changed:
            self.cursor = found.changed[0].line.item.id
        return None

    def entries(self, moment: LiveMoment) -> Sequence[Shown]:
        found = self._found(moment.state, moment.now)
        return views.rows(found) if found is not None else []

    def identity(self, entry: Shown) -> str:
        return entry.paced.line.item.id + ("+" if entry.paced.line.is_rest else "")

    def row(self, moment: LiveMoment, entry: Shown, room: int) -> Line:
        return views.row(moment.state, entry, room)

    def lines(self, moment: LiveMoment, room: int, height: int) -> list[Line]:
        found = self._found(moment.state, moment.now)
        if found is None:
            return [line((_("Nothing is proposed: the session does not run, or its plan has no end."), "muted"))]
        wide, state = room - 2, moment.state
        above = [line("  ", *views.head(state, found, wide))] if height >= ROWS_FOR_HEAD else []
        below = [line("  ", *views.total(found, wide))] if height >= ROWS_FOR_SUM else []
        heading = [line("  ", *views.heading(wide))] if height >= ROWS_FOR_SUM else []
        strips = [line("  ", *one) for one in views.strips(state, found, wide)] if height >= ROWS_FOR_STRIPS else []
        is_airy = height >= len(above) + len(strips) + len(heading) + len(below) + len(views.rows(found)) + 2
        blank = [EMPTY] if strips and is_airy else []
        above += [*blank, *strips, *blank, *heading]
        return [*above, *super().lines(moment, room, height - len(above) - len(below)), *below]

    def mode(self, moment: LiveMoment) -> Line:
        chosen = self.chosen(self.entries(moment))
        item = chosen.paced.line.item if chosen is not None else None
        who = (item.number or item.title) if item is not None else ""
        told = _("digits give the floor, + and - are for this row")
        return line((_("proposal") + " › ", "muted"), (who, "bold"), ("  " + told, "muted"))

    def keys(self, moment: LiveMoment) -> Sequence[KeyHint]:
        return [
            KeyHint("Enter", _("accept"), 9),
            KeyHint("+ -", _("minutes"), 8),
            KeyHint("s", _("skip or keep"), 6),
            KeyHint("Esc", _("decline"), 7),
            KeyHint("↑↓", _("choose"), 5),
            KeyHint(_("space"), _("nobody"), 4),
        ]

    def press(self, key: str) -> bool:
        match key:
            case "enter":
                self._decide("accept")
            case "escape":
                self._decide("decline")
            case "plus" | "minus" | "s":
                self._change(key)
            case "space":
                self.runner.do(table.FLOOR, "nobody")
            case _:
                return super().press(key)
        return True

    def _decide(self, word: str) -> None:
        """Accept or decline it; where nothing is proposed there is nothing to decline."""
        found = self._found(self.session.state, self.session.now())
        decides = word == "accept" or (found is not None and bool(found.changed))
        if not decides or self.runner.do(table.PACE, word, self._as_typed()) is not Outcome.REFUSED:
            self.leave()

    def _as_typed(self) -> str:
        """Return what was chosen as a typed line says it."""
        said = {item: "skip" if s is None else f"{s // 60}:{s % 60:02}" for item, s in self._chosen.items()}
        return ", ".join(f"{item} {word}" for item, word in said.items())

    def _change(self, key: str) -> None:
        found = self._found(self.session.state, self.session.now())
        chosen = self.chosen(views.rows(found)) if found is not None else None
        if chosen is None:
            return
        paced = chosen.paced
        if key != "s":
            change = typed.Change(1 if key == "plus" else -1, 60)
        else:
            change = typed.Change(0, paced.line.left_s if paced.becomes_s is None else None)
        try:
            self._chosen = {**self._chosen, paced.line.item.id: typed.changed(paced, change)}
        except KringError as problem:
            self.screen.refuse(problem)

    def _found(self, state: State, now: int) -> Proposal | None:
        """Return the proposal at this second; what was chosen of a line that is held or gone counts no longer."""
        second = now // SECOND_MS
        if self._known is None or self._known[:3] != (state, second, self._chosen):
            found = proposal(state, now, self._chosen)
            if found is not None:
                self._chosen = {item: length for item, length in self._chosen.items() if found.of(item) is not None}
            self._known = state, second, self._chosen, found
        return self._known[3]
