"""Labels: a few words in front of a line, or above a list, that say what it is: `Doel:`, `Doorvraag:`, `Watch for:`.

A label with a text behind it is about that text alone; one that stands alone opens the list below it, up to the next
label, heading or other kind of line. What the label of a list calls an instruction stays a question where it asks and
is numbered, or asks and the label does not name what to watch for.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from kring.domain.rows import QuestionKind
from kring.domain.text import folded
from kring.plans.lines import Line
from kring.plans.marks import QUESTION_KINDS, asks

LabelRole = Literal["", "question", "probe", "instruction"]

_PROBE = re.compile(r"prob(?:e|es|ing)\b|follow|doorvra|vervolgvra|example|voorbeeld")
_PROBED = re.compile(r"probes?\b|follow-?up|doorvra|vervolgvra")
_WATCH = re.compile(r"watch|listen|observe|luister|kijk (?:naar|of)|\blet op|look (?:for|at)|signale|beobacht")
_INSTRUCTION = re.compile(
    r"\bnotes?\b|goal|purpose|\bdoel|instruct|facilitator|moderator|gespreksleider|rules|regels|afspraken|consent"
    r"|toestemming|critical|\btips?\b|next steps|thank|bedank|incentive|explain|toelichting|uitleg|time\b|tijd\b"
    r"|materia|benodigd|\bnb\b|n\.b\.|remember|denk aan|achtergrond|background|werkvorm"
)
_QUESTION = re.compile(
    r"question|vra(?:ag|gen)\b|prompt|introduc|voorstel|kennismak|rondje|ijsbreker|icebreaker|warm-?up|\bfrage"
)
_NUMBER = re.compile(r"(?:q|vraag|question|v|frage)\s?(\d{1,3}(?:\.\d{1,3})?)[a-z]?")
_PURE = re.compile(
    r"(?:de |het |the )?(?:doel|goal|purpose|probes?|prob(?:e|ing) questions?|doorvragen|doorvraag|follow-?ups?"
    r"|vervolgvragen|vervolgvraag|follow-?up (?:probes?|questions?)|moderator|gespreksleider|facilitator"
    r"|instructies?|instructions?|vraag|vragen|questions?|q|v|notes?|nota|notitie|opmerking|note to moderator"
    r"|probe if needed|(?:opening|closing|main|key|final|ending)? ?(?:prompt|question)s?"
    r"|(?:openings|slot|kern|hoofd|sleutel|overgangs)vra(?:ag|gen))(?: \((?:always|altijd)[^()]*\))?"
)
_KIND = re.compile(r"\b([a-z]+vraag)\b|\b([a-z]+) question\b")
_MUST = re.compile(r"always|altijd|\bmust\b|verplicht")
_LONGEST = 70
_LONGEST_PLAIN = 48
_ALONE = re.compile(r"([^\W\d][^:?.\"“„«]{1,48}):$")
_PLAIN = re.compile(r"([^\W\d][^:?.\"“„«]{0,40}?)\s?:\s+(?=\S)")


class Label(msgspec.Struct, frozen=True):
    """A label: its words, what they say of what follows, and the text behind it on its line."""

    name: str
    role: LabelRole
    rest: str = ""
    is_pure: bool = False  # it says no more than its role
    watches: bool = False  # what follows is what to watch for, also where it asks
    must: bool = False
    number: str = ""
    kind: QuestionKind | None = None


def label_of(line: Line) -> Label | None:
    """Return the label of a line, None where it has none.

    In bold or italics a label is what ends in a colon; plain words are one only alone on their line, or where they
    are known as one.
    """
    if line.lead and len(line.lead) <= _LONGEST:
        name, rest = line.lead, line.after
        if name.endswith(":") or rest.startswith(":") or (_numbered(name) and not asks(name)):
            return _label(name.rstrip(": ."), rest.lstrip(": "))
        return _label(name, "") if line.bold and not rest and not asks(name) and role_of(name) else None
    if (found := _ALONE.match(line.text)) and len(found[1]) <= _LONGEST_PLAIN:
        return _label(found[1], "")
    if found := _PLAIN.match(line.text):
        name = folded(found[1]).strip()
        is_short = len(name.split()) <= 5
        if _PURE.fullmatch(name) or _numbered(name) or (is_short and (_WATCH.match(name) or _PROBED.match(name))):
            return _label(found[1], line.text[found.end() :].strip())
    return None


def role_of(name: str) -> LabelRole:
    """Return what a label such as `Doorvragen` says of what follows it."""
    words = folded(name)
    if _PROBE.search(words):
        return "probe"
    if _WATCH.search(words) or _INSTRUCTION.search(words):
        return "instruction"
    return "question" if _QUESTION.search(words) or _numbered(name) else ""


def _label(name: str, rest: str) -> Label:
    words = folded(name)
    number = _NUMBER.fullmatch(words.rstrip(". "))
    kinds = [QUESTION_KINDS[found] for one in _KIND.finditer(words) if (found := one[1] or one[2]) in QUESTION_KINDS]
    role = role_of(name)
    return Label(
        name=name.strip(),
        role=role,
        rest=rest,
        is_pure=bool(number or _PURE.fullmatch(words.strip())),
        watches=bool(_WATCH.search(words)),
        must=bool(_MUST.search(words)),
        number=number[1] if number else "",
        kind=kinds[0] if kinds and role == "question" else None,
    )


def _numbered(name: str) -> bool:
    return bool(_NUMBER.fullmatch(folded(name).strip(" .:")))
