"""A quiet reminder for who leads a group online, where less of what is not said comes through; only where a plan asks.

While people introduce themselves: to keep that short. After that every ten minutes one, in turn: to look into the
camera, to name what is seen, to look in the chat. It stands there for two minutes, or until it is put away.
"""

from __future__ import annotations

from typing import get_args

from kring.domain.guide_items import section_of
from kring.domain.rows import Reminder
from kring.domain.state import State

EVERY_MS = 10 * 60_000
STAYS_MS = 2 * 60_000
IN_TURN: tuple[Reminder, ...] = tuple(one for one in get_args(Reminder) if one != "introductions")


def reminder_now(state: State, now: int) -> Reminder | None:
    """Return the reminder that stands there now, None where there is none."""
    session, item, visit = state.session, state.current_item, state.open_visit
    if not session.reminders or session.form != "online" or session.phase != "live" or state.open_pause is not None:
        return None
    section = section_of(state, item.id) if item is not None else None
    if item is None or visit is None or section is None or section.kind == "break":
        return None
    if item.question_kind == "opening":
        return None if _is_put_away(state, "introductions", int(visit.started_at)) else "introductions"
    begin = int(session.started_at or now)
    times = (now - begin) // EVERY_MS
    since = begin + times * EVERY_MS
    reminder = IN_TURN[(times - 1) % len(IN_TURN)]
    is_due = times > 0 and now - since < STAYS_MS
    return reminder if is_due and not _is_put_away(state, reminder, since) else None


def _is_put_away(state: State, reminder: Reminder, since: int) -> bool:
    return any(row.reminder == reminder and row.at >= since for row in state.reminders.values())
