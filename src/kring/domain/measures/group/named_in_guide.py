"""A line of the guide that says which persona or segment it is about: `persona: Ans`, `klantgroep: trouw, nieuw`."""

from __future__ import annotations

from typing import Literal, NamedTuple

from kring.domain.text import folded

_WORDS: dict[str, Literal["persona", "segment"]] = {
    "persona": "persona", "personas": "persona", "klantgroep": "segment", "klantgroepen": "segment",
    "klantsegment": "segment", "segment": "segment", "segments": "segment", "segmenten": "segment",
    "customergroup": "segment", "customersegment": "segment",
}  # fmt: skip
_LONGEST = 20


class Named(NamedTuple):
    """What a line names: personas, or segments, as it writes them."""

    what: Literal["persona", "segment"]
    names: tuple[str, ...]


def named_in(text: str) -> Named | None:
    """Return what a line of the guide names; None where it is another line, such as one that asks."""
    key, _colon, rest = text.partition(":")
    word = "".join(mark for mark in folded(key) if mark.isalpha()) if len(key) <= _LONGEST else ""
    names = tuple(one.strip(" *_") for one in rest.replace(";", ",").split(",") if one.strip(" *_"))
    return Named(_WORDS[word], names) if word in _WORDS and names and "?" not in rest else None
