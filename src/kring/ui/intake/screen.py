"""The screen on which a file is looked at before it comes in: its keys, and the work behind them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

from textual import events
from textual.app import ComposeResult

from kring.audio.foreign import LaidDown
from kring.commands.command import REVIEW
from kring.commands.table import Slice
from kring.domain.text import KringError, Refused, one_line
from kring.domain.time_text import read_clock
from kring.imports.names import Choice
from kring.imports.preview import Preview, Who
from kring.imports.words import meant
from kring.session.session import Session
from kring.store.store import NotSaved
from kring.system.i18n import _, say
from kring.system.settings import Settings
from kring.ui.base import KringScreen
from kring.ui.dialogs import Option, PickDialog
from kring.ui.intake import foot_view, views
from kring.ui.intake.clock_view import told
from kring.ui.intake.model import BroughtIn, IntakeModel
from kring.ui.toolkit.textual_private import has_binding
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import EMPTY, Line, cut, line, spread
from kring.ui.widgets.panel import Panel

Found = TypeVar("Found")
NUDGES = {"left": -1_000, "right": 1_000, "less_than_sign": -10_000, "greater_than_sign": 10_000}
MEANINGS: dict[str, Who] = {"m": "moderator", "t": "team", "u": "unknown", "x": "left_out"}
SLOW_S = 0.1
"""What takes longer than this to read is said to be read."""


class IntakeScreen(KringScreen):
    """A preview of one file after another; nothing of a file is written before Enter."""

    commands = Slice((), REVIEW)

    DEFAULT_CSS = """
    IntakeScreen #foot { height: 2; }
    """

    def __init__(self, model: IntakeModel, session: Session, settings: Settings) -> None:
        super().__init__(session, settings, ())
        self.model = model
        self.top_line = Panel(id="top")
        self.body = Panel(id="body")
        self.foot = Panel(id="foot")
        self._first = self._furthest = 0
        self._is_working = False
        self._says_reading = False
        self._leaves = False
        self._acts: dict[str, Callable[[], object]] = {
            "enter": self._commit,
            "up": lambda: self._move(-1),
            "down": lambda: self._move(1),
            "pageup": lambda: self._scroll(-1),
            "pagedown": lambda: self._scroll(1),
            "y": model.accept,
            "j": model.accept,
            "backspace": model.choose_again,
            "delete": model.choose_again,
            "n": self._ask_who,
            "p": model.turn_private,
            "b": model.turn_file,
            "c": model.join_by_next,
            "k": self._open_line,
            "s": self._skip,
            "z": self._take_back,
        }

    def compose(self) -> ComposeResult:
        yield self.top_line
        yield self.body
        yield self.foot
        yield self.status.said_line
        yield self.line
        yield self.status.keys

    def on_mount(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.set_focus(None)
        self.begin_typing()
        self._load()

    def fit(self) -> None:
        self.show()

    # the work behind the keys

    def _load(self) -> None:
        """Read the file that is next, in a thread: a large one takes seconds, in which Escape works."""
        self._first, self._says_reading = 0, False
        wishes = self.model.wishes
        loop, number = self._loop, self.model.number
        loop.call_later(SLOW_S, self._say_reading)

        def seen(look: Preview) -> None:
            loop.call_soon_threadsafe(self._look, look, number)

        self._work(lambda: self.model.load(seen, self._went), lambda found: self.model.take(found, wishes))

    def _look(self, look: Preview, number: int) -> None:
        """Show at once what a file holds, while the rest is worked out."""
        if number == self.model.number and not self._leaves:
            self.model.first_look = look
            self.show()

    def _say_reading(self) -> None:
        self._says_reading = True
        self.show()

    def _renew(self) -> None:
        """Work out anew what the file would do, by what was chosen meanwhile."""
        read, wishes = self.model.read, self.model.wishes
        if not self._is_working and read is not None and not self.model.is_fresh:
            self._work(lambda: self.model.renew(read, wishes), lambda found: self.model.take(found, wishes))

    def _went(self) -> None:
        """Show how far a recording is; called in the thread that waits for it."""
        if not self._leaves:
            self._loop.call_soon_threadsafe(self.show)

    def _work(self, work: Callable[[], Found | KringError], take: Callable[[Found | KringError], None]) -> None:
        loop, number = self._loop, self.model.number
        self._is_working = True

        def done(found: Found | KringError | BaseException) -> None:
            self._is_working = False
            if self._leaves or number != self.model.number:
                return
            if isinstance(found, BaseException) and not isinstance(found, KringError):
                raise found
            try:
                take(found)
            except KringError as problem:
                self.show_refusal(problem)
            self._renew()
            self.show()

        def run() -> None:
            found: Found | KringError | BaseException
            try:
                found = work()
            except BaseException as fault:  # noqa: BLE001 - the screen ends by it, in its own thread
                found = fault
            if not self._leaves:
                loop.call_soon_threadsafe(done, found)

        threading.Thread(target=run, daemon=True, name="intake").start()

    # keys

    def pressed(self, event: events.Key) -> bool:
        try:
            return self._typed(event) if self.is_typing else self._pressed(event)
        except KringError as problem:
            self.show_refusal(problem)
            return True

    def _typed(self, event: events.Key) -> bool:
        match event.key:
            case "enter":
                self._place(self.line.value)  # what is refused stays in the line
                self._leave_line()
            case "escape":
                self._leave_line()
            case key:
                return self.line.typed(event) or not has_binding(self.line, key)
        return True

    def pasted(self, event: events.Paste) -> None:
        if self.is_typing:
            self.line.paste(event)

    def _pressed(self, event: events.Key) -> bool:
        self.status.say(EMPTY)
        if event.key == "escape":
            self._escape()
        elif self._lays_down:
            pass
        elif self.model.is_over or self.model.problem is not None:
            self._after(event.key)
        elif self.model.preview is not None:
            self._choose(event)
            self._renew()
        self.show()
        return True

    def _escape(self) -> None:
        """Stop what is laid down, else leave."""
        if self._lays_down:
            self.model.sound.stop()
        else:
            self.leave()

    @property
    def _lays_down(self) -> bool:
        """Whether a recording comes in now."""
        return self.model.preview is not None and self.model.sound.share is not None

    def _after(self, key: str) -> None:
        """Do what a key asks where there is nothing to choose: a file that can't be read, or the end."""
        if key == "z":
            self._take_back()
        elif key == "enter" and self.model.is_over:
            self.leave()
        elif key == "enter":
            self._skip()

    def _choose(self, event: events.Key) -> None:
        if event.key in NUDGES:
            self.model.nudge(NUDGES[event.key])
        elif event.key in MEANINGS:
            self.model.choose(Choice(MEANINGS[event.key]))
        elif event.key in self._acts:
            self._acts[event.key]()
        elif event.character and event.character in views.SEAT_KEYS:
            self._choose_seat(event.character)

    def _move(self, step: int) -> None:
        self.model.move(step)
        self._first = 0

    def _scroll(self, pages: int) -> None:
        self._first = max(min(self._first + pages * max(self.body.size.height - 4, 1), self._furthest), 0)

    def _skip(self) -> None:
        self.model.pass_over()
        self._go_on()

    def _choose_seat(self, key: str) -> None:
        seat = views.SEAT_KEYS.index(key) + 1
        people = self.session.state.participants.values()
        who = next((one.id for one in people if one.seat == seat and one.removed_at is None), None)
        if who is None or who in self.session.state.withdrawn:
            raise Refused("Nobody has seat {seat}.", seat=seat)
        self.model.choose(Choice("participant", who))

    def _ask_who(self) -> None:
        match = self.model.match
        if match is None:
            raise Refused("There are no names in this file.")
        state = self.session.state
        people = [one for one in state.participants.values() if one.removed_at is None and one.withdrawn_at is None]
        choices = [*(Choice("participant", one.id) for one in people), *map(Choice, MEANINGS.values())]
        options = [Option(str(place), meant(state, choice)) for place, choice in enumerate(choices)]

        def answered(chosen: str | None) -> None:
            if chosen is not None:
                self.model.choose(choices[int(chosen)])
                self._renew()
            self.show()

        here = Choice(match.who, match.participant)
        current = str(choices.index(here)) if here in choices else ""
        title = _("Who is {label}?").format(label=one_line(match.label))
        self.dialog(PickDialog(title, options, typing=True, current=current), answered)

    # the clock

    def _open_line(self) -> None:
        preview = self.model.preview
        assert preview is not None
        if preview.parsed.attached:
            self.line.value = ""
        else:
            self.model.nudge(0)
            offset = views.placed_by(preview, self.model.wishes)
            self.line.value = "" if offset is None else told(preview.clock, offset.ms)
        self.line.cursor_position = len(self.line.value)
        self.set_focus(self.line)
        self.show()

    def _leave_line(self) -> None:
        self.line.take()
        self.set_focus(None)
        self._renew()
        self.show()

    def _place(self, text: str) -> None:
        """Place the file as somebody typed; nothing typed is as it is proposed."""
        text = text.strip()
        preview = self.model.preview
        if preview is not None and preview.parsed.attached:
            self.model.place_picture(text)
            return
        if not text:
            self.model.place(None)
            return
        sign = -1 if text[0] in "-−" else 1
        length = read_clock(text.lstrip("+-−").strip())
        if length is None:
            raise Refused("{text} is no distance; write +1:12, or -0:04 for four seconds earlier.", text=one_line(text))
        self.model.place(sign * length.length_ms)

    # what is done

    def _commit(self) -> None:
        model = self.model
        assert model.preview is not None
        if not model.is_fresh:
            raise Refused("One moment: what was chosen is worked out. Then press Enter again.")
        if model.preview.asks is not None and any(views.is_open(one, model.wishes) for one in model.people):
            match = model.match
            if match is None or not views.is_open(match, model.wishes):
                model.go_to_open()
        cuts = model.cuts()
        if cuts is None:
            self._brought_in(model.commit)
            return

        def laid(found: LaidDown | KringError) -> None:
            if isinstance(found, KringError):
                raise found
            self._brought_in(lambda: model.commit_sound(cuts, found))

        self._work(lambda: model.lay_down(cuts, self._went), laid)

    def _brought_in(self, commit: Callable[[], BroughtIn]) -> None:
        """Write what comes in, say it, and go on to the next file."""
        try:
            done = commit()
        except NotSaved as problem:
            self.show_refusal(problem)
            return
        self.confirm(self.session.told(done.event))
        self._go_on()

    def _take_back(self) -> None:
        self.confirm(self.session.told(self.model.take_back()))

    def _go_on(self) -> None:
        if not self.model.is_over:
            self._load()

    def leave(self) -> None:
        self._leaves = True
        self.model.sound.stop()
        self.exit()

    # what is shown

    def show(self) -> None:
        if not self.is_mounted:
            return
        room = self.top_line.size.width
        self.line.display = self.is_typing
        self.top_line.show([self._heading(room)])
        self.body.show(self._body(self.body.size.width, self.body.size.height))
        self.foot.show([cut(line(" ", *one), room) for one in foot_view.foot(self.model)])
        self.show_status()

    def _heading(self, room: int) -> Line:
        title = self.session.state.session.title
        left = line((" kring  ", "key"), (title, "bold"), ("   " + _("bring in a file"), "muted"))
        several = f"{self.model.number + 1} / {len(self.model.paths)}  " if len(self.model.paths) > 1 else ""
        right = (
            _("nothing has changed yet") if not self.model.done else _("{n} brought in").format(n=len(self.model.done))
        )
        return spread(left, line(("" if self.model.is_over else several, ""), (right + " ", "muted")), room)

    def _body(self, room: int, height: int) -> list[Line]:
        model, preview = self.model, self.model.preview
        if model.is_over:
            return views.result(model.done, self.session.store.path.name, room)
        name = (one_line(model.path.name), "bold")
        if model.problem is not None:
            return [line(" ", name), EMPTY, *views.indented(say(model.problem), room)]
        look = model.first_look
        if preview is None and look is not None:
            heading = line(" ", name, (f"   {look.format}   {_('names and clock are compared')}", "muted"))
            lines = views.incoming(self.session.state, look, model.wishes, room - 2)
            return [heading, EMPTY, *(line(" ", *one) for one in views.window(lines, max(height - 2, 1), 0))]
        if preview is None:
            reading = views.reading(model.sound.share) if self._says_reading else ""
            return [line(" ", name, ("   " + reading, "muted"))]
        head = line(" ", name, (f"   {preview.format}   {views.size(model.read.bytes)}" if model.read else "", "muted"))
        size = (room - 2, max(height - 2, 1))
        at = min(model.cursor, max(len(model.people) - 1, 0))
        drawn = views.body(self.session.state, preview, model.wishes, model.people, at, size, self._first)
        self._furthest = max(drawn.furthest, 0)
        return [head, EMPTY, *((line(" ", *one)) for one in drawn.lines)]

    def keys_now(self) -> Sequence[KeyHint]:
        return foot_view.keys(self.model, is_typing=self.is_typing)

    def hint(self) -> Line:
        preview = self.model.preview
        if preview is not None and preview.parsed.attached:
            told_moment = _("42:13 or 20:04:13, the moment that it belongs to; empty = the whole session")
            return line((_("Clock") + "  ", "title"), (told_moment, "muted"))
        return line((_("Clock") + "  ", "title"), (_("+0:04 is later, -0:04 is earlier; empty = as proposed"), "muted"))
