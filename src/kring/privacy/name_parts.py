"""What a name consists of: the words by which somebody is called, and those around them that call nobody alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from kring.domain.text import folded

_GIVEN_TO_NOBODY_IN_WORDS = "van v vd der d den de het t ten ter te op aan bij uit voor onder in von vom zu zum zur"
_OTHER_PARTICLES_IN_WORDS = "del della di da du des dos das do le la les el al bin ibn"
_GIVEN_TO_NOBODY = frozenset(_GIVEN_TO_NOBODY_IN_WORDS.split())
PARTICLES = _GIVEN_TO_NOBODY | frozenset(_OTHER_PARTICLES_IN_WORDS.split())
_TITLES_IN_WORDS = (
    "mevrouw mevr mw meneer mijnheer menheer dhr hr heer familie fam mr mrs ms mister madam madame sir dr drs prof "
    "mej professor oom tante uncle aunt auntie juf juffrouw"
)
TITLES = frozenset(_TITLES_IN_WORDS.split())
_ROLES_IN_WORDS = (
    "deelnemer deelneemster participant respondent klant client persoon person gast guest lid member moderator "
    "gespreksleider assistant assistent observer meekijker onderzoeker researcher codeur coder interviewer "
    "host name naam your uw user gebruiker speaker spreker voice stem test demo"
)
_ROLES = frozenset(_ROLES_IN_WORDS.split())
_ANYBODY_IN_WORDS = (
    "iemand iedereen onbekend onbekende anoniem anonieme someone somebody anyone anybody everyone everybody unknown "
    "anonymous"
)
_ANYBODY = frozenset(_ANYBODY_IN_WORDS.split())
"""Words for a name that is not known: alone they call nobody, as *Iemand van Philips* does as a whole."""
_OTHERS = _ANYBODY | {"anders", "else"}
_AFTER_A_NAME_IN_WORDS = "jr sr junior senior phd msc bsc ma ba md"
_AFTER_A_NAME = frozenset(_AFTER_A_NAME_IN_WORDS.split())
SHORTEST_SURNAME = 2
_LONGEST_NUMBER = 3
"""Figures of a number in a row, such as *Tafel 12*; more of them are a telephone."""
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]|(?<!\w)['‘’]([^'‘’\s]+)['‘’](?!\w)")
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_BETWEEN = re.compile(r"[(\[]([^()\[\]]*)()[)\]](?=\W*[^\W\d_])")
_LETTER_BEFORE = re.compile(r"(?<!\w)([^\W\d_])['’](?=\w)")
_ALIKE = str.maketrans("ıłøđðʼ", "ilodd'")
"""Letters that folding leaves as they are, though people type the plain one."""
_AS_TWO = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
"""Letters that are typed as two where a keyboard lacks them."""
_WRITTEN_OUT = {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe"}
_SPECIAL = re.compile(r"[\u00ad\u200b-\u200d\u2060]|[^\W\d_][\u0300-\u036f]+|[ßẞæÆœŒĳĲ\ufb00-\ufb06]")
"""What nobody sees, a letter with its accent apart, and letters that stand for two."""
_SHORTEST_AS_ONE = 5
_DOTTED = re.compile(r"(?<![\w.])(?:[^\W\d_]\.[ -]?)+[^\W\d_]\.(?!\w\w)|(?<![\w.])(?:[^\W\d_]\.){2,}")
_SHORTENED = re.compile(r"([^\W\d_]{1,4})\. ?(?=[^\W\d_]{2})")
_WORD = re.compile(r"[^\W_]+")


class Part(msgspec.Struct, frozen=True):
    """A word by which somebody may be called: as it is looked for, as it is written, what stands in its place.

    `before` are the words of the name that stand before it and call nobody alone, such as *van den*; `whole` is that
    nothing but all of it calls anybody, such as *Deelnemer 1*. `first` is the first word of the whole name, `behind`
    are the initials of the words behind a given name.
    """

    word: str
    written: str
    label: str
    given: bool = False
    before: str = ""
    first: str = ""
    behind: str = ""
    whole: bool = False

    @property
    def initial(self) -> str:
        """Return the initial of the whole name."""
        return self.first[:1]

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
    name = spelled(name)[0]
    plain = _QUOTED.sub(" ", _BRACKETS.sub(" ", name))
    for found in (*_BETWEEN.finditer(name), *_QUOTED.finditer(name)):
        yield from _parts(found[1] or found[2], label)
    surname, comma, given = plain.partition(",")
    yield from _parts(f"{given} {surname}" if comma and given.strip() else plain, label)


def given_names(name: str) -> Iterator[str]:
    """Yield the words by which a name calls somebody that stand before a surname, as they are written."""
    return (part.written for part in parts_of(name, "") if part.given)


def initials_of(name: str) -> str:
    """Return the initials by which a list calls somebody before the surname, such as *jp* of J.P. O'Neill."""
    plain = _BRACKETS.sub(" ", spelled(name)[0])
    surname, comma, given = plain.partition(",")
    found = _DOTTED.search(given if comma else surname)
    return "".join(_WORD.findall(even(found[0]))) if found else ""


def first_initials_of(name: str) -> str:
    """Return the letters with a point by which a list calls somebody before the surname, such as *th* of Th. Smit."""
    found = _SHORTENED.match(" ".join(word for word in even(name).split() if word.strip(".") not in TITLES))
    return found[1] if found else ""


def even(text: str) -> str:
    """Return text folded, each character as one, so that what is found lies at the same place in the text."""
    if text.isascii():
        return text.lower()
    return "".join((folded(mark) or mark)[0] for mark in text).translate(_ALIKE)


def spelled(text: str) -> tuple[str, Sequence[int]]:
    """Return a text as it is read, and where each character of it, and its end, stands in the text.

    Accents are on their letters, as they are not in names of files under macOS; what nobody sees, such as a hyphen
    where a word may part, is left out; ß and the like are written out.
    """
    if text.isascii() or not _SPECIAL.search(text):
        return text, range(len(text) + 1)
    pieces: list[str] = []
    places: list[int] = []
    done = 0
    for found in _SPECIAL.finditer(text):
        mark = found[0]
        read = _WRITTEN_OUT.get(mark) or (unicodedata.normalize("NFKC", mark) if mark[0].isalpha() else "")
        pieces += [text[done : found.start()], read]
        places += [*range(done, found.start()), *[found.start()] * len(read)]
        done = found.end()
    return "".join([*pieces, text[done:]]), [*places, *range(done, len(text) + 1)]


def plain_words(text: str) -> list[str]:
    """Return the words of a text, folded."""
    return _WORD.findall(even(spelled(text)[0]))


def _parts(name: str, label: str) -> Iterator[Part]:
    written = [word for word in _WORD.findall(name) if folded(word) not in TITLES]
    words = [even(word) for word in written]
    if _calls_by_role(words):
        whole = " ".join(words)
        if len(whole) > 1 and not whole.isdigit() and not _OTHERS.issuperset(words):
            yield Part(whole, " ".join(written), label, whole=True)
        return
    shortened = first_initials_of(name)
    apart = {even(found[1]) for found in _LETTER_BEFORE.finditer(name)}  # O'Brien
    before: list[str] = []
    for number, (word, as_written) in enumerate(zip(words, written, strict=True)):
        given = number == 0 and (len(words) == 1 or word not in _GIVEN_TO_NOBODY)
        if (number == 0 and word == shortened) or word in _ANYBODY:
            continue
        if not given and (word in PARTICLES or len(word) == 1):
            before = [*before, word] if word in PARTICLES | apart else []
            continue
        if word.isalpha() and word not in _AFTER_A_NAME and len(word) >= (2 if given else SHORTEST_SURNAME):
            behind = "".join(word[0] for word in words[1:]) if given else ""
            yield Part(word, as_written, label, given, " ".join(before), words[0], behind)
            if before and before[-1] in apart:
                yield Part(before[-1] + word, before[-1] + as_written, label, given, "", words[0])
            if (as_two := even(as_written.lower().translate(_AS_TWO))) != word:
                yield Part(as_two, as_two, label, given, " ".join(before), words[0], behind)
        before = []
    yield from _as_one(words, label)


def _as_one(words: list[str], label: str) -> Iterator[Part]:
    """Yield words side by side as they are typed without what parts them: AnneMarie, vandenberg, #janbakker."""
    for first in range(len(words)):
        for last in range(first + 1, len(words)):
            part, as_one = words[first : last + 1], "".join(words[first : last + 1])
            calls = as_one.isalpha() and part[-1] not in PARTICLES | _AFTER_A_NAME
            if calls and min(map(len, part)) > 1 and len(as_one) >= _SHORTEST_AS_ONE:
                yield Part(as_one, as_one, label, first == 0, "", words[0])


def _calls_by_role(words: list[str]) -> bool:
    """Whether a name says what somebody is and not what they are called, or holds nothing else that calls anybody."""
    return bool(words) and (
        any(word in _ROLES for word in words)
        or words[0] in _ANYBODY
        or (words[-1].isdigit() and len(words[-1]) <= _LONGEST_NUMBER)
        or not any(word.isalpha() and len(word) > 1 and word not in PARTICLES for word in words)
    )
