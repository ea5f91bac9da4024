"""Times as people write them: `(5-8 min)`, `1,5 uur`, `tot 20:15`, `19:30-19:45`, `8 min, let op 2 min`."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import msgspec

from kring.domain.text import folded
from kring.plans.escapes import put_back
from kring.plans.vocabulary.time_words import in_digits, spoken_clock

_MINUTE = r"(?:minuten|minuut|minutes|minute|mins?|m|'|’|′)"
_HOUR = r"(?:uren|uur|hours?|hrs?|h|u)"
_SECOND = r"(?:seconden|seconds|secs?|s|\"|″)"
_DASH = r"(?:-|–|—|tot|to|à|a)"
_NUMBER = r"\d{1,3}(?:[.,]\d{1,2})?"
_ABOUT_WORDS = r"(?:ca\.?|circa|ongeveer|about|approx\.?|approximately|max\.?|maximaal|±|~|≈|\+/-)"
_ABOUT = re.compile(rf"^{_ABOUT_WORDS}\s?")
_RANGE = re.compile(rf"({_NUMBER})\s?({_HOUR}|{_MINUTE})?\s?{_DASH}\s?({_NUMBER})\s?({_HOUR}|{_MINUTE}|{_SECOND})?\.?")
_HOURS_AND_MINUTES = re.compile(rf"(\d{{1,2}})\s?{_HOUR}\.?\s?(?:en|and)?\s?(\d{{1,2}})\s?{_MINUTE}?\.?")
_COLON = re.compile(r"(\d{1,2}):([0-5]\d)")
_MINUTES_AND_HALF = re.compile(rf"(\d{{1,3}})\s?{_MINUTE}\.?\s?(?:en|and)?\s?(\d{{1,2}})\s?{_SECOND}?\.?")
_SINGLE = re.compile(rf"({_NUMBER})\s?({_HOUR}|{_MINUTE}|{_SECOND})?\.?")
_CLOCK = re.compile(r"(\d{1,2})[:.uh]([0-5]\d)(?:\s?(?:uur|u|h))?(?:\s?([ap])\.?m\.?)?")
_WHOLE_HOUR = re.compile(r"(\d{1,2})\s?(?:uur|u|h)\.?")
_UNTIL = re.compile(r"^(?:tot|t/m|om|until|till|up to|at|by)\s(.+)$")
_WARN = re.compile(r"^(?:let op|waarschuw|warns?|warning|soon)\s?:?\s(?:bij\s|at\s)?(.+)$")
_HALF_DAY = r"(?:\s?[ap]\.?m\b\.?)?"
_HALF_DAY_HOUR = re.compile(r"(\d{1,2})\s?([ap])\.?m\.?|noon")
_CLOCK_RANGE = re.compile(
    rf"(\d{{1,2}}[:.uh][0-5]\d{_HALF_DAY})\s?(?:uur|u|h)?\s?{_DASH}\s?(\d{{1,2}}[:.uh][0-5]\d{_HALF_DAY})"
    r"(?:\s?(?:uur|u|h))?"
)
_NAMED = re.compile(r"^(?:duur|tijd|tijdsduur|lengte|duration|time|length)\s?:?\s")
_FOR_EACH = re.compile(r"\b(?:p\.?\s?p\.?|per|each|elke?|ieder(?:e|een)?|every)(?:\b|$)")
_AFTER_LENGTH = re.compile(
    rf"({_ABOUT_WORDS}?\s?{_NUMBER}(?:\s?{_DASH}\s?{_NUMBER})?\s?(?:{_MINUTE}|{_HOUR})\.?)"
    r"\s(?!(?:geleden|ago|na|after|voor|before|later|eerder|te|too|van|of)\b)(?:\S+\s?){1,3}$"
)
_JOINTS = " -–—:|,·•⏱⏲⏰⌛⏳"
"""What joins a title and the time behind it."""
_GROUP = re.compile(r"[(\[{<]([^()\[\]{}<>]{1,40})[)\]}>]")
_NESTED = re.compile(r"[(\[]([^()\[\]]{1,40}?)\s?[(\[][^()\[\]]{1,20}[)\]]\s?[)\]]")  # `(10 min (at most))`
_SAID = re.compile(r"(?:half|kwart|a quarter|quarter)\s")
_TAIL = re.compile(
    rf"(?:^|[\s\-–—:|,]|(?<=[?!]))({_ABOUT_WORDS}?\s?{_NUMBER}(?:\s?{_DASH}\s?{_NUMBER})?"
    rf"\s?(?:minuten|minuut|minutes|minute|mins?|(?<=\d)m|'|’|′|uur|hours?))\.?$",
    re.IGNORECASE,
)
_TAIL_IN_WORDS = re.compile(r"(?:\s?[:|]|\s[-–—])\s([^\W\d_][^\d:|]{2,39})$")  # `Break: a quarter of an hour`
_COUNTED = re.compile(
    rf"\b(?:task|part|topic|theme|block|section|step|round|question|exercise|session|module|concept|taak|deel|thema"
    rf"|onderwerp|onderdeel|blok|fase|stap|ronde|vraag|opdracht|oefening|sessie|teil|abschnitt|aufgabe|partie|tache"
    rf"|phase|groep|group|case|casus|scenario|variant)\s\d{{1,2}}()\s?[-–—]\s?({_NUMBER}\s?{_MINUTE})\.?$",
    re.IGNORECASE,
)
_AT = r"\d{1,2}[:.uh][0-5]\d(?!\d)(?:\s?[ap]\.?m\b\.?)?"
_AT_HALF_DAY = re.compile(r"[ap]\.?m\b\.?", re.IGNORECASE)
_TAIL_CLOCKS = re.compile(
    rf"(?:^|[\s\-–—:|,])(?:om\s|at\s)?({_AT})(?:(?:\s?(?:uur|u|h))?\s?(?:-|–|—|tot|to)\s?({_AT}))?"
    r"(\s?(?:uur|u|h))?\.?$",
    re.IGNORECASE,
)
_TAIL_RANGE = re.compile(
    rf"(?:^|[\s\-–—:|,])(?:van|from|von)\s({_AT})(?:\s?(?:uur|u|h))?\s(?:tot|to|until|till|bis)\s({_AT})"
    r"(?:\s?(?:uur|uhr|u|h))?\.?$",
    re.IGNORECASE,
)
_TAIL_UNTIL = re.compile(rf"[\s,](?:tot|until|till)\s({_AT})(?:\s?(?:uur|u|h))?\.?$", re.IGNORECASE)
_HEAD_CLOCKS = re.compile(
    rf"^({_AT})(?:\s?(?:uur|uhr|u|h)\b)?(?:\s?(?:-|–|—|tot|to|bis)\s?({_AT}))?(?:\s?(?:uur|uhr|u|h)\b)?"
    r"\s?[-–—:|]?\s(?=\S)",
    re.IGNORECASE,
)
_HEAD_RANGE = re.compile(
    r"^(?:van|from|von)\s(\d{1,2})(?:[:.uh]([0-5]\d))?(?:\s?(?:uur|uhr|u|h))?(\s?[ap]\.?m\.?)?"
    r"\s(?:tot|to|until|till|bis|-|–)\s(\d{1,2})(?:[:.uh]([0-5]\d))?(\s?(?:uur|uhr|u|h)\b)?(\s?[ap]\.?m\b\.?)?"
    r"(?:\s?:|\s[-–—])\s(?=\S)",
    re.IGNORECASE,
)
_HEAD_MINUTES = re.compile(
    rf"^({_NUMBER}(?:\s?{_DASH}\s?{_NUMBER})?\s?(?:(?:minuten|minutes)\s?(?=[-–—:|])|(?:mins?\.?|'|’|′)))"
    r"\s?[-–—:|]?\s(?=\S)",
    re.IGNORECASE,
)
_IN_THE_MIDDLE = re.compile(
    r"((?:deel|onderdeel|blok|fase|stap|ronde|part|section|block|phase|step|round|teil|abschnitt|partie)"
    r"\s(?:\d{1,2}|[A-Z]|[IVX]{1,4}))(\s?[-–—|:,]\s)((?:[^-–—|:,()]|,(?=\d)){3,24}?)\s?[-–—|:,]\s(\S.*)",
    re.IGNORECASE,
)
"""`Blok 1 - 15 minuten - Kennismaking`."""
_HEAD_OF_BREAK = re.compile(
    rf"^({_NUMBER}\s?(?:minuten|minuut|minutes?))\s(?=\w*(?:pauze|break|pause)\b)", re.IGNORECASE
)
_OF_A_SENTENCE = re.compile(
    r"\b(?:de|het|een|the|a|an|laatste|eerste|volgende|afgelopen|last|first|next|in|binnen|within|per|elke|every|over|"
    r"van|of|na|after|om|at|voor|for|before|open)$",
    re.IGNORECASE,
)
_UNIT_BEHIND = re.compile(r"\d\s?(?:min|uur|uren|hour|hrs?\b|sec|u\b|h\b|m\b|['’′])|[½¼¾]|kwartier|half ?uur")
_BARE_RANGE = re.compile(r"(\d{1,3})\s?[-–—]\s?(\d{1,3})")
_SCALES = {"5", "6", "7", "10", "100"}
_LATELY = 256  # a line is looked at from several sides, one after the other
_EARLIEST_HOUR = 6  # `(1:30)` is an hour and a half, `(20:15)` is a quarter past eight
_LONGEST_S = _EARLIEST_HOUR * 3600
_MOST_BARE = 180  # `(200)` behind a heading is no number of minutes


class TimeBox(msgspec.Struct, frozen=True):
    """How long something may take, in seconds, between which clock times, and from how much left on it's soon over."""

    planned_s: int | None = None
    low_s: int | None = None
    until: str | None = None
    starts: str | None = None
    warn_s: int | None = None


def duration(text: str, *, bare_minutes: bool = True) -> tuple[int | None, int] | None:
    """Return (low, planned) in seconds, or None where the text is no length of time; low only for a range."""
    text = _ABOUT.sub("", _NAMED.sub("", in_digits(text[:60]).strip()))
    if between := _CLOCK_RANGE.fullmatch(text):
        box = _clock_range(between[1], between[2])
        return (None, box.planned_s) if box and box.planned_s else None
    found = _duration(text, bare_minutes)
    return found if found and found[1] <= _LONGEST_S and not is_time_of_day(text) else None


def _duration(text: str, bare_minutes: bool) -> tuple[int | None, int] | None:
    if found := _RANGE.fullmatch(text):
        return _range(found, bare_minutes)
    for both, first_s, second_s in ((_HOURS_AND_MINUTES, 3600, 60), (_COLON, 3600, 60), (_MINUTES_AND_HALF, 60, 1)):
        if found := both.fullmatch(text):
            return None, int(found[1]) * first_s + int(found[2]) * second_s
    found = _SINGLE.fullmatch(text)
    return (None, _seconds(found[1], found[2])) if found and (found[2] or bare_minutes) else None


def is_time_of_day(text: str) -> bool:
    """Whether a text is a moment on the clock, such as `20.45 uur` or `20 uur`, and not a length such as `1:30`."""
    at = clock(text)
    return at is not None and int(at[:2]) >= _EARLIEST_HOUR


def clock(text: str) -> str | None:
    """Return a time of day as HH:MM, or None where the text is none."""
    words = _ABOUT.sub("", folded(text[:20]).strip())
    found = _CLOCK.fullmatch(words)
    if not found:
        whole = _WHOLE_HOUR.fullmatch(words)
        return f"{int(whole[1]):02d}:00" if whole and _EARLIEST_HOUR < int(whole[1]) < 24 else None
    hour, half_day = int(found[1]), found[3]
    if half_day and hour <= 12:
        hour = hour % 12 + (12 if half_day == "p" else 0)
    return f"{hour:02d}:{found[2]}" if hour < 24 else None


def clock_or_hour(text: str) -> str | None:
    """Return a time of day as HH:MM, also a whole hour such as `7 pm`; None where the text is none."""
    hour = _HALF_DAY_HOUR.fullmatch(text)
    return clock(text) if hour is None else clock(f"{hour[1]}:00 {hour[2]}m" if hour[1] else "12:00")


def start_by_end(start: str, end: str, until: str | None) -> str | None:
    """Return when something starts, by the half of the day of its end where it says none: `7-8.30 pm`, `11-1pm`."""
    half = _AT_HALF_DAY.search(end)
    if half is None or until is None or start == "noon" or _AT_HALF_DAY.search(start):
        return clock_or_hour(start)
    said = f"{start}{'' if any(mark in start for mark in ':.uh') else ':00'}"
    same, other = clock(f"{said} {half[0][0]}m"), clock(f"{said} {'a' if half[0][0] == 'p' else 'p'}m")
    return same if same is None or same < until else other


def time_box(text: str, *, bare_minutes: bool = False) -> TimeBox | None:
    """Return what a text says as a time box, or None where any part of it says something else."""
    parts = [_box_part(in_digits(part).strip(), bare_minutes) for part in re.split(r"[,;]\s", text)]
    return _merged([part for part in parts if part]) if all(parts) else None


def told_length(planned_s: int, number: Callable[[float], str] = "{:g}".format) -> str:
    """Return a length of time so that it is read as the same: in minutes where two decimals say it."""
    minutes, seconds = divmod(planned_s, 60)
    if planned_s % 3 == 0:
        return f"{number(planned_s / 60)} min"
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


@lru_cache(maxsize=_LATELY)
def split_box(text: str, *, heading: bool = False) -> tuple[str, TimeBox | None]:
    """Return the text without its time box, and the box; a heading may also say its time without brackets.

    Where the brackets of a heading say more than a time, their words stay: `(10 min, in pairs)`.
    """
    for found in reversed(list(_GROUP.finditer(text))):
        box = time_box(found[1]) or (_bare_box(found[1]) if heading else None)
        if box is not None:
            rest = _without(text, found.start(), found.end())
            return _after_clock(rest, box) if heading and box.planned_s else (rest, box)
        if heading and (box := _box_among_words(found[1])):
            return text, box
    if not heading:
        return text, None
    if (nested := _NESTED.search(text)) and (box := time_box(nested[1])):
        return text, box
    return _unbracketed(text)


def _after_clock(text: str, box: TimeBox) -> tuple[str, TimeBox]:
    """Return a title without the time of day in front of it, as in `19:30 Welcome (10 min)`."""
    found = _HEAD_CLOCKS.match(text)
    if found is None or box.until or not is_time_of_day(found[1]):
        return text, box
    return text[found.end() :].lstrip("|–—- "), msgspec.structs.replace(box, starts=clock(folded(found[1])))


def unread_time(title: str) -> str:
    """Return what looks like a time in a title that was read, and is none for certain; empty where nothing does."""
    for found in _GROUP.finditer(put_back(title)):
        words = folded(found[1])
        scale = _BARE_RANGE.fullmatch(words)
        if scale and (int(scale[1]) > 1 or scale[2] not in _SCALES):
            return found[0]
        if not scale and any(mark.isdigit() for mark in words) and _UNIT_BEHIND.search(words):
            return found[0]
    return ""


def _bare_box(text: str) -> TimeBox | None:
    number = text.strip()
    is_minutes = number.isascii() and number.isdigit() and 0 < int(number) <= _MOST_BARE
    return TimeBox(planned_s=int(number) * 60) if is_minutes else None


def _box_among_words(text: str) -> TimeBox | None:
    if _FOR_EACH.search(folded(text)):
        return None
    parts = [_box_part(in_digits(part).strip(), bare_minutes=False) for part in re.split(r"[,;]\s", text)]
    if any(parts):
        return _merged([part for part in parts if part])
    found = _AFTER_LENGTH.fullmatch(in_digits(text))
    return _box_part(found[1].strip(), bare_minutes=False) if found else None


def _merged(parts: list[TimeBox]) -> TimeBox:
    box = TimeBox()
    for part in parts:
        said = {name: value for name in part.__struct_fields__ if (value := getattr(part, name)) is not None}
        box = msgspec.structs.replace(box, **said)
    return box


def minutes_between(start: str, end: str) -> int:
    """Return the minutes from one time of day to the next, past midnight where need be."""
    return (_minute_of_day(end) - _minute_of_day(start)) % (24 * 60)


def minutes_until(start: str, following: str) -> int | None:
    """Return how long a part takes that another one follows at a time of day; None where that can't be."""
    minutes = minutes_between(start, following)
    return minutes if minutes * 60 <= _LONGEST_S else None


def later(time: str, minutes: int) -> str:
    """Return the time of day so many minutes later."""
    total = (_minute_of_day(time) + minutes) % (24 * 60)
    return f"{total // 60:02d}:{total % 60:02d}"


def _box_part(text: str, bare_minutes: bool) -> TimeBox | None:
    text = _ABOUT.sub("", _NAMED.sub("", text))
    if found := _CLOCK_RANGE.fullmatch(text):
        return _clock_range(found[1], found[2])
    if found := _UNTIL.match(text):
        until = clock(found[1]) or spoken_clock(found[1])
        return TimeBox(until=until) if until else None
    if found := _WARN.match(text):
        warn = duration(found[1])
        return TimeBox(warn_s=warn[1]) if warn else None
    if is_time_of_day(text):
        return TimeBox(until=clock(text))
    if _SAID.match(text) and (until := spoken_clock(text)):
        return TimeBox(until=until)
    length = duration(text, bare_minutes=bare_minutes)
    return TimeBox(planned_s=length[1], low_s=length[0]) if length and length[1] else None


def _clock_range(start: str, end: str) -> TimeBox | None:
    starts, until = clock(start), clock(end)
    if not starts or not until:
        return None
    if (half_day := _AT_HALF_DAY.search(end)) and not _AT_HALF_DAY.search(start):  # `7:00-7:10 pm`
        starts = clock(f"{start} {half_day[0]}") or starts
    length_s = minutes_between(starts, until) * 60
    if length_s > _LONGEST_S:  # the second one comes first, or is of another day
        return TimeBox(starts=starts)
    if int(starts[:2]) < _EARLIEST_HOUR and int(until[:2]) < _EARLIEST_HOUR:
        return TimeBox(planned_s=length_s)  # minutes on the session's own clock: 0:10-0:35
    return TimeBox(planned_s=length_s, starts=starts)  # a timetable, not a promise: only `tot 20:15` is fixed


def _unbracketed(text: str) -> tuple[str, TimeBox | None]:
    if found := _HEAD_CLOCKS.match(text):
        return text[found.end() :].lstrip("|–—- "), _on_clock(found[1], found[2])
    if (found := _HEAD_RANGE.match(text)) and (box := _hours_on_clock(found)):
        return text[found.end() :], box
    if (found := _HEAD_MINUTES.match(text)) and (box := time_box(found[1].strip())):
        return text[found.end() :], box
    if found := _HEAD_OF_BREAK.match(text):
        return text, time_box(found[1])
    if (found := _IN_THE_MIDDLE.fullmatch(text)) and (box := time_box(found[3])):
        return f"{found[1]}{found[2]}{found[4]}", box
    return _at_end(text)


def _hours_on_clock(found: re.Match[str]) -> TimeBox | None:
    """Return `van 9.30 tot 10 uur` as a box; None where nothing says that it is about the clock: `from 1 to 10`."""
    start_hour, start_minute, start_half, end_hour, end_minute, end_unit, end_half = found.groups(default="")
    if not (start_minute or start_half or end_minute or end_unit or end_half):
        return None
    start, end = (
        f"{hour}:{minute or '00'}{half}"
        for hour, minute, half in ((start_hour, start_minute, start_half), (end_hour, end_minute, end_half))
    )
    return _on_clock(start, end)


def _at_end(text: str) -> tuple[str, TimeBox | None]:
    tail_at = max(0, len(text) - 40)
    if (found := _TAIL_RANGE.search(text[tail_at:])) and is_time_of_day(found[1]):
        rest = text[: tail_at + found.start()].rstrip(_JOINTS)
        return (rest, _on_clock(found[1], found[2])) if rest else (text, None)
    if (found := _TAIL_UNTIL.search(text[tail_at:])) and is_time_of_day(found[1]):
        rest = text[: tail_at + found.start()].rstrip(_JOINTS)
        return (rest, TimeBox(until=clock(found[1]))) if rest else (text, None)
    if (found := _TAIL_CLOCKS.search(text[tail_at:])) and _is_said_as_clock(found):
        rest = text[: tail_at + found.start()].rstrip(_JOINTS)
        return (rest, _on_clock(found[1], found[2])) if rest else (text, None)
    if found := _TAIL.search(text[tail_at:]):
        if counted := _COUNTED.search(text):  # `Task 1 – 15 mins` is no range
            return text[: counted.end(1)], time_box(counted[2])
        rest = text[: tail_at + found.start()].rstrip(_JOINTS)
        box = time_box(found[1].strip())
        is_time = rest and box and not _OF_A_SENTENCE.search(text[: tail_at + found.start()].rstrip())
        return (rest, box) if is_time else (text, None)
    if (found := _TAIL_IN_WORDS.search(text)) and (box := time_box(found[1])) and box.planned_s:
        return text[: found.start()].rstrip(_JOINTS), box
    return text, None


def _is_said_as_clock(found: re.Match[str]) -> bool:
    """Whether a time at the end of a heading is one: `iOS 12.30` only looks like it."""
    return is_time_of_day(found[1]) and bool(found[2] or found[3] or "." not in found[1])


def _on_clock(start: str, end: str | None) -> TimeBox | None:
    return _clock_range(folded(start), folded(end)) if end else TimeBox(starts=clock(start))


def _without(text: str, start: int, end: int) -> str:
    before, after = text[:start].rstrip(" -–—·•"), text[end:].lstrip()
    for mark in ("**", "__", "*", "_"):  # of a time that alone is bold or in italics
        if before.endswith(mark) and after.startswith(mark) and not before.removesuffix(mark).endswith(mark[0]):
            before, after = before.removesuffix(mark).rstrip(" -–—·•"), after.removeprefix(mark).lstrip()
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
