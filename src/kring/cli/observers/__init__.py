"""`kring observers`: a session followed in a browser; its acts are listed here, the first is meant where none is."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from kring.cli.parser import ShellCommand, given
from kring.domain.text import N_

WHICH = N_("the session file, or the code of an observer")
SESSION = given("session", WHICH, metavar="SESSION.db|CODE")
NAME = given("words", N_("whose link, and until when: 2h, 22:30 or 2026-12-04"), nargs="+", metavar="NAME")
ROOM = given("words", N_("until when: 2h, 22:30 or 2026-12-04"), nargs="*", metavar="UNTIL")


def _serve(asked: Namespace) -> int:
    from kring.cli.observers.serve import serve_command

    return serve_command(asked)


def _links(asked: Namespace) -> int:
    from kring.cli.observers.links import links_command

    return links_command(asked)


def _watch(asked: Namespace) -> int:
    from kring.cli.observers.watch import watch_command

    return watch_command(asked)


OBSERVE = ShellCommand(
    N_("watch a session, and put questions to the team"),
    (
        given(
            "session",
            N_("the session file, or the code that you were given; without it, it is asked for"),
            nargs="*",
            metavar="SESSION.db|CODE",
        ),
        given("--name", N_("what the team and the other observers call you")),
    ),
    True,
    _watch,
)
SUMMARY = N_("serve a page on which observers follow a session in a browser, and see to their links")
ACTS: dict[str, ShellCommand] = {
    "serve": ShellCommand(
        N_("serve the page until it is ended, with a personal link for each observer"),
        (
            given("session", WHICH, metavar="SESSION.db|CODE", nargs="?"),
            given(
                "--listen",
                N_("the address of this computer to be reached at; without it only from this computer"),
                metavar="ADDRESS[:PORT]",
                default="127.0.0.1",
            ),
            given("--address", N_("where observers find the page, if it is not that"), default="", metavar="URL"),
            given("--certificate", N_("the certificate (PEM) for that address"), type=Path, metavar="FILE"),
            given("--key", N_("the key of the certificate (PEM)"), type=Path, metavar="FILE"),
            given(
                "--behind-proxy",
                N_("a web server in front encrypts, and says who asks"),
                action="store_true",
            ),
            given("--invite", N_("make a link for somebody; more than once"), action="append", metavar="NAME"),
            given(
                "--room", N_("make the link of the participants' room: clock and assignment only"), action="store_true"
            ),
            given("--until", N_("until when these links work: 2h, 22:30 or 2026-12-04"), metavar="UNTIL"),
        ),
        True,
        _serve,
    ),
    "add": ShellCommand(N_("make a link for one observer"), (SESSION, NAME), True, _links),
    "room": ShellCommand(
        N_("make the link of the participants' room: clock and assignment only"), (SESSION, ROOM), True, _links
    ),
    "list": ShellCommand(N_("say who was invited, and until when"), (SESSION,), True, _links),
    "revoke": ShellCommand(N_("end a link at once"), (SESSION, NAME), True, _links),
    "extend": ShellCommand(N_("let a link work longer"), (SESSION, NAME), True, _links),
    "renew": ShellCommand(N_("give another link, and end the one before"), (SESSION, NAME), True, _links),
}
OBSERVERS = ShellCommand(SUMMARY, (), True, _serve, ACTS)
COMMANDS = {"observe": OBSERVE, "observers": OBSERVERS}
