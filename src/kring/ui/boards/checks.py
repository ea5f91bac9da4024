"""The tests of each person as a table: a digit is a row, a letter a cell; what is done folds, who is late stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kring.commands import table
from kring.domain.check_grid import ADMITTED, Cell, Column, Grid, GridRow, grid
from kring.domain.text import Refused
from kring.domain.words import called
from kring.system.i18n import _
from kring.ui.base import KringScreen
from kring.ui.boards.board import Board
from kring.ui.command_runner import CommandRunner
from kring.ui.prompt import SEAT_KEYS
from kring.ui.views import check_table
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import EMPTY, Line, line

SETTLED = ("done", "waived")
NAMED_FROM = 110
"""Columns from which the bar of keys names each test; the table does so anyway."""
FURTHER_SEATS = SEAT_KEYS[10:]


class ChecksBoard(Board):
    """People by tests: one key ticks a cell of the person whose row has the cursor."""

    def __init__(self, screen: KringScreen, runner: CommandRunner, leave: Callable[[], None]) -> None:
        super().__init__(screen, runner, leave)
        self._code = ""
        self._letter = ADMITTED
        self._awaits_seat = False

    def begin(self, moment: LiveMoment, text: str) -> Line | None:
        """Go to a seat, else to the first person with whom something is left to test."""
        rows = _present_rows(grid(moment.state))
        if not rows:
            raise Refused("Nobody is on the list.")
        self._awaits_seat = False
        if text:
            self._go_to(grid(moment.state), text)
        else:
            row = next((row for row in rows if not row.is_done), rows[0])
            self._stand_on(grid(moment.state), row)
        return None

    def lines(self, moment: LiveMoment, room: int, height: int) -> list[Line]:
        return check_table.lines(moment, room, height, self._where(moment))

    def mode(self, moment: LiveMoment) -> Line:
        now = grid(moment.state)
        row, column = self._row(now), self._column(now)
        who = called(moment.state, row.person.id)
        test = check_table.entitled(column)
        if self._awaits_seat:
            test = _("which seat? {letters}").format(letters=" ".join(FURTHER_SEATS))
        told = _("digits choose a row here, nobody gets the floor")
        return line((_("tests") + " › ", "muted"), (who, "bold"), " › ", test, ("   " + told, "muted"))

    def keys(self, moment: LiveMoment) -> Sequence[KeyHint]:
        now = grid(moment.state)
        named = [column for column in now.columns if column.letter]
        letters = [KeyHint("".join(column.letter for column in named), _("tick"), 19)]
        if self.screen.size.width >= NAMED_FROM:
            letters = [
                KeyHint(column.letter, check_table.entitled(column), 18 - place) for place, column in enumerate(named)
            ]
        return [
            KeyHint("1-9", _("who"), 20),
            *letters,
            KeyHint("!", _("failed"), 10),
            KeyHint("-", _("not applicable"), 4),
            KeyHint("Enter", _("tick, next person"), 5),
            KeyHint("A", _("admit"), 8),
            KeyHint("T", _("consent"), 3),
            KeyHint("Esc", _("leave"), 11),
        ]

    def press(self, key: str) -> bool:
        now = grid(self.session.state)
        if not _present_rows(now):
            return False
        if self._awaits_seat:
            self._awaits_seat = False
            if key in FURTHER_SEATS:
                self.runner.attempt(lambda: self._go_to(now, str(SEAT_KEYS.index(key) + 1)))
                return True
        match key:
            case "full_stop":
                self._awaits_seat = True
            case digit if digit.isdecimal() and len(digit) == 1:
                self.runner.attempt(lambda: self._go_to(now, str(SEAT_KEYS.index(digit) + 1)))
            case "up" | "down" | "left" | "right" | "home" | "end" | "pageup" | "pagedown":
                self._move(now, key)
            case "space" | "enter" | "exclamation_mark" | "minus" | "T":
                self._act(now, key)
            case letter if any(letter == column.letter for column in now.columns):
                self._letter = letter
                self._tick(now)
            case _:
                return False
        return True

    def clicked(self, moment: LiveMoment, room: int, height: int, x: int, y: int) -> bool:
        where = check_table.where_at(moment, room, height, x, y, self._where(moment))
        if where is None:
            return False
        self._code, self._letter = where.code, where.letter or self._letter
        return True

    def _where(self, moment: LiveMoment) -> check_table.Where | None:
        if not self.has_keys:
            return None
        return check_table.Where(self._row(grid(moment.state)).person.id, self._letter)

    def _act(self, now: Grid, key: str) -> None:
        row, cell = self._row(now), self._cell(now)
        match key:
            case "T":
                self.runner.run(table.CONSENT, str(row.person.seat))
            case "space" if cell.standing in SETTLED:
                self._untick(row, cell)
            case "space":
                self._tick(now)
            case "enter":
                if cell.standing not in SETTLED:
                    self._tick(now)
                self._move(grid(self.session.state), "next")
            case "exclamation_mark" if cell.check is not None:
                self.runner.do(table.FAILED, cell.check.id)
            case "minus" if cell.check is not None:
                self.runner.do(table.WAIVE, cell.check.id)
            case _:
                self.screen.refuse(Refused("Attendance says who was let in: a lets them in."))

    def _tick(self, now: Grid) -> None:
        row, cell = self._row(now), self._cell(now)
        if self._letter == ADMITTED:
            self.runner.do(table.ATTEND, row.person.id, "present")
        elif cell.check is None:
            self.screen.refuse(Refused("{who} has no such test.", who=called(self.session.state, row.person.id)))
        else:
            self.runner.do(table.TICK, cell.check.id)

    def _untick(self, row: GridRow, cell: Cell) -> None:
        if cell.check is None:
            self.runner.do(table.ATTEND, row.person.id, "waiting")
        else:
            self.runner.do(table.UNTICK, cell.check.id)

    def _go_to(self, now: Grid, seat: str) -> Line:
        """Go to the row of a seat, and in it to the first cell that is open."""
        row = next((row for row in _present_rows(now) if str(row.person.seat) == seat), None)
        if row is None:
            raise Refused("Nobody sits on seat {seat}.", seat=seat)
        self._stand_on(now, row)
        return EMPTY

    def _stand_on(self, now: Grid, row: GridRow) -> None:
        self._code = row.person.id
        is_open = (column for column, cell in zip(now.columns, row.cells, strict=True) if cell.standing not in SETTLED)
        self._letter = next((column.letter for column in is_open), self._letter)

    def _move(self, now: Grid, key: str) -> None:
        rows = _present_rows(now)
        place = rows.index(self._row(now))
        letters = [column.letter for column in now.columns]
        across = letters.index(self._letter) if self._letter in letters else 0
        match key:
            case "left" | "right":
                self._letter = letters[max(0, min(across + (1 if key == "right" else -1), len(letters) - 1))]
                return
            case "next":
                order = [*rows[place + 1 :], *rows[:place]]
                wanted = (row for row in order if not row.is_done and row.cells[across].standing not in SETTLED)
                self._code = next(wanted, rows[place]).person.id
                return
            case "home":
                place = 0
            case "end":
                place = len(rows) - 1
            case "up" | "pageup":
                place -= 1 if key == "up" else 5
            case _:
                place += 1 if key == "down" else 5
        self._code = rows[max(0, min(place, len(rows) - 1))].person.id

    def _row(self, now: Grid) -> GridRow:
        rows = _present_rows(now)
        return next((row for row in rows if row.person.id == self._code), rows[0])

    def _column(self, now: Grid) -> Column:
        return next((column for column in now.columns if column.letter == self._letter), now.columns[0])

    def _cell(self, now: Grid) -> Cell:
        return self._row(now).cells[now.columns.index(self._column(now))]


def _present_rows(now: Grid) -> list[GridRow]:
    """Return the rows that can have the cursor: nobody's who withdrew."""
    return [row for row in now.rows if row.cells]
