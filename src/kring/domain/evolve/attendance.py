"""What becomes true of attendance: what somebody logged, and what follows from the turns of whoever was not there."""

from __future__ import annotations

from itertools import count
from typing import Any

from msgspec.structs import replace

from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.evolve.closing import Evolver, ended, lasting, on_clock
from kring.domain.state import State
from kring.domain.stretches import FOREVER_MS


def attendance_from(
    state: State, event_id: str, at: r.Moment, code: str, status: r.Status, reason: str = "", *, logged: bool = True
) -> list[r.Row]:
    """Return a participant's attendance from a moment on, until what is known to have come after it.

    Who did not show up, and never spoke, was not there before either: everybody was said to be there, and now that one
    is not.
    """
    person = state.participants[code]
    stretches = [one for one in state.attendance.values() if one.participant == code]
    later = min((one.started_at for one in stretches if one.started_at > at), default=None)
    running = [one for one in stretches if one.started_at <= at < (one.ended_at or at + 1)]
    was_mistaken = status == "no_show" and not any(turn.participant == code for turn in state.alive_turns)
    mistaken = [one for one in stretches if was_mistaken and one.status in ("present", "away") and one.started_at <= at]
    before: list[r.Row] = [ended(one, at) for one in running if one not in mistaken]
    before += [replace(ended(one, at) if one in running else one, removed_at=at) for one in mistaken]
    if status == "present":  # a technical issue by which they were away has the id of that stretch
        issues = (state.issues.get(one.id) for one in running)
        before += [ended(issue, at) for issue in issues if issue is not None and issue.ended_at is None]
    begun = r.AttendanceRow(
        id=event_id, participant=code, status=status, reason=reason, started_at=at, t=on_clock(state, at), logged=logged
    )
    if later is not None:  # said afterwards: what came later stays as it is
        return [*before, ended(begun, later)]
    if state.session.ended_at is not None:
        begun = ended(begun, state.session.ended_at)
    hand_at = person.hand_at if status == "present" else None
    if status == "present" and person.removed_at is not None:
        # who is there is on the list, though on another laptop it was read without them; their seat may be taken there
        person = replace(person, removed_at=None, seat=free_seat(state, person.seat))
    stands = replace(person, status=status, status_at=at, reason=reason, hand_at=hand_at)
    return [*before, begun, stands]


def free_seat(state: State, seat: int) -> int:
    """Return a seat, or the next free one where somebody sits there."""
    taken = {person.seat for person in state.participants.values() if person.removed_at is None}
    return next(number for number in count(seat) if number not in taken)


def end_to_end(state: State, changed: r.AttendanceRow) -> list[r.Row]:
    """Return a person's attendance end to end, with one stretch that changed, and how it stands now."""
    person = state.participants.get(changed.participant)
    own = [one for one in state.attendance.values() if one.participant == changed.participant and one.id != changed.id]
    alive = own if changed.removed_at is not None else [*own, changed]
    in_order = sorted(alive, key=lambda one: (one.started_at, one.id))
    ends = [*(one.started_at for one in in_order[1:]), state.session.ended_at]
    rows: list[r.Row] = [
        lasting(state, one, one.started_at, None if end is None else r.Moment(max(end, one.started_at)))
        for one, end in zip(in_order, ends, strict=False)
    ]
    if changed.removed_at is not None:
        rows.append(changed)
    if person is not None:
        last = in_order[-1] if in_order else None
        over = state.session.ended_at
        nothing = ("expected", None, "") if over is None else ("no_show", over, "")
        stands = (last.status, last.started_at, last.reason) if last else nothing
        rows.append(replace(person, status=stands[0], status_at=stands[1], reason=stands[2]))
    return rows


def followed_by_attendance(evolver: Evolver) -> Evolver:
    """Return an evolver of turns after which attendance that followed from a turn follows from whose it is now."""

    def evolve(state: State, event: Event, fact: Any) -> list[r.Row]:
        rows = evolver(state, event, fact)
        after = state.put(rows)
        found = list(rows)
        for turn in rows:
            if isinstance(turn, r.TurnRow):
                more = _followed(after, event, state.turns.get(turn.id), turn)
                after = after.put(more)
                found += more
        return found

    return evolve


def _followed(state: State, event: Event, before: r.TurnRow | None, turn: r.TurnRow) -> list[r.Row]:
    if before is None:
        return []
    rows = _taken_back(state, event, before)
    if turn.participant in (None, before.participant) or turn.removed_at is not None:
        return rows
    theirs = [one for one in state.attendance.values() if one.participant == turn.participant]
    at = turn.started_at
    if any(one.status == "present" and one.started_at <= at < (one.ended_at or at + 1) for one in theirs):
        return rows
    return [*rows, *attendance_from(state, event.id, at, str(turn.participant), "present", logged=False)]


def _taken_back(state: State, event: Event, turn: r.TurnRow) -> list[r.Row]:
    """Return the attendance of who spoke as it is without this turn: from their next turn on, or as it was logged."""
    theirs = sorted(
        (one for one in state.attendance.values() if one.participant == turn.participant),
        key=lambda one: (one.started_at, one.id),
    )
    place = next((n for n, one in enumerate(theirs) if not one.logged and one.started_at == turn.started_at), None)
    if place is None:
        return []
    came, was = theirs[place], theirs[place - 1] if place else None
    begin = was.started_at if was is not None else 0
    end = theirs[place + 1].started_at if place + 1 < len(theirs) else FOREVER_MS
    own = (one.started_at for one in state.alive_turns if one.participant == turn.participant)
    since = min((at for at in own if begin <= at < end), default=None)
    if since == came.started_at:
        return []
    changed = replace(came, removed_at=event.at) if since is None else replace(came, started_at=since)
    rows = end_to_end(state, changed)
    issue = state.issues.get(was.id) if was is not None else None  # by which they were away: solved by coming back
    if issue is not None and issue.ended_at == came.started_at and issue.minutes_lost is None:
        until = next(row.ended_at for row in rows if isinstance(row, r.AttendanceRow) and row.id == issue.id)
        rows.append(lasting(state, issue, issue.started_at, until))
    return rows
