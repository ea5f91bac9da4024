"""`kring observers add`, `list`, `revoke` and the like: the links of a page that is served elsewhere, or later."""

from __future__ import annotations

import sys
from argparse import Namespace

from kring.cli.observers.target import target
from kring.cli.parser import speak
from kring.domain.text import KringError, clean
from kring.system.clock import SystemClock
from kring.web.invitations import Invitations
from kring.web.link_words import LinkWords


def links_command(asked: Namespace) -> int:
    """Do one thing with the links of a session."""
    found = target(asked.session)
    speak(asked, found.language)
    if not found.folder.exists():
        raise KringError(
            "The page was not served yet, so a link would lead nowhere; first: kring observers {file}",
            file=asked.session,
        )
    words = LinkWords(Invitations(found.folder), SystemClock().wall_ms, found.day)
    told = words.answer(" ".join([asked.act, *getattr(asked, "words", ())]))
    sys.stdout.write(clean(told) + "\n")
    return 0
