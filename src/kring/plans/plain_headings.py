"""Headings that carry no `#`: bold, lettered, numbered and plain lines that stand above what belongs to them."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from kring.domain.text import folded
from kring.plans.checklist import is_checklist_title
from kring.plans.front_matter import is_moment, known_key
from kring.plans.headings import names_break
from kring.plans.lines import Line, without_emphasis
from kring.plans.lists import names_somebody, titled
from kring.plans.marks import asks, is_quoted
from kring.plans.people.roster import is_roster_title
from kring.plans.time_box import split_box

LabelRole = Literal["", "question", "probe", "instruction"]

_PROBE_LABEL = re.compile(r"prob(?:e|es|ing)\b|follow|doorvra|vervolgvra|example|voorbeeld")
_INSTRUCTION_LABEL = re.compile(
    r"\bnotes?\b|goal|purpose|\bdoel|instruct|facilitator|moderator|gespreksleider|rules|regels|afspraken|consent"
    r"|toestemming|critical|let op|\btips?\b|next steps|thank|bedank|incentive|explain|toelichting|uitleg|time\b|tijd\b"
)
_QUESTION_LABEL = re.compile(
    r"question|vra(?:ag|gen)\b|prompt|introduc|voorstel|kennismak|rondje|ijsbreker|icebreaker|warm-?up"
)
_LONGEST_HEADING = 80
_WORDS_IN_PLAIN_HEADING = 7


def promoted(lines: list[Line]) -> list[Line]:
    """Return the lines with bold, lettered, numbered and plain headings made headings, where a guide has no others."""
    lines = titled(lines, 2)
    if _headings_of_talk(lines) > 1:
        return lines
    lines = [_below_title(line) for line in lines]
    lettered = has_lettered(lines)
    found: list[Line] = []
    is_in_roster = False
    for place, line in enumerate(lines):
        if line.shape == "heading":
            is_in_roster = is_roster_title(line.text)
        if is_in_roster and line.shape != "heading" and names_somebody(line):
            found.append(line)
            continue
        after = lines[place + 1] if place + 1 < len(lines) else None
        before = lines[place - 1] if place else None
        level = _heading_level(line, before, after, _next_filled(lines, place), lettered)
        text = without_emphasis(line.text).rstrip(":")
        if level and text:
            found.append(
                msgspec.structs.replace(line, shape="heading", level=level, text=text, wide=line.wide.strip("*_"))
            )
        else:
            found.append(line)
    return _with_title(found)


def numbered_sections(lines: list[Line]) -> list[Line]:
    """Return the lines of a plan with `4. Concepten 25 min` a heading, where the numbers are those of its sections."""
    own = _headings_of_talk(lines)
    if own > 1:
        return lines
    timed = {line.number for line in lines if _is_numbered_section(line)}
    bare = {line.number for line in lines if line.number in timed and split_box(line.text)[1] is None}
    wanted = timed if bare or (len(timed) > 1 and not own) else set()
    if not wanted:
        return lines
    return [
        msgspec.structs.replace(line, shape="heading", level=2, text=without_emphasis(line.text).rstrip(":"))
        if line.number in wanted
        else _below_title(line)
        for line in lines
    ]


def _is_numbered_section(line: Line) -> bool:
    is_shaped = line.shape == "text" or (line.shape == "numbered" and line.level == 0)
    if not is_shaped or line.indent or len(line.text) > _LONGEST_HEADING:
        return False
    text, box = split_box(without_emphasis(line.text), heading=True)
    return box is not None and not asks(text) and (line.shape == "numbered" or box.starts is not None)


def _headings_of_talk(lines: list[Line]) -> int:
    """Count the headings that may be the title or a section: not a break, and not the lists or what is in them."""
    count, checklist = 0, 7
    for line in lines:
        if line.shape != "heading":
            continue
        if line.level <= checklist:
            is_checklist = is_checklist_title(line.text)
            checklist = line.level if is_checklist else 7
            count += not (is_checklist or is_roster_title(line.text) or names_break(line.text))
    return count


def _below_title(line: Line) -> Line:
    if line.shape == "heading" and line.level == 1 and names_break(line.text):
        return msgspec.structs.replace(line, level=2)
    return line


def has_lettered(lines: list[Line]) -> bool:
    """Whether capital letters or Roman numbers stand before the headings."""
    labels = {line.label for line in lines if _may_be_lettered(line)}
    return {"A", "B"} <= labels or {"I", "II"} <= labels


def _may_be_lettered(line: Line) -> bool:
    return (
        line.shape == "lettered" and line.label.isupper() and len(line.text) <= _LONGEST_HEADING and not asks(line.text)
    )


def _next_filled(lines: list[Line], place: int) -> Line | None:
    return next((line for line in lines[place + 1 : place + 4] if line.shape not in ("blank", "rule")), None)


def _heading_level(line: Line, before: Line | None, after: Line | None, following: Line | None, lettered: bool) -> int:
    if not line.text or len(line.text) > _LONGEST_HEADING or line.shape == "row" or is_moment(line.text):
        return 0
    text, box = split_box(without_emphasis(line.text), heading=True)
    if asks(line.text) or asks(text):
        return 0
    timed = box is not None
    match line.shape:
        case "lettered" if lettered and _may_be_lettered(line):
            return 2
        case "numbered" if line.level == 0 and not line.indent:
            listed = following is not None and following.shape in ("bullet", "lettered")
            return 2 if timed or (listed and len(line.text.split()) <= _WORDS_IN_PLAIN_HEADING and not lettered) else 0
        case "text":
            return _plain_level(line, before, after, following, timed)
    return 0


def _plain_level(line: Line, before: Line | None, after: Line | None, following: Line | None, timed: bool) -> int:
    if after and after.shape == "rule" and after.text[0] in "=-" and (before is None or before.shape == "blank"):
        return 1 if after.text[0] == "=" else 2
    bold = line.text.startswith(("**", "__")) and line.text.endswith(("**", "__"))
    bare = line.text.strip("*_ ")
    role = role_of(bare) if bare.endswith(":") else ""
    if bold and role in ("", "instruction") and not is_quoted(bare):
        return 2
    italic = not bold and line.text[0] in "*_["
    if is_quoted(bare) or italic or role or known_key(line.text) or following is None:
        return 0
    if timed or (bare.isupper() and sum(mark.isalpha() for mark in bare) >= 4):
        return 2
    short = len(bare.split()) <= _WORDS_IN_PLAIN_HEADING and not bare.endswith((".", ",", ";", "!", "…"))
    apart = before is None or before.shape in ("blank", "rule")
    leads = (
        following.shape in ("bullet", "numbered", "lettered", "check")
        or asks(following.text)
        or is_quoted(following.text)
    )
    return 2 if short and apart and leads else 0


def _with_title(lines: list[Line]) -> list[Line]:
    """Make the first line the title, where headings of its kind follow: nothing is asked right below a title."""
    place = next((place for place, line in enumerate(lines) if line.shape != "blank"), None)
    if place is None or lines[place].shape not in ("text", "heading") or len(lines[place].text) > _LONGEST_HEADING:
        return lines
    first, following = lines[place], _next_filled(lines, place)
    timed = split_box(without_emphasis(first.text), heading=True)[1] is not None
    later = any(line.shape == "heading" for line in lines[place + 1 :])
    leads = following is not None and (following.shape == "heading" or known_key(following.text) is not None)
    apart = first.shape == "text" and place + 1 < len(lines) and lines[place + 1].shape == "blank"
    ends = asks(first.text) or first.text.endswith((".", ",", ";")) or known_key(first.text) is not None
    if timed or ends or is_moment(first.text) or not later or not (leads or apart):
        return lines
    title = msgspec.structs.replace(first, shape="heading", level=1, text=without_emphasis(first.text))
    return [*lines[:place], title, *lines[place + 1 :]]


def role_of(label: str) -> LabelRole:
    """Return what a label such as `Doorvragen:` says of the lines below it."""
    words = folded(label)
    if _PROBE_LABEL.search(words):
        return "probe"
    if _INSTRUCTION_LABEL.search(words):
        return "instruction"
    return "question" if _QUESTION_LABEL.search(words) else ""
