"""People × tests: a row a seat, a column a test, then what each consents to and what is the matter with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kring.domain.check_grid import ADMITTED, Column, Grid, GridRow, Standing, grid
from kring.domain.consent import consents_of, in_words
from kring.domain.time_text import time_of_day
from kring.domain.words import WITHDRAWN, called
from kring.system.i18n import _, ngettext, say
from kring.ui.views import gates
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.line import EMPTY, Line, Span, cells, cut, line, pad, with_more

SIGNS: dict[Standing, tuple[str, str]] = {
    "done": ("✓", "ok"),
    "failed": ("!", "late"),
    "waived": ("–", "muted"),
    "open": ("○", "bold"),
}
MARGIN = 2
SEAT = 3
MOST_NAME, LEAST_NAME = 12, 7
LEAST_WORD = 9
"""A column in which the word of a test still says something; narrower ones have the letter only."""
NARROWEST = 4
CONSENT = 22
REMARK = 12
GAP = 2
FEW_GATES = 4
"""Rows below which what stands before the start is not worth beginning."""


class Where(NamedTuple):
    """Which cell has the keyboard: whose row, and the letter of its column."""

    code: str
    letter: str


class _Widths(NamedTuple):
    name: int
    tests: tuple[int, ...]
    consent: int
    remark: int


def lines(moment: LiveMoment, room: int, height: int, where: Where | None) -> list[Line]:
    """Return the table for a panel of this size, the gates of the start under it where there is height for them."""
    now = grid(moment.state)
    widths = _widths(moment, now, room)
    head = _head(now, widths, room)
    seen, folded, top = _in_sight(now.rows, max(height - 1, 1), where)
    there = len(now.rows) - len(folded)
    rows = [_row(moment, now, row, widths, room, where) for row in seen]
    if top and len(rows) > 1:
        rows[0] = with_more(rows[0], top, room)
    if rows and there > top + len(rows):
        rows[-1] = with_more(rows[-1], there - top - len(rows), room)
    drawn = [head, *rows]
    if folded:
        drawn.append(_folded(moment, folded, room))
    left = height - len(drawn)
    before = gates.lines(moment, room) if moment.state.session.started_at is None else []
    if left > len(before) + 1 or 0 < left <= FEW_GATES:
        drawn.append(_legend(room))
    if before and height - len(drawn) > FEW_GATES:
        drawn += [EMPTY, *before]
    return drawn


def where_at(moment: LiveMoment, room: int, height: int, x: int, y: int, where: Where | None) -> Where | None:
    """Return which cell stands at a place of the panel; a row without a letter where no test is."""
    now = grid(moment.state)
    rows, _folded_rows, _top = _in_sight(now.rows, max(height - 1, 1), where)
    if not 1 <= y <= len(rows) or not rows[y - 1].cells:
        return None
    widths = _widths(moment, now, room)
    begin = MARGIN + SEAT + widths.name + 1
    for column, width in zip(now.columns, widths.tests, strict=True):
        if begin <= x < begin + width:
            return Where(rows[y - 1].person.id, column.letter)
        begin += width
    return Where(rows[y - 1].person.id, "")


def entitled(column: Column) -> str:
    """Return what a column is called."""
    return _("admitted") if column.letter == ADMITTED else column.title


def _in_sight(rows: tuple[GridRow, ...], height: int, where: Where | None) -> tuple[list[GridRow], list[GridRow], int]:
    """Return the rows that are shown, those that fold, and how many stand above the first that is shown.

    Where there's no height for all, the ones that are done fold.
    """
    if len(rows) <= height:
        return list(rows), [], 0
    here = where.code if where else ""
    shown = [row for row in rows if not row.is_done or row.person.id == here]
    folded = [row for row in rows if row not in shown]
    space = max(height - (1 if folded else 0), 1)
    place = next((number for number, row in enumerate(shown) if row.person.id == here), 0)
    top = max(0, min(place - space // 2, len(shown) - space))
    return shown[top : top + space], folded, top


def _folded(moment: LiveMoment, rows: list[GridRow], room: int) -> Line:
    names = ", ".join(called(moment.state, row.person.id) for row in rows)
    told = ngettext("{n} done: {people}", "{n} done: {people}", len(rows)).format(n=len(rows), people=names)
    return cut(line(" " * MARGIN, ("✓ ", "ok"), (told, "muted")), room)


def _widths(moment: LiveMoment, now: Grid, room: int) -> _Widths:
    names = [cells(called(moment.state, row.person.id)) for row in now.rows]
    name = min(max(max(names, default=LEAST_NAME), LEAST_NAME), MOST_NAME if room >= 100 else LEAST_NAME)
    left = room - MARGIN - SEAT - name - 1
    whole = tuple(cells(f"{column.letter} {entitled(column)}") + GAP for column in now.columns)
    tests = next((cut for cut in _cuts(whole) if sum(cut) + REMARK <= left), (NARROWEST,) * len(whole))
    consent = CONSENT if left - sum(tests) >= CONSENT + REMARK else 0
    return _Widths(name, tests, consent, max(left - sum(tests) - consent, 0))


def _cuts(whole: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield the widths of columns with their words whole, then cut ever shorter, as long as they say something."""
    for most in range(max(whole, default=0), LEAST_WORD - 1, -1):
        yield tuple(min(one, most) for one in whole)


def _head(now: Grid, widths: _Widths, room: int) -> Line:
    settled, every = now.counts
    spans: list[Span] = [*pad(line((f"  {settled}/{every}", "title")), MARGIN + SEAT + widths.name + 1)]
    for column, width in zip(now.columns, widths.tests, strict=True):
        word = line((column.letter or " ", "key"), (f" {entitled(column)}", "muted")) if width > NARROWEST else None
        spans += pad(word or line((column.letter, "key")), width - 1)
        spans.append((" ", ""))
    if widths.consent:
        spans += pad(line((_("consent"), "muted")), widths.consent)
    return cut(tuple(spans), room)


def _row(moment: LiveMoment, now: Grid, row: GridRow, widths: _Widths, room: int, where: Where | None) -> Line:
    is_here = where is not None and where.code == row.person.id
    spans: list[Span] = [("▸ " if is_here else "  ", "key"), (f"{row.person.seat:<2} ", "key")]
    if not row.cells:
        return line(*spans, (WITHDRAWN, "muted"))
    look = "muted" if row.is_done else ""
    spans += pad(line((called(moment.state, row.person.id), look)), widths.name)
    spans.append((" ", ""))
    for column, cell, width in zip(now.columns, row.cells, widths.tests, strict=True):
        sign, its_look = SIGNS[cell.standing]
        has_keys = is_here and where is not None and where.letter == column.letter
        spans += pad(line((f"[{sign}]" if has_keys else f" {sign} ", its_look)), width)
    if widths.consent:
        told = say(in_words(consents_of(moment.state, row.person.id)))
        spans += pad(line((cut(line(told), widths.consent - 1)[0][0], "muted")), widths.consent)
    spans += cut(line(*_remark(moment, row)), widths.remark)
    drawn = cut(tuple(spans), room)
    return (*((text, f"{its} selected") for text, its in drawn), ("", "selected")) if is_here else drawn


def _remark(moment: LiveMoment, row: GridRow) -> list[Span]:
    """Return what is the matter: what failed, else where somebody is who is not there."""
    failed = [cell.issue.title for cell in row.cells if cell.issue is not None]
    if failed:
        return [(", ".join(failed), "late")]
    person = row.person
    since = time_of_day(moment.state, person.status_at) if person.status_at else ""
    match person.status:
        case "waiting":
            return [(_("waiting room since {time}").format(time=since), "soon")]
        case "away":
            return [(_("away since {time}").format(time=since), "soon")]
        case "left":
            return [(_("left"), "muted")]
        case "no_show":
            return [(_("no-show"), "muted")]
    return []


def _legend(room: int) -> Line:
    told: tuple[tuple[Standing, str], ...] = (
        ("done", _("done")),
        ("open", _("to test")),
        ("failed", _("failed")),
        ("waived", _("not applicable")),
    )
    spans = [span for standing, word in told for span in (SIGNS[standing], (f" {word}   ", "muted"))]
    return cut(line(" " * MARGIN, *spans), room)
