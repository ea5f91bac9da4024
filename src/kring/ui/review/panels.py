"""What the review shows: the timeline, and beside it details, a board of that second, charts or codes."""

from __future__ import annotations

from typing import cast

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container, Vertical

from kring.commands.table import OF_REVIEW
from kring.domain.history import Change
from kring.domain.text import KringError, Sentence
from kring.review.entries import Entry, entry_id
from kring.review.filters import NOTHING, Filter
from kring.review.model import ReviewModel
from kring.session.session import Session
from kring.study.earlier import EarlierGroups
from kring.system.i18n import _, as_written, say
from kring.system.settings import Settings
from kring.ui.base import KringScreen
from kring.ui.playback import Playback
from kring.ui.review import headings, timeline_entry
from kring.ui.review.minimap import Minimap, rows_for
from kring.ui.review.side_panel import SidePanel
from kring.ui.widgets.line import EMPTY, line
from kring.ui.widgets.line_list import LineList
from kring.ui.widgets.panel import Panel

WIDE = 100
"""Columns from which the timeline and what stands with it are beside each other."""
HEARD_APART_MS = 200
SAID_OF_OTHERS = frozenset(
    ("turns", "codes", "codings", "coded_until", "memos", "participants", "guide", "turn_judgements", "session")
)
"""The tables whose rows say something of how other entries are drawn."""


class ReviewPanels(KringScreen):
    """Everything that a researcher sees of a session."""

    commands = OF_REVIEW

    DEFAULT_CSS = """
    ReviewPanels Vertical { height: 1fr; }
    ReviewPanels #list-heading, ReviewPanels #beside-heading { height: 1; }
    ReviewPanels #other-side.-beside { border-left: solid $border-blurred; padding-left: 1; }
    """

    def __init__(
        self, session: Session, settings: Settings, warnings: tuple[Sentence, ...] = (), at: int | None = None
    ) -> None:
        super().__init__(session, settings, warnings, most_rows=2)
        self._at_first = at
        self.model = ReviewModel(session.history, session.me.name)
        self.is_large = False
        self._own_moves = 0  # of the cursor, which follow the moment and don't choose another
        self.awaited = 0
        """The moment of the row that is played: until the sound is there, the timeline stays on it."""
        self._plays_from_row = False
        self._was_filtered = False
        self._shown_second = -1
        self._told_problem: Sentence | None = None
        self.top_line = Panel(id="top")
        self.minimap = Minimap(self.model)
        self.list_heading = Panel(id="list-heading")
        self.list_side, self.other_side = Vertical(id="list-side"), Vertical(id="other-side")
        self.body = Container(id="body")
        self.timeline: LineList[Entry] = LineList(
            lambda one, room: timeline_entry.draw(self.model, one, room),
            lambda one: one.id,
            newer=lambda n: _("… {n} further on").format(n=n),
            id="timeline",
        )
        self.timeline.keeps_cursor = True
        self.side_panel = SidePanel(session, self.model)
        self.playback = Playback(session)
        self._earlier_groups = EarlierGroups(session)

    def compose(self) -> ComposeResult:
        self._place()
        yield self.top_line
        yield self.minimap
        with self.body:
            with self.list_side:
                yield self.list_heading
                yield self.timeline
            with self.other_side:
                yield self.side_panel.heading
                yield self.side_panel
        yield self.status.said_line
        yield self.line
        yield self.status.keys

    def on_mount(self) -> None:
        self.timeline.set_all(self.model.entries)
        self._unsubscribe = self.session.subscribe(self._on_change)
        self.set_focus(self.timeline)
        self.call_after_refresh(self.move_to, self.model.begin() if self._at_first is None else self._at_first)
        self.begin_typing()

    def on_unmount(self) -> None:
        self._unsubscribe()
        self.playback.close()
        self._earlier_groups.close()

    def fit(self) -> None:
        self.timeline.fit()
        self.show()

    def on_resize(self, _event: events.Resize) -> None:
        self._place()

    def _place(self) -> None:
        """Give minimap, timeline and what stands with it their places for this size."""
        columns, rows = self.app.size
        across = columns >= WIDE
        self.minimap.names = rows_for(rows, is_searching=bool(self.model.words.split()))
        self.minimap.styles.height = len(self.minimap.names)
        self.minimap.display = bool(self.minimap.names)
        self.body.styles.layout = "horizontal" if across else "vertical"
        self.list_side.display = not self.is_large
        self.list_side.styles.width = "3fr" if across else "1fr"
        self.other_side.styles.width = "2fr" if across and not self.is_large else "1fr"
        left = rows - 4 - len(self.minimap.names)
        self.other_side.styles.height = "1fr" if across or self.is_large else max(min(left * 9 // 20, 16), 5)
        self.other_side.set_class(across and not self.is_large, "-beside")

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        return self.timeline.cursor

    def tick(self) -> None:
        """Go along with the sound, and look whether a second has passed."""
        self.model.prepare()
        if self._earlier_groups.look():
            self.side_panel.earlier = self._earlier_groups.found
            self.show()
        if self._plays_from_row:
            self._plays_from_row = False
            self.hear()
        heard = self.heard()
        if heard is not None and not self.is_typing:
            self._go_along(heard)
        problem = self.playback.problem()
        if problem is not None and problem is not self._told_problem:
            self._told_problem = problem
            self.say(line((say(problem), "soon")))
        second = self.session.now() // 1000
        if second != self._shown_second:
            self._shown_second = second
            self.show_status()

    def heard(self) -> int | None:
        """Return which moment of the session is heard now, None while nothing sounds."""
        heard = self.playback.moment() if self.playback.is_heard else None
        return None if heard is None else round(heard)

    def hear(self, before_ms: int | None = None) -> None:
        """Play from so long before this moment, else from where people may begin to hear it."""
        from kring.session.playback import keep_heard, warning

        try:
            late = self.playback.play(self.playback.recorded(), self.model.at, before_ms)
        except KringError as problem:
            self.refuse(problem)
            return
        entry = self.model.entry_now()
        if entry is not None and entry.at == self.model.at and self.session.store.mode == "write":
            keep_heard(self.session, entry.id)
        known = late or warning(self.session.store.path)
        told = _("Plays at {speed}×.").format(speed=as_written(self.playback.speed))
        self.awaited = 0 if before_ms == 0 else self.model.at
        self.say(line(told, (f"  {say(known)}" if known else "", "soon")))

    def _go_along(self, heard: int) -> None:
        if heard < self.awaited:
            self._show_top()
        elif abs(heard - self.model.at) >= HEARD_APART_MS:
            self.move_to(heard)

    def show(self) -> None:
        """Show what is true now; every panel redraws only the rows that differ."""
        if not self.is_mounted:
            return
        self._show_top()
        self.line.rest(headings.search(self.model, self.entry) if self.model.words.split() else EMPTY)
        self.minimap.look()
        room = self.list_heading.size.width
        self.list_heading.show([headings.timeline(self.model, len(self.timeline), room)])
        self.side_panel.look(self.entry)
        self.show_status()

    def _show_top(self) -> None:
        self.top_line.show(
            [headings.top(self.session, self.model, self.heard(), self.playback.speed, self.top_line.size.width)]
        )

    def _on_change(self, change: Change) -> None:
        if self.model.take_in(change):
            self.timeline.set_all(self.model.entries)
        else:
            for row in change.rows:
                if (one := self.model.entry(entry_id(row))) is not None:
                    self.timeline.replace(one)
        if self.model.filter != NOTHING:
            self._show_filtered()
        changed = {row.TABLE for row in (*change.rows, *change.gone)}
        if changed & SAID_OF_OTHERS:
            self.timeline.redraw()
        self.overhear([event for event in change.acts if self.model.may_tell(event)])
        self._find_cursor()
        self.show()

    def redraw_all(self) -> None:
        """Draw every entry again, after what may be seen of it changed."""
        self._show_filtered()
        self.timeline.redraw()
        self._keep_cursor_in_sight()
        self.show()

    def filter_by(self, wanted: Filter, words: str | None = None) -> None:
        """Show only what passes a filter, and light other words, if any are given; the moment stays."""
        self.model.filter = wanted
        if words is not None and words != self.model.words:
            self.model.words = words
            self._place()
            self.timeline.redraw()
        self._show_filtered()
        self._keep_cursor_in_sight()
        self.show()

    def _show_filtered(self) -> None:
        model = self.model
        is_filtered = model.filter != NOTHING
        if is_filtered != self._was_filtered:  # then a note hangs under no turn, and says whose it is
            self._was_filtered = is_filtered
            self.timeline.redraw()
        self.timeline.filter(model.keeper(), (lambda: [entry.id for entry in model.shown()]) if is_filtered else None)

    def _find_cursor(self) -> None:
        """Have the cursor stand on something that is shown."""
        if self.timeline.cursor is None and (upcoming := self.model.upcoming()) is not None:
            self.model.move_to(upcoming.at)
            self._put_cursor(upcoming)

    def _keep_cursor_in_sight(self) -> None:
        """Have the cursor stand on something that is shown, and in sight."""
        if self.entry is not None:
            self._put_cursor(self.entry)
        self._find_cursor()

    def show_side(self, name: str) -> None:
        """Show something else beside the timeline; the charts again: the next one of them."""
        self.side_panel.choose(name)
        self.show()

    def make_large(self, large: bool) -> None:
        """Maximise or restore the side panel."""
        self.is_large = large
        self._place()
        if not large:
            self.set_focus(self.timeline)
        self.call_after_refresh(self.show)

    def scroll_side(self, lines: int) -> None:
        """Scroll the side panel."""
        self.side_panel.scroll_by(lines)
        self.show()

    def show_first(self) -> None:
        """Go to the first entry that is shown."""
        shown = self.model.shown()
        if shown:
            self.go_to(shown[0])

    def go_to(self, wanted: Entry) -> None:
        """Put the cursor on an entry, and go to its moment; what plays goes along."""
        self.model.move_to(wanted.at)
        self._plays_from_row = self.playback.is_heard
        self._put_cursor(wanted)
        self.show()

    def move_to(self, at: int) -> None:
        """Go to a moment; the cursor follows to what began last."""
        self.model.move_to(at)
        self._follow_moment()
        self.show()

    def _follow_moment(self) -> None:
        wanted = self.model.entry_now()
        if wanted is not None and wanted is not self.entry:
            self._put_cursor(wanted)

    def _put_cursor(self, wanted: Entry) -> None:
        if self.timeline.show_entry(wanted.id):
            self._own_moves += 1

    @on(Minimap.Chosen)
    def _on_chosen(self, event: Minimap.Chosen) -> None:
        self.move_to(event.at)

    @on(Panel.Resized)
    def _on_panel_resized(self) -> None:
        self.call_later(self.show)

    @on(LineList.Moved)
    def _on_moved(self, event: LineList.Moved) -> None:
        if self._own_moves:
            self._own_moves -= 1
            return
        self.side_panel.scroll_to_top()
        self.model.move_to(cast("Entry", event.entry).at)
        self._plays_from_row = self.playback.is_heard
        self.show()
