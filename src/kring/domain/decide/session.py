"""Verbs of the session: doors, start, pause, end."""

from __future__ import annotations

from kring.domain import facts as f
from kring.domain.consent import lacking
from kring.domain.lookup import alive_checks
from kring.domain.rows import CheckRow
from kring.domain.state import State
from kring.domain.text import N_, Refused
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
    return [check for check in alive_checks(state) if check.gate and check.done_at is None]


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
        raise GatesOpen({gate.id: check_called(state, gate) for gate in gates}, gates, lacking(state).codes)
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
        """The codes of those who have not consented to anything."""


def pause(state: State, now: int) -> f.SessionPaused | f.SessionResumed:
    """Stop the guide's clock, or let it go on."""
    require_live(state)
    return f.SessionResumed() if state.open_pause else f.SessionPaused()
