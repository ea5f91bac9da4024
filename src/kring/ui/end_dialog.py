"""The question whether a session is over, with what is still open and one key for each of those."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events

from kring.commands.solutions import SOLUTIONS
from kring.domain.decide.ending import WHY, OpenPoint, PointKind
from kring.domain.time_text import as_clock
from kring.system.i18n import _, ngettext
from kring.ui.dialogs import Dialog, Holds
from kring.ui.widgets.line import EMPTY, Line, cut, line, pad, spread, width, wrap

LEAST_WHAT = 24
"""Cells for what a point is about; where they are lacking, why it is open is left out."""


class EndDialog(Dialog["OpenPoint | bool"]):
    """A question with yes and no over a list; answers whether it is meant, or the point to do something about.

    The list follows the file: what somebody else solves goes, and the cursor stays on its point. A letter does what
    stands behind it: on the row under the cursor, else on the only row that has it; where there are more of those
    the cursor goes to the first.
    """

    ROWS_ABOVE = 4

    def __init__(
        self,
        question: str,
        why: str,
        points: Callable[[], Sequence[OpenPoint]],
        now: Callable[[], int],
        holds: Holds | None = None,
    ) -> None:
        super().__init__("", holds)
        self._question, self._why = question, why
        self._find, self._now = points, now
        self._points = list(points())
        self._at = 0

    def follow(self) -> None:
        points = list(self._find())
        if points != self._points:
            here = self._points[self._at] if self._points else None
            self._points = points
            self._at = points.index(here) if here in points else max(min(self._at, len(points) - 1), 0)
            self._fit()

    def wanted_width(self) -> int:
        return 110

    def draw(self, room: int, height: int) -> list[Line]:
        n = len(self._points)
        told = ngettext("{n} point is still open", "{n} points are still open", n).format(n=n) if n else ""
        head = spread(line((self._question, "bold")), line((told, "soon")), room)
        keys = line(
            (f" {_('y')} ", "key reverse"),
            f" {_('end all the same') if n else _('yes')}    ",
            (" Enter ", "key reverse"),
            f" {_('no, not yet')}",
        )
        why = [EMPTY, *wrap(line((self._why, "muted")), room)]
        spare = height - 4 - n  # the head, the keys, a blank row before what follows each
        why = why if len(why) <= spare else []
        rows = max(min(n, height - 4 - len(why)), 1) if n else 0
        first = max(min(self._at - rows // 2, n - rows), 0)
        listed = [self._drawn(at, room) for at in range(first, min(first + rows, n))]
        return [head, *([EMPTY, *listed] if n else []), *why, EMPTY, cut(keys, room)]

    def _drawn(self, at: int, room: int) -> Line:
        point, is_here = self._points[at], at == self._at
        acts = max(width(_act(kind)) for kind in SOLUTIONS)
        left = max(room - acts - 4, 1)
        since = f" {as_clock(self._now() - point.since)}" if point.since is not None else ""
        why = f"{_(WHY[point.kind])}{since}"
        what = line((point.what or why, "bold" if is_here else ""))
        if point.what and left - width(line(why)) >= LEAST_WHAT:
            what = spread(what, line((why, "muted")), left)
        return line(("▸ ", "key") if is_here else "  ", *pad(what, left), "  ", *pad(_act(point.kind), acts))

    def pressed(self, event: events.Key) -> None:
        key = event.character or ""
        match event.key:
            case "up" | "down":
                step = -1 if event.key == "up" else 1
                self._at = max(min(self._at + step, len(self._points) - 1), 0)
                self.show()
            case "escape" | "enter" | "n":  # no, as in every other question
                self.answer(False)
            case "y" | "j":
                self.answer(True)
            case _ if places := [at for at, one in enumerate(self._points) if SOLUTIONS[one.kind].key == key]:
                self._solve(places)

    def _solve(self, places: Sequence[int]) -> None:
        if self._at not in places:
            self._at = places[0]
            if len(places) > 1:
                self.show()
                return
        self.answer(self._points[self._at])


def _act(kind: PointKind) -> Line:
    solution = SOLUTIONS[kind]
    return line((f"{solution.key} ", "key"), _(solution.label))
