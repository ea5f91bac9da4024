"""Drawings in which a mark is a person: who spoke when on a question, who gave which mark, who said a thing."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from kring.domain.time_text import as_clock
from kring.report.drawing.charts import WIDTH, nice_step
from kring.report.drawing.person import Person
from kring.report.drawing.svg import Box, Dot, Drawing, Mark, Rule, Strokes, Words, fitted, width_of

LANE, TALL, THIN = 28.0, 17.0, 9.0
COLUMNS = 176.0  # what stands behind the lanes: how long, and since when
RADIUS, STACK = 12.5, 27.0
ROW, BOX, GAP = 26.0, 24.0, 2.0


class Lane(Struct, frozen=True):
    """One person over time: when they spoke and what kept them from it, in seconds, and two figures at the end."""

    who: Person
    stretches: tuple[tuple[float, float], ...]
    spoken: str
    began: str
    troubles: tuple[tuple[float, float], ...] = ()
    is_quiet: bool = False
    """Whether it is drawn as background: who leads the talk is no participant."""


def lanes(
    rows: Sequence[Lane], heads: tuple[str, str], visits: Sequence[tuple[float, str]], length_s: float
) -> Drawing:
    """Draw who spoke when on a question; `visits` are where on the axis each visit to it begins, with its time."""
    left = min(150.0, max((width_of(row.who.name) for row in rows), default=0.0) * 1.15 + 12)
    right = WIDTH - COLUMNS
    scale = (right - left) / max(1.0, length_s)
    top = 24.0
    height = top + len(rows) * LANE
    marks: list[Mark] = [
        Words(right + 52, 14, heads[0], "end", "faint"),
        Words(right + 64, 14, fitted(heads[1], COLUMNS - 64), look="faint"),
    ]
    marks += _axis(left, scale, visits, length_s, top, height)
    for number, row in enumerate(rows):
        y = top + number * LANE + LANE / 2
        look = "quiet" if row.is_quiet else row.who.look
        tall = THIN if row.is_quiet else TALL
        marks.append(Rule(left, y + LANE / 2 - 2, right, y + LANE / 2 - 2, "tick"))
        marks.append(Words(0, y + 4, fitted(row.who.name, left), look="faint" if row.is_quiet else f"{look} bold"))
        marks += [
            Box(left + begin * scale, y - TALL / 2, max(2, (end - begin) * scale), TALL, "trouble")
            for begin, end in row.troubles
        ]
        spoke = tuple((left + begin * scale, left + end * scale) for begin, end in row.stretches)
        marks.append(Strokes(y, tall, spoke, f"stroke {look}"))
        marks.append(Words(right + 52, y + 4, row.spoken, "end", "faint" if row.is_quiet else "bold"))
        marks.append(Words(right + 64, y + 4, fitted(row.began, COLUMNS - 64), look="faint"))
    return Drawing(WIDTH, height, tuple(marks))


def _axis(
    left: float, scale: float, visits: Sequence[tuple[float, str]], length_s: float, top: float, bottom: float
) -> list[Mark]:
    """Return the begin of each visit with its time, and lines at round lengths of time in a long one."""
    marks: list[Mark] = []
    free = left
    step = nice_step(120 / scale)
    ends = [begin for begin, _told in visits[1:]] + [length_s]
    for (begin, told), end in zip(visits, ends, strict=True):
        x = left + begin * scale
        marks.append(Rule(x, top - 4, x, bottom, "mark" if begin else "tick"))
        if x >= free:
            marks.append(Words(x, 14, told, look="faint"))
            free = x + width_of(told) + 10
        for n in range(1, int((end - begin) / step) + 1):
            x = left + (begin + n * step) * scale
            label = f"+{as_clock(n * step * 1000)}"
            marks.append(Rule(x, top - 4, x, bottom, "tick"))
            if x >= free and x + width_of(label) < left + end * scale:
                marks.append(Words(x, 14, label, look="faint"))
                free = x + width_of(label) + 10
    return marks


class Marks(Struct, frozen=True):
    """Who gave one mark on a scale."""

    value: float
    people: tuple[Person, ...]


def dots(given: Sequence[Marks], axis: Sequence[float], middle: float) -> Drawing:
    """Draw a dot for each person on a scale that has its full axis, with the median below it."""
    least, most = min(axis), max(axis)
    scale = min(46.0, (WIDTH - 60) / max(1.0, most - least))
    left = 20.0
    tall = max((len(one.people) for one in given), default=1)
    base = tall * STACK + 8
    marks: list[Mark] = [Rule(left, base, left + (most - least) * scale, base, "axis")]
    marks += [Words(left + (value - least) * scale, base + 30, f"{value:g}", "middle", "faint") for value in axis]
    for one in given:
        x = left + (one.value - least) * scale
        for level, person in enumerate(one.people):
            y = base - STACK * level - RADIUS - 3
            marks.append(Dot(x, y, RADIUS, person.look))
            marks.append(Words(x, y + 4, person.name, "middle", "inside"))
    marks.append(Words(left + (middle - least) * scale, base + 14, "▲", "middle"))
    return Drawing(left + (most - least) * scale + 20, base + 38, tuple(marks))


class Said(Struct, frozen=True):
    """What people said, with a box for each, their number, and a remark on that."""

    label: str
    people: tuple[Person, ...]
    figures: tuple[str, str]


def boxes(rows: Sequence[Said]) -> Drawing:
    """Draw a box for each person behind what they said: filled for who said it."""
    left = min(200.0, max((width_of(row.label) for row in rows), default=0.0) * 1.15 + 14)
    names = [person.name for row in rows for person in row.people]
    wide = max(BOX, min(90.0, max((width_of(name) * 0.95 for name in names), default=0.0) + 8))
    each = min(wide, (WIDTH - left - 120) / max(1, max((len(row.people) for row in rows), default=1)))
    marks: list[Mark] = []
    for number, row in enumerate(rows):
        y = number * ROW + ROW / 2
        marks.append(Words(0, y + 4, fitted(row.label, left - 8), look="bold"))
        for place, person in enumerate(row.people):
            x = left + place * each
            marks.append(Box(x, y - 9, each - GAP, 18, person.look if person.is_marked else "empty"))
            if person.is_marked:
                marks.append(Words(x + (each - GAP) / 2, y + 4, fitted(person.name, each), "middle", "inside"))
        end = left + len(row.people) * each + 10
        marks.append(Words(end, y + 4, row.figures[0], look="bold"))
        marks.append(Words(end + width_of(row.figures[0]) * 1.15 + 6, y + 4, row.figures[1], look="faint"))
    return Drawing(WIDTH, len(rows) * ROW + 2, tuple(marks))
