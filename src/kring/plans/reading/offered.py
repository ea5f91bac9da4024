"""What a guide of one's own says is offered there: `Stimulus: film`, `[Poll: how satisfied? 1-10]`, `[Break 5 min]`.

It becomes the line that a plan has for it, so that it can be shown, answered and timed in the session.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from kring.domain.text import folded
from kring.plans.lines import Line, without_emphasis
from kring.plans.marks import asks
from kring.plans.time_box import split_box
from kring.plans.vocabulary.breaks import names_break

_STIMULUS = re.compile(
    r"(?:stimulus(?:materiaal|material)?|stimuli|prikkel(?:materiaal)?|toonmateriaal)(?:\s(?P<label>[A-Z]|\d{1,2}))?"
    r"\s?[:–-]\s?(?P<what>\S.*)",
    re.IGNORECASE,
)
_SHOWN = re.compile(
    r"(?:deel (?:het )?scherm|scherm delen|toon|laat zien|share (?:the )?screen|show|bildschirm teilen|zeigen?)\b"
    r"\s?[:–-]?\s?(?P<what>\S.*\.(?:png|jpe?g|gif|webp|svg|pdf|pptx?|docx?|mp4|mov|webm|mp3|wav))",
    re.IGNORECASE,
)
_POLL = re.compile(
    r"(?:(?:zoom|online|live|snelle|quick)[ -]?)?(?:poll|peiling|stemming|stemronde|umfrage|sondage)(?:\s\d{1,2})?"
    r"\s?:\s?(?P<what>\S.*)",
    re.IGNORECASE,
)
_BREAKOUT = re.compile(
    r"(?:break-?out(?: ?rooms?)?|subgroepen|deelgroepen|kleingruppen)"
    r"(?:\s?:?\s?(?P<count>\d{1,2})(?!\d|\s?(?:[-–x×]\s?\d|min|['’′])))?"
    r"[\s,:(–-]*(?P<time>[^\[\]()]*)\)?",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"(?P<title>\S.*?)[\s,:;–-]*[(\[]?(?P<range>\b\d{1,3}\s?(?:-|–|t/m|tot|to)\s?\d{1,3})[)\]]?\.?", re.DOTALL
)
_IN_BRACKETS = re.compile(r"(?P<title>\S.*?)\s*[(\[](?P<options>[^()\[\]]*[;/|,][^()\[\]]*)[)\]]\.?")
_BEHIND_QUESTION = re.compile(r"(?P<title>[^?]+\?)\s+(?P<options>[^?]*[;/|,][^?]*)")
_KINDS = (
    (
        re.compile(r"(?:several|multiple|more) (?:answers|choice)|me(?:er|erdere) (?:antwoorden|keuzes)|meerkeuze"),
        "multiple",
    ),
    (re.compile(r"one answer|single choice|een antwoord"), "single"),
    (re.compile(r"ranking|rank|rangschikk(?:ing|en)|volgorde"), "ranking"),
    (re.compile(r"scale|schaal|skala"), "scale"),
)
_KIND = re.compile(r"\s*\(([^()]{4,30})\)\.?$")
_BETWEEN = re.compile(r"\s*[;/|]\s*")
_SHAPES = ("text", "bullet", "instruction")
_LONGEST = 200


def offered(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of such a guide with what they offer as commands.

    A plain line with a time is one only beside headings: else it may be a part of the guide.
    """
    has_parts = any(line.shape == "heading" or line.bold for line in lines)
    return [_offered(line, has_parts=has_parts) for line in lines]


def _offered(line: Line, *, has_parts: bool) -> Line:
    if line.shape not in _SHAPES or line.chosen or len(line.text) > _LONGEST:
        return line
    text = without_emphasis(line.text)
    inner = text[1:-1].strip() if text[:1] == "[" and text[-1:] == "]" else ""
    if inner and _is_break(inner):
        return msgspec.structs.replace(line, text=inner, wide=inner, lead="", after="", bold=False, italic=False)
    command = _command(inner or text, in_brackets=bool(inner))
    if command is None or not (inner or has_parts or split_box(command)[1] is None):
        return line
    return msgspec.structs.replace(line, shape="command", text=command, lead="", after="", bold=False, italic=False)


def _is_break(text: str) -> bool:
    title, box = split_box(text, heading=True)
    return box is not None and names_break(title)


def _command(text: str, *, in_brackets: bool) -> str | None:
    if (found := _SHOWN.fullmatch(text)) or ((found := _STIMULUS.fullmatch(text)) and not asks(found["what"])):
        label = found.groupdict().get("label")
        return f"@stimulus {label}: {found['what']}" if label else f"@stimulus {found['what']}"
    if found := _POLL.fullmatch(text):
        return _poll(found["what"])
    if (found := _BREAKOUT.fullmatch(text)) and (in_brackets or found["count"]):
        box = split_box(f"x ({found['time'].strip()})", heading=True)[1] if found["time"].strip() else None
        if box is not None or not found["time"].strip():
            return " ".join(filter(None, ["@subgroepen", found["count"], f"({found['time'].strip()})" if box else ""]))
    return None


def _poll(what: str) -> str | None:
    """Return a poll with its options behind a colon; None of a question without any, which is asked aloud.

    What kind of poll it is may stand in brackets behind it.
    """
    if found := _KIND.search(what):
        kind = next((kind for words, kind in _KINDS if words.fullmatch(folded(found[1]))), None)
        poll = None if kind is None else _poll(what[: found.start()])
        if poll is not None:
            return f"{poll} {{{kind}}}"
    if found := _RANGE.fullmatch(what):
        return f"@peiling {_titled(found['title'])} {found['range']}"
    if found := (_IN_BRACKETS.fullmatch(what) or _BEHIND_QUESTION.fullmatch(what)):
        parts = _BETWEEN.split(found["options"]) if _BETWEEN.search(found["options"]) else found["options"].split(",")
        return f"@peiling {_titled(found['title'])} {'; '.join(part.strip() for part in parts if part.strip())}"
    return None if asks(what) else f"@peiling {what}"


def _titled(title: str) -> str:
    return f"{title.rstrip(' :')}:"
