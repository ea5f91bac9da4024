"""What a column is, said once: in the annotation of its field, for everything that has to know.

From `text: Annotated[str, Words(N_("what it says"))]` follow the table, its page in the manual, the schemas, and what
may leave a session file.
"""

from __future__ import annotations

from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, NamedTuple, Union, get_args, get_origin, get_type_hints

import msgspec


class Column(msgspec.Struct, frozen=True):
    """A number, a moment, a yes or no, or a word of kring's own: it names nobody, whatever somebody is called."""

    meaning: str


class Words(Column, frozen=True):
    """What people typed or said, so any name may stand in it."""


class Personal(Words, frozen=True):
    """Free words about one participant, such as why they left: it may be their health, so it leaves with names only."""


class FileName(Words, frozen=True):
    """What a file is called, with its folders: in it a name has no capital."""


class Organisation(Words, frozen=True):
    """What a firm is called: in it a surname alone names nobody."""


class Name(Column, frozen=True):
    """The name of a participant."""


class Staff(Column, frozen=True):
    """The name of somebody of the team."""


class Contact(Column, frozen=True):
    """A way to reach somebody."""


class Attributes(Column, frozen=True):
    """What a plan says of a participant under headings of its own: pairs of a heading and a value."""


class Id(Column, frozen=True):
    """The row's own id; where it ends with the name of somebody of the team, `ends_with` is the column of that name."""

    ends_with: str = ""


class Ref(Column, frozen=True):
    """The id of a row of a table."""

    table: str


class Field(NamedTuple):
    """A field of a struct: its type without None, whether it may be empty, and what its column is."""

    name: str
    type: Any
    may_be_empty: bool
    column: Column


@cache
def fields(struct: type) -> tuple[Field, ...]:
    """Return the fields of a struct or a named tuple of which each annotation says what it is, in order."""
    hints = get_type_hints(struct, include_extras=True)
    return tuple(_field(name, hint) for name, hint in hints.items() if get_origin(hint) is not ClassVar)


@cache
def columns_of(struct: type, *kinds: type[Column]) -> tuple[str, ...]:
    """Return the names of the columns of these kinds."""
    return tuple(field.name for field in fields(struct) if isinstance(field.column, kinds))


@cache
def references(struct: type, table: str) -> tuple[str, ...]:
    """Return the names of the columns that lead to a table."""
    return tuple(name for name, *_, column in fields(struct) if isinstance(column, Ref) and column.table == table)


def _field(name: str, hint: Any) -> Field:
    assert get_origin(hint) is Annotated, f"{name} does not say what it is"
    whole, column = get_args(hint)
    if get_origin(whole) not in (Union, UnionType):
        return Field(name, whole, False, column)
    (type_,) = (one for one in get_args(whole) if one is not NoneType)
    return Field(name, type_, True, column)
