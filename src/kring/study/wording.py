"""How a question went in one group of a study, in words: whether it was asked, how long, and its polls."""

from __future__ import annotations

import statistics

from kring.domain import facts as f
from kring.domain.events import Event
from kring.domain.study.poll import Poll
from kring.domain.time_text import as_length
from kring.study.earlier import Earlier, EarlierGroup
from kring.system.i18n import _, ngettext, plain_number


def went(*, is_in_guide: bool, was_asked: bool, spent_s: int) -> str:
    """Return whether a question was asked, and how long it was open."""
    if not is_in_guide:
        return _("not in its guide")
    if not was_asked:
        return _("not asked")
    return _("asked, {time}").format(time=as_length(spent_s * 1000))


def poll_told(poll: Poll) -> str:
    """Return a round of a poll: of marks the median and the range, of anything the counts; no shares of so few."""
    result = poll.result
    told = [ngettext("{n} answer", "{n} answers", result.total or 0).format(n=result.total)] if result.total else []
    marks = result.marks
    if marks:
        told.append(_("median {n}").format(n=plain_number(statistics.median(marks))))
        told.append(f"{plain_number(marks[0])}–{plain_number(marks[-1])}")
    else:
        told += [f"{option} {n}" for option, n in poll.counts.items() if n]
    nth = f" ({_('round {n}').format(n=poll.round)})" if poll.round > 1 else ""
    return f"{poll.title}{nth}: {', '.join(told)}"


def group_told(group: EarlierGroup) -> str:
    """Return what an earlier group is called: its number where it has one, and its day."""
    name = _("group {number}").format(number=group.number) if group.number else ""
    return ", ".join(part for part in (name, group.day) if part)


def new_told(earlier: Earlier, event: Event) -> str:
    """Return which tags that a note was just given no earlier group used; empty for none."""
    tags = event.fact.tags if isinstance(event.fact, f.NoteAdded | f.NoteChanged) else ()
    new = [tag for tag in tags or () if earlier.is_new(tag)]
    return _("new in this study: {tags}").format(tags=" ".join(f"#{tag}" for tag in new)) if new else ""
