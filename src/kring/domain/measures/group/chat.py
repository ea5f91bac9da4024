"""The chat of an online group: who was heard in it, and of an assignment in the chat, who is still to explain.

A contribution in the chat counts as heard, never as talk time: nobody spoke. Who wrote and said nothing after it on the
same question is asked to explain (it is the spoken explanation that the group can respond to).
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from kring.domain.measures.presence import seated
from kring.domain.rows import NoteRow, TurnRow
from kring.domain.state import State
from kring.domain.state.row_table import Rows, kept_by_table


class Chat(msgspec.Struct, frozen=True):
    """The contributions in the chat on a question in order, and by code in order of seat who wrote, who of those
    present did not, and who of those who wrote did not speak on the question since.
    """

    contributions: list[NoteRow]
    wrote: list[str]
    missing: list[str]
    to_explain: list[str]


def contributions(state: State, item: str | None = None) -> list[NoteRow]:
    """Return what was written in the chat, on a question where one is given, in order of time."""
    return [note for note in _contributions(state.notes) if item is None or note.item == item]


@kept_by_table
def _contributions(notes: Rows[NoteRow]) -> list[NoteRow]:
    found = (note for note in notes.values() if note.kind == "chat" and note.removed_at is None)
    return sorted(found, key=lambda note: (note.at, note.number, note.id))


@lru_cache(maxsize=2)  # one look at a screen asks for it many times
def chat_on(state: State, item: str, here: frozenset[str]) -> Chat:
    """Return the chat on a question."""
    written, last = contributions(state, item), _last_written(state, item)
    people = [person.id for person in seated(state)]
    turns = state.turns.values() if last else ()
    spoke = {turn.participant for turn in turns if turn.item == item and _goes_past(turn, last)}
    return Chat(
        contributions=written,
        wrote=who_wrote(state, item),
        missing=[code for code in people if code in here and code not in last],
        to_explain=[code for code in people if code in last and code in here and code not in spoke],
    )


def who_wrote(state: State, item: str) -> list[str]:
    """Return who wrote in the chat on a question, by seat."""
    last = _last_written(state, item)
    return [person.id for person in seated(state) if person.id in last] if last else []


def _last_written(state: State, item: str) -> dict[str, int]:
    """Return when each participant last wrote on a question, by code, epoch ms."""
    return {note.participant: int(note.at) for note in contributions(state, item) if note.participant is not None}


def _goes_past(turn: TurnRow, moments: dict[str, int]) -> bool:
    """Whether somebody speaks in a turn after the moment that is theirs."""
    moment = moments.get(turn.participant or "")
    return moment is not None and turn.removed_at is None and (turn.ended_at is None or turn.ended_at > moment)
