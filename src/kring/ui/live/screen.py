"""The live screen of both roles: what its keys do, what is typed in its line, and what it does itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import cast

from textual import events, on

from kring.commands import table
from kring.commands.command import Command, FaceAction, Part
from kring.commands.righting import decided, made_by
from kring.domain import facts as f
from kring.domain.check_grid import is_settled
from kring.domain.decide import ending
from kring.domain.decide.session import GatesOpen
from kring.domain.decide.undoing import last_act
from kring.domain.events import Event
from kring.domain.measures.presence import seated
from kring.domain.rows import CheckRow, NoteRow
from kring.domain.text import KringError, Refused, Sentence, one_line
from kring.domain.words import NOTE_WORDS, check_called
from kring.session.recording import Recordist
from kring.session.roles import take_other_role
from kring.session.session import Session
from kring.system.i18n import _, say
from kring.system.settings import Settings
from kring.ui import help as help_pages
from kring.ui.boards.table import BOARDS, Boards
from kring.ui.command_runner import Action, CommandRunner, Outcome
from kring.ui.live import asking, confirmations, links, mouse, questions
from kring.ui.live.answers import answer
from kring.ui.live.checklist import ChecklistCursor
from kring.ui.live.playback import LivePlayback
from kring.ui.live.quote_drafting import QuoteDrafting
from kring.ui.live.typing_screen import FIND, NOTE, TypingScreen
from kring.ui.prompt import GivenAnswer, Question, Request, TextQuestion
from kring.ui.toolkit.textual_private import has_binding
from kring.ui.views import technique, typing
from kring.ui.widgets.key_bar import KeyBar, KeyHint
from kring.ui.widgets.line import EMPTY, Line, line
from kring.ui.widgets.line_list import LineList
from kring.ui.widgets.panel import Panel


class LiveScreen(TypingScreen):
    """Everything that a moderator or an assistant sees and does while people talk."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        plan_path: Path | None = None,
        warnings: tuple[Sentence, ...] = (),
        recordist: Recordist | None = None,
    ) -> None:
        super().__init__(session, settings, warnings, recordist)
        self._plan_path = plan_path
        self.checklist = ChecklistCursor(self.checks, session)
        self.playback = LivePlayback(self, recordist)
        actions: dict[FaceAction, Action] = {
            FaceAction.FIND: self._find,
            FaceAction.PANEL: lambda _text: self.next_tab(),
            FaceAction.UNFOLD: lambda _text: self.unfold(),
            FaceAction.CHECKLIST: lambda _text: self._enter_checklist(),
            FaceAction.ADMIT: lambda _text: asking.ask_whom_to_admit(self, self.runner),
            FaceAction.PLAN: self._read_plan,
            FaceAction.STATUS: self._status,
            FaceAction.OPEN_LINK: self._open_link,
            FaceAction.COPY_LINK: lambda _text: links.copy(session.state, self._check_under_cursor(), self.app),
            FaceAction.RECORD: self._record,
            FaceAction.MICROPHONE: self._choose_microphone,
            FaceAction.LISTEN: lambda text: self.playback.begin(text, self._chosen_note()),
            FaceAction.EARLIER: self._was_earlier,
            FaceAction.ROLE: self._change_role,
            FaceAction.SHARE: self.show_sharing,
            FaceAction.DRAFT: lambda _text: self.drafting.press(self._chosen_note()),
            FaceAction.QUIT: lambda _text: self.leave(),
        }
        self.runner = CommandRunner(self, actions)
        self.drafting = QuoteDrafting(self, self.runner)
        self.boards = Boards(BOARDS, lambda kind: kind(self, self.runner, self.leave_board))
        opened = {entry.opens: partial(self._open_board, entry.name) for entry in BOARDS if entry.opens}
        self.runner.actions.update(opened)
        self.stand_in()
        self._known_hints: list[KeyHint] = []
        self._hints_for: tuple[object, ...] = ()
        self._touched = ""  # the note that was written or changed by the last act on this screen

    def on_unmount(self) -> None:
        self.playback.close()
        self.drafting.close()
        self.leave_earlier_groups()

    def tick(self) -> None:
        super().tick()
        self.runner.follow()
        self.playback.tick()
        self.drafting.tick()
        self.look_for_earlier_groups()

    def pressed(self, event: events.Key) -> bool:
        with self.one_look():
            return self._pressed(event)

    def _pressed(self, event: events.Key) -> bool:
        if self.runner.press(event):
            return True
        if self.is_typing and self.typed(event):
            return True
        if not self.is_typing and (self.playback.press(event.key) or self._pressed_on_board(event.key)):
            return True
        match event.key:
            case "escape":
                self._return()
            case "up" | "down" if self.focused is None:
                self.runner.attempt(self.enter)
                self.show()
            case "shift+tab":
                self.runner.attempt(lambda: self.next_tab(back=True))
            case "space" if self.entered_board is not None:
                keys = help_pages.keys_for(self.commands.named("floor"), self.key_table.shown, "nobody")
                self.refuse(
                    Refused("The space bar does nothing here; {key}: nobody speaks.", key=keys[-1] if keys else "")
                )
            case "space" if self.focused in (self.checks, self.notes):
                self.focused.action_choose()
            case key if self.focused is not None and has_binding(self.focused, key):
                return False
            case key:
                return self._command(key)
        return True

    def _pressed_on_board(self, key: str) -> bool:
        if self.entered_board is None:
            return False
        if not self.entered_board.press(key):
            return key == "enter"  # on a board it acknowledges no cue
        self.show()
        return True

    def pressed_behind(self, event: events.Key) -> bool:
        """Do what must work while a dialog is open too: the next question, a mark, a pause, nobody speaks."""
        known = self.key_table.commands.get(event.key)
        if known is None or event.is_printable or not known[0].behind_dialogs:
            return False
        self.runner.run(*known)
        return True

    def pasted(self, event: events.Paste) -> None:
        """Put pasted text into the line; it's a note when no line is open."""
        if not event.text.strip() or not self.runner.paste():
            return
        was_typing = self.is_typing
        if not was_typing:
            self.runner.go_on(NOTE)
        self.line.paste(event, is_apart=not was_typing)
        self.typed_line.touch(self.now())
        self.search_at_once()

    def _command(self, key: str) -> bool:
        known = self.key_table.commands.get(key)
        if known is None:
            return False
        command, text = known
        if self._is_checking_in and command.asks == (Part.SEAT,) and text.isdecimal():
            self.runner.run(table.TESTS, text)
        else:
            self.runner.run(command, text)
        return True

    @property
    def _is_checking_in(self) -> bool:
        """Whether the key of a seat goes to that person's tests: nobody can have the floor yet."""
        state = self.session.state
        return state.session.started_at is None and "tests" in self.tabs()

    def _return(self) -> None:
        """Leave a board or a list; where none is entered, end the search of the notes."""
        if self.board is not None:
            self.leave_board()
        elif self.focused is not None:
            self.set_focus(None)
        elif self.wanted:
            self.search("")
        self.show()

    @on(Panel.Clicked)
    def _on_clicked(self, event: Panel.Clicked) -> None:
        mouse.clicked(self, self.runner, event)

    @on(KeyBar.Pressed)
    def _on_bar(self, event: KeyBar.Pressed) -> None:
        mouse.pressed(self, event.key)

    @on(LineList.Selected)
    def _on_selected(self, event: LineList.Selected) -> None:
        if isinstance(event, LineList.Moved):
            return
        if event.source is self.checks:
            self._tick(*cast("technique.CheckEntry", event.entry)[:2])
        elif event.source is self.notes:
            self.runner.run(table.EDIT)

    def question(self, request: Request) -> Question:
        if request.part is Part.BEGUN:
            return GivenAnswer(str(self.typed_line.begun or self.now()))
        if request.part is Part.KNOWN:
            return GivenAnswer(self._known)
        if (written := self.drafting.question(request)) is not None:
            return written
        check = self._check_under_cursor()
        if request.part is Part.CHECK and check is not None and is_settled(check):
            return GivenAnswer(check.id)
        keys = help_pages.keys_for(table.ADD, self.key_table.shown)
        state = self.session.sealing.state(self.session.state)
        asked = questions.question(state, request, self._chosen_note(), next(iter(keys), ""))
        return self.with_begun(request, asked)

    def _open_board(self, name: str, text: str) -> Line | None:
        """Show a board and give it the keyboard."""
        told = self.boards[name].begin(self.moment(), text)
        self.show_tab(name)
        self.enter()
        self.show()
        return told

    def _hints(self) -> list[KeyHint]:
        state = self.session.state
        now = (state.session.phase, state.session.open_pause, state.participants)  # of which the hints say something
        if self._hints_for != now:
            self._hints_for = now
            bar = help_pages.bar_of(state, self.session.me.role)
            self._known_hints = help_pages.hints(self.commands, bar, state, self.key_table.shown)
        return self._known_hints

    def mode(self) -> Line:
        """Return who or what the next key is about, also on the row of a list."""
        if self.focused is self.notes and (note := self.notes.cursor) is not None:
            return _about(table.NOTE, self.session.sealing.text(note.text) or _(NOTE_WORDS[note.kind]))
        if (check := self._check_under_cursor()) is not None:
            return _about(table.TICK, check_called(self.session.state, check))
        return super().mode()

    def keys_now(self) -> Sequence[KeyHint]:
        if asked := self.runner.keys():
            return asked
        if self.entered_board is not None:
            return self.entered_board.keys(self.moment())
        if not self.is_typing:
            if self.playback.is_on:
                return self.playback.keys()
            return self._hints_in_list() if self.focused in (self.checks, self.notes) else self._hints()
        match self.typed_line.request.part:
            case Part.NOTE_LINE if not self.says_hint_elsewhere:
                return typing.grammar(self.status.said_line.size.width)
            case Part.WORDS:
                return help_pages.searching_hints()
        return help_pages.typing_hints(self.commands, self.session.state, self.key_table.shown)

    def _hints_in_list(self) -> list[KeyHint]:
        """Return what the keys do while a list has the keyboard: what is under its cursor goes first."""
        is_note = self.focused is self.notes
        done_here = (_("space"), *([] if is_note else help_pages.keys_for(table.TICK, self.key_table.shown)))
        others = [hint for hint in self._hints() if hint.key not in done_here]
        of_row = [
            KeyHint(f"Enter {_('space')}", _("edit") if is_note else _("tick"), 31),
            *([KeyHint("*", _("star"), 12), KeyHint("#", _("tag"), 11)] if is_note else []),
            KeyHint("↑↓", _("choose"), 30),
            KeyHint("Esc", _("leave"), 32),
        ]
        if self._is_checking_in and (seats := seated(self.session.state)):
            of_row.insert(1, KeyHint(f"1-{min(len(seats), 9)}", _("that person"), 29))
        return [*of_row, *others]

    def report(self, event: Event) -> None:
        """Say what an act did, and what there is to mend of it; after the start ask who is here, after the end tick."""
        self.say(answer(self.session, event, self.earlier))
        is_of_note = isinstance(event.fact, f.NoteAdded | f.NoteChanged)
        self._touched = getattr(event.fact, "note", event.id) if is_of_note else ""
        if isinstance(event.fact, f.SessionStarted):
            asking.ask_who_is_here(self, self.runner)
        if isinstance(event.fact, f.SessionEnded):
            self._enter_checklist()

    def refuse(self, problem: KringError) -> None:
        if isinstance(problem, GatesOpen):
            asking.ask_gates(self, self.runner, self._told_of_recording)
        elif isinstance(problem, ending.EndAsks):
            asking.ask_whether_it_ended(self, self.runner)
        else:
            super().refuse(problem)

    def _find(self, _text: str) -> None:
        if "notes" in self.tabs():
            self.show_tab("notes")
        self.open_line(FIND, TextQuestion(self.wanted))

    def _was_earlier(self, ago: str) -> None:
        decision = decided(made_by(last_act(self.session.history, self.session.is_mine)), ago)
        self.runner.write_now(lambda: self.session.do(decision))

    def _status(self, _text: str) -> Line:
        from kring.session import summary

        return line(summary.status(self.session.state, self.now()))

    def _read_plan(self, _text: str) -> Line | None:
        if self._plan_path is None:
            raise Refused("The plan file is not known here; start kring with it.")
        return asking.read_plan(self, self.runner, self._plan_path)

    def _chosen_note(self) -> NoteRow | None:
        """Return the note under the cursor, else the newest hit of a search, else the one written or changed just now.

        Where the last act was about no note, it is the newest one of anybody.
        """
        if self.focused is self.notes and self.notes.cursor is not None:
            return self.notes.cursor
        rows = self.session.state.notes
        if self.wanted:
            return rows.get(next(reversed(self.found()), ""))
        touched = rows.get(self._touched)
        if touched is not None and touched.removed_at is None:
            return touched
        return next((note for note in reversed(rows.values()) if note.removed_at is None), None)

    def _check_under_cursor(self) -> CheckRow | None:
        entry = self.checks.cursor if self.focused is self.checks else None
        return entry[1] if entry else None

    @property
    def _folder(self) -> Path:
        """The folder of the plan, in which its stimulus material lies; where that is not known, of the session."""
        return (self._plan_path or self.session.store.path).parent

    def _open_link(self, _text: str) -> Line:
        command = table.COPY
        copy_keys = help_pages.keys_of(command, self.key_table.shown) or _(command.label)
        return links.open_now(self.session.state, self._check_under_cursor(), self._folder, copy_keys)

    def _enter_checklist(self) -> None:
        self.show_tab("checks")
        self.set_focus(self.checks)
        self.checklist.enter()

    def _tick(self, name: str, check: CheckRow | None) -> None:
        """Tick the check under the cursor, and go on to the next one; the row of the tests opens their table."""
        if name == technique.TESTS:
            self.runner.run(table.TESTS)
        if check is None or self.runner.attempt(lambda: self.checklist.require_meant(check)) is Outcome.REFUSED:
            return
        if self.runner.do(table.TICK, check.id) is not Outcome.REFUSED:
            self.checklist.go_on()

    def begin_typing(self) -> None:
        super().begin_typing()
        if self.sharing is not None and self.sharing.is_host:
            from kring.ui.live import sharing_dialog

            sharing_dialog.show_if_begun(self, self.sharing)
        if ending.forgotten(self.session.state, self.now()) is not None:
            asking.ask_whether_it_ended(self, self.runner)

    def _record(self, _text: str) -> None:
        recordist = self.recordist
        if recordist is None:
            raise Refused("Nothing is recorded in a rehearsal.")

        def stop() -> None:
            if recordist.is_on:  # nobody else stopped it meanwhile
                self._toggle(recordist)

        confirmation = confirmations.stopping(self.session, recordist)
        self._when_meant(confirmation, stop if confirmation else lambda: self._toggle(recordist))

    def _told_of_recording(self) -> Line:
        """Return why no recording could be made, or that it begins; empty otherwise."""
        recorder = self._recorder_state
        if recorder.problem is not None:
            return line(("! ", "late"), say(recorder.problem))
        return line((_("The recording starts …"), "soon")) if recorder.condition == "starting" else EMPTY

    def _choose_microphone(self, _text: str) -> Line:
        from kring.ui.live import microphone

        return microphone.choose(self, self.recordist)

    def _toggle(self, recordist: Recordist) -> None:
        told = {
            "start": _("The recording starts …"),
            "stop": _("The recording stops …"),
            "runs": _("The recording runs already: somebody else just started it."),
        }
        self.say(line((told[recordist.toggle()], "soon")))
        self.show()

    def _when_meant(self, confirmation: confirmations.Confirmation | None, then: Callable[[], None]) -> None:
        if confirmation is None:
            then()
        else:
            self.runner.confirm(confirmation.question, then, confirmation.why, holds=confirmation.holds)

    def _change_role(self, _text: str) -> None:
        """Take the other role, on a screen that is made anew for it."""
        if self.line.value:
            raise Refused("Finish or clear the line that you began to type first.")
        self.next_told = self.session.told(take_other_role(self.session))
        self.exit()

    def leave(self) -> None:
        confirmation = confirmations.leaving(self.session, self.recordist, is_rehearsal=self.demo_speed > 0)
        self._when_meant(confirmation, self.exit)


def _about(command: Command, what: str) -> Line:
    return line((f" {_(command.label)} › ", "muted"), (one_line(what), "bold"))
