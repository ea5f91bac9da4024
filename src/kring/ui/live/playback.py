"""Listening on the live screen: any moment of what was recorded, while everything else goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from threading import Thread
from typing import TYPE_CHECKING

from kring.domain.text import KringError, Refused
from kring.domain.time_text import short, time_of_day
from kring.session.session import Session
from kring.system.i18n import _
from kring.ui.widgets.key_bar import KeyHint
from kring.ui.widgets.line import EMPTY, Line, line

if TYPE_CHECKING:
    from textual.worker import Worker

    from kring.audio.player_client import Player
    from kring.session.playback import Listener, Passage, Recorded
    from kring.ui.live.screen import LiveScreen

SPEEDS = (1.0, 1.25, 1.5, 1.75, 2.0)
SKIP_S = 5.0


class Hearing:
    """What is played on one live screen; while something is, a few keys are for that and all others do as ever."""

    def __init__(self, screen: LiveScreen, session: Session) -> None:
        self.screen = screen
        self.session = session
        self.player: Player | None = None
        """What plays instead of the computer's own output."""
        self._listener: Listener | None = None
        self._passage: Passage | None = None
        self._search: Worker[None] | None = None
        self._speed = 1.0
        self._may_disturb = False

    @property
    def is_on(self) -> bool:
        """Tell whether something is played, or paused, or about to be played."""
        return self._passage is not None

    def begin(self, said: str) -> bool:
        """Play from what the text behind `listen` names; return whether that is known."""
        from kring.session import playback

        if said.strip().casefold() in playback.STOP_WORDS:
            self.stop()
            return True
        try:
            passage = playback.passage(self.session.state, said, self.session.now(), self.screen.acting.chosen_note())
        except KringError as problem:
            self.screen.acting.refuse(problem)
            return False
        if self._disturbs() and not self._may_disturb:
            self._ask(passage)
        else:
            self._find(passage)
        return True

    def press(self, key: str) -> bool:
        """Do what a key says while something is played; return whether it was one for that."""
        if not self.is_on:
            return False
        match key:
            case "escape":
                self.stop()
            case "space" if self._listener is not None:
                self._listener.player.pause()
            case "left" | "right" if self._listener is not None:
                self._listener.player.skip(-SKIP_S if key == "left" else SKIP_S)
            case "up" | "down":
                self._change_speed(1 if key == "up" else -1)
            case "n" | "p":
                self._go_to_mark(later=key == "n")
            case "space" | "left" | "right":
                pass  # it has not begun yet
            case _:
                return False
        self.show()
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
            self.screen.say(line((_("Playing stopped: people talk again, or a recording began."), "soon")))
            return
        player = self._listener.player if self._listener is not None and self._search is None else None
        if player is not None and player.problem is not None:
            problem = player.problem
            self.stop()
            self.screen.acting.refuse(KringError(problem.template, **problem.values))
        elif player is not None and not player.is_playing:
            self.stop()
            self.screen.say(line((_("All of the sound was played."), "muted")))
        else:
            self.show()

    def show(self) -> None:
        """Show what is played in the line of answers."""
        self.screen.bottom.play(self._told())

    def stop(self) -> None:
        """Be silent, and give the keys back."""
        self._leave_search()
        self._passage = None
        if self._listener is not None:
            self._listener.player.stop()
        self.show()

    def close(self) -> None:
        """Be silent for good; a driver that hangs keeps nobody from leaving."""
        self._leave_search()
        self._passage = None
        if self._listener is not None:
            Thread(target=self._listener.close, daemon=True).start()
            self._listener = None

    def _disturbs(self) -> bool:
        from kring.session import playback

        recordist = self.screen.recordist
        return playback.disturbs(self.session.state, recordist is not None and recordist.is_on)

    def _ask(self, passage: Passage) -> None:
        from kring.ui.dialogs import ConfirmDialog, ask

        def answered(yes: bool | None) -> None:
            if yes:
                self._may_disturb = True
                self._find(passage)
            else:
                self.screen.acting.refuse(Refused("Nothing is played."))

        question = ConfirmDialog(
            _("Play while people talk or a recording runs?"),
            why=_("A loudspeaker would be heard and recorded again: use headphones."),
        )
        ask(self.screen.app, question, answered)

    def _find(self, passage: Passage) -> None:
        """Look for the sound in a thread: of hours it takes a moment, and no key waits for that."""
        self._leave_search()
        self._passage = passage
        self._search = self.screen.run_worker(self._found(passage), group="hearing")
        self.show()

    async def _found(self, passage: Passage) -> None:
        from kring.session import playback

        try:
            recorded = await asyncio.to_thread(playback.Recorded, self.session.state, self.session.store.path)
            self._play(recorded, passage)
        except KringError as problem:
            self._search = None
            self.stop()
            self.screen.acting.refuse(problem)
        else:
            self._search = None

    def _leave_search(self) -> None:
        if self._search is not None:
            self._search.cancel()
            self._search = None

    def _play(self, recorded: Recorded, passage: Passage) -> None:
        from kring.session import playback

        if recorded.ended_ms is None:
            raise KringError("kring recorded no sound.")
        if self._listener is None:
            self._listener = playback.Listener(self.player)
        self._listener.player.speed(self._speed)
        spot = self._listener.play(recorded, passage.at_ms)
        if spot.late_ms > playback.BEFORE_MS:
            self.screen.say(line((_("Nothing was recorded then; the next sound begins later."), "soon")))
        self.show()

    def _change_speed(self, step: int) -> None:
        place = min(max(SPEEDS.index(self._speed) + step, 0), len(SPEEDS) - 1)
        self._speed = SPEEDS[place]
        if self._listener is not None:
            self._listener.player.speed(self._speed)

    def _go_to_mark(self, *, later: bool) -> None:
        from kring.session import playback

        assert self._passage is not None
        wanted = self._passage.at_ms
        heard = self._moment()
        # what is played now counts as reached from the first of the seconds before it
        here = wanted if heard is None or 0 <= wanted - heard <= playback.BEFORE_MS else heard
        look = playback.mark_after if later else playback.mark_before
        mark = look(self.session.state, here)
        if mark is None:
            self.screen.acting.refuse(Refused("There is no later mark." if later else "There is no earlier mark."))
        else:
            self._find(playback.Passage(mark.at, mark.text or _("mark")))

    def _moment(self) -> float | None:
        return self._listener.moment() if self._listener is not None and self._search is None else None

    def _told(self) -> Line:
        if self._passage is None:
            return EMPTY
        heard = self._moment()
        is_paused = self._listener is not None and self._listener.player.is_paused
        sign = ("‖ " + _("paused"), "soon bold") if is_paused else ("▶ " + _("plays"), "ok bold")
        about = (f"  “{self._passage.about}”", "muted") if self._passage.about else ""
        return line(sign, (f" {self._clock(heard)}", "bold"), f"  {self._speed:g}×", about)

    def _clock(self, moment: float | None) -> str:
        if moment is None:
            return "…"
        state = self.session.state
        started = state.session.started_at
        whole = int(moment)
        return short(whole - started) if started is not None and whole >= started else time_of_day(state, whole)
