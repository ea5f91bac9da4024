"""Words of consent in a list of participants: what exactly they grant; whatever is not certain counts as no."""

from __future__ import annotations

import re

from kring.domain.consent import ALL, SCOPES
from kring.domain.text import folded

_YES = frozenset({
    "alles", "ja", "j", "volledig", "akkoord", "geheel", "all", "yes", "y", "full", "everything", "agreed",
})  # fmt: skip
_NO = frozenset({
    "nee", "n", "neen", "geen", "niets", "niet", "weigert", "geweigerd", "weigering", "geen toestemming",
    "niet akkoord", "no", "none", "nothing", "not", "refused", "refuses", "declined", "no consent", "not agreed",
})  # fmt: skip
_SCOPE_WORDS = {
    "taking_part": "taking part, participation, deelname, meedoen",
    "audio": "audio, sound, recording, audio recording, geluid, opname, geluidsopname",
    "video": "video, image, beeld, video-opname, beeldopname",
    "quoting": "quoting, quote, quotes, citeren, citaat, citaten",
    "observers": "observers, meekijkers",
    "clips": "clips, fragmenten",
}
_SCOPE_OF = {word.strip(): scope for scope, words in _SCOPE_WORDS.items() for word in words.split(",")}
assert set(_SCOPE_WORDS) == set(SCOPES)
_HEADING = re.compile(
    r"(?:toestemming|consent|akkoord|permission)(?:\s+(?:voor|met|op|to|for|of)\b)?\s*[:(-]?\s*([^()]+?)\s*\)?"
)
_PARTS = re.compile(r"[,;/+&]|\s(?:en|and)\s")
_EXCEPT = re.compile(r"^(.*?)[\s,]*\b(?:behalve|except|zonder|without)\b\s*(.+)$")
_REFUSED = re.compile(r"^(?:niet|geen|no|not)\s+(.+)$|^(.+?)(?:\s*[:=]\s*|\s+)(?:nee|niet|no|not)$")

Consents = tuple[tuple[str, bool], ...]


def read_consent(words: str) -> Consents | None:
    """Return what a cell grants or refuses, per scope; None where it says something that is not certain.

    Nothing grants but a word for yes, alone, or the names of scopes; an empty cell says nothing.
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
    refused_parts = [next(filter(None, found.groups())) for part in parts if (found := _REFUSED.match(part))]
    granted = _granted(",".join(part for part in parts if not _REFUSED.match(part)))
    refused = _scopes(",".join(refused_parts)) if refused_parts else ()
    return None if granted is None or refused is None else _settled(granted, refused)


def _granted(text: str) -> tuple[str, ...] | None:
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    if len(parts) == 1 and parts[0] in _YES:
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


def scope_of_heading(heading: str) -> str:
    """Return the word of the one scope that a column is about, such as `toestemming citaten`; empty for others."""
    found = _HEADING.fullmatch(folded(heading).strip())
    return found[1] if found and found[1] in _SCOPE_OF else ""


def together(words: str, of_scopes: list[tuple[str, str]]) -> str:
    """Return in one text what a cell of consent says and, as pairs of a scope's word and a cell, those of scopes."""
    is_yes = folded(words).strip(" .!") in _YES
    parts = [words]
    for scope, cell in of_scopes:
        said = folded(cell).strip(" .!")
        if said in _NO:
            parts.append(f"niet {scope}")
        elif said and said not in _YES:
            parts.append(f"{scope}: {cell}")
        elif said and not is_yes:
            parts.append(scope)
    return ", ".join(part for part in parts if part)
