"""The watch: what the program itself logs of a session that runs - its clock, and the cues before the end."""

from __future__ import annotations

from collections.abc import Callable

from kring.domain.decide import Decision, clock, decision
from kring.domain.decide import notes as note_verbs
from kring.domain.decide.group import rooms as room_verbs
from kring.domain.measures.group.rooms import cue_due, open_rooms
from kring.domain.measures.session_time import CUES_BEFORE_END_MIN, session_time
from kring.domain.state import State
from kring.system.clock import Anchor, SessionClock

Log = Callable[[Decision], None]


class Watch:
    """Looks after the clock of this computer and the end of the session; `log` writes what is not known yet."""

    def __init__(self, session_clock: SessionClock, device: str, log: Log) -> None:
        self._clock = session_clock
        self._device = device
        self._log = log

    def find_anchor(self, state: State) -> None:
        """Bind the clock to the anchor that the file holds for this computer."""
        row = state.devices.get(self._device)
        if row is None or row.wall_ms is None or row.elapsed_ms is None or row.awake_ms is None:
            return
        found = Anchor(row.boot, row.wall_ms, row.elapsed_ms, row.awake_ms)
        if found != self._clock.anchor:
            self._clock.bind(found)

    def anchor(self) -> None:
        """Log an anchor when the computer was started since the file was last open on it."""
        if self._clock.anchor is None:
            self._log(decision(clock.anchor, *self._clock.read()))

    def look(self, state: State) -> None:
        """Log a wall clock that moved, a computer that slept, and that the end comes near."""
        row = state.devices.get(self._device)
        drift_ms, slept_ms = (row.drift_ms, row.slept_ms) if row is not None else (0, 0)
        if abs(self._clock.drift_ms() - drift_ms) > clock.LEAST_MS:
            self._log(decision(clock.wall_moved, self._device, self._clock.drift_ms()))
        if self._clock.slept_ms() - slept_ms > clock.LEAST_MS:
            self._log(decision(clock.slept, self._device, self._clock.slept_ms()))
        self._warn_of_end(state)
        self._warn_of_rooms(state)

    def _warn_of_end(self, state: State) -> None:
        if state.session.phase != "live":
            return
        now = self._clock.now()
        end = session_time(state, now).planned_end
        if end is None:
            return
        for minutes in CUES_BEFORE_END_MIN:
            mark = end - minutes * 60_000  # said a minute later, or in a shorter session, it would not be true
            just_passed = 0 <= now - mark < 60_000 and int(state.session.started_at or mark) < mark
            if just_passed and not _was_warned(state, minutes):
                self._log(decision(note_verbs.warn_of_end, minutes))

    def _warn_of_rooms(self, state: State) -> None:
        minutes = cue_due(state, self._clock.now()) if open_rooms(state) else None
        if minutes is not None:
            self._log(decision(room_verbs.cue, minutes))


def _was_warned(state: State, minutes: int) -> bool:
    return any(cue.automatic and cue.value == str(minutes) for cue in state.cues.values())
