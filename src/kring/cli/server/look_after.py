"""`kring server check` and `kring server withdraw`: what is wrong, and who no longer gets in."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from kring.cli.joining.join import typed_code
from kring.domain.text import Sentence, clean
from kring.system.clock import SystemClock
from kring.system.i18n import say
from kring.team.agency import checking, config, installation, withdrawing


def check_command(asked: Namespace) -> int:
    """Say what is wrong, each in a sentence; 1 where something is."""
    place, now_s = Path(asked.server), SystemClock().wall_ms() // 1000
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
        _print(
            Sentence(
                "{name} does not know yet: copy {file} there, and reload it.",
                {"name": name, "file": str(asked.folder / name / config.ACCOUNTS)},
            )
        )
    return 0


def _print(sentence: Sentence) -> None:
    sys.stdout.write(clean(say(sentence)) + "\n")
    sys.stdout.flush()
