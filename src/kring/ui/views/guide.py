"""The discussion guide: its sections on one line, what comes with a question, what comes next, and the whole of it."""

from __future__ import annotations

from typing import Literal

import msgspec

from kring.domain import guide_items
from kring.domain.decide.guide import probes_of
from kring.domain.measures.group.rooms import back_at, rooms_time
from kring.domain.measures.group.yields import yields_of
from kring.domain.measures.questions import all_asked, is_asked
from kring.domain.measures.sections import planned_ms
from kring.domain.rows import GuideRow
from kring.domain.state import State
from kring.domain.time_text import as_clock, as_length, time_of_day
from kring.domain.words import QUESTION_WORDS
from kring.system.i18n import _, ngettext, plain_number
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.line import EMPTY, Line, Span, cells, cut, line, pad, spread, width, window, wrap

Fold = Literal["whole", "row", "count"]
"""How what comes with a question is drawn: under each other, each kind on one row, or as counts with their keys."""
FOLDED_TITLE = 11


class Group(msgspec.Struct, frozen=True):
    """Lines of one kind that come with a question: the key to tick one, what they are, and each with its sign."""

    key: str
    name: str
    tally: str
    entries: tuple[tuple[str, str, str], ...]
    """Sign, text, look."""


def sections(moment: LiveMoment, room: int) -> Line:
    """Return the sections on one line: done ones with the time they took, this one, those to come with when they begin.

    Empty where they don't fit, even with the titles of what is done left out.
    """
    found = guide_items.sections(moment.state)
    if not found:
        return EMPTY
    signs = _signs(moment, found)
    folds = ((99, True), (99, False), (FOLDED_TITLE, False))
    if moment.state.session.phase == "ended":  # all are done: their titles are all that it tells
        folds = ((99, True), (FOLDED_TITLE, True), (99, False))
    parts = [_section(moment, one, signs.get(one.id, EMPTY)) for one in found]
    for longest, told_done in folds:
        spans = [span for part in parts for span in (*part.drawn(longest, told_done), ("  ", ""))]
        if width(tuple(spans)) + 2 <= room:
            return ((" ", ""), *spans)
    return EMPTY


def _signs(moment: LiveMoment, found: list[GuideRow]) -> dict[str, Line]:
    """Return what became of each section that was left, or passed without a stop, as a sign before its title.

    `!` = a question that must be asked was not, `○` = another question was neither asked nor skipped, or the section
    was never open, `✓` = nothing in it is left.
    """
    state = moment.state
    if state.session.started_at is None:
        return {}
    has_ended, here = state.session.ended_at is not None, moment.section
    left = [
        one
        for one in found
        if has_ended or one.id in moment.spent or (here is not None and one.position < here.position)
    ]
    missed = _sections_of(state, moment.still_to_ask)
    asked = all_asked(state, moment.now)
    waiting = [row for row in state.guide.values() if row.kind == "question" and row.id not in asked]
    waiting = [row for row in waiting if row.removed_at is None and row.skipped_at is None]
    unfinished = _sections_of(state, waiting) | {one.id for one in left if one.id not in moment.spent}
    must, some, nothing = line(("! ", "soon")), line(("○ ", "muted")), line(("✓ ", "muted"))
    return {one.id: must if one.id in missed else some if one.id in unfinished else nothing for one in left}


def _sections_of(state: State, rows: list[GuideRow]) -> set[str]:
    return {section.id for row in rows if (section := guide_items.section_of(state, row.id)) is not None}


class _Part(msgspec.Struct, frozen=True):
    """A section on the line of sections: its sign, its title, and the time behind it in a look of its own."""

    sign: Line
    title: str
    look: str
    time: str
    look_of_time: str
    number: str | None = None
    """What stands for the title and the time of what is done, where that has no room; None while it isn't done."""

    def drawn(self, longest: int, told_done: bool) -> Line:
        """Return it with a title of at most so many cells, or without the title of what is done."""
        title = self.title if cells(self.title) <= longest else _short(self.title, longest)
        if self.number is not None and not told_done:
            return line(*self.sign, (self.number or title, self.look))
        if self.look == self.look_of_time:
            return line(*self.sign, (f"{title}{self.time}", self.look))
        return line(*self.sign, (title, self.look), (self.time, self.look_of_time))


def _section(moment: LiveMoment, section: GuideRow, sign: Line) -> _Part:
    state = moment.state
    title = f"{section.number} {section.title}".strip()
    if section.skipped_at is not None:
        return _Part(line(("– ", "muted")), title, "muted", "", "muted", section.number)
    spent_ms = moment.spent.get(section.id, 0)
    if moment.section is not None and section.id == moment.section.id:
        return _Part(line((" ▸ ", "current card")), title, "current card", f" {as_clock(spent_ms)} ", "card")
    start = moment.starts.get(section.id)
    if sign and start is None:
        told = f" {as_length(spent_ms)}" if section.id in moment.spent else ""
        return _Part(sign, title, "muted", told, "muted", section.number)
    at = time_of_day(state, start) if start is not None else ""
    return _Part(sign, title, "", f" {at}", "muted")


def _short(title: str, longest: int) -> str:
    return "".join(text for text, _look in cut(line(title), longest))


def one_line(moment: LiveMoment, room: int) -> Line:
    """Return the question as one line, with the time that is left of the rooms, else of its section."""
    item, section = moment.state.current_item, moment.section
    if item is None or section is None:
        upcoming = guide_items.following(moment.state, None)
        if moment.state.session.ended_at is not None:
            return line((_("the session has ended"), "quiet"))
        if upcoming is None:
            return line((_("no question"), "quiet"))
        return cut(line((_("first: "), "quiet"), f"{upcoming.number} {upcoming.title}"), room)
    right = line(*_left(moment)[: 1 if room < 60 else 2])
    upcoming = guide_items.following(moment.state, item.id)
    if upcoming is not None and room >= 110:
        right = line(*right, ("       " + _("up next") + " ", "quiet"), (_named(upcoming), ""))
    return spread(line((f"{item.number}  ", "bold"), (item.title, "current")), line(*right, "  "), room)


def _named(item: GuideRow) -> str:
    return f"{item.number} {', '.join(reversed(_facts(item)))}".strip()


def _facts(item: GuideRow) -> list[str]:
    """Return how long a question may take, and what kind it is."""
    minutes = [f"{plain_number(item.planned_s / 60)} min"] if item.planned_s else []
    return [*minutes, _(QUESTION_WORDS[item.question_kind])] if item.question_kind else minutes


def _left(moment: LiveMoment) -> list[Span]:
    times = moment.section_time
    if moment.state.open_pause is not None:
        return [(_("paused {time}").format(time=as_clock(moment.now - moment.state.open_pause.started_at)), "soon")]
    if in_rooms := _left_of_rooms(moment):
        return in_rooms
    if times is None:
        return []
    if times.left_ms is None:
        return [(as_clock(times.spent_ms), "current")]
    plan = " " + _("of {time}").format(time=as_length(times.planned_ms or 0))
    if times.left_ms < 0:
        return [(_("{time} over").format(time=as_clock(-times.left_ms)), "soon"), (plan, "quiet")]
    look = "soon" if times.pace == "soon" else "current"
    return [(_("left {time}").format(time=as_clock(times.left_ms)), look), (plan, "quiet")]


def _left_of_rooms(moment: LiveMoment) -> list[Span]:
    times, back = rooms_time(moment.state, moment.now), back_at(moment.state, moment.now)
    if times is None:
        return []
    if times.left_ms is None or back is None:
        return [(_("rooms {time}").format(time=as_clock(times.spent_ms)), "current")]
    at = " " + _("back at {time}").format(time=time_of_day(moment.state, back))
    if times.left_ms < 0:
        return [(_("rooms, {time} over").format(time=as_clock(-times.left_ms)), "soon"), (at, "quiet")]
    look = "soon" if times.pace == "soon" else "current"
    return [(_("rooms, left {time}").format(time=as_clock(times.left_ms)), look), (at, "quiet")]


def companions(moment: LiveMoment, room: int, fold: Fold, *, airy: bool, hidden: int = 0) -> list[Line]:
    """Return what comes with the question that is open: its probes, its yields, its material, polls and activities.

    As counts it also tells how many instructions are `hidden`, and the key that shows them.
    """
    item = moment.state.current_item
    if item is None or moment.state.open_pause is not None:
        return []
    groups = [group for group in (_probes(moment, item), _yields(moment, item)) if group is not None]
    if fold == "count":
        return [_counts(groups, hidden, room)] if groups or hidden else []
    blocks = [_block(group, room, folded=fold == "row") for group in groups]
    material = [cut(line("   ", *row), room) for row in _material(moment, item)]
    if material:
        blocks.append(material if fold == "whole" else material[:1])
    lines: list[Line] = []
    for block in blocks:
        lines += [EMPTY, *block] if airy and lines else block
    return lines


def _probes(moment: LiveMoment, item: GuideRow) -> Group | None:
    rows = probes_of(moment.state, item)
    if not rows:
        return None
    entries = tuple(("✓" if row.used_at else "○", row.title, "muted" if row.used_at else "") for row in rows)
    tally = ngettext("{n} probe", "{n} probes", len(rows)).format(n=len(rows))
    return Group("p", _("probes"), tally, entries)


def _yields(moment: LiveMoment, item: GuideRow) -> Group | None:
    """Return what the question must yield; only the sign of what is still open is yellow, not its words."""
    found = yields_of(moment.state, item.id)
    if found is None:
        return None
    entries = tuple(
        ("✓" if row.heard_at else "○", row.title, "muted" if row.heard_at else "need") for row in found.rows
    )
    open_ones = len(found.still_open)
    tally = ngettext("{n} open", "{n} open", open_ones).format(n=open_ones) if open_ones else _("all heard")
    return Group("O", _("yield"), tally, entries)


def _counts(groups: list[Group], hidden: int, room: int) -> Line:
    spans = [span for group in groups for span in ((f" {group.key} ", "key"), (group.tally + "  ", ""))]
    if hidden:
        told = ngettext("{n} instruction", "{n} instructions", hidden).format(n=hidden)
        spans += [(" I ", "key"), (told + "  ", "")]
    return cut(tuple(spans), room)


def _block(group: Group, room: int, *, folded: bool) -> list[Line]:
    """Return a group as rows of two columns where its texts fit, else one under the other; folded, on one row."""
    head = (
        line((f"   {group.key} ", "key"), (group.name + " ", "muted"))
        if not folded
        else line((f" {group.key} ", "key"))
    )
    begin = max(width(head), 16) if not folded else 4
    numbered = [(f"{place} ", sign, text, look) for place, (sign, text, look) in enumerate(group.entries, 1)]
    drawn = [
        line((number, "key"), (f"{sign} ", look), (text, "" if look == "need" else look))
        for number, sign, text, look in numbered
    ]
    if folded:
        return [_in_columns(drawn, len(drawn), head, begin, room)]
    space = room - begin
    columns = 2 if len(drawn) > 1 and max(width(one) for one in drawn) <= space // 2 - 1 else 1
    lines: list[Line] = []
    for place in range(0, len(drawn), columns):
        here = pad(head, begin) if place == 0 else line(" " * begin)
        if columns == 2:
            lines.append(_in_columns(drawn[place : place + 2], 2, here, begin, room))
        else:
            folds = wrap(drawn[place], space, hang=4)
            lines += [line(*here, *folds[0]), *[line(" " * begin, *more) for more in folds[1:]]]
    return lines


def _in_columns(drawn: list[Line], columns: int, head: Line, begin: int, room: int) -> Line:
    space = max((room - begin) // max(columns, 1), 4)
    spans = [span for one in drawn for span in pad(cut(one, space - 2), space)]
    return cut(line(*pad(head, begin), *spans), room)


def _material(moment: LiveMoment, item: GuideRow) -> list[Line]:
    """Return the stimuli, polls and activities that stand under an item, one a row."""
    rows = sorted((row for row in moment.state.guide.values() if row.removed_at is None), key=lambda row: row.position)
    parents, lines = {item.id}, []
    for row in rows:
        if row.parent not in parents or row.kind in ("question", "section", "break"):
            continue
        parents.add(row.id)
        link = ((f"  {row.url or row.file}", "muted"),) if row.url or row.file else ()
        match row.kind:
            case "stimulus":
                sign = ("▣ ", "muted") if row.used_at else ("□ ", "")
                lines.append(line(sign, (f"{row.label} " if row.label else "", "bold"), row.title, *link))
            case "poll":
                lines.append(line((_("poll") + "  ", "muted"), row.title, (f" {_options(row)}", "muted")))
            case "activity" | "breakout":
                lines.append(line(("» ", "muted"), row.title, *link))
    return lines


def _options(row: GuideRow) -> str:
    if len(row.options) > 5:
        return f"({row.options[0]} – {row.options[-1]})"
    return f"({' / '.join(row.options)})" if row.options else ""


def upcoming(moment: LiveMoment, room: int, *, full: bool) -> list[Line]:
    """Return the next question, and on a row of its own the next one that must be asked where that's another."""
    state, item = moment.state, moment.state.current_item
    if state.session.phase != "live" or item is None:
        return []
    following = guide_items.following(state, item.id)
    missed = [row for row in moment.still_to_ask if row.id not in (item.id, following and following.id)]
    ahead = [row for row in missed if row.position > item.position] or missed
    word = _("up next")
    begin = cells(word) + (7 if room >= 72 else 5)
    lines: list[Line] = []
    if following is not None:
        mark = line(("! ", "soon")) if following.must_ask else line("  ")
        head = line((" " * (3 if room >= 72 else 1) + word, "muted"))
        lines.append(line(*pad(head, begin - 2), *mark, *_coming(following)))
    if ahead and full:
        lines.append(line(" " * (begin - 2), ("! ", "soon"), *_coming(ahead[0])))
    elif ahead and lines:
        told = line(("! ", "soon"), (_("{number} still to be asked").format(number=ahead[0].number), ""), " ")
        return [spread(lines[0], told, room)]
    return [cut(one, room) for one in lines]


def next_in_short(moment: LiveMoment) -> Line:
    """Return the number of the next question, and of the next one that must be asked, for where a row is shared."""
    state, item = moment.state, moment.state.current_item
    following = guide_items.following(state, item.id) if item is not None else None
    if item is None or following is None:
        return EMPTY
    told = line((_("up next") + " ", "muted"), _named(following))
    ahead = [row for row in moment.still_to_ask if row.position > following.position]
    return line(*told, "   ", ("! ", "soon"), ahead[0].number, " ") if ahead else line(*told, " ")


def has_sections(moment: LiveMoment) -> bool:
    """Whether the guide has sections at all."""
    return bool(guide_items.sections(moment.state))


def _coming(item: GuideRow) -> Line:
    facts = ", ".join(_facts(item))
    return line((f"{item.number}  ", ""), item.title, ("   " + facts if facts else "", "muted"))


def outline(moment: LiveMoment) -> list[GuideRow]:
    """Return what can be jumped to, in order: questions, breaks, activities, and sections that hold none of those."""
    rows = sorted((row for row in moment.state.guide.values() if row.removed_at is None), key=lambda row: row.position)
    parents = {row.parent for row in rows if row.kind in ("question", "activity", "breakout")}
    kinds = ("question", "break", "activity", "breakout")
    return [row for row in rows if row.kind in kinds or (row.kind == "section" and row.id not in parents)]


def outline_row(moment: LiveMoment, row: GuideRow, room: int) -> Line:
    """Return an item of the guide on one row: what became of it, its number, its sentence, its kind and its time."""
    state, here = moment.state, moment.state.current_item
    sign, look = "  ", ""
    if row.skipped_at is not None:
        sign, look = "– ", "muted"
    elif here is not None and row.id == here.id:
        sign, look = "▶ ", "bold"
    elif row.kind == "question" and is_asked(state, row, moment.now):
        sign, look = "✓ ", "muted"
    elif row.must_ask:
        sign = "! "
    kind = _(QUESTION_WORDS[row.question_kind]) if row.question_kind else ""
    planned = planned_ms(row)
    box = as_length(planned) if planned is not None else ""
    right = line((f"  {kind:<14}", "muted"), (f"{box:>8} ", "muted"))
    head = line((sign, "soon" if sign == "! " else look), (f"{row.number:<5}", look), (row.title, look))
    return spread(head, right, room)


def told(moment: LiveMoment, room: int, height: int) -> list[Line]:
    """Return the whole guide in a room of this size, around the question that is open."""
    rows = outline(moment)
    here = moment.state.current_item
    place = next((place for place, row in enumerate(rows) if here is not None and row.id == here.id), 0)
    top = max(min(place - height // 2, len(rows) - height), 0)
    return window([outline_row(moment, row, room) for row in rows], height, room, top)
