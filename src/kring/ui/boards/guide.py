"""The whole guide, to look ahead and back in and to jump from; it has the lower part while there are no notes yet."""

from __future__ import annotations

from collections.abc import Sequence

from kring.commands import table
from kring.domain.rows import GuideRow
from kring.system.i18n import _
from kring.ui.boards.board import ListBoard
from kring.ui.views import guide
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import Line, line


class GuideBoard(ListBoard[GuideRow]):
    """Every question and break in order; Enter goes there."""

    def entries(self, moment: LiveMoment) -> Sequence[GuideRow]:
        return guide.outline(moment)

    def identity(self, entry: GuideRow) -> str:
        return entry.id

    def row(self, moment: LiveMoment, entry: GuideRow, room: int) -> Line:
        return guide.outline_row(moment, entry, room)

    def lines(self, moment: LiveMoment, room: int, height: int) -> list[Line]:
        if not self.has_keys and moment.state.current_item is not None:
            self.cursor = moment.state.current_item.id
        return super().lines(moment, room, height)

    def mode(self, moment: LiveMoment) -> Line:
        chosen = self.chosen(self.entries(moment))
        return line((_("go to") + " › ", "muted"), (f"{chosen.number} {chosen.title}" if chosen else "", "bold"))

    def keys(self, moment: LiveMoment) -> Sequence[KeyHint]:
        return [KeyHint("Enter", _("go to"), 9), KeyHint("↑↓", _("choose"), 8), KeyHint("Esc", _("leave"), 7)]

    def press(self, key: str) -> bool:
        if key != "enter":
            return super().press(key)
        if self.cursor:
            self.runner.do(table.GO, self.cursor)
        return True
