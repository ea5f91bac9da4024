"""Input and output as the shell hands them on: closed, cut off by the next program, on a full disk, of odd signs."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TextIO

from kring.domain.text import Sentence
from kring.system.durable import is_full

_MODES = {"stdin": "r", "stdout": "w", "stderr": "w"}


def make_usable() -> Sentence | None:
    """Let closed streams lead nowhere, for the next file that is opened would take their number.

    Return why nothing can be printed, where that is so.
    """
    is_closed = sys.stdout is None
    for name, mode in _MODES.items():  # in the order of their numbers: each gets the lowest that is free
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))
    for stream in (sys.stdout, sys.stderr):
        _never_fail_at_a_character(stream)
    return Sentence("Standard output is closed: there is nowhere to print to.") if is_closed else None


def _never_fail_at_a_character(stream: TextIO) -> None:
    # A terminal that cannot show a character gets its code instead.
    if reconfigure := getattr(stream, "reconfigure", None):
        reconfigure(errors="backslashreplace")


def let_go_of_output() -> None:
    """Print nothing more: Python flushes at its end, and would complain of a closed pipe or a full disk once more."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())


def why_not_printed(fault: Exception) -> Sentence | None:
    """Return what it means that printing failed, None where something else did."""
    if isinstance(fault, OSError) and fault.filename is None and is_full(fault):
        return Sentence("The disk is full: not all could be printed.")
    return None
