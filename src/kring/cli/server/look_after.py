"""`kring server check`, `withdraw` and `erase`: what is wrong, who no longer gets in, what is no longer there."""

from __future__ import annotations

import asyncio
import sys
from argparse import Namespace
from contextlib import closing
from pathlib import Path
from uuid import UUID

from kring.cli.joining.join import typed_code
from kring.cli.server.init import not_told
from kring.domain.text import KringError, Sentence, clean
from kring.store import files
from kring.system.clock import SystemClock
from kring.system.i18n import say
from kring.team.agency import checking, config, erasing, installation, withdrawing


def check_command(asked: Namespace) -> int:
    """Say what is wrong, each in a sentence; 1 where something is."""
    place, now_s = Path(asked.server), SystemClock().wall_ms() // 1000
    if place.is_file():
        raise KringError("{folder} is no folder of a server: kring server init makes one.", folder=asked.server)
    if not place.is_dir():
        found = checking.of_server(asked.server, now_s)
    elif (place / installation.FILE).exists() or not (place / config.SERVER).exists():
        found = checking.of_folder(place, now_s)
    else:
        found = checking.of_node(place, now_s)
    is_wrong = False
    for sentence in found:
        is_wrong = True
        _print(sentence)
    if not is_wrong:
        _print(Sentence("Nothing wrong was found."))
    return int(is_wrong)


def withdraw_command(asked: Namespace) -> int:
    """Let nobody in with a code that is asked for, or with anything that was given out for a study."""
    now_s = SystemClock().wall_ms() // 1000
    if asked.study is None:
        study, untold = withdrawing.code(asked.folder, typed_code(), now_s)
        _print(Sentence("Nobody is let in to {study} with that code any more.", {"study": study}))
    else:
        untold = withdrawing.everything(asked.folder, asked.study, now_s)
        _print(
            Sentence(
                "Nobody is let in to {study} with what was given out before; the credentials and the reading code in "
                "{folder} are new ones.",
                {"study": asked.study, "folder": str(asked.folder / installation.STUDIES)},
            )
        )
    for name in untold:
        _print(not_told(asked.folder / name))
    return 0


def erase_command(asked: Namespace) -> int:
    """Take a session off the servers, named by a file of it or by its number."""
    one = installation.known(asked.folder)
    session = _session(asked.session)
    now_s = SystemClock().wall_ms() // 1000
    if not asyncio.run(erasing.erase(asked.folder, one, asked.study, session, now_s)):
        raise KringError("That session is not on the servers, in {study}.", study=asked.study)
    _print(
        Sentence(
            "The session is off the servers. A laptop that shares it from now on brings all that it has there again: "
            "take out there first what is not to come back."
        )
    )
    return 0


def _session(named: str) -> str:
    try:
        return str(UUID(named))
    except ValueError:
        with closing(files.open_(Path(named), "read")) as store:
            found = store.connection.execute("select id from session").fetchone()
    if found is None:
        raise KringError("{file} holds no session yet.", file=named)
    return str(found[0])


def _print(sentence: Sentence) -> None:
    sys.stdout.write(clean(say(sentence)) + "\n")
    sys.stdout.flush()
