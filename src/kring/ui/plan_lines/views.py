"""The lines of a guide with what each was taken for, drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kring.domain.plan import Plan
from kring.domain.text import whole
from kring.plans.explained import KINDS, Choice, Taken
from kring.plans.lint import planned_s
from kring.system.i18n import _, ngettext, say
from kring.ui.widgets.line import EMPTY, Line, cut, line, pad, spread, wrap

WIDE = 100
"""Columns from which the reason stands in a column of its own."""
KIND, REASON = 14, 34
_LOOKS = {"section": "title", "break": "title", "title": "title", "question": "bold", "skip": "muted", "above": "muted"}


def top(name: str, plan: Plan, room: int) -> Line:
    """Return what the guide comes to: its sections, questions and minutes."""
    sections, questions = len(plan.sections), len(plan.questions)
    told = [
        ngettext("{n} section", "{n} sections", sections).format(n=sections),
        ngettext("{n} question", "{n} questions", questions).format(n=questions),
        _("{minutes} min").format(minutes=whole(planned_s(plan) / 60)),
    ]
    return spread(line((f" {name}", "title")), line((", ".join(told) + " ", "muted")), room)


def rows(taken: Sequence[Taken], choices: Mapping[int, Choice], at: int, size: tuple[int, int]) -> list[Line]:
    """Return the lines in sight, the one under the cursor among them."""
    room, height = size
    first = min(max(0, at - height // 2), max(0, len(taken) - height))
    return [
        _row(one, one.number in choices, first + place == at, room)
        for place, one in enumerate(taken[first : first + height])
    ]


def foot(taken: Taken | None, room: int, height: int) -> list[Line]:
    """Return why the line under the cursor was taken for what it is, its whole text, and what is uncertain."""
    if taken is None:
        return []
    names = ", ".join(_(KINDS[kind]) for kind in taken.kinds)
    lines = wrap(line((f"{names}: ", "bold"), _(taken.reason)), room)
    lines += [part for warning in taken.warnings for part in wrap(line(("! ", "soon"), (say(warning), "soon")), room)]
    lines += wrap(line((taken.text, "muted")), room)
    return lines[:height] if len(lines) <= height else [*lines[: height - 1], cut(line(("…", "muted")), room)]


def _row(taken: Taken, is_chosen: bool, is_current: bool, room: int) -> Line:
    kind = _(KINDS[taken.kinds[0]]) + ("+" if len(taken.kinds) > 1 else "")
    mark = "*" if is_chosen else "!" if taken.warnings else " "
    look = _LOOKS.get(taken.kinds[0], "")
    shown = line((f"{taken.number:>5} ", "muted"), (mark, "key" if is_chosen else "soon"), (f" {kind}", look))
    left = pad(cut(shown, KIND + 7), KIND + 8)
    reason = line((_(taken.reason), "muted")) if room >= WIDE else EMPTY
    wide = room - KIND - 8 - (REASON + 2 if reason else 0)
    said = pad(cut(line((taken.text, look)), wide), wide)
    whole = cut((*left, *said, *(line("  ") if reason else EMPTY), *reason), room)
    return tuple((text, f"{name} reverse".strip()) for text, name in pad(whole, room)) if is_current else whole
