"""What a plan says of how the talk is led: what a question must yield, kinds of probes, sentences for a moment."""

from __future__ import annotations

import re

from kring.domain.leading import probe_kind, situation
from kring.domain.rows import ProbeKind, Situation

YIELD = re.compile(r"^@?(?:opbrengst(?:en)?|yields?)\s?:\s*(?=\S)|^@(?:opbrengst(?:en)?|yields?)\s+", re.IGNORECASE)
"""What stands before something that a question must yield."""
_MARK = re.compile(r"\s?\{([^{}]{1,40})\}")


def yields_in(text: str) -> list[str]:
    """Return each thing that a question must yield in a line with `;` between them."""
    return [part for one in text.split(";") if (part := one.strip(" .,"))]


def take_probe_kind(text: str) -> tuple[str, ProbeKind | None]:
    """Return a probe without the mark of its kind, `{contrast}`, and the kind."""
    for found in _MARK.finditer(text):
        kind = probe_kind(found[1])
        if kind is not None:
            return f"{text[: found.start()]}{text[found.end() :]}".strip(), kind
    return text, None


def read_sentence(text: str) -> tuple[Situation, str] | None:
    """Return for which moment a sentence is and what it says: `talker: Thank you …`; None where that is not said."""
    word, _colon, said = text.partition(":")
    moment = situation(word)
    said = said.strip().strip('"“”„«»').strip()
    return (moment, said) if moment is not None and said else None
