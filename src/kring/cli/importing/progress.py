"""What long work on a file is doing, on the terminal: after a second, with how long it takes, until it is done."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from kring.system.i18n import _

SILENT_S = 1.0
"""What takes no longer than this is done before anybody wonders."""
STEP_S = 0.5
_CLEAR = "\r\x1b[K"


@contextmanager
def told(what: str) -> Iterator[None]:
    """Tell on a terminal what is done while it is, once it takes long; nothing stays of it, but that it was stopped."""
    try:
        with _telling(what) if sys.stderr.isatty() else nullcontext():
            yield
    except KeyboardInterrupt:
        raise KeyboardInterrupt(_("Stopped; nothing was written.")) from None


@contextmanager
def _telling(what: str) -> Iterator[None]:
    is_done = threading.Event()
    telling = threading.Thread(target=_tell, args=(what, is_done), daemon=True, name="progress")
    telling.start()
    try:
        yield
    finally:
        is_done.set()
        telling.join()


def _tell(what: str, is_done: threading.Event) -> None:
    waited_s = SILENT_S
    if is_done.wait(SILENT_S):
        return
    while True:
        way_out = _("Ctrl+C stops it, and nothing is written")
        sys.stderr.write(f"{_CLEAR}{what}  {waited_s:.0f} s   {way_out}")
        sys.stderr.flush()
        if is_done.wait(STEP_S):
            break
        waited_s += STEP_S
    sys.stderr.write(_CLEAR)
    sys.stderr.flush()
