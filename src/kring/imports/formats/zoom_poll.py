"""The poll report of Zoom: under a row that begins with `#`, one row per person with what was asked and answered.

Questions stand beside their answers in each row, or once in the header. Times are in the zone of the account; the
head of the report may be in another one, so nothing is taken from it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kring.domain.text import N_, Sentence, one_line
from kring.imports.parsed import Answer, Clock, Parsed, Skipped
from kring.imports.source import Format, Source
from kring.imports.tables.cells import Kind, kind_in, kind_of
from kring.imports.tables.rows import Row, first_rows, rows_in, warnings_of
from kring.imports.tables.times import Times
from kring.imports.tables.words import ANONYMOUS, has_word
from kring.system.text_files import Unreadable

NAME = "zoom-poll"
_NUMBER_SIGN = "#"
_BETWEEN = re.compile(r";(?=\S)")  # people who write a sentence put a blank behind it
_FEW = 3
_NO_POLL = N_("{file} has no row of a poll with a number, a time and an answer.")
_NO_ROW = N_("It does not begin with a number, as the rows of a poll do.")
_NO_ANSWER = N_("There is no answer in it.")
_NO_QUESTION = N_("There is an answer in it without a question.")
_NO_TIME = N_("Line {line}: the time “{cell}” cannot be read; the answer comes in without it.")


class _Poll(NamedTuple):
    """A table of answers: its header, its rows, where the name and the time stand, and whether the header asks."""

    header: Row
    rows: list[Row]
    name: int
    at: int
    asks_in_header: bool

    def pairs(self, row: Row) -> Iterator[tuple[str, str]]:
        """Yield what was asked and answered in a row, in order."""
        if self.asks_in_header:
            for place in range(self.at + 1, max(len(self.header.cells), len(row.cells))):
                yield one_line(self.header.cell(place)), row.cell(place)
            return
        for place in range(self.at + 1, len(row.cells), 2):
            yield one_line(row.cell(place)), row.cell(place + 1)


def _recognises(source: Source) -> bool:
    """Whether a table is one of answers; with its questions in the header a report's head must stand above it."""
    rows = first_rows(source)
    return any(
        poll.rows
        and kind_in(row.cell(0) for row in poll.rows) is Kind.NUMBER
        and any(len(row.cells) > poll.at + 1 for row in poll.rows)
        and not (poll.asks_in_header and poll.header == rows[0])
        for poll in _polls(rows)
    )


def _polls(rows: Sequence[Row]) -> list[_Poll]:
    starts = [place for place, row in enumerate(rows) if row.cell(0) == _NUMBER_SIGN and row.filled > 1]
    return [
        _poll(rows[start], [row for row in rows[start + 1 : end] if row.filled > 1])
        for start, end in pairwise([*starts, len(rows)])
    ]


def _poll(header: Row, body: list[Row]) -> _Poll:
    width = max((len(row.cells) for row in body), default=0)
    kinds = [kind_in(row.cell(place) for row in body) for place in range(width)]
    at = next((place for place in range(1, width) if kinds[place] is Kind.MOMENT), len(header.cells) - 1)
    name = next((place for place in range(1, at) if kinds[place : place + 1] == [Kind.TEXT]), 1)
    return _Poll(header, body, name, at, _asks_in_header(header, body, at))


def _asks_in_header(header: Row, body: Sequence[Row], at: int) -> bool:
    """Whether the questions stand in the header, and not, the same in every row, in each second column."""
    if len(header.cells) <= at + 1:
        return False
    width = max((len(row.cells) for row in body), default=0)
    asked = [{row.cell(place) for row in body} - {""} for place in range(at + 1, width, 2)]
    return len(body) < _FEW or any(len(cells) > 1 for cells in asked)


def _read(source: Source) -> Parsed:
    polls = _polls(rows_in(source))
    times = Times([row.cell(poll.at) for poll in polls for row in poll.rows], source.day)
    times.require()
    answers: list[Answer] = []
    skipped: list[Skipped] = []
    warnings = [*warnings_of(source)]
    for poll in polls:
        for row in poll.rows:
            read, why = _answers(poll, row, times)
            answers += read
            skipped += [Skipped(line=row.line, why=one) for one in why]
            if read and read[0].at_ms is None and (cell := row.cell(poll.at)):
                warnings.append(Sentence(_NO_TIME, {"line": row.line, "cell": cell}))
    if not answers:
        raise Unreadable(_NO_POLL, file=source.name)
    return Parsed(
        format=NAME,
        clock=_clock(answers, times),
        answers=tuple(_without_shared_name(answers)),
        dropped=_dropped(polls),
        skipped=tuple(skipped),
        warnings=tuple(warnings),
    )


def _clock(answers: Sequence[Answer], times: Times) -> Clock:
    if all(answer.at_ms is None for answer in answers):
        return Clock.NONE
    return Clock.UTC if times.is_utc else Clock.WALL


def _answers(poll: _Poll, row: Row, times: Times) -> tuple[list[Answer], list[Sentence]]:
    """Return the answers in a row, and why it, or a part of it, was skipped."""
    if kind_of(row.cell(0)) is not Kind.NUMBER:
        return [], [Sentence(_NO_ROW)]
    if times.is_of_other_day(at := row.cell(poll.at)):
        return [], [times.why_not(at)]
    person, at_ms = one_line(row.cell(poll.name)), times.ms(at)
    found: list[Answer] = []
    why: list[Sentence] = []
    for question, answer in poll.pairs(row):
        said = tuple(part for part in map(one_line, _BETWEEN.split(answer)) if part)
        if said and question:
            name = "" if has_word(person, ANONYMOUS) else person
            found.append(Answer(line=row.line, question=question, answers=said, person=name, at_ms=at_ms))
        elif said:
            why.append(Sentence(_NO_QUESTION))
    return found, why or ([] if found else [Sentence(_NO_ANSWER)])


def _without_shared_name(answers: Sequence[Answer]) -> list[Answer]:
    """Return the answers without the name that several gave to one question, as Zoom calls all who are anonymous."""
    counts = Counter((answer.person, answer.question) for answer in answers if answer.person)
    repeated = {person for (person, _), count in counts.items() if count > 1}
    shared = {person for (person, _), count in counts.items() if count >= _FEW}
    if len(repeated) > 1:  # the poll was held again
        return list(answers)
    return [answer.model_copy(update={"person": ""}) if answer.person in shared else answer for answer in answers]


def _dropped(polls: Sequence[_Poll]) -> tuple[str, ...]:
    headings = [
        one_line(poll.header.cell(place))
        for poll in polls
        for place in range(1, poll.at)
        if place != poll.name and any(row.cell(place) for row in poll.rows)
    ]
    return tuple(dict.fromkeys(heading for heading in headings if heading))


ZOOM_POLL = Format(NAME, _recognises, _read)
