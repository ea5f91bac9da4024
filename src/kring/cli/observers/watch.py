"""`kring observe`: a session on an observer's screen, from its file on this computer, or by a code."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from kring.cli.observers.target import is_there, own_folder
from kring.cli.parser import speak
from kring.cli.review import own_name
from kring.domain.text import KringError, one_line
from kring.observing.session_file import SessionFile
from kring.observing.source import Source
from kring.session.open import look_into
from kring.system import settings
from kring.system.clock import SystemClock
from kring.system.i18n import _
from kring.team import require_extra


def watch_command(asked: Namespace) -> int:
    """Show a session to an observer until she leaves."""
    file = Path(asked.session[0]) if asked.session else None
    if file is None or not is_there(file):
        source, language = _of_code(" ".join(asked.session))
    elif len(asked.session) > 1:
        raise KringError("Nothing stands behind {word}.", word=file.name)
    else:
        source, language = _of_file(file)
    speak(asked, language)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise KringError("The screens need a terminal.")
    from kring.ui.toolkit import textual_start

    textual_start.prepare()
    from kring.ui.observing import app

    app.run(source, one_line(asked.name or own_name()) or _("observer"), settings.read())
    return 0


def _of_file(file: Path) -> tuple[Source, str | None]:
    glimpse = look_into(file)
    if glimpse is None:
        raise KringError("{file} holds no session yet.", file=file.name)
    return SessionFile(file, SystemClock(), settings.device_id(), are_named=False), glimpse.language


def _of_code(code: str) -> tuple[Source, str | None]:
    """Return the session that a code lets watch, and the language that it is in, as far as it can be reached."""
    require_extra()
    from kring.cli.joining.join import typed_code
    from kring.team.access import access_by
    from kring.team.observers import watching
    from kring.team.tasks import Way

    wanted = access_by(Way(code or typed_code()))
    return watching.source_of(wanted, SystemClock(), own_folder(wanted.session), "asked-on-the-screen"), None
