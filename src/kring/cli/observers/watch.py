"""`kring observe`: a session on an observer's screen, from its file on this computer."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from kring.cli.parser import speak
from kring.cli.review import own_name
from kring.domain.text import KringError, one_line
from kring.observing.session_file import SessionFile
from kring.observing.source import Source
from kring.session.open import look_into
from kring.system import settings
from kring.system.clock import SystemClock
from kring.system.i18n import _


def watch_command(asked: Namespace) -> int:
    """Show a session to an observer until she leaves."""
    source, language = _of_file(Path(asked.session))
    speak(asked, language)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise KringError("The screens need a terminal.")
    from kring.ui import textual_start

    textual_start.prepare()
    from kring.ui.observing import app

    app.run(source, one_line(asked.name or own_name()) or _("observer"), settings.read())
    return 0


def _of_file(file: Path) -> tuple[Source, str | None]:
    glimpse = look_into(file)
    if glimpse is None:
        raise KringError("{file} holds no session yet.", file=file.name)
    return SessionFile(file, SystemClock(), settings.device_id()), glimpse.language
