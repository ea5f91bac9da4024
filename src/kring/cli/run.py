"""`kring run`: a session with screens, or with typed lines."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal

from kring.audio import devices
from kring.domain.text import KringError, Sentence, clean
from kring.record import client
from kring.session import open as opening
from kring.session.consent_doubts import consent_doubts
from kring.session.flac_archive import FlacArchive
from kring.session.open import Role, Target
from kring.session.recording import Recordist
from kring.system import settings
from kring.system.clock import Clock, CorrectedClock, SystemClock
from kring.system.i18n import _, ngettext, say
from kring.team import ENDING, require_extra
from kring.team.sharing import Sharing, require_address

Speak = Callable[[Namespace, str | None], None]
Wish = Literal["resume", "new", "cancel"]


def run_command(asked: Namespace, speak: Speak) -> int:
    """Start or resume a session; `speak` chooses the language once the plan's is known."""
    if asked.plain:
        return _with_lines(asked, speak)
    if asked.strict or asked.simulated_clock:
        raise KringError("--strict and --simulated-clock need --plain.")
    _refuse_no_way(asked)
    role: Role = asked.role or "moderator"
    target = opening.find(asked.file, asked.dir, opening.local_day(SystemClock(), simulated=False), asked.new)
    speak(asked, target.language)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise KringError("The screens need a terminal; without one use: kring run --plain {file}", file=str(asked.file))
    wish = wish_for(target, role)
    if wish == "cancel":
        return 0
    target = target.anew() if wish == "new" else target
    _require_address(target, asked)
    return on_screens(target, role, asked.name, lambda sharing: _share(sharing, asked))


def on_screens(
    target: Target, role: Role, name: str | None, share: Callable[[Sharing], None], remarks: Sequence[Sentence] = ()
) -> int:
    """Open a session and show it until the screens are left; `share` says to whom else."""
    device, clock = copy_of(target.file)
    session = opening.open_session(target, role, name, clock, device, meanwhile=_read_screens)

    from kring.ui.app import run as run_screens

    recordist = Recordist(session, client, devices.choice, keeper=FlacArchive(session))
    sharing = Sharing(session)
    try:
        share(sharing)
        warnings = (*remarks, *target.warnings(), *consent_doubts(session))
        chosen = settings.read()
        code = run_screens(session, chosen, target.plan_path, warnings=warnings, recordist=recordist, sharing=sharing)
    finally:
        recordist.close()
        is_shared = sharing.is_on
        sharing.close()
        closed = opening.close(session, is_shared)
    with suppress(OSError):  # the terminal may be gone
        for told in (sharing.left(), *sharing.parted(), *target.copies, closed):  # here a command can be copied
            if told is not None:
                print(clean(say(told)), flush=True)
    return _told_of_loss(len(session.waiting)) or code


def _share(sharing: Sharing, asked: Namespace) -> None:
    if asked.credentials is not None:
        sharing.share_through(asked.credentials, asked.server or "")
    elif asked.share is not None:
        sharing.share(asked.share)


def _require_address(target: Target, asked: Namespace) -> None:
    """Refuse an address at which nothing can be shared before a session file is made."""
    if asked.share is not None:
        require_address(target.file, asked.share)


def _refuse_no_way(asked: Namespace, *, is_simulated: bool = False) -> None:
    """Raise KringError where a session can't be shared as it was asked for, before there is a file of it."""
    if asked.server is not None and asked.credentials is None:
        raise KringError("--server needs --credentials, the file that the agency gave out.")
    if asked.credentials is not None and asked.share is not None:
        raise KringError("Share either from this computer, with --share, or through a server, with --credentials.")
    if is_simulated and (asked.share is not None or asked.credentials is not None):
        raise KringError("A session in simulated time can't be shared.")
    if asked.credentials is not None:
        require_extra()
        from kring.team.entry import credentials, trust

        credentials.read(asked.credentials)
        trust.addresses(asked.server or "")


def copy_of(file: Path) -> tuple[str, Clock]:
    """Return by what acts in a file are told apart, and by which clock it goes: a copy that was joined has its own."""
    if file.with_suffix(ENDING).is_dir():
        from kring.team import shared_folder

        if (kept := shared_folder.joined(file.with_suffix(ENDING))) is not None:
            return kept.device, CorrectedClock(SystemClock(), kept.clock_ms)
    return settings.device_id(), SystemClock()


def _read_screens() -> None:
    """Read what draws the screens."""
    from kring.ui.toolkit import textual_start

    textual_start.prepare()
    import kring.ui.app  # noqa: F401


def _told_of_loss(acts: int) -> int:
    """Say how many acts never came into the file, and return the exit code for that."""
    if not acts:
        return 0
    with suppress(OSError):  # the terminal may be gone
        told = ngettext("{n} act was NOT SAVED.", "{n} acts were NOT SAVED.", acts).format(n=acts)
        print(f"kring: {told}", file=sys.stderr)
    return 1


def _with_lines(asked: Namespace, speak: Speak) -> int:
    from kring.line_mode import conversation
    from kring.line_mode import simulated as simulated_time

    _refuse_no_way(asked, is_simulated=asked.simulated_clock is not None)
    simulated = simulated_time.simulated_clock(asked.simulated_clock) if asked.simulated_clock else None
    clock: Clock = simulated or SystemClock()
    target = opening.find(asked.file, asked.dir, opening.local_day(clock, simulated is not None), asked.new)
    speak(asked, target.language)
    role: Role = asked.role or "moderator"
    _require_address(target, asked)
    if simulated is None:
        return on_lines(target, role, asked.name, asked.strict, lambda sharing: _share(sharing, asked))
    chance = simulated_time.chance(target.events)
    device, zone = simulated_time.SIMULATED_DEVICE, simulated_time.SIMULATED_ZONE
    session = opening.open_session(target, role, asked.name, clock, device, chance, zone)
    warnings = (*target.warnings(), *consent_doubts(session))
    return conversation.run(session, target.plan_path, asked.strict, simulated, warnings)


def on_lines(
    target: Target,
    role: Role,
    name: str | None,
    strict: bool,
    share: Callable[[Sharing], None],
    remarks: Sequence[Sentence] = (),
) -> int:
    """Open a session and answer typed lines; `share` says to whom else it goes."""
    from kring.line_mode import conversation

    device, clock = copy_of(target.file)
    session = opening.open_session(target, role, name, clock, device)
    recordist, sharing = Recordist(session, client, devices.choice), Sharing(session)
    try:
        share(sharing)
    except KringError:
        opening.close(session)
        raise
    warnings = (*remarks, *target.warnings(), *consent_doubts(session))
    return conversation.run(session, target.plan_path, strict, None, warnings, recordist=recordist, sharing=sharing)


def wish_for(target: Target, role: Role) -> Wish:
    """Ask on a terminal what to do with a session that was begun before; elsewhere it's resumed."""
    if target.found is None or target.is_joined_without_question(role) or not sys.stdin.isatty():
        return "resume"
    begun = _("{file} was begun from this plan.").format(file=clean(target.found.name))
    question = _("Resume it (r, or Enter), begin a new one (n), or cancel (c)? ")  # a row of its own: it fits in 80
    english: dict[str, Wish] = {"r": "resume", "n": "new", "c": "cancel", "": "resume"}
    wishes = english | {_("r"): english["r"], _("n"): english["n"], _("c"): english["c"]}
    while True:
        try:
            typed = input(f"{begun}\n{question}")
        except (EOFError, KeyboardInterrupt):
            print()
            return "cancel"
        if wish := wishes.get(typed.strip().lower()[:1]):
            return wish
