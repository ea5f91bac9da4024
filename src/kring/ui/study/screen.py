"""The screen of a study: its rows, of which one has the cursor, and what a key does with that."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Literal

from msgspec import Struct

from kring.domain.study.model import ActionState, Verdict
from kring.domain.text import KringError
from kring.plans.file import as_typed
from kring.plans.study.words import state_word, verdict_word
from kring.study.changing import change, is_as_seen
from kring.study.guides.carrying import Next, carry
from kring.study.standing import Standing
from kring.system.i18n import _, language, ngettext, say
from kring.system.settings import Settings
from kring.ui.desk import app, keys
from kring.ui.desk.app import DeskApp, chosen, page_of
from kring.ui.help import key_name
from kring.ui.study import cards, home_keys, rows
from kring.ui.study.reading import Look, Reading
from kring.ui.study.words import left_told, long_day
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import EMPTY, Line, cut, line, wrap
from kring.ui.widgets.panel import Panel

JUMPS: dict[str, rows.Kind] = {
    "to do": "due", "groups": "group", "segments": "segment", "personas": "persona", "surveys": "survey",
    "findings": "finding", "hypotheses": "hypothesis", "actions": "action",
}  # fmt: skip
_NEXT_VERDICT: dict[Verdict, Verdict] = {
    "open": "supported", "supported": "mixed", "mixed": "refuted", "refuted": "open",
}  # fmt: skip
_NEXT_STATE: dict[ActionState, ActionState] = {
    "open": "started", "started": "done", "done": "measured", "measured": "dropped", "dropped": "open",
}  # fmt: skip
Outside = Literal["run", "review", "edit", "search", "recruit", "codes", "saturation"]
OF_STUDY: tuple[Outside, ...] = ("search", "recruit", "codes", "saturation")
"""What is done with the folder, on a screen of its own."""


class Wish(Struct, frozen=True):
    """What is to be done outside this screen, with which file; then it comes back with the cursor where it was.

    `second` is where on the clock of its session a review begins.
    """

    what: Outside
    file: Path
    at: int
    second: int | None = None
    point: int | None = None
    """Which note of a card has the cursor, where it comes from one."""


class StudyApp(DeskApp):
    """One study on a terminal, as it was found; `look` reads it again, `said` is what to say first."""

    table = home_keys.TABLE

    def __init__(
        self, found: Standing, look: Look, settings: Settings, at: int = 0, said: str = "", point: int | None = None
    ) -> None:
        super().__init__(settings)
        self.wish: Wish | None = None
        self.found = found
        self.reading = Reading(self, look)
        self._rows: list[rows.Entry] = []
        self._drawn_of: tuple[Standing, int] | None = None
        self._at = at
        self._first = 0
        self._so_far: Line = EMPTY
        self._left: Next | None = None
        self._came_from: int | None = None
        """The row from which a card was opened that is of another one."""
        self._points: list[cards.Point] = []
        self._paged = 0
        self._has_more = False
        """Whether a card has more than there is room for."""
        self._point = point or 0
        self._begins_in_card = point is not None
        self._page: Literal["", "card", "warnings", "carry"] = ""
        self.said = line((said, "soon")) if said else EMPTY
        self.acts = {
            "open": self._open,
            "state": self._go_on,
            **{word: partial(self._jump, kind) for word, kind in JUMPS.items()},
            **{word: partial(self._leave, word, self.found.folder.path) for word in OF_STUDY},
            "carry": self._show_left,
            "warnings": self._turn_warnings,
            "edit": lambda: self._leave("edit", self._text()),
            "again": self._read_again,
            "leave": self._back,
        }

    def begin(self) -> None:
        self._draw_rows(self.size.width)
        if self._begins_in_card and self._at < len(self._rows):
            at = self._point
            self._show_card(self._rows[self._at])
            self._point = min(at, max(len(self._points) - 1, 0))
        self.reading.begin()

    def on_unmount(self) -> None:
        self.reading.end()

    def read_so_far(self, place: int, of: int) -> None:
        """Say how far the reading is."""
        self._so_far = line((" " + _("{n} of {all} session files are read …").format(n=place, all=of), "soon"))
        self.show()

    def take(self, found: Standing | KringError) -> None:
        """Show what was read."""
        self._so_far = EMPTY
        if isinstance(found, KringError):
            self.refused(found)
        else:
            self.found = found
        self.show()

    def take_left(self, left: Next | None) -> None:
        """Show what earlier groups left for the next one."""
        if left != self._left:
            self._left, self._drawn_of = left, None
            self._page = "" if self._page == "carry" else self._page
            self.show()

    def on_panel_clicked(self, event: Panel.Clicked) -> None:
        if event.panel is self.body and not self._page:
            self._stand_on(self._first + event.y)
            self.show()

    def draw(self) -> None:
        room, height = self.body.size
        self.top.show([rows.top(self.found, self.top.size.width, long_day(self.found.today))])
        self._draw_rows(room)
        self._stand_on(self._at)
        self.body.show(self._lines(room, height))
        self.foot.show([cut(self.said or self._so_far or self._of_the_text(), self.foot.size.width)])

    def _draw_rows(self, room: int) -> None:
        """Draw the rows anew where something else was read, or they fit no longer: of years there are thousands.

        The cursor stays on what it stood on.
        """
        if self._drawn_of is None or self._drawn_of[0] is not self.found or self._drawn_of[1] != room:
            under = self._rows[self._at] if self._rows else None
            self._rows, self._drawn_of = rows.entries(self.found, max(room, 20), self._left), (self.found, room)
            if under is not None:
                same = [place for place, one in enumerate(self._rows) if (one.kind, one.ref) == (under.kind, under.ref)]
                self._at = same[0] if same else self._at
                self._page = "" if self._page == "card" and not same else self._page

    def _lines(self, room: int, height: int) -> list[Line]:
        entry = self._rows[self._at]
        if self._page == "card":
            return self._card(entry, room, height)
        if self._page == "carry":
            return page_of(self._questions_left(room), height)
        if self._page == "warnings":
            told = [part for one in self._warnings() for part in wrap(line(("! ", "soon"), one), room, hang=2)]
            return page_of(told or [line((f" {_('There is no warning.')}", "muted"))], height)
        above = self._at - 2  # what heads it is seen too
        self._first = max(min(self._first, above, len(self._rows) - height), self._at - height + 2, 0)
        if self._at < height - 1 and not any(one.kind for one in self._rows[: self._at]):
            self._first = 0  # what stands above the first row is seen again
        seen = self._rows[self._first : self._first + height]
        return [
            chosen(one.line) if self._first + place == self._at and one.kind else one.line
            for place, one in enumerate(seen)
        ]

    def _card(self, entry: rows.Entry, room: int, height: int) -> list[Line]:
        """Return a card; of the notes that it points to one has the cursor, and is in sight."""
        told = cards.card(self.found, entry.kind, entry.ref, room)
        if self._points and told and not told[-1]:
            told.pop()  # what it points to begins with a blank row itself
        end, self._has_more = 0, False
        for place, point in enumerate(self._points):
            is_here = place == self._point and point.file is not None
            rows = point.lines(room)
            told += [chosen(one, is_first=not n) if is_here else one for n, one in enumerate(rows)]
            end = len(told) if is_here else end
        begin = max(0, end - height)
        at = max(0, min(begin + self._paged, len(told) - height + 1))
        self._paged, self._has_more = at - begin, len(told) > height
        return page_of(told[at:], height)

    def _of_the_text(self) -> Line:
        text = self.found.folder.text_path
        warnings = len(self._warnings())
        counted = ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings)
        named = _("Text: {file}, {warnings}").format(file=text.name, warnings=counted) if text else counted
        return line((f" {named}", "soon" if warnings else "muted"))

    def _warnings(self) -> list[str]:
        folder = self.found.folder
        own = [
            f"{folder.text_path.name}:{one.line} {say(one.sentence)}" if one.line else say(one.sentence)
            for one in (*folder.study.warnings, *self.found.unresolved)
            if folder.text_path
        ]
        return [*own, *(f"{one.source}: {say(one.sentence)}" for one in folder.doubts), *map(say, folder.remarks)]

    def _back(self) -> None:
        if not self._page:
            self.exit()
        self._close_page()

    def _close_page(self) -> None:
        """Show the rows again, with the cursor where it was."""
        self._page = ""
        if self._came_from is not None:
            self._at, self._came_from = self._came_from, None

    def _turn_warnings(self) -> None:
        self._page = "" if self._page == "warnings" else "warnings"

    def _read_again(self) -> None:
        self.reading.again()
        self.said = line((_("Read again."), "muted"))

    def step(self, key: str) -> None:
        if self._page == "card" and key in ("up", "down"):
            self._next_point(-1 if key == "up" else 1)
            return
        page, last = max(1, self.body.size.height - 2), len(self._rows) - 1
        if self._page == "card":
            self._paged += {"pageup": -page, "pagedown": page}.get(key, 0)
            return
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "home": -last, "end": last}
        if (step := steps.get(key)) is not None:
            self._stand_on(self._at + step, step)

    def _next_point(self, step: int) -> None:
        """Go to another note that the card points to, where there is one; from the first one up to the top."""
        places = [place for place, point in enumerate(self._points) if point.file is not None]
        further = [place for place in places if (place - self._point) * step > 0]
        self._paged = 0
        if further:
            self._point = further[0] if step > 0 else further[-1]
        elif step < 0:
            self._point = 0

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
        self._close_page()
        places = [number for number, entry in enumerate(self._rows) if entry.kind == kind]
        if not places:
            raise KringError("The text of the study has nothing of that yet.")
        self._at = next((number for number in places if number > self._at), places[0])
        if self._at == places[0]:
            self._first = self._at  # as much below it in sight as there is

    def _open(self) -> None:
        """Open what the cursor stands on: a session, the plan of a group, or a card."""
        entry = self._rows[self._at]
        point = self._points[self._point] if self._point < len(self._points) else None
        if self._page == "card" and point is not None and point.file is not None:
            self.wish = Wish("review", point.file, self._at, point.second, self._point)
            self.exit()
        elif self._page == "carry":
            self._carry()
        elif self._page:
            self._close_page()
        elif entry.kind == "group":
            self._open_group(entry.ref)
        elif entry.kind == "recruiting":
            self._leave("recruit", self.found.folder.path)
        elif entry.kind == "due":
            self._open_due(entry.ref)
        elif cards.card(self.found, entry.kind, entry.ref, 80):
            self._show_card(entry)
        else:
            raise KringError("There is no more to tell of this; e opens the text.")

    def _show_card(self, entry: rows.Entry) -> None:
        self._page = "card"
        self._points, self._paged = cards.points(self.found, entry.kind, entry.ref), 0
        first = next((place for place, one in enumerate(self._points) if one.file is not None), 0)
        self._point = 0 if entry.kind == "survey" else first  # whose figures come before what was said

    def _open_group(self, ref: str) -> None:
        group = next(one for one in self.found.groups if ref in (one.session, one.plan, one.number))
        folder = self.found.folder.path
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
        due = next(one for one in rows.todo(self.found, self._left) if rows.due_ref(one) == ref)
        places = {(entry.kind, entry.ref): place for place, entry in enumerate(self._rows)}
        group = next((rows.group_ref(one) for one in self.found.groups if one.number == due.ref), "")
        match due.about:
            case "action":
                self._came_from, self._at = self._at, places["action", due.ref]
                self._show_card(self._rows[self._at])
            case "questions":
                self._show_left()
            case "people" if self.found.people is not None:
                self._leave("recruit", self.found.folder.path)
            case "people" | "group":
                self._at = places["group", group]
            case "audience":
                self._leave("edit", self._text())

    def _show_left(self) -> None:
        if self._left is None:
            raise KringError("Earlier groups left nothing for the next plan.")
        self._page = "carry"

    def _questions_left(self, room: int) -> list[Line]:
        assert self._left is not None
        told = {"group": self._left.group.number or "?", "file": self._left.plan.name}
        head = _("Earlier groups left this for group {group} ({file}):").format(**told)
        return [
            *wrap(line((f" {head}", "title")), room, hang=1),
            EMPTY,
            *(part for one in self._left.left for part in wrap(line(f"  {left_told(one)}"), room, hang=4)),
        ]

    def _carry(self) -> None:
        assert self._left is not None
        left, self._page = self._left, ""
        carry(left, self.found.folder.study.language or language())
        self._left = None
        self.reading.again()
        told = _("It is written into {file}, each with its group; look it over there.")
        self.said = line(("✓ ", "ok"), told.format(file=left.plan.name))

    def _go_on(self) -> None:
        """Give a hypothesis its next verdict, an action its next state, in the text."""
        entry, study = self._meant(), self.found.folder.study
        spoken = study.language or language()
        if entry.kind in ("hypothesis", "action") and not is_as_seen(self._text(), study, entry.ref):
            self.reading.again()
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
        self.reading.again()
        self.said = line(("✓ ", "ok"), f"{entry.ref}: {word}")

    def _meant(self) -> rows.Entry:
        """Return the row under the cursor; of an action that is due, that of the action."""
        entry = self._rows[self._at]
        due = next((one for one in rows.todo(self.found, self._left) if rows.due_ref(one) == entry.ref), None)
        return rows.Entry(entry.line, "action", due.ref) if due is not None and due.about == "action" else entry

    def _text(self) -> Path:
        text = self.found.folder.text_path
        if text is None:
            raise KringError("There is no study.md here; write one with: kring study new {folder}",
                             folder=str(self.found.folder.path))  # fmt: skip
        return text

    def _leave(self, what: Outside, file: Path) -> None:
        self.wish = Wish(what, file, self._at)
        self.exit()

    def hints(self) -> tuple[KeyHint, ...]:
        pages = (KeyHint(f"{key_name('pageup')} {key_name('pagedown')}", _("scroll")),) if self._has_more else ()
        if self._page == "card" and any(point.file for point in self._points):
            of_notes = (KeyHint("↑↓", _("another note")), KeyHint("Enter", _("in the review")))
            return (*of_notes, *pages, KeyHint("Esc", _("back")))
        if self._page == "carry":
            return (KeyHint("Enter", _("write them into the plan")), KeyHint("Esc", _("back")))
        if self._page:
            return (*(pages if self._page == "card" else ()), KeyHint("Esc", _("back")))
        there = {"surveys": bool(self.found.folder.surveys), "carry": self._left is not None}
        here = [one for one in self.table if there.get(one.word, True)]
        return keys.hints(here)


def _with(word: str, more: str) -> str:
    return f"{word}: {more}" if more else word


def run(found: Standing, look: Look, settings: Settings, before: Wish | None = None, said: str = "") -> Wish | None:
    """Show a study until it is left; return what is to be done outside, None where it is closed.

    It begins where it was left `before`.
    """
    at, point = (before.at, before.point) if before is not None else (0, None)
    study = StudyApp(found, look, settings, at, said, point)
    app.run(study)
    return study.wish
