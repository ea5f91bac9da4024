"""The screen of a study: its rows, of which one has the cursor, and what a key does with that."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from msgspec import Struct
from textual import events
from textual.app import ComposeResult
from textual.worker import get_current_worker

from kring.domain.study.model import ActionState, Verdict
from kring.domain.text import KringError
from kring.plans.file import as_typed
from kring.plans.study.words import state_word, verdict_word
from kring.study.changing import change, is_as_seen
from kring.study.folder import Reads
from kring.study.standing import Standing, for_a_moment
from kring.system.i18n import _, language, ngettext, say
from kring.system.settings import Settings
from kring.ui import terminal, theme
from kring.ui.study import cards, rows
from kring.ui.study.words import long_day
from kring.ui.widgets.key_bar import KeyHint, over_lines
from kring.ui.widgets.line import EMPTY, Line, cut, line, use_plain_signs, wrap
from kring.ui.widgets.panel import Panel

JUMPS: dict[str, rows.Kind] = {
    "t": "due", "g": "group", "s": "segment", "k": "segment", "p": "persona", "n": "survey",
    "f": "finding", "b": "finding",
    "h": "hypothesis", "a": "action",
}  # fmt: skip
_NEXT_VERDICT: dict[Verdict, Verdict] = {
    "open": "supported", "supported": "mixed", "mixed": "refuted", "refuted": "open",
}  # fmt: skip
_NEXT_STATE: dict[ActionState, ActionState] = {
    "open": "started", "started": "done", "done": "measured", "measured": "dropped", "dropped": "open",
}  # fmt: skip


Look = Callable[[Reads], Standing]
"""Reads the study again, as many session files that are not known as it is let to."""
TOLD_S = 0.2
"""How often is said how far the reading is."""
Outside = Literal["run", "review", "edit", "search", "recruit"]


class Wish(Struct, frozen=True):
    """What is to be done outside this screen, with which file; then it comes back with the cursor where it was.

    `second` is where on the clock of its session a review begins.
    """

    what: Outside
    file: Path
    at: int
    second: int | None = None


class StudyApp(terminal.TerminalApp):
    """One study on a terminal, as it was found; `look` reads it again, `said` is what to say first."""

    CSS_PATH = theme.STYLESHEET
    ENABLE_COMMAND_PALETTE = False
    TITLE = "kring"
    DEFAULT_CSS = """
    #top { height: 1; background: $panel; }
    #said { height: 1; }
    #keys { background: $panel; }
    """

    def __init__(self, found: Standing, look: Look, settings: Settings, at: int = 0, said: str = "") -> None:
        colourless = "NO_COLOR" in os.environ
        super().__init__(ansi_color=colourless or None)
        self.animation_level = "none"
        use_plain_signs(are_wanted=settings.signs == "plain")
        theme.install(self, "ansi-dark" if colourless else settings.theme or theme.DARK.name)
        self.wish: Wish | None = None
        self._look = look
        self._found = found
        self._reading: Line = EMPTY
        self._left = threading.Event()
        self._rows: list[rows.Entry] = []
        self._drawn: tuple[Standing, int] | None = None
        self._at = at
        self._first = 0
        self._points: list[cards.Point] = []
        self._point = 0
        self._page: Literal["", "card", "warnings"] = ""
        self._said: Line = line((said, "soon")) if said else EMPTY
        self._top, self._body, self._status, self._keys = (Panel(id=name) for name in ("top", "body", "said", "keys"))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme.SURFACES

    def compose(self) -> ComposeResult:
        yield self._top
        yield self._body
        yield self._status
        yield self._keys

    def on_mount(self) -> None:
        self.screen.set_focus(None)
        self._read_on()
        self.show()

    def on_unmount(self) -> None:
        self._left.set()

    def _look_again(self) -> None:
        self._found = self._look(for_a_moment())
        self._read_on()

    def _read_on(self) -> None:
        """Read the session files that are left, beside what is done meanwhile; whoever leaves does not wait for it."""
        if self._found.folder.unread:
            self.run_worker(self._read_the_rest, thread=True, group="reading", exclusive=True)

    def _read_the_rest(self) -> None:
        worker, told_at = get_current_worker(), 0.0

        def goes_on(place: int, of: int) -> bool:
            nonlocal told_at
            if self._left.is_set() or worker.is_cancelled:
                return False
            if time.monotonic() - told_at > TOLD_S:
                told_at = time.monotonic()
                self.call_later(self._tell_reading, place, of)
            return True

        try:
            found: Standing | KringError = self._look(goes_on)
        except KringError as problem:
            found = problem
        if not (self._left.is_set() or worker.is_cancelled):
            self.call_later(self._take, found)

    def _tell_reading(self, place: int, of: int) -> None:
        self._reading = line((" " + _("{n} of {all} session files are read …").format(n=place, all=of), "soon"))
        self.show()

    def _take(self, found: Standing | KringError) -> None:
        """Show what was read."""
        self._reading = EMPTY
        if isinstance(found, KringError):
            self._said = line(("? ", "soon"), (say(found.sentence), "soon"))
        else:
            self._found = found
        self.show()

    def on_panel_resized(self) -> None:
        self.show()

    def on_panel_clicked(self, event: Panel.Clicked) -> None:
        if event.panel is self._body and not self._page:
            self._stand_on(self._first + event.y)
            self.show()

    def show(self) -> None:
        """Show the study as it was read last."""
        keys = over_lines(self._hints(), self._keys.size.width)
        self._keys.styles.height = len(keys)
        self._keys.show(keys)
        room, height = self._body.size
        if not room:
            return  # nothing has its size yet
        self._top.show([rows.top(self._found, self._top.size.width, long_day(self._found.today))])
        self._draw_rows(room)
        self._stand_on(self._at)
        self._body.show(self._lines(room, height))
        self._status.show([cut(self._said or self._reading or self._of_the_text(), self._status.size.width)])

    def _draw_rows(self, room: int) -> None:
        """Draw the rows anew where something else was read, or they fit no longer: of years there are thousands.

        The cursor stays on what it stood on.
        """
        if self._drawn is None or self._drawn[0] is not self._found or self._drawn[1] != room:
            under = self._rows[self._at] if self._drawn else None
            self._rows, self._drawn = rows.entries(self._found, max(room, 20)), (self._found, room)
            if under is not None:
                same = (place for place, one in enumerate(self._rows) if (one.kind, one.ref) == (under.kind, under.ref))
                self._at = next(same, self._at)

    def _lines(self, room: int, height: int) -> list[Line]:
        entry = self._rows[self._at]
        if self._page == "card":
            return self._card(entry, room, height)
        if self._page == "warnings":
            told = [part for one in self._warnings() for part in wrap(line(("! ", "soon"), one), room, hang=2)]
            return _page_of(told, height)
        is_first = not any(one.kind for one in self._rows[: self._at])
        above = 0 if is_first else self._at - 2  # what heads it is seen too
        self._first = max(min(self._first, above, len(self._rows) - height), self._at - height + 2, 0)
        seen = self._rows[self._first : self._first + height]
        return [
            _chosen(one.line) if self._first + place == self._at and one.kind else one.line
            for place, one in enumerate(seen)
        ]

    def _card(self, entry: rows.Entry, room: int, height: int) -> list[Line]:
        """Return a card; of the notes that it points to one has the cursor, and is in sight."""
        told = cards.card(self._found, entry.kind, entry.ref, room)
        end = 0
        for place, point in enumerate(self._points):
            is_here = place == self._point and point.file is not None
            told += [_chosen(one) if is_here else one for one in point.lines(room)]
            end = len(told) if is_here else end
        begin = max(0, end - height)
        return _page_of(told[begin:], height)

    def _of_the_text(self) -> Line:
        text = self._found.folder.text_path
        warnings = len(self._warnings())
        counted = ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings)
        named = _("Text: {file}, {warnings}").format(file=text.name, warnings=counted) if text else counted
        return line((f" {named}", "soon" if warnings else "muted"))

    def _warnings(self) -> list[str]:
        folder = self._found.folder
        own = [
            f"{folder.text_path.name}:{one.line} {say(one.sentence)}" if one.line else say(one.sentence)
            for one in (*folder.study.warnings, *self._found.unresolved)
            if folder.text_path
        ]
        return [*own, *(f"{one.source}: {say(one.sentence)}" for one in folder.doubts), *map(say, folder.remarks)]

    def on_key(self, event: events.Key) -> None:
        self._said = EMPTY
        try:
            self._pressed(event.key)
        except KringError as problem:
            self._said = line(("? ", "soon"), (say(problem.sentence), "soon"))
        self.show()

    def _pressed(self, key: str) -> None:
        match key:
            case "escape" | "q" if self._page:
                self._page = ""
            case "escape" | "q":
                self.exit()
            case "enter":
                self._open()
            case "space":
                self._go_on()
            case "w":
                self._page = "" if self._page == "warnings" else "warnings"
            case "e":
                self._leave("edit", self._text())
            case "slash" | "i":
                self._leave("search" if key == "slash" else "recruit", self._found.folder.path)
            case "r":
                self._look_again()
                self._said = line((_("Read again."), "muted"))
            case jump if jump in JUMPS:
                self._jump(JUMPS[jump])
            case _:
                self._move(key)

    def _move(self, key: str) -> None:
        if self._page == "card" and key in ("up", "down"):
            self._next_point(-1 if key == "up" else 1)
            return
        page, last = max(1, self._body.size.height - 2), len(self._rows) - 1
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "home": -last, "end": last}
        if (step := steps.get(key)) is not None:
            self._stand_on(self._at + step, step)

    def _next_point(self, step: int) -> None:
        """Go to another note that the card points to, where there is one."""
        places = [place for place, point in enumerate(self._points) if point.file is not None]
        further = [place for place in places if (place - self._point) * step > 0]
        if further:
            self._point = further[0] if step > 0 else further[-1]

    def _stand_on(self, place: int, step: int = 1) -> None:
        """Put the cursor on a row, or the next one that it can stand on; where there is none it stays near."""
        places = [number for number, entry in enumerate(self._rows) if entry.kind]
        if not places:
            self._at = 0
            return
        wanted = [number for number in places if (number >= place if step > 0 else number <= place)]
        self._at = (wanted[0] if step > 0 else wanted[-1]) if wanted else places[-1 if step > 0 else 0]

    def _jump(self, kind: rows.Kind) -> None:
        """Go to the first row of a kind, or the next one where the cursor stands on one."""
        self._page = ""
        places = [number for number, entry in enumerate(self._rows) if entry.kind == kind]
        if not places:
            raise KringError("The text of the study has nothing of that yet.")
        self._at = next((number for number in places if number > self._at), places[0])

    def _open(self) -> None:
        """Open what the cursor stands on: a session, the plan of a group, or a card."""
        entry = self._rows[self._at]
        point = self._points[self._point] if self._point < len(self._points) else None
        if self._page == "card" and point is not None and point.file is not None:
            self._leave("review", point.file, point.second)
        elif self._page:
            self._page = ""
        elif entry.kind == "group":
            self._open_group(entry.ref)
        elif entry.kind == "due":
            self._open_due(entry.ref)
        elif cards.card(self._found, entry.kind, entry.ref, 80):
            self._page = "card"
            self._points = cards.points(self._found, entry.kind, entry.ref)
            self._point = next((place for place, one in enumerate(self._points) if one.file is not None), 0)
        else:
            raise KringError("There is no more to tell of this; e opens the text.")

    def _open_group(self, ref: str) -> None:
        group = next(one for one in self._found.groups if ref in (one.session, one.plan, one.number))
        folder = self._found.folder.path
        if group.session:
            self._leave("review" if group.state == "held" else "run", folder / group.session)
        elif group.plan and (folder / group.plan).is_file():
            self._leave("run", folder / group.plan)
        elif group.plan:
            path = as_typed(folder / group.plan)
            raise KringError("{file} is not here yet; write it: kring new {path}", file=group.plan, path=path)
        else:
            raise KringError("This group has no plan yet.")

    def _open_due(self, ref: str) -> None:
        number, _slash, group = ref.partition("/")
        actions = {str(one.line): one.code for one in self._found.folder.study.actions}
        places = {(entry.kind, entry.ref): place for place, entry in enumerate(self._rows)}
        if number in actions:
            self._at = places["action", actions[number]]
        elif group and (found := next((one for one in self._found.groups if one.number == group), None)):
            self._at = places["group", found.session or found.plan or found.number]
        else:
            self._leave("edit", self._text())

    def _go_on(self) -> None:
        """Give a hypothesis its next verdict, an action its next state, in the text."""
        entry, study = self._rows[self._at], self._found.folder.study
        spoken = study.language or language()
        if entry.kind in ("hypothesis", "action") and not is_as_seen(self._text(), study, entry.ref):
            self._look_again()
            raise KringError("{code} was changed in the text meanwhile; look at it, and press again.", code=entry.ref)
        if entry.kind == "hypothesis":
            one = next(each for each in study.hypotheses if each.code == entry.ref)
            word = verdict_word(_NEXT_VERDICT[one.verdict], spoken)
            change(self._text(), "hypotheses", one.code, "verdict", _with(word, one.because), spoken)
        elif entry.kind == "action":
            act = next(each for each in study.actions if each.code == entry.ref)
            word = state_word(_NEXT_STATE[act.state], spoken)
            change(self._text(), "actions", act.code, "state", _with(word, act.remark), spoken)
        else:
            raise KringError("Space changes a verdict or the state of an action.")
        self._look_again()
        self._said = line(("✓ ", "ok"), f"{entry.ref}: {word}")

    def _text(self) -> Path:
        text = self._found.folder.text_path
        if text is None:
            raise KringError("There is no study.md here; write one with: kring study new {folder}",
                             folder=str(self._found.folder.path))  # fmt: skip
        return text

    def _leave(self, what: Outside, file: Path, second: int | None = None) -> None:
        self.wish = Wish(what, file, self._at, second)
        self.exit()

    def _hints(self) -> tuple[KeyHint, ...]:
        if self._page == "card" and any(point.file for point in self._points):
            return (KeyHint("↑↓", _("another note")), KeyHint("Enter", _("in the review")), KeyHint("Esc", _("back")))
        if self._page:
            return (KeyHint("Esc", _("back")),)
        return (
            KeyHint("Enter", _("open")),
            KeyHint("Space", _("next state")),
            KeyHint("t", _("to do")),
            KeyHint("g", _("groups")),
            KeyHint("k" if language() == "nl" else "s", _("segments")),
            KeyHint("p", _("personas")),
            *([KeyHint("n", "KTO")] if self._found.folder.surveys else []),
            KeyHint("b" if language() == "nl" else "f", _("findings")),
            KeyHint("h", _("hypotheses")),
            KeyHint("a", _("actions")),
            KeyHint("/", _("search")),
            KeyHint("i", _("recruitment")),
            KeyHint("w", _("warnings")),
            KeyHint("e", _("edit the text")),
            KeyHint("r", _("read again")),
            KeyHint("Esc", _("close")),
        )


def _page_of(told: list[Line], height: int) -> list[Line]:
    """Return as much as there is room for, and that there is more."""
    return told if len(told) <= height else [*told[: height - 1], line((_("… and more"), "muted"))]


def _with(word: str, more: str) -> str:
    return f"{word}: {more}" if more else word


def _chosen(content: Line) -> Line:
    return (*[(text, f"{look} selected".strip()) for text, look in content], ("", "selected"))


def run(found: Standing, look: Look, settings: Settings, at: int = 0, said: str = "") -> Wish | None:
    """Show a study until it is left; return what is to be done outside, None where it is closed."""
    app = StudyApp(found, look, settings, at, said)
    with terminal.quiet_threads():
        app.run()
    return app.wish
