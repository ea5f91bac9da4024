"""The breakout groups: rooms are drawn, people moved from one to another, time is given, everybody is called back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kring.commands import table
from kring.domain.decide.group.rooms import FEWEST, MOST
from kring.domain.measures.group.rooms import open_rooms, room_of, talk_in
from kring.domain.measures.presence import are_here
from kring.system.i18n import _
from kring.ui.boards.board import Board
from kring.ui.views import breakouts as views
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import EMPTY, Line, line

MINUTE = {"plus": "+1", "minus": "-1"}


class BreakoutsBoard(Board):
    """Before there are rooms, how many and how; then who is where."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._count = FEWEST
        self._cursor = ""

    def lines(self, moment: LiveMoment, room: int, height: int) -> list[Line]:
        if not open_rooms(moment.state):
            return self._before(moment)
        rows = views.rooms(moment, room, self._cursor_of(moment) if self.has_keys else "")
        foot = [views.foot(moment)]
        return [*views.windowed(rows, self._cursor, max(height - len(foot), 1), room), *foot]

    def _before(self, moment: LiveMoment) -> list[Line]:
        people = len(are_here(moment.state, moment.now))
        count = _("{n} rooms").format(n=self._count)
        return [
            line("  ", (count, "bold"), (_(" for {n} people").format(n=people), "muted")),
            EMPTY,
            line("  ", ("Enter ", "key"), _("draw them, spread over the segments")),
            line("  ", ("k ", "key"), _("a room for each segment")),
            line("  ", ("+ - ", "key"), _("more or fewer rooms")),
        ]

    def mode(self, moment: LiveMoment) -> Line:
        who = ""
        if open_rooms(moment.state):
            person = moment.state.participants.get(self._cursor_of(moment))
            room = room_of(moment.state, person.id) if person is not None else None
            if person is not None and room is not None:
                who = _("{who}, room {n}").format(who=person.name or person.id, n=room.number)
        else:
            who = _("{n} rooms").format(n=self._count)
        return line((_("breakout groups") + " › ", "muted"), (who, "bold"))

    def keys(self, moment: LiveMoment) -> Sequence[KeyHint]:
        if not open_rooms(moment.state):
            return [
                KeyHint("Enter", _("draw"), 9),
                KeyHint("k", _("segment"), 8),
                KeyHint("+ -", _("rooms"), 7),
                KeyHint("Esc", _("leave"), 10),
            ]
        return [
            KeyHint("← →", _("other room"), 8),
            KeyHint("↑↓", _("choose"), 5),
            KeyHint("+ -", _("minutes"), 7),
            KeyHint("b", _("everybody back"), 9),
            KeyHint(_("space"), _("nobody"), 4),
            KeyHint("Esc", _("leave"), 10),
        ]

    def press(self, key: str) -> bool:
        if open_rooms(self.session.state):
            return self._pressed_in_rooms(key)
        match key:
            case "enter":
                self.runner.do(table.ROOMS, "draw", str(self._count))
            case "k":
                self.runner.do(table.ROOMS, "segment")
            case "plus" | "minus":
                step = 1 if key == "plus" else -1
                self._count = max(FEWEST, min(self._count + step, MOST))
            case _:
                return False
        return True

    def _pressed_in_rooms(self, key: str) -> bool:
        match key:
            case "up" | "down":
                self._move_cursor(1 if key == "down" else -1)
            case "left" | "right":
                self._move_person(1 if key == "right" else -1)
            case "plus" | "minus":
                self.runner.do(table.ROOMS, MINUTE[key])
            case "b":
                self.runner.do(table.ROOMS, "back")
            case "space":
                self.runner.do(table.FLOOR, "nobody")
            case _:
                return False
        return True

    def _people(self) -> list[str]:
        state, now = self.session.state, self.session.now()
        return [one.person.id for room in open_rooms(state) for one in talk_in(state, room, now)
                if room_of(state, one.person.id) is room]  # fmt: skip

    def _cursor_of(self, moment: LiveMoment) -> str:
        people = self._people()
        if self._cursor not in people:
            self._cursor = people[0] if people else ""
        return self._cursor

    def _move_cursor(self, step: int) -> None:
        people = self._people()
        if self._cursor in people:
            self._cursor = people[max(0, min(people.index(self._cursor) + step, len(people) - 1))]

    def _move_person(self, step: int) -> None:
        """Send who is under the cursor to the next room, or to the one before."""
        room = room_of(self.session.state, self._cursor)
        if room is None:
            return
        numbers = [one.number for one in open_rooms(self.session.state)]
        place = numbers.index(room.number) + step
        if 0 <= place < len(numbers):
            self.runner.do(table.ROOM, str(numbers[place]), "", self._cursor)
