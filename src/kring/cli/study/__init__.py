"""`kring study`: a study of several groups; its acts are listed here, the first is meant where none is named."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from kring.cli.parser import COLUMNS, FORCE, JSON, ShellCommand, given
from kring.domain.text import N_
from kring.exports.formats import FORMATS

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


def _recruit(asked: Namespace) -> int:
    from kring.cli.study.recruit import recruit_command

    return recruit_command(asked)


def _search(asked: Namespace) -> int:
    from kring.cli.study.search import search_command

    return search_command(asked)


def _matrix(asked: Namespace) -> int:
    from kring.cli.study.matrix import matrix_command

    return matrix_command(asked)


def _compare(asked: Namespace) -> int:
    from kring.cli.study.compare import compare_command

    return compare_command(asked)


def _codes(asked: Namespace) -> int:
    from kring.cli.study.codes import codes_command

    return codes_command(asked)


def _saturation(asked: Namespace) -> int:
    from kring.cli.study.saturation import saturation_command

    return saturation_command(asked)


def _diff(asked: Namespace) -> int:
    from kring.cli.study.diff import diff_command

    return diff_command(asked)


def _carry(asked: Namespace) -> int:
    from kring.cli.study.carry import carry_command

    return carry_command(asked)


def _kto(asked: Namespace) -> int:
    from kring.cli.study.kto import kto_command

    return kto_command(asked)


def _questionnaire(asked: Namespace) -> int:
    from kring.cli.study.questionnaire import questionnaire_command

    return questionnaire_command(asked)


def _report(asked: Namespace) -> int:
    from kring.cli.study.report import report_command

    return report_command(asked)


def _export(asked: Namespace) -> int:
    from kring.cli.study.report import export_command

    return export_command(asked)


TOGETHER = tuple(name for name, form in FORMATS.items() if form.together)
"""The formats in which several sessions go into one file."""
NAMES = given("--names", N_("with the names of people; otherwise codes"), action="store_true")
"""For who said something; in what was said names stay codes."""


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
    "recruit": ShellCommand(
        N_("show whom to call and who said yes, and keep the list of people"),
        (
            FOLDER,
            given("--new", N_("write an empty list to fill in"), action="store_true"),
            given(
                "--set",
                N_("who, by number or name; a state, paid, or group; and why, or which group"),
                nargs="+",
                metavar="WORD",
            ),
            given("--screen", N_("write what the screener proposes for everybody"), action="store_true"),
            given("--came", N_("write who came, as the sessions that were held say"), action="store_true"),
            given("--group", N_("the group, for --roster and --invite"), metavar="N"),
            given("--roster", N_("put who said yes on the list of participants of the group"), action="store_true"),
            given(
                "--others",
                N_("with --roster: also who is called nearly as somebody on that list, and is another person"),
                action="store_true",
            ),
            given("--invite", N_("write a letter for everybody who said yes to the group"), action="store_true"),
            given("--out", N_("the folder for the letters"), type=Path, metavar="FOLDER"),
            given("--zone", N_("time zone of the appointment, such as Europe/Amsterdam")),
            given("--force", N_("replace letters that are there, also changed ones"), action="store_true"),
            given("--names", N_("with the names of people in the JSON; otherwise numbers"), action="store_true"),
            given("--plain", N_("as lines instead of a screen"), action="store_true"),
            JSON,
        ),
        True,
        _recruit,
    ),
    "search": ShellCommand(
        N_("find words in everything that was said and written in the groups"),
        (
            FOLDER,
            given("words", N_("what to find: all of these words, in any form"), nargs="*", metavar="WORD"),
            given("--group", N_("only of this group: its number, or its file"), action="append", default=[]),
            given("--segment", N_("only of people of this segment"), action="append", default=[]),
            given("--question", N_("only on this question: its number, or words of it"), default=""),
            given("--kind", N_("only of this kind: quote, paraphrase, transcript …"), action="append", default=[]),
            given("--code", N_("only with this code or tag"), action="append", default=[]),
            given("--plain", N_("as lines instead of a screen"), action="store_true"),
            given("--most", N_("how many are shown, the newest"), type=int, default=50, metavar="N"),
            NAMES,
            JSON,
        ),
        True,
        _search,
    ),
    "matrix": ShellCommand(
        N_("show which themes came up in how many groups, by how many people, how often"),
        (
            FOLDER,
            given("--by-group", N_("a column for each group instead of each segment"), action="store_true"),
            given("--csv", N_("a line for each theme, segment and group, for a spreadsheet"), action="store_true"),
            JSON,
        ),
        True,
        _matrix,
    ),
    "compare": ShellCommand(
        N_("show the same question in every group beside each other"),
        (
            FOLDER,
            given("question", N_("the question: its number, or words of it"), nargs="+", metavar="QUESTION"),
            given("--most", N_("how many quotes and paraphrases of each group"), type=int, default=5, metavar="N"),
            NAMES,
            JSON,
        ),
        True,
        _compare,
    ),
    "diff": ShellCommand(
        N_("show what changed in the guide from group to group"),
        (
            FOLDER,
            given("groups", N_("two groups, by number; without them each beside the next"), nargs="*", metavar="GROUP"),
            JSON,
        ),
        True,
        _diff,
    ),
    "carry": ShellCommand(
        N_("show which questions earlier groups left for the next one"),
        (
            FOLDER,
            given("--group", N_("for this group instead of the first to come"), metavar="GROUP"),
            given("--write", N_("write them into the plan of that group"), action="store_true"),
            JSON,
        ),
        True,
        _carry,
    ),
    "codes": ShellCommand(
        N_("put the codebooks of the groups together, and say how far coders agree"),
        (
            FOLDER,
            given("--merge", N_("in every group let this code go into another one"), metavar="CODE"),
            given("--rename", N_("in every group give this code another name"), metavar="CODE"),
            given("--split", N_("in every group let a part of this code go to another one"), metavar="CODE"),
            given(
                "--passages",
                N_('with --split: what goes, as group 1 #12, 32:10-34:00; group 2 "words"'),
                metavar="PASSAGES",
            ),
            given("--into", N_("the code that it becomes"), metavar="CODE"),
            given("--share", N_("give every group the codes that it lacks"), action="store_true"),
            given("--like", N_("with --share: exactly as this group has them"), metavar="GROUP"),
            given("--undo", N_("in every group take back what was done last to the codes"), action="store_true"),
            given("--why", N_("why, for the history"), metavar="TEXT"),
            given("--name", N_("who does it; otherwise who works at this computer")),
            given("--dry-run", N_("only say what would change in each group"), action="store_true"),
            given(
                "--history",
                N_("tell when each code was made, renamed, merged and split, by whom and why"),
                action="store_true",
            ),
            given("--plain", N_("as lines instead of a screen"), action="store_true"),
            NAMES,
            JSON,
        ),
        True,
        _codes,
    ),
    "kto": ShellCommand(
        N_("show what the surveys among customers say, beside quotes, and what to ask a group about"),
        (FOLDER, JSON),
        True,
        _kto,
    ),
    "questionnaire": ShellCommand(
        N_("look at a questionnaire before it goes out: leading, double and denying questions, scales"),
        (given("file", N_("the questions, as a text"), type=Path, metavar="FILE.md"), JSON),
        True,
        _questionnaire,
    ),
    "saturation": ShellCommand(
        N_("show how many new themes each group brought"),
        (
            FOLDER,
            given("--base", N_("how many groups to begin with"), type=int, default=4, metavar="N"),
            given("--run", N_("in how many groups little must be new"), type=int, default=2, metavar="N"),
            given("--threshold", N_("how little, in per cent of the base"), type=float, default=5.0, metavar="N"),
            given("--plain", N_("as lines instead of a screen"), action="store_true"),
            JSON,
        ),
        True,
        _saturation,
    ),
    "report": ShellCommand(
        N_("write the report of a study, as a page, for Word or in Markdown"),
        (
            FOLDER,
            given("-o", N_("the file to write: .html, .docx or .md"), dest="out", type=Path, metavar="REPORT"),
            given(
                "--for",
                N_("for whom: the team gets all of it, the client neither COREQ, lone voices nor remarks on files"),
                dest="reader",
                choices=("team", "client"),
                default="team",
            ),
            FORCE,
            given("--names", N_("with the names of people; otherwise codes"), action="store_true"),
        ),
        True,
        _report,
    ),
    "export": ShellCommand(
        N_("write all sessions of a study into one file, in another form"),
        (
            FOLDER,
            given("--to", N_("the format"), required=True, choices=TOGETHER),
            given("-o", N_("the file or folder to write"), dest="out", metavar="PATH"),
            FORCE,
            given("--names", N_("with the names of people; otherwise codes"), action="store_true"),
            COLUMNS,
            given("--sound", N_("the sound goes along too, in a format that can hold it"), action="store_true"),
        ),
        True,
        _export,
    ),
}
STUDY = ShellCommand(N_("look after a study: several groups around one question"), (), True, lambda _asked: 0, ACTS)
