"""`kring observers SESSION`: the page is served, and links are made and ended with typed lines, until it is ended."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from kring.cli.observers.target import target
from kring.cli.parser import speak
from kring.domain.text import KringError, Sentence, clean
from kring.line_mode.input import LOOK_S, Lines, lines_of
from kring.line_mode.signals import heard_signals
from kring.system.clock import SystemClock
from kring.system.i18n import _, say
from kring.web.invitations import Invitations
from kring.web.link_words import LinkWords, Quit

if TYPE_CHECKING:
    from kring.web.server import Listening, PageServer

REFUSED = "! "
NEWS = "· "


class Staying:
    """The lines of a script or a service: behind the last one the page stays, until a signal ends it."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._is_over = False

    def readline(self) -> str | None:
        """Return the next line, and None when none came for a while."""
        line = None if self._is_over else self._lines.readline()
        if line == "":
            self._is_over = True
        if self._is_over:
            time.sleep(LOOK_S)
        return line or None


def serve_command(asked: Namespace) -> int:
    """Serve the page of a session."""
    found = target(asked.session)
    speak(asked, found.language)
    _require_extra()
    from kring.web import server

    clock = SystemClock()
    wanted = _wanted(asked)
    place = server.place_of(wanted)
    invitations = Invitations(found.folder)
    wanted, is_own = server.with_certificate(wanted, found.folder, clock.wall_ms())
    page = server.PageServer(
        found.source(), Invitations(found.folder), wanted, place, clock, lambda language: speak(asked, language)
    )
    page.start()
    try:
        invitations.served_at(place.origin)
        words = LinkWords(invitations, clock.wall_ms, found.day, page.looking)
        for line in (*_first_lines(wanted, place.origin, is_own=is_own), *_made(asked, words)):
            _print(line)
        _answer(words, page)
    finally:
        page.close()
    if page.problem is not None:
        raise page.problem
    return 0


def _require_extra() -> None:
    from importlib.util import find_spec

    if not all(find_spec(module) for module in ("starlette", "uvicorn", "cryptography")):
        raise KringError(
            "For kring observers, install kring with its extra observers: pipx install --force '.[observers]', "
            "or uv tool install --force '.[observers]'."
        )


def _wanted(asked: Namespace) -> Listening:
    from kring.web import server

    if (asked.certificate is None) != (asked.key is None):
        raise KringError("--certificate and --key go together.")
    for file in (asked.certificate, asked.key):
        if file is not None and not file.is_file():
            raise KringError("{file} is not there.", file=str(file))
    if asked.behind_proxy and asked.certificate is not None:
        raise KringError("Behind a proxy it is the proxy that has the certificate: leave --certificate and --key out.")
    host, port = server.listening_at(asked.listen)
    return server.Listening(host, port, asked.address, asked.certificate, asked.key, asked.behind_proxy)


def _first_lines(wanted: Listening, origin: str, *, is_own: bool) -> Iterator[str]:
    from kring.web import server

    yield _("The page for observers is at {address}; each observer needs a link of their own.").format(address=origin)
    if is_own and wanted.certificate is not None:
        yield _(
            "kring made the certificate itself, so a browser warns the first time. Go on only where it shows this "
            "SHA-256 fingerprint: {fingerprint}"
        ).format(fingerprint=server.fingerprint_of(wanted.certificate))
    elif wanted.is_local and not wanted.behind_proxy:
        yield _("Only this computer can reach it; others can with --listen and an address of this computer.")
    yield _("Type add and a name, or help.")


def _made(asked: Namespace, words: LinkWords) -> Iterator[str]:
    """Make the links that the command line asks for."""
    behind = f" {asked.until}" if asked.until else ""
    lines = [f"add {name}{behind}" for name in asked.invite or ()]
    lines += [f"room{behind}"] if asked.room else []
    if asked.until and not lines:
        raise KringError("--until goes with --invite or --room.")
    yield from (_answered(words, line) for line in lines)  # one that was made the last time still works


def _answer(words: LinkWords, page: PageServer) -> None:
    """Answer typed lines until `quit`, a signal, or the end of the page; without a terminal the page simply stays."""
    lines = lines_of(sys.stdin, with_pauses=True)
    lost: Sentence | None = None

    def look() -> None:
        nonlocal lost
        if not page.is_running:
            raise Quit
        if page.lost != lost:
            lost = page.lost
            _print(NEWS + (say(lost) if lost is not None else _("The session is followed again.")))

    with heard_signals() as signals, suppress(Quit):
        for line in signals.until_one_comes(lines if sys.stdin.isatty() else Staying(lines), look):
            if line.strip():
                _print(_answered(words, line))


def _answered(words: LinkWords, line: str) -> str:
    try:
        return words.answer(line)
    except KringError as problem:
        return REFUSED + say(problem.sentence)


def _print(told: str) -> None:
    sys.stdout.write(clean(told) + "\n")
    sys.stdout.flush()
