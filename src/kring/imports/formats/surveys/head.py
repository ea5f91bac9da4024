"""What stands above the answers of a questionnaire, and what a tool's own columns hold."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from kring.domain.text import one_line
from kring.imports.tables.cells import Kind, kind_in
from kring.imports.tables.rows import Row

_SAMPLE = 500
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


class Role(StrEnum):
    """What a column that is no question is for: the first ones may tell who the respondent is, and are not kept."""

    NUMBER = "number"
    INVITATION = "token"
    EMAIL = "email"
    FIRST_NAME = "first name"
    LAST_NAME = "last name"
    NAME = "name"
    DONE = "done"
    STATUS = "status"
    TECHNICAL = "technical"


KEYS = (Role.NUMBER, Role.INVITATION, Role.EMAIL, Role.FIRST_NAME, Role.LAST_NAME, Role.NAME)


class Head(NamedTuple):
    """The names (codes) and headings of the columns, in which row the answers begin, and the roles that are known.

    `scales` are what a tool says under a question, such as where the scale begins and ends. `is_filled_when_done`:
    the column of role DONE holds the moment of sending in, and is empty for who did not.
    """

    names: tuple[str, ...]
    headings: tuple[str, ...]
    first: int
    roles: Mapping[int, Role]
    scales: Mapping[int, str] = {}
    is_filled_when_done: bool = False
    joins_with_semicolon: bool = False

    def heading(self, place: int) -> str:
        """Return the heading of a column, "" where it has none."""
        return self.headings[place] if place < len(self.headings) else ""


def head_of(names: Row, first: int, roles: Mapping[int, Role], headings: Row | None = None) -> Head:
    """Return a head whose names and headings stand in one row, or in two."""
    width = len(names.cells) if headings is None else max(len(names.cells), len(headings.cells))
    bare = [_without_tags(names.cell(place)) for place in range(width)]
    full = bare if headings is None else [_without_tags(headings.cell(place)) for place in range(width)]
    both = zip(bare, full, strict=True)
    return Head(
        tuple(name or heading for name, heading in both),
        tuple(heading or name for name, heading in zip(bare, full, strict=True)),
        first,
        roles,
    )


def _without_tags(cell: str) -> str:
    """Return a heading without the marks of HTML that some tools leave in it."""
    return one_line(html.unescape(_TAG.sub("", cell)))


def cells_at(rows: Sequence[Row], place: int) -> list[str]:
    """Return the cells of a column, as many as tell what it holds."""
    return [row.cell(place) for row in rows[:_SAMPLE]]


def kind_at(rows: Sequence[Row], place: int) -> Kind:
    """Return what most of the cells of a column are."""
    return kind_in(cells_at(rows, place))
