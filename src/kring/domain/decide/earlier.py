"""Acts that are said later: a fact is about a moment before now, as far as nothing was logged since that moment."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain.decide import Decision, Facts
from kring.domain.state import State
from kring.domain.stretches import Lasting
from kring.domain.text import Refused
from kring.domain.time_text import When, day_and_time


def said_later(wanted: Decision, when: When) -> Decision:
    """Have what is decided be about an earlier moment."""
    return lambda state, now: _at(state, wanted(state, now), when.moment(state, now), now)


def _at(state: State, decided: Facts, at: int, now: int) -> Facts:
    if isinstance(decided, tuple):
        return tuple([_moved(state, fact, at, now) for fact in decided])
    return _moved(state, decided, at, now)


def _moved(state: State, fact: f.Fact, at: int, now: int) -> f.Fact:
    require_after(state, at, _before(state, fact), now)
    match fact:
        case f.IssueOpened() | f.RecordingStarted():
            return replace(fact, since_ms=at)
        case f.Undone():  # a session goes on as if it had not ended
            return fact
        case _:
            return replace(fact, at_ms=at)


def require_after(state: State, at: int, earlier: Iterable[int | None], now: int) -> None:
    """Refuse a moment before what was logged already."""
    last = max((int(one) for one in earlier if one is not None), default=at)
    if at < last:
        told = {"at": day_and_time(state, at, now), "last": day_and_time(state, last, now)}
        raise Refused(
            "{at} is too early: at {last} something else was logged, which would have to be put right.", **told
        )


def _before(state: State, fact: f.Fact) -> list[int | None]:
    """Return the moments of what must stay before a fact of this kind."""
    session = state.session
    turn = _begin(state.open_turn) or _last_turn(state)
    visit, pause = _begin(state.open_visit), _begin(state.open_pause)
    resumed = max((int(one.ended_at) for one in state.pauses.values() if one.ended_at is not None), default=None)
    match fact:
        case f.ItemOpened():
            return [session.started_at, visit]
        case f.FloorGiven():
            return [session.started_at, turn]
        case f.SessionPaused():
            return [session.started_at, visit, turn, resumed]
        case f.SessionResumed():
            return [pause, _begin(state.open_turn)]
        case f.SessionEnded():
            return [session.started_at, last_logged(state)]
        case f.RecordingStopped():
            return [_begin(state.open_recording)]
        case f.IssueClosed():
            return [_begin(state.issues.get(fact.issue))]
    is_about_showings = isinstance(fact, f.StimulusShown | f.StimulusTaken)
    return [session.created_at, *(_showings(state) if is_about_showings else ())]


def _showings(state: State) -> list[int]:
    """Return when each showing of stimulus material was over, or began where it is still on."""
    return [int(one.ended_at or one.started_at) for one in state.showings.values()]


def _begin(row: Lasting | None) -> int | None:
    return int(row.started_at) if row is not None else None


def _last_turn(state: State) -> int | None:
    return max((int(turn.ended_at or turn.started_at) for turn in state.alive_turns), default=None)


def last_logged(state: State) -> int | None:
    """Return when something of the talk was logged last: what began, ended, or was put to the group."""
    ends = (int(one.ended_at or one.started_at) for one in lasted(state))
    shown = (int(one.started_at) for one in state.showings.values())
    put = (int(one.at) for one in state.probes.values())
    asked = (int(one.at) for one in state.poll_rounds.values())
    return max((*ends, *shown, *put, *asked), default=None)


def lasted(state: State) -> list[Lasting]:
    """Return what the talk is made of: turns, questions and pauses, and rooms with their turns."""
    talk: list[Lasting] = [*state.alive_turns, *state.visits.values(), *state.pauses.values()]
    return [*talk, *state.rooms.values(), *state.room_turns.values()]
