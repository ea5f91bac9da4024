"""`kring review`: a session on the researcher's screen; to be read only where the file can't be written."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from kring.domain.text import KringError, one_line
from kring.session import open as opening
from kring.session import session as sessions
from kring.session.consent_doubts import consent_doubts
from kring.session.copies.apart import copies_apart
from kring.session.playback import moment_called
from kring.session.session import Me, Session
from kring.store import files
from kring.system import settings
from kring.system.clock import Clock, SystemClock

Speak = Callable[[Namespace, str | None], None]
ROLE = "researcher"


def review_command(asked: Namespace, speak: Speak) -> int:
    """Show a session to a researcher; `speak` chooses the language once the session's is known."""
    clock, chosen = SystemClock(), settings.read()
    glimpse = opening.look_into(asked.file)
    if glimpse is None:
        raise KringError("{file} holds no session yet; start it from its plan.", file=asked.file.name)
    speak(asked, glimpse.language)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise KringError("The screens need a terminal.")
    warnings = tuple(copies_apart(asked.file))
    session = open_session(asked.file, one_line(asked.name or own_name()), clock, settings.device_id())

    from kring.ui.toolkit import textual_start

    textual_start.prepare()
    from kring.ui.review.app import run as run_screen

    try:
        until = session.state.session.ended_at or session.now()
        at = moment_called(session.state, asked.at, until) if asked.at else None
        return run_screen(session, chosen, (*warnings, *consent_doubts(session)), at)
    finally:
        session.close()


def open_session(file: Path, name: str, clock: Clock, device: str) -> Session:
    """Open a session for a researcher; a file that can't be written is read."""
    me = Me(name, ROLE, device)
    try:
        return sessions.resume(file, clock, me)
    except KringError:
        store = files.open_(file, "read")
    try:
        return Session(store, clock, me)
    except BaseException:
        store.close()
        raise


def own_name() -> str:
    """Return what this computer calls whoever sits at it; empty where it doesn't know."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
