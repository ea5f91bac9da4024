"""What a line says without a mark: a cue to show or to do something, or an invitation to tell something."""

from __future__ import annotations

import re
from functools import lru_cache

from kring.domain.text import folded
from kring.plans.escapes import put_back

_DOES = "|".join(
    (
        "show|present|display|play|hand (?:out|round)|give out|distribute|pass (?:out|round|around)|read (?:out|aloud)",
        "start|stop|pause|collect|switch|turn|record|reveal|share screen",
        "rotate|randomi[sz]e|shuffle|capture|do not|don't",
        "roteer|wissel|noteer|toon|laat|speel|deel|geef|lees|verzamel|haal|leg|hang|pak|zet|schakel|draai|onthul",
        "zeigen?|spiele|verteile|gib|lies|starte|stoppe|sammle",
        "montre[rz]?|distribue[rz]?|lire|lisez|lance[rz]|passe[rz]|arreter|arretez|donne[rz]",
    )
)
_DONE = "|".join(
    (
        "tonen|laten zien|uitdelen|voorlezen|afspelen|ophalen|ophangen|pakken|klaarleggen|neerleggen|invullen",
        "starten|stoppen|aanzetten|uitzetten",
        "zeigen|austeilen|verteilen|vorlesen|abspielen|einsammeln",
        "montrer|distribuer",
    )
)
_MATERIAL = "|".join(
    (
        "cards?|kaart(?:en|jes?)?|karten?|cartes?|concept(?:s|en)?|konzepte?|stimul(?:us|i)|handouts?|hand-outs?",
        "video|film|filmpje|clip|fragment|audio|beeld(?:en)?|images?|foto(?:'?s)?|photos?|pictures?|bild(?:er)?|ads?|adverts?",
        "advertentie|poster|affiche|moodboard|board|storyboard|dias?|slides?|sheets?|folien?|scherm|screen|bildschirm|ecran",
        "prototype|website|formulier(?:en)?|forms?|vel(?:len)?|lijst|list|stickers|post-its?|timer",
        "opname|recording|aufnahme|enregistrement",
    )
)
_CUE = re.compile(rf"(?:{_DOES})\b|.{{1,60}}\b(?:{_DONE})$")
_ARTICLE = r"(?:(?:de|het|een|the|a|die|das|den|la|le|les|l')\s?)?"
_WHICH = r"(?:\s\w{1,3}(?:\s(?:en|and|und|et|&|\+)\s\w{1,3})?)?"
_OF_MATERIAL = re.compile(
    rf"(?:{_DOES})\s{_ARTICLE}(?:{_MATERIAL}){_WHICH}|{_ARTICLE}(?:{_MATERIAL}){_WHICH}\s(?:erbij\s)?(?:{_DONE})"
)
_OF_A_PART = re.compile(
    r"(?:blok|block|deel|part|fase|phase|thema|theme|topic|section|ronde|round|stap|step)\s\w{1,3}\b"
)
_LONGEST_CUE = 60

_TELLS = re.compile("(?:please,? |bitte |graag )?(?:" + "|".join((
    r"stelt? (?:u|je|jezelf|uzelf)(?: \w+){0,3} voor|(?:introduce|present) yourself|presentez-vous",
    r"vertel(?:t u)?|beschrijf|omschrijf|noem|schets|stelt? (?:u|je|jullie) (?:eens )?voor",
    r"denk (?:eens |even )?(?:terug )?aan|geef (?:eens )?een (?:voorbeeld|cijfer)",
    r"neem (?:me|mij|ons) (?:eens )?mee|loop (?:eens )?(?:met )?(?:me|mij|ons)",
    r"describe|tell (?:me|us)|think (?:back|of|about)|imagine|(?:walk|take|talk) (?:me|us) through",
    r"name (?:one|two|three|a|an|the|your|some)|list (?:one|two|three|the|your|some)",
    r"give (?:me |us )?an example|picture (?:a|an|yourself)",
    r"erzahlen sie|erzahl|beschreiben sie|beschreib|nennen sie|nenne|denken sie an|stellen sie sich|schildern sie",
    r"(?:rate|rank) (?:the|this|these|each|your|it)|(?:beoordeel|rangschik) (?:de|het|deze|dit|elke?|uw|je)",
    r"(?:bitte )?bewerten sie|notez|evaluez|classez",
    r"racontez|decrivez|parlez|citez|imaginez|pensez a|donnez(?:-moi|-nous)? un exemple",
)) + r")\b")  # fmt: skip
_STATES = re.compile(r"(?:stelling|statement|these|aussage|affirmation)(?: \d{1,2}| [a-z])?\s?:\s\S+\s\S")
_BEGINS = re.compile(
    r"(?:vertel|noem|beschrijf|geef|kies|denk|leg|stel|bespreek|teken|schrijf|bedenk|vergelijk|tell|describe|name|list"
    r"|think|imagine|give|explain|share|talk|choose|write|draw|compare)\b"
)
_TO_MODERATOR = re.compile(
    r"(?:\S+ ){1,3}?(?:deelnemers?|participants?|respondent(?:en|s)?|teilnehmer\w*|(?:de|the) group|de groep|iedereen"
    r"|everyone|everybody|them|hen)\b"
    r"|\S+ (?:\S+ )?(?:spelregels|huisregels|ground rules|regels|rules|regeln|agenda|purpose of the"
    r"|doel van (?:het|de))\b"
    r"|vertel (?:dat|waarom we|wie we|wat we|kort wat)\b"
)


_ASKS_BARELY = re.compile(
    r"(?:what|how|why|when|where|who|whom|which)\b(?: \S+){0,3}? "
    r"(?:do|did|does|are|were|would|could|can|will|have|had|should) (?:you|they|people|we)\b"
    r"|(?:can|could|would|do|did|have|are|were) you\b"
    r"|(?:wat|hoe|waarom|wanneer|waar|wie|welke?)\b(?: \S+){1,3}? (?:u|je|jij|jullie)\b"
    r"|(?:kunt|kun|heeft|hebt|heb|hebben|bent|ben|gaat|ga|zou|zouden|gebruikt|gebruik|kent|ken) (?:u|je|jij|jullie)\b"
    r"|(?:was|wie|warum|wann|wo|wer|welche[rsn]?)\b(?: \S+){1,3}? (?:sie|du|ihr)\b"
)


@lru_cache(maxsize=256)
def is_cue(text: str) -> bool:
    """Whether a line says what to show or to do, to whoever leads: `SHOW CARD A`, `Kaarten uitdelen`, `Toon kaart B`.

    In capitals any such verb will do; in other letters what is shown has to be named and nothing else.
    """
    if len(text) > _LONGEST_CUE or "?" in text or not text:
        return False
    words = folded(put_back(text)).strip(" .!*_:-–—>")
    if text.isupper() and sum(mark.isalpha() for mark in text) >= 4:
        return bool(_CUE.match(words)) and not _OF_A_PART.match(words)
    return bool(_OF_MATERIAL.fullmatch(words))


@lru_cache(maxsize=256)
def invites(text: str) -> bool:
    """Whether a line invites participants to tell something, as a question does: `Vertel eens over uw laatste reis`.

    Not where it says to whoever leads what to tell them: `Vertel de deelnemers het doel`, `Name the rules`.
    """
    words = folded(text).lstrip(" \"'“„«*_")
    return (bool(_TELLS.match(words)) or states(text)) and not _TO_MODERATOR.match(words)


def asks_barely(text: str) -> bool:
    """Whether a line is put as a question and only its mark is missing: `How long have you been there`."""
    return bool(_ASKS_BARELY.match(folded(text).lstrip(" \"'“„«*_")))


def tells(text: str) -> bool:
    """Whether a text begins with what somebody has to do: `Kies er een`, `Draw …`; whoever that is."""
    return bool(_BEGINS.match(folded(text)))


def states(text: str) -> bool:
    """Whether a line is a statement to react to, which is asked as a question is: `Stelling 1: De bus is duur.`"""
    return bool(_STATES.match(folded(text.replace("*", "")).lstrip(" \"'“„«_")))
