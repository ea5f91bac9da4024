"""A session on several computers: the one of another laptop (`kring join`), and copies afterwards (`kring merge`)."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from kring.cli.parser import PLAIN, Argument, given, speak, speak_of
from kring.domain.text import N_
from kring.team import require_extra

SUMMARY = N_("join copies of one session that were worked in apart, or say what differs")
ARGUMENTS: tuple[Argument, ...] = (
    given("files", N_("the copies"), type=Path, metavar="SESSION.db", nargs="+"),
    given("--out", N_("the session file to write; without it nothing is written"), type=Path, metavar="JOINED.db"),
)
SUMMARY_OF_JOIN = N_("join the session of another laptop with its code, in a file of its own")
ARGUMENTS_OF_JOIN: tuple[Argument, ...] = (
    given("code", N_("the code that you were given; without it, it is asked for"), nargs="*", metavar="CODE"),
    given("--out", N_("the session file to write; with --read the folder"), type=Path, metavar="PATH"),
    given("--read", N_("with the code of a study: keep copies of its sessions up to date"), action="store_true"),
    given("--once", N_("with --read: bring them up to date, and stop"), action="store_true"),
    given("--name", N_("your name, as the session file keeps it")),
    PLAIN,
)


def merge(asked: Namespace) -> int:
    """Join copies of one session."""
    from kring.cli.joining.merge import merge_command

    speak_of(asked, asked.files[0])
    return merge_command(asked)


def join(asked: Namespace) -> int:
    """Join a session that another laptop shares, with screens or with typed lines."""
    require_extra()
    if asked.read:
        from kring.cli.joining.read import read_command

        return read_command(asked)

    from kring.cli.joining.join import join_command

    return join_command(asked, speak)
