"""The codebook for Taguette: a CSV of paths and descriptions, with the mark without which it garbles é."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import groupby
from typing import BinaryIO

from kring.exports.account import spoken
from kring.exports.identity import identities
from kring.exports.refi.codebook import Code, codebook
from kring.privacy.snapshot import Snapshot
from kring.system.output_files import Progress

LONGEST_PATH = 200
"""Taguette refuses a whole codebook for one path that is longer."""
DEEPEST = 12
"""Of a code that lies deeper the nearest so many above it are told, so that each has room to say something."""
_NUMBERED = len(" (999)")
_FORMULA = re.compile(r"[=+\-@\t]")


def write(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write the researchers' codes and the tags, each with all that stands above it, parted by dots."""
    _write(codebook(identities([snapshot]), [spoken(snapshot)]).by_hand, file)


def write_all(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write the guide and the speakers as codes too."""
    _write(codebook(identities([snapshot]), [spoken(snapshot)]).codes, file)


def _write(codes: Iterable[Code], file: BinaryIO) -> None:
    paths = list(_paths(codes, ()))
    text = StringIO(newline="")
    table = csv.writer(text)
    table.writerow(("path", "description"))
    table.writerows((_harmless(path), _harmless(description)) for path, description in _that_fit(paths))
    file.write("\ufeff".encode() + text.getvalue().encode())


def _paths(codes: Iterable[Code], above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    for code in codes:
        path = (*above, code.name.replace(".", "·"))  # a dot parts a code from the one above it
        if code.is_codable:
            yield path, code.description
        yield from _paths(code.codes, path)


def _that_fit(paths: list[tuple[tuple[str, ...], str]]) -> Iterator[tuple[str, str]]:
    """Yield paths that Taguette takes.

    Below one code of the top all names are cut alike where a path is too long, so what is above a code is still the
    code above it.
    """
    rooms: dict[str, int] = {}
    for top, those in groupby(paths, key=lambda one: one[0][0]):
        here = [path for path, _description in those]
        deepest = min(max(map(len, here)), DEEPEST)
        most = max(len(".".join(path)) for path in here)
        rooms[top] = most if most < LONGEST_PATH else (LONGEST_PATH - deepest) // deepest - _NUMBERED
    cut: dict[tuple[str, ...], tuple[str, ...]] = {(): ()}
    given: set[tuple[str, ...]] = set()
    for path, description in paths:
        room = rooms[path[0]]
        for depth, name in enumerate(path):
            above, place = path[:depth], path[: depth + 1]
            if place not in cut:
                told = name if len(name) <= room else f"{name[: room - 1].rstrip()}…"
                cut[place] = _unlike(given, cut[above], told)
        yield ".".join(cut[path][-DEEPEST:]), description


def _unlike(given: set[tuple[str, ...]], above: tuple[str, ...], name: str) -> tuple[str, ...]:
    told, number = (*above, name), 1
    while told in given:
        number += 1
        told = (*above, f"{name} ({number})")
    given.add(told)
    return told


def _harmless(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text
