"""What `kring demo` needs: a plan that comes with kring, a place for its file, and the session to play in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

from kring.domain.text import KringError
from kring.plans.file import PlanFile
from kring.record.folder import ENDING
from kring.rehearsal.companion import Companion
from kring.rehearsal.evening import BEFORE_MS
from kring.rehearsal.playing import ZONE, start_of, team_of, write_session
from kring.rehearsal.sample import NOTICE
from kring.rehearsal.step import SECOND
from kring.rehearsal.summary import summary
from kring.session.session import Me, Session, begin
from kring.system import folders
from kring.system.clock import Clock, FasterClock
from kring.system.i18n import _

PLANS = {"nl": "loyaliteit-groep-1.md", "en": "library-visits-group-1.md"}
WAITING_S = 4  # before the start, on the watch of who looks: long enough to see who waits
SLOWEST, FASTEST = 0.1, 600.0


class Rehearsal(NamedTuple):
    """A session, and the simulated people who act in it."""

    session: Session
    companion: Companion


def example_plan(lang: str) -> Path:
    """Return the plan that comes with kring in a language."""
    name = PLANS["en" if lang == "en" else "nl"]
    package = Path(__file__).parent.parent
    for folder in (
        package / "plans" / "examples",
        package.parent.parent / "sessions",
    ):  # installed, or in its source tree
        if (folder / name).is_file():
            return folder / name
    raise KringError("The plan {file} that comes with kring is not there; install kring again.", file=name)


def folder_for_demos() -> Path:
    """Return the folder in which rehearsals are kept; it is made where it is not there."""
    folder = Path("sessions")
    if not folder.is_dir():
        folder = folders.state() / "demo"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise KringError(
                "{file} cannot be made: {reason}.", file=str(folder), reason=error.strerror or ""
            ) from None
    return folder


def free_path(plan: Path) -> Path:
    """Return where the next session file of a rehearsal goes; never one that is there."""
    folder = folder_for_demos()
    names = (folder / f"demo-{plan.stem}{f'-{number}' if number > 1 else ''}.db" for number in count(1))
    return next(path for path in names if not path.exists() and not path.with_suffix(ENDING).exists())


def checked_speed(speed: float) -> float:
    """Return a speed that a rehearsal can run at, or raise KringError."""
    if not SLOWEST <= speed <= FASTEST:
        raise KringError("The speed must be between {least} and {most}.", least=f"{SLOWEST:g}", most=f"{FASTEST:g}")
    return speed


def play_unseen(path: Path, file: PlanFile, seed: int) -> Iterator[str]:
    """Write a whole session at once, with a recording of tones beside it, and yield what happened."""
    sound = path.with_suffix(ENDING)
    if sound.exists():
        raise KringError("{file} exists already.", file=sound.name)
    state, now = write_session(path, file.plan, seed, is_sample=True)
    yield from summary(state, now)
    yield _(NOTICE)
    yield where(path)


def prepare(path: Path, file: PlanFile, clock: Clock, seed: int, speed: float) -> Rehearsal:
    """Make the session of a rehearsal, shortly before its start, with the simulated people in it."""
    plan = file.plan
    faster = FasterClock(clock, start_of(plan) - BEFORE_MS, checked_speed(speed))
    session = begin(path, plan, faster, Me(_("you"), "moderator", "rehearsal"), zone=ZONE)
    for member in team_of(plan):
        session.join(member)
    companion = Companion(plan, seed, speed)
    while (due := companion.next_due()) is not None and not companion.is_about_to_start:
        faster.skip(max(0, due - session.now()))
        companion.act(session)
    faster.skip(max(0, (due or 0) - round(WAITING_S * SECOND * speed) - session.now()))
    return Rehearsal(session, companion)


def where(path: Path) -> str:
    """Return the line that says where the file of a rehearsal lies."""
    return _("The session is in {file}").format(file=folders.with_tilde(str(path.resolve())))
