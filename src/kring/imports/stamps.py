"""The times of a recording as programs write them, and what the name of a file says of when it began."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import NamedTuple

from kring.imports.parsed import Millis

EVENING_FROM_MS = 5 * 3_600_000
"""From here on a first time is one of the day: nobody begins to speak five hours into a recording."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NAMED_MOMENT = re.compile(
    r"(?P<gmt>GMT)?(?<!\d)(?P<year>20\d\d)(?P<sign>[-_./]?)(?P<month>[01]\d)(?P=sign)(?P<day>[0-3]\d)"
    r"(?:[ _T-]{1,3}(?:[^\W\d]{2,3} )?)(?P<hour>[0-2]\d)[-_.: h]?(?P<minute>[0-5]\d)(?:[-_.: ]?(?P<second>[0-5]\d))?"
    r"(?!\d)\s?(?P<zone>(?:GMT|UTC)(?:\s?[+-]\d{1,2}(?:[:.]?\d\d)?)?|Z(?![^\W\d]))?"
)
_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,9})?")
_TIME = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d\d)(?:[.,](\d{1,9}))?")
_OFFSET = re.compile(r"([+-])(\d{1,2})[:.]?(\d\d)?$")


class Begins(NamedTuple):
    """When a recording began: in UTC where that is known, or on the clock of where it was made."""

    utc_ms: Millis | None = None
    wall_ms: Millis | None = None


def moment_in_name(name: str) -> Begins:
    """Return the moment in the name of a file, such as GMT20260316-180211 or Title-20260316_190211."""
    found = _NAMED_MOMENT.search(name)
    if found is None:
        return Begins()
    numbers = (int(found[part] or 0) for part in ("year", "month", "day", "hour", "minute", "second"))
    try:
        moment = datetime(*numbers, tzinfo=UTC)  # type: ignore[arg-type, misc]
    except ValueError:
        return Begins()
    ms = (moment - _EPOCH).days * 86_400_000 + (moment - _EPOCH).seconds * 1000
    if not found["gmt"] and not found["zone"]:
        return Begins(wall_ms=ms)
    offset = _OFFSET.search(found["zone"] or "")
    minutes = 0 if offset is None else int(offset[2]) * 60 + int(offset[3] or 0)
    ahead = minutes if offset is None or offset[1] == "+" else -minutes
    return Begins(utc_ms=ms - ahead * 60_000)


def ms_of(hours: str | None, minutes: str, seconds: str, part: str | None = None) -> Millis | None:
    """Return a time in ms, None where it has sixty seconds or, beside hours, sixty minutes."""
    if int(seconds) > 59 or (hours and int(minutes) > 59):
        return None
    ms = int((part or "").ljust(3, "0")[:3])
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + ms


def seconds_of(text: str) -> float | None:
    """Return a number, or a time such as 1:02:03.5 in seconds, None where a text is neither."""
    text = text.strip()
    if _NUMBER.fullmatch(text):
        return float(text.replace(",", "."))
    found = _TIME.fullmatch(text)
    ms = None if found is None else ms_of(*found.group(1, 2, 3, 4))
    return None if ms is None else ms / 1000
