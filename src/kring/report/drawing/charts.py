"""The charts of a report: lists of figures become drawings; nothing here knows a session."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, takewhile

from msgspec import Struct

from kring.domain.stretches import united
from kring.domain.time_text import hours
from kring.report.drawing.svg import FONT_SIZE, Anchor, Box, Drawing, Mark, Rule, Strokes, Words, fitted, width_of

WIDTH = 720.0
ROW = 24.0
BAR = 14.0
AXIS = 22.0
STEPS = 4  # how many tones a cell of a matrix may have
_NICE_S = (60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 14_400, 28_800)


class Lane(Struct, frozen=True):
    """One line of a chart over time: who, when, and what stands at its end."""

    label: str
    stretches: tuple[tuple[float, float], ...]
    look: str = "bar"
    total: str = ""


class Bar(Struct, frozen=True):
    """One bar: how long it is, what it is compared with, and what is written behind it."""

    label: str
    value: float
    told: str
    planned: float | None = None
    look: str = "bar"


def over_time(lanes: Sequence[Lane], bands: Sequence[tuple[float, float, str]], length_s: float) -> Drawing:
    """Draw who did what when, over bands that carry a name; all times in seconds."""
    left = _labels_width([lane.label for lane in lanes], 150)
    right = _labels_width([lane.total for lane in lanes], 90)
    scale = (WIDTH - left - right) / max(1.0, length_s)
    top = 24.0 if bands else 4.0
    height = top + len(lanes) * ROW
    marks: list[Mark] = []
    for number, (begin, end, name) in enumerate(bands):
        x, width = left + begin * scale, (end - begin) * scale
        marks.append(Box(x, 0, width, height, "band odd" if number % 2 else "band"))
        if room := fitted(name, width - 6):
            marks.append(Words(x + 4, 15, room, look="faint"))
    marks += _ticks(left, scale, length_s, top, height)
    for number, lane in enumerate(lanes):
        y = top + number * ROW + ROW / 2
        marks.append(Words(left - 8, y + 4, fitted(lane.label, left - 10), "end"))
        shown = tuple(united(((left + b * scale, left + e * scale) for b, e in lane.stretches), 0.2))
        marks.append(Strokes(y, BAR, shown, f"stroke {lane.look}"))
        if lane.total:
            marks.append(Words(WIDTH, y + 4, lane.total, "end", "faint"))
    return Drawing(WIDTH, height + AXIS, tuple(marks))


def bars(rows: Sequence[Bar], *, most: float | None = None, mark: tuple[float, str] | None = None) -> Drawing:
    """Draw a bar a row; with `mark` a line at one value through all of them, with its name."""
    left = _labels_width([row.label for row in rows], 250)
    right = _labels_width([row.told for row in rows], 170)
    values = [value for row in rows for value in (row.value, row.planned or 0)]
    largest = most or max([*values, mark[0] if mark else 0, 1e-9])
    scale = (WIDTH - left - right) / largest
    top = 20.0 if mark else 2.0
    marks: list[Mark] = []
    for number, row in enumerate(rows):
        y = top + number * ROW + ROW / 2
        marks.append(Words(left - 8, y + 4, fitted(row.label, left - 10), "end"))
        marks += _bar(row, left, y, scale)
        end = left + max(row.value, row.planned or 0) * scale + 8
        limit = left + mark[0] * scale if mark else 0.0
        if end - 8 < limit < end + width_of(row.told):  # not below the line
            end = limit + 8
        marks.append(Words(end, y + 4, row.told, look="faint"))
    height = top + len(rows) * ROW
    if mark:
        x = left + mark[0] * scale
        anchor: Anchor = "end" if x > WIDTH - width_of(mark[1]) / 2 else "middle"
        place = WIDTH if anchor == "end" else x
        marks += [Rule(x, top - 4, x, height, "limit"), Words(place, top - 8, mark[1], anchor, "faint")]
    return Drawing(WIDTH, height + 4, tuple(marks))


def split(counts: Sequence[int]) -> Drawing:
    """Draw how a whole falls apart: one bar, its first part filled, each with its number where that has room."""
    scale, x = WIDTH / max(1, sum(counts)), 0.0
    marks: list[Mark] = []
    for place, n in enumerate(counts):
        wide = n * scale
        marks.append(Box(x + 1, 2, max(1.0, wide - 3), ROW, "held" if place else "bar"))
        if wide > width_of(str(n)) + 6:
            marks.append(Words(x + wide / 2, 2 + ROW / 2 + 4, str(n), "middle", "bold" if place else "on-dark"))
        x += wide
    return Drawing(WIDTH, ROW + 4, tuple(marks))


def _bar(row: Bar, left: float, y: float, scale: float) -> Iterator[Mark]:
    if row.planned is None:
        yield Box(left, y - BAR / 2, row.value * scale, BAR, row.look)
        return
    within = min(row.value, row.planned)
    yield Box(left, y - BAR / 2, row.planned * scale, BAR, "planned")
    yield Box(left, y - BAR / 4, within * scale, BAR / 2, "bar")
    if row.value > row.planned:
        yield Box(left + within * scale, y - BAR / 4, (row.value - within) * scale, BAR / 2, "over")
    yield Rule(left + row.planned * scale, y - BAR / 2 - 2, left + row.planned * scale, y + BAR / 2 + 2, "mark")


def matrix(rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]], corner: str = "") -> Drawing:
    """Draw a cell for each pair, darker for more, with the number in it."""
    left = _labels_width(rows, 250)
    cell = min(64.0, (WIDTH - left) / max(1, len(columns)))
    most = max((value for row in counts for value in row), default=0)
    marks: list[Mark] = []
    for number, name in enumerate(columns):
        marks.append(Words(left + (number + 0.5) * cell, 15, fitted(name, cell - 8), "middle"))
    for line, (name, values) in enumerate(zip(rows, counts, strict=True)):
        y = 22 + line * ROW
        marks.append(Words(left - 8, y + 16, fitted(name, left - 10), "end"))
        tones = [-(-value * STEPS // most) if most else 0 for value in values]
        for tone in sorted(set(tones)):
            cells = [left + number * cell for number, one in enumerate(tones) if one == tone]
            marks.append(
                Strokes(y + ROW / 2, ROW - 2, tuple((x + 1, x + cell - 1) for x in cells), f"stroke tone{tone}")
            )
        for number, (value, tone) in enumerate(zip(values, tones, strict=True)):
            look = "on-dark" if tone >= STEPS - 1 else ""
            if value:
                marks.append(Words(left + (number + 0.5) * cell, y + 16, str(value), "middle", look))
    return Drawing(WIDTH, 26 + len(rows) * ROW, tuple(marks))


def columns_over_time(values: Sequence[float], most: float, step_s: float, unit: str) -> Drawing:
    """Draw a column for each step of time; `most` is the highest that a column can be."""
    left, height = 40.0, 70.0
    length_s = len(values) * step_s
    scale = (WIDTH - left) / max(1.0, length_s)
    marks: list[Mark] = [
        Rule(left, height + 4, WIDTH, height + 4, "tick"),
        Rule(left, 4, WIDTH, 4, "tick"),
        Words(left - 8, 10, f"{most:g} {unit}", "end", "faint"),
        Words(left - 8, height + 6, "0", "end", "faint"),
    ]
    marks += _ticks(left, scale, length_s, 4, height + 4)
    width = step_s * scale
    for number, value in enumerate(values):
        tall = min(1.0, value / most) * height
        if tall > 0:
            marks.append(Box(left + number * width + 0.5, height + 4 - tall, max(0.8, width - 1), tall, "quiet"))
    return Drawing(WIDTH, height + 4 + AXIS, tuple(marks))


def _ticks(left: float, scale: float, length_s: float, top: float, bottom: float) -> Iterator[Mark]:
    step = nice_step(55 / scale)
    for t in takewhile(lambda t: t <= length_s, count(0, step)):
        x = left + t * scale
        told = hours(t // 60)
        yield Rule(x, top, x, bottom, "tick")
        anchor: Anchor = "start" if t == 0 else "end" if x > WIDTH - width_of(told) / 2 else "middle"
        yield Words(x, bottom + FONT_SIZE + 4, told, anchor, "faint")


def nice_step(least_s: float) -> int:
    """Return a round length of time; of a session of years, as a file may tell, not every hour is walked through."""
    return next((nice for nice in _NICE_S if nice >= least_s), int(least_s) + 1)


def _labels_width(labels: Sequence[str], most: float) -> float:
    return min(most, max((width_of(label) for label in labels if label), default=0.0) + 14)
