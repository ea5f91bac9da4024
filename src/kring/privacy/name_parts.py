"""What a name consists of: the words by which somebody is called, and those around them that call nobody alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from kring.domain.text import folded

_PARTICLES_IN_WORDS = (
    "van v vd der d den de het t ten ter te op aan bij uit voor onder in von vom zu zum zur del della di da du "
    "des dos das do le la les el al bin ibn"
)
PARTICLES = frozenset(_PARTICLES_IN_WORDS.split())
_TITLES_IN_WORDS = (
    "mevrouw mevr mw meneer mijnheer menheer dhr heer familie fam mr mrs ms mister madam madame sir dr prof "
    "professor oom tante uncle aunt auntie juf juffrouw"
)
TITLES = frozenset(_TITLES_IN_WORDS.split())
_ROLES_IN_WORDS = (
    "deelnemer deelneemster participant respondent klant client persoon person gast guest lid member moderator "
    "gespreksleider assistant assistent observer meekijker onderzoeker researcher codeur coder interviewer "
    "host name naam your uw user gebruiker speaker spreker voice stem test"
)
_ROLES = frozenset(_ROLES_IN_WORDS.split())
_AFTER_A_NAME_IN_WORDS = "jr sr junior senior phd msc bsc ma ba md"
_AFTER_A_NAME = frozenset(_AFTER_A_NAME_IN_WORDS.split())
SHORTEST_SURNAME = 3
_LONGEST_NUMBER = 3
"""Figures of a number in a row, such as *Tafel 12*; more of them are a telephone."""
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]|(?<!\w)['‘’]([^'‘’\s]+)['‘’](?!\w)")
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_BETWEEN = re.compile(r"[(\[]([^()\[\]]*)()[)\]](?=\W*[^\W\d_])")
_LETTER_BEFORE = re.compile(r"(?<!\w)([^\W\d_])['’](?=\w)")
_ALIKE = str.maketrans("ıłøđð", "ilodd")
"""Letters that folding leaves as they are, though people type the plain one."""
_WORD = re.compile(r"[^\W_]+")


class Part(msgspec.Struct, frozen=True):
    """A word by which somebody may be called: as it is looked for, as it is written, what stands in its place.

    `before` are the words of the name that stand before it and call nobody alone, such as *van den*; `whole` is that
    nothing but all of it calls anybody, such as *Deelnemer 1*.
    """

    word: str
    written: str
    label: str
    given: bool = False
    before: str = ""
    initial: str = ""
    whole: bool = False

    @property
    def pattern_before(self) -> re.Pattern[str] | None:
        """Return what finds the words before it, right before it in a folded text; None where there are none."""
        return _before(self.before) if self.before else None


@cache
def _before(words: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)['’]?" + r"[\s'’-]+".join(map(re.escape, words.split())) + r"[\s'’-]*$")


def parts_of(name: str, label: str) -> Iterator[Part]:
    """Yield the words by which a name calls somebody; by nicknames in quotes, or in brackets before the surname, too.

    What stands in brackets behind a name is no name: an employer, or how somebody likes to be spoken of.
    """
    plain = _QUOTED.sub(" ", _BRACKETS.sub(" ", name))
    for found in (*_BETWEEN.finditer(name), *_QUOTED.finditer(name)):
        yield from _parts(found[1] or found[2], label)
    surname, comma, given = plain.partition(",")
    yield from _parts(f"{given} {surname}" if comma and given.strip() else plain, label)


def even(text: str) -> str:
    """Return text folded, each character as one, so that what is found lies at the same place in the text."""
    if text.isascii():
        return text.lower()
    return "".join((folded(mark) or mark)[0] for mark in text).translate(_ALIKE)


def plain_words(text: str) -> list[str]:
    """Return the words of a text, folded."""
    return _WORD.findall(even(text))


def _parts(name: str, label: str) -> Iterator[Part]:
    written = [word for word in _WORD.findall(name) if folded(word) not in TITLES]
    words = [even(word) for word in written]
    if _calls_by_role(words):
        whole = " ".join(words)
        if len(whole) > 1 and not whole.isdigit():
            yield Part(whole, " ".join(written), label, whole=True)
        return
    apart = {even(found[1]) for found in _LETTER_BEFORE.finditer(name)}  # O'Brien
    before: list[str] = []
    for number, (word, as_written) in enumerate(zip(words, written, strict=True)):
        given = number == 0
        if not given and (word in PARTICLES or len(word) == 1):
            before = [*before, word] if word in PARTICLES | apart else []
            continue
        if word.isalpha() and word not in _AFTER_A_NAME and len(word) >= (2 if given else SHORTEST_SURNAME):
            yield Part(word, as_written, label, given, " ".join(before), words[0][0])
            if before and before[-1] in apart:
                yield Part(before[-1] + word, before[-1] + as_written, label, given, "", words[0][0])
        before = []


def _calls_by_role(words: list[str]) -> bool:
    """Whether a name says what somebody is and not what they are called, or holds nothing else that calls anybody."""
    return bool(words) and (
        any(word in _ROLES for word in words)
        or (words[-1].isdigit() and len(words[-1]) <= _LONGEST_NUMBER)
        or not any(word.isalpha() and len(word) > 1 and word not in PARTICLES for word in words)
    )
