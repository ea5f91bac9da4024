"""Doing commands from the live screen: the line for what is typed, the session decides, one sentence back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kring.commands import BY_WORD, Command, call_of
from kring.domain import note_line
from kring.domain.events import Event
from kring.domain.rows import CheckRow, NoteRow
from kring.domain.text import KringError, Refused, one_line
from kring.domain.verbs.session import GatesOpen
from kring.i18n import _, say
from kring.session import Session
from kring.store.store import NotSaved
from kring.ui.screens.dialogs import ConfirmDialog, HelpScreen, Option, PickDialog, ask
from kring.ui.theme import DARK, LIGHT
from kring.ui.views import manual, notes, technique
from kring.ui.widgets.line import line

if TYPE_CHECKING:
    from kring.ui.screens.live import LiveScreen


class Typing(NamedTuple):
    """What the line is being typed for: a command, and the text in front of what is typed."""

    word: str
    prefix: str = ""


class Acting:
    """The commands of one live screen."""

    def __init__(self, screen: LiveScreen, session: Session, plan_path: Path | None) -> None:
        self.screen = screen
        self.session = session
        self._plan_path = plan_path
        self._typing = Typing("note")
        self._waiting_line: str | None = None
        self._kept: dict[Typing, str] = {}

    @property
    def is_note(self) -> bool:
        """Tell whether the line holds a note."""
        return self._typing.word in ("note", "edit")

    def command(self, word: str, said: str) -> None:
        """Do a command: ask first for what it needs and wasn't given."""
        own = getattr(self, f"_do_{word}", None)
        command = BY_WORD[word]
        if own is not None:
            own()
        elif command.asks and not said:
            self.screen.asking.begin(command)
        else:
            self.perform(command, said)

    def perform(self, command: Command, said: str, *, from_line: bool = False) -> bool:
        """Do a command with its text; return whether it's done, so that the line may be emptied."""
        try:
            call = call_of(self.session.state, command, said)
            settled = self._line_settled if from_line else self._settled
            event = self.session.do_or_wait(call.verb, *call.arguments, settled=settled, **call.named)
        except GatesOpen as gates:
            self._ask_gates(gates)
        except Refused as refusal:
            self.refuse(refusal)
        except NotSaved as error:
            self.screen.say(line((say(error.sentence), "danger")))
        else:
            if event is not None:
                self._tell(event)
                return True
            if from_line:
                self._waiting_line = self.screen.line.value
                self.screen.line.show_state(_("NOT SAVED"), not_saved=True)
            self.screen.show()
        return False

    def refuse(self, refusal: KringError) -> None:
        """Say why an act was refused."""
        self.screen.say(line(("? ", "soon"), (say(refusal.sentence), "soon")))

    def _tell(self, event: Event) -> None:
        self.screen.say(line(("✓ ", "ok"), say(self.session.told(event))))

    def _settled(self, outcome: Event | Refused) -> None:
        if isinstance(outcome, Event):
            self._tell(outcome)
        else:
            self.refuse(outcome)

    def _line_settled(self, outcome: Event | Refused) -> None:
        """What was typed is saved at last: the line is emptied, unless something else was typed since."""
        typed = self.screen.line
        if isinstance(outcome, Event) and typed.value == self._waiting_line:
            typed.take()
        typed.show_state("")
        self._waiting_line = None
        self._settled(outcome)

    # The line.

    def type_for(self, word: str, prefix: str = "", text: str | None = None) -> None:
        """Open the line for a command; an unfinished text for the same command is still in it."""
        typed = self.screen.line
        same = self._typing == Typing(word, prefix)
        if self._waiting_line is not None and not same:
            self.screen.say(line((_("The line holds a text that is not saved yet."), "danger")))
            return
        if not same and typed.value and self._typing.word != "find":
            self._kept[self._typing] = typed.value
        self._typing = Typing(word, prefix)
        if text is not None or not same:
            typed.value = text if text is not None else self._kept.pop(self._typing, "")
        typed.cursor_position = len(typed.value)
        typed.placeholder = _(BY_WORD[word].label)
        self.screen.set_focus(typed)
        self.screen.show()

    def submitted(self, text: str) -> None:
        """Do what the line says; it's emptied when that is saved, and keeps its text when not."""
        typed = self.screen.line
        if self._waiting_line is not None:
            return
        if self._typing.word == "find":
            self.screen.set_focus(None)
            return
        if not text.strip():
            self.screen.set_focus(None)
            self.screen.show()
            return
        if self.perform(BY_WORD[self._typing.word], f"{self._typing.prefix}{text}", from_line=True):
            typed.take()
            self._typing = Typing("note")
            self.screen.set_focus(None)
            self.screen.notes.follow()
            self.screen.show()

    def typed(self, text: str) -> None:
        """Take notice of what stands in the line now: a search looks at once."""
        if self._typing.word == "find":
            self.search(text)

    def left(self) -> None:
        """The line was left: its text stays, a search ends."""
        if self._typing.word == "find":
            self.screen.line.take()
            self.search("")
            self._typing = Typing("note")

    def search(self, wanted: str) -> None:
        """Show only the notes that hold these words."""
        state = self.session.state
        self.screen.notes.filter(lambda note: note.removed_at is None and notes.matches(state, note, wanted))

    # Commands of the screen itself.

    def _do_undo(self) -> None:
        self._try(self.session.undo)

    def _do_redo(self) -> None:
        self._try(self.session.redo)

    def _try(self, act: Callable[[], Event]) -> None:
        try:
            self._tell(act())
        except Refused as refusal:
            self.refuse(refusal)
        except NotSaved as error:
            self.screen.say(line((say(error.sentence), "danger")))

    def _do_find(self) -> None:
        if "notes" in self.screen.tabs():
            self.screen.show_tab("notes")
        self.type_for("find")

    def _do_panel(self) -> None:
        self.screen.next_tab()

    def _do_tick(self) -> None:
        """Go to the controlelijst, at the check that is to be ticked next."""
        self.screen.show_tab("checks")
        upcoming = technique.next_open(self.session.state)
        self.screen.set_focus(self.screen.checks)
        if upcoming is not None:
            self.screen.checks.show_entry(upcoming.id)

    def tick_check(self, entry: tuple[str, CheckRow | None, int]) -> None:
        """Tick the check under the cursor and go on to the next one."""
        check = entry[1]
        if check is None:
            return
        before = check.done_at
        if self.perform(BY_WORD["tick"], check.id) and before is None:
            upcoming = technique.next_open(self.session.state)
            if upcoming is not None:
                self.screen.checks.show_entry(upcoming.id)

    def _do_star(self) -> None:
        self._on_note("star")

    def _do_remove(self) -> None:
        self._on_note("remove")

    def _on_note(self, word: str) -> None:
        note = self.chosen_note()
        self.perform(BY_WORD[word], note.id if note else "last")

    def _do_tag(self) -> None:
        note = self.chosen_note()
        if note is None:
            self.refuse(Refused("There is no note yet."))
            return
        self.type_for("tag", f"{note.id} ")

    def _do_edit(self) -> None:
        note = self.chosen_note()
        if note is None:
            self.refuse(Refused("There is no note yet."))
            return
        self.type_for("edit", f"{note.id} ", note_line.written(note))

    def chosen_note(self) -> NoteRow | None:
        """Return the note under the cursor, else the newest one."""
        listed = self.screen.notes
        if self.screen.focused is listed and listed.cursor is not None:
            return listed.cursor
        alive = [note for note in self.session.state.notes.values() if note.removed_at is None]
        return alive[-1] if alive else None

    def _do_plan(self) -> None:
        if self._plan_path is None:
            self.refuse(Refused("The plan file is not known here; start kring with it."))
            return
        try:
            from kring.imports.plan_file import read_plan_file

            found = read_plan_file(self._plan_path)
            self._tell(self.session.read_plan(found.plan, found.text))
        except KringError as error:
            self.refuse(error)

    def _do_end(self) -> None:
        if self.session.state.session.phase != "live":
            self.perform(BY_WORD["end"], "")
            return

        def answered(yes: bool | None) -> None:
            if yes and self.perform(BY_WORD["end"], ""):
                self._do_tick()

        ask(
            self.screen.app,
            ConfirmDialog(_("End the session?"), why=_("What is open closes with it; undo brings it back.")),
            answered,
        )

    def _ask_gates(self, gates: GatesOpen) -> None:
        options = [Option(gate.id, gate.title, str(place), _("tick")) for place, gate in enumerate(gates.gates[:9], 1)]
        options.append(Option("start", _("Start all the same; this is logged"), "s"))

        def answered(chosen: str | None) -> None:
            if chosen is None:
                self.refuse(Refused("The session has not started."))
            elif chosen == "start":
                self.perform(BY_WORD["start"], "anyway")
            elif self.perform(BY_WORD["tick"], chosen):
                self.perform(BY_WORD["start"], "")

        ask(self.screen.app, PickDialog(_("Not ticked yet"), options), answered)

    def _do_palette(self) -> None:
        def answered(word: str | None) -> None:
            if word is not None:
                self.command(word, "")

        ask(
            self.screen.app,
            PickDialog(_("Everything"), manual.palette_options(self.screen.own_keys), typing=True),
            answered,
        )

    def _do_help(self) -> None:
        ask(self.screen.app, HelpScreen(_("Help"), lambda room: manual.help_page(self.screen.own_keys, room)))

    def _do_status(self) -> None:
        self.screen.show()

    def _do_theme(self) -> None:
        from kring.settings import keep_theme

        app = self.screen.app
        app.theme = LIGHT.name if app.theme == DARK.name else DARK.name
        problem = keep_theme(app.theme)
        if problem is not None:
            self.screen.say(line((say(problem), "soon")))

    def _do_open(self) -> None:
        link = self._link()
        if link is None:
            return
        import webbrowser
        from threading import Thread

        Thread(target=webbrowser.open, args=(link,), daemon=True).start()
        self.screen.say(line(_("Opened: {link}").format(link=link)))

    def _do_copy(self) -> None:
        link = self._link()
        if link is not None:
            self.screen.app.copy_to_clipboard(link)
            self.screen.say(line(_("Copied: {link}").format(link=link)))

    def _link(self) -> str | None:
        entry = self.screen.checks.cursor if self.screen.focused is self.screen.checks else None
        link = (entry[1].url if entry and entry[1] else None) or self.session.state.session.link
        if not link or not link.startswith(("http://", "https://")):
            self.refuse(Refused("There is no link here."))
            return None
        return one_line(link)

    def _do_quit(self) -> None:
        waiting = len(self.session.waiting)
        live = self.session.state.session.phase == "live"
        if not waiting and not live:
            self.screen.app.exit()
            return
        question = _("Close kring while the session is live?") if live else _("Close kring?")
        why = _("The session goes on in the file; start kring again to go on.")
        if waiting:
            why = _("{n} acts are NOT SAVED and will be lost.").format(n=waiting)

        def answered(yes: bool | None) -> None:
            if yes:
                self.screen.app.exit()

        ask(self.screen.app, ConfirmDialog(question, why=why), answered)
