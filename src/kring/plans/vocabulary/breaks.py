"""Whether the words of a title name a break, by one rule for Dutch, English, French and German."""

from __future__ import annotations

import re
from functools import lru_cache

from kring.domain.text import folded
from kring.plans.vocabulary.titles import without_number

_NOUN = re.compile(r"(?:[^\W\d_]+-?)?(?:pauze|pauzes|break|breaks|pause|pausen|intermission)")
_SHORT_NOUN = {"onderbreking", "unterbrechung", "interruption", "recess"}
_SHORT = {
    "korte", "kort", "kleine", "even", "een", "short", "brief", "quick", "little", "a", "kurze", "kurz", "eine",
    "petite", "courte", "breve", "une",
}  # fmt: skip
_STOP = re.compile(r"(?:sanitaire|plas|toilet|bio|rook)(?:[- ])?(?:stop|moment)")
_REFRESHMENTS = {
    "coffee", "tea", "koffie", "thee", "koffietijd", "theetijd", "koffiemoment", "theemoment", "kaffee", "tee", "cafe",
    "collation", "refreshments", "drinks", "drankjes", "koffierondje",
}  # fmt: skip
_BESIDE_REFRESHMENTS = {
    "en", "and", "und", "et", "of", "or", "oder", "ou", "met", "with", "mit", "avec", "the", "koek", "koekjes",
    "kuchen", "cake", "biscuits", "snacks", "fris", "water",
}  # fmt: skip
_STRETCH = re.compile(
    r"(?:(?:even|eventjes|snel|a|quick|short|time|to|tijd|om|kurz|mal|un|peu|korte?)\s)*(?:"
    r"(?:(?:de|je|uw|onze) )?benen (?:te )?strekken|stretch(?:en|ing)?(?: (?:your|the|our) legs)?|leg stretch"
    r"|(?:sich )?(?:die )?beine vertreten|(?:se )?degourdir les jambes|etirements?"
    r"|(?:een )?(?:luchtje scheppen|frisse neus(?: halen)?)|(?:(?:get|some) )*fresh air|frische luft(?: schnappen)?"
    r"|(?:koffie|thee|koffie en thee|iets te drinken) (?:halen|pakken|zetten|drinken|inschenken)"
    r"|(?:get|grab|fetch) (?:(?:a|some) )?(?:coffee|tea|drinks?)|kaffee (?:holen|trinken)"
    r")"
)
_NO_NOUN = re.compile(r"(?:out|ice|ijs|jail|heart|tie|day|fire|wind|data|news|screen|menu|over)-?breaks?")
_MEALS = {"lunch", "middageten", "diner", "dinner", "mittagessen", "dejeuner", "lunchtime", "borrel"}
_NOT_IN_IT = {
    "na", "voor", "tot", "tijdens", "over", "van", "uit", "zonder", "geen", "naar", "after", "before", "until", "till",
    "during", "about", "from", "of", "without", "no", "to", "nach", "vor", "bis", "wahrend", "apres", "avant", "jusqu",
    "how", "why", "what", "hoe", "waarom", "wat", "wanneer", "when", "ice",
}  # fmt: skip
_BEHIND_NOUN = {
    "and", "with", "time", "of", "for", "en", "met", "cafe", "kaffee", "kaffe", "midi", "dejeuner", "et", "und",
    "mit", "koffie", "thee", "coffee", "tea", "lunch", "min", "minuten", "minutes", "cigarette", "pipi", "toilettes",
    "gouter",
}  # fmt: skip
_FOR = {"voor", "for", "fur", "pour", "om"}
_WORD = re.compile(r"[^\W_]+(?:-(?=[^\W_]))?")
_MOST_WORDS = 7
_LATELY = 256  # a title is looked at from several sides, one after the other


@lru_cache(maxsize=_LATELY)
def names_break(title: str, *, is_asked: bool = False) -> bool:
    """Whether a title opens a break, in which nobody talks, and not a question or a section about one.

    The last word is one for a break, with what kind of break in front of it (`Koffie- en theepauze`, `Comfort break`,
    `Kaffeepause`), or the first one is, alone or with what goes with it (`Pauze en koffie`, `Pause café`); a word such
    as *after* or *about* before it takes that away. What is drunk or done in one alone (`Koffie/thee`, `Stretch your
    legs`, `Korte onderbreking`) names one too, unless something is asked there: a group may be about coffee.
    """
    words = _words_of(title)
    if not 0 < len(words) <= _MOST_WORDS:
        return False
    if (words[0] in _MEALS and len(words) == 1) or _STOP.fullmatch(" ".join(words)):
        return True
    if not is_asked and (_is_refreshment(words) or names_stretch(title)):
        return True
    if not is_asked and words[-1] in _SHORT_NOUN and _SHORT.issuperset(words[:-1]):
        return True
    place = next((place for place, word in enumerate(words) if _is_noun(word)), None)
    if place is None or not _NOT_IN_IT.isdisjoint(words[:place]):
        return False
    behind = words[place + 1 :]
    if not behind or (behind[0] in _FOR and _is_refreshment(behind[1:])):
        return True
    return behind[0] in _BEHIND_NOUN and words[place : place + 2] != ["pause", "and"]


def names_stretch(title: str) -> bool:
    """Whether a title says what people do in a break, and does not call it one: `Even de benen strekken`."""
    return bool(_STRETCH.fullmatch(" ".join(_words_of(title))))


def _words_of(title: str) -> list[str]:
    """Return the words of a title without numbers; none of one that asks."""
    if title.rstrip(" *_)\"'”").endswith("?"):
        return []
    words = _WORD.findall(folded(without_number(title)))
    return [word.rstrip("-") for word in words if not word[0].isdigit()]


def _is_refreshment(words: list[str]) -> bool:
    return not _REFRESHMENTS.isdisjoint(words) and {*words} <= _REFRESHMENTS | _BESIDE_REFRESHMENTS


def _is_noun(word: str) -> bool:
    return bool(_NOUN.fullmatch(word)) and not _NO_NOUN.fullmatch(word)
