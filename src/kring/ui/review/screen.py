"""The review screen: the timeline, and beside it what is wanted: details, a board of that second, charts, codes."""

from __future__ import annotations

from typing import cast

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Input

from kring.domain.history import Change
from kring.domain.text import Sentence
from kring.review.commands import COMMANDS
from kring.review.entries import Entry, entry_id
from kring.review.filters import NOTHING, Filter
from kring.review.model import Reading
from kring.session.session import PROGRAM, Session
from kring.system.i18n import _, say
from kring.system.settings import Settings
from kring.ui.base import FaceScreen
from kring.ui.keymap import OF_REVIEW, key_table, keys_of_face
from kring.ui.review import headings, timeline_entry
from kring.ui.review.commands import BEFORE_MS, ReviewActing
from kring.ui.review.playback import Hearing
from kring.ui.review.prompt import Asking
from kring.ui.review.side_panel import Beside
from kring.ui.review.status_line import ReviewBottom
from kring.ui.textual_private import has_binding
from kring.ui.widgets.line import Line, line
from kring.ui.widgets.line_input import LineInput
from kring.ui.widgets.line_list import LineList
from kring.ui.widgets.panel import Panel

WIDE = 100
"""Columns from which the timeline and what stands with it are beside each other."""
HEARD_APART_MS = 200
OF_LIST = ("up", "down", "pageup", "pagedown", "home", "end")


class ReviewScreen(FaceScreen):
    """Everything that a researcher sees and does with a session."""

    DEFAULT_CSS = """
    ReviewScreen { layout: vertical; }
    ReviewScreen #body { height: 1fr; }
    ReviewScreen #top, ReviewScreen #said { height: 1; }
    ReviewScreen #top { background: $panel; }
    """

    def __init__(self, session: Session, settings: Settings, warnings: tuple[Sentence, ...] = ()) -> None:
        super().__init__()
        self.session = session
        self.reading = Reading(session.history, session.me.name)
        self.key_table = key_table(keys_of_face(settings.keys, review=True), COMMANDS, OF_REVIEW)
        self._warnings = (*warnings, *settings.warnings, *self.key_table.problems)
        self.is_large = False
        self.is_searching = False
        self._own_moves = 0  # of the cursor, which follow the moment and don't choose another
        self._at_before_search = 0
        self.awaited = 0
        """The moment of the row that is played: until the sound is there, the timeline stays on it."""
        self._plays_from_row = False
        self._shown_second = -1
        self._told_problem: Sentence | None = None
        self.top_line = Panel(id="top")
        self.body = Container(id="body")
        self.timeline: LineList[Entry] = LineList(
            lambda one, room: timeline_entry.draw(self.reading, one, room),
            lambda one: one.id,
            newer=lambda n: _("… {n} further on").format(n=n),
            framed=True,
            id="timeline",
        )
        self.timeline.keeps_cursor = True
        self.beside = Beside(session, self.reading)
        self.line = LineInput(id="line", limit_word=_("FULL"))
        self.hearing = Hearing(session.store.path)
        self.asking = Asking(self)
        self.acting = ReviewActing(self, session)
        self.bottom = ReviewBottom(self, session)

    def compose(self) -> ComposeResult:
        self._place()
        yield self.top_line
        with self.body:
            yield self.timeline
            yield self.beside
        yield self.bottom.said_line
        yield self.line
        yield self.bottom.keys

    def on_mount(self) -> None:
        self.timeline.set_all(self.reading.entries)
        self._stop_listening = self.session.subscribe(self._on_change)
        self.set_focus(self.timeline)
        if self._warnings:
            more = len(self._warnings) - 1
            self.say(line((say(self._warnings[0]), "soon"), (f" (+{more})" if more else "", "muted")))
        self.call_after_refresh(self.move_to, self.reading.begin())
        self.begin_typing()

    def on_unmount(self) -> None:
        self._stop_listening()
        self.hearing.close()

    def fit(self) -> None:
        self.timeline.fit()
        self.show()

    def on_resize(self, _event: events.Resize) -> None:
        self._place()

    def _place(self) -> None:
        """Give timeline and what stands with it their places for this size."""
        columns, rows = self.app.size
        across = columns >= WIDE
        self.body.styles.layout = "horizontal" if across else "vertical"
        self.timeline.display = not self.is_large
        self.beside.styles.width = "1fr"
        self.timeline.styles.width = "1fr"
        self.beside.styles.height = "1fr" if across or self.is_large else max(min((rows - 4) * 9 // 20, 16), 5)

    # What is shown.

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        return self.timeline.cursor

    def tick(self) -> None:
        """Go along with the sound, and look whether a second has passed."""
        self.reading.prepare()
        if self._plays_from_row:
            self._plays_from_row = False
            self.acting.hear(before_ms=BEFORE_MS)
        heard = self.hearing.moment()
        if heard is not None and not self.is_typing:
            self._go_along(heard)
        problem = self.hearing.problem()
        if problem is not None and problem is not self._told_problem:
            self._told_problem = problem
            self.say(line((say(problem), "soon")))
        second = self.session.now() // 1000
        if second != self._shown_second:
            self._shown_second = second
            self.bottom.show()

    def _go_along(self, heard: int) -> None:
        if heard < self.awaited:
            self._show_top()
        elif abs(heard - self.reading.at) >= HEARD_APART_MS:
            self.move_to(heard)

    def show(self) -> None:
        """Show what is true now; every panel redraws only the rows that differ."""
        if not self.is_mounted:
            return
        self._show_top()
        self.timeline.entitle(headings.timeline(self.reading, len(self.timeline)))
        self.beside.look(self.entry)
        self.bottom.show()

    def _show_top(self) -> None:
        self.top_line.show([headings.top(self.session, self.reading, self.hearing, self.top_line.size.width)])

    def say(self, told: Line) -> None:
        """Show in one line what an act did, or why it didn't."""
        self.bottom.say(told)

    def _on_change(self, change: Change) -> None:
        if self.reading.take_in(change):
            self.timeline.set_all(self.reading.entries)
        else:
            for row in change.rows:
                if (one := self.reading.entry(entry_id(row))) is not None:
                    self.timeline.replace(one)
        if self.reading.filter != NOTHING:
            self.timeline.filter(self.reading.keeper())
        changed = {row.TABLE for row in (*change.rows, *change.gone)}
        if changed & {"codes", "codings", "memos", "participants", "guide", "turn_judgements", "session"}:
            self.timeline.redraw()
        others = [event for event in change.events if not self.session.is_mine(event) and event.actor != PROGRAM]
        others = [event for event in others if self.reading.may_tell(event)]
        if others:
            told, who = say(self.session.told(others[-1])), others[-1].actor or _(others[-1].role)
            self.bottom.overhear(line((f"{who}: ", "accent"), (told, "muted")))
        self._find_cursor()
        self.show()

    def see_anew(self) -> None:
        """Draw every entry anew, after what may be seen of it changed."""
        self.timeline.filter(self.reading.keeper())
        self.timeline.redraw()
        self._keep_cursor_in_sight()
        self.show()

    def sift(self, wanted: Filter) -> None:
        """Show only what passes a filter; the moment stays."""
        self.reading.filter = wanted
        self.timeline.filter(self.reading.keeper())
        self._keep_cursor_in_sight()
        self.show()

    def _find_cursor(self) -> None:
        """Have the cursor stand on something that is shown."""
        if self.timeline.cursor is None and (upcoming := self.reading.upcoming()) is not None:
            self.reading.move_to(upcoming.at)
            self._put_cursor(upcoming)

    def _keep_cursor_in_sight(self) -> None:
        """Have the cursor stand on something that is shown, and in sight."""
        if self.entry is not None:
            self._put_cursor(self.entry)
        self._find_cursor()

    def show_side(self, name: str) -> None:
        """Show something else beside the timeline; the charts again: the next one of them."""
        self.beside.choose(name)
        self.show()

    def make_large(self, large: bool) -> None:
        """Give what stands beside the whole screen, or take it back."""
        self.is_large = large
        self._place()
        if not large:
            self.set_focus(self.timeline)
        self.call_after_refresh(self.show)

    def scroll_side(self, lines: int) -> None:
        """Scroll what stands beside the timeline."""
        self.beside.scroll_by(lines)
        self.show()

    # The moment.

    def show_first(self) -> None:
        """Go to the first entry that is shown."""
        shown = self.reading.shown()
        if shown:
            self.go_to(shown[0])

    def go_to(self, wanted: Entry) -> None:
        """Put the cursor on an entry, and go to its moment; what plays goes along."""
        self.reading.move_to(wanted.at)
        self._plays_from_row = self.hearing.sounds
        self._put_cursor(wanted)
        self.show()

    def move_to(self, at: int) -> None:
        """Go to a moment; the cursor follows to what began last."""
        self.reading.move_to(at)
        self._follow_moment()
        self.show()

    def _follow_moment(self) -> None:
        wanted = self.reading.entry_now()
        if wanted is not None and wanted is not self.entry:
            self._put_cursor(wanted)

    def _put_cursor(self, wanted: Entry) -> None:
        if self.timeline.show_entry(wanted.id):
            self._own_moves += 1

    @on(LineList.Moved)
    def _on_moved(self, event: LineList.Moved) -> None:
        if self._own_moves:
            self._own_moves -= 1
            return
        self.beside.scroll_to_top()
        self.reading.move_to(cast("Entry", event.entry).at)
        self._plays_from_row = self.hearing.sounds
        self.show()

    # What is done.

    @property
    def is_typing(self) -> bool:
        """Tell whether keys go into the line."""
        return self.focused is self.line

    def pressed(self, event: events.Key) -> bool:
        if self.asking.takes_keys and self.asking.press(event):
            return True
        match event.key:
            case "enter" if self.is_typing:
                self._submitted()
            case "escape" if self.is_typing:
                self._left()
            case "tab" if self.is_typing:
                self._complete()
            case "escape":
                self._return()
            case _ if self.is_typing and self.line.typed(event):
                self._typed()
            case key if self.is_typing and has_binding(self.line, key):
                return False
            case key if key in OF_LIST and not self.is_typing:
                return self.is_large and self._move_unseen(key)
            case key:
                return self._command(key)
        return True

    def _move_unseen(self, key: str) -> bool:
        """Go through the entries, or scroll, while the timeline is not in sight."""
        if key in ("pageup", "pagedown"):
            page = max(self.beside.size.height - 2, 1)
            self.scroll_side(page if key == "pagedown" else -page)
            return True
        shown = self.reading.shown()
        here = shown.index(self.entry) if self.entry in shown else 0
        place = {"up": here - 1, "down": here + 1, "home": 0, "end": len(shown) - 1}[key]
        if 0 <= place < len(shown):
            self.go_to(shown[place])
        return True

    def pasted(self, event: events.Paste) -> None:
        if self.is_typing and event.text.strip():
            self.line.paste(event)
            self._typed()

    def _command(self, key: str) -> bool:
        known = self.key_table.commands.get(key)
        if known is not None:
            self.acting.command(*known)
        return known is not None

    def _return(self) -> None:
        if self.is_large:
            self.make_large(False)
        elif self.reading.filter != NOTHING:
            self.sift(NOTHING)

    def open_line(self, label: str, text: str, place: int) -> None:
        """Open the line for what is asked."""
        self.bottom.opens_line()
        self.is_searching = False
        self._begin_line(label, text, place)

    def open_search(self) -> None:
        """Open the line to search; the timeline follows every key."""
        self.is_searching = True
        self._at_before_search = self.reading.at
        self._begin_line(_("find"), self.reading.filter.words, len(self.reading.filter.words))

    def _begin_line(self, label: str, text: str, place: int) -> None:
        self.line.value = text
        self.line.cursor_position = place
        self.line.placeholder = label
        self.set_focus(self.line)
        self.show()

    def _submitted(self) -> None:
        text = self._close_line()
        if self.is_searching:
            self.is_searching = False
            self.show()
        else:
            self.asking.submitted(text)

    def _left(self) -> None:
        text = self._close_line()
        if self.is_searching:
            self.is_searching = False
            self.sift(self.reading.filter._replace(words=""))
            self.move_to(self._at_before_search)
        else:
            self.asking.left(text)

    def _close_line(self) -> str:
        text = self.line.take()
        self.line.placeholder = ""
        self.set_focus(self.timeline)
        return text

    def _complete(self) -> None:
        completed = None if self.is_searching else self.asking.complete(self.line.value)
        if completed is not None:
            self.line.value = completed
            self.line.cursor_position = len(completed)

    def _typed(self) -> None:
        if self.is_searching and self.line.value != self.reading.filter.words:
            self.sift(self.reading.filter._replace(words=self.line.value))

    @on(Input.Changed)
    def _on_typed(self) -> None:
        if self.is_typing:
            self._typed()
        self.bottom.show()

    def leave(self) -> None:
        self.acting.command("quit", "")

    def leave_now(self) -> None:
        """Close the program."""
        self.app.exit()
