"""Doing commands from the review screen: what moves and shows at once, and what the session writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kring.domain import rows as r
from kring.domain.decide import coding, decision
from kring.domain.events import Event
from kring.domain.text import N_, KringError, Refused, one_line
from kring.review import parsing
from kring.review.commands import BY_WORD, COMMANDS, GROUPS, SIDES
from kring.review.entries import Entry
from kring.review.filters import NOTHING
from kring.review.model import STOPS, Stop
from kring.review.parsing import Answers, Target
from kring.session.commands import Command
from kring.session.session import Session
from kring.store.store import NotSaved
from kring.system.i18n import _, say
from kring.ui import help as help_pages
from kring.ui.review.filter_menu import chosen_filter, filter_options
from kring.ui.theme import DARK, LIGHT
from kring.ui.widgets.line import line

if TYPE_CHECKING:
    from kring.ui.review.screen import ReviewScreen

BEFORE_MS = 5_000
"""How long before a row playing begins: people write behind the talk."""
NONE_LEFT = N_("There is no other one this way ({what}).")


class ReviewActing:
    """The commands of one review screen."""

    def __init__(self, screen: ReviewScreen, session: Session) -> None:
        self.screen = screen
        self.session = session
        self.reading = screen.reading
        self._paused_at = -1  # from elsewhere, playing begins anew

    def command(self, word: str, text: str) -> None:
        """Do a command: ask first for what it needs."""
        own: Callable[[str], None] | None = getattr(self, f"_do_{word}", None)
        if own is not None:
            own(text)
        else:
            self.ask(word)

    def ask(self, word: str, said: Answers | None = None) -> None:
        """Ask for what a command needs, then do it."""
        self.screen.asking.begin(BY_WORD[word], self._target(), said)

    def _target(self) -> Target:
        return Target(self.reading, self.screen.entry, self.reading.at)

    def perform(self, command: Command, target: Target, said: Answers) -> None:
        """Do a command with what was answered; what was typed comes back when it is refused."""
        match command.word:
            case "go":
                self._go(target, said)
                return
            case "jump":
                self.reading.stop = _stop(said["stop"])
                self._jump(1)
                return
            case "code" if not parsing.is_known_code(self.session.state, said["code"]):
                if not self._write(
                    coding.add_code, (one_line(said["code"]), "", parsing.free_colour(self.session.state)), {}
                ):
                    return
        try:
            call = parsing.READERS[command.word](self.session.state, target, said)
        except Refused as refusal:
            self.screen.asking.keep(said, command, target)
            self.refuse(refusal)
            return
        if not self._write(call.verb, call.arguments, call.named):
            self.screen.asking.keep(said, command, target)

    def _write(self, verb: Callable[..., object], arguments: tuple[object, ...], named: dict[str, object]) -> bool:
        """Have the session write an act; return whether the file took it, or it waits for the file in order."""
        trouble = self.session.trouble
        try:
            event = self.session.do_or_wait(decision(verb, *arguments, **named), settled=self._settled)  # type: ignore[arg-type]
        except Refused as refusal:
            self.refuse(refusal)
            return False
        except NotSaved as error:
            self.screen.say(line((say(error.sentence), "danger")))
            return False
        if event is None:
            self.screen.say(line((_("It waits for the file."), "soon")))
        else:
            self.screen.bottom.has_seen(trouble)
            self.tell(event)
        return True

    def _settled(self, outcome: Event | Refused) -> None:
        if self.screen.is_running:
            if isinstance(outcome, Event):
                self.tell(outcome)
            else:
                self.refuse(outcome)

    def tell(self, event: Event) -> None:
        """Say what an act did."""
        self.screen.say(line(("✓ ", "ok"), say(self.session.told(event))))

    def refuse(self, refusal: KringError) -> None:
        """Say why an act was refused."""
        self.screen.bottom.refuse(line(("? ", "soon"), (say(refusal.sentence), "soon")))

    # Through the session.

    def _do_move(self, text: str) -> None:
        self.screen.move_to(self.reading.at + int(text) * 1000)
        if self.screen.hearing.sounds:
            self.hear()

    def _go(self, target: Target, said: Answers) -> None:
        try:
            self.screen.move_to(parsing.moment(self.session.state, said["time"], self.reading.begin()))
        except Refused as refusal:
            self.refuse(refusal)
            return
        if self.screen.hearing.sounds:
            self.hear()

    def _do_mark(self, text: str) -> None:
        self.reading.stop = "mark"
        self._jump(-1 if text == "previous" else 1)

    def _do_next(self, text: str) -> None:
        self._jump(-1 if text == "previous" else 1)

    def _jump(self, step: int) -> None:
        found = self.reading.jump(step)
        if found is None:
            self.screen.say(line((_(NONE_LEFT).format(what=_(STOPS[self.reading.stop])), "soon")))
        else:
            self.screen.go_to(found)

    # The sound.

    def _do_play(self, _text: str) -> None:
        hearing = self.screen.hearing
        if hearing.is_on and (hearing.sounds or self.reading.at == self._paused_at):
            hearing.pause()
            self._paused_at = self.reading.at
            told = _("Plays at {speed}×.").format(speed=f"{hearing.speed:g}") if hearing.sounds else _("Paused.")
            self.screen.say(line(told))
        else:
            self.hear(before_ms=BEFORE_MS)

    def hear(self, before_ms: int = 0) -> None:
        """Play from so long before this moment."""
        hearing = self.screen.hearing
        try:
            known = hearing.play(self.session.state, self.reading.at, before_ms)
        except KringError as problem:
            self.refuse(problem)
            return
        told = _("Plays at {speed}×.").format(speed=f"{hearing.speed:g}")
        self.screen.awaited = self.reading.at if before_ms else 0
        self.screen.say(line(told, (f"  {say(known)}" if known else "", "soon")))

    def _do_speed(self, text: str) -> None:
        hearing = self.screen.hearing
        hearing.change_speed(1 if text == "faster" else -1)
        self.screen.say(line(_("Speed {speed}×.").format(speed=f"{hearing.speed:g}")))

    # What is shown.

    def _do_find(self, _text: str) -> None:
        self.screen.open_search()

    def _do_filter(self, _text: str) -> None:
        from kring.ui.dialogs import PickDialog, ask

        def answered(chosen: str | None) -> None:
            if chosen is not None:
                self.screen.sift(chosen_filter(self.reading.filter, chosen))

        ask(self.screen.app, PickDialog(_("Show only"), filter_options(self.reading), typing=True), answered)

    def _do_stubs(self, _text: str) -> None:
        shows = self.reading.filter.to_complete
        self.screen.sift(NOTHING._replace(to_complete=not shows))
        if shows:
            return
        stubs = self.reading.stubs()
        if not stubs:
            self.screen.sift(NOTHING)
            self.screen.say(line((_("No quote is to be completed."), "ok")))
            return
        self.screen.show_first()
        told = _("{n} to complete; Enter completes the one under the cursor.").format(n=len(stubs))
        self.screen.say(line(told))

    def _do_all(self, _text: str) -> None:
        self.screen.sift(NOTHING)

    def _do_side(self, text: str) -> None:
        side = self.screen.beside.side
        if text == "next":
            text = SIDES[(SIDES.index(side) + 1) % len(SIDES)]
        self.screen.show_side(text)

    def _do_large(self, _text: str) -> None:
        self.screen.make_large(not self.screen.is_large)

    def _do_scroll(self, text: str) -> None:
        self.screen.scroll_side(int(text))

    # Correcting and coding.

    def _do_edit(self, _text: str) -> None:
        entry = self.screen.entry
        match entry.row if entry else None:
            case r.NoteRow():
                self.ask("edit")
            case r.TurnRow():
                self.ask("who")
            case r.TurnProposalRow():
                self.ask("decide")
            case _:
                self.refuse(Refused("Choose a note or a turn first."))

    def _do_who(self, _text: str) -> None:
        self._ask_about("who", r.NoteRow, r.TurnRow)

    def _do_times(self, _text: str) -> None:
        self._ask_about("times", r.NoteRow, r.TurnRow)

    def _do_split(self, _text: str) -> None:
        try:
            turn = self._target().turn_now
        except Refused as refusal:
            self.refuse(refusal)
            return
        if self.reading.at <= turn.started_at:
            self.refuse(Refused("Go to the second at which the other one begins, then split."))
        else:
            self.ask("split")

    def _do_merge(self, _text: str) -> None:
        self._ask_about("merge", r.TurnRow)

    def _do_judge(self, _text: str) -> None:
        self._ask_about("judge", r.TurnRow)

    def _do_remove(self, _text: str) -> None:
        self._ask_about("remove", r.NoteRow, r.TurnRow)

    def _ask_about(self, word: str, *kinds: type[r.Row]) -> None:
        entry = self.screen.entry
        if entry is not None and isinstance(entry.row, kinds):
            self.ask(word)
        elif kinds == (r.TurnRow,):
            self.refuse(Refused("Choose a turn first."))
        else:
            self.refuse(Refused("Choose a note or a turn first."))

    def _do_decide(self, text: str) -> None:
        if text == "all":
            self.ask("decide", {"which": "all"})
        elif isinstance(self._row(self.screen.entry), r.TurnProposalRow):
            self.ask("decide")
        else:
            self.refuse(Refused("Choose a proposal first."))

    def _row(self, entry: Entry | None) -> r.Row | None:
        return entry.row if entry else None

    def _do_hide(self, _text: str) -> None:
        self.reading.others_hidden = not self.reading.others_hidden
        hidden = self.reading.others_hidden
        self.screen.see_anew()
        self.screen.say(line(_("What other coders did is hidden.") if hidden else _("Everybody's codes are shown.")))

    def _do_blind(self, _text: str) -> None:
        hidden = not self.reading.speakers_hidden
        self.reading.hide_speakers(hidden)
        self.screen.see_anew()
        told = _("Who speaks is hidden; l says whom you hear.") if hidden else _("Who speaks is shown.")
        self.screen.say(line(told))

    # The program.

    def _do_undo(self, _text: str) -> None:
        self._try(self.session.undo)

    def _do_redo(self, _text: str) -> None:
        self._try(self.session.redo)

    def _try(self, act: Callable[[], Event]) -> None:
        try:
            event = act()
        except Refused as refusal:
            self.refuse(refusal)
        except NotSaved as error:
            self.screen.say(line((say(error.sentence), "danger")))
        else:
            self.tell(event)

    def _do_palette(self, _text: str) -> None:
        from kring.ui.dialogs import PickDialog, ask

        def answered(word: str | None) -> None:
            if word is not None:
                self.command(word, next((key.text for key in BY_WORD[word].keys), ""))

        options = help_pages.palette_options(self.screen.key_table.shown, COMMANDS)
        ask(self.screen.app, PickDialog(_("Everything"), options, typing=True), answered)

    def _do_help(self, _text: str) -> None:
        from kring.ui.dialogs import HelpScreen, ask

        own = self.screen.key_table.shown
        ask(self.screen.app, HelpScreen(_("Help"), lambda room: help_pages.help_page(own, room, GROUPS, COMMANDS)))

    def _do_theme(self, _text: str) -> None:
        from kring.system.settings import keep_theme

        app = self.screen.app
        app.theme = LIGHT.name if app.theme == DARK.name else DARK.name
        problem = keep_theme(app.theme)
        if problem is not None:
            self.screen.say(line((say(problem), "soon")))

    def _do_quit(self, _text: str) -> None:
        self.screen.leave_now()


def _stop(word: str) -> Stop:
    return next(stop for stop in STOPS if stop == word)
