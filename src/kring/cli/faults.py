"""What a person reads of a command that could not do its work: one sentence."""

from __future__ import annotations

import errno
import os
import sys

from kring.domain.text import N_, Sentence, clean
from kring.system.i18n import say

FAILED = 1
MOST_OF_A_NAME = 30


def tell(sentence: Sentence) -> int:
    """Print a sentence where faults go, and return the exit code of a command that failed."""
    sys.stderr.write(f"kring: {clean(say(sentence))}\n")
    return FAILED


def denied(fault: Exception) -> Sentence | None:
    """Return which file this user may not look up, read or write; None of another fault."""
    if not isinstance(fault, PermissionError) or fault.filename is None:
        return None
    return Sentence(N_("{file} may not be read or written here."), {"file": os.fsdecode(fault.filename)})


def too_long(fault: Exception) -> Sentence | None:
    """Return which name is too long for a file, as a code is; None of another fault."""
    if not isinstance(fault, OSError) or fault.errno != errno.ENAMETOOLONG or fault.filename is None:
        return None
    return Sentence(
        N_("{file} is too long for the name of a file."), {"file": f"{os.fsdecode(fault.filename)[:MOST_OF_A_NAME]}…"}
    )


def kept(fault: Exception) -> Sentence:
    """Keep where a fault lies in a file of its own, without words of people, and return what to say of it."""
    from kring.system import crash_log, folders

    file = crash_log.keep(fault)
    if file is None:
        return Sentence("Something broke that kring did not expect. What was saved is safe.")
    return Sentence(
        "Something broke that kring did not expect. What was saved is safe; where it broke is in {file}.",
        {"file": folders.with_tilde(str(file))},
    )
