"""The headings of a guide: the title, sections, topics within them, the roster, the checklist, other chapters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Literal

import msgspec

from kring.domain.rows import GuideKind
from kring.plans.checklist import is_around, is_checklist_title, phase_named
from kring.plans.front_matter import tells_of_session
from kring.plans.lines import Line, bare_title, cells, without_emphasis
from kring.plans.marks import Marks, asks, is_quoted, read_marks
from kring.plans.people.roster import is_roster_title, names_people
from kring.plans.reading.labels import code_of
from kring.plans.time_box import TimeBox, split_box
from kring.plans.vocabulary.breaks import names_break
from kring.plans.vocabulary.said import invites
from kring.plans.vocabulary.titles import (
    asks_of_research,
    bare_number,
    is_end,
    is_other_chapter,
    is_overview,
    is_talk_title,
    names_whole,
    without_number,
)

Role = Literal["title", "section", "question", "topic", "roster", "checklist", "phase", "aside", "beside"]

_LONGEST_TIMED = 80
_MOST_OF_IT = 0.75
_CHAPTERS = 20  # a text that is nothing but such chapters must not take a minute


class Heading(msgspec.Struct):
    """One heading, and the part that it plays."""

    place: int
    level: int
    line: Line
    marks: Marks
    role: Role = "section"
    ends: int = 0  # the place of the next heading, of any level
    asks: bool = False  # it has a question of its own, above the headings in it
    times: bool = False  # a time stands in it, above the headings in it
    checks: bool = False  # or a box to tick
    numbers: bool = False  # or a numbered question
    only_checks: bool = False  # and nothing else stands in it
    is_empty: bool = False  # nothing else stands in it than facts, and an overview
    is_bare: bool = False  # nothing stands in it but facts
    is_blank: bool = False  # nor they
    is_overview: bool = False  # and such an overview does
    opens_with_section: bool = False  # what stands in it before that section belongs into the section
    above: Heading | None = None

    @property
    def is_break(self) -> bool:
        """Whether it is a break, in which nobody talks."""
        return names_break(self.marks.text)

    @property
    def is_end(self) -> bool:
        """Whether it only says at what time all is over: `21:00 Einde`."""
        box = self.marks.box
        return self.is_bare and bool(box and box.starts and not box.planned_s) and is_end(self.marks.text)

    @property
    def kind(self) -> GuideKind:
        """The kind of section that it opens."""
        return "break" if self.is_break else "section"

    @property
    def planned_s(self) -> int:
        """The time that stands in the heading, in seconds."""
        return (self.marks.box.planned_s or 0) if self.marks.box else 0


def find_headings(
    lines: list[Line], times: Mapping[str, TimeBox], *, ordinary: bool, has_title: bool = False
) -> list[Heading]:
    """Return the headings of these lines, each with its role; `times` are those that an overview gives to titles."""
    headings = [_timed(_heading(place, line), times) for place, line in enumerate(lines) if line.shape == "heading"]
    for heading, following in zip_longest(headings, headings[1:]):
        heading.ends = following.place if following else len(lines)
        own = lines[heading.place + 1 : heading.ends]
        heading.asks = any(_asks(line) for line in own)
        heading.times = any(_has_time(line) for line in own)
        heading.checks = any(line.shape == "check" for line in own)
        said = [line for line in own if line.shape not in ("blank", "rule") and not _is_fact(line)]
        heading.only_checks = bool(said) and all(line.shape == "check" for line in said)
        heading.is_empty = all(line.shape == "overview" for line in said)
        heading.is_bare = not said and not (following and following.level > heading.level)
        heading.is_blank = not any(line.shape != "blank" for line in own)
        heading.is_overview = bool(said) and heading.is_empty
        heading.numbers = any(line.shape == "numbered" and _asks(line) for line in own)
    _name_special(headings)
    _nest(headings)
    if ordinary:
        _set_aside(headings)
    _name_title(headings, has_title=has_title)
    if ordinary and len(headings) == 1 and _leads_to_table(lines, headings[0]):
        headings[0].role = "title"
    _name_questions(headings)
    _take_numbers(headings)
    _name_topics([heading for heading in headings if heading.role == "section"])
    return headings


def _asks(line: Line) -> bool:
    if line.shape == "numbered":
        return asks(line.text) or split_box(line.text.replace("**", ""), heading=True)[1] is None
    if line.shape == "instruction":
        return is_quoted(line.text) and asks(line.text)
    is_of_research = line.shape == "text" and asks_of_research(line.text.partition(":")[0])
    if is_of_research or (line.shape == "row" and names_people(cells(line))):
        return False
    return asks(line.text) or (line.shape in ("bullet", "lettered", "text") and invites(without_emphasis(line.text)))


def _has_time(line: Line) -> bool:
    """Whether a line has a time where times stand: in brackets, in front, in the first cell of a row."""
    if line.shape == "row":
        first = cells(line)[0]
        return any(mark.isdigit() for mark in first) and split_box(f"{first} x", heading=True)[1] is not None
    if line.shape not in ("bullet", "numbered", "text") or not 4 < len(line.text) <= _LONGEST_TIMED:
        return False
    return split_box(line.text)[1] is not None or split_box(f"{line.text} x", heading=True)[1] is not None


def _heading(place: int, line: Line) -> Heading:
    marks = read_marks(line.text.replace("**", ""), heading=True)
    title = without_number(marks.text).strip(" :")
    if marks.box is None and title != marks.text and (behind := read_marks(title, heading=True)).box:
        marks, title = msgspec.structs.replace(marks, box=behind.box), behind.text
    gap = line.wide.find("     ")
    if gap > 0 and title and len(line.wide[gap:].split()) > 6:  # a remark beside the heading, lined up with blanks
        return _heading(place, msgspec.structs.replace(line, text=line.wide[:gap].lstrip("# "), wide=""))
    return Heading(place, line.level, line, msgspec.structs.replace(marks, text=title or marks.text or line.text))


def _timed(heading: Heading, times: Mapping[str, TimeBox]) -> Heading:
    """Return a heading, with the time that an overview gives to it where it says none itself."""
    box = times.get(bare_title(heading.marks.text)) if times and heading.marks.box is None else None
    return msgspec.structs.replace(heading, marks=msgspec.structs.replace(heading.marks, box=box)) if box else heading


def _name_special(headings: list[Heading]) -> None:
    area: Heading | None = None
    for heading, following in zip_longest(headings, headings[1:]):
        title = heading.line.text
        if not heading.planned_s and is_roster_title(heading.marks.text):
            heading.role, area = "roster", heading
        elif not heading.planned_s and is_checklist_title(heading.marks.text):
            heading.role, area = "checklist", heading
        elif heading.only_checks and not heading.planned_s and is_around(heading.marks.text):
            heading.role, area = "checklist", None
        elif area and area.role == "checklist" and _stays(heading, area.level, title):
            heading.role = "phase"
        elif area and heading.level > area.level:
            heading.role = "aside"
        else:
            area = None
            if heading.is_overview and not (following and following.level > heading.level):
                heading.role = "beside"


def _stays(heading: Heading, level: int, title: str) -> bool:
    if heading.level > level:
        return True
    return heading.level == level and not heading.planned_s and not heading.asks and phase_named(title) is not None


def _nest(headings: list[Heading]) -> None:
    above: list[Heading] = []
    for heading in headings:
        while above and above[-1].level >= heading.level:
            above.pop()
        heading.above = above[-1] if above else None
        above.append(heading)


def _set_aside(headings: list[Heading]) -> None:
    named = [heading for heading in headings if is_talk_title(heading.marks.text)][:_CHAPTERS]
    talk = next((heading for heading in named if _is_chapter(heading, headings)), None)
    has_own_sections = talk is not None and any(_is_in(heading, talk) for heading in headings)
    timed = sum(bool(heading.planned_s) for heading in headings)
    holding = set() if talk else _holding(headings)
    is_behind_talk = False
    for heading in headings:
        if heading.role != "section" or heading.place in holding:
            continue
        if talk and (heading is talk or _is_in(talk, heading)):
            heading.role = "title" if heading is not talk or has_own_sections else "section"
        elif not heading.planned_s and not (heading.marks.box and heading.marks.box.starts):
            heading.role = _beside(heading, talk, is_timed=timed > 1, is_behind_talk=is_behind_talk)
        is_behind_talk = is_behind_talk or heading.asks


def _holding(headings: list[Heading]) -> set[int]:
    """Return the places of the headings above parts that say when they begin: an agenda that is the guide itself."""
    found: set[int] = set()
    for heading in headings:
        above = heading.above if heading.marks.box and heading.marks.box.starts else None
        while above is not None and above.place not in found:
            found.add(above.place)
            above = above.above
    return found


def _beside(heading: Heading, talk: Heading | None, *, is_timed: bool, is_behind_talk: bool) -> Role:
    """Return the part of a heading that may be no section: what holds a question, a time or a check is never folded."""
    title = heading.marks.text
    is_within = heading.above is not None and heading.above.role in ("aside", "beside")
    holds_facts = is_behind_talk and not heading.is_blank and is_other_chapter(title)  # `Bijlage` and what is in it
    if heading.is_bare and not (is_within or holds_facts):
        return "beside" if is_overview(title) and is_timed else "section"
    if asks_of_research(title) and not heading.numbers:
        return "beside"
    if is_overview(title) and is_timed and not heading.asks:
        return "beside"
    about = is_other_chapter(title) or is_within
    outside = talk is not None and not _is_in(heading, talk)
    if not (about or outside):
        return "section"
    if heading.asks or heading.times:
        return "beside" if about and outside else "section"
    return "beside" if heading.checks else "aside"


def _leads_to_table(lines: list[Line], heading: Heading) -> bool:
    own = (line for line in lines[heading.place + 1 : heading.ends] if line.shape != "blank")
    first = next((line for line in own if not _is_fact(line)), None)
    return first is not None and first.shape == "row" and not heading.planned_s


def _is_fact(line: Line) -> bool:
    return line.shape == "text" and (tells_of_session(line.text) or bool(line.lead and line.after))


def _is_chapter(talk: Heading, headings: list[Heading]) -> bool:
    inside = [heading for heading in headings if _is_in(heading, talk)]
    if not talk.asks and not any(heading.asks or heading.planned_s for heading in inside):
        return False
    return any(not _is_in(heading, talk) and not _is_in(talk, heading) and heading is not talk for heading in headings)


def _is_in(heading: Heading, chapter: Heading) -> bool:
    above = heading.above
    while above is not None:
        if above is chapter:
            return True
        above = above.above
    return False


def _name_title(headings: list[Heading], *, has_title: bool) -> None:
    of_guide = [heading for heading in headings if heading.role == "section"]
    if len(of_guide) < 2 or any(heading.role == "title" for heading in headings):
        return
    first, others = of_guide[0], of_guide[1:]
    if first.asks or first.is_break:
        return
    timed = [heading.planned_s for heading in others if heading.planned_s]
    is_whole = first.planned_s > 0 and is_sum(first.marks.text, first.planned_s, timed, is_empty=first.is_empty)
    is_above = all(heading.level > first.level for heading in others)
    is_guide = not first.planned_s and names_whole(first.marks.text) and len(timed) > 1
    if (is_whole and (is_above or not has_title)) or (is_above and (not first.planned_s or len(timed) > 2)) or is_guide:
        first.role = "title"


def is_sum(title: str, planned_s: int, parts_s: Sequence[int], *, is_empty: bool) -> bool:
    """Whether the time in a first title is that of all parts below it: it names the whole, or is their sum."""
    total = sum(parts_s)
    if names_whole(title):
        return len(parts_s) > 1 and planned_s >= total * _MOST_OF_IT
    return is_empty and len(parts_s) > 2 and total * _MOST_OF_IT <= planned_s <= total / _MOST_OF_IT


def _name_questions(headings: list[Heading]) -> None:
    """Name the headings that are questions themselves: with a code, or with neither a time nor questions below them."""
    for heading, following in zip_longest(headings, headings[1:]):
        deeper = following is not None and following.level > heading.level and following.role == "section"
        is_question = heading.role == "section" and asks(heading.marks.text)
        is_coded = bool(code_of(heading.marks.text)[0])
        if is_question and (is_coded or not (heading.planned_s or heading.asks or deeper)):
            heading.role = "question"


def _take_numbers(headings: list[Heading]) -> None:
    """Take `4` from `4 Concepten` where all sections beside it are numbered so; else it belongs to the title."""
    for level in {heading.level for heading in headings}:
        sections = [one for one in headings if one.level == level and one.role == "section"]
        beside = [one for one in sections if not one.is_break or bare_number(one.marks.text)]
        numbers = [bare_number(heading.marks.text) for heading in beside]
        if len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1)):
            for heading in beside:
                title = heading.marks.text.partition(" ")[2]
                heading.marks = msgspec.structs.replace(heading.marks, text=title)


def _name_topics(sections: list[Heading]) -> None:
    children: dict[int, list[Heading]] = {}
    for heading in sections:
        if heading.above:
            children.setdefault(heading.above.place, []).append(heading)
    for heading in sections:
        above = heading.above
        if above is None or above.role not in ("section", "topic"):
            continue
        if heading.planned_s and (heading.is_break or _divides(above, children[above.place])):
            continue
        if above.role == "topic" or (not heading.is_break and (above.planned_s or above.asks)):
            heading.role = "topic"
    _share_time(sections, children)


def _share_time(sections: list[Heading], children: dict[int, list[Heading]]) -> None:
    for heading in sections:
        below_it = [below for below in children.get(heading.place, []) if below.role == "section"]
        if not below_it or heading.role != "section":
            continue
        if not heading.asks:
            heading.role, heading.opens_with_section = "topic", True  # its time is that of the sections in it
        elif heading.marks.box:
            left = heading.planned_s - sum(below.planned_s for below in below_it)
            box = msgspec.structs.replace(heading.marks.box, planned_s=left if left > 0 else None, low_s=None)
            heading.marks = msgspec.structs.replace(heading.marks, box=box)


def _divides(above: Heading, children: list[Heading]) -> bool:
    """Whether the headings below a heading share its time between them: each has one, or together most of it."""
    if not above.planned_s or above.role == "topic":
        return True
    timed = [heading.planned_s for heading in children if not heading.is_break]
    return all(timed) or sum(timed) >= above.planned_s * _MOST_OF_IT
