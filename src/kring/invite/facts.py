"""What an invitation tells of a plan: day, times, place, whom to call; what is not known is a visible blank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from kring.domain.plan import GuideItem, Plan
from kring.domain.text import N_, folded, one_line
from kring.domain.words import MONTHS, WEEKDAYS
from kring.system.i18n import _

EARLY_MIN = {"online": 30, "hybrid": 30, "in_person": 15}
"""How long before the start people are asked to come: online there is a microphone to test."""
USUAL_FORM = "online"
_BLANKS = {
    "topic": N_("the topic, in everyday words"),
    "day": N_("day and date"),
    "start": N_("time of the start"),
    "end": N_("time of the end"),
    "doors": N_("time from which the doors are open"),
    "platform": N_("name of the platform"),
    "link": N_("link to the session"),
    "manual": N_("link to a short manual or film"),
    "place": N_("address and room"),
    "incentive": N_("what participants receive, and when"),
    "phone": N_("telephone number of the assistant"),
    "moderator": N_("name of the moderator"),
    "assistant": N_("name of the assistant"),
    "name": N_("name"),
}
_OTHER_KEYS = {
    "topic": ("onderwerp", "onderwerp voor deelnemers", "topic", "topic for participants"),
    "manual": ("handleiding", "film", "manual", "video", "korte handleiding", "short manual"),
    "place": ("locatie", "adres", "plaats", "location", "address", "venue", "place"),
}
"""Facts that the header of a plan may tell under keys of its own."""


class Times(NamedTuple):
    """When the doors open, the talk begins and the session ends, as the clock on the wall shows it."""

    doors: datetime
    start: datetime
    end: datetime | None


def times(plan: Plan) -> Times | None:
    """Return the times of a plan; None where it has no start."""
    if not plan.starts_at:
        return None
    start = datetime.fromisoformat(plan.starts_at)
    early = timedelta(minutes=EARLY_MIN[plan.form or USUAL_FORM])
    end = start + timedelta(minutes=plan.planned_min) if plan.planned_min else None
    return Times(start - early, start, end)


def section_times(plan: Plan, moments: Times | None) -> Iterator[tuple[GuideItem, datetime | None, datetime | None]]:
    """Yield each section with when it begins and ends by the plan; None where earlier lengths are not known."""
    at = moments.start if moments else None
    for section in plan.sections:
        end = _after(section, at)
        yield section, at, end
        at = end


def _after(section: GuideItem, begins: datetime | None) -> datetime | None:
    """Return when a section is over by the plan; None where that cannot be known."""
    if begins is None:
        return None
    if section.until:
        hour, minute = section.until.split(":")
        end = begins.replace(hour=int(hour), minute=int(minute))
        return end if end >= begins else end + timedelta(days=1)
    return begins + timedelta(seconds=section.planned_s) if section.planned_s else None


def long_day(day: datetime) -> str:
    """Return a day in full, such as `donderdag 3 december 2026`."""
    told = _("{weekday} {day} {month} {year}")
    return told.format(weekday=_(WEEKDAYS[day.weekday()]), day=day.day, month=_(MONTHS[day.month - 1]), year=day.year)


def facts(plan: Plan) -> Mapping[str, str | bool]:
    """Return what a template may use, by name; text in square brackets where the plan says nothing."""
    known: dict[str, str] = {
        "platform": plan.platform,
        "link": plan.link,
        "phone": plan.assistant_phone,
        "moderator": plan.moderator,
        "assistant": plan.assistant,
        "incentive": plan.incentive,
        **{name: _other(plan, keys) for name, keys in _OTHER_KEYS.items()},
    }
    if moments := times(plan):
        known |= {"day": long_day(moments.start), "start": f"{moments.start:%H:%M}", "doors": f"{moments.doors:%H:%M}"}
        known["end"] = f"{moments.end:%H:%M}" if moments.end else ""
    told = {name: one_line(known.get(name, "")) or blank(name) for name in _BLANKS}
    form = plan.form or USUAL_FORM
    return {**told, "online": form != "in_person", "in_person": form != "online"}


def blank(name: str) -> str:
    """Return what stands where the plan does not tell a fact."""
    return f"[{_(_BLANKS[name])}]"


def left_blank(text: str) -> list[str]:
    """Return the blanks of a text that the plan could have filled, in words."""
    return [_(words) for name, words in _BLANKS.items() if name != "name" and blank(name) in text]


def _other(plan: Plan, keys: tuple[str, ...]) -> str:
    return next((value for key, value in plan.extra if folded(key) in keys), "")
