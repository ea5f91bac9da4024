"""What a command says of a file that it wrote: what stays in, what was replaced, and of what it is not sure."""

from __future__ import annotations

import sys
from pathlib import Path

from kring.domain.text import clean
from kring.privacy.replaced import told_replaced
from kring.privacy.roster_columns import told_held_back
from kring.privacy.snapshot import Snapshot
from kring.system.i18n import _


def say_written(out: Path, snapshot: Snapshot) -> None:
    """Say that a file is written, and what is not in it as it was said."""
    sys.stdout.write(clean("\n".join(told_written(out, snapshot))) + "\n")


def told_written(out: Path, snapshot: Snapshot) -> list[str]:
    """Return what is said of it, line by line."""
    with_names = snapshot.with_names
    done = _("{file} is written, with names.") if with_names else _("{file} is written, with codes for the names.")
    told = [] if with_names and not snapshot.replaced.codes else told_replaced(snapshot.replaced)
    return [done.format(file=out), *told_held_back(snapshot.held_back), *told]
