"""The appointment as a calendar takes it (RFC 5545), in the time zone of the session."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kring.domain.plan import Plan
from kring.domain.text import KringError
from kring.invite.facts import Times
from kring.system.i18n import _, language

REMIND_BEFORE = (timedelta(days=1), timedelta(minutes=15))
_A_YEAR = timedelta(days=366)
_EPOCH_S = 1_767_225_600  # 2026-01-01
_ROOT = uuid.uuid5(uuid.NAMESPACE_DNS, "kring.invite")


def zone_named(name: str) -> ZoneInfo:
    """Return a time zone such as Europe/Amsterdam; raises KringError where there is none of that name."""
    try:
        if "/" in name or name == "UTC":
            return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    raise KringError("The time zone {name} is not known; write it as Europe/Amsterdam, with --zone.", name=name)


def appointment(
    plan: Plan, times: Times, facts: Mapping[str, str | bool], zone: ZoneInfo, written_at: datetime
) -> bytes:
    """Return a calendar with the one appointment, from the moment on which people are asked to come.

    It tells nothing of a participant. Its id is that of study, group and plan, so that a later one takes its place.
    """
    import icalendar

    event = icalendar.Event()
    event.add("uid", f"{uuid.uuid5(_ROOT, f'{plan.study}/{plan.group}/{plan.title}/{plan.source}')}@kring")
    event.add("dtstamp", written_at.astimezone(UTC))
    event.add("sequence", max(round(written_at.timestamp()) - _EPOCH_S, 0) // 60)  # what is sent later counts
    event.add("summary", _("Group discussion, begins at {time}").format(time=facts["start"]))
    event.add("dtstart", times.doors.replace(tzinfo=zone))
    if times.end is not None:
        event.add("dtend", times.end.replace(tzinfo=zone))
    event.add("location", str(facts["link"] if facts["online"] else facts["place"]))
    event.add("description", _description(facts))
    for before in REMIND_BEFORE:
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _("Group discussion"))
        alarm.add("trigger", -before)
        event.add_component(alarm)
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//kring//kring//{language().upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    day = times.doors.date()
    calendar.add_missing_timezones(first_date=day - _A_YEAR, last_date=day + _A_YEAR)
    written: bytes = calendar.to_ical()
    return written


def _description(facts: Mapping[str, str | bool]) -> str:
    lines = [_("Please come from {doors}; we begin at {start}.").format(doors=facts["doors"], start=facts["start"])]
    if facts["online"]:
        lines.append(f"{facts['platform']}: {facts['link']}")
    if facts["in_person"]:
        lines.append(str(facts["place"]))
    lines.append(_("In trouble? Call {phone}.").format(phone=facts["phone"]))
    return "\n".join(lines)
