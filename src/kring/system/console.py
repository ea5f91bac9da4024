"""What the shell is told while a command is still at it."""

from __future__ import annotations

import sys
from contextlib import suppress

from kring.domain.text import Sentence, clean
from kring.system.i18n import say


def tell(sentence: Sentence) -> None:
    """Say something beside the output of a command, where somebody may read it."""
    with suppress(OSError, ValueError):  # closed, or full
        sys.stderr.write(f"kring: {clean(say(sentence))}\n")
        sys.stderr.flush()
