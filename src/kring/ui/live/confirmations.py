"""Where a session turns, asked first: start, the gates before it, end, no more recording, leaving the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kring.domain.decide.session import GatesOpen
from kring.domain.text import Refused
from kring.session.commands import BY_WORD
from kring.system.i18n import _
from kring.ui.widgets.line import line

if TYPE_CHECKING:
    from kring.session.recording import Recordist
    from kring.ui.live.commands import Acting


def start(acting: Acting) -> None:
    """Start the session; before the doors are open only when that is meant."""
    from kring.ui.dialogs import ConfirmDialog, ask

    if acting.session.state.session.phase != "prepared":
        acting.perform(BY_WORD["start"], "")
        return

    def answered(yes: bool | None) -> None:
        if yes:
            acting.perform(BY_WORD["start"], "")
        else:
            acting.refuse(Refused("The session has not started."))

    ask(acting.screen.app, ConfirmDialog(_("The doors are not open. Start all the same?")), answered)


def ask_gates(acting: Acting, gates: GatesOpen) -> None:
    """Ask for the gates that nobody ticked: tick them, or start all the same."""
    from kring.ui.dialogs import Option, PickDialog, ask

    options = [Option(gate.id, gate.title, str(place), _("tick")) for place, gate in enumerate(gates.gates[:9], 1)]
    options.append(Option("start", _("Start all the same; this is logged"), "s"))

    def answered(chosen: str | None) -> None:
        if chosen is None:
            acting.refuse(Refused("The session has not started."))
        elif chosen == "start":
            acting.perform(BY_WORD["start"], "anyway")
        elif acting.perform(BY_WORD["tick"], chosen):
            acting.perform(BY_WORD["start"], "")

    ask(acting.screen.app, PickDialog(_("Not ticked yet"), options), answered)


def end(acting: Acting) -> None:
    """End the session, when that is meant."""
    from kring.ui.dialogs import ConfirmDialog, ask

    if acting.session.state.session.phase != "live":
        acting.perform(BY_WORD["end"], "")
        return

    def answered(yes: bool | None) -> None:
        if yes and acting.perform(BY_WORD["end"], ""):
            acting.command("tick", "")
            told = _("The session has ended. Close kring, and {file} is one finished file.")
            acting.screen.say(line(("✓ ", "ok"), told.format(file=acting.session.store.path.name)))

    ask(
        acting.screen.app,
        ConfirmDialog(_("End the session?"), why=_("What is open closes with it; undo brings it back.")),
        answered,
    )


def record(acting: Acting) -> None:
    """Start the recording, or stop it; in a live session only when that is meant."""
    from kring.ui.dialogs import ConfirmDialog, ask

    recordist = acting.screen.recordist
    if recordist is None:
        acting.refuse(Refused("Nothing is recorded in a rehearsal."))
        return
    if recordist.sounding.condition != "on" or acting.session.state.session.phase != "live":
        _toggle(acting, recordist)
        return

    def answered(yes: bool | None) -> None:
        if yes and recordist.is_on:  # nobody else stopped it meanwhile
            _toggle(acting, recordist)

    ask(acting.screen.app, ConfirmDialog(_("Stop recording?"), why=_("What was recorded is safe.")), answered)


def _toggle(acting: Acting, recordist: Recordist) -> None:
    try:
        begun = recordist.toggle()
    except Refused as refusal:
        acting.refuse(refusal)
        return
    acting.screen.say(line((_("The recording starts …") if begun == "start" else _("The recording stops …"), "soon")))
    acting.screen.show()


def leave(acting: Acting) -> None:
    """Close the program, when that is meant."""
    from kring.ui.dialogs import ConfirmDialog, ask

    waiting = len(acting.session.waiting)
    phase = acting.session.state.session.phase
    live, recordist = phase == "live", acting.screen.recordist
    recorded = recordist is not None and recordist.is_on and phase != "ended"
    if not waiting and not live and not recorded:
        acting.screen.app.exit()
        return
    question = _("Close kring while the session is live?") if live else _("Close kring?")
    why = _("The session goes on in the file; start kring again to go on.")
    if acting.screen.demo_speed:
        why = _("The rehearsal ends here; what happened stays in its file.")
    if recorded:
        why = _("The recording goes on without a screen; start kring again to see or stop it.")
    if waiting:
        why = _("{n} acts are NOT SAVED and will be lost.").format(n=waiting)

    def answered(yes: bool | None) -> None:
        if yes:
            acting.screen.app.exit()

    ask(acting.screen.app, ConfirmDialog(question, why=why), answered)
