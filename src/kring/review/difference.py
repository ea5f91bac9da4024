"""What an act would change that is not done yet: which rows go elsewhere, and which figures become others."""

from __future__ import annotations

from typing import Literal, NamedTuple

from kring.domain import rows as r
from kring.domain.measures.questions import Asked, questions
from kring.domain.measures.session_time import session_time
from kring.domain.measures.talk_time import Voice, voices
from kring.domain.state import State
from kring.domain.text import N_
from kring.domain.time_text import as_length, time_of_day
from kring.domain.words import called, numbered

Measure = Literal["time", "asked", "heard", "first", "notes", "talk", "end"]
MEASURES: dict[Measure, str] = {
    "time": N_("time on {what}"),
    "asked": N_("{what} asked"),
    "heard": N_("heard on {what}"),
    "first": N_("who spoke first on {what}"),
    "notes": N_("notes on {what}"),
    "talk": N_("talk time of {what}"),
    "end": N_("end or expected end"),
}
"""What each figure is called."""
AROUND_MS = 120_000


class Moved(NamedTuple):
    """A turn or a note that would be filed with another question, or be somebody else's."""

    row: r.TurnRow | r.NoteRow
    item: str | None
    participant: str | None


class Figure(NamedTuple):
    """A figure that would be another one: what it is of, what it is and what it would be; `yes` and `no` are words."""

    measure: Measure
    what: str
    was: str
    becomes: str


class Visited(NamedTuple):
    """A stretch of a guide item, in order of time; epoch ms, the end None while it is open."""

    number: str
    begin: int
    end: int | None


def moved(before: State, after: State) -> list[Moved]:
    """Return the turns and notes that go elsewhere, in order of time, as they are now."""
    changed: list[tuple[r.TurnRow | r.NoteRow | None, r.TurnRow | r.NoteRow]] = [
        *((before.turns.get(turn.id), turn) for turn in after.turns.since(before.turns)[0]),
        *((before.notes.get(note.id), note) for note in after.notes.since(before.notes)[0]),
    ]
    found = [
        Moved(was, row.item, row.participant)
        for was, row in changed
        if was is not None and (was.item, was.participant) != (row.item, row.participant)
    ]
    return sorted(found, key=lambda one: (_at(one.row), one.row.id))


def _at(row: r.TurnRow | r.NoteRow) -> int:
    return int(row.at if isinstance(row, r.NoteRow) else row.started_at)


def figures(before: State, after: State, now: int) -> list[Figure]:
    """Return the figures that would be others, those of questions first."""
    found: list[Figure] = []
    old = {one.row.id: one for one in questions(before, now)}
    for new in questions(after, now):
        if (was := old.get(new.row.id)) is not None:
            found += _of_question(before, after, was, new)
    spoke = {voice.person.id: voice for voice in voices(before, now)}
    for voice in voices(after, now):
        if (heard := spoke.get(voice.person.id)) is not None:
            found += _of_voice(after, heard, voice)
    ends = [_end(state, now) for state in (before, after)]
    if ends[0] != ends[1]:
        found.append(Figure("end", "", ends[0], ends[1]))
    return found


def visited(state: State, begin: int, end: int) -> list[Visited]:
    """Return what was open in a stretch of time, in order."""
    found = [
        Visited(numbered(state, visit.item), int(visit.started_at), int(visit.ended_at) if visit.ended_at else None)
        for visit in state.visits.values()
        if visit.removed_at is None and visit.started_at < end and (visit.ended_at is None or visit.ended_at > begin)
    ]
    return sorted(found, key=lambda one: (one.begin, one.number))


def window(before: State, after: State, now: int) -> tuple[int, int] | None:
    """Return from when to when visits begin or end elsewhere, with some time around it; None where none does."""
    moments: set[int] = set()
    for visit in after.visits.since(before.visits)[0]:
        was = before.visits.get(visit.id)
        ends = [
            {int(one.started_at), int(one.ended_at or now)}
            if one is not None and one.removed_at is None
            else set[int]()
            for one in (was, visit)
        ]
        moments |= ends[0] ^ ends[1]
    if not moments:
        return None
    around = max((max(moments) - min(moments)) // 5, AROUND_MS)
    return min(moments) - around, max(moments) + around


def _of_question(before: State, after: State, was: Asked, new: Asked) -> list[Figure]:
    number = numbered(after, new.row.id)
    pairs: list[tuple[Measure, str, str]] = [
        ("time", as_length(was.spent_ms), as_length(new.spent_ms)),
        ("asked", _yes(was.was_asked), _yes(new.was_asked)),
        ("heard", _of(was), _of(new)),
        ("first", called(before, was.first), called(after, new.first)),
        ("notes", str(_notes(before, was.row.id)), str(_notes(after, new.row.id))),
    ]
    return [Figure(measure, number, one, other) for measure, one, other in pairs if one != other]


def _of_voice(after: State, was: Voice, new: Voice) -> list[Figure]:
    if was.spoken_ms == new.spoken_ms:
        return []
    return [Figure("talk", called(after, new.person.id), as_length(was.spoken_ms), as_length(new.spoken_ms))]


def _yes(it_was: bool) -> str:
    return "yes" if it_was else "no"


def _of(one: Asked) -> str:
    return f"{len(one.turns)} / {len(one.there)}"


def _notes(state: State, item: str) -> int:
    return sum(note.item == item and note.removed_at is None for note in state.notes.values())


def _end(state: State, now: int) -> str:
    ended = state.session.ended_at or session_time(state, now).expected_end
    return time_of_day(state, int(ended)) if ended is not None else "–"
