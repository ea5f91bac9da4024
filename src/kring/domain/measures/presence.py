"""Presence: who sits where, who took part, and for how long they were there.

Somebody is there from the moment that they were seen or heard: logged as present, or else from their first turn, hand,
answer, stance, note about them, technical issue or room. Where nobody logged who is there when the talk began, all who
are on the list count from the start: no logging is no absence. Who was logged as away or gone is back from their next
turn on.
What somebody logged counts, not what followed from a turn: that may turn out to be another's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

import msgspec

from kring.domain.measures.talk import NOBODY, Spoken, interruptions, spoken, talk, uninterrupted_ms
from kring.domain.rows import AttendanceRow, NoteRow, ParticipantRow, Status
from kring.domain.state import State
from kring.domain.state.row_table import Rows, kept_by_table
from kring.domain.stretches import FOREVER_MS, Stretch, united

AT_THE_START_MS = 10 * 60_000
"""Who is there is logged within so long of the start; later somebody is logged who came late."""
NOT_YET: frozenset[Status] = frozenset({"expected", "waiting"})


class _Logged(msgspec.Struct, frozen=True):
    """From when to when a status stands that somebody logged; `expected` where nobody had logged any yet."""

    status: Status
    begin: int
    end: int


def seated(state: State) -> list[ParticipantRow]:
    """Return the participants by seat."""
    return [person for person in places(state) if person.withdrawn_at is None]


def places(state: State) -> list[ParticipantRow]:
    """Return the participants by seat, with those who withdrew: of them nothing but the seat is known."""
    return list(by_seat(state.participants))


@kept_by_table
def by_seat(participants: Rows[ParticipantRow]) -> tuple[ParticipantRow, ...]:
    """Return the participants of a table by seat, with those who withdrew."""
    there = (p for p in participants.values() if p.removed_at is None or p.withdrawn_at is not None)
    return tuple(sorted(there, key=lambda person: (person.seat or 99, person.id)))


@lru_cache(maxsize=2)  # one look at a screen asks for it many times
def present(state: State, now: int) -> dict[str, list[Stretch]]:
    """Return from when to when each participant was there, by code, from start to end of the talk; epoch ms."""
    if state.session.started_at is None:
        return {}
    begin, end = talk(state, now)
    found: dict[str, list[Stretch]] = {}
    for code, those in _stays(state, now).items():
        inside = [(max(came, begin), min(went, end)) for came, went in those if max(came, begin) < min(went, end)]
        found[code] = [(int(came), int(went)) for came, went in united(inside)] if len(inside) > 1 else inside
    return found


def present_ms(state: State, now: int) -> dict[str, int]:
    """Return how long each participant was there, by code: breaks and pauses are no presence; in ms."""
    standstills = interruptions(state, now)
    return {code: round(uninterrupted_ms(those, standstills)) for code, those in present(state, now).items()}


def are_here(state: State, now: int) -> frozenset[str]:
    """Return who is there now, after the end who was there then; before the start who is logged as present."""
    if state.session.started_at is None:
        return frozenset(person.id for person in seated(state) if person.status == "present")
    end = talk(state, now)[1]
    stays = _stays(state, now)
    return frozenset(code for code, those in stays.items() for came, went in those if came <= end < went)


def status_of(person: ParticipantRow, here: frozenset[str]) -> Status:
    """Return how a participant's attendance stands: present for who is here, else as it was logged."""
    if person.id in here:
        return "present"
    return "expected" if person.status == "present" else person.status  # by a turn that turned out to be another's


def took_part(state: State, now: int) -> list[ParticipantRow]:
    """Return the participants who were there or spoke at any moment of the talk, by seat."""
    there, heard = present(state, now), spoken(state, now)
    return [person for person in seated(state) if there.get(person.id) or person.id in heard]


class Counts(msgspec.Struct, frozen=True):
    """How many were invited, how many of these came, how many walked in, and how many of those who came left early."""

    invited: int
    came: int
    walked_in: int
    left: int


def counts(state: State, now: int) -> Counts:
    """Return how many people came, each by its own name: who walked in is none of the invited."""
    people, came = seated(state), took_part(state, now)
    here = are_here(state, now)
    return Counts(
        invited=sum(person.on_list for person in people),
        came=sum(person.on_list for person in came),
        walked_in=sum(not person.on_list for person in came),
        left=sum(status_of(person, here) == "left" for person in came),
    )


def no_shows(state: State, now: int) -> list[ParticipantRow]:
    """Return who was invited and did not come, by seat: nobody who was seen or heard; of a session that ended."""
    came = {person.id for person in took_part(state, now)}
    is_over = state.session.ended_at is not None
    absent = [person for person in seated(state) if person.on_list and person.id not in came]
    return [person for person in absent if is_over or person.status == "no_show"]


@lru_cache(maxsize=2)
def _stays(state: State, now: int) -> dict[str, list[Stretch]]:
    """Return since when and until when each participant was there, also before the start and for good."""
    begin = talk(state, now)[0]
    heard = spoken(state, now)
    from_start, unsure = _sure_and_unsure(state.participants, state.attendance, begin)
    seen = _first_seen(state, unsure, begin)
    found: dict[str, list[Stretch]] = {}
    for code, those in _logged(state).items():
        signs, spoke = [begin] if code in from_start else seen.get(code, []), heard.get(code, NOBODY)
        came = [(_came(one, spoke, signs), one.end) for one in those]
        found[code] = [(since, until) for since, until in came if since is not None]
    return found


@kept_by_table
def _sure_and_unsure(
    participants: Rows[ParticipantRow], attendance: Rows[AttendanceRow], begin: int
) -> tuple[frozenset[str], frozenset[str]]:
    """Return who counts as there from the begin of the talk, and of whom signs have to tell when they came."""
    logged = _logged_of(participants, attendance)
    was_taken = _was_taken(participants, logged, begin)
    from_start = {
        code for code, those in logged.items() if participants[code].on_list and not was_taken and _had_come(those)
    }
    unsure = {code for code, those in logged.items() if any(one.status in NOT_YET and one.end > begin for one in those)}
    return frozenset(from_start), frozenset(unsure - from_start)


def _logged(state: State) -> dict[str, list[_Logged]]:
    """Return what was logged of each participant, by code, in order; first what stood before that."""
    return _logged_of(state.participants, state.attendance)


@kept_by_table
def _logged_of(participants: Rows[ParticipantRow], attendance: Rows[AttendanceRow]) -> dict[str, list[_Logged]]:
    people = [person for person in by_seat(participants) if person.withdrawn_at is None]
    rows: dict[str, list[AttendanceRow]] = {person.id: [] for person in people}
    # of two that begin at one moment, the one that ended there was said first
    in_order = sorted(attendance.values(), key=lambda row: (row.started_at, row.ended_at or FOREVER_MS, row.id))
    for row in in_order:
        if row.logged and row.participant in rows:
            rows[row.participant].append(row)
    found = {}
    for code, those in rows.items():
        begins = [-FOREVER_MS, *(int(row.started_at) for row in those), FOREVER_MS]
        statuses: list[Status] = ["expected", *(row.status for row in those)]
        found[code] = [_Logged(*one) for one in zip(statuses, begins, begins[1:], strict=False)]
    return found


def _was_taken(participants: Rows[ParticipantRow], logged: dict[str, list[_Logged]], begin: int) -> bool:
    """Whether somebody logged who of the list is there when the talk began, or shortly after."""
    by = begin + AT_THE_START_MS
    first = (those[1] for code, those in logged.items() if len(those) > 1 and participants[code].on_list)
    return any(one.status in ("waiting", "present") and one.begin <= by for one in first)


def _had_come(those: list[_Logged]) -> bool:
    """Whether nobody logged that somebody came: nothing at all, or first that they went away."""
    return len(those) < 2 or those[1].status in ("away", "left")


def _came(one: _Logged, heard: Spoken, signs: list[int]) -> int | None:
    """Return since when somebody was there while a status stood, None where they were not."""
    if one.status == "present":
        return one.begin
    first = heard.first_after(one.begin)
    found = [] if first is None else [first]
    if one.status in NOT_YET:
        found += [sign for sign in signs if sign >= one.begin]
    came = min(found, default=FOREVER_MS)
    return came if came < one.end else None


def _first_seen(state: State, codes: Collection[str], begin: int) -> dict[str, list[int]]:
    """Return when participants were seen by what stands in no turn, a note about them since `begin`; in no order."""
    found: dict[str, list[int]] = {code: [] for code in codes}
    if not found:
        return found
    noted = _noted(state.notes)
    for code, those in found.items():
        those += [at for at in noted.get(code, ()) if at >= begin]
    for who, at in _seen(state):
        if who in found:
            found[who].append(at)
    return found


@kept_by_table
def _noted(notes: Rows[NoteRow]) -> dict[str, list[int]]:
    """Return of what moments there are notes about each participant, by code."""
    found: dict[str, list[int]] = {}
    for note in notes.values():
        if note.participant is not None and note.removed_at is None:
            found.setdefault(note.participant, []).append(int(note.at))
    return found


def _seen(state: State) -> Iterator[tuple[str | None, int]]:
    """Yield who was seen and when: a hand, an answer, a stance, a technical issue, a room in which they were."""
    for person in seated(state):
        if person.seen_at is not None:
            yield person.id, int(person.seen_at)
    for answer in state.answers.values():
        yield answer.participant, int(answer.at)
    for stance in state.consensus.values():
        yield stance.participant, int(stance.at)
    for issue in state.issues.values():
        yield issue.participant, int(issue.started_at)
    for stay in state.room_stays.values():
        yield stay.participant, int(stay.started_at)
