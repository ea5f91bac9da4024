"""The sentences of files of other programs: what was brought in, moved on the clock, and taken out again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.rows import ImportRow
from kring.domain.state import State
from kring.domain.text import N_, Sentence
from kring.domain.time_text import signed
from kring.domain.words import called

Teller = Callable[[State, Event, Any], Sentence]
SOUND = "sound"
"""What the act counts that brought in a recording."""


def _somebody(state: State, fact: Any) -> str | Sentence:
    """Return whom a file means: a participant, else as it calls them."""
    if fact.participant:
        return called(state, fact.participant)
    return fact.label or Sentence(N_("somebody"))


def _of_somebody(template: str, **fields: str) -> Teller:
    return lambda state, event, fact: Sentence(
        template,
        {"who": _somebody(state, fact), **{name: getattr(fact, field) for name, field in fields.items()}},
    )


def _file(state: State, import_id: str) -> str:
    brought = state.imports.get(import_id)
    return brought.file if isinstance(brought, ImportRow) else ""


def _attachment(state: State, sha256: str) -> str:
    rows = (row for row in state.tables[r.AttachmentRow.TABLE].values() if isinstance(row, r.AttachmentRow))
    return next((row.name for row in rows if row.sha256 == sha256), "")


def _imported(state: State, event: Event, fact: f.FileImported) -> Sentence:
    if any(what == SOUND for what, _number in fact.counts):
        return Sentence("Brought in: {file}, sound", {"file": fact.file})
    rows = sum(number for _what, number in fact.counts)
    if rows == 1:
        return Sentence("Brought in: {file}, 1 line", {"file": fact.file})
    return Sentence("Brought in: {file}, {n} lines", {"file": fact.file, "n": rows})


def _message(state: State, event: Event, fact: f.MessageRead) -> Sentence:
    if fact.speaker_kind == "moderator":
        return Sentence("Chat, moderator: {text}", {"text": fact.text})
    return Sentence("Chat, {who}: {text}", {"who": _somebody(state, fact), "text": fact.text})


def _shifted(state: State, event: Event, fact: f.ImportShifted) -> Sentence:
    return Sentence("Times of {file} moved by {by}", {"file": _file(state, fact.import_id), "by": signed(fact.by_ms)})


def _taken_out(state: State, event: Event, fact: f.FileTakenOut) -> Sentence:
    file = {"file": _file(state, fact.import_id)}
    if not fact.stays:
        return Sentence("Taken out: {file}", file)
    return Sentence(
        "Taken out: {file}; lines that stay, for another file holds them too: {n}", {**file, "n": fact.stays}
    )


SENTENCES: dict[type[f.Fact], Teller] = {
    f.FileImported: _imported,
    f.NameMatched: lambda state, event, fact: (
        Sentence("{label} in the file is {who}", {"label": fact.label, "who": _somebody(state, fact)})
        if fact.participant
        else Sentence("{label} in the file is nobody of the list", {"label": fact.label})
    ),
    f.MessageRead: _message,
    f.ReactionRead: _of_somebody(N_("Chat, {who}: {sign}"), sign="sign"),
    f.SignalRead: _of_somebody(N_("{who} in the meeting: {what}"), what="what"),
    f.StayRead: _of_somebody(N_("{who} was in the meeting, by its own list")),
    f.PollAnswerRead: _of_somebody(N_("Poll of the meeting, {who}: {value}"), value="value"),
    f.SurveyQuestionRead: lambda state, event, fact: Sentence("The survey asks: {text}", {"text": fact.title}),
    f.SurveyResponseRead: lambda state, event, fact: Sentence("Survey, respondent {n}", {"n": fact.respondent}),
    f.FileAttached: lambda state, event, fact: Sentence("Kept in the session file: {file}", {"file": fact.name}),
    f.SoundRead: lambda state, event, fact: Sentence("Sound of the platform: {file}", {"file": fact.file}),
    f.FileTakenOut: _taken_out,
    f.ImportShifted: _shifted,
    f.FileErased: lambda state, event, fact: Sentence("Erased: {file}", {"file": _attachment(state, fact.sha256)}),
    f.SpeechSourceChosen: lambda state, event, fact: Sentence(
        "The report counts the turns of the transcript"
        if fact.source == "transcript"
        else "The report counts the turns of the log"
    ),
}
