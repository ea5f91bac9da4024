"""How well the words of a name in a file fit those of how somebody is called."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from kring.privacy.known.file_labels import PARTICLES, flipped, given_of, words_of

LIKE = 80.0
"""From which likeness (0-100, of the letters that two names share in order) a name is asked about: tried on slips such
as Fatma, Mareike and Jolanda for Jolanta, which are above it; Jan and Joost are far below."""
SHORTEST_LIKE = 4
"""Shorter names differ by one letter from too many others."""

SHORTEST_GIVEN = 2
"""A letter is the beginning of too many names."""


class Fit(IntEnum):
    """How well a name fits somebody; from `PART` on it may be proposed without a question."""

    NONE = 0
    LIKE = 1
    PIECE = 2
    GIVEN = 3
    LETTERS = 4
    LAST = 5
    PART = 6
    SAME = 7
    FULL = 8
    CODE = 9


def has_given(name: str, called: str) -> bool:
    """Whether a name begins with the first name of somebody, or with its letters: *JW Bos* for Jan Willem Bos."""
    given, words = given_of(name), words_of(name)
    known, other = given_of(flipped(called)), words_of(flipped(called))
    if not (given and known):
        return False
    if len(given[0]) == 1 or len(known[0]) == 1:
        return given[0][0] == known[0][0]
    if 1 < len(given[0]) < len(other) and given[0] == "".join(word[0] for word in other[: len(given[0])]):
        return True
    first = max(len(given), len(known))
    return words[:first] == other[:first]


def may_shorten(name: str, called: str) -> bool:
    """Whether a first name is the beginning of somebody's, or a part of it: *Piet* of Pieter, *Marie* of Anne-Marie.

    What stands behind it is then of theirs too: *Jan Bos* of Jan-Willem Bos.
    """
    given, words, other = "".join(given_of(name)), words_of(name), words_of(flipped(called))
    if len(given) < SHORTEST_GIVEN or words == other:
        return False
    is_part = "".join(other).startswith(given) or given in given_of(flipped(called))
    return is_part and all(word in other or shortens(word, other) for word in words[len(given_of(name)) :])


def fit_of(said: tuple[str, ...], called: tuple[str, ...]) -> Fit:
    """Return how well the words of a name fit the words of how somebody is called."""
    bare_said, bare_called = without_particles(said), without_particles(called)
    if set(bare_said) == set(bare_called) or "".join(said) == "".join(called):
        return Fit.FULL if len(bare_called) > 1 else Fit.SAME
    if set(bare_said) <= set(called) or set(bare_called) <= set(said):
        return Fit.PART
    shared = set(said) & set(called)
    rest, other = ([word for word in words if word not in shared] for words in (bare_said, bare_called))
    if all(shortens(word, other) for word in rest) or rest == ["".join(word[0] for word in other)]:
        return Fit.PART if shared - PARTICLES else Fit.LETTERS
    if _are_initials(said, called):
        return Fit.LETTERS
    if all(_is_like(word, other) for word in rest) or _is_like("".join(said), ["".join(called)]):
        return Fit.LIKE
    return Fit.GIVEN if said[0] == called[0] else Fit.NONE


def without_particles(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words without those in their midst that people leave out: of *van Dijk* alone its van stays."""
    return tuple(word for place, word in enumerate(words) if word not in PARTICLES or place in {0, len(words) - 1})


def shortens(word: str, others: Sequence[str]) -> bool:
    """Whether a word is the first letter of another, or the other way round."""
    return any(1 in {len(word), len(other)} and word[0] == other[0] for other in others)


def _are_initials(said: Sequence[str], called: Sequence[str]) -> bool:
    """Whether a name is only letters of another: JdV or F. el A., or one before a last name that nobody knows."""
    letters = "".join(said)
    if letters in {"".join(word[0] for word in words) for words in (called, without_particles(tuple(called)))}:
        return len(letters) > 1
    return len(said[0]) == 1 and len(called) == 1 and called[0].startswith(said[0])


def _is_like(word: str, others: Sequence[str]) -> bool:
    if len(word) < SHORTEST_LIKE:
        return False
    from rapidfuzz import fuzz

    return any(len(other) >= SHORTEST_LIKE and fuzz.ratio(word, other) >= LIKE for other in others)
