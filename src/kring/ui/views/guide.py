"""The discussion guide: the sentence to say, what comes with it, what comes next, and the time of each section."""

from __future__ import annotations

from kring.domain import guide_items
from kring.domain.measures.questions import is_asked
from kring.domain.measures.sections import item_ms, planned_ms, section_time, until_moment
from kring.domain.rows import GuideRow
from kring.domain.time_text import short, signed, time_of_day
from kring.domain.words import QUESTION_WORDS
from kring.system.i18n import _
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.line import EMPTY, Line, Span, cut, line, spread, width, wrap

READ_ALOUD = 60  # columns at which a question is easiest to read aloud


def guide(moment: LiveMoment, room: int, height: int) -> list[Line]:
    """Return the guide for a panel of this size: the current question always in full, the sections as room allows."""
    sections = guide_items.sections(moment.state)
    if not sections:
        return [line((_("The plan has no discussion guide."), "muted"))]
    current = moment.section
    focus = _focus(moment, room, height)
    if current is None:
        overview = _fitted([_section_line(moment, section, room) for section in sections], max(height - 3, 1))
        first = guide_items.following(moment.state, None) if moment.state.session.ended_at is None else None
        return [*overview, EMPTY, *([_upcoming(first, room)] if first else [])][:height]
    earlier = [s for s in sections if s.position < current.position]
    before = [_section_line(moment, s, room) for s in earlier]
    after = [_section_line(moment, s, room) for s in sections if s.position > current.position]
    here = [_section_line(moment, current, room), *focus]
    spare = height - len(here) - len(before) - len(after)
    if spare < 0:
        after = after[: max(0, height - len(here))]
        room_before = max(height - len(here) - len(after), 0)
        return [*before[len(before) - room_before :], *here, *after][:height]
    left = [_question_line(moment, row, room) for row in _others_here(moment, current)][:spare]
    here += left
    spare -= len(left)
    before = []
    for section in earlier:
        passed = [_question_line(moment, row, room) for row in _passed(moment, section)][:spare]
        spare -= len(passed)
        before += [_section_line(moment, section, room), *passed]
    return [*before, *here, *after]


def _questions(moment: LiveMoment, section: GuideRow) -> list[GuideRow]:
    rows = [row for row in moment.state.guide.values() if row.parent == section.id and row.removed_at is None]
    return sorted((row for row in rows if row.kind == "question"), key=lambda row: row.position)


def _passed(moment: LiveMoment, section: GuideRow) -> list[GuideRow]:
    """Return the questions of a section that were not asked."""
    return [row for row in _questions(moment, section) if not is_asked(moment.state, row, moment.now)]


def _others_here(moment: LiveMoment, section: GuideRow) -> list[GuideRow]:
    """Return the questions of the open section beside the open one and the one that is up next."""
    item = moment.state.current_item
    upcoming = guide_items.following(moment.state, item.id if item else None)
    near = {row.id for row in (item, upcoming) if row is not None}
    return [row for row in _questions(moment, section) if row.id not in near]


def _question_line(moment: LiveMoment, row: GuideRow, room: int) -> Line:
    sign, look, told = "·", "", ""
    if row.skipped_at is not None:
        sign, look, told = "–", "muted", _("skipped")
    elif is_asked(moment.state, row, moment.now):
        sign, look = "✓", "muted"
    elif row.must_ask:
        sign, told = "!", ""
    head = line((f"     {sign} ", "key" if sign == "!" else look), (f"{row.number} {row.title}", look))
    return spread(head, line((told + " " if told else "", "muted")), room)


def one_line(moment: LiveMoment, room: int) -> Line:
    """Return the guide as one line: where we are and how much time there is."""
    item, section = moment.state.current_item, moment.section
    if item is None or section is None:
        upcoming = guide_items.following(moment.state, None)
        if moment.state.session.ended_at is not None:
            return line((_("the session has ended"), "muted"))
        if upcoming is None:
            return line((_("no question"), "muted"))
        return cut(line((_("first: "), "muted"), f"{upcoming.number} {upcoming.title}"), room)
    return spread(line((f"▸ {item.number} ", "current"), (item.title, "")), line(*_left(moment, section)), room)


def brief(moment: LiveMoment, room: int, height: int) -> list[Line]:
    """Return the guide in one or two lines: as much of the question as goes before the time that is left."""
    item, section = moment.state.current_item, moment.section
    if height < 2 or item is None or section is None:
        return [one_line(moment, room)]
    _spent, *left = _left(moment, section)
    question = wrap(line((f"▸ {item.number} ", "current"), (item.title, "current")), room, hang=2)
    rest = line(("  ", ""), *[span for part in question[1:] for span in (*part[1:], (" ", ""))])
    return [question[0], spread(rest, line(*left), room)]


def compact(moment: LiveMoment, room: int, height: int) -> list[Line]:
    """Return the guide for a small screen: the section with its time, the question, its probes, what comes next."""
    section = moment.section
    if section is None:
        return guide(moment, room, height)
    lines = [_section_line(moment, section, room), *_focus(moment, room, height - 1, airy=False)]
    if len(lines) <= height or height < 3:
        return lines[:height]
    return [*lines[: height - 2], line(("      …", "muted")), lines[-1]]  # what comes next is never pushed out


def _fitted(lines: list[Line], height: int) -> list[Line]:
    if len(lines) <= height:
        return lines
    return [*lines[: height - 1], line((f" … {len(lines) - height + 1}", "muted"))]


def _section_line(moment: LiveMoment, section: GuideRow, room: int) -> Line:
    here = moment.section is not None and moment.section.id == section.id
    visited = section.id in moment.spent
    times = section_time(moment.state, section, moment.now, moment.spent)
    title = f"{section.number} {section.title}".strip()
    if section.skipped_at is not None:
        return spread(line((f" – {title}", "muted")), line((_("skipped") + " ", "muted")), room)
    if here:
        return spread(line((f" ▸ {title}", "current")), line(*_left(moment, section)), room)
    planned = planned_ms(section)
    right: list[Span] = []
    if visited:
        passed = sum(row.skipped_at is None for row in _passed(moment, section))
        if passed:
            right.append((_("{n} not asked").format(n=passed) + "  ", "soon"))
        spent_s = (times.spent_ms + 500) // 1000
        right.append((short(spent_s * 1000), "muted"))
        if section.planned_s is not None:
            over_s = spent_s - section.planned_s
            right.append((f" {signed(over_s * 1000)}", "late" if over_s >= 60 else "muted"))
    else:
        start = moment.starts.get(section.id)
        if start is not None and moment.state.session.started_at is not None:
            right.append((_("at {time}").format(time=time_of_day(moment.state, start)) + "  ", "muted"))
        if section.until is not None:
            end = until_moment(moment.state, section, moment.now)
            told = section.until if end is None else time_of_day(moment.state, end)
            right.append((_("until {time}").format(time=told), "muted"))
        elif planned is not None:
            right.append((short(planned), "muted"))
    sign = ("–" if _questions(moment, section) == _passed(moment, section) != [] else "✓") if visited else "·"
    return spread(line((f" {sign} {title}", "muted" if visited else "")), line(*right, (" ", "")), room)


def _left(moment: LiveMoment, section: GuideRow) -> list[Span]:
    times = moment.section_time
    if times is None:
        return []
    if times.left_ms is None:
        return [(short(times.spent_ms), "bold"), (" ", "")]
    spent = f"{short(times.spent_ms)} / {short(times.planned_ms or 0)}  "
    if moment.state.open_pause is not None:
        return [(spent, "muted"), (_("paused"), "soon"), (" ", "")]
    if times.left_ms < 0:
        return [(spent, "muted"), (_(" over {time} ").format(time=short(-times.left_ms)), "over")]
    look = "soon" if times.pace == "soon" else "bold"
    mark = "! " if times.pace == "soon" else ""
    return [(spent, "muted"), (mark + _("left {time}").format(time=short(times.left_ms)), look), (" ", "")]


def _focus(moment: LiveMoment, room: int, height: int, *, airy: bool = True) -> list[Line]:
    item = moment.state.current_item
    if item is None:
        return []
    airy = airy and height >= 14
    lines: list[Line] = [EMPTY] if airy else []
    lines += _item_lines(moment, item, room)
    if airy:
        lines.append(EMPTY)
    lines += _companions(moment, item, room)
    upcoming = guide_items.following(moment.state, item.id)
    if upcoming is not None:
        lines += [EMPTY] if airy else []
        lines.append(_upcoming(upcoming, room))
    return lines


def _item_lines(moment: LiveMoment, item: GuideRow, room: int) -> list[Line]:
    if item.kind in ("section", "break"):
        return []
    number = f"   {item.number} "
    marks = _marks(item)
    column = min(room, READ_ALOUD + len(number))
    body = wrap(line((number, "current"), (item.title, "current")), column, hang=len(number))
    spent = item_ms(moment.state, item.id, moment.now)
    facts: list[Span] = [(mark, look) for mark, look in marks]
    facts.append((short(spent) + " ", "muted"))
    tail = tuple(facts)
    if width(body[-1]) + width(tail) + 2 <= room:
        body[-1] = spread(body[-1], tail, room)
    else:
        body.append(spread(EMPTY, tail, room))
    return body


def _marks(item: GuideRow) -> list[Span]:
    marks: list[Span] = []
    if item.must_ask:
        marks.append(("! ", "key"))
    if item.question_kind is not None:
        marks.append((_(QUESTION_WORDS[item.question_kind]) + "  ", "key" if item.question_kind == "key" else "muted"))
    return marks


def _companions(moment: LiveMoment, item: GuideRow, room: int) -> list[Line]:
    """Return what stands under an item: instructions, probes by number, stimuli, polls."""
    lines: list[Line] = []
    probe = 0
    for row, depth in _under(moment, item):
        indent = "      " + "  " * depth
        match row.kind:
            case "probe":
                probe += 1
                sign, look = (f"{probe} ▪ ", "muted") if row.used_at else (f"{probe} ▫ ", "")
            case "instruction" | "note":
                sign, look = "  ", "italic"
            case "stimulus":
                sign, look = ("▣ " if row.used_at else "□ ") + (f"{row.label} " if row.label else ""), ""
            case "poll":
                sign, look = _("poll") + ": ", ""
            case "question":
                continue
            case _:
                sign, look = "» ", ""
        text = row.title if row.kind != "poll" else f"{row.title} {_options(row)}"
        more = f" {row.url or row.file or ''}" if row.kind in ("stimulus", "activity", "breakout") else ""
        body = line((indent + sign, "key" if look != "muted" else "muted"), (text, look), (more.rstrip(), "muted"))
        lines += wrap(body, room, hang=len(indent) + 4)
    return lines


def _options(row: GuideRow) -> str:
    if len(row.options) > 5:
        return f"({row.options[0]} – {row.options[-1]})"
    return f"({' / '.join(row.options)})" if row.options else ""


def _under(moment: LiveMoment, item: GuideRow) -> list[tuple[GuideRow, int]]:
    depth = {item.id: -1}
    found: list[tuple[GuideRow, int]] = []
    for row in sorted(moment.state.guide.values(), key=lambda row: row.position):
        if row.removed_at is None and row.parent in depth and row.kind not in ("question", "section", "break"):
            depth[row.id] = depth[row.parent] + 1
            found.append((row, depth[row.id]))
    return found


def _upcoming(item: GuideRow, room: int) -> Line:
    mark = line(("! ", "key")) if item.must_ask else EMPTY
    minutes = f"  {item.planned_s // 60} min" if item.planned_s else ""
    head = line(
        ("   " + _("up next") + "  ", "muted"), (f"{item.number} ", ""), *mark, (item.title, ""), (minutes, "muted")
    )
    return cut(head, room)
