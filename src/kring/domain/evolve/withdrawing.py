"""What becomes true when somebody withdraws: nothing of theirs is shown any more, and nothing of theirs is lost.

Their rows stay, as ones that were taken out and without a word, so that tables, views, screens, reports and exports all
pass them over, and the turns and times of others are as they were. The events keep what happened: without the event
of the withdrawal (`ParticipantRow.withdrawal`), the rows are again what they were.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Any

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.columns import Attributes, Contact, Name, Words, fields, references
from kring.domain.events import Event
from kring.domain.evolve.group.whom import as_meant
from kring.domain.plan import names_on_list
from kring.domain.state import State
from kring.domain.text import folded

OWNERS = {"note": "notes", "turn": "turns"}
"""The columns by which a row belongs to what somebody said, with the table that they lead to."""
NAMED = {
    "participant": "participants", "turn": "turns", "other": "turns", "note": "notes", "issue": "issues",
    "check": "checks", "coding": "codings", "memo": "memos", "line": "summary_lines",
}  # fmt: skip
"""The fields by which a fact names what is somebody's, with the table in which that stands."""


def withdrawn_rows(state: State, event: Event, code: str, labels: Collection[str] = ()) -> list[r.Row]:
    """Return everything of a participant as it is from the withdrawal on, which is this event.

    What a file has under one of `labels`, of nobody on the list, is theirs too.
    """
    person = state.participants[code]
    if person.withdrawn_at is not None:
        return []
    codes = {code}
    gone = replace(person, withdrawn_at=event.at, withdrawal=event.id)
    others = (row for name, table in state.tables.items() if name != r.ParticipantRow.TABLE for row in table.values())
    called = {row.label for row in state.import_names.values() if row.participant == code}.union(labels)
    found = (
        _sealed(state, row, codes, event.at, labels) or _not_to(row, called) or _not_led_by(row, person)
        for row in others
    )
    return [_empty(gone, event.at), *(row for row in found if row is not None)]


def without_withdrawn(state: State, rows: Iterable[r.Row], at: r.Moment) -> list[r.Row]:
    """Return rows, those of people who withdrew as `withdrawn_rows` has them."""
    return [_sealed(state, row, state.withdrawn, at) or row for row in rows]


def is_about_withdrawn(state: State, event: Event) -> bool:
    """Whether an event tells of somebody who withdrew, by its code or by a row of theirs; words of people tell nothing.

    What an event made has its id.
    """
    event = as_meant(state, event)
    made_by = event.fact.event if isinstance(event.fact, f.Undone) else event.id
    if any(_is_theirs(state, table.get(made_by)) for table in state.tables.values()):
        return True
    return any(_is_theirs(state, state.tables[table].get(row)) for table, row in _named(event.fact))


def _named(fact: Any) -> Iterator[tuple[str, str]]:
    """Yield the rows that a fact is about, each with its table."""
    match fact:
        case f.ParticipantListed() | f.ParticipantAdded():
            yield r.ParticipantRow.TABLE, fact.code
        case f.RowMoved() | f.RowReassigned() | f.RowRemoved():
            yield fact.table, fact.row
            if isinstance(fact, f.RowReassigned):
                yield r.ParticipantRow.TABLE, fact.to
        case _:
            for field, table in NAMED.items():
                if isinstance(row := getattr(fact, field, None), str):
                    yield table, row


def _is_theirs(state: State, row: r.Row | None) -> bool:
    return row is not None and _belongs(state, row, state.withdrawn)


def _sealed(
    state: State, row: r.Row, codes: Collection[str], at: r.Moment, labels: Collection[str] = ()
) -> r.Row | None:
    """Return a row of one of these people without what it says, None where it is nobody's of them."""
    if isinstance(row, r.ConsentRow):
        return None
    is_theirs = _belongs(state, row, codes) or (labels and getattr(row, "label", "") in labels)
    return _empty(row, at) if is_theirs else None


def _not_to(row: r.Row, called: Collection[str]) -> r.Row | None:
    """Return a direct message to somebody without their name, None where it is another row."""
    return replace(row, private_to="") if isinstance(row, r.NoteRow) and row.private_to in called else None


def _not_led_by(row: r.Row, person: r.ParticipantRow) -> r.Row | None:
    """Return a room that they led, by name or the first word of it, without that; None where it is another row."""
    if not isinstance(row, r.RoomRow) or not row.leader:
        return None
    names = [name.split() for name in names_on_list(person.name, person.attributes)]
    called = {folded(" ".join(words)) for name in names for words in (name, name[:1])}
    return replace(row, leader="") if folded(row.leader) in called else None


def _belongs(state: State, row: r.Row, codes: Collection[str]) -> bool:
    if isinstance(row, r.ParticipantRow):
        return row.id in codes
    if any(getattr(row, column) in codes for column in references(type(row), r.ParticipantRow.TABLE)):
        return True
    if isinstance(row, r.SurveyAnswerRow) and row.told_by_file in codes:
        return True
    for column, table in OWNERS.items():
        of = state.tables[table].get(getattr(row, column, None) or "")
        if of is not None and getattr(of, "participant", None) in codes:
            return True
    return (
        isinstance(row, r.TranscriptRow)
        and row.participant is None
        and is_within_turn_of(state, codes, row.started_at, row.ended_at)
    )


def is_within_turn_of(state: State, codes: Collection[str], started_ms: int, ended_ms: int) -> bool:
    """Whether the middle of a stretch of speech lies in a turn of one of these people."""
    middle = (started_ms + ended_ms) // 2
    return any(
        turn.participant in codes and turn.started_at <= middle < (turn.ended_at or middle + 1)
        for turn in state.turns.values()
    )


def _empty(row: r.Row, at: r.Moment) -> r.Row:
    """Return a row as one that was taken out and says nothing."""
    said: dict[str, Any] = dict(_words_of(type(row)))
    if "removed_at" in row.__struct_fields__:
        said["removed_at"] = getattr(row, "removed_at", None) or at
    if isinstance(row, r.ParticipantRow):
        said |= {"hand_at": None, "withdrawn_at": row.withdrawn_at or at}
    return replace(row, **said)


@cache
def _words_of(struct: type[r.Row]) -> tuple[tuple[str, Any], ...]:
    """Return the columns in which words of people, names or figures typed for them stand, each as it is without."""
    told = [field for field in fields(struct) if isinstance(field.column, Words | Name | Attributes | Contact)]
    return tuple((field.name, None if field.may_be_empty else "" if field.type is str else ()) for field in told)
