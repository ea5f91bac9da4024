"""Facts out of files, of this version and of those before: what an older version wrote is read as it was meant.

An upcaster turns the data of one version of a kind into that of the next. What it says is fixed for good: a session of
years ago must not come to mean something else, so nothing here follows a word list that may still grow.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import msgspec

from kring.domain.facts import KINDS, Fact
from kring.domain.text import folded

Data = dict[str, Any]

_UNREADABLE = (msgspec.MsgspecError, UnicodeError, RecursionError, LookupError, TypeError, ValueError, AttributeError)


def decode(kind: str, data: bytes | str, v: int = 0) -> Fact | None:
    """Return the fact that an event of this kind and version carries, or None where this version can't read it.

    Without a version it is taken for one of today.
    """
    fact = KINDS.get(kind)
    if fact is None or v > fact.v:
        return None
    try:
        if v in (0, fact.v):
            return _decoder(kind).decode(data)
        older: Data = msgspec.json.decode(data)
        for version in range(v, fact.v):
            older = UPCASTERS[kind, version](older)
        return msgspec.convert(older, fact)
    except _UNREADABLE:
        return None


@cache
def _decoder(kind: str) -> msgspec.json.Decoder[Fact]:
    return msgspec.json.Decoder(KINDS[kind])


_ALL = frozenset({"alles", "all", "ja", "yes", "volledig", "full"})
_NONE = frozenset({"nee", "no", "geen", "none", "niets"})
_SCOPES = {
    "taking_part": ("taking part", "deelname", "meedoen"),
    "audio": ("audio", "geluid", "sound", "opname", "recording"),
    "video": ("video", "beeld"),
    "quoting": ("quoting", "quote", "quotes", "citeren", "citaat", "citaten"),
    "observers": ("observers", "meekijkers"),
    "clips": ("clips", "fragmenten"),
}
_SCOPE_OF = {word: scope for scope, words in _SCOPES.items() for word in words}


def consents_of_1(words: str) -> list[list[object]]:
    """Return what the consent of a list of version 1 grants: words that say so exactly; anything else is no."""
    said = folded(words).strip()
    if not said:
        return []
    if said in _ALL or said in _NONE:
        return [["all", said in _ALL]]
    named = [part.strip() for part in said.split(",")]
    if all(part in _SCOPE_OF for part in named):
        return [["all", False], *([_SCOPE_OF[part], True] for part in dict.fromkeys(named))]
    return [["all", False]]


def _plan_read_1(data: Data) -> Data:
    plan: Data = data["plan"]
    people = plan.pop("participants", ())
    plan.pop("warnings", None)
    same = ("code", "name", "seat", "segment", "attributes", "consent")
    roster = [
        {name: person[name] for name in same if name in person} | {"consents": consents_of_1(person.get("consent", ""))}
        for person in people
    ]
    return {"plan": plan, "roster": roster}


def _turns_proposed_1(data: Data) -> Data:
    return data | {"count": len(data["proposals"])}


def _transcript_read_1(data: Data) -> Data:
    return data | {"count": len(data["utterances"])}


UPCASTERS: dict[tuple[str, int], Callable[[Data], Data]] = {
    ("plan_read", 1): _plan_read_1,
    ("turns_proposed", 1): _turns_proposed_1,
    ("transcript_read", 1): _transcript_read_1,
}
"""From a kind and its older version to what makes the next version of its data."""
