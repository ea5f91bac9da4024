"""The end of a session, in time or told later: what is still open then, and the session that nobody ended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.decide.earlier import said_later
from kring.domain.decide.session import require_live
from kring.domain.measures.presence import seated
from kring.domain.measures.questions import must_still_be_asked
from kring.domain.measures.session_time import session_time
from kring.domain.state import State
from kring.domain.text import N_, Refused, Sentence
from kring.domain.time_text import no_time, read_when, time_of_day
from kring.domain.words import called

IDLE_MS = 2 * 3_600_000  # longer than any break
SECOND_MS = 1_000
BY_MACHINE = frozenset(
    ("recordings", "segments", "anchors", "voice", "turn_proposals", "imports", "transcript", "devices", "staff")
)
"""Tables that are written while nobody does anything, or when somebody opens the file."""
NOW = ("now", "nu")
PointKind = Literal["question", "recording", "platform", "waiting", "issue", "stub", "parked"]


class OpenPoint(msgspec.Struct, frozen=True):
    """One thing that is open: the id of its row, what it's called (nothing for a recording), since when (epoch ms)."""

    kind: PointKind
    row: str
    what: str
    since: int | None = None


WHY: dict[PointKind, str] = {
    "question": N_("must be asked, not asked"),
    "recording": N_("kring records"),
    "platform": N_("the platform records"),
    "waiting": N_("in the waiting room"),
    "issue": N_("technical issue"),
    "stub": N_("quote to complete"),
    "parked": N_("question for later, not raised"),
}
"""Why each kind is open."""
SUMMED: dict[PointKind, str] = {
    "question": N_("Not asked yet, and to be asked: {what}."),
    "recording": N_("A recording runs."),
    "platform": N_("The platform's recording runs."),
    "waiting": N_("In the waiting room: {what}."),
    "issue": N_("Technical issues open: {what}."),
    "stub": N_("Quotes to complete: {n}."),
    "parked": N_("Questions for later, not raised: {n}."),
}
"""All of a kind in one sentence."""


class Forgotten(msgspec.Struct, frozen=True):
    """When a session that nobody ended may have ended (epoch ms): after its last act, or as planned."""

    last_act: int
    planned: int | None
    idle_ms: int


class EndAsks(Refused):
    """The end was refused, because nobody did anything for hours; a face asks when the session had ended."""


def end(state: State, now: int, said: str = "") -> tuple[f.Fact, ...]:
    """End the talk: now, or at the moment that is said; after hours without an act that has to be said.

    Nobody asks for the floor any more then.
    """
    require_live(state)
    when = read_when(said)
    if when is not None:
        ended = said_later(lambda _state, _now: f.SessionEnded(), when)(state, now)
        assert isinstance(ended, f.Fact)
        return ended, *_hands_down(state)
    if said and said.casefold() not in NOW:
        raise no_time(said)
    found = None if said else forgotten(state, now)
    if found is not None:
        raise _asks(state, found)
    return f.SessionEnded(), *_hands_down(state)


def _hands_down(state: State) -> Iterator[f.Fact]:
    return (f.HandLowered(one.id) for one in state.participants.values() if one.hand_at is not None)


def _asks(state: State, found: Forgotten) -> EndAsks:
    question = asked(state, found)
    return EndAsks(question.template, **question.values)


def forgotten(state: State, now: int) -> Forgotten | None:
    """Return when a session that runs may have ended; None where somebody acted not long ago."""
    if state.session.phase != "live":
        return None
    if any(now - moment < IDLE_MS for moment in _moments(state)):
        return None
    last = max(_moments(state))
    after = -(-last // SECOND_MS) * SECOND_MS
    planned = session_time(state, now).planned_end
    return Forgotten(after, planned if planned is not None and after < planned <= now else None, now - last)


def _moments(state: State) -> Iterator[int]:
    """Yield when people did something that left a row, in each table the newest row first; a machine is nobody."""
    for name, table in state.tables.items():
        for row in reversed(table.values()) if name not in BY_MACHINE else ():
            if isinstance(row, r.CueRow) and row.automatic:
                yield int(row.seen_at or 0)
                continue
            for field in row.__struct_fields__:
                if field == "at" or field.endswith("_at"):
                    yield int(getattr(row, field) or 0)


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


def open_points(state: State, now: int) -> list[OpenPoint]:
    """Return what is open, by kind: what only the group can still give stands first."""
    return [
        *(
            OpenPoint("question", row.id, f"{row.number} {row.title}".strip())
            for row in must_still_be_asked(state, now)
        ),
        *_recordings(state),
        *_waiting(state),
        *_issues(state),
        *_notes(state),
    ]


def told(state: State, now: int) -> list[Sentence]:
    """Return one sentence for each kind that is open; questions are told by their numbers."""
    found: dict[PointKind, list[str]] = {}
    for point in open_points(state, now):
        row = state.guide.get(point.row) if point.kind == "question" else None
        found.setdefault(point.kind, []).append(row.number or row.title if row else point.what)
    return [Sentence(SUMMED[kind], {"what": ", ".join(names), "n": len(names)}) for kind, names in found.items()]


def _recordings(state: State) -> list[OpenPoint]:
    found: list[OpenPoint] = []
    if (own := state.open_own_recording) is not None:
        found.append(OpenPoint("recording", own.id, "", int(own.started_at)))
    if (platform := state.open_recording) is not None:
        found.append(OpenPoint("platform", platform.id, "", int(platform.started_at)))
    return found


def _waiting(state: State) -> list[OpenPoint]:
    since = {one.participant: int(one.started_at) for one in state.attendance.values() if one.ended_at is None}
    return [
        OpenPoint("waiting", person.id, called(state, person.id), since.get(person.id))
        for person in seated(state)
        if person.status == "waiting"
    ]


def _issues(state: State) -> list[OpenPoint]:
    return [
        OpenPoint(
            "issue", one.id, ", ".join(filter(None, (called(state, one.participant), one.title))), int(one.started_at)
        )
        for one in state.issues.values()
        if one.ended_at is None and one.removed_at is None
    ]


def _notes(state: State) -> list[OpenPoint]:
    alive = [note for note in state.notes.values() if note.removed_at is None]
    stubs = [note for note in alive if note.stub]
    parked = [note for note in alive if note.parked and note.raised_at is None]
    return [
        *(OpenPoint("stub", one.id, _said(called(state, one.participant), one.text), int(one.at)) for one in stubs),
        *(OpenPoint("parked", one.id, one.text, int(one.at)) for one in parked),
    ]


def _said(who: str, text: str) -> str:
    return f"{who}: “{text}”" if who else f"“{text}”"
