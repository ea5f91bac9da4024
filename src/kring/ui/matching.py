"""Finding by a part of a name, its first letters, or a slip of the finger; the letters that were found can be lit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

from kring.domain.text import folded
from kring.ui.widgets.line import Span

WHOLE, BEGIN, BEGIN_OF_WORD, INSIDE, LETTERS = 100.0, 95.0, 88.0, 72.0, 55.0
"""How well a text is found: as it is, by its beginning, by a word's, by a part, by letters in order (`nwd`)."""
LEAST_ALIKE = 0.7
"""How alike a word must be that was mistyped: one slip in four letters, two in seven."""
LEAST_MISTYPED = 4
"""Letters from which on a slip is forgiven; fewer fit too much."""
MOST_BETWEEN = 16
"""Other letters that may stand between letters in order; more is chance."""
_WORDS = re.compile(r"[^\W_]+")


class Text(msgspec.Struct, frozen=True):
    """A text to find something by, how much that counts, and whether slips and single letters count in it."""

    text: str
    weight: float = 1.0
    is_loose: bool = True


class Hit(msgspec.Struct, frozen=True):
    """How well something was found, and which places of each of its texts were."""

    score: float
    lit: tuple[frozenset[int], ...]


def hit(wanted: str, texts: Sequence[Text]) -> Hit | None:
    """Return how well texts are found: as one phrase, or every word in one of them; None where they are not."""
    phrase = " ".join(folded(wanted).split())  # folded first: a cedilla by itself becomes a space
    if not phrase:
        return Hit(0, (frozenset(),) * len(texts))
    words = phrase.split()
    whole = _best(phrase, texts)
    if len(words) == 1:
        return whole
    each = [_best(word, texts) for word in words]
    if None in each:
        return whole
    found = [one for one in each if one is not None]
    lit = tuple([frozenset().union(*places) for places in zip(*(one.lit for one in found), strict=True)])
    parts = Hit(sum(one.score for one in found) / len(found), lit)
    return whole if whole is not None and whole.score >= parts.score else parts


def lit(text: str, places: Iterable[int], look: str = "", bright: str = "bold underline") -> list[Span]:
    """Return a text in spans, its found places bright."""
    found = set(places)
    if not found:
        return [(text, look)] if text else []
    spans: list[Span] = []
    for place, letter in enumerate(text):
        wanted = f"{look} {bright}".strip() if place in found else look
        if spans and spans[-1][1] == wanted:
            spans[-1] = (spans[-1][0] + letter, wanted)
        else:
            spans.append((letter, wanted))
    return spans


def _best(wanted: str, texts: Sequence[Text]) -> Hit | None:
    """Return the best that one phrase or word is found in; its places in the other texts are lit too."""
    scores: list[float] = []
    places: list[frozenset[int]] = []
    for text in texts:
        score, found = _in_text(wanted, text)
        scores.append(score * text.weight)
        places.append(found)
    best = max(scores, default=0)
    return Hit(best, tuple(places)) if best else None


NOWHERE: tuple[float, frozenset[int]] = (0.0, frozenset())


def _in_text(wanted: str, text: Text) -> tuple[float, frozenset[int]]:
    said, origin = _with_places(text.text)
    at = _place_of(wanted, said)
    if at >= 0:
        begins = at == 0 or not said[at - 1].isalnum()
        score = BEGIN if at == 0 else BEGIN_OF_WORD if begins else INSIDE
        score = WHOLE if said == wanted else score - min(len(said) - len(wanted), 60) / 20
        return score, frozenset(origin[at : at + len(wanted)])
    if not text.is_loose or " " in wanted:
        return NOWHERE
    return max(_mistyped(wanted, said, origin), _letters(wanted, said, origin), key=lambda found: found[0])


def _place_of(wanted: str, said: str) -> int:
    """Return where a text is found, rather at the beginning of a word than inside one."""
    first = at = said.find(wanted)
    while at > 0 and said[at - 1].isalnum():
        at = said.find(wanted, at + 1)
    return at if at >= 0 else first


def _mistyped(wanted: str, said: str, origin: Sequence[int]) -> tuple[float, frozenset[int]]:
    """Return how well a word is found that was mistyped, or that was begun so."""
    from rapidfuzz.distance import OSA  # a slip, a letter too many or too few, two letters that changed places

    if len(wanted) < LEAST_MISTYPED:
        return NOWHERE
    best = NOWHERE
    for word in _WORDS.finditer(said):
        whole = OSA.normalized_similarity(wanted, word[0], score_cutoff=LEAST_ALIKE)
        begun = OSA.normalized_similarity(wanted, word[0][: len(wanted)], score_cutoff=LEAST_ALIKE)
        alike = max(whole, begun - 0.02)
        if 40 + 30 * alike > best[0] and alike >= LEAST_ALIKE:
            best = 40 + 30 * alike, frozenset(origin[word.start() : word.end()])
    return best


def _letters(wanted: str, said: str, origin: Sequence[int]) -> tuple[float, frozenset[int]]:
    """Return how well letters are found in order, the first of which begins a word."""
    for begin in (word.start() for word in _WORDS.finditer(said)):
        at, places = begin, list[int]()
        for letter in wanted:
            at = said.find(letter, at)
            if at < 0 or (not places and at != begin):
                break
            places.append(origin[at])
            at += 1
        else:
            between = at - begin - len(wanted)
            if len(wanted) > 1 and between <= MOST_BETWEEN:
                return LETTERS - between / 2, frozenset(places)
    return NOWHERE


@lru_cache(maxsize=2_000)
def _with_places(text: str) -> tuple[str, tuple[int, ...]]:
    """Return a text as it is searched, and for each letter of that its place in the text."""
    parts = [folded(letter) for letter in text]
    return "".join(parts), tuple([place for place, part in enumerate(parts) for _letter in part])
