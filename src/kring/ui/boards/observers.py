"""The questions of observers: new ones to filter, each with one key, then what became of the others."""

from __future__ import annotations

from collections.abc import Sequence

from kring.commands.watched import observers as commands
from kring.domain.rows import ObserverQuestionRow, QuestionStatus
from kring.domain.tellers.observers import SHOWN_WORDS
from kring.domain.time_text import time_of_day
from kring.observing import watchers
from kring.observing.questions import STATUS_WORDS, in_order
from kring.system.i18n import _
from kring.ui.boards.board import ListBoard
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import Line, line, spread

_LOOKS: dict[QuestionStatus, str] = {"new": "need", "accepted": "ok", "asked": "muted", "declined": "muted"}


class ObserversBoard(ListBoard[ObserverQuestionRow]):
    """All questions of observers; above them stands which notes observers see."""

    _looked_in = -1
    _names: tuple[str, ...] = ()

    def entries(self, moment: LiveMoment) -> Sequence[ObserverQuestionRow]:
        return in_order(moment.state)

    def _text(self, entry: ObserverQuestionRow) -> str:
        return self.session.sealing.text(entry.text)

    def identity(self, entry: ObserverQuestionRow) -> str:
        return entry.id

    def row(self, moment: LiveMoment, entry: ObserverQuestionRow, room: int) -> Line:
        why = f": {entry.reason}" if entry.reason else ""
        became = f"{_(STATUS_WORDS[entry.status])}{why} {time_of_day(moment.state, entry.at)} "
        told = line((f"{entry.number:>2} ", "muted"), (f"{entry.asked_by}: ", "bold"), self._text(entry))
        return spread(told, line((became, _LOOKS[entry.status])), room)

    def lines(self, moment: LiveMoment, room: int, height: int) -> list[Line]:
        told = line(("  " + _(SHOWN_WORDS[moment.state.session.observers_see]) + self._who_watch(moment), "muted"))
        drawn = super().lines(moment, room, max(height - 1, 1))
        nothing = line(("  " + _("No observer asked anything yet."), "muted"))
        return [told, *(drawn or [nothing])]

    def _who_watch(self, moment: LiveMoment) -> str:
        """Return who watches, looked up on the disk once a second: an act waits for it no more than that."""
        second = moment.now // 1000
        if second != self._looked_in:
            self._looked_in, self._names = second, watchers.who_watch(self.session.store.path)
        return f"  {_('observers: {names}').format(names=', '.join(self._names))}" if self._names else ""

    def clicked(self, moment: LiveMoment, room: int, height: int, x: int, y: int) -> bool:
        return y > 0 and super().clicked(moment, room, height, x, y - 1)

    def mode(self, moment: LiveMoment) -> Line:
        chosen = self.chosen(self.entries(moment))
        return line((_("question of an observer") + " › ", "muted"), (self._text(chosen) if chosen else "", "bold"))

    def keys(self, moment: LiveMoment) -> Sequence[KeyHint]:
        return [
            KeyHint("Enter", _(commands.ACCEPT.label), 9),
            KeyHint("-", _("decline"), 8),
            KeyHint(_("space"), _("put to the group"), 7),
            KeyHint("↑↓", _("choose"), 6),
            KeyHint("Esc", _("leave"), 10),
        ]

    def press(self, key: str) -> bool:
        match key:
            case "enter" if self.cursor:
                self.runner.do(commands.ACCEPT, self.cursor)
            case "space" if self.cursor:
                self.runner.do(commands.PUT, self.cursor)
            case "minus" if self.cursor:
                self.runner.run(commands.DECLINE, self.cursor)
            case _:
                return super().press(key)
        return True
