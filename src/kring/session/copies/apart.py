"""Copies of one session that lie in one folder: a file that is opened says where another one holds more of it.

Programs that keep folders alike, and people who copy, give a copy the name of the file with something before or behind
it; only files of such names are looked into.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from kring.domain.text import N_, KringError, Sentence, pattern
from kring.store import files, header
from kring.system.sqlite import sqlite3

MOST_LOOKED_INTO = 12
ENOUGH = 12
"""Letters of a name by which nearly all files of a large folder are told from it, in no time."""
_ADDED = pattern(
    r"(?:\s*[(\[][^()\[\]]*[)\]]"  # x (1), x (Conflict copy 2026-11-30)
    r"|[\s._-]+(?:sync[\s_-]*)?conflict.*"  # x.sync-conflict-20261130-101112-ABCDEFG, x_conflict
    r"|[\s._-]+(?:copy|kopie|copie|kopia)(?:[\s._-]*\d+)?"  # x - Copy, x copy 2
    r"|~\d*)+$",
    re.IGNORECASE,
)
_BEFORE = pattern(r"^(?:copy of|kopie van|copie de|kopie von)\s+", re.IGNORECASE)


class Held(NamedTuple):
    """Which session a file holds, and the ids of its events."""

    session: str
    events: frozenset[str]


def copies_apart(file: Path) -> Iterator[Sentence]:
    """Yield of the copies beside a file which hold more of its session; nobody in this process may have it open.

    A copy that holds no more than the file is an earlier one, and not worth a word.
    """
    others = _called_alike(file)
    here = held(file) if others else None
    for other in others if here is not None else ():
        there = held(other)
        if here is None or there is None or there.session != here.session or there.events <= here.events:
            continue
        told = {"other": other.name, "n": len(there.events - here.events)}
        if here.events < there.events:
            earlier = N_("This is an earlier copy of {other}, which holds more events ({n}). Work in that one.")
            yield Sentence(earlier, told)
        else:
            told |= {"command": merge_line((file, other))}
            went_on = N_("Two copies went on apart: {other} holds events that are not here ({n}). "
                         "To see and join them: {command}")  # fmt: skip
            yield Sentence(went_on, told)


def merge_line(paths: Sequence[Path], out: Path | None = None) -> str:
    """Return the line of the shell that says what differs between copies, or with `out` joins them."""
    return shlex.join(["kring", "merge", *map(str, paths), *(() if out is None else ("--out", str(out)))])


def _called_alike(file: Path) -> list[Path]:
    suffix = file.suffix.lower()
    try:
        names = [one.name for one in os.scandir(file.absolute().parent) if one.name.lower().endswith(suffix)]
    except OSError:
        return []
    if names in ([], [file.name]):  # most lie alone, and need no name compared
        return []
    mine = _plain(file.stem)
    begin, end = mine[:ENOUGH], mine[-ENOUGH:]
    near = (name for name in names if begin in (lower := name.casefold()) or end in lower or len(name) < 2 * ENOUGH)
    alike = [name for name in near if name != file.name and _is_alike(mine, name, suffix)]
    alike.sort(key=lambda name: (_plain(Path(name).stem) != mine, len(name), name))
    paths = (file.with_name(name) for name in alike[:MOST_LOOKED_INTO])
    return [path for path in paths if not path.is_symlink() and _is_database(path)]


def _is_alike(mine: str, name: str, suffix: str) -> bool:
    stem, ending = os.path.splitext(name)  # noqa: PTH122 - of thousands no paths
    if ending.lower() != suffix or name.startswith("."):
        return False
    shorter, longer = sorted((mine, _plain(stem)), key=len)
    return bool(shorter) and (longer.startswith(shorter) or longer.endswith(shorter))


def _plain(stem: str) -> str:
    return _ADDED.sub("", _BEFORE.sub("", stem.casefold())).strip()


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as opened:
            return opened.read(len(header.MAGIC)) == header.MAGIC
    except OSError:
        return False


def held(path: Path) -> Held | None:
    """Return what a file holds that nobody in this process has open; None where that can't be told."""
    try:
        with closing(files.open_(path, "read")) as store:
            row = store.connection.execute("select id from session").fetchone()
            if row is None:
                return None
            return Held(row[0], frozenset(event for (event,) in store.connection.execute("select id from events")))
    except (KringError, sqlite3.Error, UnicodeError, OSError):
        return None
