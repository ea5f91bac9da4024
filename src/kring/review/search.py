"""Searching words: accents don't matter, a beginning is enough, and a word is found in its other forms too.

Stems are those of Snowball (M. F. Porter, 2001) for Dutch and for English; a word is found when its stem in one of
both languages is the one that is looked for, whatever language a session is in: people mix them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from kring.domain.text import folded

LANGUAGES = ("dutch", "english")
LEAST_STEMMED = 4
"""Characters from which on a word is also looked for by its stem; a shorter one is still being typed."""
_WORDS = re.compile(r"[#*@]?[^\W_]+(?:['’-][^\W_]+)*")


@cache
def _stemmers() -> tuple[Callable[[str], str], ...]:
    import snowballstemmer

    return tuple([snowballstemmer.stemmer(language).stemWord for language in LANGUAGES])


@cache
def stems(word: str) -> tuple[str, ...]:
    """Return the stems of a folded word, one a language."""
    return tuple([stem(word) for stem in _stemmers()])


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are searched."""
    return _WORDS.findall(folded(text))


def haystack(text: str) -> str:
    """Return the words of a text as one text in which a beginning of a word is found quickly."""
    words = words_of(text)
    bare = [word[1:] for word in words if word[0] in "#*@"]
    return f" {' '.join([*words, *bare])} "


class Search:
    """What is looked for: every word of it must be found, as the beginning of a word or by its stem."""

    def __init__(self, wanted: str) -> None:
        self.wanted = words_of(wanted)
        self._parts = [(f" {word}", _Forms(word) if len(word) >= LEAST_STEMMED else None) for word in self.wanted]

    def finds(self, hay: str) -> bool:
        """Whether a haystack holds every word looked for."""
        for beginning, forms in self._parts:
            if beginning not in hay and not (forms is not None and forms.are_in(hay)):
                return False
        return True


class _Forms:
    """The other forms of one word."""

    def __init__(self, word: str) -> None:
        self._stems = frozenset(stems(word))
        self._begin = min(self._stems, key=len)[:2]
        self._begins = f" {self._begin}"

    def are_in(self, hay: str) -> bool:
        """Whether a haystack holds one of them."""
        if self._begins not in hay:
            return False  # a stem begins as its word does (loop, lopen: lop), which spares nearly all of the stemming
        words = (word for word in hay.split() if word.startswith(self._begin))
        return any(not self._stems.isdisjoint(stems(word)) for word in words)
