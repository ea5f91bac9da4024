"""What leaves a session file: what is said of it, and which words of it are names (`kring names`)."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from kring.cli.parser import Argument, given, speak_of
from kring.domain.text import N_

SUMMARY = N_("say which words in the texts may be names, and decide it")
ARGUMENTS: tuple[Argument, ...] = (
    given("files", N_("the session file, or those of a study"), type=Path, nargs="+", metavar="SESSION.db"),
    given(
        "--is",
        N_("what a word is: WORD=word, WORD=P3 or WORD=open; behind @ the number of the one note where it holds"),
        dest="rulings",
        action="append",
        default=[],
        metavar="WORD=WHAT",
    ),
    given("--name", N_("your name, as the session file keeps it")),
)


def names(asked: Namespace) -> int:
    """Say which words may be names, and decide it."""
    from kring.cli.leaving.names import names_command

    speak_of(asked, asked.files[0])
    return names_command(asked)
