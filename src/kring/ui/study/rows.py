"""The rows of the screen of a study, drawn for a width: what is due, groups, segments, personas, what is thought."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from kring.domain.plan import Persona
from kring.domain.study.due import Due
from kring.domain.study.groups import Group, Places
from kring.domain.study.model import Finding, Segment
from kring.domain.study.segments import in_force
from kring.domain.study.words import ACTION_STATES, VERDICTS
from kring.domain.text import one_line
from kring.study.guides.carrying import Next, due_of
from kring.study.standing import Standing
from kring.system.i18n import _, ngettext, say
from kring.ui.study.funnel_rows import recruiting
from kring.ui.study.surveys import in_brief
from kring.ui.study.words import how_many, short_day, state_of, when, when_due
from kring.ui.widgets.line import EMPTY, Line, cut, line, pad, spread, width, wrap

Kind = Literal["", "due", "group", "recruiting", "segment", "persona", "survey", "finding", "hypothesis", "action"]
WIDE = 100
"""Columns from which a segment has a column of its own in the table of groups."""
NUMBER, WHEN, STATE, PLACE = 4, 18, 22, 20
CODE, LATE = 5, 18
_MOST_SQUARES = 8
LONGEST_NAME = 24
LEAST_GAP, LEAST_REASON = 2, 12


class Entry(Struct, frozen=True):
    """A row of the screen; of a `kind`, with the code, name or number of what it is about, the cursor can stand on."""

    line: Line
    kind: Kind = ""
    ref: str = ""


def top(found: Standing, room: int, day: str) -> Line:
    """Return the title of the study, how many groups it has, and whose it is."""
    study, groups = found.folder.study, len(found.groups)
    counted = ngettext("{n} group", "{n} groups", groups).format(n=groups)
    left = line(
        (" kring ", "key"), (f" {one_line(found.folder.title)} ", "title"),
        (f"  {counted}, {_('{n} held').format(n=found.held)}", "muted"), (f"   {one_line(study.client)}", "muted"),
    )  # fmt: skip
    return spread(left, line((f"{day} ", "muted")), room) if room >= WIDE else cut(left, room)


def entries(found: Standing, room: int, left: Next | None = None) -> list[Entry]:
    """Return all rows, in the order of the screen."""
    study = found.folder.study
    parts: list[list[Entry]] = [
        [Entry(one) for one in wrap(line(one_line(study.question)), room)] if study.question else [],
        _titled(_("To do"), "", _todo(found, left, room)),
        _titled(_("Groups and segments"), _legend(found), _groups(found, room)),
        _titled(_("Recruitment"), "", _recruiting(found, room)),
        _titled(_("Segments"), "", [_segment(found, one, room) for one in study.segments]),
        _titled(_("Personas"), "", _personas(study.personas, room)),
        _titled("KTO", "", _surveys(found, room)),
        _titled(_("Findings"), "", [_finding(one, room) for one in study.findings]),
        _titled(_("Hypotheses"), "", _hypotheses(found, room)),
        _titled(_("Actions"), "", _actions(found, room)),
    ]
    told: list[Entry] = []
    for part in parts:
        told += ([Entry(EMPTY)] if told and part else []) + part
    return told or [Entry(line((_("Nothing is written yet; e opens the text of the study."), "muted")))]


def _titled(title: str, more: str, rows: list[Entry]) -> list[Entry]:
    head = line((title, "title"), (f"   {more}" if more else "", "muted"))
    return [Entry(head), *rows] if rows else []


def _legend(found: Standing) -> str:
    if found.people is None:
        return _("■ came  ▣ on the list  □ to be found")
    return _("■ came  ▣ said yes  ◧ fits  □ to be found")


def todo(found: Standing, left: Next | None) -> list[Due]:
    """Return what is to be done, by day, with what earlier groups left for the next."""
    more = [due_of(left, found.today)] if left is not None else []
    return sorted([*found.todo, *more], key=lambda one: one.day)


def due_ref(one: Due) -> str:
    """Return what tells one thing to do from another."""
    return f"{one.about} {one.ref} {one.what.template}"


def _todo(found: Standing, left: Next | None, room: int) -> list[Entry]:
    told = []
    for one in todo(found, left):
        late = one.late(found.today)
        look = "late" if late > 0 else "soon" if late == 0 else "muted"
        by = pad(line((f"  {when_due(late, one.day)}", look)), LATE + 3)
        since = short_day(one.day) if late >= 0 else ""  # else the day stands in front
        right = line(("  ".join(part for part in (one_line(one.owner), since) if part), "muted"))
        told.append(Entry(spread((*by, *line(one_line(say(one.what)))), right, room), "due", due_ref(one)))
    return told


def _groups(found: Standing, room: int) -> list[Entry]:
    names = list(dict.fromkeys(place.segment for group in found.groups for place in group.places))
    fits = room >= WIDE and NUMBER + WHEN + STATE + PLACE * len(names) + 8 <= room
    told = [Entry(_heads(names))] if fits and found.groups else []
    for group in found.groups:
        look = {"held": "ok", "missed": "late", "running": "speaking"}.get(group.state, "")
        is_short = bool(group.short) and group.state in ("planned", "prepared")
        state = (_("short of people"), "late") if is_short else (state_of(group), look)
        left = (
            *pad(line((f"  {group.number or '?'}", "bold")), NUMBER),
            *pad(line(when(group)), WHEN),
            *pad(line(state), STATE),
        )
        if fits:
            by_name = {place.segment: place for place in group.places}
            cells = [pad(_place(by_name.get(name)), PLACE) for name in names]
            whole = (*left, *(span for cell in cells for span in cell), *_together(group))
            told.append(Entry(cut(whole, room), "group", group_ref(group)))
        else:
            told.append(Entry(cut((*left, *_together(group)), room), "group", group_ref(group)))
            told += [Entry(part) for part in _places_below(group.places, room)]
    told += [Entry(part) for part in _differing(found, room)]
    return told


def _heads(names: Sequence[str]) -> Line:
    left = pad(line(("  ", ""), (_("group"), "muted")), NUMBER + 4)
    left = (*left, *pad(line((_("when"), "muted")), WHEN - 4), *pad(line((_("state"), "muted")), STATE))
    columns = [pad(line((one_line(name) or _("unknown"), "bold")), PLACE) for name in names]
    return (*left, *(span for column in columns for span in column), (_("together"), "muted"))


def _place(place: Places | None) -> Line:
    if place is None:
        return EMPTY
    missing = place.short
    counted = f" {place.there}" if place.wanted is None else f" {place.there}/{how_many(place.wanted)}"
    sign = "▣" if place.came is None else "■"
    full = min(place.there, _MOST_SQUARES)
    fit = min(place.fit, _MOST_SQUARES - full)
    open_ = min(missing, _MOST_SQUARES - full - fit)
    here = (sign * full, "ok" if place.came is not None else "key")
    squares = line(here, ("◧" * fit, "soon"), ("□" * open_, "late"))
    short = f" {_('{n} short').format(n=missing)}" if missing else ""
    over = f" +{place.over}" if place.over else ""
    return (*squares, *line((counted, ""), (short, "late"), (over, "muted")))


def _places_below(places: Sequence[Places], room: int) -> list[Line]:
    """Return the segments of a group below it, as many in a line as fit whole."""
    lines: list[Line] = []
    for place in places:
        one = (*line((f"{one_line(place.segment) or _('unknown')} ", "muted")), *_place(place))
        if lines and width(lines[-1]) + 3 + width(one) <= room:
            lines[-1] = (*lines[-1], ("   ", ""), *one)
        else:
            lines.append(cut(line("      ", *one), room))
    return lines


def _together(group: Group) -> Line:
    there = sum(place.there for place in group.places)
    least = sum(place.wanted.least for place in group.places if place.wanted)
    most = sum(place.wanted.most for place in group.places if place.wanted)
    if not group.places:
        return EMPTY
    asked = _("of {wanted}").format(wanted=least if least == most else f"{least}–{most}") if most else ""
    return line((f"{there} ", "bold"), (asked, "muted"))


def group_ref(group: Group) -> str:
    """Return what a group is found by: its session, else its plan, else its number."""
    return group.session or group.plan or group.number


def _differing(found: Standing, room: int) -> Iterator[Line]:
    for segment, by_text in found.differing.items():
        parts = [
            _("{definition} (group {groups})").format(definition=one_line(text), groups=", ".join(groups))
            for text, groups in by_text.items()
        ]
        told = _("{segment} is not defined alike: {definitions}").format(segment=segment, definitions="; ".join(parts))
        yield from wrap(line(("  ! ", "soon"), (told, "soon")), room, hang=4)


def _segment(found: Standing, segment: Segment, room: int) -> Entry:
    one = in_force(segment, found.today)
    later = [each for each in segment.definitions if each.since and each.since > found.today]
    how = (_("computed") if one.rule else _("by hand")) if one else _("no definition holds today")
    coming = [_("from {day}: {definition}").format(day=each.since, definition=one_line(each.text)) for each in later]
    parts = [one_line(one.text) if one else "", how, *coming]
    priority = f" · {_('priority')} {one_line(segment.priority)}" if segment.priority else ""
    longest = max(len(one_line(each.name)) for each in found.folder.study.segments)
    name = pad(line((f"  {one_line(segment.name)}  ", "bold")), min(longest, LONGEST_NAME) + 4)
    told = line(*name, " · ".join(part for part in parts if part), (priority, "muted"))
    return Entry(cut(told, room), "segment", segment.name)


def _personas(personas: Sequence[Persona], room: int) -> list[Entry]:
    """Return the personas with their names and segments below each other."""
    names = [line((f"  {one_line(one.name)}  ", "bold")) for one in personas]
    segments = [line((f"{one_line(one.segment)}  " if one.segment else "", "muted")) for one in personas]
    longest = [min(max(map(width, column), default=0), LONGEST_NAME + 4) for column in (names, segments)]
    told = [" · ".join(one_line(part) for part in (one.demographics, one.goals or one.behaviour) if part)
            for one in personas]  # fmt: skip
    return [
        Entry(cut((*pad(name, longest[0]), *pad(segment, longest[1]), (text, "")), room), "persona", one.name)
        for one, name, segment, text in zip(personas, names, segments, told, strict=True)
    ]


def _finding(finding: Finding, room: int) -> Entry:
    told = line((f"  {one_line(finding.code):<{CODE}}", "bold"), one_line(finding.text))
    return Entry(cut(told, room), "finding", finding.code)


def _recruiting(found: Standing, room: int) -> list[Entry]:
    first, *more = recruiting(found, room) or [EMPTY]
    return [Entry(first, "recruiting"), *map(Entry, more)] if first else []


def _surveys(found: Standing, room: int) -> list[Entry]:
    told = []
    for survey in found.folder.surveys:
        first, *more = in_brief(survey, room)
        told += [Entry(first, "survey", str(survey.line)), *map(Entry, more)]
    return told


def _hypotheses(found: Standing, room: int) -> list[Entry]:
    """Return what is thought and its verdict; of why there is what its words leave room for."""
    looks = {"supported": "ok", "refuted": "late", "mixed": "soon"}
    told = []
    for one in found.folder.study.hypotheses:
        left = line((f"  {one.code:<{CODE}}", "bold"), one_line(one.text))
        verdict = line((_(VERDICTS[one.verdict]), looks.get(one.verdict, "muted")))
        why = line((f": {one_line(one.because)}" if one.because else "", "muted"))
        free = room - width(left) - width(verdict) - LEAST_GAP
        right = (*verdict, *(cut(why, free) if free >= LEAST_REASON else EMPTY))
        told.append(Entry(spread(left, right, room), "hypothesis", one.code))
    return told


def _actions(found: Standing, room: int) -> list[Entry]:
    told = []
    for one in found.folder.study.actions:
        is_late = one.due is not None and one.due < found.today and one.state in ("open", "started")
        right = line(
            (f"{one_line(one.owner)}  " if one.owner else "", "muted"),
            (f"{short_day(one.due)}  " if one.due else "", "late" if is_late else "muted"),
            (_(ACTION_STATES[one.state]), "ok" if one.state in ("done", "measured") else "muted"),
        )
        left = line((f"  {one.code:<{CODE}}", "bold"), one_line(one.text))
        told.append(Entry(spread(left, right, room), "action", one.code))
    return told
