"""Words as they are searched: accents don't matter, and other forms of a word have a stem in common.

Stems are those of Snowball (M. F. Porter, 2001) for Dutch and for English; forms of a word have the same one in one of
both languages, whatever language a session is in: people mix them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from kring.domain.text import folded

LANGUAGES = ("dutch", "english")
LEAST_STEMMED = 4
"""Characters from which on a word is also looked for by its stem; a shorter one is still being typed."""
WORDS = re.compile(r"[#*@]?[^\W_]+(?:['’-][^\W_]+)*")


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
    return WORDS.findall(folded(text))
