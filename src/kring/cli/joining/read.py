"""`kring join --read`: the sessions of a study, kept up to date in a folder of a researcher."""

from __future__ import annotations

import asyncio
import sys
from argparse import Namespace
from pathlib import Path

from kring.cli.joining.join import typed_code
from kring.domain.text import KringError, Sentence, clean
from kring.system.i18n import say
from kring.team import access
from kring.team.agency.reading import Reading
from kring.team.entry import passes


def read_command(asked: Namespace) -> int:
    """Bring the folder up to date, once or until Ctrl+C."""
    if asked.plain or asked.name is not None:
        raise KringError("With --read nobody takes part: leave --plain and --name out.")
    code = " ".join(asked.code) or typed_code()
    if not passes.is_pass(code):
        raise KringError("This is no code of a study; who looks after the agency's server has it.")
    wanted = access.reading_with(passes.read(code))
    folder: Path = asked.out or Path()
    if not folder.is_dir():
        raise KringError("There is no folder {folder}; make it first.", folder=str(folder))
    reading = Reading(folder, wanted, _print)
    try:
        if asked.once:
            asyncio.run(reading.once())
        else:
            _print(Sentence("Sessions of {study} come in here until Ctrl+C.", {"study": wanted.study}))
            asyncio.run(reading.follow())
    except KeyboardInterrupt:
        sys.stdout.write("\n")
    _print(Sentence("Sessions in {folder}: {n}.", {"folder": str(folder), "n": len(reading.known)}))
    return 0


def _print(sentence: Sentence) -> None:
    sys.stdout.write(clean(say(sentence)) + "\n")
    sys.stdout.flush()
