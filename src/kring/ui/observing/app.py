"""The screen of an observer: it draws what a source knows, and sends what is typed; the session it never touches."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Literal

from textual import events
from textual.containers import Horizontal
from textual.widget import Widget

from kring.domain.decide.group.observers import LONGEST
from kring.domain.text import N_, KringError, one_line
from kring.observing.source import Source
from kring.system.i18n import _
from kring.system.settings import Settings
from kring.ui import terminal, theme
from kring.ui.desk import keys
from kring.ui.desk.app import DeskApp
from kring.ui.desk.keys import DeskKey
from kring.ui.observing import views
from kring.ui.ticker import Ticker
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import Line, cells, cut, line
from kring.ui.widgets.panel import Panel

Typed = Literal["question", "back room"]
PROMPTS: dict[Typed, str] = {"question": N_("Question to the team"), "back room": N_("To the other observers")}
LOW = 20
TICK_S = 0.5


class ObserverApp(DeskApp):
    """One session as an observer sees it."""

    DEFAULT_CSS = """
    #now { height: auto; max-height: 9; }
    #middle { height: 2fr; }
    #shares { width: 2fr; }
    #notes { width: 3fr; }
    #mine { height: 1fr; min-height: 2; }
    """
    table = (
        DeskKey("ask", ("a", "enter"), N_("ask"), N_("Type a question to the team; Enter sends it."), dutch="v"),
        DeskKey("talk", ("b",), N_("back room"),
                N_("Say something to the other observers; no screen of the team shows it.")),
        DeskKey("side", ("tab",), N_("questions or back room"),
                N_("Show your questions, or what observers said to each other."), in_bar=False),
        DeskKey("move", ("up", "down"), N_("older and newer notes"), N_("Go through the notes."), "go", in_bar=False),
        keys.PAGES,
        keys.ENDS,
        DeskKey("theme", ("t",), N_("light or dark"), N_("Change between the light and the dark theme."), "program",
                in_bar=False),
        keys.EVERYTHING,
        keys.HELP,
        DeskKey("leave", ("ctrl+q", "q"), N_("quit"), N_("Stop watching."), "program"),
    )  # fmt: skip

    def __init__(self, source: Source, observer: str, settings: Settings) -> None:
        super().__init__(settings)
        self.source = source
        self.observer = self._called = observer
        self.typing: Typed | None = None
        self.typed: dict[Typed, str] = {"question": "", "back room": ""}
        self._shows_room = False
        self._first_note = 0
        self._sending: set[asyncio.Task[None]] = set()
        self._now, self._shares, self._notes, self._mine = (Panel(id=one) for one in ("now", "shares", "notes", "mine"))
        self._ticker = Ticker(self.show, on_fault=self.end_by, period_s=TICK_S)
        self.acts = {
            "ask": lambda: self._type("question"),
            "talk": lambda: self._type("back room"),
            "side": self._turn,
            "theme": lambda: theme.change(self),
            "leave": self.exit,
        }

    def middle(self) -> Iterable[Widget]:
        return (self._now, Horizontal(self._shares, self._notes, id="middle"), self._mine)

    def begin(self) -> None:
        self._ticker.start()
        self._watch = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        while True:
            await self.source.changed(self.source.seen.number)
            self.show()

    def draw(self) -> None:
        self.source.watch_as((self.observer,))
        self._look_at_name()
        seen, room = self.source.seen, self.size.width
        self.top.show([views.top(seen, room)])
        told = views.now(seen, room)
        self._now.styles.height = len(told)
        self._now.show(told)
        self._shares.show(views.shares(seen.view, self._shares.size.width, self._shares.size.height))
        drawn = views.notes(seen.view, max(self._notes.size.width, 20))
        self._first_note = max(0, min(self._first_note, len(drawn) - max(self._notes.size.height, 1)))
        self._notes.show(drawn[self._first_note :])
        self._draw_mine(max(self._mine.size.width, 20))
        self.foot.show([self._foot(room)])

    def _look_at_name(self) -> None:
        """Say it once where she is called otherwise than she asked: somebody else is called so."""
        called = self.source.called(self.observer)
        if called != self._called:
            self._called = called
            self.said = line((_("Others see you as {name}.").format(name=called), "soon"))

    def _draw_mine(self, room: int) -> None:
        said = self.source.back_room
        if said is None:
            self._shows_room = False
        head = _("back room") if self._shows_room else _("your questions")
        other = f"  Tab {_('your questions') if self._shows_room else _('back room')}" if said is not None else ""
        drawn = (
            [*views.watching(self.source.seen.view, self._called, room), *views.back_room(said or (), room)]
            if self._shows_room
            else views.questions(self.source.questions(self.observer), room)
        )
        told = [line((f" {head}", "title"), (other, "muted")), *drawn]
        if self.size.height < LOW:  # the shares need what stays empty here
            self._mine.styles.height = max(2, min(len(told), self.size.height // 4))
        else:
            self._mine.styles.height = None
        self._mine.show(told)

    def _foot(self, room: int) -> Line:
        if self.typing is None:
            return self.said
        prompt = f" {_(PROMPTS[self.typing])} › "
        typed = self.typed[self.typing]
        while cells(typed) > max(room - cells(prompt) - 2, 1):
            typed = typed[1:]
        return cut(line((prompt, "key"), (typed, "bold"), ("▏", "key")), room)

    def hints(self) -> Sequence[KeyHint]:
        if self.typing is not None:
            return (KeyHint("Enter", _("send"), 9), KeyHint("Esc", _("leave"), 8))
        return [one for one in keys.hints(self.table) if self.source.back_room is not None or one.key != "b"]

    def pressed(self, event: events.Key) -> None:
        if self.typing is None:
            super().pressed(event)
            return
        typed = self.typed[self.typing]
        match event.key:
            case "escape":
                self.typing = None
            case "enter":
                self._send(self.typing, typed)
            case "backspace" | "ctrl+h":
                self.typed[self.typing] = typed[:-1]
            case "ctrl+u":
                self.typed[self.typing] = ""
            case _ if event.is_printable and event.character and len(typed) < LONGEST:
                self.typed[self.typing] = typed + event.character

    def on_paste(self, event: events.Paste) -> None:
        """Take pasted text on one line."""
        if self.typing is not None:
            self.typed[self.typing] = (self.typed[self.typing] + one_line(event.text))[:LONGEST]
            self.show()

    def refused(self, problem: KringError) -> None:
        super().refused(problem)
        self.typing = None  # it would hide that; what was typed is kept

    def step(self, key: str) -> None:
        page = max(1, self._notes.size.height - 1)
        last = 10**6
        by = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "home": -last, "end": last}[key]
        self._first_note = max(0, self._first_note + by)

    def _type(self, what: Typed) -> None:
        if what == "back room" and self.source.back_room is None:
            raise KringError("There is no back room here.")
        self.typing, self._shows_room = what, what == "back room"

    def _turn(self) -> None:
        self._shows_room = not self._shows_room

    def _send(self, what: Typed, text: str) -> None:
        send = self.source.ask if what == "question" else self.source.say
        task = asyncio.create_task(self._sent(what, text, send))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _sent(self, what: Typed, text: str, send: Callable[[str, str], Awaitable[None]]) -> None:
        """Send what was typed; what could not be sent stays in the line."""
        try:
            await send(self.observer, text)
        except KringError as problem:
            self.refused(problem)
        else:
            self.typed[what] = ""
            self.typing = None
            told = _("Your question is with the team.") if what == "question" else _("The other observers read it.")
            self.said = line(("✓ ", "ok"), told)
        self.show()


async def _watch(source: Source, observer: str, settings: Settings) -> None:
    async with source:
        app = ObserverApp(source, observer, settings)
        await app.run_async()


def run(source: Source, observer: str, settings: Settings) -> None:
    """Show a session to an observer until she leaves."""
    with terminal.quiet_threads():
        asyncio.run(_watch(source, observer, settings))
