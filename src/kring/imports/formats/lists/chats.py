"""Chats as a table whose rows have a day and a time of day, such as Slack's: known by the headings of its columns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from kring.domain.text import N_, Sentence, one_line
from kring.imports.dates import NOT_THIS_DAY, Dates, Moment, dates_of
from kring.imports.formats.lists.tables import audience_of, heading_of, is_channel, is_mark, message_to
from kring.imports.parsed import Clock, Message, Parsed, Skipped, Utterance
from kring.imports.source import Format, Source
from kring.imports.tables.cells import Kind, kind_in
from kring.imports.tables.rows import Row, first_rows, rows_in, warnings_of
from kring.imports.tables.words import MESSAGES, SENDERS, TEXTS
from kring.system.text_files import Unreadable

_NO_CHAT = N_("{file} has no columns with a moment, a name and a message.")
_NO_TIME = N_("This row has no time, or nothing is said in it.")
_OTHER_DAY = N_("This is of another day than the session.")
NAME = "chat-table"
_FEW = 4


class _Columns(NamedTuple):
    at: int
    author: int
    text: int
    audience: int | None
    is_mark: bool
    is_channel: bool


def _columns(rows: list[Row]) -> _Columns | None:
    """Return which columns hold what, where a heading tells who wrote it, one what, and each row has a moment.

    Where nothing says for whom it is, a table of more columns is rather a form that somebody filled in.
    """
    filled = [row.cells for row in rows if row.filled]
    if len(filled) < 2:
        return None
    width = range(len(filled[0]))
    headings = [heading_of(filled, place) for place in width]
    moments = [
        place for place in width if kind_in([cells[place] for cells in filled[1:] if place < len(cells)]) is Kind.MOMENT
    ]
    authors = [place for place in width if headings[place] in SENDERS and place not in moments]
    texts = [place for place in width if headings[place] in TEXTS]
    if not (moments and authors and texts):
        return None
    audience = audience_of(filled, [place for place in width if place not in (authors[0], texts[0])])
    if audience is None and (headings[texts[0]] not in MESSAGES or len(headings) > _FEW):
        return None
    heading = "" if audience is None else headings[audience]
    return _Columns(moments[0], authors[0], texts[0], audience, is_mark(heading), is_channel(heading))


def _recognises(source: Source) -> bool:
    return _columns(first_rows(source)) is not None


def _read(source: Source) -> Parsed:
    rows = [row for row in rows_in(source) if row.filled]
    columns = _columns(rows)
    if columns is None:
        raise Unreadable(_NO_CHAT, file=source.name)
    dates = _dates([row.cell(columns.at) for row in rows[1:]], source.day)
    told = [(row, dates.moment(row.cell(columns.at))) for row in rows[1:]]
    moments = [moment for _row, moment in told if moment is not None]
    near = [moment for moment in moments if _is_near(moment, source.day)]
    if moments and not near:
        days = sorted({_day(moments[0]), _day(moments[-1])})
        raise Unreadable(NOT_THIS_DAY, found=" – ".join(map(str, days)), day=str(source.day))
    is_utc = bool(near) and all(moment.utc_ms is not None for moment in near)
    people = {one_line(row.cell(columns.author)) for row in rows[1:]}
    is_person = (lambda name: name in people or source.knows(name)) if columns.is_channel else None
    messages: list[Message] = []
    skipped: list[Skipped] = []
    for row, moment in told:
        if moment is None or not row.cell(columns.text):
            skipped.append(Skipped(line=row.line, why=Sentence(_NO_TIME)))
        elif not _is_near(moment, source.day):
            skipped.append(Skipped(line=row.line, why=Sentence(_OTHER_DAY)))
        else:
            messages.append(_message(row, columns, moment.utc_ms if is_utc else moment.ms, is_person))
    return Parsed(
        format=NAME,
        clock=Clock.UTC if is_utc else Clock.WALL,
        messages=tuple(messages),
        skipped=tuple(skipped),
        warnings=warnings_of(source),
    )


def _message(row: Row, columns: _Columns, at_ms: int | None, is_person: Callable[[str], bool] | None) -> Message:
    author, text = one_line(row.cell(columns.author)), row.cell(columns.text)
    if columns.audience is None:
        return Message(line=row.line, at_ms=at_ms, author=author, text=text)
    said = Utterance(line=row.line, start_ms=at_ms, speaker=author, text=text)
    return message_to(said, row.cell(columns.audience), is_mark=columns.is_mark, is_person=is_person)


def _dates(written: list[str], day: date | None) -> Dates:
    """Return how dates are read: those of one evening, else those of weeks."""
    dates = dates_of(written, day)
    if dates.problem is not None:
        dates = dates_of(written, within=None)
    if dates.problem is not None:
        raise Unreadable(dates.problem.template, **dates.problem.values)
    return dates


def _day(moment: Moment) -> date:
    return date(1970, 1, 1).fromordinal(date(1970, 1, 1).toordinal() + moment.ms // 86_400_000)


def _is_near(moment: Moment, day: date | None) -> bool:
    return day is None or abs((_day(moment) - day).days) <= 1


FORMATS = (Format(NAME, _recognises, _read),)
