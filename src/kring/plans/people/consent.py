"""Words of consent in a list of participants: what exactly they grant; whatever is not certain counts as no."""

from __future__ import annotations

import re
from itertools import pairwise

from kring.domain.consent import ALL, SCOPES
from kring.domain.text import folded

_YES = frozenset({
    "alles", "ja", "j", "volledig", "akkoord", "geheel", "all", "yes", "y", "full", "everything", "agreed",
    "oui",
})  # fmt: skip
_NO = frozenset({
    "nee", "n", "neen", "geen", "niets", "niet", "weigert", "geweigerd", "weigering", "geen toestemming",
    "niet akkoord", "no", "none", "nothing", "not", "refused", "refuses", "declined", "no consent", "not agreed",
    "ingetrokken", "intrekken", "trekt in", "trok in", "toestemming ingetrokken", "teruggetrokken", "trekt zich terug",
    "trok zich terug", "doet niet mee", "withdrawn", "withdraw", "withdraws", "withdrew", "consent withdrawn",
    "revoked", "opted out", "does not take part", "nein", "non", "nicht", "pas", "verweigert", "refuse", "abgelehnt",
})  # fmt: skip
SIGNED = frozenset({"getekend", "ondertekend", "signed", "unterschrieben", "signe"})
_SCOPE_WORDS = {
    "taking_part": "taking part, participation, deelname, meedoen",
    "audio": "audio, sound, recording, recorded, audio recording, geluid, opname, geluidsopname",
    "video": "video, image, beeld, video-opname, beeldopname, filmed, filming, filmen",
    "quoting": "quoting, quote, quotes, quoted, citeren, citaat, citaten",
    "observers": "observers, meekijkers",
    "clips": "clips, fragmenten",
}
_SCOPE_OF = {word.strip(): scope for scope, words in _SCOPE_WORDS.items() for word in words.split(",")}
assert set(_SCOPE_WORDS) == set(SCOPES)
_IN_ENGLISH = frozenset({
    "taking part", "participation", "sound", "recording", "recorded", "audio recording", "image", "filmed", "filming",
    "quoting", "quote", "quotes", "quoted", "observers",
})  # fmt: skip
_HEADING = re.compile(
    r"(?:toestemming|consent|akkoord|permission)(?:\s+(?:voor|met|op|to|for|of)\b)?\s*[:(-]?\s*([^()]+?)\s*\)?"
)
_OF_A_QUESTION = frozenset({
    "ok", "oke", "mag", "goed", "toegestaan", "akkoord", "toestemming", "ja", "nee", "of", "voor", "tot", "is",
    "may", "allowed", "consent", "permission", "agreed", "yes", "no", "or", "to", "for", "be", "y", "n", "j",
    "we", "i", "you", "can", "do", "agree", "er", "ik", "u", "je", "worden", "wij",
})  # fmt: skip
"""What stands in a heading around the scope that it asks about, such as *Video ok?* and *Mag opname (ja/nee)*."""
_VERBS = {
    "record": "recorded", "opgenomen": "opname", "opnemen": "opname", "film": "filmed", "gefilmd": "filmen",
    "geciteerd": "citeren",
}  # fmt: skip
"""Words that are about a scope only in a heading that asks for leave: *OK to record?*, and not *Record ID*."""
_ASKS_LEAVE = re.compile(
    r"\b(?:ok|oke|mag|mogen|may|can|agree|allowed|consent|permission|toestemming|akkoord|not|niet)\b"
)
_OF_CONSENT = re.compile(
    r"toestemming(?:s?(?:formulier|verklaring))?|consent|akkoord|permission|einwilligung(?:serklarung)?|consentement"
)
_OF_A_FORM = frozenset({
    "avg", "gdpr", "dsgvo", "form", "formulier", "signed", "getekend", "ondertekend", "given", "gegeven", "received",
    "ontvangen", "informed", "binnen", "retour",
})  # fmt: skip
UNCERTAIN = "?"
"""In front of a scope's word where the heading of its column is not certain, such as *geen video*."""
_PARTS = re.compile(r"[,;/+&]|\s(?:en|and)\s")
_EXCEPT = re.compile(r"^(.*?)[\s,]*\b(?:behalve|except|zonder|without)\b\s*(.+)$")
_REFUSED = re.compile(r"^(?:niet|geen|no|not)\s+(.+)$|^(.+?)(?:\s*[:=]\s*|\s+)(?:nee|niet|no|not)$")
_REFUSING = {"nee", "no", "n", "niet", "geen", "not", "nein", "nicht", "kein", "non", "pas", "zonder", "without"}
_BEGINS_WITH_NO = re.compile(r"(?:niet|geen|no|not)\s")

_DOUBTS = frozenset({
    "no", "not", "none", "nee", "niet", "geen", "nein", "nicht", "kein", "keine", "non", "pas", "but", "maar", "only",
    "alleen", "except", "behalve", "without", "zonder", "if", "als", "unless", "tenzij", "pending", "later",
})  # fmt: skip
_TAKES_BACK = re.compile(
    r"\b(?:tr[eo]kt?|ingetrokken|teruggetrokken|withdr\w+|revok\w+|weiger\w*|geweigerd|refus\w+|bezwaar|object\w*"
    r"|nog|yet|twijfel\w*|doubt\w*)\b"
)
_LED = re.compile(r"(?:toestemming|consent|akkoord|permission|einwilligung|consentement)\b\s?[:=]?\s?", re.IGNORECASE)

Consents = tuple[tuple[str, bool], ...]


def read_consent(words: str) -> Consents | None:
    """Return what a cell grants or refuses, per scope; None where it says something that is not certain.

    Nothing grants but a word for yes, alone, or the names of scopes; an empty cell says nothing. Of a scope that is
    named behind *no* and a comma nobody can tell whether it is refused too: "no audio, video".
    """
    said = folded(words).strip(" .!")
    if not said:
        return ()
    if said in _NO:
        return ((ALL, False),)
    if exception := _EXCEPT.match(said):
        granted, refused = _granted(exception[1]), _scopes(exception[2])
        return None if not granted or refused is None else _settled(granted, refused)
    parts = [part.strip(" .!") for part in _PARTS.split(said) if part.strip(" .!")]
    nos = [bool(_BEGINS_WITH_NO.match(part)) for part in parts]
    if any(before and not behind for before, behind in pairwise(nos)):
        return None
    refused_parts = [next(filter(None, found.groups())) for part in parts if (found := _REFUSED.match(part))]
    granted = _granted(",".join(part for part in parts if not _REFUSED.match(part)))
    refused = _scopes(",".join(refused_parts)) if refused_parts else ()
    return None if granted is None or refused is None else _settled(granted, refused)


def told_of_consent(part: str, *, goes_on: bool = False) -> str:
    """Return what a part of a line says of consent, `consent: yes` or `no video`; empty where it says another thing.

    Where it goes on with a part about consent, a scope or a word of doubt alone is about that too.
    """
    if found := _LED.match(part):
        return part[found.end() :] or part
    said = folded(part).strip(" .!")
    words = re.findall(r"[\w-]+", said)
    names_scope, doubts = any(word in _SCOPE_OF for word in words), any(word in _DOUBTS for word in words)
    is_told = (names_scope and doubts) or (said in _NO and " " in said) or (goes_on and (names_scope or doubts))
    return part if is_told else ""


def leaves_doubt(remark: str) -> bool:
    """Whether a remark beside somebody's consent may take it back: `trekt toestemming in`, `does not want video`."""
    said = folded(remark).strip(" .!")
    words = {_VERBS.get(word, word) for word in re.findall(r"[\w-]+", said)}
    is_about = any(word in _SCOPE_OF or word in SIGNED or _OF_CONSENT.fullmatch(word) for word in words)
    takes_back = not words.isdisjoint(_DOUBTS) or _TAKES_BACK.search(said) is not None
    return (is_about and takes_back) or (said in _NO and " " in said)


def _granted(text: str) -> tuple[str, ...] | None:
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    if parts and parts[0] in _YES and all(part in _YES or part in SIGNED for part in parts):
        return (ALL,)
    if parts and parts[0] in _YES and all(part in _SCOPE_OF for part in parts[1:]):
        return None  # "ja, geluid": whether to all or to that alone is not certain
    return _scopes(text) if parts else ()


def _scopes(text: str) -> tuple[str, ...] | None:
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    return tuple(_SCOPE_OF[part] for part in parts) if all(part in _SCOPE_OF for part in parts) else None


def _settled(granted: tuple[str, ...], refused: tuple[str, ...]) -> Consents:
    """Return each scope once; a refusal counts before a grant."""
    both = {**dict.fromkeys(granted, True), **dict.fromkeys(refused, False)}
    return tuple(both.items())


def asks_consent(heading: str) -> bool:
    """Whether a column asks consent to all, such as `Toestemming (ja/nee)` and `Consent form received`."""
    words = re.findall(r"[\w-]+", folded(heading))
    others = [word for word in words if not _OF_CONSENT.fullmatch(word)]
    is_only = all(word in _OF_A_QUESTION or word in _OF_A_FORM for word in others)
    return len(others) < len(words) and is_only and not asks_refusal(heading)


def asks_refusal(heading: str) -> bool:
    """Whether a column is one to tick for *no*, or names a refusal: `Toestemming nee`, `Geen opname`."""
    words = set(re.findall(r"[\w-]+", folded(heading)))
    return bool(words & _REFUSING) and words.isdisjoint({"ja", "yes", "j", "y", "oui"})


def scope_of_heading(heading: str) -> str:
    """Return the word of the one scope that a column is about, such as `toestemming citaten`; empty for others.

    `UNCERTAIN` stands before it where the heading has other words, which may turn its meaning round.
    """
    even = folded(heading).strip()
    found = _HEADING.fullmatch(even)
    if found and found[1] in _SCOPE_OF:
        return found[1]
    words = re.findall(r"[\w-]+", even)
    if _ASKS_LEAVE.search(even):
        words = [_VERBS.get(word, word) for word in words]
    scopes = [word for word in words if word in _SCOPE_OF]
    if len({_SCOPE_OF[word] for word in scopes}) != 1:
        return ""
    others = [word for word in words if word not in _SCOPE_OF]
    asks = "no" not in others[:1] and all(word in _OF_A_QUESTION for word in others)
    return scopes[0] if asks else f"{UNCERTAIN}{scopes[0]}"


def together(words: str, of_scopes: list[tuple[str, str]]) -> str:
    """Return in one text what a cell of consent says and, as pairs of a scope's word and a cell, those of scopes.

    What is granted stands before what is refused. A column whose heading is uncertain never grants, and leaves no
    grant of the others certain.
    """
    is_yes = folded(words).strip(" .!") in _YES
    granted, refused, unclear = [], [], []
    for scope, cell in of_scopes:
        said = folded(cell).strip(" .!")
        if scope.startswith(UNCERTAIN):
            if said and words:
                unclear.append(f"{scope.removeprefix(UNCERTAIN)}: {cell}?")
        elif said in _NO:
            refused.append(f"{'not' if scope in _IN_ENGLISH else 'niet'} {scope}")
        elif said and said not in _YES:
            unclear.append(f"{scope}: {cell}")
        elif said and not is_yes:
            granted.append(scope)
    return ", ".join(part for part in (*granted, words, *unclear, *refused) if part)
