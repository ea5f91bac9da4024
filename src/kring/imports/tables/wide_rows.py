"""Rows with more cells than the table has columns: somebody's words hold the sign that parts cells, without quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kring.imports.tables.cells import Kind, kind_in, kind_of
from kring.imports.tables.rows import Row

_MOSTLY = 0.8
_SAMPLE = 500
_COUNTED = frozenset((Kind.NUMBER, Kind.MOMENT, Kind.DAY, Kind.TIME, Kind.DURATION, Kind.EMAIL, Kind.CODE))


class JoinedRows(NamedTuple):
    """The rows of a table, the wide ones among them joined again, and those of which nobody can tell where."""

    rows: list[Row]
    unclear: list[Row]


def narrowed(rows: Sequence[Row], width: int, sign: str) -> JoinedRows:
    """Return rows that are no wider than the table, where most are not.

    The words that were parted are those of the one column of words by which numbers, moments and the like stand in
    their own columns again; `sign` is put back between them. Where it is "", as in a workbook, no words are parted:
    what stands beside the table is a remark there.
    """
    usual = [row for row in rows if len(row.cells) <= width]
    if not sign or len(usual) == len(rows) or len(usual) < _MOSTLY * len(rows):
        return JoinedRows(list(rows), [])
    kinds = [kind_in([row.cell(place) for row in usual[:_SAMPLE]]) for place in range(width)]
    told = JoinedRows([], [])
    for row in rows:
        found = [row] if len(row.cells) <= width else list(_joined(row, kinds, sign))
        (told.rows if len(found) == 1 else told.unclear).append(found[0] if len(found) == 1 else row)
    return told


def _joined(row: Row, kinds: Sequence[Kind], sign: str) -> Iterator[Row]:
    """Yield the ways in which a row fits the columns of a table."""
    more = len(row.cells) - len(kinds) + 1
    for place, kind in enumerate(kinds):
        if kind is not Kind.TEXT:
            continue
        words = f"{sign} ".join(row.cells[place : place + more])
        cells = (*row.cells[:place], words, *row.cells[place + more :])
        if all(_fits(cell, own) for cell, own in zip(cells, kinds, strict=True)):
            yield Row(row.line, cells)


def _fits(cell: str, kind: Kind) -> bool:
    return kind_of(cell) in (kind, Kind.EMPTY) if kind in _COUNTED else True
