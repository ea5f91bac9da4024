"""Verbs that put in what nobody logged, afterwards too: when it was, of whom or what it was, and why it is put in."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import lookup
from kring.domain.decide import Facts, checks, correcting, guide, people
from kring.domain.decide.group import polls
from kring.domain.decide.guide import PLACES
from kring.domain.evolve.closing import item_at
from kring.domain.measures.polls import round_at
from kring.domain.state import State
from kring.domain.stretches import stretch_of
from kring.domain.text import N_, Refused, Sentence, one_line
from kring.domain.time_text import When

EXAMPLES: dict[str, str] = {
    "visits": "2.1 20:14",
    "turns": "3 20:14-20:16",
    "pauses": "20:14-20:20",
    "attendance": N_("4 left 20:30"),
    "issues": N_("4 sound 20:14-20:20"),
    "answers": "3 8 20:15",
    "showings": "A 20:15-20:20",
    "recordings": "19:30-20:45",
    "asked": "2.1 20:14",
    "skipped": "2.1 20:14",
}
"""What is typed for each table: of whom or what it was, then its moment, or from when to when it lasted."""


class _Forgotten(msgspec.Struct, frozen=True):
    """What nobody logged: of whom or what it was, when it was, until when where it lasts (epoch ms), and why."""

    what: str
    began: int
    ended: int | None
    why: str


def put_in(state: State, now: int, table: str, what: str, began: int, ended: int | None = None, why: str = "") -> Facts:
    """Say that something had happened that nobody logged; `ended` for what lasts (epoch ms)."""
    wanted = _Forgotten(what, began, ended, one_line(why))
    is_whole = bool(what) != (table in _NAMELESS) and (ended is not None or table not in _LASTING)
    if table not in _VERBS or not is_whole or (ended is not None and table not in (*_LASTING, *_MAY_LAST)):
        raise type_it_so(table)
    _require_within(state, now, table, wanted)
    return _VERBS[table](state, now, wanted)


def type_it_so(table: str) -> Refused:
    """Return the refusal of what is typed otherwise than it is read."""
    if table == "room_turns":
        return Refused("A turn in a room can be put right, not put in.")
    if table not in EXAMPLES:
        return Refused("Only its time can be put right.")
    return Refused("Type it like this: {example}.", example=Sentence(EXAMPLES[table]))


def _require_within(state: State, now: int, table: str, wanted: _Forgotten) -> None:
    """Refuse moments to come, and those outside the session, or of what is part of the talk outside the talk."""
    session, end = state.session, wanted.began if wanted.ended is None else wanted.ended
    if end > now:
        raise Refused("That moment is still to come.")
    if end < wanted.began or wanted.began == wanted.ended:
        raise Refused("It ends after it begins.")
    is_talk = table in ("visits", "turns", "pauses")
    if is_talk and session.started_at is None:
        raise Refused("The session has not started.")
    first = session.started_at if is_talk else session.created_at
    if wanted.began < int(first or wanted.began) or (is_talk and end > int(session.ended_at or end)):
        raise Refused("That moment is not within the session.")


def _visit(state: State, now: int, wanted: _Forgotten) -> Facts:
    return guide.opened(lookup.item(state, wanted.what, PLACES), wanted.began, wanted.why)


def _turn(state: State, now: int, wanted: _Forgotten) -> Facts:
    return correcting.add(state, now, wanted.what, wanted.began, wanted.ended or now, wanted.why)


def _pause(state: State, now: int, wanted: _Forgotten) -> Facts:
    ended = wanted.ended or now
    others = (stretch_of(one, now) for one in state.pauses.values())
    if any(begin < ended and wanted.began < end for begin, end in others):
        raise Refused("It was paused then already; put that pause right.")
    return f.PauseAdded(wanted.began, ended, wanted.why)


def _attendance(state: State, now: int, wanted: _Forgotten) -> Facts:
    who, _space, status = wanted.what.rpartition(" ")
    since = When("", back_ms=now - wanted.began)
    decided = people.attend(state, now, who or status, status if who else "present", when=since)
    if isinstance(decided, tuple):
        return tuple([replace(one, why=wanted.why) for one in decided])
    return replace(decided, why=wanted.why)


def _issue(state: State, now: int, wanted: _Forgotten) -> Facts:
    return replace(checks.open_issue(state, now, wanted.what, wanted.began), until_ms=wanted.ended, why=wanted.why)


def _answer(state: State, now: int, wanted: _Forgotten) -> Facts:
    who, _space, value = wanted.what.partition(" ")
    poll = polls.poll_at(state, item_at(state, wanted.began))
    given = polls.answer(state, now, who, value, poll, round_at(state, poll, wanted.began))
    return replace(given, at_ms=wanted.began, why=wanted.why)


def _showing(state: State, now: int, wanted: _Forgotten) -> Facts:
    stimulus = lookup.item(state, wanted.what, ("stimulus",)).id
    others = [stretch_of(one, now) for one in state.showings.values() if one.stimulus == stimulus]
    if any(begin < (wanted.ended or now) and wanted.began < end for begin, end in others):
        raise Refused("It was on then already; put that showing right.")
    return f.StimulusShown(stimulus, wanted.began, wanted.why, until_ms=wanted.ended)


def _recording(state: State, now: int, wanted: _Forgotten) -> Facts:
    if state.open_recording is not None:
        raise Refused("A recording of the platform runs; put that one right.")
    return f.RecordingStarted(since_ms=wanted.began), f.RecordingStopped(at_ms=wanted.ended)


def _asked(state: State, now: int, wanted: _Forgotten) -> Facts:
    return replace(guide.asked(state, now, wanted.what), at_ms=wanted.began, why=wanted.why)


def _skipped(state: State, now: int, wanted: _Forgotten) -> Facts:
    return replace(guide.skip(state, now, wanted.what), at_ms=wanted.began, why=wanted.why)


_VERBS: dict[str, Callable[[State, int, _Forgotten], Facts]] = {
    "visits": _visit,
    "turns": _turn,
    "pauses": _pause,
    "attendance": _attendance,
    "issues": _issue,
    "answers": _answer,
    "showings": _showing,
    "recordings": _recording,
    "asked": _asked,
    "skipped": _skipped,
}
_LASTING = ("turns", "pauses", "recordings")
"""What has to be said with its end."""
_MAY_LAST = ("issues", "showings")
"""What may be said with its end, or goes on."""
_NAMELESS = ("pauses", "recordings")
"""What is of nobody and of nothing."""
