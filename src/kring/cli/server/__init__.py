"""`kring server`: the server of an agency, for whoever looks after it; its acts are listed here."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from kring.cli.parser import ShellCommand, given
from kring.domain.text import N_
from kring.team import require_extra


def _init(asked: Namespace) -> int:
    require_extra()
    from kring.cli.server.init import init_command

    return init_command(asked)


def _check(asked: Namespace) -> int:
    require_extra()
    from kring.cli.server.look_after import check_command

    return check_command(asked)


def _withdraw(asked: Namespace) -> int:
    require_extra()
    from kring.cli.server.look_after import withdraw_command

    return withdraw_command(asked)


def _erase(asked: Namespace) -> int:
    require_extra()
    from kring.cli.server.look_after import erase_command

    return erase_command(asked)


FOLDER = given("folder", N_("the folder of the server"), type=Path, metavar="DIR")
INIT = (
    FOLDER,
    given(
        "--hosts",
        N_("the name or number at which laptops reach the server; of a cluster three, between commas"),
        type=lambda text: [part.strip() for part in text.split(",") if part.strip()],
        default=[],
        metavar="HOST[,HOST,HOST]",
    ),
    given("--nodes", N_("how many servers: 1, 3 or 5; otherwise as many as there are hosts"), type=int, metavar="N"),
    given("--study", N_("add a study, or change what it may take"), action="append", default=[], metavar="NAME"),
    given("--sessions", N_("how many sessions a study may have there"), type=int, default=1000, metavar="N"),
    given("--disk", N_("how many GB a study may take of all disks together"), type=int, default=30, metavar="GB"),
    given("--connections", N_("how many laptops a study may have there at a time"), type=int, default=600, metavar="N"),
    given("--port", N_("the port for laptops"), type=int, default=4222, metavar="N"),
    given("--web-port", N_("the port where only the web is let through; 0: none"), type=int, default=443, metavar="N"),
    given("--cert", N_("the certificate of the server, where somebody else signed it"), type=Path, metavar="FILE"),
    given("--key", N_("with --cert: its key"), type=Path, metavar="FILE"),
)

CHECK = (
    given(
        "server", N_("the folder of the servers, or that of one on its own computer; or an address"), metavar="DIR|URL"
    ),
)
WITHDRAW = (
    FOLDER,
    given("--study", N_("all that was ever given out for this study, instead of one code"), metavar="NAME"),
)
ERASE = (
    FOLDER,
    given("session", N_("a file of the session, or its number"), metavar="SESSION"),
    given("--study", N_("of which study it is"), required=True, metavar="NAME"),
)
SERVER = ShellCommand(
    N_("look after the server of an agency, through which sessions are shared"),
    (),
    False,
    _init,
    {
        "init": ShellCommand(N_("write what a server or a cluster needs, or add a study"), INIT, False, _init),
        "check": ShellCommand(N_("say what is wrong with a server or a cluster"), CHECK, False, _check),
        "withdraw": ShellCommand(N_("let nobody in with a code that was given out"), WITHDRAW, False, _withdraw),
        "erase": ShellCommand(N_("take a session off the servers for good"), ERASE, True, _erase),
    },
)
