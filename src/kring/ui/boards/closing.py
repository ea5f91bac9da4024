"""The end of an evening: what is still open, each with its key, and the debrief field by field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from kring.commands import table
from kring.commands.command import Part
from kring.commands.solutions import SOLUTIONS
from kring.domain.decide.ending import OpenPoint, open_points
from kring.domain.measures.looking_back import FIELDS, debrief
from kring.domain.rows import DebriefField
from kring.domain.state import State
from kring.domain.text import Refused
from kring.domain.words import DEBRIEF_WORDS
from kring.system.i18n import _
from kring.ui.boards.board import MORE_ROOM, Board
from kring.ui.prompt import Request, TextQuestion
from kring.ui.views import closing
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import EMPTY, Line, cut, line, window

ANEW_MS = 5_000
"""How long figures stand in which only time passes: a question counts as asked, somebody speaks on."""
LETTERS = {solution.key: kind for kind, solution in SOLUTIONS.items()}


class ClosingBoard(Board):
    """What is open at the left, the debrief at the right; the cursor goes through both, fields first."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._place = 0
        self._typed: DebriefField | None = None
        """The field that is being answered, and what I had answered to it before."""
        self._before = ""
        self._known: tuple[State, tuple[int, int], list[Line]] | None = None

    def begin(self, moment: LiveMoment, text: str) -> Line | None:
        """Stand on the first field without an answer."""
        if moment.state.session.started_at is None:
            raise Refused("The session has not started.")
        answers = debrief(moment.state, moment.now).answers
        self._place = next((place for place, field in enumerate(FIELDS) if not answers[field]), 0)
        return None

    def lines(self, moment: LiveMoment, room: int, height: int) -> list[Line]:
        points = self._open_points(moment)
        self._go_on(moment)
        self._place = max(min(self._place, len(FIELDS) + len(points) - 1), 0)
        if room >= closing.WIDE:
            room -= closing.EDGE
            left_room = (room - closing.GAP) * 4 // 9
            left = [*self._points(moment, points, left_room, max(height - 5, 1)), EMPTY]
            left += self._evening(moment, left_room)
            return closing.beside(left, self._fields(moment, room - left_room - closing.GAP, height), room, height)
        head, *rows = self._in_one_column(moment, points, room)
        if len(rows) > height - 1:
            rows = self._in_one_column(moment, points, room - MORE_ROOM)[1:]
        at = self._place + (self._place >= len(FIELDS))  # a heading stands between
        top = max(min(at - height + 2, len(rows) - height + 1), 0)
        return [head, *window(rows, height - 1, room, top)]

    def _in_one_column(self, moment: LiveMoment, points: list[OpenPoint], room: int) -> list[Line]:
        return [*self._fields(moment, room, 1), *self._points(moment, points, room, len(points) + 1)]

    def _open_points(self, moment: LiveMoment) -> list[OpenPoint]:
        return [
            replace(point, what=self.session.sealing.text(point.what))
            for point in open_points(moment.state, moment.now)
        ]

    def _go_on(self, moment: LiveMoment) -> None:
        """Go to the next field without an answer, once the one that was typed is in the file."""
        answers = debrief(moment.state, moment.now).answers
        if self._typed is not None and self._mine(self.session.state, self._typed) != self._before:
            after = [place for place, field in enumerate(FIELDS) if place > self._place and not answers[field]]
            self._place, self._typed = (after[0] if after else self._place), None

    def _mine(self, state: State, field: DebriefField) -> str:
        """Return what I answered to a field."""
        row = state.debrief.get(f"{field}/{self.session.me.name}")
        return row.answer if row is not None and row.removed_at is None else ""

    def _fields(self, moment: LiveMoment, room: int, height: int) -> list[Line]:
        found = debrief(moment.state, moment.now)
        most = max((height - 1) // len(FIELDS), 1)
        drawn = [cut(line("  ", *closing.debrief_head(moment.state, found, moment.now, room - 2)), room)]
        for place, field in enumerate(FIELDS):
            rows = closing.field_lines(place + 1, field, found.answers[field], room - 2, most)
            drawn += [self._marked(one, place, first=not at) for at, one in enumerate(rows)]
        return drawn

    def _points(self, moment: LiveMoment, points: list[OpenPoint], room: int, height: int) -> list[Line]:
        """Return what is open, as far as there is room; the one under the cursor is always in sight."""
        if not points:
            return [line(("  " + _("nothing is open"), "muted"))]
        shown = max(height - 1, 1)
        at = max(self._place - len(FIELDS), 0)
        top = max(min(at - shown + 1, len(points) - shown), 0)
        head = line(("  " + _("still open {n}").format(n=len(points)), "title"))
        rows = [
            self._marked(closing.point_line(moment.state, point, moment.now, room - 2), len(FIELDS) + place)
            for place, point in enumerate(points[top : top + shown], top)
        ]
        return [head, *rows]

    def _marked(self, content: Line, place: int, *, first: bool = True) -> Line:
        if place != self._place or not self.has_keys:
            return line("  ", *content)
        sign = "▸ " if first else "  "
        return ((sign, "key selected"), *[(text, f"{look} selected") for text, look in content], ("", "selected"))

    def _evening(self, moment: LiveMoment, room: int) -> list[Line]:
        """Return the evening in figures, worked out anew where something was done, and as time goes on."""
        shown_for = (room, moment.now // ANEW_MS)
        if self._known is None or self._known[0] is not moment.state or self._known[1] != shown_for:
            self._known = (moment.state, shown_for, closing.evening(moment.state, moment.now, room))
        return self._known[2]

    def mode(self, moment: LiveMoment) -> Line:
        points = self._open_points(moment)
        if self._place < len(FIELDS):
            what = _(DEBRIEF_WORDS[FIELDS[self._place]])
        else:
            point = points[min(self._place - len(FIELDS), len(points) - 1)] if points else None
            what = (point.what or _("recording")) if point else ""
        told = _("a digit is a field, not the floor")
        return line((_("debrief") + " › ", "muted"), (what, "bold"), ("  " + told, "muted"))

    def keys(self, moment: LiveMoment) -> Sequence[KeyHint]:
        return [
            KeyHint(f"1-{len(FIELDS)}", _("answer"), 9),
            KeyHint("Enter", _("this one"), 8),
            KeyHint("↑↓", _("choose"), 6),
            KeyHint("S", _("leave it out"), 4),
            KeyHint("w", _("topline"), 5),
            KeyHint("Esc", _("leave"), 7),
        ]

    def press(self, key: str) -> bool:
        match key:
            case "up" | "down":
                self._place = max(self._place + (1 if key == "down" else -1), 0)
            case "enter":
                self._do_chosen()
            case "S":
                self._type("skip")
            case "w":
                self.runner.run(table.TOPLINE)
            case _ if key.isdecimal() and 1 <= int(key) <= len(FIELDS):
                self._place = int(key) - 1
                self._do_chosen()
            case _ if key in LETTERS:
                return self._solve(key)
            case _:
                return False
        return True

    def _do_chosen(self) -> None:
        """Answer the field under the cursor, or do something about what is open there; the clock begins to run."""
        points = open_points(self.session.state, self.session.now())
        if self._place >= len(FIELDS):
            point = points[min(self._place - len(FIELDS), len(points) - 1)] if points else None
            if point is not None and closing.can_be_solved(self.session.state, point):
                self._run(point)
            return
        if self.session.state.session.debrief_at is None:
            self.runner.do(table.DEBRIEF, "begin")
        self._typed = FIELDS[self._place]
        self._before = self._mine(self.session.state, self._typed)
        self._type(str(self._place + 1), self._before)

    def _type(self, what: str, usual: str = "") -> None:
        request = Request(table.DEBRIEF, (Part.DEBRIEF, Part.TEXT), (what,))
        self.screen.open_line(request, TextQuestion(usual, untouched=usual or None))

    def _solve(self, key: str) -> bool:
        """Do what a letter stands for to what is open: under the cursor, else to the first that has it."""
        points = open_points(self.session.state, self.session.now())
        places = [
            place
            for place, point in enumerate(points, len(FIELDS))
            if point.kind == LETTERS[key] and closing.can_be_solved(self.session.state, point)
        ]
        if not places:
            return False
        self._place = self._place if self._place in places else places[0]
        self._run(points[self._place - len(FIELDS)])
        return True

    def _run(self, point: OpenPoint) -> None:
        solution = SOLUTIONS[point.kind]
        self.runner.go_on(Request(solution.command, solution.command.asks, solution.answers(point)))
