"""The formats of questionnaires, those of survey tools before the plain table that anybody can make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from kring.domain.text import N_
from kring.imports.formats.surveys import tools
from kring.imports.formats.surveys.answers import read_answers
from kring.imports.formats.surveys.columns import asks_by_heading, role_of
from kring.imports.formats.surveys.counts import are_answers, are_counts
from kring.imports.formats.surveys.head import KEYS, Head, cells_at, head_of, kind_at
from kring.imports.parsed import Parsed
from kring.imports.source import Format, Source
from kring.imports.tables.attendance import people_tables
from kring.imports.tables.cells import Kind, kind_of
from kring.imports.tables.rows import Row, first_rows, rows_in, tables_in
from kring.system.text_files import Unreadable

_HeadOf = Callable[[Sequence[Row]], Head | None]
_WITHIN = 40
"""How many rows with a title, a date or an explanation may stand above a header."""
_HIGHEST_MARK = 10
_RULE = {"-", ":", " "}
_ARE_COUNTS = N_(
    "{file} says how often each answer was given, not who gave it; kring reads a survey with one row per respondent. "
    "If each row is a respondent, number them in a first column."
)
_ARE_ANSWERS = N_(
    "{file} has a row for each answer; kring reads a survey with one row per respondent and a column for each question."
)
_NO_HEADER = N_("{file} has no row with headings above answers, as this format has it.")


def _plain(rows: Sequence[Row]) -> Head | None:
    """Return the head of a plain table: the first row of words alone that is as wide as the rows under it."""
    for place, row in enumerate(rows[:_WITHIN]):
        filled = [cell for cell in row.cells if cell]
        body = [other for other in rows[place + 1 :] if other.filled]
        if not body or len(filled) < 2 or any(kind_of(cell) is not Kind.TEXT for cell in filled):
            continue
        if all(set(cell) <= _RULE for cell in body[0].cells):  # a table in Markdown
            return None
        widths = sorted(len(other.cells) for other in body)
        if len(row.cells) * 2 > widths[len(widths) // 2]:
            first = rows.index(body[0])
            if not _is_second_header(body):
                return head_of(row, place + 1, {})
            return head_of(row, first + 1, {}, _with_groups(row, body[0]))
    return None


def _with_groups(groups: Row, headings: Row) -> Row:
    """Return headings with the one above them in front that is merged over several, as in *Satisfaction: app*."""
    told, group = [], ""
    for place in range(max(len(groups.cells), len(headings.cells))):
        above, heading = groups.cell(place), headings.cell(place)
        spans = bool(above and heading and not groups.cell(place + 1) and headings.cell(place + 1))
        group = above if spans else "" if above or not heading else group
        told.append(f"{group}: {heading}" if group else heading)
    return Row(headings.line, tuple(told))


def _is_second_header(body: Sequence[Row]) -> bool:
    """Whether the row under a header has words alone, in two columns or more that hold something else further on."""
    if len(body) < 2 or any(kind_of(cell) not in (Kind.TEXT, Kind.EMPTY) for cell in body[0].cells):
        return False
    places = [place for place, cell in enumerate(body[0].cells) if kind_of(cell) is Kind.TEXT]
    return sum(kind_at(body[1:], place) not in (Kind.TEXT, Kind.EMPTY) for place in places) > 1


def _is_survey(rows: Sequence[Row], head: Head) -> bool:
    """Whether rows are a table, not lines with commas in them, and ask something of respondents.

    That is a heading with a question or about a judgement, or marks up to ten beside what tells who answered.
    """
    body = [row for row in rows[head.first :] if row.filled]
    if _are_cues(body):
        return False
    regular = sum(1 < len(row.cells) <= len(head.headings) for row in body)
    if regular * 10 < len(body) * 8:
        return False
    columns = [cells_at(body, place) for place in range(len(head.headings))]
    roles = [role_of(heading, columns[place], place) for place, heading in enumerate(head.headings)]
    asks = [place for place, role in enumerate(roles) if role is None and any(columns[place])]
    if any(asks_by_heading(head.headings[place]) for place in asks):
        return True
    return any(role in KEYS for role in roles) and any(_are_marks(columns[place]) for place in asks)


def _are_marks(cells: Sequence[str]) -> bool:
    numbers = [_number(cell) for cell in cells if cell]
    return all(number is not None and 0 <= number <= _HIGHEST_MARK for number in numbers)


def _are_cues(body: Sequence[Row]) -> bool:
    """Whether two numbers next to each other say in each row from when to when something is: no answers, but speech."""
    width = max((len(row.cells) for row in body), default=0)
    for place in range(width - 1):
        pairs = [(_number(row.cell(place)), _number(row.cell(place + 1))) for row in body]
        known = [(start, end) for start, end in pairs if start is not None and end is not None and start < end]
        after = sum(end <= later for (_, end), (later, _) in pairwise(known))
        if len(known) == len(pairs) > 1 and after * 2 > len(known) - 1:
            return True
    return False


def _number(cell: str) -> float | None:
    return float(cell.replace(",", ".")) if kind_of(cell) is Kind.NUMBER else None


def _is_attendance(rows: Sequence[Row]) -> bool:
    return any(one.columns.joined is not None for one in people_tables(tables_in(rows)))


def _recognises(source: Source, head_of_tool: _HeadOf) -> bool:
    return head_of_tool(first_rows(source)) is not None


def _recognises_plain(source: Source) -> bool:
    rows = first_rows(source)
    head = _plain(rows)
    if head is None or _is_attendance(rows):
        return False
    return _is_survey(rows, head) or are_counts(rows, head) or are_answers(rows, head)


def _read(source: Source, name: str, head_of_tool: _HeadOf) -> Parsed:
    rows = rows_in(source)
    head = head_of_tool(rows)
    if head is None:
        raise Unreadable(_NO_HEADER, file=source.name)
    return read_answers(source, name, rows, head)


def _read_plain(source: Source) -> Parsed:
    rows = rows_in(source)
    head = _plain(rows)
    if head is not None and are_counts(rows, head):
        raise Unreadable(_ARE_COUNTS, file=source.name)
    if head is not None and are_answers(rows, head):
        raise Unreadable(_ARE_ANSWERS, file=source.name)
    return _read(source, SURVEY.name, _plain)


def _format(name: str, head_of_tool: _HeadOf) -> Format:
    recognises = partial(_recognises, head_of_tool=head_of_tool)
    return Format(name, recognises, partial(_read, name=name, head_of_tool=head_of_tool))


TOOLS = (
    _format("qualtrics", tools.qualtrics),
    _format("surveymonkey", tools.surveymonkey),
    _format("limesurvey", tools.limesurvey),
    _format("typeform", tools.typeform),
    _format("microsoft-forms", tools.microsoft_forms),
    _format("google-forms", tools.google_forms),
)
SURVEY = Format("survey", _recognises_plain, _read_plain)
