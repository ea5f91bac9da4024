"""Searching words: a beginning is enough, and a word is found in its other forms too (`system/language/stems.py`)."""

from __future__ import annotations

from collections.abc import Iterable

from kring.domain.text import folded
from kring.review.haystacks import Haystacks, Key
from kring.system.language.stems import LEAST_STEMMED, WORDS, stems, words_of


def haystack(text: str) -> str:
    """Return the words of a text as one text in which a beginning of a word is found quickly."""
    words = words_of(text)
    bare = [word[1:] for word in words if word[0] in "#*@"]
    return f" {' '.join([*words, *bare])} "


class Search:
    """What is looked for: every word of it must be found, as the beginning of a word or by its stem."""

    def __init__(self, wanted: str) -> None:
        self.typed = wanted
        self.wanted = words_of(wanted)

    def finds(self, hay: str) -> bool:
        """Whether a haystack holds every word looked for."""
        return all(f" {word}" in hay or forms(word, hay.split()) for word in self.wanted)

    def places(self, text: str) -> list[tuple[int, int]]:
        """Return from where to where a text has words that are looked for."""
        return [found.span() for found in WORDS.finditer(text) if self._is_word(folded(found[0]))]

    def _is_word(self, word: str) -> bool:
        bare = word.lstrip("#*@")
        return any(word.startswith(one) or bare.startswith(one) or forms(one, (bare,)) for one in self.wanted)

    def among(self, hays: Haystacks[Key], words: Iterable[str]) -> set[Key]:
        """Return the haystacks that hold every word looked for; `words` are those of all of them."""
        found: set[Key] | None = None
        for word in self.wanted:
            parts = [f" {word}", *[f" {form} " for form in forms(word, words)]]
            found = {key for part in parts for key in hays.holding(part, found)}
        return found or set()


def forms(wanted: str, words: Iterable[str]) -> list[str]:
    """Return the words that have the stem of the one looked for, and begin in another way."""
    if len(wanted) < LEAST_STEMMED:
        return []
    stems_wanted = frozenset(stems(wanted))
    begin = min(stems_wanted, key=len)[:2]  # a stem begins as its word does (loop, lopen: lop), which spares stemming
    near = [word for word in words if word.startswith(begin) and not word.startswith(wanted)]
    return [word for word in near if not stems_wanted.isdisjoint(stems(word))]
