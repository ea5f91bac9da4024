"""The whole session at a glance above the timeline: a row of each kind of thing, and where the reader is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from textual import events
from textual.message import Message

from kring.domain.guide_items import section_of
from kring.domain.text import N_
from kring.domain.time_text import as_clock, as_length
from kring.domain.words import called
from kring.review.minimap import Glance, Scale, hit_columns
from kring.review.model import ReviewModel
from kring.system.i18n import _
from kring.ui.prompt import SEAT_KEYS
from kring.ui.widgets.line import EMPTY, Line, Span, cells, cut, head, line, pad
from kring.ui.widgets.panel import Panel

ROWS: dict[str, str] = {
    "sections": N_("sections"),
    "speakers": N_("who spoke"),
    "notes": N_("notes"),
    "starred": N_("starred"),
    "lost": N_("technique"),
    "sound": N_("sound"),
    "hits": N_("hits"),
    "axis": "",
}
"""The rows in their order, and what each is called."""
FIRST = ("speakers", "notes", "axis", "sections", "lost", "starred", "sound")
"""Which rows there are where there is not room for all; that of the hits comes first while words are searched."""
LEAST_ROWS, ROWS_EACH = 15, 3
"""A screen of so many rows has no minimap; each so many more give it one row."""
BARS = "▁▂▃▄▅▆▇█"
AXIS_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 240)
"""Minutes between times on the axis."""
AXIS_COLUMNS = 14
MINUTE_MS = 60_000
OTHER_SIGNS = {"crosstalk": "×", "unknown": "?", "": " "}
"""Who speaks beside the participants and the moderator, in one cell."""


def rows_for(screen_rows: int, *, is_searching: bool) -> list[str]:
    """Return which rows a screen of this height has, in their order."""
    most = max(min((screen_rows - LEAST_ROWS) // ROWS_EACH, len(FIRST)), 0)
    wanted = {*(("hits",) if is_searching and most else ()), *FIRST[:most]}
    return [name for name in ROWS if name in wanted]


class Drawn(NamedTuple):
    """The rows without the reader's place: what each is called, what it shows, and what stands at its end."""

    labels: list[str]
    rows: list[Line]
    ends: list[str]


def draw(model: ReviewModel, names: Iterable[str], columns: int) -> Drawn:
    """Return the rows of a minimap, each exactly so many columns."""
    glance = model.glance(columns)
    tellers: dict[str, Callable[[ReviewModel, Glance], tuple[Line, str]]] = {
        "sections": _sections,
        "speakers": _speakers,
        "notes": _notes,
        "starred": lambda _model, glance: (_signs(glance.scale, glance.starred, "★", "soon"), ""),
        "lost": _lost,
        "sound": lambda _model, glance: (_signs(glance.scale, glance.recorded, "━", "ok", "·"), ""),
        "hits": _hits,
        "axis": _axis,
    }
    chosen = list(names)
    drawn = [tellers[name](model, glance) for name in chosen]
    labels = [_(ROWS[name]) if ROWS[name] else "" for name in chosen]
    return Drawn(labels, [pad(row, columns) for row, _end in drawn], [end for _row, end in drawn])


def with_place(row: Line, column: int) -> Line:
    """Return a row with one column lit: there is the reader."""
    spans: list[Span] = []
    at = 0
    for text, look in row:
        size = cells(text)
        if at <= column < at + size:
            left = head(text, column - at)
            letter = text[len(left) : len(left) + 1]
            spans += [(left, look), (letter, "cursor"), (text[len(left) + 1 :], look)]
        else:
            spans.append((text, look))
        at += size
    return line(*spans)


def _sections(model: ReviewModel, glance: Glance) -> tuple[Line, str]:
    state, scale = model.state, glance.scale
    begins: list[tuple[int, str]] = []
    last = ""
    for visit in sorted(state.visits.values(), key=lambda visit: (visit.started_at, visit.id)):
        section = section_of(state, visit.item)
        if section is not None and section.id != last and visit.removed_at is None:
            last = section.id
            title = "".join(letter if cells(letter) == 1 else "·" for letter in f"{section.number} {section.title}")
            begins.append((scale.column(int(visit.started_at)), title.strip()))
    spans: list[Span] = []
    at = 0
    for place, (column, title) in enumerate(begins):
        until = begins[place + 1][0] if place + 1 < len(begins) else scale.columns
        if until <= column or column < at:
            continue
        spans += [(" " * (column - at), ""), *pad(cut(line(("│", "muted"), title), until - column), until - column)]
        at = until
    return line(*spans), ""


def _speakers(model: ReviewModel, glance: Glance) -> tuple[Line, str]:
    if model.speakers_hidden:
        return line((_("hidden while you judge the turns"), "muted")), ""
    seats = {person.id: person.seat for person in model.state.participants.values()}
    spans: list[Span] = []
    for who in glance.speakers:
        seat = seats.get(who, 0)
        if 0 < seat <= len(SEAT_KEYS):
            sign, look = SEAT_KEYS[seat - 1], "bold"
        else:
            sign, look = _("m") if who == "moderator" else OTHER_SIGNS.get(who, "•"), "muted"
        if spans and spans[-1][1] == look:
            spans[-1] = (spans[-1][0] + sign, look)
        else:
            spans.append((sign, look))
    return tuple(spans), ""


def _notes(model: ReviewModel, glance: Glance) -> tuple[Line, str]:
    most = max(glance.notes, default=0)
    if not most:
        return EMPTY, ""
    bars = "".join(BARS[(count * (len(BARS) - 1) + most - 1) // most] if count else " " for count in glance.notes)
    return line((bars, "bar")), _("max {n}").format(n=most)


def _lost(model: ReviewModel, glance: Glance) -> tuple[Line, str]:
    """Return where technique failed, and beside each stretch whose it was and how long, as far as there is room."""
    scale, state = glance.scale, model.state
    cells_of = [("▄", "late") if column in glance.lost else (" ", "") for column in range(scale.columns)]
    for issue in sorted(state.issues.values(), key=lambda one: (one.started_at, one.id)):
        if issue.removed_at is not None:
            continue
        begin, end = int(issue.started_at), int(issue.ended_at or issue.started_at)
        who = "" if model.speakers_hidden else called(state, issue.participant)
        told = " " + " ".join(filter(None, (who or issue.title, as_length(end - begin)))) + " "
        first = scale.column(max(end - 1, begin)) + 1
        room = range(first, first + len(told))
        fits = cells(told) == len(told) and room.stop <= scale.columns
        if fits and all(cells_of[column] == (" ", "") for column in room):
            for column, letter in zip(room, told, strict=True):
                cells_of[column] = (letter, "muted")
    return _joined(cells_of), ""


def _hits(model: ReviewModel, glance: Glance) -> tuple[Line, str]:
    hits = model.hits()
    columns = hit_columns(glance.scale, (entry.at for entry in hits))
    return _signs(glance.scale, columns, "▲", "soon"), str(len(hits))


def _axis(model: ReviewModel, glance: Glance) -> tuple[Line, str]:
    scale, begin = glance.scale, model.begin()
    fits = scale.length * AXIS_COLUMNS // scale.columns // MINUTE_MS + 1
    step = next((minutes for minutes in AXIS_STEPS if minutes >= fits), fits) * MINUTE_MS
    text = ""
    at = begin + max(scale.begin - begin, 0) // step * step
    while at < scale.end:
        column, told = scale.column(at), as_clock(at - begin)
        if column >= len(text) and column + len(told) <= scale.columns:
            text += " " * (column - len(text)) + told + " "
        at += step
    return line((text, "muted")), ""


def _signs(scale: Scale, columns: frozenset[int], sign: str, look: str, other: str = " ") -> Line:
    there = [(sign, look) if column in columns else (other, "muted") for column in range(scale.columns)]
    return _joined(there)


def _joined(cells_of: Iterable[Span]) -> Line:
    spans: list[Span] = []
    for text, look in cells_of:
        if spans and spans[-1][1] == look:
            spans[-1] = (spans[-1][0] + text, look)
        else:
            spans.append((text, look))
    return tuple(spans)


class Minimap(Panel):
    """The minimap as it stands on the screen; drawn again when the session changed, else only the place moves."""

    class Chosen(Message):
        """A moment was chosen with the mouse."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    def __init__(self, model: ReviewModel) -> None:
        super().__init__(id="minimap")
        self.names: list[str] = []
        self._model = model
        self._drawn: tuple[object, Drawn] = (None, Drawn([], [], []))
        self._left = 0

    def look(self) -> None:
        """Show what is true now."""
        model, room = self._model, self.size.width
        if not self.names or room < 20:
            return
        labels = max(cells(_(word)) for word in ROWS.values() if word) + 2
        self._left = labels + 1
        columns = max(room - self._left - 8, 10)
        key = (model.version, model.words, model.speakers_hidden, tuple(self.names), columns)
        if self._drawn[0] != key:
            self._drawn = key, draw(model, self.names, columns)
        drawn = self._drawn[1]
        here = model.glance(columns).scale.column(model.at)
        self.show(
            [
                line((f" {label:<{labels}}", "muted"), *with_place(row, here), (f" {end}" if end else "", "muted"))
                for label, row, end in zip(drawn.labels, drawn.rows, drawn.ends, strict=True)
            ]
        )

    def on_click(self, event: events.Click) -> None:
        scale = self._model.glance(max(self.size.width - self._left - 8, 10)).scale
        if 0 <= event.x - self._left < scale.columns:
            self.post_message(self.Chosen(scale.moment(event.x - self._left)))
