"""What researchers add afterwards: codes, memos, a second coder's judgement, COREQ."""

from __future__ import annotations

from typing import ClassVar

from kring.domain.rows.base import Moment, Row, TurnKind


class CodeRow(Row, frozen=True, kw_only=True):
    """A code of the codebook; a theme is a code above others (`parent`)."""

    TABLE: ClassVar[str] = "codes"
    name: str
    description: str = ""
    colour: str = ""
    parent: str | None = None
    added_by: str = ""
    added_at: Moment
    removed_at: Moment | None = None


class CodingRow(Row, frozen=True, kw_only=True):
    """One coder's code on one note or one turn."""

    TABLE: ClassVar[str] = "codings"
    code: str
    note: str | None = None
    turn: str | None = None
    coder: str = ""
    at: Moment
    removed_at: Moment | None = None


class MemoRow(Row, frozen=True, kw_only=True):
    """What a researcher thinks of a note, a turn, a code, or of the session as a whole."""

    TABLE: ClassVar[str] = "memos"
    text: str
    note: str | None = None
    turn: str | None = None
    code: str | None = None
    author: str = ""
    at: Moment
    changed_at: Moment | None = None
    removed_at: Moment | None = None


class TurnJudgementRow(Row, frozen=True, kw_only=True):
    """Whom a second coder hears in a turn, beside what the log says; `id` is the turn's with the coder behind it."""

    TABLE: ClassVar[str] = "turn_judgements"
    turn: str
    coder: str
    kind: TurnKind
    participant: str | None = None
    at: Moment


class CoreqRow(Row, frozen=True, kw_only=True):
    """The researcher's answer to one item of COREQ; `id` is the item's number."""

    TABLE: ClassVar[str] = "coreq"
    answer: str
    answered_by: str = ""
    answered_at: Moment
