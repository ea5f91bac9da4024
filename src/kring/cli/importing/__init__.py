"""`kring import`: files of other programs, shown first, brought into a session, and put right there."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from kring.cli.parser import JSON, Argument, given, speak
from kring.domain.text import N_

PLANS = (".md", ".markdown", ".txt")
"""How the name of a plan ends: a guide is brought into one, all else into a session."""
SUMMARY = N_(
    "bring files of other programs into a session: chat, transcript, attendance, polls, survey, pictures, recordings"
)
ARGUMENTS: tuple[Argument, ...] = (
    given("target", N_("the session file, or the plan to write of a guide"), type=Path, metavar="SESSION.db|PLAN.md"),
    given("files", N_("the files to bring in; none lists what was brought in"), type=Path, metavar="FILE", nargs="*"),
    given("--as", N_("the format, where kring does not see it"), dest="format", default="", metavar="FORMAT"),
    given(
        "--offset",
        N_("how far to move its times; of a recording where on the session's clock it began"),
        metavar="±MM:SS",
    ),
    given("--plain", N_("typed lines instead of the screen"), action="store_true"),
    given("--dry-run", N_("show what would come in, and write nothing"), action="store_true"),
    JSON,
    given(
        "--yes",
        N_("bring it in without a question; a name that is uncertain stays without a participant"),
        action="store_true",
    ),
    given(
        "--who",
        N_("whom a name means: a code or name, moderator, team, unknown, or - to leave it out"),
        action="append",
        default=[],
        metavar="NAME=WHO",
    ),
    given("--with-private", N_("direct messages come in too"), action="store_true"),
    given("--no-file", N_("do not keep the file itself in the session file"), action="store_true"),
    given("--join", N_("of a survey: the column that tells who answered"), default="", metavar="COLUMN"),
    given("--at", N_("of a picture: the moment that it belongs to"), metavar="TIME"),
    given("--take-out", N_("take out what was brought in from a file: its number or name"), metavar="N"),
    given("--shift", N_("move what was brought in from a file by --offset: its number or name"), metavar="N"),
    given("--erase-file", N_("erase the bytes of a file that is kept, for good: its number or name"), metavar="N"),
    given("--why", N_("with --take-out and --shift: why"), default="", metavar="TEXT"),
    given("--name", N_("your name, as the session file keeps it")),
)

SUMMARY_OF_CODES = N_("bring back what was coded in another program, and say how far coders agree")
ARGUMENTS_OF_CODES: tuple[Argument, ...] = (
    given("file", N_("the session file"), type=Path, metavar="SESSION.db"),
    given(
        "source",
        N_("a project or codebook of REFI-QDA, or CSV of Taguette"),
        type=Path,
        metavar="PROJECT.qdpx|CODEBOOK.qdc|TAGUETTE.csv",
    ),
    given("--name", N_("who coded what is new in it; otherwise the coder that the file names")),
    given("--dry-run", N_("show what would come in, and write nothing"), action="store_true"),
)


def import_(asked: Namespace) -> int:
    """Bring files of other programs into a session, or put right what was brought in."""
    if asked.target.suffix.lower() in PLANS:
        from kring.cli.importing.guide import import_guide

        return import_guide(asked)
    from kring.cli.importing.bring_in import import_command
    from kring.cli.session_file import language_of

    speak(asked, language_of(asked.target))
    return import_command(asked)


def import_codes(asked: Namespace) -> int:
    """Bring codes and codings of another program into a session."""
    from kring.cli.importing.codes import import_codes_command
    from kring.cli.session_file import language_of

    speak(asked, language_of(asked.file))
    return import_codes_command(asked)
