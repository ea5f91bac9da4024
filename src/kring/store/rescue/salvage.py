"""Facts made again from rows of the tables, where the events that told of them are lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any, TypeVar

import msgspec

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.events import COUNTER_BITS, Event
from kring.domain.evolve.importing import message_id
from kring.domain.history import History
from kring.domain.plan import GuideItem, Plan, PlannedCheck
from kring.store.tables import COLUMNS
from kring.store.values import row_of
from kring.system.sqlite import sqlite3

RESCUE = "rescue"
RowType = TypeVar("RowType", bound=r.Row)


def rows_of(connection: sqlite3.Connection, row_type: type[r.Row]) -> list[r.Row]:
    """Return the rows of a table that can still be read, from its beginning and from its end."""
    found: dict[str, r.Row] = {}
    columns = ", ".join(_columns(connection, row_type.TABLE))
    for order in ("asc", "desc"):
        with suppress(sqlite3.Error, UnicodeError):
            for values in connection.execute(f"select {columns} from {row_type.TABLE} order by id {order}"):
                with suppress(msgspec.MsgspecError, ValueError, TypeError):
                    found.setdefault(values[0], row_of(row_type, values))
    return list(found.values())


def _columns(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    """Yield the columns of a table; one that an older file lacks reads as nothing said."""
    with suppress(sqlite3.Error, UnicodeError):
        there = {name for _, name, *_ in connection.execute(f"pragma table_info ({table})")}
        yield from (name if name in there else f"null as {name}" for name in COLUMNS[table])


def events_of(rows: list[r.Row], history: History) -> list[Event]:
    """Return events for what the rows tell and no event of this history does."""
    known = {type(event.fact) for event in history.events}
    ids = {event.id for event in history.events}
    ids |= {event.fact.recording for event in history.events if isinstance(event.fact, f.RecordingStarted)}
    ids |= {message_id(event, event.fact.line) for event in history.events if isinstance(event.fact, f.MessageRead)}
    made: dict[str, Event] = {}
    for session in _of(rows, r.SessionRow):
        made.update((event.id, event) for event in _of_session(session, rows, known))
    made.update((event.id, event) for event in _of_newcomers(rows, history))
    made.update((event.id, event) for event in _of_observers(rows, history))
    back_at = {int(room.ended_at) for room in _of(rows, r.RoomRow) if room.ended_at is not None}
    for row in rows:  # a turn comes after the attendance that the same event told of
        told = _told_by(row, back_at)
        if told is not None and row.id not in ids:
            at, fact, actor = told
            made[row.id] = _event(row.id, at, fact, actor)
    return list(made.values())


def _of_newcomers(rows: list[r.Row], history: History) -> Iterator[Event]:
    known = {event.id for event in history.events if isinstance(event.fact, f.ParticipantAdded)}
    stretches = sorted(_of(rows, r.AttendanceRow), key=lambda row: row.started_at)
    for person in _of(rows, r.ParticipantRow):
        came = next((row for row in stretches if row.participant == person.id), None)
        if not person.on_list and known.isdisjoint(person.additions.split()) and came is not None:
            fact = f.ParticipantAdded(person.id, person.name, person.seat, person.segment)
            yield _event(f"{person.id}-{RESCUE}", came.started_at, fact)


def _of_observers(rows: list[r.Row], history: History) -> Iterator[Event]:
    """Yield what observers said and asked, and what became of it: a question that was accepted is a cue of that act."""
    known = {event.id for event in history.events}
    for said in _of(rows, r.BackRoomRow):
        if said.id not in known:
            yield _event(said.id, int(said.at), f.BackRoomTalked(said.text), said.said_by)
    events = [event.fact for event in history.events]
    asked = {fact.question for fact in events if isinstance(fact, f.ObserverQuestionAsked)}
    decided = {(fact.question, fact.status) for fact in events if isinstance(fact, f.ObserverQuestionFiltered)}
    cues = {cue.question: cue.id for cue in _of(rows, r.CueRow) if cue.question is not None}
    for row in _of(rows, r.ObserverQuestionRow):
        name = f"{row.id}-{RESCUE}"
        if row.id not in asked:
            yield _event(name, int(row.at), f.ObserverQuestionAsked(row.id, row.text, row.number), row.asked_by)
        if row.decided_at is not None and decided.isdisjoint({(row.id, "accepted"), (row.id, "declined")}):
            first: r.QuestionStatus = "declined" if row.status == "declined" else "accepted"
            filtered = f.ObserverQuestionFiltered(row.id, first, row.reason)
            yield _event(cues.get(row.id, f"{name}-{first}"), int(row.decided_at), filtered, row.decided_by)
        if row.raised_at is not None and (row.id, "asked") not in decided:
            put = f.ObserverQuestionFiltered(row.id, "asked", row.reason)
            yield _event(f"{name}-asked", int(row.raised_at), put, row.raised_by)


def _of(rows: list[r.Row], row_type: type[RowType]) -> list[RowType]:
    return [row for row in rows if type(row) is row_type]


def _event(event_id: str, at: int, fact: f.Fact, actor: str = "", after: int = 0) -> Event:
    return Event(
        id=event_id,
        hlc=(at << COUNTER_BITS) + after,
        device=RESCUE,
        actor=actor or RESCUE,
        role=RESCUE,
        kind=fact.kind,
        v=fact.v,
        data=f.encode(fact).decode(),
        fact=fact,
    )


def _of_session(session: r.SessionRow, rows: list[r.Row], known: set[Any]) -> Iterator[Event]:
    created = int(session.created_at or 0)
    steps: list[tuple[r.Moment | None, f.Fact]] = [
        (r.Moment(created), f.SessionCreated(session.id, session.zone, session.utc_offset_min)),
        (r.Moment(created), f.PlanRead(_plan(session, rows), roster=_roster(rows))),
        (session.doors_at, f.DoorsOpened()),
        (session.started_at, f.SessionStarted(session.passed_gates)),
        (session.ended_at, f.SessionEnded()),
    ]
    for number, (at, fact) in enumerate(steps):
        if at is not None and type(fact) not in known:
            yield _event(f"{session.id}-{RESCUE}-{fact.kind}", at, fact, after=number)


def _told_by(row: r.Row, back_at: set[int]) -> tuple[int, f.Fact, str] | None:
    """Return when, what and by whom, for rows that bear the id of the event that made them.

    `back_at` are the moments at which people came back from rooms apart.
    """
    match row:
        case r.NoteRow():
            note = f.NoteAdded(
                row.kind, row.text, int(row.at), row.item, row.participant, row.speaker_kind, row.tags, row.starred,
                row.parked, row.stub, row.number,
            )  # fmt: skip
            return (int(row.written_at), note, row.author) if row.removed_at is None else None
        case r.TurnRow():
            return int(row.started_at), f.FloorGiven(row.kind, row.participant), row.logged_by
        case r.VisitRow():
            opened = f.ItemOpened(row.item, ends_rooms=int(row.started_at) in back_at)
            return int(row.started_at), opened, ""
        case r.IssueRow():
            return int(row.started_at), f.IssueOpened(row.title, row.participant), row.logged_by
        case r.CueRow(question=None):
            return int(row.at), f.CueSent(row.text, row.automatic, row.value), row.sender
        case r.AttendanceRow():
            return int(row.started_at), f.AttendanceChanged(row.participant, row.status, row.reason), ""
        case r.RecordingRow():
            own = f.RecordingStarted("kring", row.id, row.device, row.folder)
            return int(row.started_at), own if row.source == "kring" else f.RecordingStarted(), ""
        case _:
            return None


def _plan(session: r.SessionRow, rows: list[r.Row]) -> Plan:
    guide = sorted((row for row in _of(rows, r.GuideRow) if row.removed_at is None), key=lambda row: row.position)
    checks = [row for row in _of(rows, r.CheckRow) if row.planned and row.pattern is None and row.removed_at is None]
    return Plan(
        title=session.title,
        objective=session.objective,
        study=session.study,
        group=session.group_number,
        language=session.language,
        form=session.form,
        starts_at=session.planned_start,
        planned_min=None if session.planned_min is None else round(session.planned_min),
        project_number=session.project_number,
        client=session.client,
        agency=session.agency,
        recruiter=session.recruiter,
        incentive=session.incentive,
        stimulus_versions=session.stimulus_versions,
        destroyed_on=session.destroyed_on,
        platform=session.platform,
        link=session.link,
        assistant_phone=session.assistant_phone,
        moderator=session.moderator,
        assistant=session.assistant,
        source=session.plan_file,
        columns=session.columns,
        observer_names=session.observer_names,
        back_room_kept=session.back_room_kept,
        guide=tuple(_guide_item(row) for row in guide),
        checks=tuple(_check(row) for row in sorted(checks, key=lambda row: row.position)),
    )


def _roster(rows: list[r.Row]) -> tuple[f.ParticipantListed, ...]:
    consents = sorted(_of(rows, r.ConsentRow), key=lambda row: row.id)
    return tuple(
        f.ParticipantListed(
            code=row.id,
            name=row.name,
            seat=row.seat,
            segment=row.segment,
            attributes=row.attributes,
            consent=row.consent,
            consents=tuple((one.scope, one.given) for one in consents if one.participant == row.id),
        )
        for row in sorted(_of(rows, r.ParticipantRow), key=lambda row: row.seat)
        if row.on_list
    )


def _guide_item(row: r.GuideRow) -> GuideItem:
    same = ("id", "parent", "number", "kind", "question_kind", "must_ask", "planned_s", "planned_low_s", "until",
            "warn_s", "options", "label", "file", "url")  # fmt: skip
    return GuideItem(text=row.title, **{name: getattr(row, name) for name in same})


def _check(row: r.CheckRow) -> PlannedCheck:
    return PlannedCheck(
        id=row.id,
        phase=row.phase,
        text=row.title,
        gate=row.gate,
        recording=row.recording,
        consent=row.consent,
        per_participant=row.each,
        parts=row.parts,
        item=row.item,
        url=row.url,
    )
