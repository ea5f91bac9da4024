"""Completing a quote that was caught half: a machine writes out the last seconds, a person corrects and enters them."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kring.commands import table
from kring.commands.command import Part
from kring.commands.decisions import complete
from kring.domain.rows import NoteRow
from kring.domain.text import KringError, Refused
from kring.system.i18n import _
from kring.ui.base import KringScreen
from kring.ui.command_runner import CommandRunner
from kring.ui.prompt import Request, TextQuestion
from kring.ui.widgets.line import Line, line

if TYPE_CHECKING:
    from kring.speech.quote_drafts import News, Passage
    from kring.system.worker_process import Background

PATIENCE_S = 20.0
COMPLETE = replace(table.EDIT, label=table.DRAFT.label, decide=complete, keys=(), hints=())
"""What is done with the words of a machine: as an edit, but the note says where they came from."""


class QuoteDrafting:
    """What is written out on one live screen; nothing is loaded before somebody asks, and nothing opens by itself."""

    def __init__(self, screen: KringScreen, runner: CommandRunner) -> None:
        self._screen = screen
        self._runner = runner
        self._working: Background[News] | None = None
        self._note = ""
        self._until = 0.0
        self._words: tuple[str, ...] | None = None

    @property
    def is_on(self) -> bool:
        """Whether a quote is being written out."""
        return bool(self._until)

    def press(self, note: NoteRow | None) -> Line | None:
        """Begin to write out a note; while that goes on, leave it; when it's done, open the line with the words."""
        if self._until:
            self._stop()
            return line((_("Writing out was stopped."), "muted"))
        if self._words is not None:
            self._open()
            return None
        from kring.session import quote_draft

        passage = quote_draft.passage_of(self._screen.session, note)
        assert note is not None
        self._ask(passage)
        self._note, self._until = note.id, monotonic() + PATIENCE_S
        return line((_("The quote is written out … Q stops that."), "soon"))

    def question(self, request: Request) -> TextQuestion | None:
        """Return the words with which the line opens, where it's for these."""
        note = self._screen.session.state.notes.get(self._note)
        if request.command is not COMPLETE or request.part is not Part.NOTE_LINE or note is None or self._words is None:
            return None
        from kring.session import quote_draft

        text = quote_draft.line_with(note, self._words)
        self._words = None
        return TextQuestion(text, len(text))

    def tick(self) -> None:
        """Look whether the words are there; four times a second."""
        if not self._until or self._working is None:
            return
        from kring.system.worker_process import Failed

        for news in self._working.poll():
            self._until = 0.0
            if isinstance(news, Failed):
                self._screen.refuse(KringError(news.sentence.template, **news.sentence.values))
            elif not news.words:
                self._screen.refuse(Refused("No words were heard there."))
            else:
                self._words = news.words
                self._screen.say(line((_("The quote is written out: Q opens it."), "soon")))
        if self._until and monotonic() > self._until:
            self._stop()
            self._screen.refuse(Refused("Writing out took too long and was stopped."))

    def close(self) -> None:
        """Leave all work."""
        if self._working is not None:
            self._working.leave()
            self._working = None

    def _ask(self, passage: Passage) -> None:
        from kring.speech import quote_drafts

        if self._working is not None and not self._working.poll() and not self._working.is_over:
            try:
                self._working.ask(passage)
            except OSError:  # it went to rest just now
                self._working = None
            else:
                return
        self._working = quote_drafts.in_background(passage)

    def _open(self) -> None:
        from kring.session import quote_draft

        state = self._screen.session.state
        note = state.notes.get(self._note)
        try:
            if note is not None:
                quote_draft.require_consent(state, note)
        except Refused:
            self._words = None
            raise
        self._runner.go_on(Request(COMPLETE, COMPLETE.asks, (self._note,)))

    def _stop(self) -> None:
        self._until = 0.0
        self.close()
