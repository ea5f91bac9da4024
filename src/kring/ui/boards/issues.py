"""The technical issues: what is wrong with the sound, what is open and for how long; Enter says that one is over."""

from __future__ import annotations

from collections.abc import Sequence

from kring.commands import table
from kring.domain.rows import IssueRow
from kring.system.i18n import _
from kring.ui.boards.board import ListBoard
from kring.ui.views import sound, technique
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import Line, line


class IssuesBoard(ListBoard[IssueRow]):
    """All technical issues, open ones first."""

    def entries(self, moment: LiveMoment) -> Sequence[IssueRow]:
        return technique.in_order(moment.state)

    def identity(self, entry: IssueRow) -> str:
        return entry.id

    def row(self, moment: LiveMoment, entry: IssueRow, room: int) -> Line:
        return technique.issue_line(moment, entry, room)

    def lines(self, moment: LiveMoment, room: int, height: int) -> list[Line]:
        heard = sound.warnings(moment.state, moment.recorder, room - 2)[: max(height // 2, 1)]
        drawn = super().lines(moment, room, max(height - len(heard), 1))
        nothing = [line(("  " + _("No technical issues."), "muted"))] if not heard and not drawn else []
        return [*[line("  ", *row) for row in heard], *drawn, *nothing]

    def mode(self, moment: LiveMoment) -> Line:
        chosen = self.chosen(self.entries(moment))
        return line((_("technical issue") + " › ", "muted"), (chosen.title if chosen else "", "bold"))

    def keys(self, moment: LiveMoment) -> Sequence[KeyHint]:
        return [KeyHint("Enter", _("solved"), 9), KeyHint("↑↓", _("choose"), 8), KeyHint("Esc", _("leave"), 7)]

    def press(self, key: str) -> bool:
        if key != "enter":
            return super().press(key)
        if self.cursor:
            self.runner.run(table.SOLVED, self.cursor)
        return True
