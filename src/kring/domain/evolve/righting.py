"""What becomes true when what was logged is put right: when it was, of what, or that it had not happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.evolve.attendance import end_to_end, followed_by_attendance
from kring.domain.evolve.closing import Evolvers, item_at, lasting, on_clock
from kring.domain.evolve.group import rooms
from kring.domain.evolve.group.polls import round_begun_by
from kring.domain.evolve.group.stimuli import with_first_shown
from kring.domain.evolve.speakers import followed_by_notes
from kring.domain.evolve.visits import laid_out
from kring.domain.state import State

Right = Callable[[State, Event, Any], list[r.Row]]


def _moved(state: State, event: Event, fact: f.RowMoved) -> list[r.Row]:
    return _MOVED[fact.table](state, event, fact)


def _reassigned(state: State, event: Event, fact: f.RowReassigned) -> list[r.Row]:
    right = _REASSIGNED.get(fact.table)
    return right(state, event, fact) if right else []


def _removed(state: State, event: Event, fact: f.RowRemoved) -> list[r.Row]:
    right = _REMOVED.get(fact.table)
    return right(state, event, fact) if right else []


def _began(fact: f.RowMoved, before: int) -> r.Moment:
    return r.Moment(before if fact.started_ms is None else fact.started_ms)


def _ended(fact: f.RowMoved, before: int | None, began: int) -> r.Moment | None:
    end = before if fact.ended_ms is None else fact.ended_ms
    return None if end is None else r.Moment(max(end, began))


def _pause_added(state: State, event: Event, fact: f.PauseAdded) -> list[r.Row]:
    session = state.session
    began, ended = max(fact.started_ms, session.started_at or 0), min(fact.ended_ms, session.ended_at or event.at)
    if session.started_at is None or began >= ended:
        return []
    pause = r.PauseRow(id=event.id, started_at=r.Moment(began))
    return laid_out(state, [lasting(state, pause, r.Moment(began), r.Moment(ended))])


def _visit_moved(state: State, event: Event, fact: f.RowMoved) -> list[r.Row]:
    visit, started = state.visits.get(fact.row), state.session.started_at
    if visit is None or started is None:
        return []
    return _visits(state, replace(visit, started_at=r.Moment(max(_began(fact, visit.started_at), started))))


def _visit_reassigned(state: State, event: Event, fact: f.RowReassigned) -> list[r.Row]:
    visit = state.visits.get(fact.row)
    return [] if visit is None or fact.to not in state.guide else _visits(state, replace(visit, item=fact.to))


def _visit_removed(state: State, event: Event, fact: f.RowRemoved) -> list[r.Row]:
    visit = state.visits.get(fact.row)
    return [] if visit is None else _visits(state, replace(visit, removed_at=event.at))


def _visits(state: State, changed: r.VisitRow) -> list[r.Row]:
    """Return all visits with one that changed, and which of them is open now."""
    rows = laid_out(state, [changed])
    if state.session.phase != "live":
        return rows
    alive = [one for one in (*state.visits.values(), changed) if one.id != changed.id or one is changed]
    last = max((one for one in alive if one.removed_at is None), key=lambda one: (one.started_at, one.id), default=None)
    open_visit = last.id if last is not None else None
    if open_visit == state.session.open_visit:
        return rows
    return [*rows, replace(state.session, open_visit=open_visit)]


def _pause_moved(state: State, event: Event, fact: f.RowMoved) -> list[r.Row]:
    pause = state.pauses.get(fact.row)
    if pause is None:
        return []
    began = _began(fact, pause.started_at)
    moved: r.PauseRow = lasting(state, pause, began, _ended(fact, pause.ended_at, began))
    rows = laid_out(state, [moved])
    is_over = state.session.open_pause == pause.id and moved.ended_at is not None
    return [*rows, replace(state.session, open_pause=None)] if is_over else rows


def _pause_removed(state: State, event: Event, fact: f.RowRemoved) -> list[r.Row]:
    pause = state.pauses.get(fact.row)
    if pause is None:
        return []
    rows = laid_out(state, [replace(pause, removed_at=event.at)])
    is_open = state.session.open_pause == pause.id
    return [*rows, replace(state.session, open_pause=None)] if is_open else rows


def _issue_moved(state: State, event: Event, fact: f.RowMoved) -> list[r.Row]:
    issue = state.issues.get(fact.row)
    if issue is None:
        return []
    began = _began(fact, issue.started_at)
    moved = lasting(state, issue, began, _ended(fact, issue.ended_at, began))
    return [replace(moved, item=item_at(state, began))]


def _issue_reassigned(state: State, event: Event, fact: f.RowReassigned) -> list[r.Row]:
    issue = state.issues.get(fact.row)
    if issue is None or (fact.to and fact.to not in state.participants):
        return []
    return [replace(issue, participant=fact.to or None)]


def _issue_removed(state: State, event: Event, fact: f.RowRemoved) -> list[r.Row]:
    issue = state.issues.get(fact.row)
    return [] if issue is None else [replace(issue, removed_at=event.at)]


def _recording_moved(state: State, event: Event, fact: f.RowMoved) -> list[r.Row]:
    recording = state.recordings.get(fact.row)
    if recording is None or recording.source == "kring":
        return []
    began = _began(fact, recording.started_at)
    moved: r.RecordingRow = lasting(state, recording, began, _ended(fact, recording.ended_at, began))
    is_over = state.session.open_recording == recording.id and moved.ended_at is not None
    return [moved, replace(state.session, open_recording=None)] if is_over else [moved]


def _turn_moved(state: State, event: Event, fact: f.RowMoved) -> list[r.Row]:
    """Return the turn that runs with another begin, or ended, and the turn before it until that begin."""
    turn = state.open_turn
    if turn is None or turn.id != fact.row:
        return []
    began = _began(fact, turn.started_at)
    before = next((one for one in state.alive_turns if one.ended_at == turn.started_at and one.id != turn.id), None)
    if before is not None:
        began = r.Moment(max(began, before.started_at))
    ended = _ended(fact, None, began)
    moved = replace(lasting(state, turn, began, ended), item=item_at(state, began), changed_at=event.at)
    shorter = [] if before is None else [lasting(state, before, before.started_at, began)]
    return [*shorter, moved]


def _turn_removed(state: State, event: Event, fact: f.RowRemoved) -> list[r.Row]:
    """Return that the turn that runs had not begun: whoever spoke until then speaks on."""
    turn = state.open_turn
    if turn is None or turn.id != fact.row:
        return []
    gone = replace(turn, ended_at=turn.started_at, duration_s=0.0, removed_at=event.at, changed_at=event.at)
    before = next((one for one in state.alive_turns if one.ended_at == turn.started_at and one.id != turn.id), None)
    on = [] if before is None else [lasting(state, before, before.started_at, None)]
    return [gone, *on]


def _room_turn_moved(state: State, event: Event, fact: f.RowMoved) -> list[r.Row]:
    turn = state.room_turns.get(fact.row)
    if turn is None:
        return []
    began = _began(fact, turn.started_at)
    return rooms.turn_moved(state, turn, began, _ended(fact, turn.ended_at, began))


def _room_turn_reassigned(state: State, event: Event, fact: f.RowReassigned) -> list[r.Row]:
    turn = state.room_turns.get(fact.row)
    return [] if turn is None else rooms.turn_reassigned(state, turn, fact.to)


def _room_turn_removed(state: State, event: Event, fact: f.RowRemoved) -> list[r.Row]:
    turn = state.room_turns.get(fact.row)
    return [] if turn is None else rooms.turn_removed(state, event, turn)


def _answer_moved(state: State, event: Event, fact: f.RowMoved) -> list[r.Row]:
    answer = state.answers.get(fact.row)
    if answer is None:
        return []
    at = _began(fact, answer.at)
    moved = replace(answer, at=at, t=on_clock(state, at))
    return [moved, *round_begun_by(state, answer, moved)]


def _answer_reassigned(state: State, event: Event, fact: f.RowReassigned) -> list[r.Row]:
    answer = state.answers.get(fact.row)
    return [] if answer is None else [replace(answer, value=fact.to)]


def _answer_removed(state: State, event: Event, fact: f.RowRemoved) -> list[r.Row]:
    answer = state.answers.get(fact.row)
    return [] if answer is None else [replace(answer, removed_at=event.at)]


def _showing_moved(state: State, event: Event, fact: f.RowMoved) -> list[r.Row]:
    showing = state.showings.get(fact.row)
    if showing is None:
        return []
    began = _began(fact, showing.started_at)
    moved: r.ShowingRow = lasting(state, showing, began, _ended(fact, showing.ended_at, began))
    return with_first_shown(state, [replace(moved, item=item_at(state, began))])


def _showing_reassigned(state: State, event: Event, fact: f.RowReassigned) -> list[r.Row]:
    showing = state.showings.get(fact.row)
    if showing is None or fact.to not in state.stimuli:
        return []
    return with_first_shown(state, [replace(showing, stimulus=fact.to)])


def _showing_removed(state: State, event: Event, fact: f.RowRemoved) -> list[r.Row]:
    showing = state.showings.get(fact.row)
    return [] if showing is None else with_first_shown(state, [replace(showing, removed_at=event.at)])


def _stimulus_moved(state: State, event: Event, fact: f.RowMoved) -> list[r.Row]:
    """Return the first showing of a stimulus with another begin: of versions that kept only that one."""
    showings = _of_stimulus(state, fact.row)
    return _showing_moved(state, event, replace(fact, row=showings[0].id)) if showings else []


def _stimulus_removed(state: State, event: Event, fact: f.RowRemoved) -> list[r.Row]:
    return with_first_shown(state, [replace(one, removed_at=event.at) for one in _of_stimulus(state, fact.row)])


def _of_stimulus(state: State, stimulus: str) -> list[r.ShowingRow]:
    mine = (one for one in state.showings.values() if one.stimulus == stimulus)
    return sorted(mine, key=lambda one: (one.started_at, one.id))


def _attendance_moved(state: State, event: Event, fact: f.RowMoved) -> list[r.Row]:
    stretch = state.attendance.get(fact.row)
    if stretch is None:
        return []
    return end_to_end(state, replace(stretch, started_at=_began(fact, stretch.started_at), logged=True))


def _attendance_reassigned(state: State, event: Event, fact: f.RowReassigned) -> list[r.Row]:
    stretch = state.attendance.get(fact.row)
    status = next((one for one in get_args(r.Status) if one == fact.to), None)
    if stretch is not None and status is not None:
        return end_to_end(state, replace(stretch, status=status, logged=True))
    if stretch is None or fact.to not in state.participants:
        return []
    theirs = end_to_end(state, replace(stretch, removed_at=event.at))
    others = end_to_end(state, replace(stretch, participant=fact.to, logged=True))
    return [*(row for row in theirs if row.id != stretch.id), *others]


def _attendance_removed(state: State, event: Event, fact: f.RowRemoved) -> list[r.Row]:
    stretch = state.attendance.get(fact.row)
    return [] if stretch is None else end_to_end(state, replace(stretch, removed_at=event.at))


def _end_moved(state: State, event: Event, fact: f.RowMoved) -> list[r.Row]:
    """Return the session with another end: what was closed by it, or lasted longer, ends there."""
    session = state.session
    if session.ended_at is None or session.started_at is None or fact.ended_ms is None:
        return []
    was, at = session.ended_at, r.Moment(max(min(fact.ended_ms, event.at), session.started_at))
    ended = replace(session, ended_at=at)
    closed: list[Any] = [*state.attendance.values(), *state.issues.values(), *state.pauses.values()]
    closed += (*state.showings.values(), *state.rooms.values(), *state.room_stays.values(), *state.room_turns.values())
    closed += [one for one in state.recordings.values() if one.source == "platform"]
    turns = [turn for turn in state.alive_turns if turn.ended_at is not None and turn.ended_at > at]
    until = [row for row in closed if row.ended_at is not None and (row.ended_at == was or row.ended_at > at)]
    rows = [lasting(state, row, row.started_at, r.Moment(max(at, row.started_at))) for row in (*until, *turns)]
    pauses = [row for row in rows if isinstance(row, r.PauseRow)]
    others = [row for row in rows if not isinstance(row, r.PauseRow)]
    return [ended, *others, *laid_out(state.put([ended]), pauses)]


_MOVED: dict[str, Right] = {
    "turns": followed_by_attendance(followed_by_notes(_turn_moved)),
    "room_turns": _room_turn_moved,
    "visits": _visit_moved,
    "pauses": _pause_moved,
    "attendance": _attendance_moved,
    "issues": _issue_moved,
    "recordings": _recording_moved,
    "answers": _answer_moved,
    "stimuli": _stimulus_moved,
    "showings": _showing_moved,
    "session": followed_by_notes(_end_moved),
}
_REASSIGNED: dict[str, Right] = {
    "room_turns": _room_turn_reassigned,
    "visits": _visit_reassigned,
    "attendance": _attendance_reassigned,
    "issues": _issue_reassigned,
    "answers": _answer_reassigned,
    "showings": _showing_reassigned,
}
_REMOVED: dict[str, Right] = {
    "turns": followed_by_attendance(followed_by_notes(_turn_removed)),
    "room_turns": _room_turn_removed,
    "visits": _visit_removed,
    "pauses": _pause_removed,
    "attendance": _attendance_removed,
    "issues": _issue_removed,
    "answers": _answer_removed,
    "stimuli": _stimulus_removed,
    "showings": _showing_removed,
}

EVOLVERS: Evolvers = {
    f.RowMoved: _moved,
    f.RowReassigned: _reassigned,
    f.RowRemoved: _removed,
    f.PauseAdded: _pause_added,
}
