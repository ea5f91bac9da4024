"""What a command says of a file that it wrote: what stays in, what was replaced, and of what it is not sure."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from kring.domain.text import clean
from kring.privacy.replaced import told_replaced
from kring.privacy.roster_columns import told_held_back
from kring.privacy.snapshot import Snapshot
from kring.system.i18n import _


def say_written(out: Path, *snapshots: Snapshot, more: Sequence[str] = ()) -> None:
    """Say that a file is written, and what is not in it as it was said; `more` is what else there is to say."""
    sys.stdout.write(clean("\n".join([*told_written(out, *snapshots), *more])) + "\n")


def told_written(out: Path, *snapshots: Snapshot) -> list[str]:
    """Return what is said of it, line by line; of several sessions, of which each is said."""
    with_names = snapshots[0].with_names
    done = _("{file} is written, with names.") if with_names else _("{file} is written, with codes for the names.")
    held_back = list(dict.fromkeys(column for one in snapshots for column in one.held_back))
    told = [done.format(file=out), *told_held_back(held_back)]
    for one in snapshots:
        replaced = [] if with_names and not one.replaced.codes else told_replaced(one.replaced, one.path)
        told += replaced if len(snapshots) == 1 else [f"{one.path.name}: {line}" for line in replaced]
    return told
