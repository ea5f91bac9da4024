"""The headings of a guide: the title, sections, topics within them, the roster, the checklist, other chapters."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import Literal

import msgspec

from kring.domain.rows import GuideKind
from kring.plans.checklist import is_checklist_title, phase_named
from kring.plans.lines import Line, bare_title
from kring.plans.marks import Marks, asks, read_marks
from kring.plans.people.roster import is_roster_title
from kring.plans.time_box import split_box

Role = Literal["title", "section", "topic", "roster", "checklist", "phase", "aside"]

_TALK = re.compile(
    r"discussion guide|session structure|interview guide|moderator(?:'?s)? guide|topic guide|question(?:ing)? route"
    r"|focus group (?:guide|questions)|discussion questions|gespreksleidraad|leidraad|draaiboek|topiclijst"
    r"|gespreksverloop|vragenroute|vragenlijst|gespreksonderwerpen|verloop van (?:het gesprek|de sessie)"
)
_NO_TALK = re.compile(
    r"session structure|overview|^agenda|^purpose|background|research (?:design|question)|method|recruit|sampling"
    r"|participant selection|criteria|logistic|equipment|materials|^roles|ethics|incentive|budget|schedule|timeline"
    r"|appendix|^rationale|analysis|reporting|technique|references|checkpoint|^overzicht|^opbouw|achtergrond|onderzoeks(?:opzet|vraag)"
    r"|werving|selectie|planning|benodigd|^rollen|bijlage|analyse|rapportage|literatuur|inhoudsopgave|ethiek|voorbereiding"
)
_BREAK = re.compile(
    r"(?:(?:korte|short|koffie|thee|plas|lunch|coffee|tea|comfort|kleine)[ -]?)*(?:pauze|break|intermission)\b"
)
_NO_BREAK = re.compile(r"break(?:-| )?(?:the|down|out|up|even|through|ing|away)")
_ORDINAL = re.compile(
    r"^(?:(?:deel|onderdeel|part|section|blok|block|fase|phase)\s)?(?:\d{1,2}(?:\.\d{1,2})*|[A-Z]|[IVX]{1,4})[.):]\s?(?=\S)|^\d{1,2}\s(?=[^\W\d])|^[A-Z]\)(?=\S)",
    re.IGNORECASE,
)
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
    opens_with_section: bool = False  # what stands in it before that section belongs into the section
    above: Heading | None = None

    @property
    def is_break(self) -> bool:
        """Whether it is a break, in which nobody talks."""
        return names_break(self.marks.text)

    @property
    def kind(self) -> GuideKind:
        """The kind of section that it opens."""
        return "break" if self.is_break else "section"

    @property
    def planned_s(self) -> int:
        """The time that stands in the heading, in seconds."""
        return (self.marks.box.planned_s or 0) if self.marks.box else 0


def names_break(title: str) -> bool:
    """Whether a heading opens a break, and not a question about one."""
    bare = bare_title(title)
    return bool(_BREAK.match(bare)) and not _NO_BREAK.match(bare)


def find_headings(lines: list[Line], *, ordinary: bool) -> list[Heading]:
    """Return the headings of these lines, each with its role."""
    headings = [_heading(place, line) for place, line in enumerate(lines) if line.shape == "heading"]
    for heading, following in zip_longest(headings, headings[1:]):
        heading.ends = following.place if following else len(lines)
        own = lines[heading.place + 1 : heading.ends]
        heading.asks = any(_asks(line) for line in own)
    _name_special(headings)
    _nest(headings)
    if ordinary:
        _set_aside(headings)
    _name_title(headings)
    if ordinary and len(headings) == 1 and _leads_to_table(lines, headings[0]):
        headings[0].role = "title"
    _name_topics([heading for heading in headings if heading.role == "section"])
    return headings


def _asks(line: Line) -> bool:
    if line.shape == "numbered":
        return asks(line.text) or split_box(line.text.replace("**", ""), heading=True)[1] is None
    return asks(line.text)


def is_talk_title(title: str) -> bool:
    """Whether a heading opens the chapter with the talk itself."""
    return bool(_TALK.search(bare_title(title)))


def is_other_chapter(title: str) -> bool:
    """Whether a heading opens a chapter about the research around the talk."""
    return bool(_NO_TALK.search(bare_title(title)))


def _heading(place: int, line: Line) -> Heading:
    marks = read_marks(line.text.replace("**", ""), heading=True)
    title = _ORDINAL.sub("", marks.text, count=1).strip(" :")
    gap = line.wide.find("     ")
    if gap > 0 and title and len(line.wide[gap:].split()) > 6:  # a remark beside the heading, lined up with blanks
        return _heading(place, msgspec.structs.replace(line, text=line.wide[:gap].lstrip("# "), wide=""))
    return Heading(place, line.level, line, msgspec.structs.replace(marks, text=title or marks.text or line.text))


def _name_special(headings: list[Heading]) -> None:
    area: Heading | None = None
    for heading in headings:
        title = heading.line.text
        if not heading.planned_s and is_roster_title(heading.marks.text):
            heading.role, area = "roster", heading
        elif not heading.planned_s and is_checklist_title(heading.marks.text):
            heading.role, area = "checklist", heading
        elif area and area.role == "checklist" and _stays(heading, area.level, title):
            heading.role = "phase"
        elif area and heading.level > area.level:
            heading.role = "aside"
        else:
            area = None


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
    for heading in headings:
        if heading.role != "section":
            continue
        if talk and (heading is talk or _is_in(talk, heading)):
            heading.role = "title" if heading is not talk or has_own_sections else "section"
        elif (talk and not _is_in(heading, talk)) or _is_about_research(heading):
            heading.role = "aside"


def _is_about_research(heading: Heading) -> bool:
    if heading.above and heading.above.role == "aside":
        return True
    return is_other_chapter(heading.marks.text) and not heading.planned_s and not heading.asks


def _leads_to_table(lines: list[Line], heading: Heading) -> bool:
    own = [line for line in lines[heading.place + 1 : heading.ends] if line.shape != "blank"]
    return bool(own) and own[0].shape == "row" and not heading.planned_s


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


def _name_title(headings: list[Heading]) -> None:
    of_guide = [heading for heading in headings if heading.role == "section"]
    if len(of_guide) < 2 or any(heading.role == "title" for heading in headings):
        return
    first, others = of_guide[0], of_guide[1:]
    if first.asks or first.planned_s or any(heading.level <= first.level for heading in others):
        return
    first.role = "title"


def _name_topics(sections: list[Heading]) -> None:
    for heading in sections:
        above = heading.above
        if above is None or above.role not in ("section", "topic") or heading.planned_s:
            continue
        if above.role == "topic" or (not heading.is_break and (above.planned_s or above.asks)):
            heading.role = "topic"
    inner: dict[int, list[Heading]] = {}
    for below in sections:
        if below.above and below.role == "section":
            inner.setdefault(below.above.place, []).append(below)
    for heading in sections:
        below_it = inner.get(heading.place)
        if not below_it or heading.role != "section":
            continue
        if not heading.asks:
            heading.role, heading.opens_with_section = "topic", True  # its time is that of the sections in it
        elif heading.marks.box:
            left = heading.planned_s - sum(below.planned_s for below in below_it)
            box = msgspec.structs.replace(heading.marks.box, planned_s=left if left > 0 else None, low_s=None)
            heading.marks = msgspec.structs.replace(heading.marks, box=box)
