"""Tables that were copied out of a document or a sheet as text: a tab between their cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from kring.domain.text import one_line
from kring.plans.lines import Line
from kring.plans.people.roster import names_people
from kring.plans.reading.columns import is_guide_table
from kring.plans.reading.part_rows import part_of_row

_FEWEST_ROWS = 2


def with_tables(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield the lines, those of such a table as its rows; its first line names the columns, or a part of the talk."""
    for is_filled, run in groupby(lines, lambda line: line.shape not in ("blank", "rule")):
        together = list(run)
        begins = next((place for place, line in enumerate(together) if "\t" in line.wide), 0)
        ends = max((place for place, line in enumerate(together) if "\t" in line.wide), default=0)
        rows = [list(map(one_line, line.wide.split("\t"))) for line in together[begins : ends + 1]]
        if not is_filled or len(rows) < _FEWEST_ROWS or not _begins_table(rows[0]):
            yield from together
            continue
        width = max(map(len, rows))
        yield from together[:begins]
        for line, row in zip(together[begins:], rows, strict=False):
            cells = (*row, *[""] * (width - len(row)))  # empty cells at the end of a line are gone
            wide = " | ".join(row)
            yield Line(line.number, 0, wide, "row", wide=wide, cells=cells, chosen=line.chosen)
        yield from together[ends + 1 :]


def _begins_table(row: Sequence[str]) -> bool:
    return is_guide_table(row) or names_people(row) or (len(row) > 1 and part_of_row(row) is not None)
