"""What is asked before a recording stops and before kring is closed, and what can be done about open gates."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from kring.commands.table import CONSENT, PLATFORM, RECORD
from kring.domain.decide.ending import Forgotten
from kring.domain.decide.session import GatesOpen
from kring.domain.lookup import alive_checks
from kring.domain.state import State
from kring.domain.text import Refused
from kring.domain.time_text import time_of_day
from kring.session.recording import Recordist
from kring.session.session import Session
from kring.system.i18n import _
from kring.ui.dialogs import Holds, Option

START_ANYWAY = "start"
"""The option of `gates` that passes them; the others are the ids of checks to tick, and words of commands."""
DONE_FOR_GATES = {command.word: command for command in (CONSENT, RECORD, PLATFORM)}
"""What a gate may ask to be done, which ticks it."""
STARTS = "starts"
"""The option that is left when somebody else ticked the last gate meanwhile."""
ANOTHER_TIME, GOES_ON = "when", "on"
"""The options of `ends` that ask for a moment, and that let the session go on; the others are moments."""


class Confirmation(NamedTuple):
    """A question for yes or no, and what to know before answering."""

    question: str
    why: str = ""
    holds: Holds | None = None


def gates(open_gates: GatesOpen, state: State) -> list[Option]:
    """Return what can be done about the gates that are open: tick one, do what it asks, or start all the same.

    A gate keeps its number among all of them, so that the next key does what it stood for when another was ticked.
    """
    options = []
    places = {gate.id: place for place, gate in enumerate((one for one in alive_checks(state) if one.gate), 1)}
    for gate in open_gates.gates[:9]:
        title, place = open_gates.names[gate.id], places.get(gate.id, 0)
        if gate.consent and open_gates.lacking:
            told = _("ask: {people}").format(people=open_gates.lacking)
            options.append(Option(CONSENT.word, title, _key(place), told))
        elif gate.recording:
            options.append(Option(RECORD.word, title, "R", _("record with kring")))
            options.append(Option(PLATFORM.word, title, "r", _("the platform records")))
        else:
            options.append(Option(gate.id, title, _key(place), _("tick")))
    return [*options, Option(START_ANYWAY, _("Start all the same; this is logged"), "s")]


def _key(place: int) -> str:
    return str(place) if 0 < place < 10 else ""


def ends(state: State, found: Forgotten) -> list[Option]:
    """Return when a session that nobody ended may have ended, to choose from."""
    last = time_of_day(state, found.last_act, seconds=True)
    options = [Option(last, _("Ended at {time}, after the last act").format(time=last), "1")]
    if found.planned is not None:
        planned = time_of_day(state, found.planned, seconds=True)
        options.append(Option(planned, _("Ended at {time}, as planned").format(time=planned), "2"))
    return [
        *options,
        Option(ANOTHER_TIME, _("Ended at another time …"), "3"),
        Option(GOES_ON, _("It goes on"), "0"),
    ]


def stopping(session: Session, recordist: Recordist) -> Confirmation | None:
    """Return what is asked before a recording stops."""
    ended = session.state.session.phase == "ended"
    if recordist.recorder_state.condition != "on" or ended or recordist.is_of_others_just_now:
        return None
    return Confirmation(_("Stop recording?"), _("What was recorded is safe."))


def leaving(session: Session, recordist: Recordist | None, *, is_rehearsal: bool) -> Confirmation | None:
    """Return what is asked before kring is closed, if something goes on, or is not saved."""
    waiting = len(session.waiting)
    phase = session.state.session.phase
    live = phase == "live"
    recorded = recordist is not None and recordist.is_on and phase != "ended"
    if not waiting and not live and not recorded:
        return None
    question = _("Close kring while the session is live?") if live else _("Close kring?")
    why = _("The session goes on in the file; start kring again to go on.")
    if is_rehearsal:
        why = _("The rehearsal ends here; what happened stays in its file.")
    if recorded:
        why = _("The recording goes on without a screen; start kring again to see or stop it.")
    if waiting:
        why = _("{n} acts are NOT SAVED and will be lost.").format(n=waiting)
        return Confirmation(question, why, partial(_require_waiting, session))
    return Confirmation(question, why)


def _require_waiting(session: Session) -> None:
    if not session.waiting:
        raise Refused("All is saved.")
