"""How a report writes dates, figures and kinds of things in the language in use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from kring.domain import rows as r
from kring.domain.local_time import local
from kring.domain.state import State
from kring.domain.text import N_, one_line, whole
from kring.domain.time_text import as_clock, time_of_day
from kring.domain.words import MONTHS
from kring.privacy.snapshot import Snapshot
from kring.system.i18n import _, ngettext

ROLES = {
    "moderator": N_("moderator"),
    "assistant": N_("assistant"),
    "observer": N_("observer"),
    "researcher": N_("researcher"),
}
NOTHING = "–"


def date(state: State, at_ms: int) -> str:
    """Return the day of a moment in full."""
    return day_told(local(state, at_ms))


def day_told(day: dt.date) -> str:
    """Return a day in full: 3 December 2026."""
    return f"{day.day} {_(MONTHS[day.month - 1])} {day.year}"


def on_session_clock(t: float | None) -> str:
    """Return a moment on the session's clock; nothing before that ran."""
    return as_clock(t * 1000) if t is not None else NOTHING


def of_day(snapshot: Snapshot, at_ms: int) -> str:
    """Return a moment as the time of day, told apart from the session's clock: 19:34 h."""
    return _("{time} h").format(time=time_of_day(snapshot.state, at_ms))


def minutes(ms: float) -> str:
    """Return a length in whole minutes."""
    return _("{n} min").format(n=whole(ms / 60_000))


def times(n: int) -> str:
    """Return how often something was."""
    return ngettext("{n} time", "{n} times", n).format(n=n)


def numbered(state: State, item_id: str | None) -> str:
    """Return an item's number and text, or its text alone."""
    item = state.guide.get(item_id or "")
    return one_line(f"{item.number} {item.title}") if item else ""


def speaker_of(snapshot: Snapshot, row: r.TurnRow | r.NoteRow) -> str:
    """Return what the speaker of a turn or a note is called in this report."""
    kind = row.kind if isinstance(row, r.TurnRow) else row.speaker_kind
    return one_line(snapshot.speaker(kind, row.participant))


def role_word(role: str) -> str:
    """Return a role of the team in the language in use."""
    return _(ROLES[role]) if role in ROLES else role


def listed(names: Sequence[str]) -> str:
    """Return names one after the other, as a sentence has them: P1, P2 and P3."""
    if len(names) < 2:
        return "".join(names)
    return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])


def shortened(text: str, longest: int) -> str:
    """Return text on one line; where it goes on for long, ended at a clause, or else at a word, with an ellipsis."""
    text = one_line(text)
    if len(text) <= longest:
        return text
    head = text[:longest]
    clause = max(head.rfind(sign) for sign in (", ", "; ", ": ", ". ", " – "))
    cut = clause if clause > longest // 2 else head.rfind(" ")
    return head[: cut if cut > 0 else longest].rstrip(" ,.;:–") + " …"


def question_called(row: r.GuideRow) -> str:
    """Return a question's number and text."""
    return one_line(f"{row.number} {row.title}")
