"""The rooms of a group in words: who is where, who was heard there, what is recorded, and when they come back."""

from __future__ import annotations

from kring.domain.measures.group.rooms import RoomTalk, back_at, is_recorded, open_rooms, rooms_time, talk_in
from kring.domain.rows import RoomRow
from kring.domain.state import State
from kring.domain.time_text import as_clock, time_of_day
from kring.system.i18n import _, ngettext


def told(state: State, now: int) -> str:
    """Say in one line how all rooms stand."""
    rooms = open_rooms(state)
    if not rooms:
        return _("Nobody is in a room apart.")
    return "; ".join([*(_room(state, room, now) for room in rooms), clock(state, now)])


def clock(state: State, now: int) -> str:
    """Say how long people are apart, and when they come back."""
    time, back = rooms_time(state, now), back_at(state, now)
    if time is None:
        return ""
    if time.left_ms is None or back is None:
        return _("apart for {time}").format(time=as_clock(time.spent_ms))
    if time.left_ms < 0:
        return _("over {time}: call them back").format(time=as_clock(-time.left_ms))
    return _("back in {time}, at {at}").format(time=as_clock(time.left_ms), at=time_of_day(state, back))


def led(room: RoomRow) -> str:
    """Say which room it is, and who leads it."""
    if not room.leader:
        return _("room {n}, led by nobody yet").format(n=room.number)
    return _("room {n}, led by {who}").format(n=room.number, who=room.leader)


def sound(state: State, room: RoomRow) -> str:
    """Say whether a room is recorded."""
    if is_recorded(state, room):
        return _("recorded on the laptop of {who}").format(who=room.leader)
    if state.open_recording is not None and state.session.form != "in_person":
        return _("not recorded: the platform records the main room only")
    return _("not recorded: no recording runs in this room")


def _room(state: State, room: RoomRow, now: int) -> str:
    people = ", ".join(person(one, now) for one in talk_in(state, room, now))
    return f"{led(room)}: {people or _('nobody')} ({sound(state, room)})"


def person(one: RoomTalk, now: int) -> str:
    """Say who is in a room, and how much they spoke there."""
    name = one.person.name or one.person.id
    if one.speaks_since is not None:
        return f"{name} {_('speaks')} {as_clock(now - one.speaks_since)}"
    if not one.turns:
        return f"{name} {_('not yet')}"
    return f"{name} {ngettext('{n} turn', '{n} turns', one.turns).format(n=one.turns)}"
