"""What the live screen of both roles shows: the same panels, laid out for who leads and for who writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from kring.commands.table import OF_LIVE, TESTS
from kring.domain.facts import RecordingStarted, RecordingStopped
from kring.domain.history import Change
from kring.domain.rows import NoteRow
from kring.domain.text import Sentence
from kring.session.recording import OFF, RecorderState, Recordist
from kring.session.session import Session
from kring.system.i18n import _, ngettext, say
from kring.system.settings import Settings
from kring.ui import help as help_pages
from kring.ui.base import KringScreen
from kring.ui.boards.board import Board
from kring.ui.live.layout import TABS, Arrangement, arranged
from kring.ui.live.note_search import NoteSearch
from kring.ui.views import floor, guide, notes, technique, top
from kring.ui.views.live_moment import LiveMoment
from kring.ui.views.technique import CheckEntry
from kring.ui.widgets.line import EMPTY, Line, line, spread
from kring.ui.widgets.line_list import LineList
from kring.ui.widgets.panel import Panel


class BoardPanel(Panel):
    """Where a board is drawn; it has the focus while the board has the keyboard."""

    can_focus = True


class LivePanels(KringScreen):
    """Everything that a moderator or an assistant sees while people talk."""

    commands = OF_LIVE

    def __init__(
        self,
        session: Session,
        settings: Settings,
        warnings: tuple[Sentence, ...] = (),
        recordist: Recordist | None = None,
    ) -> None:
        super().__init__(session, settings, warnings, most_rows=2)
        self.recordist = recordist
        self.next_told: Sentence | None = None
        """What the next screen says first, where this one makes room for that of another role."""
        self.demo_speed = 0.0  # how many times faster than real a rehearsal runs
        self._note_search = NoteSearch(session)
        self.boards: Mapping[str, Board] = {}
        self.tab = self._tab_before = TABS[session.me.role == "assistant"][0]
        self._arrangement: Arrangement | None = None
        self._shown_second = -1
        self._shown_recorder = OFF
        self.body = Vertical(id="body")
        self.stage = Horizontal(id="stage")
        self.left = Vertical(id="left")
        self.right = Vertical(id="right")
        self._show_waits = self._is_held = False
        self._key_of_tests = help_pages.keys_of(TESTS, self.key_table.shown)
        self.top_line = Panel(id="top")
        self.guide = Panel(framed=True, id="guide")
        self.floor = Panel(framed=True, id="floor")
        self.cues = Panel(framed=True, id="cues")
        self.issues = Panel(framed=True, id="issues")
        self.board_panel = BoardPanel(framed=True, id="board")
        self.technique = Panel(framed=True, id="technique")
        self.heading = Panel(id="heading")
        self.notes: LineList[NoteRow] = LineList(
            lambda note, room: notes.draw(session.state, note, room),
            lambda note: note.id,
            newer=lambda n: ngettext("… {n} newer", "… {n} newer", n).format(n=n),
            framed=True,
            id="notes",
        )
        self.checks: LineList[CheckEntry] = LineList(self._draw_check, lambda entry: entry[0], framed=True, id="checks")

    @property
    def _panels(self) -> tuple[Widget, ...]:
        beside = () if self.session.me.role == "assistant" else (self.technique,)
        listed = (self.notes, self.checks)
        return (self.guide, self.floor, self.cues, self.heading, *listed, self.issues, self.board_panel, *beside)

    def compose(self) -> ComposeResult:
        self._place()  # before anything is mounted, so that it's laid out once
        yield self.top_line
        if self.session.me.role == "assistant":
            with self.body:
                with self.left:
                    yield self.guide
                    yield self.notes
                with self.right:
                    yield self.floor
                    yield self.heading
                    yield self.checks
                    yield self.issues
                    yield self.board_panel
                    yield self.cues
        else:
            with self.body:
                with self.stage:
                    with self.left:
                        yield self.guide
                    with self.right:
                        yield self.floor
                        yield self.cues
                        yield self.technique
                yield self.heading
                yield self.notes
                yield self.checks
                yield self.issues
                yield self.board_panel
        yield self.status.said_line
        yield self.line
        yield self.status.keys

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
        self._note_search.prepare()
        second = self.session.now() // 1000
        recorder_state = self._recorder_state
        if second != self._shown_second or recorder_state.warnings != self._shown_recorder.warnings:
            self.show()
        elif recorder_state != self._shown_recorder:  # the meter
            self._show_top(self.moment())

    def moment(self) -> LiveMoment:
        """Return what all views look at now."""
        return LiveMoment(self.session.state, self.session.now(), self._recorder_state, self.demo_speed)

    def show(self) -> None:
        """Show what is true now; every panel redraws only the rows that differ."""
        if not self.is_mounted or self._arrangement is None:
            return
        if self._is_held:
            self._show_waits = True
            return
        self._show_waits = False
        state = self.session.state
        self._shown_second = self.session.now() // 1000
        moment = self.moment()
        words = self._tab_words(moment)
        shown = self._arrangement.shown
        self._show_top(moment)
        if "guide" in shown:
            self.guide.show(self._guide_lines(moment), _("Discussion guide"))
        if "floor" in shown:
            self.floor.show(floor.floor(moment, *self.floor.size, self.session.me.role), _("Who speaks"))
        if "cues" in shown:
            role = self.session.me.role
            waits = role != "assistant" and technique.unseen_cues(state, self.cues.size.width)
            title = _("Cues") + (" ── " + _("Enter: seen") if waits else "")
            self.cues.show(technique.cues(moment, *self.cues.size, role), title)
        if "issues" in shown:
            title = self._entitled("issues", technique.contact(state), words)
            self.issues.show(technique.issues(moment, *self.issues.size), title)
        if "technique" in shown:
            self.technique.show(technique.issues(moment, *self.technique.size), technique.contact(state))
        if self.board is not None:
            self.board.has_keys = self.entered_board is not None
            title = self._entitled(self.tab, words.get(self.tab, ""), words)
            self.board_panel.show(self.board.lines(moment, *self.board_panel.size), title)
        if "heading" in shown:
            self.heading.show([self._heading(self.heading.size.width, words)])
        self.notes.entitle(self._entitled("notes", self._notes_title(), words))
        self.checks.entitle(self._entitled("checks", self._checklist(), words))
        self.show_status()

    def show_status(self) -> None:
        if self._is_held:
            self._show_waits = True
        else:
            self.line.rest(self.mode())
            super().show_status()

    def mode(self) -> Line:
        """Return who or what the next key is about, for the line in which nothing is typed now."""
        return EMPTY if self.entered_board is None else line(" ", *self.entered_board.mode(self.moment()))

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

    @property
    def _recorder_state(self) -> RecorderState:
        return OFF if self.recordist is None else self.recordist.recorder_state

    def _show_top(self, moment: LiveMoment) -> None:
        self._shown_recorder = moment.recorder
        self.top_line.show([top.top_line(moment, self.top_line.size.width)])

    def _guide_lines(self, moment: LiveMoment) -> list[Line]:
        room, height = self.guide.size
        if height <= 2:
            return guide.brief(moment, room, height)
        if self._arrangement is not None and self._arrangement.compact:
            return guide.compact(moment, room, height)
        return guide.guide(moment, room, height)

    def _heading(self, room: int, words: Mapping[str, str]) -> Line:
        """Return the line that stands for a frame where there's no room for one."""
        title = words.get(self.tab, "")
        others = line(("Tab ", "key"), (self._others(words), "muted"))
        return spread(line(("─ ", "muted"), (title + " ", "title")), others, room)

    def _notes_title(self) -> str:
        if not self.wanted:
            return _("Notes")
        return _("Notes with “{words}” ({n}), Esc: all").format(words=self.wanted, n=len(self.notes))

    def _entitled(self, name: str, title: str, words: Mapping[str, str]) -> str:
        """Return the title of a panel, and behind it what the tab key brings in its place."""
        arrangement = self._arrangement
        if arrangement is None or not arrangement.tabbed or name != self.tab or name not in arrangement.shown:
            return title
        return f"{title} ── Tab: {self._others(words)}"

    def _checklist(self) -> str:
        """Return the title of the checklist; whoever helps people in has the number for them in sight with it."""
        phone = self.session.state.session.assistant_phone
        return f"{_('Checklist')} ({phone})" if phone and self.session.me.role == "assistant" else _("Checklist")

    def _others(self, words: Mapping[str, str]) -> str:
        return " · ".join(word for name, word in words.items() if name != self.tab) + " "

    def _tab_words(self, moment: LiveMoment) -> dict[str, str]:
        """Return the words of the tab line, by what they are of."""
        words = {
            "notes": self._notes_title(),
            "checks": self._checklist() if self.tab == "checks" else _("Checklist"),
            "issues": _("Technique"),
        }
        titles = {name: title for name, board in self.boards.items() if (title := board.title(moment))}
        return {name: words[name] for name in TABS[self.session.me.role == "assistant"]} | titles

    def _draw_check(self, entry: CheckEntry, room: int) -> list[Line]:
        return [technique.entry_line(self.session.state, entry, room, self._key_of_tests)]

    def _list_checks(self) -> None:
        state = self.session.state
        self.checks.set_all(technique.check_entries(state))
        self.checks.redraw()
        upcoming = technique.next_entry(state)
        if upcoming is not None and self.focused is not self.checks:
            self.checks.show_from(f"phase:{upcoming[1]}")

    def _report_change(self, change: Change) -> None:
        """Tell what others did, and that the recorder began or ended, which comes a moment after its key."""
        for event in change.acts:
            if isinstance(event.fact, RecordingStarted | RecordingStopped) and event.fact.source == "kring":
                self.say(line(("✓ ", "ok"), say(self.session.told(event))))
        self.overhear(change.acts)

    def _on_change(self, change: Change) -> None:
        changed = {row.TABLE for row in (*change.rows, *change.gone)}
        self._note_search.take_in(change)
        if "notes" in changed:
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
        self._report_change(change)
        if "cues" in changed or {"participants", "session"} & changed:
            self.arrange_panels()
        self.show()

    def on_resize(self, _event: events.Resize) -> None:
        self.arrange_panels()

    @on(Panel.Resized)
    def _on_panel_resized(self) -> None:
        if not self._show_waits:  # every panel says so at once; one look is enough
            self._show_waits = True
            self.call_later(self.show)

    def arrange_panels(self) -> None:
        """Give every panel its place for this size, role, phase and tab; nothing is laid out when that's as it was."""
        if self.is_mounted and self._place():
            self.call_after_refresh(self.show)

    def _place(self) -> bool:
        columns, rows = self.app.size
        state = self.session.state
        wanted = arranged(
            self.session.me.role,
            columns,
            rows,
            seats=sum(p.removed_at is None and p.status != "no_show" for p in state.participants.values()),
            tab="board" if self.board else self.tab,
            cue_lines=lambda room: len(technique.unseen_cues(state, room)),
        )
        if wanted == self._arrangement:
            return False
        self._arrangement = wanted
        self.body.styles.layout = wanted.body
        self.stage.styles.layout = wanted.stage
        self.stage.styles.height = wanted.heights.get("stage", "1fr")
        for name, side in (("left", self.left), ("right", self.right)):
            side.styles.width = wanted.widths[name]
            side.styles.height = wanted.heights[name]
        for panel in self._panels:
            name = panel.id or ""
            panel.display = name in wanted.shown
            panel.set_class(wanted.framed and panel is not self.heading, "-framed")
            if name in wanted.shown:
                panel.styles.height = wanted.heights[name]
        return True

    def next_tab(self, *, back: bool = False) -> None:
        """Show the next panel of the lower half; where all are in sight, enter the next list."""
        step = -1 if back else 1
        tabs = self.tabs()
        if self._arrangement is None or self._arrangement.tabbed:
            self.show_tab(tabs[(tabs.index(self.tab) + step) % len(tabs)])
            return
        lists = {one.id or "": one for one in (self.notes, self.checks) if one.id in self._arrangement.shown}
        stops = ["", *lists, *[name for name in tabs if name in self.boards]]
        focused = "" if self.focused is None else self.focused.id or ""
        here = self.tab if self.board else focused
        stop = stops[(stops.index(here if here in stops else "") + step) % len(stops)]
        if stop in self.boards:
            self.show_tab(stop)
        else:
            self.leave_board()
            self.set_focus(lists.get(stop))

    def enter(self) -> None:
        """Give the keyboard to the board or the list that is in sight."""
        listed = self.notes if self.notes.display else self.checks
        entered = self.board_panel if self.board else listed
        if entered.display:
            self.set_focus(entered)
        if entered is listed and entered.display and listed.cursor is None:
            listed.action_move(1)

    def tabs(self) -> tuple[str, ...]:
        """Return what takes turns in the lower half."""
        return tuple(self._tab_words(self.moment()) | ({self.tab: ""} if self.board else {}))

    @property
    def board(self) -> Board | None:
        """The board that is in sight."""
        return self.boards.get(self.tab)

    @property
    def entered_board(self) -> Board | None:
        """The board that has the keyboard."""
        return self.board if self.focused is self.board_panel else None

    def leave_board(self) -> None:
        """Leave the board that is in sight: what was there before it is again."""
        if self.board is not None:
            self.show_tab(self._tab_before)

    @property
    def wanted(self) -> str:
        """What the notes are searched for."""
        return self._note_search.wanted

    def search(self, wanted: str) -> None:
        """Show only the notes that hold these words."""
        if wanted == self.wanted:
            return
        self._note_search.wanted = wanted
        self.notes.filter(self._note_search.keeps, self._note_search.ids)

    def show_tab(self, name: str) -> None:
        """Show a panel in the lower half."""
        self.set_focus(None)
        if name in self.boards or name in TABS[self.session.me.role == "assistant"]:
            if self.board is None:
                self._tab_before = self.tab
            self.tab = name
        self.arrange_panels()
        self.show()
