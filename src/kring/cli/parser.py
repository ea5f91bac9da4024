"""The command line: the table of the commands of the shell, and the parser that is made of it."""

from __future__ import annotations

import argparse
import os
import re
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

import msgspec

from kring import __version__
from kring.domain.text import N_, KringError, clean
from kring.system import i18n
from kring.system.i18n import _

OF_CODES = frozenset({"join", "observe", "observers", "server"})
"""The commands that take the code of a session."""
FEWEST_HYPHENS = 10


class Argument(msgspec.Struct, frozen=True):
    """Something that a command is given on its line."""

    name: str
    help: str
    options: dict[str, Any]


class ShellCommand(msgspec.Struct, frozen=True):
    """A command of the shell; its `run` imports what it needs and returns the exit code.

    `acts` are commands below it, as in `kring study check FOLDER`; where none is named, it is the first.
    """

    summary: str
    arguments: tuple[Argument, ...]
    needs_sqlite: bool
    run: Callable[[Namespace], int]
    acts: Mapping[str, ShellCommand] = {}

    def asked(self, words: Namespace) -> ShellCommand:
        """Return the command below this one that was asked for, or this one."""
        return self.acts[words.act] if self.acts else self


WITH_DISTANCE = ("--offset",)
COMMANDS: dict[str, ShellCommand] = {}


def command(
    summary: str, *arguments: Argument, needs_sqlite: bool = True
) -> Callable[[Callable[[Namespace], int]], Callable[[Namespace], int]]:
    """Put a function into the table of commands, under its own name with hyphens; one of Python's own ends in `_`."""

    def enter(run: Callable[[Namespace], int]) -> Callable[[Namespace], int]:
        COMMANDS[run.__name__.removesuffix("_").replace("_", "-")] = ShellCommand(summary, arguments, needs_sqlite, run)
        return run

    return enter


def given(name: str, help: str, **options: Any) -> Argument:  # noqa: A002 - argparse's own word
    """Describe an argument in argparse's words; `help` is translated when it is shown."""
    return Argument(name, help, options)


FORCE = given("--force", N_("replace a file that kring did not write, or that was changed since"), action="store_true")
JSON = given("--json", N_("print JSON, for programs"), action="store_true")
EXPLAIN = given("--explain", N_("show what each line is taken for, and why"), action="store_true")
PLAIN = given("--plain", N_("typed lines instead of screens, for screen readers and scripts"), action="store_true")
SOUND = (
    given("--keep", N_("make FLAC of WAV, every sample compared"), action="store_true"),
    given("--to", N_("write all of it as one file"), choices=("mp3", "wav")),
    given("-o", N_("with --to: the file to write"), dest="out", type=Path, metavar="PATH"),
    given("--send", N_("send what lies here to the other laptop of a shared session"), action="store_true"),
    given("--fetch", N_("fetch what the other laptop of a shared session sends"), action="store_true"),
)
RUNNING = (
    given(
        "--share",
        N_("let others join from their own laptops, at this address of this one"),
        nargs="?",
        const="",
        metavar="ADDRESS",
    ),
    given(
        "--credentials",
        N_("let others join through the server of an agency, with the file that it gave out"),
        type=Path,
        metavar="FILE",
    ),
    given("--server", N_("with --credentials: at this address of it, such as wss://server.example.org"), metavar="URL"),
    PLAIN,
    given("--strict", N_("with --plain: end with status 1 at a refused line"), action="store_true"),
    given("--simulated-clock", N_("with --plain: begin at this time; `wait 90s` moves it on"), metavar="TIME"),
)
COLUMNS = given(
    "--columns",
    N_("other columns of the list of participants that may leave, between commas"),
    type=lambda text: [part.strip() for part in text.split(",") if part.strip()],
    default=(),
    metavar="COLUMNS",
)


class PrintSchema(argparse.Action):
    """An option that needs no session file, as `--version` needs no command."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print the JSON Schema of the JSON export, and stop."""
        from kring.exports.json_schema import text

        sys.stdout.write(text())
        parser.exit()


class _Parser(argparse.ArgumentParser):
    """A parser that asks how wide the terminal is when it has something to say; argparse asks at each argument."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options | {"formatter_class": partial(argparse.HelpFormatter, width=80)})

    def format_help(self) -> str:
        self.formatter_class = argparse.HelpFormatter
        return super().format_help()

    def format_usage(self) -> str:
        self.formatter_class = argparse.HelpFormatter
        return super().format_usage()

    def error(self, message: str) -> NoReturn:
        # The message quotes what was typed, and a terminal obeys an escape sequence.
        super().error(clean(message))


class _CommandLine(_Parser):
    """The parser of the whole line, on which the first act of a command need not be named."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Return what a line asks, and what nobody understands of it."""
        return super().parse_known_args(with_act(sys.argv[1:] if args is None else args), namespace)


# What argparse says by itself, so that the catalogue has it.
_WORDS_OF_ARGPARSE = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("expected one argument"),
    N_("invalid %(type)s value: %(value)r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("not allowed with argument %s"),
    N_("ignored explicit argument %r"),
)


def parser(words: Sequence[str] = ()) -> argparse.ArgumentParser:
    """Return the parser of the command line, in the language in use; of these words, if they name a command.

    The other commands take milliseconds then, and are nowhere to be seen.
    """
    vars(argparse)["_"] = _  # argparse asks the system's catalogue, which has no Dutch of it
    language = _Parser(add_help=False)
    # Before or after the command; the absent one must not wipe out the other.
    language.add_argument("--lang", choices=i18n.LANGUAGES, default=argparse.SUPPRESS, help=_("language"))
    top = _CommandLine("kring", description=_("Run a live focus group in the terminal."), parents=[language])
    top.add_argument("--version", action="version", version=f"kring {__version__}", help=_("show the version and stop"))
    several = top.add_subparsers(title=_("commands"), metavar=_("command"), dest="command", parser_class=_Parser)
    named = next((word for before, word in pairwise(["", *words]) if word[:1] != "-" and before != "--lang"), "")
    for name, one in {named: COMMANDS[named]}.items() if named in COMMANDS else COMMANDS.items():
        its_parser = _add(several, name, one, language)
        if one.acts:
            acts = its_parser.add_subparsers(title=_("commands"), metavar=_("command"), dest="act", required=True)
            for act, below in one.acts.items():
                _add(acts, act, below, language)
    return top


def _add(several: Any, name: str, one: ShellCommand, language: _Parser) -> argparse.ArgumentParser:
    summary = _(one.summary)
    its_parser: argparse.ArgumentParser = several.add_parser(
        name, help=summary, description=summary, parents=[language]
    )
    for argument in one.arguments:
        its_parser.add_argument(argument.name, help=_(argument.help), **argument.options)
    return its_parser


def parsed(words: Sequence[str]) -> Namespace:
    """Return what a command line asks; files may stand before its options and behind them."""
    its_parser = parser(words)
    asked, rest = its_parser.parse_known_args(with_distances(words), Namespace(lang=None, command=None))
    if asked.command not in OF_CODES and any(map(_is_code, words)):  # it stands in no message and no name of a file
        raise KringError("This is the code of a session: kring join, or kring observe for who only watches.")
    if rest and hasattr(asked, "files") and not any(word.startswith("-") for word in rest):
        asked.files = [*asked.files, *map(Path, rest)]
    elif rest:
        its_parser.error(_("unrecognized arguments: %s") % " ".join(rest))
    return asked


def _is_code(word: str) -> bool:
    return word.count("-") >= FEWEST_HYPHENS and word.replace("-", "").isalnum() and word.isupper()


def speak(asked: Namespace, plan_lang: str | None = None) -> None:
    """Choose the language again, now that the plan's is known."""
    choose_language(asked.lang, plan_lang)


def speak_of(asked: Namespace, file: Path) -> None:
    """Choose the language that a session file asks for."""
    from kring.cli.session_file import language_of

    speak(asked, language_of(file))


def choose_language(option: str | None, plan_lang: str | None = None) -> None:
    """Speak the language that was asked for, else the plan's, else that of the settings or the computer."""
    from kring.system import settings

    i18n.use(i18n.choose(option, plan_lang, os.environ, settings.read().lang))


def with_distances(words: Sequence[str]) -> list[str]:
    """Return the words of a command line in which a distance below zero is no option: `--offset -0:04`."""
    told: list[str] = []
    for word in words:
        is_distance = re.match(r"[-−]\d", word) is not None
        if told and told[-1] in WITH_DISTANCE and is_distance:
            told[-1] += f"={word}"
        else:
            told.append(word)
    return told


def with_act(words: Sequence[str]) -> list[str]:
    """Return the words of a command line in which a command with others below it names one of them, or asks help."""
    told = list(words)
    free = [
        place
        for place, (before, word) in enumerate(pairwise(["", *words]))
        if before != "--lang" and (word[:1] != "-" or word in ("-h", "--help"))
    ]
    acts = COMMANDS[told[free[0]]].acts if free and told[free[0]] in COMMANDS else {}
    if acts and len(free) > 1 and told[free[1]] not in (*acts, "-h", "--help"):
        told.insert(free[0] + 1, next(iter(acts)))
    return told


def asked_language(words: Sequence[str]) -> str | None:
    """Return the language that `--lang` names, before the parser is there: its own help has to be in that one."""
    for word, following in pairwise([*words, ""]):
        if word == "--lang":
            return following
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None
