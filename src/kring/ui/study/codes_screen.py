"""The screen of the codes of a study: each with the groups that have it, changed in all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from textual import events

from kring.domain.decide import Decision, decision
from kring.domain.study import shared_codes
from kring.domain.study.coders import CodeInStudy, code_key, codebook
from kring.domain.text import N_, KringError, one_line
from kring.session.session import Me
from kring.study.codes.codebook import Book, Step, read_book, steps, taking_back, write
from kring.study.codes.history import Change, history_of, together
from kring.study.codes.splitting import Coded, passages_of, splitting
from kring.study.finding.choices import called
from kring.study.finding.finding import Finding
from kring.system.i18n import _, ngettext
from kring.system.settings import Settings
from kring.ui.desk import app, keys
from kring.ui.desk.app import DeskApp, chosen, page_of
from kring.ui.desk.keys import DeskKey
from kring.ui.dialogs import Option, PickDialog
from kring.ui.prompt import TickQuestion
from kring.ui.review.codes import changed
from kring.ui.study.code_words import passage_told, step_told
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import EMPTY, Line, cut, line, pad, wrap
from kring.ui.widgets.panel import Panel

LEAST_PASSAGES = 8
"""Rows that are left for passages, where there are many codes."""
LONGEST = 100
NAME = 24
OF_HISTORY = ("undo", "history", "move", "page", "end", "palette", "help", "leave")
"""What the keys do beside what became of the codes."""
Decided = Callable[[str], Mapping[int, Decision]]
"""What is decided in each group, for a reason."""


class _Typed(NamedTuple):
    """A text that is being typed: what is asked, what stands there so far, and what is done with it."""

    asked: str
    text: str
    then: Callable[[str], object]

    def now(self, text: str) -> _Typed:
        """Return this with other words."""
        return self._replace(text=text[:LONGEST])


class CodesApp(DeskApp):
    """The codes of a study; what is to change is shown first, and written when that is meant."""

    table = (
        DeskKey("merge", ("m",), N_("merge into …"), N_("Let this code go into another one, in every group.")),
        DeskKey("split", ("s",), N_("split"), N_("Let a part of this code go to another one, in every group.")),
        DeskKey("rename", ("n",), N_("rename"), N_("Give this code another name, in every group.")),
        DeskKey("undo", ("u",), N_("take back"), N_("Take back in every group what you did last to the codes.")),
        DeskKey("history", ("h",), N_("history"),
                N_("See what became of the codes: when, by whom, from what to what, and why.")),
        DeskKey("again", ("r",), N_("read again"), N_("Read the groups again."), "program"),
        *keys.MOVES,
        keys.EVERYTHING,
        keys.HELP,
        DeskKey("leave", ("escape", "q"), N_("close"), N_("Go back."), "program"),
    )  # fmt: skip

    def __init__(self, finding: Finding, title: str, me: Me, settings: Settings) -> None:
        super().__init__(settings)
        self._finding, self._title, self._me = finding, title, me
        self._todo: list[Step] = []
        self._decided: Decided = lambda _why: {}
        """What the steps come from, with a reason."""
        self._typed: _Typed | None = None
        self._changes: list[Change] | None = None
        """What became of the codes, while that is read."""
        self._scrolled = 0
        self._seen: tuple[CodeInStudy, list[Coded]] | None = None
        """The passages of the code that had the cursor last."""
        self._at = 0
        self._read()
        self.acts = {
            "merge": self._ask_into,
            "split": self._ask_passages,
            "rename": self._ask_name,
            "undo": self._take_back,
            "history": self._turn_history,
            "again": self._read,
            "leave": self._leave,
        }

    def _read(self) -> None:
        self._finding.refresh()
        groups = self._finding.groups()
        self._called = called(groups)
        self.books: Mapping[int, Book] = {session: read_book(self._finding.file_of(session)) for session in groups}
        found = codebook([book.state for book in self.books.values()])
        self.codes: Sequence[CodeInStudy] = sorted(found, key=lambda code: (-sum(code.used), code_key(code.name)))
        self._at = max(0, min(self._at, len(self.codes) - 1))

    @property
    def code(self) -> CodeInStudy:
        """The code under the cursor; raises KringError where there is none."""
        if not self.codes:
            raise KringError("No group has a code.")
        return self.codes[self._at]

    def draw(self) -> None:
        room, height = self.body.size
        counted = ngettext("{n} code", "{n} codes", len(self.codes)).format(n=len(self.codes))
        head = line((" kring ", "key"), (f" {one_line(self._title)} ", "title"), (f"  {counted}", "muted"))
        self.top.show([cut(head, room)])
        self.body.show(self._lines(room, height))
        self.foot.show([cut(self._below(), room)])

    def _lines(self, room: int, height: int) -> list[Line]:
        if self._todo:
            return self._preview(room, height)
        if self._changes is not None:
            return self._history(self._changes, room, height)
        return [*self._rows(room, self._list_height), *self._passages(room, height - self._list_height)]

    @property
    def _list_height(self) -> int:
        """How many rows the codes have; of what is left below them the passages of one are shown."""
        height = self.body.size.height
        return min(len(self.codes), max(height - LEAST_PASSAGES, height // 2)) if self.codes else height

    def _passages(self, room: int, height: int) -> list[Line]:
        """Return the passages of the code under the cursor, as many as there is room for."""
        if not self.codes or height < 3:
            return []
        if self._seen is None or self._seen[0] is not self.code:
            self._seen = (self.code, passages_of(self._finding, self.books, self.code.name))
        coded = self._seen[1]
        counted = ngettext("{n} passage", "{n} passages", len(coded)).format(n=len(coded))
        if (sealed := sum(self.code.used) - len(coded)) > 0:
            counted += "; " + _("sealed, and left where it is: {n}").format(n=sealed)
        told = [EMPTY, line((f" {one_line(self.code.name)}", "title"), (f"  {counted}", "muted"))]
        for one in coded[:height]:
            told += wrap(line(f"  {passage_told(self._called, one)}"), room, hang=4)
        return page_of(told, height)

    def _history(self, changes: Sequence[Change], room: int, height: int) -> list[Line]:
        """Return what became of the codes, the newest first, from the line to which it is scrolled."""
        told = [part for one in reversed(changes) for part in changed(one, room - 1, self._names(one.groups))]
        self._scrolled = max(0, min(self._scrolled, len(told) + 2 - height))
        head = [line((f" {_('What became of the codes')}", "title")), EMPTY]
        shown = [line(" ", *one) for one in told or [line((_("No group has a code."), "muted"))]]
        return page_of([*head, *shown][self._scrolled :], height)

    def _names(self, groups: Iterable[int]) -> str:
        return ", ".join(one_line(self._called[group]) for group in groups)

    def _rows(self, room: int, height: int) -> list[Line]:
        if not self.codes:
            return wrap(line((f" {_('No group has a code.')}", "muted")), room)
        first = self._first(height)
        rows = [self._row(code, room) for code in self.codes[first : first + height]]
        return [chosen(row) if first + place == self._at else row for place, row in enumerate(rows)]

    def _first(self, height: int) -> int:
        """Return the place of the first code that is in sight."""
        return max(0, min(self._at - height // 2, len(self.codes) - height))

    def _row(self, code: CodeInStudy, room: int) -> Line:
        names = list(self._called.values())
        used = dict(zip(code.sessions, code.used, strict=True))
        cells = " · ".join(f"{one_line(name)}: {used.get(place, '–')}" for place, name in enumerate(names))
        total = f"{sum(code.used):>4}  "
        name = pad(cut(line((f"  {one_line(code.name)}", "bold")), NAME), NAME)
        return cut((*name, *line((total, ""), (cells, "muted"))), room)

    def _preview(self, room: int, height: int) -> list[Line]:
        """Return what would change, group by group."""
        told = [EMPTY, line((f" {_('This changes:')}", "title"))]
        for step in self._todo:
            told += wrap(line(f"  {step_told(self._called[step.session], step)}"), room, hang=4)
            if step.book.is_open_elsewhere:
                open_ = _("{group} is open elsewhere too; who works in it sees the change at once.")
                told += wrap(line((f"    {open_.format(group=self._called[step.session])}", "soon")), room, hang=4)
        return page_of(told, height)

    def _below(self) -> Line:
        if self._typed is not None and not self.said:
            return line((f" {self._typed.asked} ", "soon"), self._typed.text, ("▏", "key"))
        if self.said or self._todo or self._changes is not None or not self.codes:
            return self.said
        told = "; ".join(one_line(one) for one in self.code.descriptions if one)
        return line((f" {told or _('not described')}", "muted"))

    def on_panel_clicked(self, event: Panel.Clicked) -> None:
        if event.panel is self.body and not self._todo and self._typed is None and self._changes is None:
            if event.y < self._list_height:
                self._at = self._first(self._list_height) + event.y
            self.show()

    def on_paste(self, event: events.Paste) -> None:
        if self._typed is not None:
            self._typed = self._typed.now(self._typed.text + one_line(event.text))
            self.show()

    def pressed(self, event: events.Key) -> None:
        if self._typed is not None:
            self._type(self._typed, event)
        elif self._todo:
            if event.key == "enter":
                self._write("")
            elif event.key == "escape":
                self._todo = []
        elif self._changes is None or self.words.get(event.key) in OF_HISTORY:
            super().pressed(event)

    def step(self, key: str) -> None:
        page, last = max(1, self.body.size.height - 1), len(self.codes) - 1
        if self._changes is not None:
            last = self._scrolled + sum(len(changed(one, self.body.size.width)) for one in self._changes)
        by = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "home": -last, "end": last}[key]
        if self._changes is None:
            self._at = max(0, min(last, self._at + by))
        else:
            self._scrolled = max(0, self._scrolled + by)

    def _leave(self) -> None:
        if self._changes is None:
            self.exit()
        self._changes = None

    def _turn_history(self) -> None:
        self._changes = together(history_of(self.books, with_names=True)) if self._changes is None else None
        self._scrolled = 0

    def _ask_into(self) -> None:
        code = self.code
        others = [one for one in self.codes if code_key(one.name) != code_key(code.name)]
        options = [Option(one.name, one_line(one.name), "", f"{sum(one.used)}×") for one in others]
        if not options:
            raise KringError("There is no other code.")
        title = _("{code} goes into …").format(code=one_line(code.name))
        self.dialog(PickDialog(title, options, typing=True), self._merge)

    def _merge(self, into: str) -> None:
        wanted = next(one for one in shared_codes.shared(book.state for book in self.books.values())
                      if code_key(one.name) == code_key(into))  # fmt: skip
        code = self.code
        self._propose(lambda why: self._where(code, decision(shared_codes.merge, code.name, wanted, why)))

    def _ask_passages(self) -> None:
        """Let it be ticked which passages go to another code."""
        code = self.code
        coded = passages_of(self._finding, self.books, code.name)
        if not coded:
            raise KringError("{code} is on no passage.", code=code.name)
        options = [Option(str(place), passage_told(self._called, one)) for place, one in enumerate(coded)]

        def answered(ticked: tuple[str, ...]) -> None:
            chosen = [coded[int(place)] for place in ticked]
            if chosen:
                asked = _("They go to the code (new, or there already):")
                self._typed = _Typed(asked, "", lambda into: self._split(code, chosen, into))

        question = TickQuestion(_("What goes from {code} to another code?").format(code=one_line(code.name)), options)
        self.dialog(question.dialog(lambda: None), answered)

    def _split(self, code: CodeInStudy, chosen: Sequence[Coded], into: str) -> None:
        if not into or code_key(into) == code_key(code.name):
            raise KringError("Name another code than {code}.", code=code.name)
        codings: dict[int, list[str]] = {}
        for one in chosen:
            codings.setdefault(one.hit.session, []).extend(one.codings)
        self._propose(lambda why: splitting(self.books, code.name, into, codings, why))

    def _ask_name(self) -> None:
        code = self.code
        asked = _("New name of {code}:").format(code=one_line(code.name))
        self._typed = _Typed(asked, code.name, self._rename)

    def _type(self, typed: _Typed, event: events.Key) -> None:
        match event.key:
            case "escape":
                self._typed, self._todo = None, []
            case "enter":
                typed.then(one_line(typed.text))
                self._typed = None if self._typed is typed else self._typed
            case "backspace" | "ctrl+h":
                self._typed = typed.now(typed.text[:-1])
            case "ctrl+u":
                self._typed = typed.now("")
            case _ if event.is_printable and event.character:
                self._typed = typed.now(typed.text + event.character)

    def _rename(self, name: str) -> None:
        code = self.code
        is_taken = any(code_key(one.name) == code_key(name) for one in self.codes) and code_key(name) != code_key(
            code.name
        )
        if is_taken:
            raise KringError("{code} is there already; m lets {old} go into it.", code=name, old=code.name)
        self._propose(lambda why: self._where(code, decision(shared_codes.rename, code.name, name, why)))

    def _where(self, code: CodeInStudy, decided: Decision) -> dict[int, Decision]:
        """Return what is decided for every group that has a code."""
        return {session: decided for session, book in self.books.items() if book.has(code.name)}

    def _propose(self, decided: Decided) -> None:
        """Show what becomes of the codes in every group, and ask why."""
        self._todo, self._decided = steps(self.books, decided("")), decided
        self._typed = _Typed(_("Why? Enter: no reason"), "", self._write)

    def _take_back(self) -> None:
        self._todo = taking_back(self.books, self._me)
        self._decided = lambda _why: {}
        if not self._todo:
            told = "The last thing that {name} did in these groups was not to the codes."
            raise KringError(told, name=self._me.name)

    def _write(self, why: str) -> None:
        """Write it in every group, or in none where a file can't be."""
        if why:
            self._todo = steps(self.books, self._decided(why))
        troubles = [*self._finding.unreadable(), *(step.book.trouble for step in self._todo if step.book.trouble)]
        if troubles:
            raise KringError("Nothing is changed: {problem}", problem=troubles[0])
        done = list(write(self._todo, self._me))
        self._todo = []
        self._read()
        if self._changes is not None:
            self._changes = together(history_of(self.books, with_names=True))
        problem = next((one.problem for one in done if one.problem is not None), None)
        if problem is not None:
            raise KringError("Not changed in every group: {problem}", problem=problem)
        groups = ", ".join(self._called[one.step.session] for one in done)
        self.said = line(("✓ ", "ok"), _("Changed: {groups}.").format(groups=groups))

    def hints(self) -> tuple[KeyHint, ...]:
        if self._todo:
            return (KeyHint("Enter", _("do this")), KeyHint("Esc", _("back")))
        if self._typed is not None:
            return (KeyHint("Enter", _("look what changes")), KeyHint("Esc", _("back")))
        if self._changes is not None:
            return (KeyHint("u", _("take back")), KeyHint("↑↓", _("scroll")), KeyHint("Esc", _("back")))
        return keys.hints(self.table)


def run(finding: Finding, title: str, me: Me, settings: Settings) -> None:
    """Show the codes of a study until the screen is left."""
    app.run(CodesApp(finding, title, me, settings))
