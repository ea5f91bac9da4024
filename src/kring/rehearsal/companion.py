"""The simulated team in a session that somebody else has hands on: it follows, and leaves to them what they do."""

from __future__ import annotations

from collections.abc import Iterator

from kring.domain.decide import decision, notes
from kring.domain.plan import Plan
from kring.domain.state import State
from kring.domain.text import Refused
from kring.rehearsal.evening import Evening
from kring.rehearsal.playing import play, start_of, team_of
from kring.rehearsal.step import SECOND, Step
from kring.session.session import Session
from kring.store.store import NotSaved

HANDS_OFF_MS = 8 * SECOND  # of real time: what somebody does at the keys is theirs for so long
ON_THE_LAST = ("undo", "redo", "star")  # they make sense only behind one's own last act


class Companion:
    """A simulated group and its team; `act` does what is due, whenever the program looks around."""

    def __init__(self, plan: Plan, seed: int, speed: float = 1.0) -> None:
        self.speed = speed
        self._evening = Evening(plan, seed)
        self._team = team_of(plan)
        self._start = start_of(plan)
        self._hands_off_ms = round(HANDS_OFF_MS * speed)
        self._steps: Iterator[Step] = self._from_the_beginning()
        self._next = next(self._steps, None)
        self._item: str | None = None
        self._pauses = False
        self._held_since: int | None = None
        self._did_last = True

    def _from_the_beginning(self) -> Iterator[Step]:
        yield from self._evening.before()
        yield from self._evening.onward()

    def next_due(self) -> int | None:
        """Return the moment of the next act, epoch ms on the session's clock; None when there is no more."""
        return None if self._next is None else self._start + self._next.at_ms

    @property
    def is_about_to_start(self) -> bool:
        """Return whether the next act is the start of the session."""
        return self._next is not None and self._next.line.partition(" ")[0] == "start"

    def act(self, session: Session) -> None:
        """Do what is due at the session's time; what others did in the meantime is followed."""
        now = session.now()
        if session.waiting or session.store.mode == "read" or self._is_held(session.state, now):
            return
        try:
            self._follow(session.state, now)
            self._see_cues(session, now)
            while self._next is not None and self._start + self._next.at_ms <= now:
                if not self._do(session, self._next):
                    self._next = next(self._steps, None)
        except NotSaved:
            return  # the screen says so, and the act is still due

    def _is_held(self, state: State, now: int) -> bool:
        """Wait while somebody else has paused; what was to come comes so much later."""
        if state.open_pause is not None and not self._pauses:
            self._held_since = self._held_since or now
            self._evening.talk.floor = None
            return True
        if self._held_since is not None:
            self._start += now - self._held_since
            self._held_since = None
        return False

    def _follow(self, state: State, now: int) -> None:
        """Go where somebody else went: another question, an early start, the end."""
        item = state.current_item.id if state.current_item else None
        talk = self._evening.talk
        match state.session.phase:
            case "live" if item != self._item or not self._evening.has_begun:
                if not self._evening.has_begun:
                    self._evening.begin()
                self._turn_to(item)
            case "ended" if self._item is not None:
                self._steps = self._evening.after()
            case _:
                return
        talk.now = max(talk.now, now - self._start)
        self._item = item
        self._next = next(self._steps, None)

    def _turn_to(self, item: str | None) -> None:
        evening = self._evening
        stop = evening.stop_at(item) if item is not None else None
        if stop in evening.remaining:
            del evening.remaining[: evening.remaining.index(stop) + 1]
        evening.talk.floor = None
        self._steps = evening.onward(stop)

    def _do(self, session: Session, step: Step) -> bool:
        """Do a step if it is still called for; return whether the course changed by it."""
        state = session.state
        word, _, said = step.line.partition(" ")
        if word == "go" and (item := state.guide.get(said)) and item.skipped_at and self._was_left_out(state, said):
            self._steps = self._evening.onward()
            self._next = next(self._steps, None)
            return True
        if self._is_left_to_others(state, step, word, session.now()):
            self._did_last = False
            return False
        try:
            play(session, step, self._team, self._start + step.at_ms)
            self._did_last = True
        except Refused:
            self._did_last = False
        after = session.state
        self._item = after.current_item.id if after.current_item else None
        self._pauses = after.open_pause is not None and (self._pauses or word == "pause")
        return False

    def _was_left_out(self, state: State, item_id: str) -> bool:
        """Whether somebody else skipped a question that was still to come."""
        ours = self._evening.skipped
        return (ours is None or ours.item.id != item_id) and state.guide[item_id].asked_at is None

    def _is_left_to_others(self, state: State, step: Step, word: str, now: int) -> bool:
        if word == "seen" or (word in ON_THE_LAST and not self._did_last):
            return True
        turn = state.open_turn
        if word != "floor" or turn is None or turn.logged_by in (member.name for member in self._team):
            return False
        return now - turn.started_at < self._hands_off_ms

    def _see_cues(self, session: Session, now: int) -> None:
        """Acknowledge a cue that nobody at the keys did."""
        for cue in session.state.cues.values():
            if cue.seen_at is None and now - cue.at > self._hands_off_ms:
                session.do_as(self._team.moderator, decision(notes.see_cue, cue.id))
                return
