"""The end of an evening as it is drawn: what is still open with its key, and the fields of the debrief."""

from __future__ import annotations

from collections.abc import Sequence

from kring.commands.solutions import SOLUTIONS
from kring.domain.check_grid import is_settled
from kring.domain.decide.ending import WHY, OpenPoint
from kring.domain.lookup import alive_checks
from kring.domain.measures.looking_back import Debrief
from kring.domain.measures.questions import questions
from kring.domain.measures.talk_time import gini, voices
from kring.domain.rows import DebriefField, DebriefRow
from kring.domain.state import State
from kring.domain.text import one_line
from kring.domain.time_text import as_clock
from kring.domain.words import DEBRIEF_WORDS
from kring.session.looking_back import told_clock
from kring.system.i18n import _, decimal, ngettext
from kring.ui.widgets.line import EMPTY, Line, cut, line, pad, spread, width, wrap

WIDE = 100
"""From so many cells on the debrief stands beside what is open."""
GAP, EDGE = 3, 2


def debrief_head(state: State, found: Debrief, now: int, room: int) -> Line:
    """Return the title of the debrief, with how many fields have an answer, and its clock at the right."""
    told = _("debrief {done}/{all}").format(done=found.done, all=len(found.answers))
    is_over = found.left_ms is not None and found.left_ms < 0
    clock = line((told_clock(state, now), "soon" if is_over else "bold"))
    return spread(line((told, "title"), ("  " + _("the team, without participants"), "muted")), clock, room)


def field_lines(number: int, field: DebriefField, answers: Sequence[DebriefRow], room: int, most: int) -> list[Line]:
    """Return a field with its answers in at most so many lines: in one where there is no room for more."""
    authors = " ".join(dict.fromkeys(one_line(row.author) or _(row.role) for row in answers))
    title = line((f"{number} ", "key"), (_(DEBRIEF_WORDS[field]), "" if answers else "muted"))
    if most < 2:
        told = "  " + " / ".join(one_line(row.answer) for row in answers) if answers else "  " + _("empty")
        return [spread(line(*title, (told, "muted")), line((authors, "muted")), room)]
    found = [spread(title, line((authors, "muted")), room)]
    for row in answers:
        found += wrap(line("  ", row.answer), room, hang=2)
    if not answers:
        found.append(line(("  " + _("empty"), "muted")))
    return (
        found
        if len(found) <= most
        else [*found[: most - 1], cut(line("  …", (_("more in the report"), "muted")), room)]
    )


def can_be_solved(state: State, point: OpenPoint) -> bool:
    """Whether its key still does something about it: after the end no question is asked any more."""
    return point.kind != "question" or state.session.phase == "live"


def point_line(state: State, point: OpenPoint, now: int, room: int) -> Line:
    """Return what is open, why, and the key that does something about it."""
    solution = SOLUTIONS[point.kind]
    act = line((f"{solution.key} ", "key"), _(solution.label)) if can_be_solved(state, point) else EMPTY
    since = f" {as_clock(now - point.since)}" if point.since is not None else ""
    why = f"{_(WHY[point.kind])}{since}"
    left = max(room - width(act) - 2, 1)
    what = line(point.what or why)
    if point.what and left - width(line(why)) >= left // 2:
        what = spread(what, line((why, "muted")), left)
    return line(*pad(what, left), "  ", *act)


def evening(state: State, now: int, room: int) -> list[Line]:
    """Return the evening in a few lines of figures."""
    notes = [note for note in state.notes.values() if note.removed_at is None]
    quotes = sum(note.kind == "quote" for note in notes)
    starred = sum(note.starred for note in notes)
    asked = questions(state, now)
    after = [check for check in alive_checks(state) if check.phase == "after"]
    told = ", ".join(
        (
            ngettext("{n} note", "{n} notes", len(notes)).format(n=len(notes)),
            ngettext("{n} quote", "{n} quotes", quotes).format(n=quotes),
            f"{starred} ★",
        )
    )
    lines = [told, _("{n} of {all} questions asked").format(n=sum(one.was_asked for one in asked), all=len(asked))]
    indexes = [voice.balance for voice in voices(state, now) if voice.balance is not None]
    if len(indexes) > 1:
        lines.append(_("balance {gini}; 0: everyone spoke equally").format(gini=decimal(gini(indexes), 2)))
    if after:
        done = sum(is_settled(check) for check in after)
        lines.append(_("checklist afterwards {done} of {all}").format(done=done, all=len(after)))
    return [cut(line(("  " + one, "muted")), room) for one in lines]


def beside(left: Sequence[Line], right: Sequence[Line], room: int, height: int) -> list[Line]:
    """Return two columns, the left one a little narrower."""
    first = (room - GAP) * 4 // 9
    rows = max(len(left), len(right))
    padded = [[*one, *[EMPTY] * (rows - len(one))] for one in (left, right)]
    found = [
        line(*pad(one, first), " " * GAP, *cut(other, room - first - GAP)) for one, other in zip(*padded, strict=True)
    ]
    return found[:height]
