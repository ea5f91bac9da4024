"""What stands in the tables, in the words of the session's language: kinds and states, yes and no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kring.domain import rows as r
from kring.domain.columns import fields
from kring.domain.words import DEBRIEF_WORDS, NOTE_WORDS, POLL_WORDS, QUESTION_WORDS, SPEAKER_WORDS
from kring.exports.tables.stored import Cell, Table
from kring.report.group import ATTENDED
from kring.system.i18n import _

_OF_TYPE: dict[object, Mapping[Any, str]] = {
    r.NoteKind: NOTE_WORDS,
    r.TurnKind: SPEAKER_WORDS,
    r.Status: ATTENDED,
    r.QuestionKind: QUESTION_WORDS,
    r.PollKind: POLL_WORDS,
    r.DebriefField: DEBRIEF_WORDS,
}
_OF_VIEWS: dict[str, Mapping[Any, str]] = {
    "kind": dict[Any, str]([*SPEAKER_WORDS.items(), *NOTE_WORDS.items()]),
    "what": NOTE_WORDS,
    "status": ATTENDED,
    "question_kind": QUESTION_WORDS,
}
_YES_OR_NO = {"must_ask", "asked", "skipped", "removed", "stub", "starred", "within_minute", "until_end", "own"}


def in_words(table: Table) -> Table:
    """Return a table as people read it; what has no word stays as it is in the session file."""
    words = {place: found for place, column in enumerate(table.columns) if (found := _words_of(table.name, column))}
    if not words:
        return table
    return Table(table.name, table.columns, [_row(row, words) for row in table.rows])


def _words_of(table: str, column: str) -> Mapping[Any, str]:
    row_type = next((row for row in r.ROWS if table == row.TABLE), None)
    if row_type is None:
        words: Mapping[Any, str] = _OF_VIEWS.get(column, {})
        is_yes_or_no = column in _YES_OR_NO
    else:
        type_ = next((field.type for field in fields(row_type) if field.name == column), None)
        words = _OF_TYPE.get(type_, {})
        is_yes_or_no = type_ is bool
    if is_yes_or_no:
        return {0: _("no"), 1: _("yes")}
    return {value: _(word).lower() for value, word in words.items()}


def _row(row: tuple[Cell, ...], words: Mapping[int, Mapping[Any, str]]) -> tuple[Cell, ...]:
    return tuple(words[place].get(cell, cell) if place in words else cell for place, cell in enumerate(row))
