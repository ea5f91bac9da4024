"""The summary for the group and the debrief, each on one line: what there is, and what may be typed next."""

from __future__ import annotations

from collections.abc import Iterable

from kring.domain.measures.looking_back import debrief, read_back, summary_lines, to_sum_up
from kring.domain.rows import DebriefField, DebriefRow
from kring.domain.state import State
from kring.domain.text import one_line
from kring.domain.time_text import as_clock
from kring.domain.words import DEBRIEF_WORDS, called
from kring.system.i18n import _, ngettext


def told_summary(state: State) -> str:
    """List the lines of the summary, who said what of it, and how many starred notes are not in it yet."""
    found = read_back(state)
    parts = [f"{line.number} {line.text}" for line in summary_lines(state)] or [_("The summary has no lines yet.")]
    if waiting := len(to_sum_up(state)):
        told = ngettext("{n} starred note is not in it: summary make", "{n} starred notes are not in it: summary make",
                        waiting)  # fmt: skip
        parts.append(told.format(n=waiting))
    if found.lines:
        parts.append(_("read back"))
    parts += [_("{who} agrees").format(who=called(state, code)) for code in found.agreed]
    told = _("{who} corrects: {text}")
    parts += [told.format(who=called(state, one.participant), text=one.correction) for one in found.corrections]
    return _joined(parts)


def told_debrief(state: State, now: int) -> str:
    """List the fields of the debrief with their answers, and how much of its time is left."""
    answers = debrief(state, now).answers
    return _joined([told_clock(state, now), *(_field(number, *one) for number, one in enumerate(answers.items(), 1))])


def told_clock(state: State, now: int) -> str:
    """Say how much of the debrief's time is left, or that it was left out, and why."""
    left = debrief(state, now).left_ms
    if state.session.debrief_skipped_at is not None:
        return _("No debrief: {why}").format(why=one_line(state.session.debrief_skipped_why))
    if left is None:
        return _("fifteen minutes, not begun")
    return _("{time} left").format(time=as_clock(left)) if left >= 0 else _("{time} over").format(time=as_clock(-left))


def _field(number: int, field: DebriefField, answers: list[DebriefRow]) -> str:
    told = [f"{row.answer} ({row.author})" if row.author else row.answer for row in answers]
    return f"{number} {_(DEBRIEF_WORDS[field])}: {' / '.join(told) or _('empty')}"


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(map(one_line, parts))
