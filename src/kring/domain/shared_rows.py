"""One table of a state, which shares with the table before it all that did not change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, ValuesView
from itertools import chain, filterfalse
from math import isqrt
from typing import Any, Generic, TypeVar, overload

from kring.domain.rows import Row

R = TypeVar("R", bound=Row)
T = TypeVar("T")
FEWEST = 64
"""Rows that may lie over a base of any size."""


class Rows(Mapping[str, R], Generic[R]):
    """Rows by their id, in order of arrival; it never changes, but for a draft that nobody else has seen.

    Over a base, to which nobody ever writes, lie the rows that came or changed since: only these are copied at an act.
    They are put into a new base when they are about as many as copying that costs, so an act costs the square root of
    the number of rows; tried with 1,000 to 200,000 of them.
    """

    __slots__ = ("_base", "_length", "_over")

    def __init__(self, base: dict[str, R] | None = None) -> None:
        self._base: dict[str, R] = {} if base is None else base
        self._over: dict[str, R] = {}
        self._length = len(self._base)

    def __getitem__(self, row_id: str) -> R:
        found = self._over.get(row_id)
        return self._base[row_id] if found is None else found

    @overload
    def get(self, key: str, /) -> R | None: ...
    @overload
    def get(self, key: str, /, default: R) -> R: ...
    @overload
    def get(self, key: str, /, default: T) -> R | T: ...
    def get(self, key: str, /, default: Any = None) -> Any:
        found = self._over.get(key)
        return self._base.get(key, default) if found is None else found

    def __contains__(self, row_id: object) -> bool:
        return row_id in self._over or row_id in self._base

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[str]:
        return chain(self._base, self._new())

    def __reversed__(self) -> Iterator[str]:
        return chain(filterfalse(self._base.__contains__, reversed(self._over)), reversed(self._base))

    def values(self) -> InOrder[R]:
        return InOrder(self)

    def draft(self) -> Rows[R]:
        """Return a table of the same rows that may still be written to."""
        draft: Rows[R] = Rows.__new__(Rows)
        draft._base, draft._over, draft._length = self._base, self._over.copy(), self._length
        return draft

    def put(self, row: R) -> None:
        """Put a row into this draft, in the place of the one with its id or behind all others."""
        key, over = row.id, self._over
        if key in over:
            over[key] = row
            return
        over[key] = row
        if key not in self._base:
            self._length += 1
        if len(over) > FEWEST and len(over) > len(self._base):
            self._make_base()

    def finish(self) -> None:
        """Make a draft a table that never changes again."""
        if len(self._over) > max(FEWEST, isqrt(2 * len(self._base))):
            self._make_base()

    def since(self, before: Rows[R]) -> tuple[list[R], list[R]]:
        """Return the rows that are new here or other than before, and those of before that are no longer here."""
        if self._base is not before._base:
            pairs = zip(self, self.values(), strict=True)
            rows = [row for key, row in pairs if (was := before.get(key)) is not row and was != row]
            return rows, [row for row in before.values() if row.id not in self]
        base, over, old = self._base, self._over, before._over
        as_in_base = [base[key] for key in old if key not in over and key in base and base[key] != old[key]]
        rows = [row for key, row in over.items() if (was := before.get(key)) is not row and was != row]
        return as_in_base + rows, [row for key, row in old.items() if key not in self]

    def _new(self) -> Iterator[str]:
        return filterfalse(self._base.__contains__, self._over)

    def _make_base(self) -> None:
        self._base, self._over = self._base | self._over, {}


class InOrder(ValuesView[R]):
    """The rows of a table in its order, found at the speed of a dictionary's."""

    __slots__ = ()
    _mapping: Rows[R]

    def __iter__(self) -> Iterator[R]:
        base, over = self._mapping._base, self._mapping._over
        if len(base) + len(over) == len(self._mapping):  # no row of the base changed
            return chain(base.values(), over.values())
        return chain(map(over.get, base, base.values()), map(over.__getitem__, self._mapping._new()))

    def __reversed__(self) -> Iterator[R]:
        return map(self._mapping.__getitem__, reversed(self._mapping))
