"""Listening on the live screen: any moment of what was recorded, while everything else goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kring.domain.rows import NoteRow
from kring.domain.text import KringError, Refused
from kring.domain.time_text import as_clock, time_of_day
from kring.domain.words import NOTE_WORDS
from kring.session.recording import Recordist
from kring.system.i18n import _, say
from kring.ui import dialogs
from kring.ui.base import KringScreen
from kring.ui.playback import Playback
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import EMPTY, Line, line

if TYPE_CHECKING:
    from textual.worker import Worker

    from kring.session.playback import Passage

SKIP_S = 5.0


class LivePlayback(Playback):
    """What is played on one live screen; while something is, a few keys are for that and all others do as ever."""

    def __init__(self, screen: KringScreen, recordist: Recordist | None) -> None:
        super().__init__(screen.session)
        self._screen = screen
        self._recordist = recordist
        self._passage: Passage | None = None
        self._search: Worker[None] | None = None
        self._may_disturb = False

    @property
    def is_on(self) -> bool:
        """Whether something is played, or paused, or about to be played."""
        return self._passage is not None

    def begin(self, text: str, chosen_note: NoteRow | None) -> None:
        """Play from what the text behind `listen` names; raises KringError where that is nothing."""
        from kring.session import playback

        if text.strip().casefold() in playback.STOP_WORDS:
            self.stop()
            return
        passage = playback.passage(self.session.state, text, self.session.now(), chosen_note)
        if self._disturbs() and not self._may_disturb:
            self._ask(passage)
        else:
            self._find(passage)

    def press(self, key: str) -> bool:
        """Do what a key says while something is played; return whether it was one for that."""
        if not self.is_on:
            return False
        match key:
            case "escape":
                self.stop()
            case "space":
                self.pause()
            case "left" | "right":
                self.skip(-SKIP_S if key == "left" else SKIP_S)
            case "up" | "down":
                self.change_speed(1 if key == "up" else -1)
            case "n" | "p":
                self._go_to_mark(later=key == "n")
            case _:
                return False
        self._show()
        return True

    def keys(self) -> Sequence[KeyHint]:
        """Return the keys that are for listening."""
        return (
            KeyHint(_("space"), _("pause"), 4),
            KeyHint("← →", _("5 s"), 3),
            KeyHint("↑ ↓", _("speed"), 1),
            KeyHint("n p", _("marks"), 2),
            KeyHint("Esc", _("stop"), 5),
            KeyHint("F8", _("note"), 0),
        )

    def tick(self) -> None:
        """Show where the sound is, and notice its end; four times a second."""
        if self._passage is None:
            return
        if self._disturbs() and not self._may_disturb:
            self.stop()
            self._screen.say(line((_("Playing stopped: people talk again, or a recording began."), "soon")))
            return
        problem = self.problem() if self._search is None else None
        if problem is not None:
            self.stop()
            self._screen.refuse(KringError(problem.template, **problem.values))
        elif self._search is None and not self.is_playing:
            self.stop()
            self._screen.say(line((_("All of the sound was played."), "muted")))
        else:
            self._show()

    def stop(self) -> None:
        """Be silent, and give the keys back."""
        self._leave_search()
        self._passage = None
        super().stop()
        self._show()

    def close(self) -> None:
        self._leave_search()
        self._passage = None
        super().close()

    def moment(self) -> float | None:
        return super().moment() if self._search is None else None

    def _show(self) -> None:
        self._screen.show_playing(self._playing())

    def _disturbs(self) -> bool:
        from kring.session import playback

        return playback.disturbs(self.session.state, self._recordist is not None and self._recordist.is_on)

    def _ask(self, passage: Passage) -> None:
        def answered(yes: bool | None) -> None:
            if yes:
                self._may_disturb = True
                self._find(passage)
            else:
                self._screen.refuse(Refused("Nothing is played."))

        question = dialogs.ConfirmDialog(
            _("Play while people talk or a recording runs?"),
            why=_("A loudspeaker would be heard and recorded again: use headphones."),
        )
        self._screen.dialog(question, answered)

    def _find(self, passage: Passage) -> None:
        """Look for the sound in a thread: of hours it takes a moment, and no key waits for that."""
        self._leave_search()
        self._passage = passage
        self._search = self._screen.run_worker(self._play(passage), group="playback")
        self._show()

    async def _play(self, passage: Passage) -> None:
        from kring.session import playback

        try:
            recorded = await asyncio.to_thread(self.recorded)
            known = self.play(recorded, passage.at_ms)
        except KringError as problem:
            self._search = None
            self.stop()
            self._screen.refuse(problem)
            return
        self._search = None
        playback.keep_heard(self.session, passage.note)
        if known is not None:
            self._screen.say(line((say(known), "soon")))
        self._show()

    def _leave_search(self) -> None:
        if self._search is not None:
            self._search.cancel()
            self._search = None

    def _go_to_mark(self, *, later: bool) -> None:
        from kring.session import playback

        assert self._passage is not None
        wanted = self._passage.at_ms
        heard = self.moment()
        # what is played now counts as reached from the first of the seconds before it
        here = wanted if heard is None or 0 <= wanted - heard <= playback.BEFORE_MS else heard
        look = playback.mark_after if later else playback.mark_before
        mark = look(self.session.state, here)
        if mark is None:
            self._screen.refuse(Refused("There is no later mark." if later else "There is no earlier mark."))
        else:
            self._find(playback.Passage(mark.at, mark.text or _(NOTE_WORDS[mark.kind])))

    def _playing(self) -> Line:
        if self._passage is None:
            return EMPTY
        sign = ("‖ " + _("paused"), "soon bold") if self.is_paused else ("▶ " + _("plays"), "ok bold")
        about = (f"  “{self._passage.about}”", "muted") if self._passage.about else ""
        return line(sign, (f" {self._clock(self.moment())}", "bold"), f"  {self.speed:g}×", about)

    def _clock(self, moment: float | None) -> str:
        if moment is None:
            return "…"
        state = self.session.state
        started = state.session.started_at
        whole = int(moment)
        return as_clock(whole - started) if started is not None and whole >= started else time_of_day(state, whole)
