"""What the live screen asks in a dialog, and what it does with the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from kring.commands import table
from kring.commands.command import Part
from kring.commands.decisions import attend_since
from kring.domain.check_grid import is_settled
from kring.domain.decide import ending
from kring.domain.decide.people import to_admit, unlogged
from kring.domain.decide.plan import PlanShrank
from kring.domain.decide.session import GatesOpen, require_live, start
from kring.domain.plan import Plan
from kring.domain.rows import ParticipantRow
from kring.domain.text import N_, Refused
from kring.domain.time_text import When
from kring.system.i18n import _, say
from kring.ui.base import KringScreen
from kring.ui.command_runner import CommandRunner, Outcome
from kring.ui.dialogs import Option, PickDialog, TickDialog
from kring.ui.live import confirmations
from kring.ui.prompt import SEAT_KEYS, Request
from kring.ui.widgets.line import EMPTY, Line, line

HERE = N_("Enter: these are here. A key, or Space: not here")


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

    def holds() -> None:
        require_live(session.state)
        if ending.forgotten(session.state, screen.now()) is None:
            raise Refused("The session goes on.")

    title = _("Nobody did anything for {n} hours: had the session ended?").format(n=found.idle_ms // 3_600_000)
    screen.dialog(PickDialog(title, confirmations.ends(session.state, found), holds=holds), answered)


def ask_who_is_here(screen: KringScreen, runner: CommandRunner) -> None:
    """Ask at the start who is here, where nobody logged that: Enter says that all are."""
    session = screen.session
    expected = unlogged(session.state)
    if not expected:
        return

    def answered(here: tuple[str, ...] | None) -> None:
        if here:
            started = int(session.state.session.started_at or screen.now())
            since = When("", back_ms=screen.now() - started)
            runner.attempt(lambda: runner.write_now(lambda: session.do(attend_since(since, ",".join(here), "present"))))

    def still() -> list[Option]:
        expected = unlogged(session.state)
        if not expected:
            raise Refused("Somebody else logged who is here.")
        return seat_options(expected)

    screen.dialog(
        TickDialog(_("{n} expected: who is here?").format(n=len(expected)), still(), still, _(HERE)), answered
    )


def ask_whom_to_admit(screen: KringScreen, runner: CommandRunner) -> None:
    """Ask who of those who wait, or are expected, comes in: Enter says all of them do."""

    def still() -> list[Option]:
        waiting = to_admit(screen.session.state)
        if not waiting:
            raise Refused("Nobody waits, and nobody is expected.")
        return seat_options(waiting)

    def answered(admitted: tuple[str, ...] | None) -> None:
        if admitted:
            runner.do(table.ADMIT, ",".join(admitted))

    screen.dialog(TickDialog(_("{n} to admit").format(n=len(still())), still(), still, _(HERE)), answered)


def seat_options(people: Sequence[ParticipantRow]) -> list[Option]:
    """Return people to tick, each by the key of their seat."""
    return [
        Option(one.id, one.name or one.id, SEAT_KEYS[one.seat - 1] if 0 < one.seat <= len(SEAT_KEYS) else "")
        for one in people
    ]


def ask_gates(screen: KringScreen, runner: CommandRunner, recording: Callable[[], Line], refused: Line = EMPTY) -> None:
    """Ask for the gates that nobody ticked: tick them, or start all the same.

    What a gate asked to be done and was `refused` stands above them, and so does what `recording` tells of the sound.
    """

    def answered(chosen: str | None) -> None:
        if chosen in confirmations.DONE_FOR_GATES:
            outcome = runner.run(confirmations.DONE_FOR_GATES[chosen])
            if outcome is Outcome.REFUSED:
                ask_gates(screen, runner, recording, screen.status.said)
            elif outcome is Outcome.DONE:
                runner.do(table.START)
        else:
            _start(screen, runner, chosen)

    def still() -> list[Option]:
        try:
            start(screen.session.state, screen.now())
        except GatesOpen as now_open:
            return confirmations.gates(now_open, screen.session.state)
        return [Option(confirmations.STARTS, _("All is ticked: start"))]

    def told() -> Line:
        return recording() or refused

    screen.dialog(PickDialog(_("Not ticked yet"), still(), follow=runner.following(still), told=told), answered)


def _start(screen: KringScreen, runner: CommandRunner, chosen: str | None) -> None:
    """Start, after the gate that was chosen is ticked; where the question was left, say that nothing started."""
    if chosen is None:
        screen.refuse(Refused("The session has not started."))
    elif chosen == confirmations.START_ANYWAY:
        runner.do(table.START, "anyway")
    elif chosen == confirmations.STARTS or _is_met(screen, runner, chosen):
        runner.do(table.START)


def _is_met(screen: KringScreen, runner: CommandRunner, gate: str) -> bool:
    """Tick a gate, unless somebody else did so meanwhile; return whether that's so now."""
    is_done = is_settled(screen.session.state.checks[gate])
    return is_done or runner.do(table.TICK, gate) is not Outcome.REFUSED


def read_plan(screen: KringScreen, runner: CommandRunner, path: Path) -> Line | None:
    """Read the plan again, and say what changed; ask first where the file seems empty or half saved."""
    from kring.plans.file import read_plan_file

    plan = read_plan_file(path).plan
    try:
        return _take_plan(screen, runner, plan)
    except PlanShrank as problem:
        runner.confirm(
            _("Read the plan all the same?"),
            lambda: screen.say(_take_plan(screen, runner, plan, anyway=True)),
            say(problem.sentence),
            Refused("The plan was not read again; all is as it was."),
        )
        return None


def _take_plan(screen: KringScreen, runner: CommandRunner, plan: Plan, *, anyway: bool = False) -> Line:
    from kring.session.summary import plan_changes

    session = screen.session
    before = session.state
    runner.write_now(lambda: session.read_plan(plan, anyway))
    changes = plan_changes(before, session.state, len(plan.warnings))
    return line(*screen.status.said, f"; {changes}" if changes else "")
