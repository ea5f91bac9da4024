"""Times as people write them: `(5-8 min)`, `1,5 uur`, `tot 20:15`, `19:30-19:45`, `8 min, let op 2 min`."""

from __future__ import annotations

import re

import msgspec

from kring.domain.text import folded

_MINUTE = r"(?:minuten|minuut|minutes|minute|mins?|m|'|’|′)"
_HOUR = r"(?:uren|uur|hours?|hrs?|h|u)"
_SECOND = r"(?:seconden|seconds|secs?|s|\"|″)"
_DASH = r"(?:-|–|—|tot|to|à|a)"
_NUMBER = r"\d{1,3}(?:[.,]\d{1,2})?"
_ABOUT_WORDS = r"(?:ca\.?|circa|ongeveer|about|approx\.?|approximately|max\.?|maximaal|±|~|\+/-)"
_ABOUT = re.compile(rf"^{_ABOUT_WORDS}\s?")
_RANGE = re.compile(rf"({_NUMBER})\s?({_HOUR}|{_MINUTE})?\s?{_DASH}\s?({_NUMBER})\s?({_HOUR}|{_MINUTE}|{_SECOND})?\.?")
_HOURS_AND_MINUTES = re.compile(rf"(\d{{1,2}})\s?{_HOUR}\.?\s?(?:en|and)?\s?(\d{{1,2}})\s?{_MINUTE}?\.?")
_COLON = re.compile(r"(\d{1,2}):([0-5]\d)")
_SINGLE = re.compile(rf"({_NUMBER})\s?({_HOUR}|{_MINUTE}|{_SECOND})?\.?")
_CLOCK = re.compile(r"(\d{1,2})[:.uh]([0-5]\d)(?:\s?(?:uur|u|h))?(?:\s?([ap])\.?m\.?)?")
_UNTIL = re.compile(r"^(?:tot|t/m|om|until|till|up to|at|by)\s(.+)$")
_WARN = re.compile(r"^(?:let op|waarschuw|warn|warning|soon)\s?:?\s(?:bij\s|at\s)?(.+)$")
_CLOCK_RANGE = re.compile(
    rf"(\d{{1,2}}[:.uh][0-5]\d)\s?(?:uur|u|h)?\s?{_DASH}\s?(\d{{1,2}}[:.uh][0-5]\d)(?:\s?(?:uur|u|h))?"
)
_WORDS = {
    "een half uur": 1800, "half uur": 1800, "halfuur": 1800, "half an hour": 1800, "een kwartier": 900,
    "kwartier": 900, "een uur": 3600, "one hour": 3600, "an hour": 3600, "anderhalf uur": 5400,
    "an hour and a half": 5400, "one and a half hours": 5400, "twee uur": 7200, "two hours": 7200,
    "tweeënhalf uur": 9000, "drie uur": 10800, "three hours": 10800,
}  # fmt: skip
_WORD_SECONDS = {folded(words): seconds for words, seconds in _WORDS.items()}

_GROUP = re.compile(r"[(\[]([^()\[\]]{1,40})[)\]]")
_TAIL = re.compile(
    rf"(?:^|[\s\-–—:|,]|(?<=[?!]))({_ABOUT_WORDS}?\s?{_NUMBER}(?:\s?{_DASH}\s?{_NUMBER})?"
    rf"\s?(?:minuten|minuut|minutes|minute|mins?|m|'|’|′|uur|hours?))\.?$",
    re.IGNORECASE,
)
_AT = r"\d{1,2}[:.uh][0-5]\d(?!\d)"
_TAIL_CLOCKS = re.compile(
    rf"(?:^|[\s\-–—:|,])(?:om\s|at\s)?({_AT})(?:(?:\s?(?:uur|u|h))?\s?(?:-|–|—|tot|to)\s?({_AT}))?"
    r"(\s?(?:uur|u|h))?\.?$",
    re.IGNORECASE,
)
_TAIL_UNTIL = re.compile(rf"[\s,](?:tot|until|till)\s({_AT})(?:\s?(?:uur|u|h))?\.?$", re.IGNORECASE)
_HEAD_CLOCKS = re.compile(
    rf"^({_AT})(?:\s?(?:uur|u|h)\b)?(?:\s?(?:-|–|—|tot|to)\s?({_AT}))?(?:\s?(?:uur|u|h)\b)?"
    r"\s?[-–—:|]?\s(?=\S)",
    re.IGNORECASE,
)
_HEAD_MINUTES = re.compile(rf"^({_NUMBER}\s?(?:minuten|minutes|mins?|'|’|′))\s?[-–—:|]\s(?=\S)")
_EARLIEST_HOUR = 6  # `(1:30)` is an hour and a half, `(20:15)` is a quarter past eight


class TimeBox(msgspec.Struct, frozen=True):
    """How long something may take, in seconds, between which clock times, and from how much left on it's soon over."""

    planned_s: int | None = None
    low_s: int | None = None
    until: str | None = None
    starts: str | None = None
    warn_s: int | None = None


def duration(text: str, *, bare_minutes: bool = True) -> tuple[int | None, int] | None:
    """Return (low, planned) in seconds, or None where the text is no length of time; low only for a range."""
    text = _ABOUT.sub("", folded(text[:60]).strip())
    if text in _WORD_SECONDS:
        return None, _WORD_SECONDS[text]
    if found := _RANGE.fullmatch(text):
        return _range(found, bare_minutes)
    if found := _HOURS_AND_MINUTES.fullmatch(text):
        return None, int(found[1]) * 3600 + int(found[2]) * 60
    if found := _COLON.fullmatch(text):
        return None, int(found[1]) * 3600 + int(found[2]) * 60
    if (found := _SINGLE.fullmatch(text)) and (found[2] or bare_minutes) and not is_time_of_day(text):
        return None, _seconds(found[1], found[2])
    return None


def is_time_of_day(text: str) -> bool:
    """Whether a text is a moment on the clock, such as `20.45 uur`, and not a length such as `1:30`."""
    at = clock(text)
    return at is not None and int(at[:2]) >= _EARLIEST_HOUR


def clock(text: str) -> str | None:
    """Return a time of day as HH:MM, or None where the text is none."""
    found = _CLOCK.fullmatch(folded(text[:20]).strip())
    if not found:
        return None
    hour, half_day = int(found[1]), found[3]
    if half_day and hour <= 12:
        hour = hour % 12 + (12 if half_day == "p" else 0)
    return f"{hour:02d}:{found[2]}" if hour < 24 else None


def time_box(text: str, *, bare_minutes: bool = False) -> TimeBox | None:
    """Return what stands between the brackets as a time box, or None where it is something else."""
    box = TimeBox()
    for part in re.split(r"[,;]\s", text):
        here = _box_part(folded(part).strip(), bare_minutes)
        if here is None:
            return None
        box = TimeBox(
            planned_s=here.planned_s if here.planned_s is not None else box.planned_s,
            low_s=here.low_s if here.low_s is not None else box.low_s,
            until=here.until or box.until,
            starts=here.starts or box.starts,
            warn_s=here.warn_s if here.warn_s is not None else box.warn_s,
        )
    return box


def split_box(text: str, *, heading: bool = False) -> tuple[str, TimeBox | None]:
    """Return the text without its time box, and the box; a heading may also say its time without brackets."""
    for found in reversed(list(_GROUP.finditer(text))):
        box = time_box(found[1], bare_minutes=heading)
        if box is not None:
            return _without(text, found.start(), found.end()), box
    if not heading:
        return text, None
    return _unbracketed(text)


def minutes_between(start: str, end: str) -> int:
    """Return the minutes from one time of day to the next, past midnight where need be."""
    return (_minute_of_day(end) - _minute_of_day(start)) % (24 * 60)


def later(time: str, minutes: int) -> str:
    """Return the time of day so many minutes later."""
    total = (_minute_of_day(time) + minutes) % (24 * 60)
    return f"{total // 60:02d}:{total % 60:02d}"


def _box_part(text: str, bare_minutes: bool) -> TimeBox | None:
    if found := _CLOCK_RANGE.fullmatch(text):
        return _clock_range(found[1], found[2])
    if found := _UNTIL.match(text):
        until = clock(found[1])
        return TimeBox(until=until) if until else None
    if found := _WARN.match(text):
        warn = duration(found[1], bare_minutes=bare_minutes)
        return TimeBox(warn_s=warn[1]) if warn else None
    if is_time_of_day(text):
        return TimeBox(until=clock(text))
    length = duration(text, bare_minutes=bare_minutes)
    return TimeBox(planned_s=length[1], low_s=length[0]) if length else None


def _clock_range(start: str, end: str) -> TimeBox | None:
    starts, until = clock(start), clock(end)
    if not starts or not until:
        return None
    length_s = minutes_between(starts, until) * 60
    if int(starts[:2]) < _EARLIEST_HOUR and int(until[:2]) < _EARLIEST_HOUR:
        return TimeBox(planned_s=length_s)  # minutes on the session's own clock: 0:10-0:35
    return TimeBox(planned_s=length_s, starts=starts)  # a timetable, not a promise: only `tot 20:15` is fixed


def _unbracketed(text: str) -> tuple[str, TimeBox | None]:
    if found := _HEAD_CLOCKS.match(text):
        return text[found.end() :].lstrip("|–—- "), _on_clock(found[1], found[2])
    if found := _HEAD_MINUTES.match(text):
        return text[found.end() :], time_box(found[1])
    tail_at = max(0, len(text) - 40)
    if (found := _TAIL_UNTIL.search(text[tail_at:])) and is_time_of_day(found[1]):
        rest = text[: tail_at + found.start()].rstrip(" -–—:|,")
        return (rest, TimeBox(until=clock(found[1]))) if rest else (text, None)
    if (found := _TAIL_CLOCKS.search(text[tail_at:])) and _is_said_as_clock(found):
        rest = text[: tail_at + found.start()].rstrip(" -–—:|,")
        return (rest, _on_clock(found[1], found[2])) if rest else (text, None)
    if found := _TAIL.search(text[tail_at:]):
        rest = text[: tail_at + found.start()].rstrip(" -–—:|,")
        box = time_box(found[1].strip())
        return (rest, box) if rest and box else (text, None)
    return text, None


def _is_said_as_clock(found: re.Match[str]) -> bool:
    """Whether a time at the end of a heading is one: `iOS 12.30` only looks like it."""
    return is_time_of_day(found[1]) and bool(found[2] or found[3] or "." not in found[1])


def _on_clock(start: str, end: str | None) -> TimeBox | None:
    return _clock_range(folded(start), folded(end)) if end else TimeBox(starts=clock(start))


def _without(text: str, start: int, end: int) -> str:
    before, after = text[:start].rstrip(" -–—"), text[end:].lstrip()
    joint = "" if not before or not after or after[0] in ".,:;?!" else " "
    return before + joint + after


def _range(found: re.Match[str], bare_minutes: bool) -> tuple[int | None, int] | None:
    unit = found[4] or found[2]
    if not unit and not bare_minutes:
        return None
    low, high = _seconds(found[1], found[2] or unit), _seconds(found[3], unit)
    return (low, high) if low <= high else (high, low)


def _seconds(number: str, unit: str | None) -> int:
    amount = float(number.replace(",", "."))
    match (unit or "m")[0]:
        case "u" | "h":
            return round(amount * 3600)
        case "s" | '"' | "″":
            return round(amount)
        case _:
            return round(amount * 60)


def _minute_of_day(time: str) -> int:
    return int(time[:2]) * 60 + int(time[3:5])
