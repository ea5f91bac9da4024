"""The boards of moderator and assistant as they stood at a second, drawn by the views of the live screens."""

from __future__ import annotations

from itertools import zip_longest

from kring.domain.state import State
from kring.domain.time_text import time_of_day
from kring.system.i18n import _
from kring.ui.views import card, floor, guide, notes, technique, top
from kring.ui.views.card import CardLook
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.line import EMPTY, Line, line, pad

LOW = 12
"""Rows from which a board has room for more of the guide than the question."""
BESIDE = 100
"""Columns from which two parts of a board stand beside each other."""


def moderator(state: State, now: int, room: int, height: int) -> list[Line]:
    """Return what the moderator saw: guide, floor, cues, notes."""
    moment = LiveMoment(state, now)
    upper = max((height - 2) * 3 // 5, 6)
    seen = technique.cues(moment, room, 3)
    if room >= BESIDE:
        half = (room - 3) // 2
        beside = _beside(_question(moment, half, upper), floor.floor(moment, room - half - 3, upper), half)
        lines = [top.top_line(moment, room), *beside]
    elif height < LOW:
        lines = [top.top_line(moment, room), guide.one_line(moment, room), _rule(_("Who speaks"), room)]
        lines += floor.floor(moment, room, height - len(lines))
    else:
        seats = min(len(moment.voices) + 1, max(height // 3, 3))
        told = _question(moment, room, max(height - seats - 4, 3))
        lines = [top.top_line(moment, room), *told, _rule(_("Who speaks"), room), *floor.floor(moment, room, seats)]
    lines += [_rule(_("Cues"), room), *seen] if seen and len(lines) + 4 < height else []
    return _with_notes(state, lines, room, height)


def _question(moment: LiveMoment, room: int, height: int) -> list[Line]:
    """Return the card of the question, and as much as there is room for of what came with it."""
    above = card.draw(moment, room, CardLook(airy=False, says_where=True, most_rows=max(height - 2, 1)))
    under = [*guide.companions(moment, room, "whole", airy=False), *guide.upcoming(moment, room, full=True)]
    return [*above, *under][:height]


def assistant(state: State, now: int, room: int, height: int) -> list[Line]:
    """Return what the assistant saw: question, floor, checklist, issues, attendance, notes."""
    moment = LiveMoment(state, now)
    right = _assistants(moment, room if room < BESIDE else (room - 3) // 2, height)
    lines = [top.top_line(moment, room), guide.one_line(moment, room)]
    if room < BESIDE:
        return _with_notes(state, [*lines, *right], room, height)
    half = (room - 3) // 2
    left = _newest(state, half, height - len(lines))
    return [*lines, *_beside(left, right, half)][:height]


def _assistants(moment: LiveMoment, room: int, height: int) -> list[Line]:
    lines = [_rule(_("Who speaks"), room), *floor.floor(moment, room, max(height // 3, 3))]
    still = [issue for issue in moment.state.issues.values() if issue.ended_at is None]
    if still:
        lines += [_rule(_("Technique"), room), *technique.issues(moment, room, len(still))]
    upcoming = technique.next_entry(moment.state)
    if upcoming is not None and len(lines) + 4 <= height:
        entries = technique.check_entries(moment.state)
        entry = next((entry for entry in entries if entry[0] == upcoming[0]), None)
        if entry is not None:
            lines += [_rule(_("Checklist"), room), technique.entry_line(moment.state, entry, room)]
    if len(lines) + 8 < height:
        everybody = [technique.person_line(moment, voice, room) for voice in moment.voices]
        left = max(height - len(lines) - 6, height // 3)
        lines += [_rule(_("Participants"), room), *everybody[:left]]
        lines += [line((" …", "muted"))] if len(everybody) > left else []
    return lines


def _with_notes(state: State, lines: list[Line], room: int, height: int) -> list[Line]:
    left = height - len(lines) - 1
    if left < 1:
        return lines[:height]
    return [*lines, _rule(_("Notes"), room), *_newest(state, room, left)][:height]


def _newest(state: State, room: int, height: int) -> list[Line]:
    """Return the newest notes that fit, the newest at the bottom."""
    lines: list[Line] = []
    for note in reversed(state.notes.values()):
        if note.removed_at is not None:
            continue
        drawn = notes.draw(state, note, room)
        if len(lines) + len(drawn) > height:
            break
        lines = [*drawn, *lines]
    return lines


def title(state: State, now: int, role: str) -> str:
    """Return what stands above a board: whose it is, and of which moment."""
    whose = _("The moderator's board") if role == "moderator" else _("The assistant's board")
    return f"{whose} {time_of_day(state, now, seconds=True)}"


def _rule(title: str, room: int) -> Line:
    return line(("─ ", "muted"), (title, "title"), (" " + "─" * max(room - len(title) - 3, 0), "muted"))


def _beside(left: list[Line], right: list[Line], half: int) -> list[Line]:
    return [(*pad(one, half), (" │ ", "muted"), *other) for one, other in zip_longest(left, right, fillvalue=EMPTY)]
