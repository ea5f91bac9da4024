"""The parts of a guide beside its `#`: bold lines and lines in capitals with a time, and numbered parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, zip_longest

import msgspec

from kring.plans.front_matter import is_moment, known_key
from kring.plans.lines import Line, without_emphasis
from kring.plans.marks import asks, is_quoted, read_marks
from kring.plans.reading.headings import is_sum
from kring.plans.reading.labels import is_known_label, label_of
from kring.plans.time_box import duration, split_box
from kring.plans.vocabulary.breaks import names_break, names_stretch
from kring.plans.vocabulary.said import invites, is_cue, tells
from kring.plans.vocabulary.titles import is_talk_title

_LONGEST = 80
_LETTERS = 4
_DEEPER = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}")
_BARELY_NUMBERED = re.compile(r"(\d{1,2})\s([^\W\d_].*)$")
_MOST_WORDS = 8


def timed_parts(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with breaks, and bold ones and ones in capitals that have a time, as headings."""
    found: list[Line] = []
    level = 1
    for line in lines:
        if line.shape == "heading":
            level = line.level
        is_timed = split_box(line.text, heading=True)[1] is not None
        is_break = _is_break(line) and (is_timed or (level > 1 and not names_stretch(line.text)))
        if is_break or _is_timed_part(line):
            text = without_emphasis(line.text).rstrip(":")
            below = max(level, 2) if is_break else min(level + 1, 6)
            found.append(msgspec.structs.replace(line, shape="heading", level=below, text=text, wide=text))
        else:
            found.append(line)
    return found


def _is_break(line: Line) -> bool:
    """Whether a line of text alone names a break, which needs no mark."""
    is_text = line.shape == "text" and not (line.chosen or line.indent or line.italic)
    return is_text and len(line.text) <= _LONGEST and names_break(_untimed(line))


def _untimed(line: Line) -> str:
    return split_box(without_emphasis(line.text), heading=True)[0]


def _is_timed_part(line: Line) -> bool:
    if line.shape != "text" or line.chosen or line.indent or len(line.text) > _LONGEST or is_moment(line.text):
        return False
    text = without_emphasis(line.text)
    title, box = split_box(text, heading=True)
    if box is None or not (line.bold or _in_capitals(title)):
        return False
    if asks(title) or is_quoted(title) or is_cue(title) or invites(title) or is_known_label(title):
        return False
    label = label_of(line)
    return known_key(text) is None and not (label and (label.rest or label.number))


def _in_capitals(title: str) -> bool:
    return title.isupper() and sum(mark.isalpha() for mark in title) >= _LETTERS


def numbered_parts(lines: Sequence[Line], *, has_title: bool = False) -> set[int]:
    """Return the numbers of the lines that are numbered parts, also those of them that say no time.

    They count up from 1 and ask nothing, two of them have a time, and something is asked below them, or the heading
    above them names the whole talk. Below a heading with a time of its own they are what is done in it.
    """
    headings = [line for line in lines if line.shape == "heading"]
    if has_title and headings:
        return set()
    if stand_in_section(lines):
        return set()
    numbered = [line for line in lines if _may_be_part(line)]
    timed = {line.number for line in numbered if split_box(without_emphasis(line.text), heading=True)[1]}
    parts: set[int] = set()
    for line in numbered:
        if line.label == str(len(parts) + 1):
            parts.add(line.number)
    if len(timed) < 2 or not timed <= parts:
        return set()
    first = min(parts)
    names_talk = any(is_talk_title(line.text) for line in headings)
    asked = names_talk or any(line.number > first and (asks(line.text) or invites(line.text)) for line in lines)
    return parts if asked else set()


def over_time(lines: Sequence[Line]) -> set[int]:
    """Return the lines right above `Tijd: 10 minuten`, where that parts the guide: at least two have one.

    The first line is none where its time may be that of the whole: as long as that of all the others, or longer.
    """
    filled = [line for line in lines if line.shape not in ("blank", "rule")]
    found = {
        line.number: length(below.text)
        for line, below in pairwise(filled)
        if line.shape in ("text", "numbered") and below.shape == "text" and is_length(below.text)
        if not (asks(line.text) or is_moment(line.text) or is_length(line.text) or known_key(line.text))
    }
    first = filled[0].number if filled else 0
    if found.get(first, 0) * 2 >= sum(found.values()):
        found.pop(first, None)
    return set(found) if len(found) > 1 else set()


def is_length(text: str) -> bool:
    """Whether a line says how long something takes and nothing else: `Total time: 60 min`, `(10 min)`."""
    return length(text) > 0


def length(text: str) -> int:
    """Return the seconds that a line says something takes, 0 where it says something else."""
    found = known_key(text)
    if found is not None:
        said = duration(found[2]) if found[1] in ("duration", "time") else None
    else:
        said = duration(text.strip("*_()[] "), bare_minutes=False)
    return 0 if said is None else said[1]


def subheadings(lines: Sequence[Line]) -> set[int]:
    """Return the numbers of the lines such as `1.1 Welkom` that are headings in a part, and no questions.

    They ask nothing and have no time, and others of their kind ask, or something is asked right below them.
    """
    deeper = [line for line in lines if is_deeper(line)]
    titles = {line.number for line in deeper if _is_title(line)}
    if len(titles) < len(deeper):
        return titles
    found: set[int] = set()
    above = 0
    for line in lines:
        if line.shape in ("heading", "numbered"):
            above = line.number if line.number in titles else 0
        elif above and (asks(line.text) or invites(without_emphasis(line.text))):
            found.add(above)
    return found


def chapters(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with `1 Inleiding` or `1. Inleiding` above `1.1 …` as headings, where they count up from 1."""
    following: list[str] = []  # of each line the number that comes next below it
    label = ""
    for line in reversed(lines):
        following.append(label)
        label = line.label if line.shape == "numbered" else label
    found: dict[int, Line] = {}
    for line, below in zip(lines, reversed(following), strict=True):
        chapter = _chapter(line) if "." in below else None
        if chapter and chapter.label == str(len(found) + 1) and below.startswith(f"{chapter.label}."):
            found[line.number] = chapter
    return [found.get(line.number, line) for line in lines] if len(found) > 1 else list(lines)


def _chapter(line: Line) -> Line | None:
    if line.indent or line.chosen or line.shape not in ("text", "numbered") or len(line.text) > _LONGEST:
        return None
    label, text = line.label, without_emphasis(line.text)
    if line.shape == "text" and (found := _BARELY_NUMBERED.match(text)):
        label, text = found[1], found[2]
    title = split_box(text, heading=True)[0]
    if not label.isdigit() or not _is_title(msgspec.structs.replace(line, text=title)):
        return None
    text = f"{label}. {text}"
    return msgspec.structs.replace(line, shape="heading", level=2, label=label, text=text, wide=text)


def is_deeper(line: Line) -> bool:
    """Whether a number has a point inside: `1.1`."""
    return line.shape == "numbered" and bool(_DEEPER.fullmatch(line.label))


def bold_with_time(line: Line) -> Line:
    """Return `**Inleiding** (5 min)` as a line that is bold: what stands behind the words is only their time."""
    if (
        line.shape != "text"
        or not line.after
        or line.italic
        or line.text[:2].count("*") == 1
        or line.lead.endswith(":")
    ):
        return line
    rest, box = split_box(f"x {line.after}", heading=True)
    is_only_time = rest == "x" or (line.after[0] in "([" and line.after[-1] in ")]")
    return msgspec.structs.replace(line, bold=True) if box is not None and is_only_time else line


def outlined(lines: list[Line]) -> list[Line]:
    """Return the lines of an outline in bullets with those above deeper ones as headings, where nothing else is one.

    Two of them ask nothing and have something asked below them, as on slides.
    """
    listed = [line for line in lines if line.shape != "blank"]
    if any(line.shape in ("heading", "numbered", "row") for line in listed):
        return lines
    sign = next((line.wide[:1] for line in listed if line.shape == "bullet"), "")
    tops: dict[int, bool] = {}  # by the number of a line: whether something is asked below it
    top = 0
    for line, following in zip_longest(listed, listed[1:]):
        if _is_top(line, sign):
            is_above = following is not None and following.shape == "bullet" and not _is_top(following, sign)
            is_part = is_above and not asks_anything(line) and len(line.text) <= _LONGEST and not line.chosen
            top = line.number if is_part else 0
            if top:
                tops[top] = False
        elif top and (asks(line.text) or invites(line.text)):
            tops[top] = True
    if sum(tops.values()) < 2:
        return lines
    return [
        msgspec.structs.replace(line, shape="heading", level=2, text=without_emphasis(line.text), wide=line.text)
        if line.number in tops
        else line
        for line in lines
    ]


def _is_top(line: Line, sign: str) -> bool:
    """Whether a bullet is of the highest level: not set in, and with the sign of the first one where it has any."""
    return line.shape == "bullet" and not line.indent and (line.wide[:1] == sign or line.wide[:1].isalnum())


def _is_title(line: Line) -> bool:
    text = without_emphasis(line.text)
    is_short = len(text.split()) <= _MOST_WORDS and not text.endswith((".", "…", "!"))
    is_said = asks_anything(line) or tells(text) or is_quoted(text)
    return is_short and not is_said and not line.chosen and split_box(text, heading=True)[1] is None


def stand_in_section(lines: Sequence[Line]) -> bool:
    """Whether numbered lines are what is done in a section: a heading above them has a time of its own."""
    boxes = [split_box(without_emphasis(line.text), heading=True)[1] for line in lines if _may_be_part(line)]
    parts_s = [box.planned_s for box in boxes if box and box.planned_s]
    for heading in [line for line in lines if line.shape == "heading"][:2]:
        title, box = split_box(heading.text, heading=True)
        if box and box.planned_s and not is_sum(title, box.planned_s, parts_s, is_empty=True):
            return True
    return False


def _may_be_part(line: Line) -> bool:
    if line.shape != "numbered" or line.level or line.indent or line.chosen or len(line.text) > _LONGEST:
        return False
    if known_key(line.text) is not None:
        return False
    return not asks_anything(line)


def asks_anything(line: Line) -> bool:
    """Whether a numbered line is a question, whatever time and marks stand behind it."""
    text = read_marks(split_box(without_emphasis(line.text), heading=True)[0]).text
    return asks(text) or asks(line.text) or invites(text)
