"""The screen of saturation: what each group brought that no group before it had, as held and in other orders."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kring.domain.text import N_, one_line
from kring.study.finding.choices import called, segments_of
from kring.study.finding.comparing import Line as OfSegment
from kring.study.finding.comparing import lines
from kring.study.finding.finding import Finding
from kring.study.finding.notices import left_out
from kring.system.i18n import _, say
from kring.system.settings import Settings
from kring.ui.desk import app, keys
from kring.ui.desk.app import DeskApp, chosen
from kring.ui.desk.keys import DeskKey
from kring.ui.study.saturation_words import (
    Measure,
    one_group_told,
    orders_told,
    runs_told,
    segment_told,
    sign_told,
)
from kring.ui.widgets.line import EMPTY, Line, cut, line, pad, width, wrap
from kring.ui.widgets.panel import Panel

LONGEST_NAME = 24
LONGEST_BAR = 60
FIGURES = 8
BELOW = 5
"""Rows that tell which themes were new in the group under the cursor."""


class _Row(NamedTuple):
    """A row of the screen; one of a group tells which themes were new in it."""

    line: Line
    of: OfSegment | None = None
    place: int = 0


class SaturationApp(DeskApp):
    """Saturation of one study on a terminal."""

    DEFAULT_CSS = """
    #new { border-top: solid $border-blurred; }
    """
    table = (
        DeskKey("again", ("r",), N_("read again"), N_("Read the groups again."), "program"),
        *keys.MOVES,
        keys.EVERYTHING,
        keys.HELP,
        DeskKey("leave", ("escape", "q"), N_("close"), N_("Go back."), "program"),
    )

    def __init__(self, finding: Finding, title: str, settings: Settings, by: Measure) -> None:
        super().__init__(settings)
        self._finding, self._title, self._by = finding, title, by
        self._new = Panel(id="new")
        self._at = 0
        self._first = 0
        self._read()
        self.acts = {"again": self._read, "leave": self.exit}

    def middle(self) -> Iterator[Panel]:
        yield self.body
        yield self._new

    def _read(self) -> None:
        self._finding.refresh()
        self._groups = self._finding.groups()
        self._called = {number: one_line(name) for number, name in called(self._groups).items()}
        self._segments, self._themes = segments_of(self._groups), self._finding.names_of_themes()
        self.found = lines(self._groups, self._finding.mentions(), self._by.base, self._by.run)

    def arrange(self) -> None:
        """Have as many rows below as it takes to tell what was new in a group, whichever that is."""
        room, each = self.size.width, (_Row(EMPTY, one, n) for one in self.found for n in range(len(one.sessions)))
        self._new.styles.height = 1 + max([len(self._brought(row, room)) for row in each], default=0)
        self._new.display = bool(self.found)

    def draw(self) -> None:
        room, height = self.body.size
        name = (f" {one_line(self._title)} ", "title")
        self.top.show([cut(line((" kring ", "key"), name, (f"  {_('New themes in each group')}", "muted")), room)])
        rows = list(self._rows(room))
        places = [number for number, row in enumerate(rows) if row.of is not None]
        self._at = max(0, min(self._at, len(places) - 1))
        at = places[self._at] if places else 0
        self._new.show(self._brought(rows[at], room))
        self._first = 0 if at < height - 1 else max(min(self._first, at - 2), at - height + 2)
        seen = rows[self._first : self._first + height]
        self.body.show([chosen(row.line) if row is rows[at] and row.of is not None else row.line for row in seen])
        self.foot.show([cut(self.said or self._of_files(), room)])

    def _rows(self, room: int) -> Iterator[_Row]:
        if not self.found:
            yield _Row(line((f" {_('No group was held yet.')}", "muted")))
        for found in self.found:
            yield from self._of(found, room)
            yield _Row(EMPTY)

    def _of(self, found: OfSegment, room: int) -> Iterator[_Row]:
        """Yield the rows of one line: its head, a bar for each group, and what the runs say."""
        longest = min(LONGEST_NAME, max(len(self._called[one]) for one in found.sessions))
        head = line((f" {one_line(segment_told(found, self._segments))}", "bold"))
        if len(found.sessions) < 2:
            yield _Row(head)
            told = line(f"  {self._called[found.sessions[0]]}", (f"  {one_group_told(found)}", "muted"))
            yield _Row(cut(told, room), found)
            return
        scale = max(4, min(LONGEST_BAR, room - longest - 5 - 5 * FIGURES))
        heads = (_("new"), _("known"), _("lowest"), _("middle"), _("highest"))
        figures = "".join(f"{one:>{FIGURES}}" for one in heads)
        head = (*head, (f"   {orders_told(found)}", "muted"))
        yield _Row(cut((*pad(cut(head, longest + 4 + scale), longest + 4 + scale), *line((figures, "muted"))), room))
        most = max(1, *found.new)
        for place, (session, new, known, other) in enumerate(
            zip(found.sessions, found.new, found.known, found.spread, strict=True)
        ):
            name = pad(cut(line(f"  {self._called[session]}"), longest + 3), longest + 4)
            bar = line((f"{'█' * round(scale * new / most):<{scale}}", "bar"))
            told = line((f"{new:>{FIGURES}}", "bold"), (f"{known:>{FIGURES}}", ""))
            orders = line(("".join(f"{one:>{FIGURES}}" for one in other), "muted"))
            yield _Row(cut((*name, *bar, *told, *orders), room), found, place)
        if found.segment is None:
            yield from (_Row(part) for part in wrap(line((f"  {runs_told(found, self._by)}", "muted")), room, hang=2))

    def _brought(self, row: _Row, room: int) -> list[Line]:
        """Return the themes that were new in the group under the cursor, and what all of this is not."""
        told: list[Line] = []
        if row.of is not None:
            names = ", ".join(one_line(self._themes[one]) for one in row.of.brought[row.place])
            group = _("New in {group}:").format(group=self._called[row.of.sessions[row.place]])
            told = wrap(line((f" {group} ", "bold"), names or _("nothing")), room, hang=2)
            if len(told) > BELOW:
                told = [*told[: BELOW - 1], line((f"  {_('… and more')}", "muted"))]
        return [*told, *wrap(line((f" {sign_told()}", "muted")), room, hang=1)]

    def _of_files(self) -> Line:
        """Return what must be said of the files, the first of it."""
        said = [*map(say, self._finding.said), *left_out(self._groups.values())]
        more = f"  … {len(said) - 1}" if len(said) > 1 else ""
        room = self.foot.size.width - width(line(more))
        return (*cut(line((f" {said[0]}" if said else "", "need")), room), (more, "muted"))

    def on_panel_clicked(self, event: Panel.Clicked) -> None:
        rows = list(self._rows(self.body.size.width))
        place = self._first + event.y
        if event.panel is self.body and place < len(rows) and rows[place].of is not None:
            self._at = sum(row.of is not None for row in rows[:place])
            self.show()

    def step(self, key: str) -> None:
        page = max(1, self.body.size.height - 2)
        last = sum(len(found.sessions) for found in self.found) - 1
        by = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "home": -last, "end": last}[key]
        self._at = max(0, min(last, self._at + by))


def run(finding: Finding, title: str, settings: Settings, by: Measure) -> None:
    """Show the saturation of a study until the screen is left."""
    app.run(SaturationApp(finding, title, settings, by))
