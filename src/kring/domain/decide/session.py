"""Verbs of the session: doors, start, pause, end."""

from __future__ import annotations

from collections.abc import Iterable

from kring.domain import facts as f
from kring.domain.check_grid import is_settled
from kring.domain.consent import lacking
from kring.domain.lookup import alive_checks
from kring.domain.rows import CheckRow
from kring.domain.state import State
from kring.domain.stretches import Lasting
from kring.domain.text import N_, Refused, Sentence
from kring.domain.time_text import time_of_day
from kring.domain.words import check_called


def require_live(state: State) -> None:
    """Refuse before the session started and after it ended."""
    match state.session.phase:
        case "live":
            return
        case "ended":
            raise Refused("The session has ended.")
        case _:
            raise Refused("The session has not started.")


def open_gates(state: State) -> list[CheckRow]:
    """Return the gates of the checklist that nobody ticked."""
    return [check for check in alive_checks(state) if check.gate and not is_settled(check)]


OTHER_ROLE = {"moderator": "assistant", "assistant": "moderator"}


def change_role(state: State, now: int, role: str) -> f.RoleChanged:
    """Have the assistant lead from now on, or the moderator assist: who has one of these roles takes the other."""
    if role not in OTHER_ROLE:
        raise Refused("Only the {role} does that.", role=Sentence(N_("assistant")))
    return f.RoleChanged(OTHER_ROLE[role])


def open_doors(state: State, now: int) -> f.DoorsOpened:
    """Open the doors: people may come in."""
    if state.session.phase != "prepared":
        raise Refused("The doors are open already.")
    return f.DoorsOpened()


def start(state: State, now: int, passing: bool = False) -> f.SessionStarted:
    """Start the talk; gates that are open are refused unless they are passed on purpose, which is logged."""
    match state.session.phase:
        case "live":
            raise Refused("The session is running.")
        case "ended":
            raise Refused("The session has ended.")
    gates = open_gates(state)
    if gates and not passing:
        raise GatesOpen({gate.id: check_called(state, gate) for gate in gates}, gates, lacking(state).people)
    return f.SessionStarted(passed_gates=tuple(gate.id for gate in gates))


class GatesOpen(Refused):
    """The start was refused for gates of the checklist; a face asks what to do."""

    def __init__(self, names: dict[str, str], gates: list[CheckRow], lacking: str = "") -> None:
        told = (f"{names[gate.id]} ({lacking})" if gate.consent and lacking else names[gate.id] for gate in gates[:4])
        super().__init__(
            N_("Still open on the checklist ({n}): {gates}. Tick them, or start all the same."),
            n=len(gates),
            gates="; ".join(told) if any("," in name for name in names.values()) else ", ".join(told),
        )
        self.names = names
        """What each gate is called, with whose it is."""
        self.gates = gates
        self.lacking = lacking
        """Who has not consented to anything."""


def pause(state: State, now: int) -> f.SessionPaused:
    """Stop the guide's clock."""
    require_live(state)
    running = state.open_pause
    if running is not None:
        raise Refused("It is paused since {time}; resume goes on.", time=time_of_day(state, running.started_at))
    return f.SessionPaused()


def resume(state: State, now: int) -> f.SessionResumed | f.Undone:
    """Let the guide's clock go on; a session that has ended goes on as if it had not, whoever ended it."""
    if state.session.phase == "ended" and state.session.ended_by:
        return f.Undone(state.session.ended_by)
    require_live(state)
    if state.open_pause is None:
        raise Refused("It is not paused.")
    return f.SessionResumed()


def switch_pause(state: State, now: int) -> f.SessionPaused | f.SessionResumed | f.Undone:
    """Stop the guide's clock, or let it go on, whichever it can be; twice in a moment is once."""
    if state.session.phase == "ended":
        return resume(state, now)
    require_live(state)
    is_fresh = is_just_switched(state.pauses.values(), now)
    if state.open_pause is not None:
        if is_fresh:
            raise Refused("It was paused just now; resume goes on.")
        return resume(state, now)
    if is_fresh:
        raise Refused("It was resumed just now; pause stops the clock.")
    return pause(state, now)


def is_just_switched(logged: Iterable[Lasting], now: int) -> bool:
    """Whether one of these began or ended so shortly ago that the same key again is meant as the same."""
    moments = (at for one in logged for at in (one.started_at, one.ended_at) if at is not None)
    return any(0 <= now - at < SAME_PRESS_MS for at in moments)


SAME_PRESS_MS = 5_000  # two people press the same key, at a word of the moderator
