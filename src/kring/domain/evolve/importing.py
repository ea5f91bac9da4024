"""What becomes true when a file of another program is brought in, is moved on the clock, or is taken out again."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.evolve.closing import Evolver, Evolvers, ended, item_at, on_clock, seconds
from kring.domain.evolve.group.polls import MOST_COUNTED, answer_id, round_of
from kring.domain.evolve.notes import MOST_NUMBER
from kring.domain.evolve.sound import MOST_RATE, MOST_S
from kring.domain.evolve.utterances import turn_of
from kring.domain.measures.group.rooms import room_at
from kring.domain.measures.imported_rows import BROUGHT, kept_by_others, rows_of
from kring.domain.state import State

ROUNDED_S = 90
"""Lists say in whole minutes how long somebody stayed, up or down: within so much it is the time in between."""
_MOMENTS = ("at", "started_at", "ended_at")


def _imported(state: State, event: Event, fact: f.FileImported) -> list[r.Row]:
    return [
        r.ImportRow(
            id=event.id,
            kind="file",
            number=_number(state, fact.number),
            source=fact.format,
            read_at=event.at,
            read_by=event.actor,
            file=fact.file,
            sha256=fact.sha256,
            clock=fact.clock,
            offset_s=None if fact.offset_ms is None else fact.offset_ms / 1000,
            counts=fact.counts,
            skipped=fact.skipped,
            also=fact.also,
        )
    ]


def _number(state: State, wanted: int) -> int:
    """Return the number of a file: its own, or the next where it has none, or another one has it."""
    taken = {row.number for row in state.imports.values()}
    return wanted if 0 < wanted <= MOST_NUMBER and wanted not in taken else max(taken, default=0) + 1


def _of_file(rows_of: Evolver) -> Evolver:
    """Return an evolver of what stood in a file: of nothing where the act is not known that brought it in.

    What an earlier file has too is told only where the row of that is not, and then is that row.
    """

    def evolve(state: State, event: Event, fact: Any) -> list[r.Row]:
        brought = state.imports.get(event.act or "")
        if brought is None or brought.kind != "file":
            return []
        same_as = getattr(fact, "same_as", "")
        if same_as and any(same_as in state.tables[row_type.TABLE] for row_type in BROUGHT):
            return []
        rows = rows_of(state, event, fact)
        return [_instead(row, same_as, brought.id) for row in rows] if same_as else rows

    return evolve


def _instead(row: r.Row, row_id: str, import_id: str) -> r.Row:
    """Return a row that stood in a file as one of this id."""
    return replace(row, id=row_id) if getattr(row, "import_id", None) == import_id else row


def _known(state: State, participant: str | None) -> str | None:
    return participant if participant in state.participants else None


def _at(state: State, at_ms: int | None) -> dict[str, Any]:
    """Return the columns that say a moment."""
    return {} if at_ms is None else {"at": r.Moment(at_ms), "t": on_clock(state, at_ms)}


def _matched(state: State, event: Event, fact: f.NameMatched) -> list[r.Row]:
    who, participant = fact.who, _known(state, fact.participant)
    return [r.ImportNameRow(id=event.id, import_id=event.act or "", label=fact.label, who=who, participant=participant)]


def _message(state: State, event: Event, fact: f.MessageRead) -> list[r.Row]:
    participant = _known(state, fact.participant)
    answered = fact.answers or ("" if fact.replies_to is None else message_id(event, fact.replies_to))
    return [
        r.NoteRow(
            id=message_id(event, fact.line),
            number=fact.number if 0 < fact.number <= MOST_NUMBER else state.last_note + 1,
            kind="chat",
            text=fact.text,
            item=item_at(state, fact.at_ms),
            participant=participant,
            speaker_kind=fact.speaker_kind,
            room=room_at(state, participant, fact.at_ms) if participant else None,
            author=event.actor,
            role=event.role,
            written_at=event.at,
            import_id=event.act,
            label=fact.label,
            replies_to=answered if answered in state.notes else None,
            private=fact.private,
            private_to=fact.private_to,
            **_at(state, fact.at_ms),
        )
    ]


def message_id(event: Event, line: int) -> str:
    """Return the id of the message of a line: what answers it, or reacts to it, knows no more of it."""
    return f"{event.act}/{line}"


def _reaction(state: State, event: Event, fact: f.ReactionRead) -> list[r.Row]:
    note = fact.under or message_id(event, fact.line)
    answered = state.notes.get(note)
    if answered is None or answered.import_id != event.act:
        return []
    return [
        r.ReactionRow(
            id=event.id,
            import_id=event.act or "",
            note=note,
            sign=fact.sign,
            participant=_known(state, fact.participant),
            label=fact.label,
        )
    ]


def _signal(state: State, event: Event, fact: f.SignalRead) -> list[r.Row]:
    return [
        r.SignalRow(
            id=event.id,
            import_id=event.act or "",
            participant=_known(state, fact.participant),
            label=fact.label,
            what=fact.what,
            **_at(state, fact.at_ms),
        )
    ]


def _stay(state: State, event: Event, fact: f.StayRead) -> list[r.Row]:
    began, left = fact.joined_ms, fact.left_ms
    lasted = None if fact.lasted_s is None else float(fact.lasted_s)
    if began is not None and left is not None:
        whole = seconds(began, left)
        # A list with one row a person says of who was away in between less than from first to last.
        lasted = whole if lasted is None or whole - lasted < ROUNDED_S else lasted
    return [
        r.PlatformStayRow(
            id=event.id,
            import_id=event.act or "",
            participant=_known(state, fact.participant),
            label=fact.label,
            in_waiting_room=fact.in_waiting_room,
            role=fact.role,
            started_at=None if began is None else r.Moment(began),
            ended_at=None if left is None else r.Moment(left if began is None else max(began, left)),
            t=None if began is None else on_clock(state, began),
            duration_s=lasted,
        )
    ]


def _poll_answer(state: State, event: Event, fact: f.PollAnswerRead) -> list[r.Row]:
    participant = _known(state, fact.participant)
    poll = fact.poll if fact.poll in state.polls else None
    number = min(max(fact.round, 1), MOST_COUNTED)
    if fact.counts and poll and participant and fact.at_ms is not None:
        logged = state.answers.get(answer_id(poll, participant, number))
        if logged is None or logged.import_id is not None:
            answer = r.AnswerRow(
                id=answer_id(poll, participant, number),
                poll=poll,
                round=number,
                participant=participant,
                value=fact.value,
                import_id=event.act,
                **_at(state, fact.at_ms),
            )
            return [*round_of(state, poll, number, r.Moment(fact.at_ms)), answer]
    return [
        r.PlatformAnswerRow(
            id=event.id,
            import_id=event.act or "",
            poll=poll,
            question=fact.question,
            participant=participant,
            label=fact.label,
            value=fact.value,
            **_at(state, fact.at_ms),
        )
    ]


def _survey_question(state: State, event: Event, fact: f.SurveyQuestionRead) -> list[r.Row]:
    return [
        r.SurveyQuestionRow(
            id=f"{event.act}/{fact.position}",
            import_id=event.act or "",
            position=fact.position,
            name=fact.name,
            title=fact.title,
            kind=fact.question_kind,
        )
    ]


def _survey_response(state: State, event: Event, fact: f.SurveyResponseRead) -> list[r.Row]:
    participant = _known(state, fact.participant)
    return [
        r.SurveyAnswerRow(
            id=f"{event.id}/{position}",
            import_id=event.act or "",
            respondent=fact.respondent,
            participant=participant,
            question=question,
            value=value,
            complete=fact.complete,
            test=fact.test,
            told_by_file=fact.told_by_file,
        )
        for position, value in fact.answers
        if (question := f"{event.act}/{position}") in state.survey_questions
    ]


def _attached(state: State, event: Event, fact: f.FileAttached) -> list[r.Row]:
    known = (row for row in state.tables[r.AttachmentRow.TABLE].values() if isinstance(row, r.AttachmentRow))
    was_erased = any(row.sha256 == fact.sha256 and row.erased_at is not None for row in known)  # bytes never come back
    return [
        r.AttachmentRow(
            id=event.id,
            import_id=event.act or "",
            name=fact.name,
            media_type=fact.media_type,
            sha256=fact.sha256,
            bytes=fact.bytes,
            added_by=event.actor,
            erased_at=event.at if was_erased else None,
            **_at(state, fact.at_ms),
        )
    ]


def _sound(state: State, event: Event, fact: f.SoundRead) -> list[r.Row]:
    rate = min(max(fact.rate, 1), MOST_RATE)
    frames = min(max(fact.frames, 0), rate * MOST_S)
    segment = r.SegmentRow(
        id=event.id,
        source="platform",
        number=fact.number,
        file=fact.file,
        rate=rate,
        channels=1,
        started_at=r.Moment(fact.at_ms),
        t=on_clock(state, fact.at_ms),
        frames=frames,
        sha256=fact.sha256,
        bytes=fact.bytes,
        import_id=event.act,
    )
    return [ended(segment, r.Moment(fact.at_ms + round(frames * 1000 / rate)))]


def _taken_out(state: State, event: Event, fact: f.FileTakenOut) -> list[r.Row]:
    brought = state.imports.get(fact.import_id)
    if brought is None or brought.kind != "file" or brought.removed_at is not None:
        return []
    kept = kept_by_others(state, brought.id)
    rows: list[r.Row] = [
        replace(row, import_id=kept[row.id]) if row.id in kept else replace(row, removed_at=event.at)
        for row in rows_of(state, brought.id)
    ]
    return [replace(brought, removed_at=event.at, removed_why=fact.why), *rows]


def _shifted(state: State, event: Event, fact: f.ImportShifted) -> list[r.Row]:
    brought = state.imports.get(fact.import_id)
    if brought is None or brought.kind != "file" or brought.removed_at is not None:
        return []
    by_ms = min(max(fact.by_ms, -r.LAST_MS), r.LAST_MS)
    moved = replace(brought, offset_s=round((brought.offset_s or 0) + by_ms / 1000, 3))
    return [moved, *(_moved(state, row, by_ms) for row in rows_of(state, brought.id))]


def _erased(state: State, event: Event, fact: f.FileErased) -> list[r.Row]:
    rows = (row for row in state.tables[r.AttachmentRow.TABLE].values() if isinstance(row, r.AttachmentRow))
    return [replace(row, erased_at=event.at) for row in rows if row.sha256 == fact.sha256 and row.erased_at is None]


def _source_chosen(state: State, event: Event, fact: f.SpeechSourceChosen) -> list[r.Row]:
    return [replace(state.session, speech_source=fact.source)] if state.session.id else []


def _moved(state: State, row: Any, by_ms: int) -> r.Row:
    """Return a row that lies so much later: with its moments also the question and the turn in which it lies."""
    moved: dict[str, Any] = {
        name: r.Moment(value + by_ms)
        for name in _MOMENTS
        if name in row.__struct_fields__ and (value := getattr(row, name)) is not None
    }
    at = moved.get("at", moved.get("started_at"))
    if at is None:
        return row  # type: ignore[no-any-return]
    moved["t"] = on_clock(state, at)
    match row:
        case r.NoteRow():
            moved["item"] = item_at(state, at)
            moved["room"] = room_at(state, row.participant, at) if row.participant else None
        case r.TranscriptRow():
            moved["words"] = tuple((begin + by_ms / 1000, end + by_ms / 1000, word) for begin, end, word in row.words)
            moved["turn"] = turn_of(state, replace(row, **moved))
    return replace(row, **moved)  # type: ignore[no-any-return]


EVOLVERS: Evolvers = {
    f.FileImported: _imported,
    f.NameMatched: _of_file(_matched),
    f.MessageRead: _of_file(_message),
    f.ReactionRead: _of_file(_reaction),
    f.SignalRead: _of_file(_signal),
    f.StayRead: _of_file(_stay),
    f.PollAnswerRead: _of_file(_poll_answer),
    f.SurveyQuestionRead: _of_file(_survey_question),
    f.SurveyResponseRead: _of_file(_survey_response),
    f.FileAttached: _of_file(_attached),
    f.SoundRead: _of_file(_sound),
    f.FileTakenOut: _taken_out,
    f.ImportShifted: _shifted,
    f.FileErased: _erased,
    f.SpeechSourceChosen: _source_chosen,
}
