"""`kring observers add`, `list`, `revoke` and the like: the links of a page that is served elsewhere, or later."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from kring.cli.parser import speak
from kring.domain.text import KringError, clean
from kring.session.open import look_into
from kring.system.clock import SystemClock
from kring.web.invitations import ENDING, Invitations
from kring.web.link_words import LinkWords


def links_command(asked: Namespace) -> int:
    """Do one thing with the links of a session."""
    glimpse = look_into(asked.session)
    if glimpse is None:
        raise KringError("{file} holds no session yet.", file=asked.session.name)
    speak(asked, glimpse.language)
    folder = folder_of(asked.session)
    if not folder.exists():
        raise KringError(
            "The page was not served yet, so a link would lead nowhere; first: kring observers {file}",
            file=str(asked.session),
        )
    words = LinkWords(Invitations(folder), SystemClock().wall_ms, glimpse.day)
    told = words.answer(" ".join([asked.act, *getattr(asked, "words", ())]))
    sys.stdout.write(clean(told) + "\n")
    return 0


def folder_of(session_file: Path) -> Path:
    """Return the folder in which the links of a session lie, whether it is there or not."""
    return session_file.with_suffix(ENDING)
