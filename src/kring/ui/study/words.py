"""How what a study holds is called on its screen and in its lines."""

from __future__ import annotations

from datetime import date

from kring.domain.study.groups import Group, GroupState
from kring.domain.study.model import ActionState, Range, Verdict
from kring.domain.study.recruiting.candidate import CandidateState, Step
from kring.domain.study.themes import Count
from kring.domain.text import N_
from kring.domain.words import MONTHS, WEEKDAYS
from kring.system.i18n import _, language, ngettext

VERDICTS: dict[Verdict, str] = {
    "open": N_("still open"),
    "supported": N_("supported"),
    "mixed": N_("mixed"),
    "refuted": N_("refuted"),
}
ACTION_STATES: dict[ActionState, str] = {
    "open": N_("to do"),
    "started": N_("started"),
    "done": N_("done"),
    "dropped": N_("dropped"),
    "measured": N_("measured again"),
}
STATES: dict[GroupState, str] = {
    "planned": N_("planned"),
    "prepared": N_("prepared"),
    "running": N_("runs now"),
    "held": N_("held"),
    "missed": N_("not held"),
}
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
STEP_WORDS: dict[Step, str] = {
    "approached": N_("approached"),
    "screened": N_("screened"),
    "fits": N_("fits"),
    "confirmed": N_("confirmed"),
    "came": N_("came"),
}


def people_told(count: Count) -> str:
    """Return by how many people in how many groups something was said, and how often."""
    if not count.mentions:
        return _("said by nobody")
    people = ngettext("{n} person", "{n} people", count.people).format(n=count.people)
    groups = ngettext("{n} group", "{n} groups", count.groups).format(n=count.groups)
    mentions = ngettext("{n} mention", "{n} mentions", count.mentions).format(n=count.mentions)
    return ", ".join((people, groups, mentions))


def when_due(late: int, day: date) -> str:
    """Return by when something is due, in words where it is late."""
    if late > 0:
        return ngettext("{n} day late", "{n} days late", late).format(n=late)
    return _("today") if late == 0 else short_day(day)


def short_day(day: date) -> str:
    """Return a day as it is said in a table: Thu 3 Dec, do 3 dec."""
    length = 2 if language() == "nl" else 3
    return f"{_(WEEKDAYS[day.weekday()])[:length]} {day.day} {_(MONTHS[day.month - 1])[:3]}"


def long_day(day: date) -> str:
    """Return a day in full."""
    return _("{weekday} {day} {month} {year}").format(
        weekday=_(WEEKDAYS[day.weekday()]), day=day.day, month=_(MONTHS[day.month - 1]), year=day.year
    )


def when(group: Group) -> str:
    """Return when a group is, or was: its day and time, as far as they are known."""
    day = group.day
    return f"{short_day(day)} {group.starts_at[11:16]}".rstrip() if day else group.starts_at


def how_many(wanted: Range) -> str:
    """Return how many are wanted: 6 or 6–8."""
    return str(wanted.least) if wanted.least == wanted.most else f"{wanted.least}–{wanted.most}"


def state_of(group: Group) -> str:
    """Return how far a group is, and how long it lasted."""
    lasted = f"{group.minutes // 60}:{group.minutes % 60:02d}" if group.minutes else ""
    return ", ".join(part for part in (_(STATES[group.state]), lasted) if part)
