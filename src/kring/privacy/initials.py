"""Initials by which a list calls somebody, such as J.P. O'Neill: alone in a text they name that person too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kring.privacy.name_parts import initials_of
from kring.privacy.name_reading import Verdict

_LETTER = r"[^\W\d_]"


class FoundInitials(NamedTuple):
    """Initials in a text, whose they are, and what they are taken for."""

    start: int
    end: int
    labels: tuple[str, ...]
    verdict: Verdict


class Initials:
    """The initials that lists have for people, of two letters or more."""

    def __init__(self, labels: Iterable[tuple[str, str]]) -> None:
        self._labels: dict[str, tuple[str, ...]] = {}
        for name, label in labels:
            if letters := initials_of(name):
                known = self._labels.get(letters, ())
                self._labels[letters] = known if label in known else (*known, label)
        longest_first = sorted(self._labels, key=lambda letters: (-len(letters), letters))
        dotted = "|".join(r"\.[ -]?".join(letters) for letters in longest_first)
        plain = "|".join(longest_first)
        pattern = rf"(?<![\w.])(?<!\d )(?:((?:{dotted})(?:\.|(?![\w.])))|({plain}))(?!{_LETTER})"
        self._pattern = re.compile(pattern) if self._labels else None

    def found(self, text: str, low: str) -> Iterator[FoundInitials]:
        """Yield initials in a text, in order: with points they are somebody's, without they may be something else."""
        for found in self._pattern.finditer(low) if self._pattern else ():
            told = text[found.start() : found.end()]
            if not told.isupper():
                continue
            letters = "".join(mark for mark in found[0] if mark.isalpha())
            verdict = Verdict.UNLIKELY if found[2] else Verdict.NAME
            yield FoundInitials(found.start(), found.end(), self._labels[letters], verdict)
