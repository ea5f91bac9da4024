"""Headings that carry no `#`: bold, lettered, numbered and plain lines that stand above what belongs to them."""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from kring.domain.text import folded
from kring.plans.checklist import is_checklist_title
from kring.plans.front_matter import is_moment, known_key, without_place
from kring.plans.lines import Line, cells, without_emphasis
from kring.plans.lists import names_somebody, titled
from kring.plans.marks import COMMANDS, SENTENCE_WORDS, asks, is_quoted, read_marks
from kring.plans.people.roster import is_roster_title
from kring.plans.reading.columns import has_times, is_guide_table
from kring.plans.reading.headings import is_sum
from kring.plans.reading.labels import is_code, is_known_label, is_label, label_of, role_of
from kring.plans.reading.parts import (
    asks_anything,
    bold_with_time,
    chapters,
    is_deeper,
    is_length,
    numbered_parts,
    outlined,
    over_time,
    stand_in_section,
    timed_parts,
)
from kring.plans.time_box import split_box
from kring.plans.vocabulary.breaks import names_break
from kring.plans.vocabulary.said import invites, is_cue
from kring.plans.vocabulary.titles import is_other_chapter, is_section_word, is_talk_title

_KIND_MARK = re.compile(r"\{(?:#[\w-]+|[^\W\d_]{3,20}|!)\}")
_TIME_AND_REST = re.compile(r"(.{1,80}?[(\[][^()\[\]]{1,30}[)\]])\s?[–—:-]\s(?=\S)(.+)$")
_RELATIVE_LINK = re.compile(r"\[([^\[\]]{1,200})\]\((?!https?://|mailto:|tel:)[^\s()]{1,500}\)")
_PLACE = re.compile(r"(?:waar|where|locatie|location|plaats|plek|place|venue|zaal|room|ort|lieu)\s?:", re.IGNORECASE)
_LONGEST_HEADING = 80
_WORDS_IN_PLAIN_HEADING = 7
_WORDS_IN_TITLE_WITH_POINT = 3


def is_ordinary(lines: list[Line]) -> bool:
    """Whether a text is a guide in a shape of its own, perhaps with marks of kring, and not a plan by its rules."""
    if all(line.shape == "blank" for line in lines):
        return False
    if any(_is_of_a_plan(line) for line in lines):
        return not any(line.shape == "heading" for line in lines) and sum(map(_has_own_time, lines)) > 1
    if not any(line.shape == "heading" for line in lines):
        return True
    labels = sum(bool(line.lead) and label_of(line) is not None for line in lines)
    quoted = any(line.shape == "text" and is_quoted(line.text) and asks(line.text) for line in lines)
    asked = any(line.shape == "numbered" and line.level == 1 for line in lines)
    rows = [cells(line) for line in lines if line.shape == "row"]
    table = any(is_guide_table(row) for row in rows) or has_times(rows)
    chapters = any(
        line.shape == "heading" and (is_talk_title(line.text) or is_other_chapter(line.text)) for line in lines
    )
    plain = not any(line.shape in ("numbered", "bullet") for line in lines) and any(asks(line.text) for line in lines)
    timed = sum(_is_timed_bullet(line) for line in lines) > 1
    parts = sum(_without_rest(line)[1] is not None for line in lines) > 1
    parts = parts or len(numbered_parts(lines)) > 1
    return timed or parts or labels >= 2 or quoted or asked or table or chapters or plain or has_lettered(lines)


def _has_own_time(line: Line) -> bool:
    """Whether a plain line has a time where those of sections stand."""
    return line.shape == "text" and split_box(without_emphasis(line.text), heading=True)[1] is not None


def _is_of_a_plan(line: Line) -> bool:
    if line.shape == "command":
        word = re.match(r"@([^\W\d_]{0,30})", line.text)
        return word is not None and folded(word[1]) in COMMANDS.keys() | SENTENCE_WORDS
    if line.shape == "instruction":
        return not is_quoted(line.text)  # what somebody says stands in many a guide behind a > of its own
    marked = line.shape in ("numbered", "bullet", "heading") and _KIND_MARK.search(line.text)
    return bool(marked) and read_marks(line.text).text != line.text and not read_marks(line.text).unknown


class _Shape(NamedTuple):
    """What the headings of a guide look like."""

    lettered: bool
    only_timed: bool  # of those: Roman numbers with a time, and other letters in them
    timed: bool  # at least two have a time, or one with a mark of its own
    bold_timed: bool  # two bold ones have a time: a plain line with one is what is done in them
    has_title: bool  # beside them: a lone heading is a section
    asks_in_lists: bool  # the questions stand below numbered lines
    parts: set[int]  # the numbered lines that are parts
    over_time: set[int]  # the lines with one below them that only says how long, where at least two have that
    in_section: bool  # the numbered lines are what is done in one
    in_chapters: bool  # `1.1` stands below a heading


def promoted(lines: list[Line], *, has_title: bool = False) -> list[Line]:
    """Return the lines with bold, lettered, numbered and plain headings made headings, where a guide has no others."""
    lines = _timed_bullets(titled([bold_with_time(line) for line in _settled(lines, is_plan=False)], 2))
    if (parts := outlined(lines)) != lines:
        return timed_parts(parts) if has_title else _with_title(timed_parts(parts))
    if _headings_of_talk(lines) > 1:
        return timed_parts(lines)
    settled = [_below_title(line) for line in lines]
    lines = chapters(settled)
    timed = [line for line in lines if _is_timed(line)]
    is_timed = len(timed) > 1 or any(line.shape == "heading" for line in timed)
    shape = _Shape(
        lettered=has_lettered(lines),
        only_timed=_has_two_kinds_of_letters(lines),
        timed=is_timed,
        bold_timed=sum(line.bold for line in timed) > 1,
        has_title=has_title,
        asks_in_lists=_asks_in_lists(lines),
        parts=numbered_parts(lines, has_title=has_title),
        over_time=over_time(lines),
        in_section=stand_in_section(lines),
        in_chapters=lines != settled,
    )
    found: list[Line] = []
    is_in_roster = False
    for place, line in enumerate(lines):
        if line.shape == "heading":
            is_in_roster = is_roster_title(line.text)
        if is_in_roster and line.shape != "heading" and names_somebody(line):
            found.append(line)
            continue
        titled_line, rest = _without_rest(line)
        after = lines[place + 1] if place + 1 < len(lines) else None
        before = lines[place - 1] if place else None
        level = _heading_level(titled_line, before, after, _next_filled(lines, place), shape)
        text = without_emphasis(titled_line.text).rstrip(":")
        if level and text:
            heading = msgspec.structs.replace(
                titled_line, shape="heading", level=level, text=text, wide=titled_line.wide.strip("*_")
            )
            found += [heading, rest] if rest else [heading]
        else:
            found.append(line)
    return found if has_title or _opens_with_part(lines, shape.over_time) else _with_title(found)


def _settled(lines: list[Line], *, is_plan: bool) -> list[Line]:
    """Return the lines without headings that open nothing: a cue is a text, and the code of a question its label.

    The heading above all others is a section all the same where a plan has a cue there, or a guide a code alone.
    """
    levels = [line.level for line in lines if line.shape == "heading"]
    top = min(levels, default=0)
    # A lone heading above all others is the title: what stands below it may be the only section.
    parts = top + (levels.count(top) == 1)
    are_codes = sum(line.shape == "heading" and is_code(without_emphasis(line.text)) for line in lines) > 1
    found = []
    above: list[int] = []
    for line in lines:
        if line.shape != "heading":
            found.append(line)
            continue
        above = [*(level for level in above if level < line.level), line.level]
        text = without_emphasis(line.text)
        is_inside = len(above) > 1 and above[-2] >= parts
        is_named = is_code(text) and (are_codes or line.level > top)
        if is_cue(text) and not (is_plan and line.level == top):
            found.append(msgspec.structs.replace(line, shape="text", level=0, text=text))
        elif is_named or (is_inside and is_label(text)):
            found.append(msgspec.structs.replace(line, shape="text", level=0, text=text, lead=text, bold=True))
        else:
            found.append(line)
    return found


def numbered_sections(lines: list[Line], *, has_title: bool = False) -> list[Line]:
    """Return the lines of a plan with `4. Concepten 25 min` a heading, where the numbers are those of its sections."""
    lines = _settled(lines, is_plan=True)
    own = _headings_of_talk(lines)
    if own > 1:
        return timed_parts(lines)
    timed = {line.number for line in lines if _is_numbered_section(line)}
    bare = {line.number for line in lines if line.number in timed and split_box(line.text)[1] is None}
    wanted = timed if bare or (len(timed) > 1 and not own) else set()
    wanted |= numbered_parts(lines, has_title=has_title)
    if not wanted:
        return timed_parts(lines)
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
    box = split_box(without_emphasis(line.text), heading=True)[1]
    is_part = box is not None and not asks_anything(line) and known_key(line.text) is None
    return is_part and box is not None and (line.shape == "numbered" or box.starts is not None)


def _timed_bullets(lines: list[Line]) -> list[Line]:
    """Return the lines with bullets that begin with a time as headings below the one above them, where two do."""
    if sum(_is_timed_bullet(line) for line in lines) < 2:
        return lines
    found: list[Line] = []
    level = 1
    for line in lines:
        if line.shape == "heading":
            level = line.level
        text = _RELATIVE_LINK.sub(r"\1", without_emphasis(line.text))
        below = msgspec.structs.replace(line, shape="heading", level=min(level + 1, 6), text=text, wide=text)
        found.append(below if _is_timed_bullet(line) else line)
    return found


def _is_timed_bullet(line: Line) -> bool:
    if (
        line.shape != "bullet"
        or line.chosen
        or line.indent
        or len(line.text) > _LONGEST_HEADING * 2
        or not line.text[:1].isdigit()
    ):
        return False
    text, box = split_box(without_emphasis(line.text), heading=True)
    return box is not None and (box.starts is not None or box.planned_s is not None) and line.text.endswith(text)


def _without_rest(line: Line) -> tuple[Line, Line | None]:
    """Return `1) Warm-up (2 min)` and what stands behind the dash after it, as a line of its own."""
    found = _TIME_AND_REST.match(line.text) if line.shape in ("numbered", "text") and not line.indent else None
    if found is None or split_box(found[1])[1] is None:
        return line, None
    rest = msgspec.structs.replace(line, shape="text", text=found[2], wide=found[2], lead="", after="", bold=False)
    return msgspec.structs.replace(line, text=found[1], wide=found[1]), rest


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


def _has_two_kinds_of_letters(lines: list[Line]) -> bool:
    """Whether Roman numbers count parts with a time, and capital letters what is in them."""
    lettered = [line for line in lines if _may_be_lettered(line)]
    labels = {line.label for line in lettered}
    timed = {line.label for line in lettered if split_box(line.text, heading=True)[1] is not None}
    return {"I", "II"} <= timed and {"A", "B"} <= labels and not timed & {"A", "B"}


def _asks_in_lists(lines: list[Line]) -> bool:
    """Whether a bullet below a numbered line that asks nothing asks something."""
    above: Line | None = None
    for line in lines:
        if line.shape == "numbered" and not line.indent:
            above = line
        elif line.shape in ("bullet", "lettered"):
            if above is not None and asks(line.text) and not asks(above.text):
                return True
        elif line.shape != "blank":
            above = None
    return False


def _may_be_lettered(line: Line) -> bool:
    return (
        line.shape == "lettered" and line.label.isupper() and len(line.text) <= _LONGEST_HEADING and not asks(line.text)
    )


def _next_filled(lines: list[Line], place: int) -> Line | None:
    return next((line for line in lines[place + 1 : place + 4] if line.shape not in ("blank", "rule")), None)


def _is_timed(line: Line) -> bool:
    is_shaped = line.shape in ("text", "heading") or (line.shape == "numbered" and line.level == 0 and not line.indent)
    if not is_shaped or len(line.text) > _LONGEST_HEADING:
        return False
    return split_box(_without_rest(line)[0].text, heading=line.bold)[1] is not None


def _heading_level(line: Line, before: Line | None, after: Line | None, following: Line | None, shape: _Shape) -> int:
    if not line.text or line.chosen or len(line.text) > _LONGEST_HEADING:
        return 0
    if line.shape == "row" or is_moment(line.text) or is_length(line.text):
        return 0
    text, box = split_box(without_emphasis(line.text), heading=True)
    if asks(line.text) or asks(text):
        return 0
    timed = box is not None and not _is_sentence(text)
    match line.shape:
        case "lettered" if shape.lettered and _may_be_lettered(line) and (timed or not shape.only_timed):
            return 2
        case "numbered" if line.level == 0 and not line.indent:
            return _numbered_level(line, following, timed=timed, shape=shape)
        case "text":
            return _plain_level(line, before, after, following, timed=timed, shape=shape)
    return 0


def _numbered_level(line: Line, following: Line | None, *, timed: bool, shape: _Shape) -> int:
    if shape.in_section or known_key(line.text) is not None:
        return 0
    if shape.in_chapters and is_deeper(line):
        return 3 if timed else 0
    leads = following is not None and following.shape in ("bullet", "lettered") and shape.asks_in_lists
    is_short = leads and len(line.text.split()) <= _WORDS_IN_PLAIN_HEADING
    is_part = timed or line.number in shape.parts or line.number in shape.over_time
    return 2 if is_part or (is_short and not shape.lettered and not shape.has_title) else 0


def _is_sentence(title: str) -> bool:
    """Whether what is left of a line with a time is a sentence: `Laat iedereen stickers plakken (10 min).`"""
    return title.endswith(".") and len(title.split()) > _WORDS_IN_TITLE_WITH_POINT


def _plain_level(
    line: Line, before: Line | None, after: Line | None, following: Line | None, *, timed: bool, shape: _Shape
) -> int:
    text = without_emphasis(line.text)
    if is_cue(text) or is_cue(text.partition(":")[0]):
        return 0
    if after and after.shape == "rule" and after.text[0] in "=-" and (before is None or before.shape == "blank"):
        return 1 if after.text[0] == "=" else 2
    bare = line.text.strip("*_ ")
    if is_known_label(bare) or is_code(bare) or (_is_told(line, bare) and not timed):
        return 0
    # Beside sections that have a time, bold words such as `Script prompts` are a label without its colon.
    is_label = bare.endswith(":") or (line.bold and shape.timed and not timed)
    role = role_of(bare) if is_label else ""
    if line.bold and (not role or (role == "instruction" and not shape.timed)) and not is_quoted(bare):
        return 2
    is_named = bare.isupper() or names_break(bare) or (is_section_word(bare) and not timed)
    is_done_in_one = shape.bold_timed and not is_named
    if is_quoted(bare) or line.italic or line.text[0] in "*_[" or role or known_key(line.text) or is_done_in_one:
        return 0
    if following is None:
        return 2 if timed else 0
    if timed or line.number in shape.over_time or (bare.isupper() and sum(mark.isalpha() for mark in bare) >= 4):
        return 2
    short = len(bare.split()) <= _WORDS_IN_PLAIN_HEADING and not bare.endswith((".", ",", ";", "!", "…"))
    apart = before is None or before.shape in ("blank", "rule")
    leads = (
        following.shape in ("bullet", "numbered", "lettered", "check")
        or asks(following.text)
        or is_quoted(following.text)
        or invites(following.text)
    )
    return 2 if apart and short and (leads or is_section_word(bare) or names_break(bare)) else 0


def _is_told(line: Line, bare: str) -> bool:
    """Whether a line asks without a question mark, or has a label and what that is about."""
    label = label_of(line) if not line.bold else None
    return invites(bare) or bool(label and label.rest)


def _opens_with_part(lines: list[Line], parts: set[int]) -> bool:
    first = next((line for line in lines if line.shape != "blank"), None)
    return first is not None and first.number in parts


def _with_title(lines: list[Line]) -> list[Line]:
    """Make the first line the title, where headings of its kind follow: nothing is asked right below a title."""
    place = next((place for place, line in enumerate(lines) if line.shape != "blank"), None)
    if place is None or lines[place].shape not in ("text", "heading") or len(lines[place].text) > _LONGEST_HEADING:
        return lines
    if lines[place].chosen or lines[place].label or is_cue(without_emphasis(lines[place].text)):
        return lines
    first, following = lines[place], _next_filled(lines, place)
    timed = _is_timed_section(lines, place)
    later = any(line.shape == "heading" for line in lines[place + 1 :])
    leads = following is not None and (
        following.shape == "heading"
        or known_key(following.text) is not None
        or is_moment(without_place(following.text))
    )
    apart = first.shape == "text" and place + 1 < len(lines) and lines[place + 1].shape == "blank"
    is_fact = known_key(first.text) is not None or bool(_PLACE.match(first.text))
    ends = asks(first.text) or first.text.endswith((".", ",", ";")) or is_fact
    if timed or ends or is_moment(without_place(first.text)) or not later or not (leads or apart):
        return lines
    title = msgspec.structs.replace(first, shape="heading", level=1, text=without_emphasis(first.text))
    return [*lines[:place], title, *lines[place + 1 :]]


def _is_timed_section(lines: list[Line], place: int) -> bool:
    """Whether a first line has a time that is its own, and not the sum of the headings below it."""
    title, box = split_box(without_emphasis(lines[place].text), heading=True)
    if box is None:
        return False
    boxes = (split_box(line.text, heading=True)[1] for line in lines[place + 1 :] if line.shape == "heading")
    parts_s = [box.planned_s for box in boxes if box and box.planned_s]
    following = _next_filled(lines, place)
    is_empty = following is not None and following.shape == "heading"
    return not is_sum(title, box.planned_s or 0, parts_s, is_empty=is_empty)
