"""Where the summary for the group and the debrief stand: their lines and answers in order, and the time that is left.

A debrief takes fifteen minutes, right after the group, while it is fresh (R.A. Krueger and M.A. Casey, "Focus Groups",
on the moderator and the assistant after the discussion).
"""

from __future__ import annotations

import msgspec

from kring.domain.rows import DebriefField, DebriefRow, NoteRow, SummaryAnswerRow, SummaryLineRow
from kring.domain.state import State

DEBRIEF_MS = 15 * 60_000
FIELDS: tuple[DebriefField, ...] = ("impression", "surprise", "difference", "guide", "quality", "hypothesis", "action")
"""In the order in which they are asked; their places, from 1, are the numbers by which they are called."""
SUMMED_UP = frozenset({"quote", "paraphrase", "summary"})
"""What people said; what the note-taker thinks is never laid before the group as theirs."""


def summary_lines(state: State) -> list[SummaryLineRow]:
    """Return the lines of the summary that count, in order."""
    alive = (line for line in state.summary_lines.values() if line.removed_at is None)
    return sorted(alive, key=lambda line: (line.number, line.id))


def summary_answers(state: State) -> list[SummaryAnswerRow]:
    """Return what participants said of the summary, in order; of nobody who withdrew since."""
    alive = (answer for answer in state.summary_answers.values() if answer.removed_at is None)
    return sorted(alive, key=lambda answer: (answer.at, answer.id))


def to_sum_up(state: State) -> list[NoteRow]:
    """Return the starred notes on what people said that no line of the summary was made of yet, in order of time."""
    used = {line.note for line in state.summary_lines.values()}
    notes = (note for note in state.notes.values() if note.starred and note.removed_at is None and note.id not in used)
    said = (note for note in notes if note.kind in SUMMED_UP and not (note.stub or note.parked) and note.text.strip())
    return sorted(said, key=lambda note: (note.at, note.number, note.id))


class ReadBack(msgspec.Struct, frozen=True):
    """The summary as it was read back: its lines, who said that it is right, and what was corrected, in order.

    Somebody who corrected something did not just agree; `agreed` are codes.
    """

    lines: list[SummaryLineRow]
    agreed: list[str]
    corrections: list[SummaryAnswerRow]


def read_back(state: State) -> ReadBack:
    """Return what was read back to the group, and what they said of it; nothing where nobody logged that it was."""
    lines = [line for line in summary_lines(state) if line.read_at is not None]
    answers = summary_answers(state)
    corrections = [answer for answer in answers if not answer.agreed]
    corrected = {answer.participant for answer in corrections}
    agreed = dict.fromkeys(one.participant for one in answers if one.agreed and one.participant not in corrected)
    return ReadBack(lines, list(agreed), corrections)


class Debrief(msgspec.Struct, frozen=True):
    """The answers per field, each author's; how many fields have one; and what is left of the fifteen minutes (ms).

    `left_ms` is None before it began, and below zero after its time.
    """

    answers: dict[DebriefField, list[DebriefRow]]
    done: int
    left_ms: int | None


def debrief(state: State, now: int) -> Debrief:
    """Return where the debrief stands."""
    rows = sorted((row for row in state.debrief.values() if row.removed_at is None), key=lambda row: row.answered_at)
    answers = {field: [row for row in rows if row.field == field] for field in FIELDS}
    begun = state.session.debrief_at
    left = None if begun is None else int(begun) + DEBRIEF_MS - now
    return Debrief(answers, sum(bool(those) for those in answers.values()), left)
