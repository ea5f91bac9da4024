"""The screen of the codes of a study: each with the groups that have it, changed in all of them at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events

from kring.domain.decide import Decision, decision
from kring.domain.study import shared_codes
from kring.domain.study.coders import CodeInStudy, code_key, codebook
from kring.domain.text import N_, KringError, one_line
from kring.session.session import Me
from kring.study.codebook import Book, Step, read_book, steps, taking_back, write
from kring.study.finding.choices import called
from kring.study.finding.finding import Finding
from kring.system.i18n import _, ngettext
from kring.system.settings import Settings
from kring.ui.desk import app, keys
from kring.ui.desk.app import DeskApp, chosen, page_of
from kring.ui.desk.keys import DeskKey
from kring.ui.dialogs import Option, PickDialog
from kring.ui.study.code_words import step_told
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import EMPTY, Line, cut, line, pad, wrap
from kring.ui.widgets.panel import Panel

LONGEST = 100
NAME = 24


class CodesApp(DeskApp):
    """The codes of a study; what is to change is shown first, and written when that is meant."""

    table = (
        DeskKey("merge", ("m",), N_("merge into …"), N_("Let this code go into another one, in every group.")),
        DeskKey("rename", ("n",), N_("rename"), N_("Give this code another name, in every group.")),
        DeskKey("undo", ("u",), N_("take back"), N_("Take back in every group what you did last to the codes.")),
        DeskKey("again", ("r",), N_("read again"), N_("Read the groups again."), "program"),
        *keys.MOVES,
        keys.EVERYTHING,
        keys.HELP,
        DeskKey("leave", ("escape", "q"), N_("close"), N_("Go back."), "program"),
    )

    def __init__(self, finding: Finding, title: str, me: Me, settings: Settings) -> None:
        super().__init__(settings)
        self._finding, self._title, self._me = finding, title, me
        self._todo: list[Step] = []
        self._typed: str | None = None
        """The new name, while it is typed."""
        self._at = 0
        self._read()
        self.acts = {
            "merge": self._ask_into,
            "rename": self._ask_name,
            "undo": self._take_back,
            "again": self._read,
            "leave": self.exit,
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
        self.body.show(self._preview(room, height) if self._todo else self._rows(room, height))
        self.foot.show([cut(self._below(), room)])

    def _rows(self, room: int, height: int) -> list[Line]:
        if not self.codes:
            return wrap(line((f" {_('No group has a code.')}", "muted")), room)
        first = max(0, min(self._at - height // 2, len(self.codes) - height))
        rows = [self._row(code, room) for code in self.codes[first : first + height]]
        return [chosen(row) if first + place == self._at else row for place, row in enumerate(rows)]

    def _row(self, code: CodeInStudy, room: int) -> Line:
        names = list(self._called.values())
        used = dict(zip(code.sessions, code.used, strict=True))
        cells = " · ".join(f"{one_line(name)} {used.get(place, '–')}" for place, name in enumerate(names))
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
            asked = _("New name of {code}:").format(code=one_line(self.code.name))
            return line((f" {asked} ", "soon"), self._typed, ("▏", "key"))
        if self.said or self._todo or not self.codes:
            return self.said
        told = "; ".join(one_line(one) for one in self.code.descriptions if one)
        return line((f" {told or _('not described')}", "muted"))

    def on_panel_clicked(self, event: Panel.Clicked) -> None:
        if event.panel is self.body and not self._todo and self._typed is None:
            first = max(0, min(self._at - self.body.size.height // 2, len(self.codes) - self.body.size.height))
            self._at = max(0, min(first + event.y, len(self.codes) - 1))
            self.show()

    def on_paste(self, event: events.Paste) -> None:
        if self._typed is not None:
            self._typed = (self._typed + one_line(event.text))[:LONGEST]
            self.show()

    def pressed(self, event: events.Key) -> None:
        if self._todo:
            if event.key == "enter":
                self._write()
            elif event.key == "escape":
                self._todo = []
        elif self._typed is not None:
            self._type(event)
        else:
            super().pressed(event)

    def step(self, key: str) -> None:
        page, last = max(1, self.body.size.height - 1), len(self.codes) - 1
        by = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "home": -last, "end": last}[key]
        self._at = max(0, min(last, self._at + by))

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
        self._propose(decision(shared_codes.merge, self.code.name, wanted))

    def _ask_name(self) -> None:
        self._typed = self.code.name

    def _type(self, event: events.Key) -> None:
        assert self._typed is not None
        match event.key:
            case "escape":
                self._typed = None
            case "enter":
                self._rename(one_line(self._typed))
                self._typed = None
            case "backspace" | "ctrl+h":
                self._typed = self._typed[:-1]
            case "ctrl+u":
                self._typed = ""
            case _ if event.is_printable and event.character and len(self._typed) < LONGEST:
                self._typed += event.character

    def _rename(self, name: str) -> None:
        code = self.code
        is_taken = any(code_key(one.name) == code_key(name) for one in self.codes) and code_key(name) != code_key(
            code.name
        )
        if is_taken:
            raise KringError("{code} is there already; m lets {old} go into it.", code=name, old=code.name)
        self._propose(decision(shared_codes.rename, code.name, name))

    def _propose(self, decided: Decision) -> None:
        """Show what becomes of the code under the cursor in every group that has it."""
        those = [session for session, book in self.books.items() if book.has(self.code.name)]
        self._todo = steps(self.books, dict.fromkeys(those, decided))

    def _take_back(self) -> None:
        self._todo = taking_back(self.books, self._me)
        if not self._todo:
            told = "The last thing that {name} did in these groups was not to the codes."
            raise KringError(told, name=self._me.name)

    def _write(self) -> None:
        """Write it in every group, or in none where a file can't be."""
        troubles = [*self._finding.unreadable(), *(step.book.trouble for step in self._todo if step.book.trouble)]
        if troubles:
            raise KringError("Nothing is changed: {problem}", problem=troubles[0])
        done = list(write(self._todo, self._me))
        self._todo = []
        self._read()
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
        return keys.hints(self.table)


def run(finding: Finding, title: str, me: Me, settings: Settings) -> None:
    """Show the codes of a study until the screen is left."""
    app.run(CodesApp(finding, title, me, settings))
