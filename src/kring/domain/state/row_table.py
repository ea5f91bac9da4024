"""Rows by their id, sharing what did not change with the rows before them, and what is worked out of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, ValuesView
from functools import lru_cache, wraps
from itertools import chain, filterfalse
from math import isqrt
from typing import Any, Generic, ParamSpec, TypeVar, overload

from kring.domain.rows import Row

R = TypeVar("R", bound=Row)
T = TypeVar("T")
P = ParamSpec("P")
FEWEST = 64  # rows that may lie over a base of any size


class Rows(Mapping[str, R], Generic[R]):
    """Rows by their id, in order of arrival; it never changes, but for a draft that nobody else has seen.

    Over a base, to which nobody ever writes, lie the rows that came or changed since: only these are copied at an act.
    They are put into a new base when they are about as many as copying that costs, so an act costs the square root of
    the number of rows; tried with 1,000 to 200,000 of them.
    """

    __slots__ = ("_base", "_late", "_length", "_over", "is_draft")
    __hash__ = object.__hash__  # what is worked out of a table is kept by the table itself

    def __init__(self, base: dict[str, R] | None = None) -> None:
        self._base: dict[str, R] = {} if base is None else base
        self._over: dict[str, R] = {}
        self._length = len(self._base)
        self._late: tuple[dict[str, R], Callable[[bytes], Iterable[R]], list[bytes]] | None = None
        self.is_draft = False

    def read_some(self) -> bool:
        """Read one more part of what is not read yet, as another thread may at once; return whether none is left."""
        return True

    def __getitem__(self, row_id: str) -> R:
        found = self._over.get(row_id)
        return self._base[row_id] if found is None else found

    @overload
    def get(self, key: str, /) -> R | None: ...
    @overload
    def get(self, key: str, /, default: T) -> R | T: ...
    def get(self, key: str, /, default: Any = None) -> Any:
        found = self._over.get(key)
        return self._base.get(key, default) if found is None else found

    def __contains__(self, row_id: object) -> bool:
        return row_id in self._over or row_id in self._base

    def known_among(self, ids: set[str]) -> set[str]:
        """Return which of these ids rows have; of thousands in no time."""
        return (ids & self._base.keys()) | (ids & self._over.keys())

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
        draft._late, draft.is_draft = None, True
        return draft

    def put(self, row: R) -> None:
        """Put a row into this draft, in the place of the one with its id or behind all others."""
        key, over = row.id, self._over
        if key in over:
            over[key] = row
            return
        over[key] = row
        self._length += key not in self._base
        if len(over) > FEWEST and len(over) > len(self._base):
            self._make_base()

    def finish(self) -> None:
        """Make a draft a table that never changes again."""
        if len(self._over) > FEWEST and len(self._over) > isqrt(2 * len(self._base)):
            self._make_base()
        self.is_draft = False

    def since(self, before: Rows[R]) -> tuple[list[R], list[R]]:
        """Return the rows that are new here or other than before, and those of before that are no longer here."""
        if self._base is not before._base:
            pairs = zip(self, self.values(), strict=True)
            rows = [row for key, row in pairs if (was := before.get(key)) is not row and was != row]
            return rows, [row for row in before.values() if row.id not in self]
        base, over, old = self._base, self._over, before._over
        as_in_base = [base[key] for key in old if key not in over and key in base and base[key] != old[key]]
        rows = [row for key, row in over.items() if old.get(key) is not row and before.get(key) != row]
        return as_in_base + rows, [row for key, row in old.items() if key not in self]

    def _new(self) -> Iterator[str]:
        return filterfalse(self._base.__contains__, self._over)

    def _make_base(self) -> None:
        self._base, self._over = self._base | self._over, {}


class LateRows(Rows[R], Generic[R]):
    """A table of `count` rows, of which the `last` are there; the `parts` before are read when one is needed."""

    __slots__ = ()

    def __init__(self, read: Callable[[bytes], Iterable[R]], parts: list[bytes], last: Iterable[R], count: int) -> None:
        self._over, self._length, self.is_draft = {row.id: row for row in last}, count, False
        self._late = {}, read, parts

    def __getattr__(self, name: str) -> Any:
        while name == "_base" and not self.read_some():
            pass
        return object.__getattribute__(self, name)

    def read_some(self) -> bool:
        if (late := self._late) is not None:
            rows, read, parts = late
            for part in parts[:1]:
                rows |= {row.id: row for row in read(part)}
                parts[:] = [each for each in parts if each is not part]  # one that can't be read stays
            if not parts:
                self._base, self._late = rows, None
                # from now on a table like any other: with a __getattr__ whatever it is asked takes twice as long
                self.__class__ = Rows  # type: ignore[assignment]
        return self._late is None


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


def kept_by_table(work: Callable[P, T]) -> Callable[P, T]:
    """Keep what was last worked out of these tables: most stay the same while others change; a draft's is not kept."""
    known = lru_cache(maxsize=2)(work)

    @wraps(work)
    def asked(*tables: P.args, **named: P.kwargs) -> T:
        for table in tables:
            if isinstance(table, Rows) and table.is_draft:
                return work(*tables, **named)
        return known(*tables, **named)  # type: ignore[arg-type] # rows are hashable

    return asked
