"""The answers under a head: one response per row, the columns that come in as questions, the others named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from statistics import median
from typing import NamedTuple

from kring.domain.text import N_, Sentence, clean, folded
from kring.imports.formats.surveys.columns import RESPONDENT, is_about_recommending, question_kind, role_of, value_of
from kring.imports.formats.surveys.head import KEYS, Head, Role, kind_at
from kring.imports.parsed import Clock, Parsed, Question, Response, Skipped
from kring.imports.source import Source
from kring.imports.tables.cells import Kind, kind_of
from kring.imports.tables.rows import Row, warnings_of
from kring.imports.tables.words import NO, is_summary
from kring.plans.people.infixes import is_infix
from kring.system.text_files import Unreadable

_NOT_DONE = {*NO, "onwaar", "falsch", "faux", "falso", "partial", "started"}
_TESTED = re.compile(r"(?:1|2|9|17|.*\b(?:preview|test|vorschau|voorbeeld)\b.*)", re.IGNORECASE)
_TEST = re.compile(r"test(?:en|ing|je)?[\s\d.,!]*", re.IGNORECASE)
_NO_QUESTION = N_("{file} has no column that kring can take for a question.")
_NOBODY = N_("{file} has no row with an answer.")
_OTHER_ROW = N_("It does not begin like the rows above it: a total, a legend or a note?")
_IS_NPS = N_("Read as NPS, how likely to recommend from 0 to 10: {heading}")
_IS_NO_NPS = N_("Read as marks and not as NPS, for its scale is not whole numbers from 0 to 10: {heading}")
_UNFINISHED = N_("Respondents who did not come to the end: {n}. What they filled in comes in and is marked.")
_TESTS = N_("Entries that look like a test of the survey: {n}. They come in and are marked.")
_NOTHING = N_("There is no answer in it.")


class _Columns(NamedTuple):
    roles: dict[int, Role]
    questions: dict[int, Question]


def read_answers(source: Source, name: str, rows: Sequence[Row], head: Head) -> Parsed:
    """Return the responses under a head; raises Unreadable where no column is a question, or nobody answered."""
    body = [row for row in rows[head.first :] if row.filled]
    taken, skipped = _rows_of_answers(body)
    columns = _columns(head, taken)
    if not columns.questions:
        raise Unreadable(_NO_QUESTION, file=source.name)
    responses: list[Response] = []
    for row in taken:
        response = _response(row, head, columns)
        if any(response.values):
            responses.append(response)
        else:
            skipped.append(Skipped(line=row.line, why=Sentence(_NOTHING)))
    if not responses:
        raise Unreadable(_NOBODY, file=source.name)
    return Parsed(
        format=name,
        clock=Clock.NONE,
        questions=tuple(columns.questions.values()),
        responses=tuple(responses),
        dropped=_dropped(head, columns, taken),
        skipped=tuple(sorted(skipped, key=lambda one: one.line)),
        warnings=(*warnings_of(source), *_recommending(columns), *_marked(responses)),
    )


def _recommending(columns: _Columns) -> Iterator[Sentence]:
    """Yield which questions are read as NPS, and which look like it and are not."""
    for question in columns.questions.values():
        if question.kind == "nps":
            yield Sentence(_IS_NPS, {"heading": question.heading})
        elif question.kind == "mark" and is_about_recommending(question.name, question.heading):
            yield Sentence(_IS_NO_NPS, {"heading": question.heading})


def _marked(responses: Sequence[Response]) -> Iterator[Sentence]:
    """Yield how many responses are no whole answers of somebody; they come in, marked so."""
    unfinished = sum(not one.is_complete for one in responses)
    tests = sum(one.is_test for one in responses)
    if unfinished:
        yield Sentence(_UNFINISHED, {"n": unfinished})
    if tests:
        yield Sentence(_TESTS, {"n": tests})


def _rows_of_answers(body: Sequence[Row]) -> tuple[list[Row], list[Skipped]]:
    """Return the rows that begin like most others do, and those that don't: totals, legends, notes."""
    anchor = kind_at(body, 0)
    is_coded = sum(bool(RESPONDENT.fullmatch(row.cell(0))) for row in body) * 10 >= len(body) * 8
    usual = median(row.filled for row in body) if body else 0
    sums = _sums(body)
    taken, skipped = [], []
    for row in body:
        kind = kind_of(row.cell(0))
        fits = anchor in (Kind.TEXT, Kind.EMPTY) or kind in (anchor, Kind.EMPTY)
        fits = fits and (not is_coded or kind is Kind.EMPTY or bool(RESPONDENT.fullmatch(row.cell(0))))
        is_short = row.filled * 2 < usual and (kind is Kind.EMPTY or anchor in (Kind.TEXT, Kind.EMPTY))
        if fits and not is_short and row not in sums:
            taken.append(row)
        else:
            skipped.append(Skipped(line=row.line, why=Sentence(_OTHER_ROW)))
    return taken, skipped


def _sums(body: Sequence[Row]) -> list[Row]:
    """Return the rows at the end that hold totals or averages; *average* may be what somebody answered, too."""
    found = list(takewhile(_is_sum, reversed(body)))
    return [] if any(map(_is_sum, body[: len(body) - len(found)])) else found


def _is_sum(row: Row) -> bool:
    first, *rest = [cell for cell in row.cells if cell] or [""]
    return is_summary(first) and all(kind_of(cell) in (Kind.NUMBER, Kind.EMPTY) for cell in rest)


def _columns(head: Head, rows: Sequence[Row]) -> _Columns:
    found = _Columns(dict(head.roles), {})
    names: dict[str, int] = {}
    for place, (name, heading) in enumerate(zip(head.names, head.headings, strict=True)):
        cells = [row.cell(place) for row in rows]
        if place in found.roles or not heading or not any(cells):
            continue
        if (role := role_of(heading, cells, place)) is not None:
            found.roles[place] = role
            continue
        names[name] = names.get(name, 0) + 1
        own = name if names[name] == 1 else f"{name} ({names[name]})"
        kind = question_kind(name, heading, head.scales.get(place, ""), cells)
        found.questions[place] = Question(name=own, heading=heading, kind=kind)
    return found


def _response(row: Row, head: Head, columns: _Columns) -> Response:
    values = tuple(value_of(clean(row.cell(place)), one.kind, head) for place, one in columns.questions.items())
    words = [row.cell(place) for place, one in columns.questions.items() if one.kind in ("open", "choice")]
    names = [row.cell(place) for place, role in columns.roles.items() if role in (Role.NAME, Role.FIRST_NAME)]
    is_tested = any(_TESTED.fullmatch(row.cell(place)) for place, role in columns.roles.items() if role is Role.STATUS)
    return Response(
        line=row.line,
        values=values,
        keys=_keys(row, head, columns),
        is_complete=_is_complete(row, head, columns),
        is_test=is_tested or any(_TEST.fullmatch(cell) for cell in (*words, *names) if cell),
    )


def _keys(row: Row, head: Head, columns: _Columns) -> tuple[tuple[str, str], ...]:
    """Return what may tell who answered, under the headings of the file; a name in two columns in one piece."""
    parts: dict[tuple[int, ...], None] = {}
    for role in KEYS:
        places = tuple(place for place, own in columns.roles.items() if own is role)
        if role is Role.LAST_NAME:
            continue
        if role is Role.FIRST_NAME:
            last = [place for place, own in columns.roles.items() if own is Role.LAST_NAME]
            places += tuple(sorted(last, key=lambda place: not is_infix(head.heading(place))))
            parts[places] = None
        else:
            parts |= dict.fromkeys((place,) for place in places)
    found = []
    for places in parts:
        cells = [cell for place in places if kind_of(cell := row.cell(place)) is not Kind.EMPTY]
        heading = " ".join(filter(None, map(head.heading, places)))
        if cells and heading:
            found.append((heading, " ".join(cells)))
    return tuple(found)


def _is_complete(row: Row, head: Head, columns: _Columns) -> bool:
    done = [row.cell(place) for place, role in columns.roles.items() if role is Role.DONE]
    if head.is_filled_when_done:
        return any(done) or not done
    return not any(folded(cell) in _NOT_DONE for cell in done)


def _dropped(head: Head, columns: _Columns, rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the headings of columns that hold something and do not come in, those that tell who it is among them."""
    headings = [head.heading(place) for place in sorted(columns.roles) if any(row.cell(place) for row in rows)]
    return tuple(dict.fromkeys(heading for heading in headings if heading))
