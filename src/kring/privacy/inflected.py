"""Diminutives and plurals of names, such as Fatimaatje and the Smitten: what may be another word is only shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from kring.privacy import evidence
from kring.privacy.name_parts import Part
from kring.privacy.name_reading import Verdict

_LETTER = r"[^\W\d_]"
_SMALL, _UNSURE = r"['’]?(?:etje|[tp]?je)s?", "en|e?ke"
"""Endings that make a name small, and those by which it may be several, small, or another name."""
_SHORTEST, _SHORTEST_FOR_SURE = 3, 4
"""Of a name in small letters: jantje and botje may be something else, fatimaatje is not."""


class FoundForm(NamedTuple):
    """A form of a name in a text, whose it may be, and what it is taken for."""

    start: int
    end: int
    labels: tuple[str, ...]
    verdict: Verdict


class Inflected:
    """The words of names, each with the endings that Dutch puts behind it."""

    def __init__(self, parts: Iterable[Part], is_word: Callable[[str], bool]) -> None:
        self._labels: dict[str, tuple[str, ...]] = {}
        for part in parts:
            if part.word.isalpha() and not part.whole:
                known = self._labels.get(part.word, ())
                self._labels[part.word] = known if part.label in known else (*known, part.label)
        self._is_word = is_word
        longest_first = sorted(self._labels, key=lambda word: (-len(word), word))
        words = "|".join(longest_first)
        # what is doubled before an ending is the last letter: Annaatje, Mollen
        pattern = rf"(?<!{_LETTER})({words})((?<=(.))\3)?(?:({_SMALL})|{_UNSURE})(?!{_LETTER})"
        self._pattern = re.compile(pattern) if words else None

    def found(self, text: str, low: str) -> Iterator[FoundForm]:
        """Yield such forms in a text, in order."""
        for found in self._pattern.finditer(low) if self._pattern else ():
            verdict = self._verdict(text, found)
            if verdict is not None:
                yield FoundForm(found.start(), found.end(), self._labels[found[1]], verdict)

    def _verdict(self, text: str, found: re.Match[str]) -> Verdict | None:
        has_capital = evidence.is_capital(text[found.start() : found.end()])
        if found[4] is None:
            is_name = has_capital and not evidence.at_head(text, found.start()) and not self._is_word(found[0])
            return Verdict.UNLIKELY if is_name else None
        is_a_word = any(len(word) < _SHORTEST or self._is_word(word) for word in (found[1], found[0]))
        if has_capital:
            return Verdict.UNLIKELY if is_a_word else Verdict.LIKELY
        if is_a_word:
            return None
        return Verdict.LIKELY if len(found[1]) >= _SHORTEST_FOR_SURE else Verdict.UNLIKELY
