"""The chat of Zoom, as it is saved on a computer or beside a recording in the cloud, in each of its four forms."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice

import msgspec

from kring.domain.text import N_, Sentence, clean
from kring.imports.dates import dates_of, midnight_ms, time_of_day_ms
from kring.imports.formats.chat.addressing import UNCLEAR, is_everybody, opens_private, without_suffix
from kring.imports.formats.chat.quotes import Reply, Starts, reply_in, sign_in, usual_words
from kring.imports.formats.chat.signs import given, is_sign
from kring.imports.formats.chat.zoom_heads import Head, Heads, heads_in
from kring.imports.one_clock import on_one_clock
from kring.imports.parsed import Clock, Message, Millis, Parsed, Reaction, Signal, Skipped
from kring.imports.source import Format, Source
from kring.imports.stamps import Begins, moment_in_name
from kring.system.text_files import Unreadable

_HEAD_LINES = 400
_SEVERAL = 3
_FEWEST_PARTED = 3
_MOSTLY = 0.5
_SIGNS = re.compile(r"\W*")  # what may be left in front of the time of a head
_MAY_BE_ALL = N_(
    "Whether {name} is everybody is not certain, so what was written to it counts as direct messages: {n}."
)
_SIGNALLED = re.compile(r"(add|remove) (\S+)")


class _Written(msgspec.Struct):
    """A message while the rest of its chat is read."""

    line: int
    head: Head
    below: list[str]
    at_ms: Millis = 0
    text: str = ""
    replies_to: int | None = None
    reactions: dict[str, list[str]] = {}
    is_message: bool = True
    is_private: bool = False


def _recognises(source: Source) -> bool:
    return heads_in(islice(source.text.split("\n", _HEAD_LINES), _HEAD_LINES)).are_most


def _read(source: Source) -> Parsed:
    lines = source.text.split("\n")
    heads = heads_in(lines)
    skipped: list[Skipped] = []
    written = list(_written(lines, heads, skipped))
    if not written and any(line.strip() for line in lines):
        raise Unreadable(N_("{file} holds no message with a time and a name."), file=source.name)
    clock, warnings = _place(written, heads, source)
    people = {one.head.author for one in written}
    people |= {name for one in written for name in (one.head.recipient, without_suffix(one.head.recipient)[0])}
    _part_names(written, source, is_known=heads.is_known)
    authors = {one.head.author for one in written}
    private = {name: _is_private(name, authors, source) for name in {one.head.recipient for one in written}}
    for one in written:
        _read_below(one, people, is_block=heads.form == "block")
        one.is_private = private[one.head.recipient]
    signals = _resolve(written)
    begins = moment_in_name(source.name) if clock is Clock.RECORDING else Begins()
    return Parsed(
        format="zoom-chat",
        clock=clock,
        begins_utc_ms=begins.utc_ms,
        begins_wall_ms=begins.wall_ms,
        messages=tuple(_message(one, written, authors) for one in written if one.is_message),
        signals=tuple(signals),
        skipped=tuple(skipped),
        warnings=(*source.warnings, *warnings, *_of_groups(written, authors, source)),
    )


FORMATS = (Format("zoom-chat", _recognises, _read),)


def _written(lines: Sequence[str], heads: Heads, skipped: list[Skipped]) -> Iterator[_Written]:
    """Yield the messages with the lines below their heads; a `\\r` alone is a line end inside a message."""
    last: _Written | None = None
    is_unclear = False
    are_indented = heads.form == "block" and _are_indented(lines, heads)
    for number, line in enumerate(lines, 1):
        head = heads.at.get(number - 1)
        is_head = number - 1 in heads.at
        if head is not None or _is_damaged(line, heads, is_head=is_head, are_indented=are_indented):
            if last is not None:
                yield last
            last, is_unclear = None, head is None
        if head is not None:
            last = _Written(number, head, [] if head.text is None else head.text.split("\r"), reactions={})
        elif is_head or (is_unclear and line.strip()):
            skipped.append(Skipped(line=number, why=Sentence(UNCLEAR)))
        elif last is not None:
            last.below += line.split("\r")
        elif line.strip():
            skipped.append(Skipped(line=number, why=Sentence(N_("This stands above the first message."))))
    if last is not None:
        yield last


def _is_damaged(line: str, heads: Heads, *, is_head: bool, are_indented: bool) -> bool:
    """Whether a line was to be a head, so that what follows is nobody's: never that of who wrote before."""
    if are_indented and line[:1].isspace() and not _SIGNS.sub("", line, 1)[:1].isdigit():
        return False
    is_apart = are_indented and not line[:1].isspace() and line.rstrip().endswith((":", "\uff1a"))
    return is_apart or opens_private(line) or (is_head and heads.are_meant_by(line))


def _are_indented(lines: Sequence[str], heads: Heads) -> bool:
    """Whether what is below heads is indented, so that another line is a head that is damaged."""
    below = [line for index, line in enumerate(lines) if line.strip() and index not in heads.at]
    return sum(line[:1].isspace() for line in below) >= _MOSTLY * len(below)


def _place(written: list[_Written], heads: Heads, source: Source) -> tuple[Clock, tuple[Sentence, ...]]:
    """Give every message its moment, and return by which clock, and what to say of it."""
    dated = bool(written) and all(one.head.date for one in written)
    days = _midnights({one.head.date for one in written}, source) if dated else {}
    times = [_moment(one.head, days, dated=dated) for one in written]
    if any(time is None for time in times):
        line = written[times.index(None)].line
        raise Unreadable(N_("{file}, line {line}: the time cannot be read."), file=source.name, line=line)
    clock = Clock.WALL if dated else Clock.RECORDING if heads.form == "cloud" else Clock.TIME_OF_DAY
    placed = on_one_clock([time for time in times if time is not None], of_day=clock is Clock.TIME_OF_DAY)
    for one, time in zip(written, placed.times, strict=True):
        one.at_ms = time
    return clock, placed.warnings([one.line for one in written])


def _moment(head: Head, days: Mapping[str, Millis], *, dated: bool) -> Millis | None:
    midnight = days.get(head.date) if dated else 0
    time = time_of_day_ms(head.time)
    return None if midnight is None or time is None else midnight + time


def _midnights(dates: Collection[str], source: Source) -> dict[str, Millis]:
    found = dates_of(dates, source.day)
    if found.problem is not None:  # two evenings in one file, or another day than the session's
        found = dates_of(dates, within=None)
    if found.problem is not None:
        raise Unreadable(found.problem.template, **found.problem.values)
    return {date: midnight_ms(day) for date in dates if (day := found.day(date)) is not None}


def _part_names(written: Sequence[_Written], source: Source, *, is_known: bool) -> None:
    """Part what is read as one name, and is two with a word between them: a direct message.

    In a language that is not known the first being a name is enough.
    """
    names = {one.head.author for one in written if not one.head.recipient}

    def is_person(name: str) -> bool:
        return name in names or source.knows(name)

    for one in written:
        words = one.head.author.split()
        if one.head.recipient or len(words) < _FEWEST_PARTED or source.knows(one.head.author):
            continue
        for place in range(1, len(words) - 1):
            author, recipient = " ".join(words[:place]), " ".join(words[place + 1 :])
            if is_person(author) and (is_person(recipient) or not is_known):
                one.head = one.head._replace(author=author, recipient=recipient)
                break


def _read_below(one: _Written, people: Collection[str], *, is_block: bool) -> None:
    """Read the lines of a message: its words, and the signs that others gave to it below them."""
    lines = [line.strip() for line in clean("\n".join(one.below)).split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    while is_block and len(lines) > 1 and (sign := given(lines[-1], people)) is not None:
        if not one.head.date and not set(sign[1]) <= set(people):
            break
        lines.pop()
        one.reactions[sign[0]] = list(sign[1])
    one.reactions = dict(reversed(one.reactions.items()))
    one.text = "\n".join(lines).strip()


def _resolve(written: list[_Written]) -> list[Signal]:
    """Find which messages answer others, or are signs: to a message, or of which nobody knows to what."""
    starts = Starts()
    replies: dict[int, Reply] = {}
    signals: list[Signal] = []
    for index, one in enumerate(written):
        if _gives_sign(one, written, starts, signals):
            one.is_message = False
            continue
        if (reply := reply_in(one.text, starts)) is not None:
            replies[index] = reply
            starts.add(index, reply.text, is_private=one.is_private)
        starts.add(index, one.text, is_private=one.is_private)
    usual = usual_words(replies.values())
    for index, reply in replies.items():
        if reply.words in usual or written[reply.to].is_private:
            written[index].text, written[index].replies_to = reply.text, reply.to
    return signals


def _gives_sign(one: _Written, written: list[_Written], starts: Starts, signals: list[Signal]) -> bool:
    """Whether a message is nothing but a sign, which is then put with the message it is for, or among the signals."""
    if (sign := sign_in(one.text, starts)) is not None:
        people = None if sign.to is None else written[sign.to].reactions.setdefault(sign.sign, [])
        if sign.is_taken_back and people is not None and one.head.author in people:
            people.remove(one.head.author)
        elif sign.is_taken_back:
            _take_back(signals, one, sign.sign)
        elif people is not None:
            people.append(one.head.author)
        elif one.is_private:
            return False
        else:
            signals.append(Signal(line=one.line, at_ms=one.at_ms, person=one.head.author, what=sign.sign))
        return True
    found = _SIGNALLED.fullmatch(one.text)
    if found is None or not is_sign(found[2]):
        return False
    if found[1] == "add":
        signals.append(Signal(line=one.line, at_ms=one.at_ms, person=one.head.author, what=found[2]))
    else:
        _take_back(signals, one, found[2])
    return True


def _take_back(signals: list[Signal], one: _Written, sign: str) -> None:
    """Forget the latest such sign of who takes it back."""
    for index in range(len(signals) - 1, -1, -1):
        if (signals[index].person, signals[index].what) == (one.head.author, sign):
            del signals[index]
            return


def _message(one: _Written, written: Sequence[_Written], authors: set[str]) -> Message:
    recipient = one.head.recipient
    if one.is_private and recipient not in authors:
        recipient = without_suffix(recipient)[0]
    return Message(
        line=one.line,
        at_ms=one.at_ms,
        author=one.head.author,
        text=one.text,
        recipient=recipient,
        is_private=one.is_private,
        replies_to=None if one.replies_to is None else written[one.replies_to].line,
        reactions=tuple(Reaction(sign=sign, people=tuple(people)) for sign, people in one.reactions.items() if people),
    )


def _is_private(recipient: str, authors: Collection[str], source: Source) -> bool:
    """Whether a message was not for all: it says to whom, and that is not everybody for certain, or is a person."""
    return bool(recipient) and (recipient in authors or source.knows(recipient) or not is_everybody(recipient))


def _of_groups(written: Sequence[_Written], authors: set[str], source: Source) -> Iterator[Sentence]:
    """Yield to whom several wrote, who may be everybody in a language that nobody knows here."""
    sent: dict[str, list[str]] = {}
    for one in written:
        if one.is_private and not without_suffix(name := one.head.recipient)[1]:
            sent.setdefault(name, []).append(one.head.author)
    for name, by in sent.items():
        if len(set(by)) >= _SEVERAL and name not in authors and not source.knows(name):
            yield Sentence(_MAY_BE_ALL, {"name": name, "n": len(by)})
