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
from kring.plans.escapes import put_back
from kring.plans.lines import Line, bare_title, without_emphasis
from kring.plans.marks import QUESTION_KINDS, asks

LabelRole = Literal["", "question", "probe", "instruction"]

_PROBE = re.compile(
    r"prob(?:e|es|ing)\b|prompts?\b|follow|sub-?questions?|example|doorvra|vervolgvra|subvra|deelvra|hulpvra|voorbeeld"
    r"|nachfrag|vertiefung|beispiel|relance|exemple"
)
_PROBED = re.compile(r"probes?\b|follow-?up|doorvra|vervolgvra|subvra|nachfrag|relance")
_WATCH = re.compile(
    r"watch|listen|observe|observ(?:atie|ation|eer)|luister|kijk (?:naar|of)|\blet op|look (?:for|at)|signale|beobacht"
)
_INSTRUCTION = re.compile(
    r"\bnotes?\b|goal|purpose|instruct|facilitator|moderator|rules|consent|critical|\btips?\b|next steps|thank"
    r"|incentive|explain|time\b|remember|background|attention|important|reminder|materia"
    r"|\bdoel|gespreksleider|regels|afspraken|toestemming|bedank|toelichting|uitleg|tijd\b|benodigd|\bnb\b|n\.b\."
    r"|voorlezen|lees voor|read (?:out|aloud)|vorlesen"
    r"|denk aan|achtergrond|werkvorm|opmerking|attentie|belangrijk|\bziel\b|hinweis|achtung|wichtig|objecti|remarque"
)
_QUESTION = re.compile(
    r"question|vra(?:ag|gen)\b|^ask\b|prompt|introduc|voorstel|kennismak|rondje|ijsbreker|icebreaker|warm-?up|\bfrage"
    r"|\bstellingen\b|^statements$"
)
_ASKED = re.compile(r"(?:opening|closing|main|key|final|ending) prompts?")
_NUMBER = re.compile(r"(q|vraag|question|v|frage)\s?(\d{1,3}(?:\.\d{1,3})?[a-z]?)")
_PURE = re.compile(
    r"(?:de |het |the )?(?:doel|goal|purpose|ziel|objectif|probes?|prob(?:e|ing) questions?|prompts?|doorvra(?:ag|gen)"
    r"|follow-?ups?|vervolgvra(?:ag|gen)|sub-?vra(?:ag|gen)|deelvra(?:ag|gen)|sub-?questions?|nachfragen?|relances?"
    r"|follow-?up (?:probes?|questions?)|moderator|gespreksleider|facilitator|fragen?"
    r"|instructies?|instructions?|vraag|vragen|questions?|ask(?: (?:all|everyone))?|q|v|p|d|notes?|nota|notitie"
    r"|opmerking|note to moderator"
    r"|probe if needed|(?:opening|closing|main|key|final|ending)? ?(?:prompt|question)s?"
    r"|(?:openings|slot|kern|hoofd|sleutel|overgangs|leit|haupt|schlussel)(?:vra(?:ag|gen)|fragen?))"
    r"(?: \((?:always|altijd)[^()]*\))?"
)
_KNOWN = re.compile(
    r"(?:(?:moderator )?(?:tips?|let op|nb|n\.b\.|nota bene|observe(?:er)?|watch(?: for| out)?|listen(?: for)?|look for"
    r"|luister(?: naar)?|kijk naar|hint|hinweise?|achtung|attentie|attention|remember|reminder|denk aan|prompts?"
    r"|probes?|doorvra(?:ag|gen)|vervolgvra(?:ag|gen)|sub-?vra(?:ag|gen)|deelvra(?:ag|gen)|sub-?questions?"
    r"|follow-?ups?|nachfragen?|relances?|beobachten|voorlezen|lees voor|read (?:out|aloud)|vorlesen))"
)
"""Labels that are known without a colon."""
_KIND = re.compile(r"\b([a-z]+vraag)\b|\b([a-z]+) question\b")
_MUST = re.compile(r"always|altijd|\bmust\b|verplicht")
_LONGEST = 70
_LONGEST_PLAIN = 48
_ALONE = re.compile(r"([^\W\d][^:?.\"“„«]{1,48}):$")
_PLAIN = re.compile(r"([^\W\d][^:?.!\"“„«]{0,40}?)(\s?:\s+|!\s+|\s[-–—]\s)(?=\S)")
_CODE = re.compile(
    r"((?:[qv]|vraag|question|frage)\s?\d{1,3}(?:\.\d{1,3})?[a-z]?)\s?(?:[.):–—-]\s?|\s)(?=\S)", re.IGNORECASE
)


class Label(msgspec.Struct, frozen=True):
    """A label: its words, what they say of what follows, and the text behind it on its line."""

    name: str
    role: LabelRole
    rest: str = ""
    joint: str = ": "  # between its words and that text
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
        if is_known_label(name) and not line.italic:
            return _known(name, rest)
        if line.bold or rest:
            return _label(name, "") if line.bold and not rest and not asks(name) and role_of(name) else None
    if (found := _ALONE.match(line.text)) and len(found[1]) <= _LONGEST_PLAIN:
        return _label(found[1], "")
    if line.shape == "text" and is_known_label(line.text):
        return _label(line.text.rstrip(" .!:"), "")
    text = without_emphasis(line.text) if line.italic else line.text
    if found := _PLAIN.match(text):
        return _plain(found[1], found[2], text[found.end() :].strip())
    return None


def code_of(title: str) -> tuple[str, str]:
    """Return the code in front of a question that is a heading, and the question: `Q2.`, `V3`, `Question 1:`."""
    found = _CODE.match(title)
    return (_coded(found[1]), title[found.end() :].strip()) if found else ("", title)


def is_code(title: str) -> bool:
    """Whether a title is no more than the code of the question below it: `Q1`, `Vraag 2:`."""
    return _numbered(title)


def is_label(title: str) -> bool:
    """Whether a title says no more than what stands below it: `Vragen`, `Doorvragen`, `Let op`."""
    return is_known_label(title) or bool(_PURE.fullmatch(bare_title(title)))


def is_known_label(text: str) -> bool:
    """Whether words are known as a label, also without a colon behind them: `Tip`, `Let op!`, `Subvragen`."""
    return len(text) <= _LONGEST_PLAIN and bool(_KNOWN.fullmatch(folded(put_back(text)).strip(" .!:-–—")))


def _plain(name: str, joint: str, rest: str) -> Label | None:
    words = folded(name).strip()
    if ":" in joint:
        is_short = len(words.split()) <= 5
        if _PURE.fullmatch(words) or _numbered(words) or is_known_label(words):
            return _label(name, rest)
        return _label(name, rest) if is_short and (_WATCH.match(words) or _PROBED.match(words)) else None
    return _label(name, rest, joint) if is_known_label(words) else None


def _known(name: str, rest: str) -> Label:
    """Return a label without a colon in bold, its sign or the dash behind it kept between it and its text."""
    name = put_back(name)
    dash = rest[:1] if rest[:1] in "-–—" else ""
    joint = f" {dash} " if dash else f"{name[-1]} " if name[-1] in "!." else " "
    return _label(name.rstrip(" .!"), rest.lstrip("-–— "), joint)


def role_of(name: str) -> LabelRole:
    """Return what a label such as `Doorvragen` says of what follows it."""
    words = folded(name)
    if words in ("p", "d"):  # beside `Q:` and `V:`
        return "probe"
    if _PROBE.search(words) and not _ASKED.search(words):
        return "probe"
    if _WATCH.search(words) or _INSTRUCTION.search(words):
        return "instruction"
    return "question" if _QUESTION.search(words) or _numbered(name) else ""


def _label(name: str, rest: str, joint: str = ": ") -> Label:
    words = folded(name)
    kinds = [QUESTION_KINDS[found] for one in _KIND.finditer(words) if (found := one[1] or one[2]) in QUESTION_KINDS]
    role = role_of(name)
    code = _coded(name) if _numbered(name) else ""
    return Label(
        name=name.strip(),
        role=role,
        rest=rest,
        joint=joint,
        is_pure=bool(code or _PURE.fullmatch(words.strip())),
        watches=bool(_WATCH.search(words)),
        must=bool(_MUST.search(words)),
        number=code,
        kind=kinds[0] if kinds and role == "question" else None,
    )


def _numbered(name: str) -> bool:
    return bool(_NUMBER.fullmatch(folded(name).strip(" .:)")))


def _coded(name: str) -> str:
    """Return the code that an author gave a question, `Q2`; of `Vraag 2` the number alone, which is no code."""
    found = _NUMBER.fullmatch(folded(name).strip(" .:)"))
    if found is None:
        return ""
    return name.strip(" .:)").replace(" ", "") if len(found[1]) == 1 else found[2]
