"""Chats of other programs as text: Webex, WhatsApp, and what is copied out of a window, with a name and a time each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import islice
from typing import NamedTuple

from kring.domain.text import N_, Sentence, clean, one_line
from kring.imports.dates import NOT_THIS_DAY, Dates, Order, dates_of, midnight_ms, time_of_day_ms
from kring.imports.formats.chat.addressing import UNCLEAR, addressed, is_marked_behind, may_say_to_whom, opens_private
from kring.imports.formats.chat.copied import copied_heads, has_nicks
from kring.imports.formats.chat.notices import typed_of
from kring.imports.formats.cues.voices import is_like_a_name
from kring.imports.hours import are_of_session
from kring.imports.one_clock import on_one_clock
from kring.imports.parsed import Clock, Message, Millis, Parsed, Skipped
from kring.imports.source import Format, Source
from kring.imports.stamps import EVENING_FROM_MS, Begins, moment_in_name
from kring.system.text_files import Unreadable

NAME = "chat-lines"
_HEAD_LINES = 400
_NOT_SAID = N_("This is not said by somebody.")
_ABOVE = N_("This stands above the first message.")
_DATE = r"(\d{1,4}[-./]\s?\d{1,2}[-./]\s?\d{1,4})\.?"
_CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[\s\u202f]?[AaPp]\.?\s?[Mm]\b\.?)?"
_TIME = rf"(?P<time>{_CLOCK})"
_MARKS = "\u200e\u200f\u202a\u202c\ufeff"
_DATED = re.compile(
    rf"\[{_DATE},?\s+({_CLOCK})(?:\s\|[^\[\]]{{1,60}})?\]\s*(.*)|{_DATE},?\s+(?:(?:à|às|om|um|at)\s)?({_CLOCK})\s+[-–]\s+(.*)"
)
_NAMED = re.compile(rf"([^:\n\[\]]{{1,80}}?),?\s+[\[(]{_DATE},?\s+({_CLOCK})[\])]:?(?:\s+(\S.*))?")
_DATE_BEHIND = re.compile(rf"(?<=\S),?\s+{_DATE},?$")
_SAID = re.compile(r"(?P<name>[^:\n]{1,80}?):(?:\s+(?P<text>.*))?")
_TIMED = re.compile(rf"[\[(]?{_TIME}[\])]?\s+(?P<name>\S[^:\n]{{0,200}}?):\s+(?P<text>\S.*)")
_OTHER_TIME = rf"[\[(](?:[^\[\]():]{{1,30}}[\s,])?{_CLOCK}[\])]"
_OTHER = re.compile(rf"{_OTHER_TIME}\s*\S.*|(?P<name>[^:\n\[\]()]{{1,80}}?),?\s+{_OTHER_TIME}:?|{_DATED.pattern}")
"""What has the shape of a head, in whatever form."""
_ENDS_IN_BRACKETS = re.compile(r"\S.*([\[(])[^\[\]()]+[\])]:?$")
_GOES_ON = re.compile(rf"[\[(](?P<time>{_CLOCK})[\])]\s+(?P<text>\S.*)")
"""More of who wrote above, where names have such a time behind them: `[7:36 PM] and this`."""
_BEHIND = re.compile(rf"(?P<name>\S.{{0,200}}?):?[ \t]+[\[(]?{_TIME}[\])]?(?::(?:[ \t]+(?P<text>\S.*))?)?")
_IN_FRONT = re.compile(rf"[\[(]?{_TIME}[\])]?[ \t]+(?P<name>\S(?:[^:]|:(?!\s)){{0,200}}?):?")


class _Head(NamedTuple):
    date: str
    time: str
    name: str
    text: str | None
    """What stands behind it on the same line, None where the message is below it."""
    before: str = ""
    """What stands between the name and a time behind it."""


class _Found(NamedTuple):
    """A message: its line, its time of day, and the lines below its head."""

    line: int
    at_ms: Millis
    head: _Head
    below: list[str]


class _Chat(NamedTuple):
    """The heads in a chat by the index of their lines; None where a line has a time, and nobody said it."""

    heads: dict[int, _Head | None]
    lines: Sequence[str]

    @property
    def are_dated(self) -> bool:
        """Whether the heads have a date."""
        return sum(head is not None and bool(head.date) for head in self.heads.values()) > 1

    def says_to_whom(self, knows: Callable[[str], bool]) -> bool:
        """Whether a head is of a direct message, or most say to whom somebody writes, as those of no transcript do."""
        names = [head.name for head in self.heads.values() if head is not None]
        found = (addressed(name, lambda one: one in names or knows(one), knows) for name in names)
        told = [one for one in found if one is not None]
        return len(told) * 2 > len(names) or any(one.is_private for one in told)

    @property
    def first(self) -> int | None:
        return min((index for index, head in self.heads.items() if head is not None), default=None)


def _chat(lines: Sequence[str], source: Source, *, is_told: bool = False) -> _Chat:
    """Return the chat that these lines are, by the first form that says something in them; `is_told` = it is one."""
    heads = {} if has_nicks(lines) else _heads([line.strip(_MARKS).strip() for line in lines], source.knows)
    if heads:
        return _Chat(heads, lines)
    found, lines = copied_heads(lines, source.day, source.evening.hours, source.knows, is_told=is_told)
    return _Chat({index: _Head(*head[:4], _before(lines[index])) for index, head in found.items()}, lines)


def _before(line: str) -> str:
    """Return the bracket before a time at the end of a line, "" where there is none."""
    found = _ENDS_IN_BRACKETS.search(line)
    return "" if found is None else found[1]


def _heads(lines: Sequence[str], knows: Callable[[str], bool]) -> dict[int, _Head | None]:
    dated = {index: _dated(found) for index, line in enumerate(lines) if (found := _DATED.fullmatch(line)) is not None}
    if sum(head is not None for head in dated.values()) * 2 > len(dated):
        return dated
    named = {index: head for index, line in enumerate(lines) if (head := _named(_NAMED.fullmatch(line))) is not None}
    if named:
        return dict(named)
    for form in (_TIMED, _BEHIND, _IN_FRONT):
        read = {index: head for index, line in enumerate(lines) if (head := _read(form.fullmatch(line))) is not None}
        if heads := _sure(read, lines, knows, has_form=form is _TIMED):
            forms = {head.before for head in heads.values() if len(head.before) > 1}
            rest = (
                index
                for index, head in read.items()
                if index not in heads and (head.before in forms or may_say_to_whom(head.name))
            )
            return heads | dict.fromkeys(rest)
    return {}


def _dated(found: re.Match[str]) -> _Head | None:
    date, time, rest = found.group(1, 2, 3) if found[1] else found.group(4, 5, 6)
    said = _SAID.fullmatch(rest.strip(_MARKS))
    if said is None or _time(time) is None:
        return None
    return _Head(date, time, one_line(said["name"]), (said["text"] or "").strip(_MARKS))


def _named(found: re.Match[str] | None) -> _Head | None:
    """Read a head such as `Anna, [03.12.2026 19:35]`, with the words below it or behind it."""
    if found is None or _time(found[3]) is None or not is_like_a_name(found[1]):
        return None
    return _Head(found[2], found[3], one_line(found[1]), found[4])


def _read(found: re.Match[str] | None) -> _Head | None:
    if found is None or _time(found["time"]) is None:
        return None
    before = found[0][found.end("name") : found.start("time")] if found.end("name") < found.start("time") else ""
    name = _DATE_BEHIND.sub("", found["name"]).rstrip(" ,–—•·|")
    return _Head("", found["time"], one_line(name), found.groupdict().get("text"), before)


def _sure(
    found: dict[int, _Head], lines: Sequence[str], knows: Callable[[str], bool], *, has_form: bool
) -> dict[int, _Head]:
    """Return the heads of which some say to whom; others only of who is known, or comes back, if their form is common.

    `has_form` says that it is not: a time, a name and a colon in front of the words.
    """
    names = Counter(head.name for head in found.values())
    told = {name: addressed(name, lambda one: one in names or knows(one), knows) for name in names}
    authors = {one.author for one in told.values() if one is not None}
    if not authors and not any(map(is_marked_behind, lines)):
        return {}
    says_all = not has_form and any(one is not None and not one.is_private for one in told.values())

    def is_head(index: int, name: str) -> bool:
        if told[name] is not None:
            return True
        if (may_say_to_whom(name) and not knows(name)) or says_all:
            return False
        begins = has_form or index == 0 or not lines[index - 1]
        return is_like_a_name(name) and (begins or names[name] > 1 or name in authors or knows(name))

    return {index: head for index, head in found.items() if is_head(index, head.name)}


def _recognises(source: Source) -> bool:
    lines = list(islice(_lines(source), _HEAD_LINES))
    chat = _chat(lines, source)
    if chat.first is None:
        return False
    return chat.are_dated or chat.says_to_whom(source.knows) or not any(line.strip() for line in lines[: chat.first])


def _lines(source: Source) -> list[str]:
    return source.text.replace("\r", "\n").split("\n")


def _read_chat(source: Source) -> Parsed:
    chat = _chat(_lines(source), source, is_told=True)
    skipped: list[Skipped] = []
    found = [one for one in map(partial(_typed, skipped=skipped), _found(chat, skipped)) if one is not None]
    if not found:
        raise Unreadable(N_("{file} holds no message with a time and a name."), file=source.name)
    clock = Clock.WALL if all(one.head.date for one in found) else Clock.TIME_OF_DAY
    if clock is Clock.WALL:
        found = _of_evening(found, _dates(found, source.day), source, skipped)
    elif _counts_from_begin([one.at_ms for one in found], source):
        clock = Clock.RECORDING
    placed = on_one_clock([one.at_ms for one in found], of_day=clock is Clock.TIME_OF_DAY)
    begins = moment_in_name(source.name) if clock is Clock.RECORDING else Begins()
    messages = (
        Message(line=one.line, at_ms=at_ms, author=one.head.name, text=clean("\n".join(one.below)).strip())
        for one, at_ms in zip(found, placed.times, strict=True)
    )
    return Parsed(
        format=NAME,
        clock=clock,
        begins_utc_ms=begins.utc_ms,
        begins_wall_ms=begins.wall_ms,
        messages=tuple(messages),
        skipped=tuple(sorted(skipped, key=lambda one: one.line)),
        warnings=(*source.warnings, *placed.warnings([one.line for one in found])),
    )


def _typed(one: _Found, skipped: list[Skipped]) -> _Found | None:
    """Return a message without what a program wrote in it, None where that is all of it."""
    typed = typed_of(one.below)
    first = one.line + (one.head.text is None)
    skipped += [Skipped(line=first + place, why=Sentence(_NOT_SAID)) for place in typed.others]
    return one._replace(below=typed.lines) if any(typed.lines) or not typed.others else None


def _counts_from_begin(times: Sequence[Millis], source: Source) -> bool:
    hours = source.evening.hours
    return hours is not None and times[0] < EVENING_FROM_MS and not are_of_session(times, hours)


def _found(chat: _Chat, skipped: list[Skipped]) -> Iterator[_Found]:
    last: _Found | None = None
    is_unclear = False
    are_dated = chat.are_dated
    for index, line in enumerate(chat.lines):
        head = chat.heads.get(index) or (None if last is None else _more_of(last.head, line))
        is_damaged = head is None and _is_damaged(line, index in chat.heads, are_dated)
        if head is not None or is_damaged:
            if last is not None:
                yield last
            last, is_unclear = None, head is None
        if head is not None:
            last = _Found(index + 1, _time(head.time) or 0, head, [] if head.text is None else [head.text])
        elif last is not None and index not in chat.heads:
            last.below.append(line.strip())
        elif line.strip():
            why = UNCLEAR if is_unclear else _NOT_SAID if index in chat.heads else _ABOVE
            skipped.append(Skipped(line=index + 1, why=Sentence(why)))
    if last is not None:
        yield last


def _more_of(above: _Head, line: str) -> _Head | None:
    """Return the head of a message that goes on from the one above it, whose time stands in brackets behind a name."""
    found = _GOES_ON.fullmatch(line.strip(_MARKS).strip()) if above.before[-1:] in {"[", "("} else None
    if found is None or _time(found["time"]) is None or opens_private(line) or may_say_to_whom(found["text"]):
        return None
    return above._replace(time=found["time"], text=found["text"])


def _is_damaged(line: str, has_time: bool, are_dated: bool) -> bool:
    """Whether a message begins with a line of which nobody can tell who wrote it, and to whom."""
    if has_time:
        return not are_dated or opens_private(line)
    if opens_private(line):
        return True
    other = _OTHER.fullmatch(line.strip(_MARKS).strip())
    if other is None:
        return False
    name = other["name"]
    return not name or (is_like_a_name(name) and name.split()[-1][:1].isupper())


def _time(text: str) -> Millis | None:
    return time_of_day_ms(text.replace(".", ":", 2) if "m" not in text.lower() else text)


def _dates(found: Sequence[_Found], day: date | None) -> list[date]:
    """Return the day of each message; of orders that fit all of them the one in which the session's day is written."""
    written = [one.head.date for one in found]
    for order in Order if day is not None else ():
        days = list(map(Dates(order).day, written))
        if None not in days and day in days:
            return [one for one in days if one is not None]
    dates = dates_of(written, within=None)
    if dates.problem is not None and day is not None:  # of other days by whatever order
        dates = Dates(next((order for order in Order if None not in map(Dates(order).day, written)), None))
    if dates.problem is not None:
        raise Unreadable(dates.problem.template, **dates.problem.values)
    return [one for one in map(dates.day, written) if one is not None]


def _of_evening(found: list[_Found], days: list[date], source: Source, skipped: list[Skipped]) -> list[_Found]:
    """Return the messages of the evening, with their day: such a chat goes on for weeks."""
    if len(days) < len(found):
        raise Unreadable(N_("{file} holds a date that cannot be read."), file=source.name)
    near = [source.day is None or abs((day - source.day).days) <= 1 for day in days]
    if not any(near):
        days = sorted({days[0], days[-1]})
        raise Unreadable(NOT_THIS_DAY, found=" – ".join(map(str, days)), day=str(source.day))
    other = (one.line for one, is_near in zip(found, near, strict=True) if not is_near)
    skipped += [Skipped(line=line, why=Sentence(N_("This is of another day than the session."))) for line in other]
    dated = zip(found, days, near, strict=True)
    return [one._replace(at_ms=midnight_ms(day) + one.at_ms) for one, day, is_near in dated if is_near]


FORMATS = (Format(NAME, _recognises, _read_chat),)
