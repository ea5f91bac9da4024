"""What the live screen of both roles shows: the same panels, laid out for who leads and for who writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from kring.domain.facts import RecordingStarted, RecordingStopped
from kring.domain.history import Change
from kring.domain.rows import NoteRow
from kring.domain.text import Sentence
from kring.session.recording import OFF, Recordist
from kring.session.session import Session
from kring.system.i18n import _, say
from kring.system.settings import Settings
from kring.ui.live.layout import Wish, framed
from kring.ui.live.lower_part import LowerPart
from kring.ui.views import aside, floor, technique, top, typing
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.line import EMPTY, Line, line, spread, width, window, wrap
from kring.ui.widgets.panel import Panel

ROOM_FOR_MEANING, ROOM_FOR_GRAMMAR, ROOM_FOR_BLANKS = 4, 6, 18
"""Rows of notes from which the surface above the typed line says what it means, the grammar too, and has blank rows."""


def _on_surface(row: Line) -> Line:
    """Return a row of the surface in which somebody types: with its blue edge, filled to its end."""
    return (("▌", "key card"), *[(text, f"{look} card") for text, look in row], ("", "card"))


class LivePanels(LowerPart):
    """Everything that a moderator or an assistant sees while people talk."""

    DEFAULT_CSS = """
    LivePanels #heading, LivePanels #guide { height: 1; }
    LivePanels #lower { height: 1fr; }
    LivePanels #lower > * { width: 1fr; }
    LivePanels .-section { border: none; border-top: solid $border-blurred; border-title-color: $foreground; }
    LivePanels #left LineInput:focus { background: $kring-card; }
    LivePanels #mode { height: 1; background: $panel; }
    """

    def __init__(
        self,
        session: Session,
        settings: Settings,
        warnings: tuple[Sentence, ...] = (),
        recordist: Recordist | None = None,
    ) -> None:
        super().__init__(session, settings, warnings, recordist)
        self.next_told: Sentence | None = None
        """What the next screen says first, where this one makes room for that of another role."""
        self.is_unfolded = False
        """Whether somebody asked to see all that comes with the question."""
        self.status.is_above_typed = not self._is_assistant
        self._shown_second = -1
        self._shown_recorder = OFF
        self._show_waits = self._is_held = False
        self.stage = Horizontal(id="stage")
        self.left = Vertical(id="left")
        self.right = Vertical(id="right")
        self.top_line = Panel(id="top")
        self.guide = Panel(id="guide")
        self.card = Panel(id="card")
        self.under = Panel(id="under")
        self.floor = Panel(id="floor")
        self.turns = Panel(id="turns")
        self.cues = Panel(id="cues")
        self.issues = Panel(id="issues")
        self.mode_line = Panel(id="mode")
        self.lower = Horizontal(id="lower")
        self.aside = Panel(id="aside")

    @property
    def _panels(self) -> tuple[Widget, ...]:
        both = (self.guide, self.floor, self.cues, self.heading, self.notes, self.checks, self.board_panel)
        own = (self.line, self.issues, self.mode_line) if self._is_assistant else (self.card, self.under, self.turns)
        return (*both, *own)

    def compose(self) -> ComposeResult:
        self._place()  # before anything is mounted, so that it's laid out once
        yield self.top_line
        yield self.guide
        if self._is_assistant:
            yield from self._assistants()
        else:
            with self.stage:
                with self.left:
                    yield self.card
                    yield self.under
                with self.right:
                    yield self.floor
                    yield self.turns
                    yield self.cues
            yield self.heading
            with self.lower:
                yield self.notes
                yield self.checks
                yield self.board_panel
                yield self.aside
            yield self.status.said_line
            yield self.line
        yield self.status.keys

    def _assistants(self) -> ComposeResult:
        with self.stage:
            with self.left:
                yield self.heading
                yield self.notes
                yield self.board_panel
                yield self.line
            with self.right:
                yield self.floor
                yield self.checks
                yield self.issues
                yield self.cues
        yield self.status.said_line
        yield self.mode_line

    def on_mount(self) -> None:
        self.notes.filter(self._note_search.keeps, self._note_search.ids)
        self.notes.set_all(self.session.state.notes.values())
        self._list_checks()
        self._unsubscribe = self.session.subscribe(self._on_change)
        self.arrange_panels()
        self.begin_typing()

    def on_unmount(self) -> None:
        self._unsubscribe()

    def fit(self) -> None:
        self.notes.fit()
        self.checks.fit()
        self.show()

    def tick(self) -> None:
        """Look whether a second has passed, or whether something happened; four times a second."""
        super().tick()
        self._note_search.prepare()
        second = self.session.now() // 1000
        recorder_state = self._recorder_state
        if second != self._shown_second or recorder_state.warnings != self._shown_recorder.warnings:
            self.show()
        elif recorder_state != self._shown_recorder:  # the meter
            self._show_top(self.moment())

    def show(self) -> None:
        """Show what is true now; every panel redraws only the rows that differ."""
        if not self.is_mounted or self._frame is None:
            return
        if self._is_held:
            self._show_waits = True
            return
        self._show_waits = False
        self._shown_second = self.session.now() // 1000
        moment = self.moment()
        self._place(moment)
        lines, shown = self._frame.lines, self._frame.arrangement.shown
        self._show_top(moment)
        for panel in (self.guide, self.card, self.under, self.turns, self.cues, self.issues):
            if panel.id in shown:
                panel.show(lines.get(panel.id, []))
        self.floor.show(floor.floor(moment, *self.floor.size, self.session.me.role))
        board = self.board
        for one in self.boards.made():
            one.has_keys = one is self.entered_board
        if board is not None:
            room, height = self.board_panel.size
            self.board_panel.show(window(board.lines(moment, room, height), height, room))
        if self.aside.display:
            self.aside.show(aside.lines(moment, self.session.sealing.text, *self.aside.size))
        self.heading.show(self._heading(moment, *self.heading.size))
        self._entitle(moment)
        self.show_status()

    def _entitle(self, moment: LiveMoment) -> None:
        """Put the titles of the assistant's right column in its hairlines."""
        if self._is_assistant and self.checks.has_class("-section"):
            self.checks.entitle(f" {technique.checklist_title(moment.state)} ")
            self.issues.entitle(f" {technique.contact(moment.state)} ")
            self.cues.entitle(f" {_('cues')} ")

    def show_status(self) -> None:
        if self._is_held:
            self._show_waits = True
            return
        mode = self.mode()
        rest = EMPTY if self.status.is_asked else typing.next_note(self.session.state, self.now())
        is_told_below = self._is_assistant and self.mode_line.display
        rest = self.half_typed() or rest
        self.line.rest(rest if is_told_below else mode or rest)
        if self._is_assistant:
            self._show_surface(mode)
        super().show_status()

    def half_typed(self) -> Line:
        """Return what was begun in the line and is not saved, with the key that goes on; empty while it is typed."""
        return EMPTY

    @property
    def says_hint_elsewhere(self) -> bool:
        return self._is_assistant and self.notes.display and self.notes.size.height >= ROOM_FOR_MEANING

    def _show_surface(self, mode: Line) -> None:
        """Show what is typed on a surface of its own: the grammar in reach, and what the text means so far."""
        typed = line(" ", (_("you are typing; letters and digits are text"), "muted"))
        self.mode_line.show([typed if self.is_typing else mode])
        self.notes.stand_on(self._surface() if self.is_typing and self.says_hint_elsewhere else ())

    def _surface(self) -> list[Line]:
        """Return the rows above the line in which the assistant types."""
        room, height = self.notes.size
        told = wrap(line(" ", *self.status.about_typed(self.hint())), room - 1, hang=2)[:2]
        speaks = typing.who_speaks(self.session.state)
        if len(told) == 1 and width(told[0]) + width(speaks) + 2 <= room - 1:
            told = [spread(told[0], speaks, room - 1)]
        grammar = typing.grammar_lines(room - 1) if height >= ROOM_FOR_GRAMMAR else []
        airy = [EMPTY] if height >= ROOM_FOR_BLANKS else []
        return [_on_surface(row) for row in (*airy, *grammar, *airy, *told, *airy)]

    def mode(self) -> Line:
        """Return who or what the next key is about while a board or a list is entered; empty where none is."""
        if self.entered_board is not None:
            return line(" ", *self.entered_board.mode(self.moment()))
        return EMPTY

    @contextmanager
    def one_look(self) -> Iterator[None]:
        """Show once, at the end, whatever is done on the way."""
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
            if self._show_waits:
                self.show()

    def _show_top(self, moment: LiveMoment) -> None:
        self._shown_recorder = moment.recorder
        self.top_line.show([top.top_line(moment, self.top_line.size.width)])

    def _report_change(self, change: Change) -> None:
        """Tell what others did, and that the recorder began or ended, which comes a moment after its key."""
        for event in change.acts:
            if isinstance(event.fact, RecordingStarted | RecordingStopped) and event.fact.source == "kring":
                self.say(line(("✓ ", "ok"), say(self.session.told(event))))
        self.overhear(change.acts)

    def _has_late_note(self, change: Change) -> bool:
        """Whether a note of another computer came in that stands before some that are shown."""
        new = {row.id for row in change.rows if isinstance(row, NoteRow) and row.id not in self.notes}
        return new != set(islice(reversed(self.session.state.notes), len(new)))

    def _on_change(self, change: Change) -> None:
        changed = {row.TABLE for row in (*change.rows, *change.gone)}
        is_late = self._has_late_note(change)
        self._note_search.take_in(change, is_late)
        if is_late:
            self.notes.set_all(self.session.state.notes.values())
        elif "notes" in changed:
            for gone in change.gone:
                if isinstance(gone, NoteRow):
                    self.notes.drop(gone.id)
            for row in change.rows:
                if isinstance(row, NoteRow):
                    self.notes.replace(row)
        if "consents" in changed:
            self.notes.redraw()
        if changed & {"checks", "session", "participants", "visits", "consents", "issues"}:
            self._list_checks()
        self._make_way(changed, is_own=any(map(self.session.is_mine, change.acts)))
        self._report_change(change)
        self.show()

    def _make_way(self, changed: set[str], *, is_own: bool) -> None:
        """Let what stood in for others make way for them; the tests of people only for one's own note."""
        if "notes" in changed and self.entered_board is None and (is_own or self.tab != technique.TESTS):
            self.make_room_for_notes()
        if "session" in changed and self.session.state.session.started_at is not None:
            self.begin_talk()
        if "visits" in changed:
            self.is_unfolded = False

    def on_resize(self, _event: events.Resize) -> None:
        self.arrange_panels()

    @on(Panel.Resized)
    def _on_panel_resized(self) -> None:
        if not self._show_waits:  # every panel says so at once; one look is enough
            self._show_waits = True
            self.call_later(self.show)

    def arrange_panels(self) -> None:
        """Give every panel its place for what there is to show; nothing is laid out when that's as it was."""
        if self.is_mounted and self._place():
            self.call_after_refresh(self.show)

    def _place(self, moment: LiveMoment | None = None) -> bool:
        columns, rows = self.app.size
        tab = "board" if self.board else self.tab
        wish = Wish(columns, rows, tab, self.is_unfolded, self.tab in ("notes", self._stands_in))
        before, self._frame = self._frame, framed(self.session.me.role, moment or self.moment(), wish)
        wanted = self._frame.arrangement
        if before is not None and wanted == before.arrangement:
            return False
        self.stage.styles.layout = wanted.stage
        self.stage.styles.height = wanted.heights["stage"]
        for name, side in (("left", self.left), ("right", self.right)):
            side.styles.width = wanted.widths[name]
            side.styles.height = wanted.heights[name]
        self.left.styles.padding = (0, wanted.gap, 0, 0)
        self.mode_line.display = wanted.stage == "horizontal"
        for panel in self._panels:
            if panel is not self.mode_line:
                panel.display = panel.id in wanted.shown
            if panel.id in wanted.shown:
                panel.styles.height = wanted.heights[panel.id]
        self.lower.display = tab in wanted.shown
        self.aside.display = wanted.aside > 0
        self.aside.styles.width = wanted.aside
        self.aside.styles.padding = (0, 0, 0, wanted.gap)
        for section in (self.checks, self.issues, self.cues):
            section.set_class(self._is_assistant and wanted.stage == "horizontal", "-section")
        return True

    def unfold(self) -> None:
        """Show all that comes with the question, or fold it again."""
        self.is_unfolded = not self.is_unfolded
        self.show()
