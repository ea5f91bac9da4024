"""The end of a session, in time or told later, and the session that nobody ended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kring.domain import facts as f
from kring.domain.decide.earlier import last_logged, said_later
from kring.domain.decide.session import require_live
from kring.domain.measures.presence import seated
from kring.domain.measures.questions import must_still_be_asked
from kring.domain.measures.session_time import session_time
from kring.domain.state import State
from kring.domain.stretches import Lasting
from kring.domain.text import N_, Refused, Sentence
from kring.domain.time_text import no_time, read_when, time_of_day
from kring.domain.words import called

IDLE_MS = 2 * 3_600_000  # longer than any break
SECOND_MS = 1_000
NOW = ("now", "nu")


class Forgotten(NamedTuple):
    """When a session that nobody ended may have ended (epoch ms): after its last act, or as planned."""

    last_act: int
    planned: int | None
    idle_ms: int


class EndAsks(Refused):
    """The end was refused, because nobody did anything for hours; a face asks when the session had ended."""


def end(state: State, now: int, said: str = "") -> f.Fact:
    """End the talk: now, or at the moment that is said; after hours without an act that has to be said."""
    require_live(state)
    when = read_when(said)
    if when is not None:
        ended = said_later(lambda _state, _now: f.SessionEnded(), when)(state, now)
        assert isinstance(ended, f.Fact)
        return ended
    if said and said.casefold() not in NOW:
        raise no_time(said)
    found = None if said else forgotten(state, now)
    if found is not None:
        raise _asks(state, found)
    return f.SessionEnded()


def _asks(state: State, found: Forgotten) -> EndAsks:
    question = asked(state, found)
    return EndAsks(question.template, **question.values)


def forgotten(state: State, now: int) -> Forgotten | None:
    """Return when a session that runs may have ended; None where somebody acted not long ago."""
    if state.session.phase != "live":
        return None
    last = max(_moments(state), default=now)
    if now - last < IDLE_MS:
        return None
    after = -(-last // SECOND_MS) * SECOND_MS
    planned = session_time(state, now).planned_end
    return Forgotten(after, planned if planned is not None and after < planned <= now else None, now - last)


def _moments(state: State) -> Iterable[int]:
    """Yield when people did something that left a row."""
    session = state.session
    yield int(session.started_at or 0)
    yield last_logged(state) or 0
    stretches: list[Lasting] = [*state.attendance.values(), *state.issues.values()]
    for stretch in stretches:
        yield int(stretch.ended_at or stretch.started_at)
    for note in state.notes.values():
        yield int(note.changed_at or note.written_at)
    yield from (int(answer.at) for answer in state.answers.values())
    yield from (int(cue.at) for cue in state.cues.values())


def asked(state: State, found: Forgotten) -> Sentence:
    """Return what is asked of a session that nobody ended, with the moments that are proposed."""
    told = {
        "hours": found.idle_ms // 3_600_000,
        "last": time_of_day(state, found.last_act, seconds=True),
        "planned": time_of_day(state, found.planned, seconds=True) if found.planned is not None else "",
    }
    if found.planned is None:
        return Sentence(N_("Nobody did anything for {hours} hours. Had the session ended, at {last} (last act)?"), told)
    question = N_(
        "Nobody did anything for {hours} hours. Had the session ended, at {last} (last act) or {planned} (as planned)?"
    )
    return Sentence(question, told)


def unasked(state: State, now: int) -> list[Sentence]:
    """Return which questions must be asked and were not, as a sentence; none where all were."""
    numbers = ", ".join(row.number or row.title for row in must_still_be_asked(state, now))
    return [Sentence("Not asked yet, and to be asked: {questions}.", {"questions": numbers})] if numbers else []


def left(state: State, now: int) -> list[Sentence]:
    """Return what people may want to do before a session ends."""
    found = unasked(state, now)
    waiting = [called(state, person.id) for person in seated(state) if person.status == "waiting"]
    if waiting:
        found.append(Sentence("In the waiting room: {names}.", {"names": ", ".join(waiting)}))
    if state.open_recording is not None or state.open_own_recording is not None:
        found.append(Sentence("A recording runs."))
    return found
