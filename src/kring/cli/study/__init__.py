"""`kring study`: a study of several groups; its acts are listed here, the first is meant where none is named."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from kring.cli.parser import JSON, ShellCommand, given
from kring.domain.text import N_

FOLDER = given("folder", N_("the folder of the study"), type=Path, metavar="FOLDER")


def _open(asked: Namespace) -> int:
    from kring.cli.study.overview import open_command

    return open_command(asked)


def _new(asked: Namespace) -> int:
    from kring.cli.study.text import new_command

    return new_command(asked)


def _check(asked: Namespace) -> int:
    from kring.cli.study.text import check_command

    return check_command(asked)


ACTS: dict[str, ShellCommand] = {
    "open": ShellCommand(
        N_("show groups, recruitment, hypotheses and what is due"),
        (FOLDER, given("--plain", N_("as lines instead of a screen"), action="store_true"), JSON),
        True,
        _open,
    ),
    "new": ShellCommand(N_("write a study.md to fill in, with what plans in the folder say"), (FOLDER,), True, _new),
    "check": ShellCommand(
        N_("read study.md and the plans beside it, and say what may go wrong"), (FOLDER, JSON), True, _check
    ),
}
STUDY = ShellCommand(N_("look after a study: several groups around one question"), (), True, lambda _asked: 0, ACTS)
