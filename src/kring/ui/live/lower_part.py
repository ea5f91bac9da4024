"""The lower part of the live screen: notes, checklist and boards, the line of their tabs, and who has the keyboard."""

from __future__ import annotations

from operator import is_

from kring.commands.table import OF_LIVE, SEEN, TESTS
from kring.domain import lookup
from kring.domain.check_grid import columns
from kring.domain.measures.presence import seated
from kring.domain.rows import NoteRow
from kring.domain.text import Refused, Sentence
from kring.session.recording import OFF, RecorderState, Recordist
from kring.session.session import Session
from kring.study import earlier
from kring.system.i18n import _, ngettext, say
from kring.system.settings import Settings
from kring.team.sharing import Sharing
from kring.ui import help as help_pages
from kring.ui.base import KringScreen
from kring.ui.boards.board import Board
from kring.ui.boards.table import Boards
from kring.ui.live.layout import TABS, Frame
from kring.ui.live.note_search import NoteSearch
from kring.ui.views import notes, technique
from kring.ui.views.live_moment import LiveMoment
from kring.ui.views.technique import CheckEntry
from kring.ui.widgets.line import EMPTY, Line, cells, cut, line, spread, width
from kring.ui.widgets.line_list import LineList
from kring.ui.widgets.panel import Panel

BETWEEN_TABS = "   "
LIGHT_NOTES = 3
"""How many of the newest notes are light."""


class BoardPanel(Panel):
    """Where a board is drawn; it has the focus while the board has the keyboard."""

    can_focus = True


class LowerPart(KringScreen):
    """What is beside the question, and takes turns there."""

    commands = OF_LIVE
    boards: Boards

    def __init__(
        self, session: Session, settings: Settings, warnings: tuple[Sentence, ...], recordist: Recordist | None
    ) -> None:
        super().__init__(session, settings, warnings, most_rows=2)
        self.recordist = recordist
        self.sharing: Sharing | None = None
        self.demo_speed = 0.0  # how many times faster than real a rehearsal runs
        self._stands_in = ""  # what has the lower part while there are no notes yet
        self._note_search = NoteSearch(session)
        self._earlier_groups: earlier.EarlierGroups | None = None
        self._listed_of: tuple[object, ...] = ()  # what the checklist that is shown was made of
        self._key_of_tests = help_pages.keys_of(TESTS, self.key_table.shown)
        self.tab = self._tab_before = TABS[self._is_assistant][0]
        self._frame: Frame | None = None
        self.heading = Panel(id="heading")
        self.board_panel = BoardPanel(id="board")
        self.notes: LineList[NoteRow] = LineList(
            self._draw_note,
            lambda note: note.id,
            newer=lambda n: ngettext("… {n} newer", "… {n} newer", n).format(n=n),
            id="notes",
        )
        self.notes.light = LIGHT_NOTES
        self.checks: LineList[CheckEntry] = LineList(self._draw_check, lambda entry: entry[0], id="checks")

    def share(self, sharing: Sharing) -> None:
        """Show beside the keys who else has what was done, and say what is to be known of that."""
        self.sharing = sharing
        self.status.elsewhere = self._elsewhere
        sharing.hear = lambda sentence: self.say(line((say(sentence), "soon")))

    def show_sharing(self, text: str) -> Line | None:
        """Share the session where it is not, and show the codes."""
        from kring.ui.live import sharing_dialog

        return sharing_dialog.show(self, self.sharing, text)

    def _elsewhere(self) -> Line:
        if self.sharing is None or not self.sharing.is_known:
            return EMPTY
        from kring.ui.live import sharing_dialog

        return sharing_dialog.cell(self.sharing, self.size.width)

    def arrange_panels(self) -> None:
        """Give every panel its place for what there is to show."""
        raise NotImplementedError

    @property
    def _recorder_state(self) -> RecorderState:
        return OFF if self.recordist is None else self.recordist.recorder_state

    @property
    def _is_assistant(self) -> bool:
        return self.session.me.role == "assistant"

    def moment(self) -> LiveMoment:
        """Return what all views look at now."""
        state = self.session.sealing.live(self.session.state)
        return LiveMoment(state, self.session.now(), self._recorder_state, self.demo_speed, self.earlier)

    @property
    def earlier(self) -> earlier.Earlier | None:
        """What is known of the groups that the study held before."""
        return self._earlier_groups.found if self._earlier_groups is not None else None

    def look_for_earlier_groups(self) -> None:
        """Have them read once the first screen is there, and mark what is new beside them when that is done."""
        if self._earlier_groups is None:
            self._earlier_groups = earlier.EarlierGroups(self.session)
        if self._earlier_groups.look():
            self.notes.redraw()
            self.show()

    @property
    def has_read_all(self) -> bool:
        """Whether all is read and prepared that the first screen did without."""
        return self.earlier is not None and self._note_search.is_prepared

    def leave_earlier_groups(self) -> None:
        """Leave the reading of them."""
        if self._earlier_groups is not None:
            self._earlier_groups.close()

    def _heading(self, moment: LiveMoment, room: int, height: int) -> list[Line]:
        """Return the tab line: what is in sight, what the tab key brings in its place, and how to search."""
        (_here, shown), *others = self._tab_line(moment)
        tab = (("Tab ", "key"), (BETWEEN_TABS.join(word for _name, word in others), "muted")) if others else ()
        drawn = spread(line("  ", (shown, "bold"), "    ", *tab), _find(), room)
        return [drawn] if height < 2 else [line(("─" * room, "rule")), drawn]

    def tab_at(self, x: int, room: int) -> str:
        """Return what the word in a cell of the tab line is of, `/` where it is how to search, empty for neither."""
        if x >= room - width(_find()):
            return "/"
        begin = len("  ")
        for place, (name, word) in enumerate(self._tab_line(self.moment())):
            if begin <= x < begin + cells(word):
                return name
            begin += cells(word) + (len(BETWEEN_TABS) if place else len("    Tab "))
        return ""

    def _tab_line(self, moment: LiveMoment) -> list[tuple[str, str]]:
        """Return what has a word in the tab line, and the word: first what is in sight."""
        words = self._tab_words(moment)
        here = self.tab if self.board is not None or not self._is_assistant else "notes"
        if self.wanted:
            words["notes"] = _("notes with “{words}” ({n}), Esc: all").format(words=self.wanted, n=len(self.notes))
        return [(here, words.get(here, "")), *((name, word) for name, word in words.items() if name != here)]

    def _tab_words(self, moment: LiveMoment) -> dict[str, str]:
        """Return the words of the tab line, by what they are of."""
        words = {"notes": _("notes {n}").format(n=len(self.notes))}
        if not self._is_assistant:
            words["checks"] = technique.checklist_word(moment.state)
        return words | self.boards.titles(moment, self.tab)

    def _draw_note(self, note: NoteRow, room: int) -> list[Line]:
        """Return the rows of a note; where the list has but a few, each note has one."""
        drawn = notes.draw(self.session.state, self.session.sealing.row(note), room, self.wanted, self.earlier)
        if self.notes.size.height > LIGHT_NOTES or len(drawn) == 1:
            return drawn
        return [cut((*drawn[0], (" …", "muted")), room)]

    def _draw_check(self, entry: CheckEntry, room: int) -> list[Line]:
        return [technique.entry_line(self.session.state, entry, room, self._key_of_tests)]

    def _list_checks(self) -> None:
        """List the checklist anew where what it is made of is another than it was."""
        state = self.session.state
        tables = [state.tables.get(name) for name in ("checks", "participants", "consents", "issues")]
        made_of = (*tables, lookup.current_phase(state))
        if self._listed_of and all(map(is_, made_of, self._listed_of)):
            return
        self._listed_of = made_of
        self.checks.set_all(technique.check_entries(state))
        self.checks.redraw()
        upcoming = technique.next_entry(state)
        if upcoming is not None and self.focused is not self.checks:
            self.checks.show_from(f"phase:{upcoming[1]}")

    def next_tab(self, *, back: bool = False) -> None:
        """Show the next panel of the lower half; where all are in sight, enter the next list."""
        step = -1 if back else 1
        stands_in = self._stands_in == self.tab
        self._stands_in = ""
        tabs = self.tabs()
        if self._frame is None or self._frame.arrangement.tabbed:
            self.show_tab(tabs[(tabs.index(self.tab) + step) % len(tabs)])
            self._require_room()
            return
        lists = {one.id or "": one for one in (self.notes, self.checks) if one.display}
        stops = ["", *lists, *[name for name in tabs if name in self.boards]]
        focused = "" if self.focused is None else self.focused.id or ""
        here = "" if stands_in else self.tab if self.board else focused
        stop = stops[(stops.index(here if here in stops else "") + step) % len(stops)]
        if stop in self.boards:
            self.show_tab(stop)
        else:
            self.leave_board()
            entered = lists.get(stop)
            self.set_focus(entered)
            if entered is not None:
                entered.show_cursor()

    def enter(self) -> None:
        """Give the keyboard to the board or the list that is in sight; refuse where the window has no row for it."""
        listed = self.notes if self.notes.display else self.checks
        entered = self.board_panel if self.board else listed
        if entered.display:
            self.set_focus(entered)
        if entered is listed and entered.display:
            listed.action_move(1) if listed.cursor is None else listed.show_cursor()
        self._require_room()

    def _require_room(self) -> None:
        if self._frame is None or ("board" if self.board else self.tab) in self._frame.arrangement.shown:
            return
        if not self._is_assistant and lookup.unseen_cues(self.session.state):
            key = help_pages.keys_of(SEEN, self.key_table.shown)
            raise Refused("No room for that here: {key} puts the cue away, or make the window higher.", key=key)
        raise Refused("No room for that here: make the window higher.")

    def enter_tab(self, name: str) -> None:
        """Show what a word of the tab line is of, with the keyboard in it unless somebody types."""
        if name in self.boards or name in TABS[self._is_assistant]:
            self.show_tab(name)
        else:
            self.leave_board()
        if not self.is_typing:
            self.enter()

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

    def stand_in(self) -> None:
        """Let a board have the lower part until there is a note: while people come in their tests, then the guide."""
        self._stands_in = self._to_stand_in()
        self.tab = self._stands_in or self.tab

    def _to_stand_in(self) -> str:
        """Return which board stands in for the notes now, empty where none does."""
        state = self.session.state
        if any(note.removed_at is None for note in state.notes.values()):
            return ""
        if state.session.started_at is None and len(columns(state)) > 1 and seated(state):
            return "tests"
        return "guide" if state.guide else ""

    def make_room_for_notes(self) -> None:
        """Show the notes where another panel stands in for them."""
        if self._stands_in and self.tab == self._stands_in:
            self._stands_in = ""
            self.show_tab(TABS[self._is_assistant][0])

    def begin_talk(self) -> None:
        """Make way for the talk where the tests of people were in sight, unless somebody works in them."""
        if self._stands_in == self.tab == "tests" and self.entered_board is None:
            self._stands_in = ""
            self.show_tab(TABS[self._is_assistant][0])
            self.stand_in()

    def leave_board(self) -> None:
        """Leave the board that is in sight: what was there before it is again; what stands in for notes stays."""
        if self.board is not None:
            self._stands_in = self._stands_in and self._to_stand_in()
            self.show_tab(self._stands_in or self._tab_before)

    @property
    def wanted(self) -> str:
        """What the notes are searched for."""
        return self._note_search.wanted

    def found(self) -> list[str]:
        """Return the ids of the notes that are shown, in order of arrival."""
        return self._note_search.ids()

    def search(self, wanted: str) -> None:
        """Show only the notes that hold these words."""
        if wanted == self.wanted:
            return
        self._note_search.wanted = wanted
        self.notes.redraw()
        self.notes.filter(self._note_search.keeps, self._note_search.ids)

    def show_tab(self, name: str) -> None:
        """Show a panel in the lower half; who types goes on typing."""
        if self.focused in (self.notes, self.checks, self.board_panel):
            self.set_focus(None)
        if name in self.boards or name in TABS[self._is_assistant]:
            if self.board is None:
                self._tab_before = self.tab
            self.tab = name
        self.arrange_panels()
        self.show()


def _find() -> Line:
    return line(("/ ", "key"), (_("find") + " ", "muted"))
