"""The review screen: what its keys do, what is typed in its line, and what it does itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from textual import events, on
from textual.widgets import Input

from kring.commands import review_table
from kring.commands.command import MAY_BE_EMPTY, PROMPTS, Command, FaceAction, Part
from kring.commands.decisions import moment
from kring.commands.importing import FILE
from kring.domain.events import Event
from kring.domain.text import N_, Refused, Sentence
from kring.review.filters import NOTHING
from kring.review.model import Stop
from kring.session.session import Session
from kring.system.i18n import _, as_written
from kring.system.settings import Settings
from kring.ui import help as help_pages
from kring.ui import righting
from kring.ui.command_runner import Action, CommandRunner, Outcome
from kring.ui.dialogs import PickDialog
from kring.ui.prompt import Purpose, Question, Request, TextQuestion, worded
from kring.ui.review import questions
from kring.ui.review.files_dialog import FilesDialog
from kring.ui.review.filter_menu import chosen_filter, filter_options
from kring.ui.review.panels import ReviewPanels
from kring.ui.toolkit.textual_private import has_binding
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import Line, line

NONE_LEFT = N_("There is no other one this way ({what}).")
OF_LIST = ("up", "down", "pageup", "pagedown", "home", "end")
FIND = Request(review_table.FIND_ENTRY, (Part.WORDS,))


class ReviewScreen(ReviewPanels):
    """Everything that a researcher sees and does with a session."""

    def __init__(
        self, session: Session, settings: Settings, warnings: tuple[Sentence, ...] = (), at: int | None = None
    ) -> None:
        super().__init__(session, settings, warnings, at)
        self._typing: Request | None = None
        self._typed = TextQuestion()
        self._kept: dict[Purpose, str] = {}  # what was left half typed, or refused
        self._last_why = ""
        self._paused_at = -1  # from elsewhere, playing begins again
        self._at_before_search = 0
        actions: dict[FaceAction, Action] = {
            FaceAction.MOVE: self._move,
            FaceAction.GO_TO_TIME: self._go_to_time,
            FaceAction.CHOOSE_STOP: self._choose_stop,
            FaceAction.NEXT_STOP: lambda text: self._jump(-1 if text == "previous" else 1),
            FaceAction.PLAY: self._play,
            FaceAction.SPEED: self._change_speed,
            FaceAction.FIND: self._find,
            FaceAction.FILTER: self._filter,
            FaceAction.FILES: self._put_files_right,
            FaceAction.STUBS: self._show_stubs,
            FaceAction.SHOW_ALL: lambda _text: self._show_all(),
            FaceAction.SIDE: self.show_side,
            FaceAction.LARGE: lambda _text: self.make_large(not self.is_large),
            FaceAction.SCROLL: lambda text: self.scroll_side(int(text)),
            FaceAction.HIDE_CODERS: self._hide_others,
            FaceAction.HIDE_SPEAKERS: self._hide_speakers,
            FaceAction.QUIT: lambda _text: self.exit(),
        }
        self.runner = CommandRunner(self, actions)
        self._hints = help_pages.hints(self.commands, "review", session.state, self.key_table.shown)

    def tick(self) -> None:
        super().tick()
        self.runner.follow()

    def pressed(self, event: events.Key) -> bool:
        if self.runner.press(event):
            return True
        match event.key:
            case "enter" if self.is_typing:
                self._submit()
            case "escape" if self.is_typing:
                self._leave_line()
            case "tab" if self.is_typing:
                self._complete()
            case "escape":
                self._return()
            case _ if self.is_typing and self.line.typed(event):
                self.search_at_once()
            case key if self.is_typing and has_binding(self.line, key):
                return False
            case key if key in OF_LIST and not self.is_typing:
                return self.is_large and self._move_unseen(key)
            case key:
                return self._command(key)
        return True

    def pasted(self, event: events.Paste) -> None:
        if self.is_typing and event.text.strip():
            self.line.paste(event)
            self.search_at_once()

    def _command(self, key: str) -> bool:
        known = self.key_table.commands.get(key)
        if known is None:
            return False
        self.runner.run(*known)
        return True

    def _move_unseen(self, key: str) -> bool:
        """Go through the entries, or scroll, while the timeline is not in sight."""
        if key in ("pageup", "pagedown"):
            page = max(self.side_panel.size.height - 2, 1)
            self.scroll_side(page if key == "pagedown" else -page)
            return True
        shown = self.model.shown()
        here = shown.index(self.entry) if self.entry in shown else 0
        place = {"up": here - 1, "down": here + 1, "home": 0, "end": len(shown) - 1}[key]
        if 0 <= place < len(shown):
            self.go_to(shown[place])
        return True

    def _return(self) -> None:
        if self.is_large:
            self.make_large(False)
        elif self.model.filter != NOTHING or self.model.words:
            self._show_all()

    @on(Input.Changed)
    def _on_typed(self) -> None:
        if self.is_typing:
            self.search_at_once()
        self.show_status()

    def leave(self) -> None:
        self.exit()

    def meant(self, command: Command) -> Command:
        row = self.entry.row if self.entry else None
        return command.instead.get(row.TABLE, command) if command.instead and row else command

    def question(self, request: Request) -> Question:
        return questions.Asker(self.model, self.entry).question(request)

    def keys_now(self) -> Sequence[KeyHint]:
        if asked := self.runner.keys():
            return asked
        if not self.is_typing:
            return self._hints
        if self._is_searching:
            return [KeyHint("Enter", _("show between the rest"), 9), KeyHint("Tab", _("only these"), 8),
                    KeyHint("Esc", _("show all"), 7)]  # fmt: skip
        return help_pages.typing_hints(self.commands, self.session.state, self.key_table.shown)

    def hint(self) -> Line:
        if self._is_searching:
            label = (f"{_(FIND.command.label)}  ", "title")
            return line(label, (_("a beginning or another form of a word is enough"), "muted"))
        part = self._typing.part if self._typing else None
        room = self.status.said_line.size.width - 1
        state, answers = self.session.state, self._typing.answers if self._typing else ()
        note = state.notes.get(answers[0]) if answers else None
        told = questions.hint(state, part, self.line.value, self._last_why, room, note)
        wrong = righting.wrong_called(state, answers[0]) if part in (Part.CHANGE, Part.WHY) and answers else ""
        return line((f"{wrong}  " if wrong else "", "bold"), *told)

    def open_line(self, request: Request, typed: TextQuestion) -> None:
        self.status.forget_refusal()
        self._typing, self._typed = request, typed
        kept = self._kept.pop(request.purpose, "")
        self.line.value = kept or typed.usual
        is_usual = not kept and typed.place is not None
        self.line.cursor_position = typed.place or 0 if is_usual else len(self.line.value)
        self.line.placeholder = _(PROMPTS.get(request.part, request.command.label))
        self.set_focus(self.line)
        self.show()

    def settled(self, request: Request, outcome: Event | Refused) -> None:
        if isinstance(outcome, Refused):
            self.keep(request)
        super().settled(request, outcome)

    @property
    def _is_searching(self) -> bool:
        return self._typing is FIND

    def _submit(self) -> None:
        request, text = self._close_line()
        if request is FIND:
            self._keep_search(text)
        elif text == self._typed.untouched or (not text.strip() and request.part not in MAY_BE_EMPTY):
            self.runner.leave()
        else:
            if request.part is Part.WHY and text.strip():
                self._last_why = text
            answered = request.typed(text)
            if self.runner.go_on(answered) is Outcome.REFUSED and self._typing is None:  # it is not asked again yet
                self.keep(answered)

    def _keep_search(self, text: str) -> None:
        """Show the whole timeline again, the hits lit, from the one under the cursor on."""
        here = self.entry
        self.filter_by(self.model.filter._replace(words=""))
        self.model.stop = "hit" if text.split() else "mark"
        if here is not None and text.split():
            self.go_to(here)

    def _leave_line(self) -> None:
        """Leave the line; its text comes back when the same is asked again."""
        request, text = self._close_line()
        if request is FIND:
            self._end_search()
            self.move_to(self._at_before_search)
        else:
            self.keep(request.typed(text))
            self.runner.leave()

    def keep(self, request: Request) -> None:
        self._kept |= {draft.purpose: draft.text for draft in request.drafts if draft.text.strip()}

    def _close_line(self) -> tuple[Request, str]:
        assert self._typing is not None
        request, self._typing = self._typing, None
        text = self.line.take()
        self.line.placeholder = ""
        self.set_focus(self.timeline)
        return request, text

    def _show_all(self) -> None:
        self._end_search()
        self.filter_by(NOTHING)

    def _end_search(self) -> None:
        self.filter_by(self.model.filter._replace(words=""), "")
        self.model.stop = "mark" if self.model.stop == "hit" else self.model.stop

    def _complete(self) -> None:
        if self._is_searching:  # only these rows
            self._close_line()
            self.model.stop = "hit"
            self.show()
            return
        assert self._typing is not None
        completed = questions.completed(self.session.state, self._typing.part, self.line.value, self._last_why)
        if completed is not None:
            self.line.value = completed
            self.line.cursor_position = len(completed)

    def search_at_once(self) -> None:
        if self._is_searching and self.line.value != self.model.filter.words:
            self.filter_by(self.model.filter._replace(words=self.line.value), self.line.value)

    def _move(self, text: str) -> None:
        self._go_to_moment(self.model.at + int(text) * 1000)

    def _go_to_time(self, text: str) -> None:
        self._go_to_moment(moment(text, self.model.begin()))

    def _go_to_moment(self, at: int) -> None:
        self.move_to(at)
        if self.playback.is_heard:
            self.hear(before_ms=0)

    def _choose_stop(self, text: str) -> Line | None:
        self.model.stop = cast("Stop", text)
        return self._jump(1)

    def _jump(self, step: int) -> Line | None:
        found = self.model.jump(step, self.entry)
        if found is None:
            words = {choice.answer: choice.word for choice in worded(Part.STOP)} | {"hit": _("hits")}
            what = words[self.model.stop]
            return line((_(NONE_LEFT).format(what=what), "soon"))
        self.go_to(found)
        return None

    def _play(self, _text: str) -> Line | None:
        playback = self.playback
        if not playback.is_playing or not (playback.is_heard or self.model.at == self._paused_at):
            self.hear()
            return None
        playback.pause()
        self._paused_at = self.model.at
        return line(
            _("Plays at {speed}×.").format(speed=as_written(playback.speed)) if playback.is_heard else _("Paused.")
        )

    def _change_speed(self, text: str) -> Line:
        self.playback.change_speed(1 if text == "faster" else -1)
        return line(_("Speed {speed}×.").format(speed=as_written(self.playback.speed)))

    def _find(self, _text: str) -> None:
        self._at_before_search = self.model.at
        self.open_line(FIND, TextQuestion(self.model.words))
        self.search_at_once()

    def _filter(self, _text: str) -> None:
        def answered(chosen: str | None) -> None:
            if chosen is not None:
                self.filter_by(chosen_filter(self.model.filter, chosen))

        self.dialog(PickDialog(_("Show only"), filter_options(self.model), typing=True), answered)

    def _put_files_right(self, _text: str) -> None:
        def answered(wanted: str | None) -> None:
            if wanted is not None:
                self.runner.run(FILE, wanted)

        self.dialog(FilesDialog(_("Files that were brought in"), self.session.state), answered)

    def _show_stubs(self, _text: str) -> Line | None:
        shows = self.model.filter.to_complete
        self.filter_by(NOTHING._replace(to_complete=not shows))
        if shows:
            return None
        stubs = self.model.stubs()
        if not stubs:
            self.filter_by(NOTHING)
            return line((_("No quote is to be completed."), "ok"))
        self.show_first()
        return line(_("{n} to complete; Enter completes the one under the cursor.").format(n=len(stubs)))

    def _hide_others(self, _text: str) -> Line:
        self.model.others_hidden = not self.model.others_hidden
        self.redraw_all()
        hidden = self.model.others_hidden
        return line(_("What other coders did is hidden.") if hidden else _("Everybody's codes are shown."))

    def _hide_speakers(self, _text: str) -> Line:
        hidden = not self.model.speakers_hidden
        self.model.hide_speakers(hidden)
        self.redraw_all()
        return line(_("Who speaks is hidden; l says whom you hear.") if hidden else _("Who speaks is shown."))
