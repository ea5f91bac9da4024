"""How what a study holds is called on its screen and in its lines."""

from __future__ import annotations

from datetime import date

from kring.domain.study.groups import Group
from kring.domain.study.model import Range
from kring.domain.study.recruiting.candidate import CandidateState, Step
from kring.domain.study.words import GROUP_STATES
from kring.domain.text import N_
from kring.domain.words import MONTHS, WEEKDAYS
from kring.study.guides.carrying import Left
from kring.system.i18n import _, language, ngettext

CANDIDATE_STATES: dict[CandidateState, str] = {
    "listed": N_("to be called"),
    "approached": N_("approached"),
    "screened": N_("screened"),
    "excluded": N_("does not fit"),
    "reserve": N_("reserve"),
    "fits": N_("fits"),
    "refused": N_("refused"),
    "confirmed": N_("confirmed"),
    "cancelled": N_("cancelled"),
    "no_show": N_("did not come"),
    "came": N_("came"),
}
WHY_LEFT = {"parked": N_("parked, and never asked"), "must ask": N_("had to be asked, and was not")}
STEP_WORDS: dict[Step, str] = {
    "approached": N_("approached"),
    "screened": N_("screened"),
    "fits": N_("fits"),
    "confirmed": N_("confirmed"),
    "came": N_("came"),
}


def when_due(late: int, day: date) -> str:
    """Return by when something is due, in words where it is late."""
    if late > 0:
        return ngettext("{n} day late", "{n} days late", late).format(n=late)
    return _("today") if late == 0 else short_day(day)


def short_day(day: date) -> str:
    """Return a day as it is said in a table: Thu 3 Dec, do 3 dec."""
    length = 2 if language() == "nl" else 3
    month = _(MONTHS[day.month - 1])
    return f"{_(WEEKDAYS[day.weekday()])[:length]} {day.day} {'mrt' if month == 'maart' else month[:3]}"


def long_day(day: date) -> str:
    """Return a day in full."""
    return _("{weekday} {day} {month} {year}").format(
        weekday=_(WEEKDAYS[day.weekday()]), day=day.day, month=_(MONTHS[day.month - 1]), year=day.year
    )


def when(group: Group) -> str:
    """Return when a group is, or was: its day and time, as far as they are known."""
    day = group.day
    return f"{short_day(day)} {group.starts_at[11:16]}".rstrip() if day else group.starts_at


def left_told(one: Left) -> str:
    """Return a question that a group left, and why it did."""
    told = _("group {group}: {text}").format(group=one.group or "?", text=one.text)
    return f"{told} ({_(WHY_LEFT[one.why])})"


def how_many(wanted: Range) -> str:
    """Return how many are wanted: 6 or 6–8."""
    return str(wanted.least) if wanted.least == wanted.most else f"{wanted.least}–{wanted.most}"


def state_of(group: Group) -> str:
    """Return how far a group is, and how long it lasted."""
    lasted = f"{group.minutes // 60}:{group.minutes % 60:02d}" if group.minutes else ""
    return ", ".join(part for part in (_(GROUP_STATES[group.state]), lasted) if part)
