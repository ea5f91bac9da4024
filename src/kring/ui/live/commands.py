"""Doing commands from the live screen: the line for what is typed, the session decides, one sentence back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kring.domain import note_line
from kring.domain.decide import decision
from kring.domain.decide.session import GatesOpen
from kring.domain.events import Event
from kring.domain.rows import NoteRow
from kring.domain.text import KringError, Refused, Sentence, one_line
from kring.session.commands import BY_WORD, Command, call_of
from kring.session.session import Session
from kring.store.store import NotSaved
from kring.system.i18n import _, say
from kring.ui import help as help_pages
from kring.ui.live import confirmations, links
from kring.ui.live.checklist import Checking
from kring.ui.theme import DARK, LIGHT
from kring.ui.views import notes, sound, typing
from kring.ui.widgets.line import EMPTY, line

if TYPE_CHECKING:
    from kring.ui.live.screen import LiveScreen


class Typing(NamedTuple):
    """What the line is being typed for: a command, and the text in front of what is typed."""

    word: str
    prefix: str = ""


NOTE = Typing("note")


class Acting:
    """The commands of one live screen."""

    def __init__(self, screen: LiveScreen, session: Session, plan_path: Path | None) -> None:
        self.screen = screen
        self.session = session
        self.wanted = ""  # what the notes are searched for
        self._plan_path = plan_path
        self._typing = NOTE
        self._kept: dict[Typing, list[str]] = {}  # what was left half typed, or refused after all; the newest last
        self._begun_stub: str | None = None  # a quote to complete as it stood when its line was opened
        self.checking = Checking(self)
        self._entered: str | None = None  # the text in the line that was entered and waits for the file

    @property
    def typing_word(self) -> str:
        """The command that the line is typed for."""
        return self._typing.word

    @property
    def typing_prefix(self) -> str:
        """What stands in front of the line: whom or which note it is about."""
        return self._typing.prefix

    @property
    def is_note(self) -> bool:
        """Tell whether the line holds a note."""
        return self._typing.word in ("note", "edit")

    def command(self, word: str, said: str) -> None:
        """Do a command: ask first for what it needs and wasn't given."""
        own = getattr(self, f"_do_{word}", None)
        command = BY_WORD[word]
        if word == "floor" and said.isdecimal() and self.checking.is_checking_in():
            self.checking.go_to(said)
        elif own is not None:
            own()
        elif command.asks and not said:
            self.screen.asking.begin(command)
        else:
            self.perform(command, said)

    def perform(self, command: Command, said: str, *, from_line: bool = False) -> bool:
        """Do a command with its text; return whether the file took it, or it waits for the file in order."""
        if command.word == "listen":
            return self.screen.hearing.begin(said)
        trouble = self.session.trouble
        text = self.screen.line.value
        settled = partial(self._line_settled, self._typing, text) if from_line else self._settled
        try:
            call = call_of(self.session.state, command, said)
            event = self.session.do_or_wait(decision(call.verb, *call.arguments, **call.named), settled=settled)
        except GatesOpen as gates:
            confirmations.ask_gates(self, gates)
        except Refused as refusal:
            self.refuse(refusal)
        except NotSaved as error:
            self.screen.say(line((say(error.sentence), "danger")))
        else:
            if event is not None:
                self.screen.bottom.has_seen(trouble)
                self.tell(event)
            else:
                self._wait(command, said, text if from_line else None)
            return True
        return False

    def refuse(self, refusal: KringError) -> None:
        """Say why an act was refused."""
        self.screen.bottom.refuse(line(("? ", "soon"), (say(refusal.sentence), "soon")))

    def tell(self, event: Event) -> None:
        """Say what an act did, and of a quote that no recording holds that too, while it can still be said again."""
        self.confirm(self.session.told(event))
        if sound.is_outside(self.session.state, event):
            outside = (_("not in a recording"), "late")
            self.screen.say(line(("! ", "late"), outside, ("  ", ""), say(self.session.told(event))))

    def confirm(self, done: Sentence) -> None:
        """Say what is done."""
        self.screen.say(line(("✓ ", "ok"), say(done)))

    def _wait(self, command: Command, said: str, text: str | None) -> None:
        """Leave what was typed in sight until the file has it."""
        if text is not None:
            self._entered = text
            self.screen.line.show_state(_("NOT SAVED"), not_saved=True)
        what = text if text is not None else f"{_(command.label)} {self._in_words(said)}".strip()
        self.screen.say(line((_("waits: {what}").format(what=what), "soon")))

    def _in_words(self, said: str) -> str:
        """Return the text behind a command as people know it: what it's about, and not the id of that."""
        word, space, rest = said.partition(" ")
        state = self.session.state
        if word in state.guide:
            word = f"{state.guide[word].number} {state.guide[word].title}".strip()
        elif word in state.checks:
            word = state.checks[word].title
        elif word in state.notes:
            word = f"“{state.notes[word].text}”"
        return one_line(word + space + rest)

    def _settled(self, outcome: Event | Refused) -> None:
        if not self.screen.is_running:
            return  # what still waited is written while the file is closed; there's nobody to tell
        if isinstance(outcome, Event):
            self.tell(outcome)
        else:
            self.refuse(outcome)

    def _line_settled(self, purpose: Typing, text: str, outcome: Event | Refused) -> None:
        """What was entered is saved at last, or refused after all: then its text comes back."""
        if not self.screen.is_running:
            return
        if isinstance(outcome, Refused):
            self._keep(purpose, text)
        if self._entered == text and not self.screen.is_typing:
            self._rest(purpose if isinstance(outcome, Refused) else NOTE)
        self._settled(outcome)

    # The line.

    def _keep(self, purpose: Typing, text: str) -> None:
        self._kept.setdefault(purpose, []).append(text)

    def _kept_for(self, purpose: Typing) -> str:
        """Take out the newest of the texts that are kept for a purpose."""
        kept = self._kept.get(purpose)
        return kept.pop() if kept else ""

    def type_for(self, word: str, prefix: str = "", *, begun: str = "", usual: str = "") -> None:
        """Open the line for a command: with what was begun just now, else what was left half typed, else the usual."""
        typed = self.screen.line
        wanted = Typing(word, prefix)
        if self._entered is not None:
            self._entered = None
            typed.take()  # it waits in order; the line is free
        if self._typing.word == "find":
            typed.take()
        if typed.value and (wanted != self._typing or begun):
            self._keep(self._typing, typed.value)
            typed.value = ""
        self._typing = wanted
        self.screen.bottom.opens_line()
        if begun:
            typed.value = begun
        elif not typed.value:
            typed.value = self._kept_for(wanted) or usual
        typed.cursor_position = len(typed.value)
        typed.placeholder = _(BY_WORD[word].label)
        self.screen.set_focus(typed)
        self.screen.show()

    def submitted(self) -> None:
        """Do what the line says; it's emptied when that is saved, and keeps its text when not."""
        text = self.screen.line.value
        if self._entered == text:
            self.screen.set_focus(None)  # it waits already
        elif self._typing.word == "find":
            self._rest()
        elif not text.strip():
            self._rest()
            self.screen.say(EMPTY)
        elif self._typing.word == "edit" and text == self._begun_stub:
            self._rest()  # without its … it would count as complete
            self.refuse(Refused("Nothing was changed."))
        elif self.perform(BY_WORD[self._typing.word], f"{self._typing.prefix}{text}", from_line=True):
            self.screen.notes.follow()
            if self._entered is None:
                self._rest()
            self.screen.set_focus(None)
        self.screen.show()

    def left(self) -> None:
        """Leave the line: its text stays, a search ends."""
        self.screen.set_focus(None)
        if self._typing.word == "find":
            self.search("")
            self._rest()
        self.screen.show()

    def _rest(self, purpose: Typing = NOTE) -> None:
        """Empty the line and let it stand for notes again, with the one that was left half typed."""
        self._entered = None
        self._typing = purpose
        self.screen.set_focus(None)
        typed = self.screen.line
        typed.take()
        typed.value = self._kept_for(purpose)
        typed.placeholder = _(BY_WORD[purpose.word].label)

    def typed(self) -> None:
        """Take notice of what stands in the line now: a search looks at once."""
        if self._typing.word == "find":
            self.search(self.screen.line.value)

    def complete(self) -> None:
        """Complete the tag or the speaker at the end of the line."""
        if self._typing.word in ("note", "edit", "tag"):
            typed = self.screen.line
            completed = typing.completed(self.session.state, typed.value)
            if completed is not None:
                typed.value = completed
                typed.cursor_position = len(completed)

    def search(self, wanted: str) -> None:
        """Show only the notes that hold these words."""
        if wanted == self.wanted:
            return
        self.wanted = wanted
        state = self.session.state
        self.screen.notes.filter(lambda note: note.removed_at is None and notes.matches(state, note, wanted))

    # Commands of the screen itself.

    def _do_undo(self) -> None:
        self._try(self.session.undo)

    def _do_redo(self) -> None:
        self._try(self.session.redo)

    def _try(self, act: Callable[[], Event]) -> bool:
        if self.session.waiting:
            self.refuse(Refused("Not now: earlier acts are not saved yet."))
            return False
        trouble = self.session.trouble
        try:
            event = act()
        except Refused as refusal:
            self.refuse(refusal)
        except NotSaved as error:
            self.screen.say(line((say(error.sentence), "danger")))
        else:
            self.screen.bottom.has_seen(trouble)
            self.tell(event)
            return True
        return False

    def _do_find(self) -> None:
        if "notes" in self.screen.tabs():
            self.screen.show_tab("notes")
        self.type_for("find", usual=self.wanted)

    def _do_panel(self) -> None:
        self.screen.next_tab()

    def _do_tick(self) -> None:
        self.checking.enter()

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
        self.type_for("tag", f"{note.id} ", usual="#")

    def _do_edit(self) -> None:
        note = self.chosen_note()
        if note is None:
            self.refuse(Refused("There is no note yet."))
            return
        usual, place = note_line.to_complete(note)
        self.type_for("edit", f"{note.id} ", usual=usual)
        if self.screen.line.value == usual:
            self.screen.line.cursor_position = place
        self._begun_stub = usual if note.stub else None

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
            from kring.plans.file import read_plan_file

            found = read_plan_file(self._plan_path)
        except KringError as error:
            self.refuse(error)
            return
        before = self.session.state
        if self._try(lambda: self.session.read_plan(found.plan, found.text)):
            from kring.session.summary import plan_changes

            changes = plan_changes(before, self.session.state, len(found.plan.warnings))
            self.screen.say(line(*self.screen.bottom.said, f"; {changes}" if changes else ""))

    def _do_palette(self) -> None:
        from kring.ui.dialogs import PickDialog, ask

        def answered(word: str | None) -> None:
            if word == "listen":
                self.type_for("listen")  # its key plays what is under the cursor; here it can be named
            elif word is not None:
                self.command(word, "")

        ask(
            self.screen.app,
            PickDialog(_("Everything"), help_pages.palette_options(self.screen.key_table.shown), typing=True),
            answered,
        )

    def _do_help(self) -> None:
        from kring.ui.dialogs import HelpScreen, ask

        ask(
            self.screen.app, HelpScreen(_("Help"), lambda room: help_pages.help_page(self.screen.key_table.shown, room))
        )

    def _do_status(self) -> None:
        from kring.session import summary

        self.screen.say(line(summary.status(self.session.state, self.session.now())))

    def _do_theme(self) -> None:
        from kring.system.settings import keep_theme

        app = self.screen.app
        app.theme = LIGHT.name if app.theme == DARK.name else DARK.name
        problem = keep_theme(app.theme)
        if problem is not None:
            self.screen.say(line((say(problem), "soon")))

    def _do_open(self) -> None:
        links.open_in_browser(self)

    def _do_copy(self) -> None:
        links.copy(self)

    # The sound.

    def _do_record(self) -> None:
        confirmations.record(self)

    def _do_listen(self) -> None:
        self.perform(BY_WORD["listen"], "")

    def _do_microphone(self) -> None:
        from kring.ui.live import microphone

        microphone.choose(self)

    # Where the session turns.

    def _do_start(self) -> None:
        confirmations.start(self)

    def _do_end(self) -> None:
        confirmations.end(self)

    def _do_quit(self) -> None:
        confirmations.leave(self)
