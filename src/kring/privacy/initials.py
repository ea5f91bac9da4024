"""Initials of who is on a list: those that it has itself, such as J.P. O'Neill, and those that its names begin with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from kring.privacy.name_parts import PARTICLES, first_initials_of, initials_of, plain_words
from kring.privacy.name_reading import Verdict

_LETTER = r"[^\W\d_]"
_LONGEST = 6
_AS_ONE = re.compile(r"chr|[cpt]h|tj|ij")
"""What stands for a given name that begins so, as one letter does for others: Th. for Theo."""


class FoundInitials(NamedTuple):
    """Initials in a text, whose they are, and what they are taken for."""

    start: int
    end: int
    labels: tuple[str, ...]
    verdict: Verdict


class Initials:
    """The initials of people, of two letters or more, and what a list has with a point before a surname."""

    def __init__(self, labels: Iterable[tuple[str, str]], is_word: Callable[[str], bool]) -> None:
        self._of_list: dict[str, tuple[str, ...]] = {}
        self._of_names: dict[str, tuple[str, ...]] = {}
        self._alone: dict[str, tuple[str, ...]] = {}
        self._shortened: dict[str, tuple[str, ...]] = {}
        self._is_word = is_word
        for name, label in labels:
            _add(self._of_list, initials_of(name), label)
            words = plain_words(name)
            as_one = _AS_ONE.match(words[0]) if words else None
            _add(self._alone, first_initials_of(name), label)
            _add(self._shortened, as_one[0] if as_one else "", label)
            for some in (words, [word for word in words if word not in PARTICLES]):
                letters = "".join(word[0] for word in some if word.isalpha())
                _add(self._of_names, letters if 1 < len(letters) <= _LONGEST else "", label)
        known = {*self._of_list, *self._of_names}
        longest_first = sorted(known, key=lambda letters: (-len(letters), letters))
        dotted = "|".join(r"\.[ -]?".join(letters) for letters in longest_first)
        plain = "|".join(longest_first)
        alone = "|".join(sorted({*self._alone, *self._shortened}, key=lambda letters: (-len(letters), letters)))
        pattern = rf"(?<![\w.])(?<!\d )(?:((?:{dotted})(?:\.|(?![\w.])))|({plain}))(?!{_LETTER})"
        self._pattern = re.compile(pattern) if known else None
        self._pattern_alone = re.compile(rf"(?<![\w.])(?<!\d )({alone})\.(?!\w\w)") if alone else None

    def found(self, text: str, low: str) -> Iterator[FoundInitials]:
        """Yield initials in a text: the list's own with points are somebody's, others may be something else."""
        for found in self._pattern.finditer(low) if self._pattern else ():
            told = text[found.start() : found.end()]
            letters = "".join(mark for mark in found[0] if mark.isalpha())
            if letters in self._of_list and told.isupper():
                verdict = Verdict.UNLIKELY if found[2] else Verdict.NAME
                yield FoundInitials(found.start(), found.end(), self._of_list[letters], verdict)
            elif letters in self._of_names and self._is_written_so(told, letters):
                yield FoundInitials(found.start(), found.end(), self._of_names[letters], Verdict.UNLIKELY)
        for found in self._pattern_alone.finditer(low) if self._pattern_alone else ():
            if text[found.start()].isupper():
                labels = self._alone.get(found[1])
                verdict = Verdict.LIKELY if labels and len(found[1]) > 1 else Verdict.UNLIKELY
                yield FoundInitials(found.start(), found.end(), labels or self._shortened[found[1]], verdict)

    def _is_written_so(self, told: str, letters: str) -> bool:
        """Whether the first and the last letter are capitals, and all of it is no word such as TV."""
        marks = [mark for mark in told if mark.isalpha()]
        return marks[0].isupper() and marks[-1].isupper() and not self._is_word(letters)


def _add(known: dict[str, tuple[str, ...]], letters: str, label: str) -> None:
    if letters and label not in known.get(letters, ()):
        known[letters] = (*known.get(letters, ()), label)
