"""Thousands of texts to look through at every key: each is worked out once, and looked at in one go."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from itertools import compress, repeat
from operator import contains
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


class Haystacks(Generic[Key]):
    """Folded texts by key, in the order in which the keys came."""

    def __init__(self) -> None:
        self._hays: dict[Key, str] = {}

    def __contains__(self, key: Key) -> bool:
        return key in self._hays

    def __len__(self) -> int:
        return len(self._hays)

    def put(self, key: Key, hay: str) -> None:
        """Take in a text; another one with this key makes place for it."""
        self._hays[key] = hay

    def drop(self, key: Key) -> None:
        """Forget a text; a key that is not there changes nothing."""
        self._hays.pop(key, None)

    def clear(self) -> None:
        """Forget every text."""
        self._hays.clear()

    def holding(self, part: str, among: Collection[Key] | None = None) -> list[Key]:
        """Return the keys of the texts in which this stands, of all or of some; all come in their order."""
        hays = self._hays
        if among is None:
            return list(compress(hays, map(contains, hays.values(), repeat(part))))
        return list(compress(among, map(contains, map(hays.__getitem__, among), repeat(part))))
