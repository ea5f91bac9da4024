"""The files that were brought into a session: each can be moved on its clock, or taken out with what came from it."""

from __future__ import annotations

from textual import events

from kring.domain.decide.bringing_in import numbered
from kring.domain.measures.imported_rows import BROUGHT
from kring.domain.rows import ImportRow
from kring.domain.state import State
from kring.domain.text import one_line
from kring.domain.time_text import as_length, signed, time_of_day
from kring.session.brought_in import counted
from kring.system.i18n import _
from kring.ui.dialogs import Dialog
from kring.ui.widgets.line import EMPTY, Line, cut, line, pad, spread, wrap

NUDGES = {"left": -1_000, "right": 1_000, "less_than_sign": -10_000, "greater_than_sign": 10_000}


class FilesDialog(Dialog[str]):
    """A list of files; it answers what is to be done with one, as the command `file` reads it: `1 +0:04`, `1 out`."""

    def __init__(self, title: str, state: State) -> None:
        super().__init__(title)
        self._state = state
        found = [(number, row) for number, row in numbered(state) if row.removed_at is None]
        self._files = [row for _number, row in found]
        self._numbers = [number for number, _row in found]
        self._begins = {row.id: _begin(state, row) for row in self._files}
        self._at = 0
        self._by_ms = 0
        self._takes_out = False

    def wanted_width(self) -> int:
        return 100

    def draw(self, room: int, height: int) -> list[Line]:
        if not self._files:
            return [
                EMPTY,
                line((_("No file was brought in."), "")),
                EMPTY,
                line((" Esc ", "key reverse"), f" {_('close')}"),
            ]
        rows = max(height - 6, 1)
        first = max(min(self._at - rows // 2, len(self._files) - rows), 0)
        shown = [self._row(place, one, room) for place, one in enumerate(self._files)][first : first + rows]
        return [*shown, EMPTY, *self._about(room)[:3], EMPTY, self._keys(room)]

    def _row(self, place: int, row: ImportRow, room: int) -> Line:
        is_here = place == self._at
        drawn = line(
            ("▸ " if is_here else "  ", "key"),
            (f"{self._numbers[place]}  ", "key"),
            *pad(line((one_line(row.file), "bold")), 30),
            "  ",
            *pad(line((row.source, "muted")), 18),
            "  ",
            (counted(row), ""),
        )
        return cut(drawn, room)

    def _about(self, room: int) -> list[Line]:
        row = self._files[self._at]
        if self._takes_out:
            return wrap(line((_("Take out all that came from {file}?").format(file=one_line(row.file)), "bold")), room)
        begin = self._begins[row.id]
        if begin is None:
            return [line((_("Nothing of it has a moment."), "muted"))]
        first = time_of_day(self._state, begin, seconds=True)
        if not self._by_ms:
            return [line((_("begins at {time}").format(time=first), "muted"))]
        then = time_of_day(self._state, begin + self._by_ms, seconds=True)
        told = _("moves {by}: begins at {then} instead of {time}").format(by=signed(self._by_ms), then=then, time=first)
        return [line((told, "soon"))]

    def _keys(self, room: int) -> Line:
        if self._takes_out:
            return spread(
                line(
                    (f" {_('y')} ", "key reverse"),
                    f" {_('take out')}    ",
                    (" n ", "key reverse"),
                    f" {_('leave it so')}",
                ),
                line(("Enter = n", "muted")),
                room,
            )
        hints = [("← →", _("1 s")), ("< >", _("10 s")), ("x", _("take out")), ("Esc", _("close"))]
        if self._by_ms:
            hints.insert(0, ("Enter", _("move it there")))
        return cut(line(*[span for key, told in hints for span in ((f" {key} ", "key reverse"), f" {told}   ")]), room)

    def pressed(self, event: events.Key) -> None:
        key = event.key
        if self._takes_out:
            if key in ("y", "j"):
                self.answer(f"{self._numbers[self._at]} out")
            elif key in ("n", "escape", "enter"):
                self._takes_out = False
        elif key == "escape" or not self._files:
            self.answer(None)
        elif key in ("up", "down"):
            self._at = max(0, min(self._at + (1 if key == "down" else -1), len(self._files) - 1))
            self._by_ms = 0
        elif key in NUDGES:
            self._by_ms += NUDGES[key] if self._begins[self._files[self._at].id] is not None else 0
        elif key in ("x", "delete"):
            self._takes_out = True
        elif key == "enter" and self._by_ms:
            self.answer(f"{self._numbers[self._at]} {'-' if self._by_ms < 0 else '+'}{as_length(abs(self._by_ms))}")
        if self.app.screen is self:
            self._fit()


def _begin(state: State, brought: ImportRow) -> int | None:
    """Return the first moment of what came from a file."""
    return min(
        (
            int(at)
            for row_type in BROUGHT
            for row in state.tables[row_type.TABLE].values()
            if getattr(row, "import_id", None) == brought.id
            if (at := getattr(row, "at", None) or getattr(row, "started_at", None)) is not None
        ),
        default=None,
    )
