"""A proposal for the time to come: two strips on one scale, and line by line what changes and why."""

from __future__ import annotations

from typing import NamedTuple

from kring.domain.measures.group.pacing import Paced, Proposal
from kring.domain.state import State
from kring.domain.time_text import as_length, behind_or_ahead, time_of_day
from kring.domain.words import why_paced
from kring.system.i18n import _, say
from kring.ui.widgets.line import Line, Span, cells, cut, line, pad, padded, spread

MINUTE_MS, MINUTE_S = 60_000, 60
CELLS_A_MINUTE = 2
LABEL = 12
"""Cells before a strip, for what it is."""
NARROWEST_STRIP = 48
NUMBER, TIME, CHANGE, AT, WHY = 6, 8, 16, 8, 32
CHANGE_FROM, AT_FROM, WHY_FROM = 54, 76, 110
"""From which room on there is a column for the difference, one for when a line begins, and one for the reason."""
TENS = (10, 20, 30, 60)


class Shown(NamedTuple):
    """A line of the table, and when it begins by the proposal (epoch ms)."""

    paced: Paced
    begins: int


def rows(found: Proposal) -> list[Shown]:
    """Return the lines of the table; what was skipped before and stays so is none of them."""
    shown, at_s = [], 0
    for one in found.lines:
        if one.is_shown:
            shown.append(Shown(one, found.now + at_s * 1000))
        at_s += one.becomes_s or 0
    return shown


def head(state: State, found: Proposal, room: int) -> Line:
    """Return in one line what the proposal comes to."""
    end = time_of_day(state, found.becomes_at)
    over = say(behind_or_ahead(found.over_s * 1000))
    if not found.changed:
        return cut(
            line((f"{over}  ", "bold"), (_("nothing is proposed; you can change a line yourself"), "muted")), room
        )
    left = line((over, "need"), ("  →  ", "muted"), (say(behind_or_ahead(found.still_over_s * 1000)), "bold"))
    return spread(left, line((_("end {time}").format(time=end), "muted")), room)


def strips(state: State, found: Proposal, room: int) -> list[Line]:
    """Return the time to come as it is and as proposed, on one scale under one clock; nothing in too little room."""
    whole_s = max(found.end_s, found.becomes_s, found.planned_s, MINUTE_S)
    space = room - LABEL - AT
    if space < NARROWEST_STRIP:
        return []
    scale = min(CELLS_A_MINUTE, space * MINUTE_S / whole_s) / MINUTE_S
    ends = [time_of_day(state, at) for at in (found.ends_at, found.becomes_at)]
    return [
        _clock(state, found, scale, space),
        line((padded(_("now"), LABEL), "muted"), *_strip(found, scale, as_is=True), ("  " + ends[0], "muted")),
        line((padded(_("proposal"), LABEL), "muted"), *_strip(found, scale, as_is=False), ("  " + ends[1], "bold")),
    ]


def _clock(state: State, found: Proposal, scale: float, space: int) -> Line:
    """Return the times of day over the strips, and where the planned end is."""
    step = next((one for one in TENS if one * MINUTE_S * scale >= AT), TENS[-1]) * MINUTE_MS
    text = [" "] * (space + AT)

    def put(at_s: float, word: str) -> None:
        place = round(at_s * scale)
        if (
            place >= 0
            and place + len(word) <= len(text)
            and not "".join(text[max(0, place - 1) : place + len(word) + 1]).strip()
        ):
            text[place : place + len(word)] = word

    put(found.planned_s, f"{time_of_day(state, found.planned_end)} {_('plan')}")
    first = -(-found.now // step) * step
    for at in range(first, found.now + round(len(text) / scale) * 1000, step):
        put((at - found.now) / 1000, time_of_day(state, at))
    return line(" " * LABEL, ("".join(text).rstrip(), "muted"))


def _strip(found: Proposal, scale: float, *, as_is: bool) -> list[Span]:
    """Return a block for each line, as wide as it is long: light where it is protected, yellow where it changes."""
    spans: list[Span] = []
    at_s, drawn = 0, 0
    for one in found.lines:
        at_s += one.now_s if as_is else one.becomes_s or 0
        space = round(at_s * scale) - drawn
        drawn += space
        if space <= 0:
            continue
        item = one.line.item
        label = f"{item.number or item.title}{' !' if item.must_ask else ''}"
        look = "asks" if one.is_changed else "card" if one.line.guard else "band"
        inside = space - 1
        spans += (
            [(label + " " * (inside - cells(label)) if cells(label) <= inside else " " * inside, look)]
            if inside
            else []
        )
        spans.append(("▏", "rule"))
    return spans


class Columns(NamedTuple):
    """How wide each column is in a room; 0 = it is not there."""

    title: int
    change: int
    at: int
    why: int


def columns(room: int) -> Columns:
    """Return the columns that a room has."""
    wide = (CHANGE * (room >= CHANGE_FROM), AT * (room >= AT_FROM), WHY * (room >= WHY_FROM))
    return Columns(max(8, room - NUMBER - 2 - 2 * TIME - sum(wide)), *wide)


def heading(room: int) -> Line:
    """Return the heads of the columns."""
    wide = columns(room)
    words = (
        " " * (NUMBER + 2 + wide.title),
        _("now").rjust(TIME),
        _("becomes").rjust(TIME),
        f"  {_('difference')}".ljust(wide.change)[: wide.change],
        _("from").ljust(wide.at)[: wide.at],
        _("why")[: wide.why],
    )
    return line(*((word, "muted") for word in words if word))


def row(state: State, one: Shown, room: int) -> Line:
    """Return a line of the table."""
    wide = columns(room)
    paced, item = one.paced, one.paced.line.item
    look = "need" if paced.is_changed else "muted" if paced.line.guard else ""
    plain = "" if paced.is_changed else look
    name = _("{section}, the rest").format(section=item.title) if paced.line.is_rest else item.title
    at = time_of_day(state, one.begins) if paced.becomes_s is not None else ""
    spans = (
        (padded(item.number, NUMBER), plain),
        ("! " if item.must_ask else "  ", plain),
        *pad(cut(line((name, plain)), wide.title - 1), wide.title),
        (as_length(paced.now_s * 1000).rjust(TIME), "muted"),
        ("–".rjust(TIME) if paced.becomes_s is None else as_length(paced.becomes_s * 1000).rjust(TIME), look),
        *(pad(line((f"  {change(paced)}", look)), wide.change) if wide.change else ()),
        *([(padded(at, wide.at), "muted")] if wide.at else ()),
        *([(say(why_paced(paced)), "muted")] if wide.why else ()),
    )
    return cut(spans, room)


def change(one: Paced) -> str:
    """Return in words how a line changes."""
    if not one.is_changed:
        return ""
    if one.becomes_s is None:
        return _("skip")
    if one.line.is_skipped:
        return _("comes back")
    length = as_length(abs(one.by_s) * 1000)
    return _("{time} longer").format(time=length) if one.by_s > 0 else _("{time} shorter").format(time=length)


def total(found: Proposal, room: int) -> Line:
    """Return the sums under the columns."""
    title = columns(room).title
    return line(
        (padded(_("together"), NUMBER + 2 + title), "bold"),
        (as_length(found.end_s * 1000).rjust(TIME), "bold"),
        (as_length(found.becomes_s * 1000).rjust(TIME), "bold"),
    )
