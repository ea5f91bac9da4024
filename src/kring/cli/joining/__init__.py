"""Copies of one session, joined (`kring merge`)."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from kring.cli.parser import Argument, given, speak_of
from kring.domain.text import N_

SUMMARY = N_("join copies of one session that were worked in apart, or say what differs")
ARGUMENTS: tuple[Argument, ...] = (
    given("files", N_("the copies"), type=Path, metavar="SESSION.db", nargs="+"),
    given("--out", N_("the session file to write; without it nothing is written"), type=Path, metavar="JOINED.db"),
)


def merge(asked: Namespace) -> int:
    """Join copies of one session."""
    from kring.cli.joining.merge import merge_command

    speak_of(asked, asked.files[0])
    return merge_command(asked)
