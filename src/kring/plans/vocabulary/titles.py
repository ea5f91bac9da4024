"""What the words of a title say: whether it names a break, a total, an overview, another chapter; and its number."""

from __future__ import annotations

import re
from functools import lru_cache

from kring.domain.text import folded
from kring.plans.lines import bare_title

_TALK = re.compile(
    r"discussion guide|session structure|interview guide|moderator(?:'?s)? guide|topic guide|question(?:ing)? route"
    r"|focus group (?:guide|questions)|(?:discussion|interview) questions|gespreksleidraad|leidraad|draaiboek"
    r"|topiclijst|gespreksverloop|vragenroute|vragenlijst|(?:interview|gespreks)vragen|gespreksonderwerpen"
    r"|verloop van (?:het gesprek|de sessie)|leitfaden|guide d.(?:entretien|animation|discussion)|^guide$"
)
_WHOLE = re.compile(
    r"\bguide\b|leidraad|script|focus ?gro|fokusgruppe|groepsgesprek|groepsdiscussie|(?:klant|burger|bewoners)panel"
    r"|groupe de discussion|gruppendiskussion|(?:discussion|interview) plan"
)
_NO_TALK = re.compile(
    r"session structure|overview|^agenda|^purpose|background|research (?:design|question)|method|recruit|sampling"
    r"|participant selection|criteria|logistic|equipment|materials|^roles|ethics|incentive|budget|schedule|timeline"
    r"|appendix|^rationale|analysis|reporting|technique|references|checkpoint|^overzicht|^opbouw|achtergrond"
    r"|onderzoeks(?:opzet|vraag|doel)|doelgroep|werving|selectie|planning|benodigd|^rollen|bijlage|analyse|rapportage"
    r"|literatuur|inhoudsopgave|table of contents|^contents|ethiek|voorbereiding"
)
_RESEARCH_QUESTION = re.compile(
    r"onderzoeksvraag|onderzoeksvragen|probleemstelling|research questions?|problem statement"
)
_OVERVIEW = re.compile(
    r"overview|^agenda|schedule|timeline|^overzicht|^opbouw|planning|tijdschema|tijdlijn|at a glance"
    r"|programma in het kort|session structure|inhoudsopgave|table of contents"
)
_TOTAL = re.compile(
    r"(?:sub)?(?:totaal|total)\b|(?:totale|total) (?:tijd|duur|time|duration)|som$|sum$|gesamt|insgesamt"
)
_PARTS = frozenset({
    "inleiding", "introductie", "opening", "welkom", "kennismaking", "kern", "hoofddeel", "middendeel", "afsluiting",
    "afronding", "slot", "conclusie", "introduction", "welcome", "warm-up", "warm up", "warming-up", "icebreaker",
    "main part", "closing", "wrap-up", "wrap up", "close", "conclusion", "einleitung", "begrussung", "hauptteil",
    "abschluss",
})  # fmt: skip
_END = re.compile(r"(?:einde|eind|end|fin|ende)(?: (?:of|van|de|du|der)\b.{0,30})?(?: \d+)?")

_STEP = r"(?:deel|onderdeel|part|section|blok|block|fase|phase|stap|step|ronde|round)"
_ORDINAL = re.compile(
    rf"^(?:{_STEP}\s)?(?:\d{{1,2}}(?:\.\d{{1,2}})*|[A-Z]|[IVX]{{1,4}})[.):](?!\d)\s?(?=\S)|^[A-Z]\)(?=\S)",
    re.IGNORECASE,
)
_NUMBERED_DEEPLY = re.compile(
    r"^\d{1,2}(?:\.\d{1,2})+\s(?!(?:uur|uren|hours?|min|sec|km|cm|mm|m|kg|euro|miljoen|million|procent|percent|%|€|\$))"
    r"(?=[^\W\d_])",
    re.IGNORECASE,
)
_SIGN = re.compile(r"[\u2600-\u27bf\U0001f000-\U0001faff][\ufe0f\u200d\u2600-\u27bf\U0001f000-\U0001faff]{0,6} (?=\S)")
_BARE_NUMBER = re.compile(r"^(\d{1,2})\s(?=[^\W\d_])")

_NOUN = re.compile(r"(?:[^\W\d_]+-?)?(?:pauze|pauzes|break|breaks|pause|pausen|intermission)")
_STOP = re.compile(r"(?:sanitaire|plas|toilet|bio|rook)(?:[- ])?(?:stop|moment)")
_REFRESHMENTS = {
    "coffee", "tea", "koffie", "thee", "koffietijd", "theetijd", "koffiemoment", "theemoment", "kaffee", "tee", "cafe",
    "collation", "refreshments", "drinks", "drankjes", "koffierondje",
}  # fmt: skip
_BESIDE_REFRESHMENTS = {
    "en", "and", "und", "et", "of", "or", "oder", "ou", "met", "with", "mit", "avec", "the", "koek", "koekjes",
    "kuchen", "cake", "biscuits", "snacks", "fris", "water",
}  # fmt: skip
_NO_NOUN = re.compile(r"(?:out|ice|ijs|jail|heart|tie|day|fire|wind|data|news|screen|menu|over)-?breaks?")
_MEALS = {"lunch", "middageten", "diner", "dinner", "mittagessen", "dejeuner", "déjeuner", "lunchtime", "borrel"}
_NOT_IN_IT = {
    "na", "voor", "tot", "tijdens", "over", "van", "uit", "zonder", "geen", "naar", "after", "before", "until", "till",
    "during", "about", "from", "of", "without", "no", "to", "nach", "vor", "bis", "wahrend", "apres", "avant", "jusqu",
    "how", "why", "what", "hoe", "waarom", "wat", "wanneer", "when", "ice",
}  # fmt: skip
_BEHIND_NOUN = {
    "and", "with", "time", "of", "for", "en", "met", "cafe", "kaffee", "kaffe", "midi", "dejeuner", "et", "und",
    "mit", "koffie", "thee", "coffee", "tea", "lunch", "min", "minuten", "minutes",
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:-(?=[^\W_]))?")
_MOST_WORDS = 7
_LATELY = 256  # a title is looked at from several sides, one after the other


def is_talk_title(title: str) -> bool:
    """Whether a heading opens the chapter with the talk itself."""
    return bool(_TALK.search(_bare(title)))


def names_whole(title: str) -> bool:
    """Whether a title may be that of a whole guide: a time behind it is then the sum of its parts."""
    return is_talk_title(title) or bool(_WHOLE.search(_bare(title)))


def is_other_chapter(title: str) -> bool:
    """Whether a heading opens a chapter about the research around the talk."""
    return bool(_NO_TALK.search(_bare(title)))


def is_overview(title: str) -> bool:
    """Whether a heading opens a list of what comes, which is no part of the talk itself."""
    return bool(_OVERVIEW.search(_bare(title)))


def asks_of_research(title: str) -> bool:
    """Whether a heading stands above the question of the research, which nobody asks the participants."""
    return bool(_RESEARCH_QUESTION.search(_bare(title)))


def is_section_word(title: str) -> bool:
    """Whether a title is one that parts of a talk have, so that it needs no mark to be one."""
    return _bare(title) in _PARTS or names_break(title)


def is_total(title: str) -> bool:
    """Whether a row of a table is the sum of the others."""
    return bool(_TOTAL.match(_bare(title)))


def is_end(title: str) -> bool:
    """Whether a row or a line only says when all is over."""
    return bool(_END.fullmatch(_bare(title)))


@lru_cache(maxsize=_LATELY)
def names_break(title: str, *, is_asked: bool = False) -> bool:
    """Whether a title opens a break, in which nobody talks, and not a question or a section about one.

    One rule for Dutch, English, French and German: the last word is one for a break, with what kind of break in front
    of it (`Koffie- en theepauze`, `Comfort break`, `Kaffeepause`), or the first one is, alone or with what goes with
    it (`Pauze en koffie`, `Pause café`); a word such as *after* or *about* before it takes that away. What is drunk in
    one alone (`Koffie/thee`) names one too, unless something is asked there: a group may be about coffee.
    """
    if title.rstrip(" *_)\"'”").endswith("?"):
        return False
    words = _WORD.findall(folded(without_number(title)))
    words = [word.rstrip("-") for word in words if not word[0].isdigit()]
    if not 0 < len(words) <= _MOST_WORDS:
        return False
    if (words[0] in _MEALS and len(words) == 1) or _STOP.fullmatch(" ".join(words)):
        return True
    if not is_asked and not _REFRESHMENTS.isdisjoint(words) and {*words} <= _REFRESHMENTS | _BESIDE_REFRESHMENTS:
        return True
    place = next((place for place, word in enumerate(words) if _is_noun(word)), None)
    if place is None or not _NOT_IN_IT.isdisjoint(words[:place]):
        return False
    behind = words[place + 1 :]
    return not behind or (behind[0] in _BEHIND_NOUN and words[place : place + 2] != ["pause", "and"])


def without_number(title: str) -> str:
    """Return a title without the number or letter that puts it in order: `2. `, `B) `, `Part 3: `, `3.3 `.

    A sign in front of the number stays: `👋 1. Intro`.
    """
    if found := _SIGN.match(title):
        return title[: found.end()] + without_number(title[found.end() :])
    if found := _ORDINAL.match(title) or _NUMBERED_DEEPLY.match(title):
        return title[found.end() :]
    return title


def bare_number(title: str) -> int:
    """Return the number that stands in front of a title without a point: `4 Concepten`, `10 jaar klant`; else 0."""
    found = _BARE_NUMBER.match(title)
    return int(found[1]) if found else 0


def _bare(title: str) -> str:
    words = bare_title(without_number(title))
    return words.lstrip("".join(mark for mark in words[:4] if not mark.isalnum()))


def _is_noun(word: str) -> bool:
    return bool(_NOUN.fullmatch(word)) and not _NO_NOUN.fullmatch(word)
