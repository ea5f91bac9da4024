"""Heads of chats that are copied out of a window or saved as text: a name and a moment, in whatever form.

Discord, Teams, Slack, Signal, Telegram and others write a name, a sign or blanks, and when: a time of day, perhaps with
a date, of which the year or the month may be missing or written as a word, or with a word such as *yesterday*. Names
and times of day in minutes may be of a transcript too: that is a chat where a date, such a word or such a sign says so,
where its words do, or somebody does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from kring.domain.text import one_line
from kring.imports.dates import time_of_day_ms
from kring.imports.formats.chat.typed import Below, was_typed
from kring.imports.formats.cues.voices import is_like_a_name
from kring.imports.hours import are_of_session
from kring.imports.parsed import Millis

_CLOCK = r"(?P<time>\d{1,2}[:.uh]\d\d(?:[:.]\d\d)?(?:[\s\u202f]?[AaPp]\.?\s?[Mm]\b\.?)?)"
_NUMBERS = r"\d{1,4}[-./]\d{1,2}(?:[-./]\d{1,4})?\.?"
_MONTH = r"\d{1,2}\.?\s[^\W\d]{3,10}\.?(?:\s\d{4})?|[^\W\d]{3,10}\.?\s\d{1,2}(?:,?\s\d{4})?"
_WORD = r"(?:[^\W\d]{2,12}\.?,?\s)?"
_DATED = rf"(?:(?P<date>{_NUMBERS}|{_MONTH}),?\s+)?"
_OCLOCK = r"(?:\s?(?:uur|uhr|hrs?|u|h)\b\.?)?"
_WHEN = rf"(?P<word>{_WORD}){_DATED}{_WORD}{_CLOCK}{_OCLOCK}"
_APART = r"(?P<apart>\s*[,—–•·|]\s*|\s{2,}|\t|\s(?:om|at|um|à|kl\.?)\s|\s-\s|,?\s*[\[(])"
_NAME = r"(?P<name>[^\s\[\](){}<>:|][^\[\]{}<>:|\n]{0,80}?)"
_BEHIND = re.compile(rf"{_NAME}{_APART}{_WHEN}[\])]?:?(?:\s+(?P<text>\S.*))?")
_RIGHT_BEHIND = re.compile(rf"{_NAME}\s{_DATED}{_CLOCK}{_OCLOCK}:?(?:\s+(?P<text>\S.*))?")
_IN_FRONT = re.compile(rf"[\[(]?{_WHEN}[\])]?\s*(?:[-–—|]\s+)?{_NAME}\s?(?:[:|](?:\s+(?P<text>.*))?)?")
_NICK = re.compile(rf"[\[(]?{_WHEN}[\])]?\s+<(?P<name>[^<>]{{1,60}})>\s+(?P<text>.+)")
_ALONE = re.compile(rf"[\[(]?{_WHEN}[\])]?")
_WORDS_BEFORE = """
    vandaag gisteren eergisteren today yesterday heute gestern hier hoy ayer oggi ieri ma di wo do vr za zo maandag
    dinsdag woensdag donderdag vrijdag zaterdag zondag mon tue wed thu fri sat sun monday tuesday wednesday thursday
    friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag lun mar mer jeu ven sam dim
    lundi mardi mercredi jeudi vendredi samedi dimanche om at um
"""
"""The words before a time of day in front of a name; any other is rather a name before the time."""
_DAYS = frozenset(_WORDS_BEFORE.split())
_HALF_DAY = re.compile(r"[ap]\.?m\.?(?:\s.*)?", re.IGNORECASE)
_HAS_YEAR = re.compile(r"\d{4}|\d[-./]\d{1,2}[-./]\d")
_SIGN = re.compile(r"(?<=\d)[-./](?=\d)")
_POINT = re.compile(r"(?<=\d)[.uh](?=\d)")
_STARS = re.compile(r"^\*{1,2}(.+?:?)\*{1,2}(?=\s|$)")
_MARKS = "\u200e\u200f\u202a\u202c\ufeff"
_HAS_TIME = re.compile(r"\d[:.uh]\d\d")
_LONGEST = 160  # a name, and what stands around it
_FEWEST = 2


class CopiedHead(NamedTuple):
    """Who wrote when, as it stands there: `text` is what stands behind it, None where the message is below.

    `is_of_chat` = no transcript has heads of this form. `goes_on` = its name stands above an earlier one.
    """

    date: str
    time: str
    name: str
    text: str | None
    is_of_chat: bool
    goes_on: bool = False


def copied_heads(
    lines: Sequence[str],
    day: date | None,
    hours: tuple[Millis, Millis] | None,
    knows: Callable[[str], bool],
    *,
    is_told: bool,
) -> tuple[dict[int, CopiedHead], list[str]]:
    """Return the heads of a copied chat by the index of their lines, none where it is no such chat, and its lines.

    `day` is that of the session, whose year is meant where there is none; `hours` are those of the session, and `knows`
    tells who was there. `is_told` = somebody says that it is one.
    """
    bare = [_STARS.sub(r"\1", line.strip(_MARKS).strip()) for line in lines]
    timed = [index for index, line in enumerate(bare) if _HAS_TIME.search(line, 0, _LONGEST)]
    below_each_other = _below_each_other(bare, timed, day, knows, _indented(lines))
    for found in (_nicks(bare, timed, day), below_each_other, _on_a_line(bare, timed, day)):
        heads = _sure(dict(found), knows)
        if not _are_of_chat(heads, bare, hours):
            continue
        below = {index + 1 for index in heads.keys() - set(timed)}  # of a name alone the time is below it
        below |= {index for index, one in heads.items() if one.goes_on}
        said = ["" if index in below else line for index, line in enumerate(bare)]
        is_of_chat = is_told or any(one.is_of_chat for one in heads.values())
        if is_of_chat or was_typed(list(_below(heads, said)), knows):
            return heads, said
    return {}, list(lines)


def _sure(heads: dict[int, CopiedHead], knows: Callable[[str], bool]) -> dict[int, CopiedHead]:
    """Return the heads without what only looks like one, as *tot 20:00* does where heads have no sign."""
    return {index: one for index, one in heads.items() if one.is_of_chat or one.name[:1].isupper() or knows(one.name)}


def _below(heads: dict[int, CopiedHead], lines: Sequence[str]) -> Iterator[Below]:
    """Yield what stands below each head, whose times are in minutes."""
    for index, after in pairwise([*sorted(heads), len(lines)]):
        head = heads[index]
        text = one_line(" ".join(filter(None, [head.text, *lines[index + 1 : after]])))
        yield Below(head.name, time_of_day_ms(head.time) or 0, text)


def _with_colons(time: str) -> str:
    return _POINT.sub(":", time)


def has_nicks(lines: Sequence[str]) -> bool:
    """Whether the first words of a chat are as of IRC, `19:35 <Anna> hello`: that is no arrow to somebody."""
    return _NICK.fullmatch(next((line.strip() for line in lines if line.strip()), "")) is not None


def _are_of_chat(heads: dict[int, CopiedHead], lines: Sequence[str], hours: tuple[Millis, Millis] | None) -> bool:
    first = next((index for index, line in enumerate(lines) if line), None)
    if len(heads) < _FEWEST or first not in heads:
        return False
    if all(one.date for one in heads.values()) or any(one.goes_on for one in heads.values()):
        return True
    times = [time_of_day_ms(one.time) for one in heads.values()]
    known = [time for time in times if time is not None]
    is_in_minutes = all(one.time.count(":") == 1 or "m" in one.time.lower() for one in heads.values())
    return is_in_minutes and len(known) == len(times) and are_of_session(known, hours)


def _nicks(lines: Sequence[str], timed: Sequence[int], day: date | None) -> Iterator[tuple[int, CopiedHead]]:
    """Yield heads such as `19:35 <Anna> hello`."""
    for index in timed:
        found = _NICK.fullmatch(lines[index])
        if found is not None and (head := _head(found, found["name"], day)) is not None:
            yield index, head


def _indented(lines: Sequence[str]) -> set[int]:
    """Return the lines with blanks in front, as Slack has them before a time below a name."""
    return {index for index, line in enumerate(lines) if line.strip(_MARKS)[:1] in {" ", "\t"} and line.strip()}


def _below_each_other(
    lines: Sequence[str], timed: Sequence[int], day: date | None, knows: Callable[[str], bool], indented: set[int]
) -> Iterator[tuple[int, CopiedHead]]:
    """Yield heads of two lines: a name, and when below it; also a time alone, with more of who wrote above it.

    So Slack has it. There the time below a name is indented or has a half of the day, and that of more has neither.
    """
    alone = {index: found for index in timed if index and (found := _ALONE.fullmatch(lines[index])) is not None}
    marked = {index for index in alone if index in indented or _has_half_day(alone[index]["time"])}
    last: CopiedHead | None = None
    for index, found in alone.items():
        name = lines[index - 1]
        if marked and index not in marked and last is not None:
            time = _in_same_half(_with_colons(found["time"]), last.time)
            yield index, CopiedHead(last.date, time, last.name, None, is_of_chat=True, goes_on=True)
        elif name[:1].isupper() and (head := _head(found, name, day)) is not None:
            last = head
            yield index - 1, head


def _has_half_day(time: str) -> bool:
    return "m" in time.lower()


def _in_same_half(time: str, above: str) -> str:
    """Return a time with the half of the day of the one above it, or the other half where noon lies between them."""
    if _has_half_day(time) or not _has_half_day(above):
        return time
    half, other = ("pm", "am") if "p" in above.lower() else ("am", "pm")
    is_later = (time_of_day_ms(f"{time} {half}") or 0) >= (time_of_day_ms(above) or 0)
    return f"{time} {half if is_later else other}"


def _on_a_line(lines: Sequence[str], timed: Sequence[int], day: date | None) -> Iterator[tuple[int, CopiedHead]]:
    """Yield heads of one line: of the form of the first, of who has such heads, or certain by brackets or a date.

    *Ik kom om 19:45* is none, whatever its words look like.
    """
    form: tuple[int, str, str] | None = None
    names: set[str] = set()
    for index in timed:
        line = lines[index]
        for number, pattern in enumerate((_IN_FRONT, _BEHIND, _RIGHT_BEHIND)):
            if (found := pattern.fullmatch(line)) is None or (head := _head(found, found["name"], day)) is None:
                continue
            own = (number, found.groupdict().get("apart", "").strip(), _around(found))
            form = form or own
            goes_on = number == 0 and form[0] != 0 and not head.date  # Slack: `[7:36 PM] More of who wrote above`
            is_certain = head.name[:1].isupper() and ("[" in own[2] or "(" in own[2] or head.date) and not goes_on
            if own == form or head.name in names or is_certain:
                names.add(head.name)
                yield index, head
            break


def _around(found: re.Match[str]) -> str:
    """Return the signs around a head, by which its form is known: brackets, and what stands behind all of it."""
    text = found["text"]
    behind = found[0][found.end("name") : found.start("text") if text else len(found[0])]
    before = found[0][: found.start("name")] if found.start("name") else found.groupdict().get("apart", "").strip()[-1:]
    return "".join(mark for mark in (*before[:1], *behind) if mark in "[](:|" and not mark.isspace()) + "+" * bool(text)


def _head(found: re.Match[str], name: str, day: date | None) -> CopiedHead | None:
    written = found["date"] or ""
    if written and not _HAS_YEAR.search(written):
        if day is None:
            return None
        sign = _SIGN.search(written)
        written = f"{written.rstrip('.')}{' ' if sign is None else sign[0]}{day.year}"
    name = one_line(name).rstrip(" ,-")
    is_in_front = found.re is _IN_FRONT and found[0][:1] not in "[("
    if is_in_front and found["word"] and found["word"].strip(" .,").casefold() not in _DAYS:
        return None
    if _HALF_DAY.fullmatch(name):
        return None
    if not is_like_a_name(name) or not name[:1].isalpha():
        return None
    told = found.groupdict()
    apart = told.get("apart", "").strip(" [(\t")
    is_compact = found.re is _IN_FRONT and found[0][found.start("name") - 1] == "]"
    is_of_chat = (
        bool(written or told.get("word") or apart or is_compact or "|" in found[0])
        or found.re is _NICK
        or "m" in found["time"].lower()
    )
    return CopiedHead(written, _with_colons(found["time"]), name, told.get("text"), is_of_chat)
