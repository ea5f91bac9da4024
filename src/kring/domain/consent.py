"""Consent: whose words may be quoted, as the scopes of the roster say."""

from __future__ import annotations

import re

from kring.domain.rows import ConsentRow
from kring.domain.state import State
from kring.domain.text import folded

_WORDS = re.compile(r"[^\W\d_]+")
_QUOTING = frozenset(["quoting", "quote", "quotes", "citeren", "citaat", "citaten"])
_OTHERS = frozenset({
    "taking", "part", "deelname", "meedoen", "audio", "sound", "geluid", "video", "beeld", "observers", "meekijkers",
    "clips", "fragmenten", "recording", "opname",
})  # fmt: skip
_NOT = frozenset(["no", "not", "without", "geen", "niet", "zonder"])


def may_be_quoted(state: State, participant: str | None) -> bool:
    """Tell whether a participant's words may leave as a quote.

    Refused is who said no to everything or to quoting, who took it back, and who named scopes without quoting; of who
    said nothing, or only something that kring doesn't know (`signed`), nothing is known against it.
    """
    said = [row for row in state.consents.values() if row.participant == participant]
    about_quotes = [row for row in said if _words(row) & _QUOTING]
    if about_quotes:
        return all(row.given and not _words(row) & _NOT for row in about_quotes)
    everything = [row.given for row in said if row.scope == "all"]
    if any(everything):
        return True
    return not everything and not any(_words(row) & _OTHERS for row in said)


def _words(row: ConsentRow) -> set[str]:
    return set(_WORDS.findall(folded(row.scope)))
