"""What putting something right would change: before and after on one axis, what goes elsewhere, and which figures."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events

from kring.domain.rows import NoteRow
from kring.domain.state import State
from kring.domain.time_text import as_length, time_of_day
from kring.domain.words import SPEAKER_WORDS, called, numbered
from kring.review.difference import MEASURES, Figure, Moved, Visited, figures, moved, visited, window
from kring.system.i18n import _, ngettext
from kring.ui.dialogs import Dialog
from kring.ui.views.notes import SIGNS
from kring.ui.widgets.line import EMPTY, Line, cells, cut, line, pad, spread

LABEL = 10
"""Cells before the axis."""
BESIDE = 90
"""Cells from which figures stand beside what moves."""


class PreviewDialog(Dialog[bool]):
    """A question with yes and no over what would follow; nothing is changed yet. Enter and Escape mean no."""

    ROWS_ABOVE = 1

    def __init__(self, title: str, told: Sequence[str], before: State, after: State, now: int) -> None:
        super().__init__(title)
        self._what, self._follows = told[0], list(told[1:])
        self._before, self._after = before, after
        self._moved = moved(before, after)
        self._figures = figures(before, after, now)
        self._window = window(before, after, now)
        self._now = now
        self._first = 0

    def wanted_width(self) -> int:
        return 132

    def draw(self, room: int, height: int) -> list[Line]:
        top = [
            spread(line((self._what, "bold")), line((_("nothing has changed yet"), "muted")), room),
            EMPTY,
            *self._axis(room),
        ]
        keys = line(
            (f" {_('y')} ", "key reverse"), f" {_('put right')}    ", (" n ", "key reverse"), f" {_('leave it so')}"
        )
        bottom = [EMPTY, spread(keys, line(("Enter = n", "muted")), room)]
        most = max(height - len(top) - len(bottom), 1)
        left, right = self._left(), self._right()
        if room >= BESIDE and right:
            columns = room * 6 // 10
            rows = _beside(self._seen(left, most), right[:most], columns, room)
        else:
            rows = self._seen([*right, *([EMPTY] if right and left else []), *left], most)
        return [*(cut(row, room) for row in (*top[: max(height - len(bottom) - 1, 1)], *rows)), *bottom]

    def _seen(self, rows: list[Line], most: int) -> list[Line]:
        """Return what is in sight of rows that may be more than there is room for; the last says how many follow."""
        self._first = max(min(self._first, len(rows) - most), 0)
        seen = rows[self._first : self._first + most]
        more = len(rows) - self._first - len(seen)
        return [*seen[:-1], line(("↓ ", "key"), (_("… {n} more").format(n=more + 1), "muted"))] if more else seen

    def _left(self) -> list[Line]:
        rows = [line((one, "")) for one in self._follows]
        if self._moved:
            n = len(self._moved)
            head = ngettext("{n} row goes elsewhere", "{n} rows go elsewhere", n).format(n=n)
            rows += [*([EMPTY] if rows else []), line((head, "bold")), *map(self._row, self._moved)]
        return rows

    def _row(self, one: Moved) -> Line:
        """Return a row that goes elsewhere: when, whose, what it says, and where it goes."""
        row, state = one.row, self._before
        if isinstance(row, NoteRow):
            first, last = SIGNS[row.kind]
            at, what = int(row.at), f"   {first}{row.text}{last}"
        else:
            at = int(row.started_at)
            lasted = as_length(row.ended_at - row.started_at) if row.ended_at is not None else _("running")
            what = f"▶ {lasted}"
        kind = row.speaker_kind if isinstance(row, NoteRow) else row.kind
        who = called(state, row.participant) if row.participant else (_(SPEAKER_WORDS[kind]) if kind else "")
        to = called(self._after, one.participant) if one.participant != row.participant else ""
        where = numbered(self._after, one.item) if one.item != row.item else ""
        goal = " ".join(filter(None, (where, to))) or "–"
        return line(
            (f"→ {goal}  ", "ok"), (f"{time_of_day(state, at, seconds=True)} ", "muted"), (f"{who} ", "bold"), what
        )

    def _right(self) -> list[Line]:
        if not self._figures:
            return []
        names = [_figure_name(one) for one in self._figures]
        widest = min(max(cells(name) for name in names), 34)
        was = max(cells(_word(one.was)) for one in self._figures)
        head = line(
            *pad(line((_("What this changes"), "bold")), widest + 2), *pad(line((_("was"), "muted")), was + 2),
            (_("becomes"), "muted"),
        )  # fmt: skip
        rows = [
            line(
                *pad(line(name), widest + 2),
                *pad(line((_word(one.was), "muted")), was + 2),
                (_word(one.becomes), "bold"),
            )
            for name, one in zip(names, self._figures, strict=True)
        ]
        return [head, *rows]

    def _axis(self, room: int) -> list[Line]:
        """Return what was open when, before and after, on one scale; nothing where that stays as it is."""
        columns = room - LABEL
        if self._window is None or columns < 20:
            return []
        begin, end = self._window
        strips = [_strip(visited(state, begin, end), begin, end, columns) for state in (self._before, self._after)]
        left, right = (time_of_day(self._before, at, seconds=True) for at in (begin, end))
        times = spread(line((left, "muted")), line((right, "muted")), columns)
        return [
            line(" " * LABEL, *times),
            line(*pad(line((_("was"), "muted")), LABEL), (strips[0], "muted")),
            line(*pad(line((_("becomes"), "bold")), LABEL), (strips[1], "bold")),
            EMPTY,
        ]

    def pressed(self, event: events.Key) -> None:
        match event.key:
            case "y" | "j":
                self.answer(True)
            case "n" | "escape" | "enter":
                self.answer(False)
            case "up" | "down" | "pageup" | "pagedown":
                self._first = max(self._first + {"up": -1, "down": 1, "pageup": -8, "pagedown": 8}[event.key], 0)
                self.show()


def _strip(those: Sequence[Visited], begin: int, end: int, columns: int) -> str:
    """Return a strip in which each stretch begins with a mark and its number."""
    letters = ["─"] * columns
    for one in those:
        first = min(max((one.begin - begin) * columns // max(end - begin, 1), 0), columns - 1)
        mark = "│" if one.begin >= begin else "─"
        for place, letter in enumerate(f"{mark}─ {one.number} ", first):
            if place < columns and cells(letter) == 1:
                letters[place] = letter
    return "".join(letters)


def _beside(left: Sequence[Line], right: Sequence[Line], columns: int, room: int) -> list[Line]:
    rows = max(len(left), len(right))
    filled = [[*side, *[EMPTY] * (rows - len(side))] for side in (left, right)]
    return [
        line(*pad(one, columns - 3), (" │ ", "muted"), *cut(other, room - columns))
        for one, other in zip(*filled, strict=True)
    ]


def _figure_name(one: Figure) -> str:
    return _(MEASURES[one.measure]).format(what=one.what)


def _word(text: str) -> str:
    return {"yes": _("yes"), "no": _("no"), "": "–"}.get(text, text)
