"""What a program writes among the messages of a chat, which nobody typed: who left, how many liked it, what is gone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kring.domain.text import folded, one_line
from kring.imports.formats.cues.not_names import is_notice

_LIKED = re.compile(
    r"\d{1,3}\s.{2,40}[-\s](?:reacties?|reactions?|reaktion(?:en)?|reactions?)\.?"
    r"|(?:like|heart|laugh|surprised|sad|angry|thumbsup|vind ik leuk|hart|gefallt mir)\s\d{1,3}"
)
_CAME_OR_WENT = re.compile(
    r".{1,60}\s(?:heeft de (?:vergadering|chat|groep) verlaten|is toegetreden|neemt deel|is toegevoegd(?: aan .{1,40})?"
    r"|has (?:joined|left)(?: the (?:meeting|chat|conversation|call|group))?"
    r"|(?:joined|left) the (?:meeting|chat|conversation|call|group)"
    r"|(?:hat|ist) (?:der|die|das) (?:besprechung|gruppe|chat) (?:verlassen|beigetreten))\.?"
)
_GONE = re.compile(
    r"(?:dit|this) (?:bericht|message) (?:is|was|has been) (?:verwijderd|deleted)\.?"
    r"|(?:je|u) hebt? dit bericht verwijderd\.?|you deleted this message\.?|diese nachricht wurde geloscht\.?"
    r"|ce message a ete supprime\.?"
    r"|(?:berichten en oproepen|messages and calls|nachrichten und anrufe|les messages et les appels)\b.*"
    r"\b(?:versleuteld|encrypted|verschlusselt|chiffres)\b.*"
)
_COUNT = re.compile(r"\d{1,3}")


class Typed(NamedTuple):
    """The lines of a message that somebody typed, and the places of those that nobody did."""

    lines: list[str]
    others: list[int]


def typed_of(lines: Sequence[str]) -> Typed:
    """Return what of the lines of a message somebody typed."""
    typed: list[str] = []
    others: list[int] = []
    is_after = False
    for place, line in enumerate(lines):
        said = folded(one_line(line)).strip("\u200e ")
        is_other = _is_told(said, line) or (is_after and _COUNT.fullmatch(said) is not None)
        is_after = is_other
        if is_other:
            others.append(place)
        else:
            typed.append(line)
    return Typed(typed, others)


def _is_told(said: str, line: str) -> bool:
    forms = (_LIKED, _CAME_OR_WENT, _GONE)
    return any(form.fullmatch(said) for form in forms) or (bool(said) and is_notice(line))
