"""People where they are seen: a tile each, as the platform shows them or as they sit around the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kring.commands import table
from kring.domain.measures.group.gallery import columns_of, in_gallery
from kring.domain.rows import ParticipantRow
from kring.domain.text import Refused
from kring.domain.words import called
from kring.system.i18n import _
from kring.ui.base import KringScreen
from kring.ui.boards.board import Board
from kring.ui.command_runner import CommandRunner
from kring.ui.views import floor
from kring.ui.views.live_moment import LiveMoment
from kring.ui.views.names import shown_names
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import EMPTY, Line, Span, cut, line, pad

TILE = 18
"""Columns that a tile wants: the seat, a name and a mark."""
ROWS = 2


class GalleryBoard(Board):
    """Digits give the floor here too; a person is taken up and put down to arrange who is seen where."""

    def __init__(self, screen: KringScreen, runner: CommandRunner, leave: Callable[[], None]) -> None:
        super().__init__(screen, runner, leave)
        self._place = 0
        self._taken = ""
        self._columns = 1

    def begin(self, moment: LiveMoment, text: str) -> Line | None:
        if not in_gallery(moment.state):
            raise Refused("Nobody is on the list.")
        self._taken = ""
        return None

    def lines(self, moment: LiveMoment, room: int, height: int) -> list[Line]:
        people = in_gallery(moment.state)
        columns, spacing = self._grid(moment, len(people), room, height)
        column = room // columns
        names = shown_names([called(moment.state, person.id) for person in people], column - 6)
        lines: list[Line] = []
        for first in range(0, len(people), columns):
            tiles = [
                self._tile(moment, person, name, column, place)
                for place, (person, name) in enumerate(zip(people, names, strict=True))
                if first <= place < first + columns
            ]
            rows = [tuple(span for tile in tiles for span in tile[row]) for row in range(ROWS)]
            lines += [*rows, *([EMPTY] if spacing > ROWS else [])]
        return lines[:height]

    def place_at(self, moment: LiveMoment, room: int, height: int, x: int, y: int) -> ParticipantRow | None:
        """Return whose tile stands at a place of the panel."""
        people = in_gallery(moment.state)
        columns, spacing = self._grid(moment, len(people), room, height)
        if x // (room // columns) >= columns:
            return None
        place = y // spacing * columns + x // (room // columns)
        return people[place] if place < len(people) else None

    def clicked(self, moment: LiveMoment, room: int, height: int, x: int, y: int) -> bool:
        person = self.place_at(moment, room, height, x, y)
        if person is None or person.withdrawn_at is not None:
            return False
        self._place = in_gallery(moment.state).index(person)
        self.runner.run(table.FLOOR, str(person.seat))
        return True

    def mode(self, moment: LiveMoment) -> Line:
        person = self._chosen(moment)
        who = called(moment.state, person.id)
        told = _("put down where?") if self._taken else ""
        return line((_("gallery") + " › ", "muted"), (who, "bold"), (f"   {told}", "need"))

    def keys(self, moment: LiveMoment) -> Sequence[KeyHint]:
        space = _("put down") if self._taken else _("take up")
        return [
            KeyHint("1-9", _("speaks"), 9),
            KeyHint("Enter", _("speaks"), 6),
            KeyHint("←↑↓→", _("choose"), 8),
            KeyHint(_("space"), space, 7),
            KeyHint("Esc", _("leave"), 10),
        ]

    def press(self, key: str) -> bool:
        people = in_gallery(self.session.state)
        if not people:
            return False
        steps = {"left": -1, "right": 1, "up": -self._columns, "down": self._columns, "home": -99, "end": 99}
        self._place = min(self._place, len(people) - 1)
        match key:
            case _ if key in steps:
                self._place = max(0, min(self._place + steps[key], len(people) - 1))
            case "enter":
                self.runner.run(table.FLOOR, str(people[self._place].seat))
            case "space" if self._taken:
                code, self._taken = self._taken, ""
                self.runner.do(table.PLACE, code, str(self._place + 1))
            case "space" if people[self._place].withdrawn_at is None:
                self._taken = people[self._place].id
            case _:
                return False
        return True

    def _chosen(self, moment: LiveMoment) -> ParticipantRow:
        people = in_gallery(moment.state)
        return people[min(self._place, len(people) - 1)]

    def _grid(self, moment: LiveMoment, count: int, room: int, height: int) -> tuple[int, int]:
        """Return how many tiles stand in a row, and how many rows lie from one row of tiles to the next."""
        wanted = -(-count // 2) if moment.state.session.form == "in_person" else columns_of(count, count)
        columns = max(1, min(wanted, max(room // TILE, 1), max(count, 1)))
        while columns < count and -(-count // columns) * ROWS > height and room // (columns + 1) >= 9:
            columns += 1
        self._columns = columns
        return columns, ROWS + 1 if -(-count // columns) * (ROWS + 1) - 1 <= height else ROWS

    def _tile(self, moment: LiveMoment, person: ParticipantRow, name: str, room: int, place: int) -> list[Line]:
        voice = next((one for one in moment.voices if one.person.id == person.id), None)
        speaking = voice is not None and voice.speaking_ms is not None
        has_cursor = self.has_keys and place == self._place
        sign = "▸" if has_cursor else ("▶" if speaking else " ")
        first: list[Span] = [(sign, "key" if has_cursor else "speaking"), (f"{floor.seat_key(person):>2} ", "key")]
        first.append(
            (name, "speaking" if speaking else ("muted" if voice is None or voice.status != "present" else ""))
        )
        second: list[Span] = [("    ", "")]
        if person.id == self._taken:
            second.append((_("taken up"), "need"))
        elif voice is not None:
            second += floor.in_short(moment, voice)
        ground = " mine" if speaking else (" selected" if has_cursor else "")
        both = [pad(cut(line(*spans), room - 1), room - 1) for spans in (first, second)]
        return [(*((text, f"{look}{ground}".strip()) for text, look in row), (" ", "")) for row in both]
