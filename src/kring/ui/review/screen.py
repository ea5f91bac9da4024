"""The review screen: what its keys do, what is typed in its line, and what it does itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from textual import events, on
from textual.widgets import Input

from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.text import N_, Refused, Sentence
from kring.review import parsing
from kring.review.commands import BY_WORD, KEY_BAR, REVIEW, SIDES, WEIGHTS
from kring.review.filters import NOTHING
from kring.review.model import STOPS, Stop
from kring.session.commands import Command
from kring.session.parsing import Call
from kring.session.session import Session
from kring.system.i18n import _
from kring.system.settings import Settings
from kring.ui import help as help_pages
from kring.ui.command_runner import CommandRunner, Outcome
from kring.ui.dialogs import PickDialog
from kring.ui.prompt import Asked, Purpose, Question, Typed
from kring.ui.review import questions
from kring.ui.review.filter_menu import chosen_filter, filter_options
from kring.ui.review.panels import ReviewPanels
from kring.ui.textual_private import has_binding
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import Line, line

NONE_LEFT = N_("There is no other one this way ({what}).")
OF_LIST = ("up", "down", "pageup", "pagedown", "home", "end")
FIND = Asked(BY_WORD["find"], ("words",))
MEANT: dict[type[r.Row], str] = {r.TurnRow: "who", r.TurnProposalRow: "decide"}
"""What the key of a note's text does on a turn, and on a proposal."""


class ReviewScreen(ReviewPanels):
    """Everything that a researcher sees and does with a session."""

    def __init__(self, session: Session, settings: Settings, warnings: tuple[Sentence, ...] = ()) -> None:
        super().__init__(session, settings, warnings)
        self._typing: Asked | None = None
        self._typed = Typed()
        self._kept: dict[Purpose, str] = {}  # what was left half typed, or refused
        self._last_why = ""
        self._paused_at = -1  # from elsewhere, playing begins again
        self._at_before_search = 0
        actions = {
            "move": self._move,
            "go": self._go,
            "mark": self._go_to_mark,
            "jump": self._choose_stop,
            "next": lambda text: self._jump(-1 if text == "previous" else 1),
            "play": self._play,
            "speed": self._change_speed,
            "find": self._find,
            "filter": self._filter,
            "stubs": self._show_stubs,
            "all": lambda _text: self.sift(NOTHING),
            "side": self._choose_side,
            "large": lambda _text: self.make_large(not self.is_large),
            "scroll": lambda text: self.scroll_side(int(text)),
            "hide": self._hide_others,
            "blind": self._hide_speakers,
            "quit": lambda _text: self.exit(),
        }
        self.runner = CommandRunner(self, REVIEW, actions)
        self._hints = _hints(self.key_table.shown)

    # A key.

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
                self._search_at_once()
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
            self._search_at_once()

    def _command(self, key: str) -> bool:
        known = self.key_table.commands.get(key)
        if known is not None:
            self.runner.run(*known)
        return known is not None

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
        elif self.model.filter != NOTHING:
            self.sift(NOTHING)

    @on(Input.Changed)
    def _on_typed(self) -> None:
        if self.is_typing:
            self._search_at_once()
        self.show_status()

    def leave(self) -> None:
        self.exit()

    # What commands ask, and what is said of them.

    def meant(self, command: Command) -> Command:
        row = self.entry.row if self.entry else None
        if command.word != "edit" or row is None:
            return command
        return BY_WORD[MEANT.get(type(row), command.word)]

    def question(self, asked: Asked) -> Question:
        return questions.Asker(self.model, self.entry).question(asked)

    def calls(self, asked: Asked) -> list[Call]:
        state, word = self.session.state, asked.command.word
        first = parsing.new_code(state, asked.answers[-1]) if word == "code" else None
        call = parsing.READERS[word](state, *asked.answers)
        return [call] if first is None else [first, call]

    def keys_now(self) -> Sequence[KeyHint]:
        if not self.is_typing:
            return self._hints
        return help_pages.typing_hints({}, searching=self._is_searching)[:3]

    def hint(self) -> Line:
        if self._is_searching:
            label = (f"{_(BY_WORD['find'].label)}  ", "title")
            return line(label, (_("a beginning or another form of a word is enough"), "muted"))
        part = self._typing.part if self._typing else ""
        room = self.status.said_line.size.width - 1
        return questions.hint(self.session.state, part, self.line.value, self._last_why, room)

    # The line.

    def open_line(self, asked: Asked, typed: Typed) -> None:
        self.status.forget_refusal()
        self._typing, self._typed = asked, typed
        kept = self._kept.pop(asked.purpose, "")
        self.line.value = kept or typed.usual
        is_usual = not kept and typed.place is not None
        self.line.cursor_position = typed.place or 0 if is_usual else len(self.line.value)
        self.line.placeholder = _(questions.PROMPTS.get(asked.part, asked.command.label))
        self.set_focus(self.line)
        self.show()

    def settled(self, asked: Asked, outcome: Event | Refused) -> None:
        if isinstance(outcome, Refused):
            self._keep(asked)
        super().settled(asked, outcome)

    @property
    def _is_searching(self) -> bool:
        return self._typing is FIND

    def _submit(self) -> None:
        asked, text = self._close_line()
        if asked is FIND:
            self.show()
        elif text == self._typed.untouched or (not text.strip() and asked.part not in questions.MAY_BE_EMPTY):
            self.runner.leave()
        else:
            if asked.part == "why" and text.strip():
                self._last_why = text
            answered = asked.typed(text)
            if self.runner.go_on(answered) is Outcome.REFUSED:
                self._keep(answered)

    def _leave_line(self) -> None:
        """Leave the line; its text comes back when the same is asked again."""
        asked, text = self._close_line()
        if asked is FIND:
            self.sift(self.model.filter._replace(words=""))
            self.move_to(self._at_before_search)
        else:
            self._keep(asked.typed(text))
            self.runner.leave()

    def _keep(self, asked: Asked) -> None:
        self._kept |= {draft.purpose: draft.text for draft in asked.drafts if draft.text.strip()}

    def _close_line(self) -> tuple[Asked, str]:
        assert self._typing is not None
        asked, self._typing = self._typing, None
        text = self.line.take()
        self.line.placeholder = ""
        self.set_focus(self.timeline)
        return asked, text

    def _complete(self) -> None:
        assert self._typing is not None
        completed = questions.completed(self.session.state, self._typing.part, self.line.value, self._last_why)
        if completed is not None:
            self.line.value = completed
            self.line.cursor_position = len(completed)

    def _search_at_once(self) -> None:
        if self._is_searching and self.line.value != self.model.filter.words:
            self.sift(self.model.filter._replace(words=self.line.value))

    # What the screen does itself: through the session, with its sound.

    def _move(self, text: str) -> None:
        self._go_to_moment(self.model.at + int(text) * 1000)

    def _go(self, text: str) -> None:
        self._go_to_moment(parsing.moment(self.session.state, text, self.model.begin()))

    def _go_to_moment(self, at: int) -> None:
        self.move_to(at)
        if self.playback.is_heard:
            self.hear(before_ms=0)

    def _go_to_mark(self, text: str) -> Line | None:
        self.model.stop = "mark"
        return self._jump(-1 if text == "previous" else 1)

    def _choose_stop(self, text: str) -> Line | None:
        self.model.stop = cast("Stop", text)
        return self._jump(1)

    def _jump(self, step: int) -> Line | None:
        found = self.model.jump(step)
        if found is None:
            return line((_(NONE_LEFT).format(what=_(STOPS[self.model.stop])), "soon"))
        self.go_to(found)
        return None

    def _play(self, _text: str) -> Line | None:
        playback = self.playback
        if not playback.is_playing or not (playback.is_heard or self.model.at == self._paused_at):
            self.hear()
            return None
        playback.pause()
        self._paused_at = self.model.at
        return line(_("Plays at {speed}×.").format(speed=f"{playback.speed:g}") if playback.is_heard else _("Paused."))

    def _change_speed(self, text: str) -> Line:
        self.playback.change_speed(1 if text == "faster" else -1)
        return line(_("Speed {speed}×.").format(speed=f"{self.playback.speed:g}"))

    # What the screen does itself: what is shown.

    def _find(self, _text: str) -> None:
        self._at_before_search = self.model.at
        self.open_line(FIND, Typed(self.model.filter.words))

    def _filter(self, _text: str) -> None:
        def answered(chosen: str | None) -> None:
            if chosen is not None:
                self.sift(chosen_filter(self.model.filter, chosen))

        self.dialog(PickDialog(_("Show only"), filter_options(self.model), typing=True), answered)

    def _show_stubs(self, _text: str) -> Line | None:
        shows = self.model.filter.to_complete
        self.sift(NOTHING._replace(to_complete=not shows))
        if shows:
            return None
        stubs = self.model.stubs()
        if not stubs:
            self.sift(NOTHING)
            return line((_("No quote is to be completed."), "ok"))
        self.show_first()
        return line(_("{n} to complete; Enter completes the one under the cursor.").format(n=len(stubs)))

    def _choose_side(self, text: str) -> None:
        side = SIDES[(SIDES.index(self.side_panel.side) + 1) % len(SIDES)] if text == "next" else text
        self.show_side(side)

    def _hide_others(self, _text: str) -> Line:
        self.model.others_hidden = not self.model.others_hidden
        self.see_anew()
        hidden = self.model.others_hidden
        return line(_("What other coders did is hidden.") if hidden else _("Everybody's codes are shown."))

    def _hide_speakers(self, _text: str) -> Line:
        hidden = not self.model.speakers_hidden
        self.model.hide_speakers(hidden)
        self.see_anew()
        return line(_("Who speaks is hidden; l says whom you hear.") if hidden else _("Who speaks is shown."))


def _hints(own: help_pages.Keys) -> list[KeyHint]:
    hints: list[KeyHint] = []
    for word, text in KEY_BAR:
        command = BY_WORD[word]
        keys = help_pages.keys_for(command, own, text)
        if keys:
            weight = len(WEIGHTS) - WEIGHTS.index(word) if word in WEIGHTS else 0
            hints.append(KeyHint(keys[0], _(command.label), weight))
    return hints
