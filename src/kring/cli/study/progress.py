"""How far the reading of a study's session files is, on the terminal; nothing of it stays."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from kring.study.reads import Reads, read_all
from kring.system.i18n import _

SILENT_S, STEP_S = 1.0, 0.2
_CLEAR = "\r\x1b[K"


@contextmanager
def told() -> Iterator[Reads]:
    """Give what reads all files, and tells of it on a terminal once that takes long; Ctrl+C keeps what was read."""
    try:
        with _telling() if sys.stderr.isatty() else nullcontext(read_all) as reads:
            yield reads
    except KeyboardInterrupt:
        raise KeyboardInterrupt(_("Stopped; what was read is kept, and nothing else was written.")) from None


@contextmanager
def _telling() -> Iterator[Reads]:
    tells_at = time.monotonic() + SILENT_S
    has_told = False

    def tell(place: int, of: int) -> bool:
        nonlocal tells_at, has_told
        if time.monotonic() >= tells_at:
            so_far = _("{n} of {all} session files are read …").format(n=place, all=of)
            sys.stderr.write(f"{_CLEAR}{so_far}   {_('Ctrl+C stops; what was read is kept')}")
            sys.stderr.flush()
            tells_at, has_told = time.monotonic() + STEP_S, True
        return True

    try:
        yield tell
    finally:
        if has_told:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()
