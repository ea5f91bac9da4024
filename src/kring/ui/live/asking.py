"""What the live screen asks in a dialog, and what it does with the answer."""

from __future__ import annotations

from kring.commands import table
from kring.commands.command import Part
from kring.domain.decide import ending
from kring.domain.decide.session import GatesOpen
from kring.domain.text import Refused
from kring.system.i18n import _
from kring.ui.base import KringScreen
from kring.ui.command_runner import CommandRunner, Outcome
from kring.ui.dialogs import PickDialog
from kring.ui.live import confirmations
from kring.ui.prompt import Request


def ask_whether_it_ended(screen: KringScreen, runner: CommandRunner) -> None:
    """Ask of a session in which nobody did anything for hours whether it had ended, and when."""
    session = screen.session
    found = ending.forgotten(session.state, screen.now()) if session.store.mode == "write" else None
    if found is None:
        return

    def answered(chosen: str | None) -> None:
        if chosen == confirmations.ANOTHER_TIME:
            runner.go_on(Request(table.END, (Part.WHEN,)))
        elif chosen not in (None, confirmations.GOES_ON):
            runner.do(table.END, chosen)

    title = _("Nobody did anything for {n} hours: had the session ended?").format(n=found.idle_ms // 3_600_000)
    screen.dialog(PickDialog(title, confirmations.ends(session.state, found)), answered)


def ask_gates(screen: KringScreen, runner: CommandRunner, open_gates: GatesOpen) -> None:
    """Ask for the gates that nobody ticked: tick them, or start all the same."""

    def answered(chosen: str | None) -> None:
        if chosen is None:
            screen.refuse(Refused("The session has not started."))
        elif chosen == confirmations.START_ANYWAY:
            runner.do(table.START, "anyway")
        elif chosen in confirmations.DONE_FOR_GATES:
            runner.run(confirmations.DONE_FOR_GATES[chosen])
        elif _is_met(screen, runner, chosen):
            runner.do(table.START)

    screen.dialog(PickDialog(_("Not ticked yet"), confirmations.gates(open_gates)), answered)


def _is_met(screen: KringScreen, runner: CommandRunner, gate: str) -> bool:
    """Tick a gate, unless somebody else did so meanwhile; return whether that's so now."""
    is_done = screen.session.state.checks[gate].done_at is not None
    return is_done or runner.do(table.TICK, gate) is not Outcome.REFUSED
