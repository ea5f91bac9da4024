"""The rooms of the group side by side: who is where, who was heard there, what is recorded and noted."""

from __future__ import annotations

from itertools import zip_longest
from typing import NamedTuple

from kring.domain.measures.group.rooms import RoomTalk, is_recorded, open_rooms, talk_in
from kring.domain.rows import RoomRow
from kring.domain.time_text import as_clock
from kring.session import rooms as told
from kring.system.i18n import _, ngettext
from kring.ui.views import notes
from kring.ui.views.live_moment import LiveMoment
from kring.ui.widgets.line import EMPTY, Line, cut, line, pad, padded, spread, window, wrap

TWO_FROM = 96
"""From which room on two rooms of people stand side by side."""
BETWEEN = "  │ "
MOST_NOTES = 2
GROUP_FROM = 44
"""From which width on the segment stands behind a name."""
WORDY_FROM = 56
NAME, GROUP = 12, 10


class Drawn(NamedTuple):
    """A line of a room, and whose it is, if anybody's."""

    content: Line
    code: str = ""


def rooms(moment: LiveMoment, room: int, cursor: str) -> list[Drawn]:
    """Return all rooms, two side by side where there is room for it; the row of the cursor is marked."""
    blocks = [_room(moment, one, room if room < TWO_FROM else (room - len(BETWEEN)) // 2, cursor)
              for one in open_rooms(moment.state)]  # fmt: skip
    if room < TWO_FROM:
        return [row for block in blocks for row in block]
    width = (room - len(BETWEEN)) // 2
    found: list[Drawn] = []
    for place in range(0, len(blocks), 2):
        right = blocks[place + 1] if place + 1 < len(blocks) else []
        for one, other in zip_longest(blocks[place], right, fillvalue=Drawn(EMPTY)):
            both = (*pad(one.content, width), (BETWEEN, "rule"), *other.content) if right else one.content
            found.append(Drawn(both, cursor if cursor and cursor in (one.code, other.code) else one.code))
    return found


def _room(moment: LiveMoment, room: RoomRow, width: int, cursor: str) -> list[Drawn]:
    people = talk_in(moment.state, room, moment.now)
    lasted = _("in conversation {time}").format(time=as_clock(moment.now - room.started_at))
    heard = sum(bool(one.turns) for one in people)
    recorded = is_recorded(moment.state, room)
    sound = line(("● " if recorded else "! ", "ok" if recorded else "late"),
                 (told.sound(moment.state, room), "muted" if recorded else "late"))  # fmt: skip
    return [
        Drawn(spread(line("  ", (told.led(room), "bold")), line((lasted, "muted")), width)),
        *(Drawn(_person(moment, one, width, one.person.id == cursor), one.person.id) for one in people),
        Drawn(cut(line("  ", (_("heard {n} of {all}").format(n=heard, all=len(people)), "muted")), width)),
        *(Drawn(row) for row in wrap(line("  ", *sound), width, hang=4)),
        *(Drawn(line("  ", *one)) for one in _notes(moment, room, width - 2)),
        Drawn(EMPTY),
    ]


def _person(moment: LiveMoment, one: RoomTalk, width: int, has_cursor: bool) -> Line:
    speaks = one.speaks_since is not None
    sign = "▶ " if speaks else "▸ " if has_cursor else "  "
    group = padded(one.person.segment, GROUP) if width >= GROUP_FROM else ""
    name = one.person.name or one.person.id
    if one.speaks_since is not None:
        word = _("speaks {time}").format(time=as_clock(moment.now - one.speaks_since))
    elif one.turns:
        word = ngettext("{n} turn", "{n} turns", one.turns).format(n=one.turns)
    else:
        word = _("not yet in this room") if width >= WORDY_FROM else _("not yet")
    spans = (
        (sign, "speaking" if speaks else "key"),
        (f"{one.person.seat:>2} ", "key"),
        *pad(cut(line((name, "bold" if speaks else "")), NAME), NAME + 1),
        (group, "muted"),
        ("● " if one.turns else "○ ", "muted" if one.turns else "need"),
        (word, "speaking" if speaks else "muted"),
    )
    drawn = cut(spans, width)
    if not has_cursor:
        return drawn
    return pad(tuple((text, f"{look} selected".strip()) for text, look in drawn), width, "selected")


def _notes(moment: LiveMoment, room: RoomRow, width: int) -> list[Line]:
    mine = [note for note in moment.state.notes.values() if note.room == room.id and note.removed_at is None]
    return [cut(notes.draw(moment.state, note, width)[0], width) for note in mine[-MOST_NOTES:]]


def foot(moment: LiveMoment) -> Line:
    """Return how the rooms came about, and when people come back."""
    first = open_rooms(moment.state)[0]
    how = {
        "drawn": _("drawn by {seed}").format(seed=first.seed),
        "segment": _("by segment"),
        "hand": _("by hand"),
    }[first.how]
    return line(("  " + how, "muted"), ("   " + told.clock(moment.state, moment.now), "bold"))


def windowed(rows: list[Drawn], cursor: str, height: int, room: int) -> list[Line]:
    """Return as many rows as there is room for, those around the cursor."""
    place = next((place for place, row in enumerate(rows) if cursor and row.code == cursor), 0)
    top = max(0, min(place - height // 2, len(rows) - height))
    return window([row.content for row in rows], height, room, top)
