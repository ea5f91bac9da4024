"""Who watches a shared session by a code, as the laptop that feeds them hears it, and what each of them is called."""

from __future__ import annotations

from collections.abc import Callable, Collection

from kring.domain.text import folded
from kring.observing.watchers import GONE_MS, Watcher, called
from kring.team.observers.letters import Hello, mark_of

MOST_PLACES = 500
MOST_NAMES = 2_000


class Roll:
    """Who said lately that they watch; `taken` is what nobody may be called, folded."""

    def __init__(self, taken: Callable[[], Collection[str]]) -> None:
        self._taken = taken
        self._heard: dict[str, tuple[Hello, int]] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._seen: tuple[tuple[Hello, ...], tuple[Watcher, ...]] = (), ()

    def hear(self, told: Hello, now_ms: int) -> None:
        """Take in that somebody watches, or does no longer."""
        if told.leaves:
            self._heard.pop(told.who, None)
        elif told.who in self._heard or len(self._heard) < MOST_PLACES:
            self._heard[told.who] = told, now_ms

    def watching(self, now_ms: int) -> tuple[Watcher, ...]:
        """Return who watches now."""
        self._heard = {who: (told, at) for who, (told, at) in self._heard.items() if now_ms - at < GONE_MS}
        here = tuple(told for told, _at in self._heard.values())
        if here != self._seen[0]:
            those = (
                Watcher(self.name_of(one.who, asked), mark_of(one.who), asked) for one in here for asked in one.names
            )
            self._seen = here, tuple(those)
        return self._seen[1]

    def name_of(self, who: str, asked: str) -> str:
        """Return what somebody is called who asks to be called so: not as another who watches, nor as is taken.

        Who comes back is called as before, where nobody took that meanwhile.
        """
        one, known = (who, asked), self._names.get((who, asked))
        others = [
            name for each, name in self._names.items() if each != one and (each[0] in self._heard or each[0] == who)
        ]
        if known is not None and folded(known) not in map(folded, others):
            return known
        if len(self._names) >= MOST_NAMES:
            self._names = {each: name for each, name in self._names.items() if each[0] in self._heard}
        self._names[one] = called(asked, self._taken(), others)
        return self._names[one]

    def is_one(self, name: str) -> bool:
        """Whether somebody who watches by a code is called so."""
        return folded(name) in map(folded, self._names.values())
