"""What the words of a title say: whether it names a total, an overview, another chapter; and its number."""

from __future__ import annotations

import re

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
    return _bare(title) in _PARTS


def is_total(title: str) -> bool:
    """Whether a row of a table is the sum of the others."""
    return bool(_TOTAL.match(_bare(title)))


def is_end(title: str) -> bool:
    """Whether a row or a line only says when all is over."""
    return bool(_END.fullmatch(_bare(title)))


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
