"""Until when a link works, as people type and read it."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

from kring.domain.text import Refused, one_line
from kring.system.i18n import _

LEAST = timedelta(hours=3)
"""How long a link works at least where nobody says until when: a group may go on past midnight."""
MOST = timedelta(days=60)
_LENGTH = re.compile(r"\+?(\d{1,4}(?:[.,]\d{1,2})?)(m|min|h|u|d)", re.ASCII)
_OF_DAY = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)(?:h|u)?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:T([01]\d|2[0-3]):([0-5]\d))?", re.ASCII)
_MEANT = re.compile(
    r"[+\-−]?\d[\d.,]*(m|min|h|u|d)|\d+:[\d:]*[a-z]*|\d\d?\.\d\d[hu]?|\d{4}-\d[\dT:\-]*", re.ASCII | re.IGNORECASE
)
"""What is meant for a moment behind a name; a bare number belongs to the name."""
_BETWEEN = re.compile(r"(^|\s+)(until|till|to|tot)$", re.IGNORECASE)
_UNITS = {"m": 60, "h": 3_600, "u": 3_600, "d": 86_400}


def usual(now_ms: int, day: str = "") -> int:
    """Return until when a link works where nobody says so: the end of the session's day (ISO), or of today if later."""
    now = _local(now_ms)
    last = now.date()
    with suppress(ValueError):  # a plan may say anything of its day
        last = max(last, date.fromisoformat(day))
    end = datetime.combine(last, time(23, 59, 59)).astimezone()
    return _ms(min(max(end, now + LEAST), now + MOST))


def split(text: str) -> tuple[str, str]:
    """Return a text without the moment at its end, and that moment as it was typed, empty where there is none."""
    before, _blank, last = text.rpartition(" ")
    return (_BETWEEN.sub("", before), last) if _MEANT.fullmatch(last) else (text, "")


def read(word: str, now_ms: int, from_ms: int) -> int:
    """Return the moment that 2h, 90m, 3d, 22:30, 2026-12-04 or 2026-12-04T22:30 says; raises Refused.

    A length goes on from `from_ms`; a time of day is the next one.
    """
    now = _local(now_ms)
    until = _read(word, now, _local(from_ms))
    if until is None:
        raise Refused("{word} is no time for a link: write 2h, 90m, 22:30 or 2026-12-04.", word=one_line(word))
    if until <= now:
        raise Refused("{time} is over already.", time=one_line(word))
    if until > now + MOST:
        raise Refused("A link works for {n} days at most.", n=MOST.days)
    return _ms(until)


def _read(word: str, now: datetime, begin: datetime) -> datetime | None:
    if found := _LENGTH.fullmatch(word.lower()):
        return begin + timedelta(seconds=float(found[1].replace(",", ".")) * _UNITS[found[2][0]])
    if found := _OF_DAY.fullmatch(word.lower()):
        today = now.replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)
        return today if today > now else today + timedelta(days=1)
    if found := _DAY.fullmatch(word.upper()):
        try:
            moment = datetime.fromisoformat(word.upper())
        except ValueError:
            return None
        return (moment if found[1] else moment.replace(hour=23, minute=59, second=59)).astimezone()
    return None


def told(until_ms: int, now_ms: int) -> str:
    """Return until when a link works, as people read it."""
    until = _local(until_ms)
    if until_ms <= now_ms:
        return _("expired")
    moment = f"{until:%H:%M}" if until.date() == _local(now_ms).date() else f"{until:%Y-%m-%d %H:%M}"
    return _("until {time}").format(time=moment)


def _local(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone()


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
