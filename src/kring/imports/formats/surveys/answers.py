"""The answers under a head: one response per row, the columns that come in as questions, the others named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile, zip_longest
from statistics import median
from typing import NamedTuple

from kring.domain.text import N_, Sentence, clean, folded
from kring.imports.formats.surveys.columns import (
    RESPONDENT,
    asks_by_heading,
    is_about_recommending,
    question_kind,
    role_of,
    value_of,
)
from kring.imports.formats.surveys.head import KEYS, Head, Role, kind_at
from kring.imports.formats.surveys.marks import (
    are_shares,
    codes_for_none,
    in_per_cents,
    is_no_answer,
    mark_in,
    score_in,
)
from kring.imports.parsed import Clock, Parsed, Question, Response, Skipped
from kring.imports.source import Source
from kring.imports.tables.cells import Kind, kind_in, kind_of
from kring.imports.tables.rows import Row, warnings_of
from kring.imports.tables.wide_rows import narrowed
from kring.imports.tables.words import NO, is_summary
from kring.plans.people.infixes import is_infix
from kring.system.text_files import Unreadable, separator_of

_FEWEST = 5
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
_TOO_WIDE = N_("This row has more cells than there are columns: does an answer hold the sign between cells?")
SAME_ROW = N_("It is the same as line {line}, also in who answered.")
"""Why a row does not come in a second time."""
_NO_ANSWER = N_("Read as no answer below “{question}”: {codes}.")
_NO_NUMBER = N_("Answers below “{question}” that are no number, and in no figure: {n}; the first is of line {line}.")
_NO_FIGURE = N_("There is no figure of “{question}”: too few of its answers are numbers, or they are classes of them.")
_NUMBER_OF: dict[str, Callable[[str], float | None]] = {"nps": score_in, "mark": mark_in}
TOLD_ELSEWHERE = frozenset((_IS_NPS, _IS_NO_NPS, _UNFINISHED, _TESTS))
"""What is said of answers, and shows in what a study tells of its surveys."""


class _Columns(NamedTuple):
    """The columns by their place; `codes` say of one that there is no answer, `shares` are those with 0.8 for 80%."""

    roles: dict[int, Role]
    questions: dict[int, Question]
    codes: dict[int, set[str]]
    shares: set[int]


def read_answers(source: Source, name: str, rows: Sequence[Row], head: Head) -> Parsed:
    """Return the responses under a head; raises Unreadable where no column is a question, or nobody answered."""
    body = [row for row in rows[head.first :] if row.filled]
    body, unclear = narrowed(body, len(head.headings), "" if source.sheets else separator_of(source.text))
    taken, skipped = _rows_of_answers(body)
    skipped += [Skipped(line=row.line, why=Sentence(_TOO_WIDE)) for row in unclear]
    taken, copies = _each_once(taken, head)
    columns = _columns(head, taken)
    skipped += copies
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
        warnings=(*warnings_of(source), *_recommending(columns), *_marked(responses), *_uncounted(columns, taken)),
    )


def _each_once(rows: list[Row], head: Head) -> tuple[list[Row], list[Skipped]]:
    """Return rows without those that are the same as an earlier one, in a file where a column tells who answered.

    So it is where two exports were pasted below each other. Two people may give the same answers.
    """
    lines: dict[tuple[str, ...], int] = {}
    for row in rows:
        lines.setdefault(row.cells, row.line)
    if len(lines) == len(rows) or len(lines) < _FEWEST or not _tells_who(list(lines), head):
        return rows, []
    once = [row for row in rows if lines[row.cells] == row.line]
    copies = [row for row in rows if lines[row.cells] != row.line]
    return once, [Skipped(line=row.line, why=Sentence(SAME_ROW, {"line": lines[row.cells]})) for row in copies]


def _tells_who(rows: list[tuple[str, ...]], head: Head) -> bool:
    """Whether a column with a number, a name, an address or a moment has another one in each of different rows."""
    for place, column in enumerate(zip_longest(*rows, fillvalue="")):
        if len(set(column)) == len(rows):
            role = head.roles.get(place) or role_of(head.heading(place), column, place)
            if role in KEYS or kind_in(column) in (Kind.CODE, Kind.MOMENT):
                return True
    return False


def _uncounted(columns: _Columns, rows: Sequence[Row]) -> Iterator[Sentence]:
    """Yield what is told of answers that are in no figure of their question, or count as none."""
    for place, question in columns.questions.items():
        named = {"question": question.heading}
        cells = [(row.line, row.cell(place)) for row in rows if not is_no_answer(row.cell(place))]
        if codes := columns.codes.get(place):
            counts = Counter(cell for _line, cell in cells if cell in codes)
            yield Sentence(_NO_ANSWER, named | {"codes": ", ".join(f"{code} ({n})" for code, n in counts.items())})
        number_of = _NUMBER_OF.get(question.kind)
        asked = [(line, cell) for line, cell in cells if cell and cell not in columns.codes.get(place, ())]
        others = [line for line, cell in asked if number_of is not None and number_of(cell) is None]
        if others:
            yield Sentence(_NO_NUMBER, named | {"n": len(others), "line": others[0]})
        numbers = sum(mark_in(cell) is not None for _line, cell in cells)
        if number_of is None and numbers * 4 > len(cells) and asks_by_heading(question.heading):
            yield Sentence(_NO_FIGURE, named)


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
    found = _Columns(dict(head.roles), {}, {}, set())
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
        if codes := codes_for_none(heading, cells):
            found.codes[place] = codes
            cells = [cell for cell in cells if cell not in codes]
        kind = question_kind(name, heading, head.scales.get(place, ""), cells)
        if kind == "mark" and are_shares(heading, cells):
            found.shares.add(place)
        found.questions[place] = Question(name=own, heading=heading, kind=kind)
    return found


def _response(row: Row, head: Head, columns: _Columns) -> Response:
    values = tuple(_value(row.cell(place), place, one.kind, head, columns) for place, one in columns.questions.items())
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


def _value(cell: str, place: int, kind: str, head: Head, columns: _Columns) -> str:
    if cell in columns.codes.get(place, ()):
        return ""
    value = value_of(clean(cell), kind, head)
    return in_per_cents(value) if place in columns.shares else value


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
