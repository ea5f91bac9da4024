"""`kring join`: the session of another laptop, brought into a file of its own, and its live screen."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

import msgspec

from kring.cli import run
from kring.domain.local_time import day_of_file
from kring.domain.state import State
from kring.domain.text import KringError, Sentence, clean
from kring.line_mode.input import first_line
from kring.session import open as opening
from kring.session.open import Role
from kring.store import files
from kring.system.clock import SystemClock
from kring.system.i18n import _, say
from kring.team import joining, shared_folder
from kring.team.access import Access, access_by
from kring.team.joining import Fetched
from kring.team.shared_folder import folder_of
from kring.team.sharing import CLOCK_MS, Sharing
from kring.team.tasks import Way
from kring.team.wording import wrong_clock

Speak = Callable[[Namespace, str | None], None]


def join_command(asked: Namespace, speak: Speak) -> int:
    """Join a session with a code, or go on in the file in which it was joined before."""
    if asked.once:
        raise KringError("--once goes with --read.")
    if not (asked.plain or (sys.stdin.isatty() and sys.stdout.isatty())):
        raise KringError("The screens need a terminal; without one use: kring join --plain")
    way = Way(" ".join(asked.code) or typed_code())
    wanted = access_by(way)
    role = _role(wanted)
    file, remarks = _joined_file(asked.out, wanted, way)
    glimpse = opening.look_into(file)
    speak(asked, glimpse.language if glimpse else None)
    target = opening.find(file, None, opening.local_day(SystemClock(), simulated=False))

    def share(sharing: Sharing) -> None:
        sharing.join(way)

    if asked.plain:
        return run.on_lines(target, role, asked.name, False, share, remarks)
    return run.on_screens(target, role, asked.name, share, remarks)


def typed_code() -> str:
    """Ask for a code, which so stands neither in the history of the shell nor in the list of processes."""
    sys.stdout.write(_("Code: "))
    sys.stdout.flush()
    try:
        return first_line(sys.stdin)
    except KeyboardInterrupt:
        sys.stdout.write("\n")
        return ""


def _role(wanted: Access) -> Role:
    if wanted.role == "observer":
        raise KringError("This code is of an observer, who only watches: kring observe")
    return wanted.role


def _joined_file(out: Path | None, wanted: Access, way: Way) -> tuple[Path, tuple[Sentence, ...]]:
    """Return the file in which this laptop has the session, brought over now where it has none, and remarks."""
    if out is not None and out.is_dir():
        return _joined_in(out, None, wanted, way)
    return _joined_in(_folder() if out is None else out.parent, out, wanted, way)


def _joined_in(place: Path, out: Path | None, wanted: Access, way: Way) -> tuple[Path, tuple[Sentence, ...]]:
    file = joining.file_of(place, wanted.session) if out is None else out if out.exists() else None
    if file is None:
        if out is None:
            _refuse_a_second(place, wanted.session)
        return _brought(out, place, wanted, way)
    kept = shared_folder.joined(folder_of(file))
    if kept is None or kept.session != wanted.session:
        raise KringError(
            "{file} is there already, and that session was not joined in it; choose another name.", file=file.name
        )
    if kept.way != way:  # it was shared anew meanwhile
        shared_folder.keep_joined(folder_of(file), msgspec.structs.replace(kept, way=way))
    return file, ()


def _refuse_a_second(place: Path, session: str) -> None:
    """Raise KringError where a session lies in a folder already: two files of one would both count in a study."""
    for file in sorted(place.glob("*.db")):
        found = None
        with suppress(KringError), closing(files.open_(file, "read")) as store:
            found = store.connection.execute("select id from session").fetchone()
        if found is not None and found[0] == session:
            raise KringError(
                "{file} in this folder is that session already. Go on with it: kring run {file} --share. To have it a "
                "second time, name another folder: --out.",
                file=file.name,
            )


def _brought(out: Path | None, place: Path, wanted: Access, way: Way) -> tuple[Path, tuple[Sentence, ...]]:
    if not place.is_dir():
        raise KringError("There is no folder {folder}; make it first.", folder=str(place))
    fetched = joining.fetch(wanted)

    def name(state: State) -> Path:
        day = date.fromisoformat(day_of_file(state))
        return out or opening.free_file(place, day, opening.slug_of(state.session.title))

    file = joining.make(wanted, way, fetched, name)
    sys.stdout.write(clean(say(_told(file, fetched))) + "\n")
    off = fetched.ahead_ms
    return file, (wrong_clock(off), Sentence("kring goes by that of the server.")) if abs(off) > CLOCK_MS else ()


def _told(file: Path, fetched: Fetched) -> Sentence:
    return Sentence("The session is in {file}; events: {n}.", {"file": str(file), "n": len(fetched.several)})


def _folder() -> Path:
    here = Path("sessions")
    return here if here.is_dir() else Path()
