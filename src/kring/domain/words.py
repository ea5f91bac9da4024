"""The words for what a session has: its people, its questions, kinds of notes and of speakers."""

from __future__ import annotations

from typing import Any

import msgspec

from kring.domain import rows as r
from kring.domain.measures.group.pacing import Paced
from kring.domain.measures.group.rooms import CUES_BEFORE_BACK
from kring.domain.measures.group.time_to_come import Guard
from kring.domain.measures.session_time import MINUTES_LEFT
from kring.domain.rows import (
    CheckRow,
    DebriefField,
    NoteKind,
    PollKind,
    QuestionKind,
    Stance,
    Status,
    TurnKind,
)
from kring.domain.state import State
from kring.domain.text import N_, Sentence
from kring.domain.time_text import as_length, time_of_day

PERSONA_WORDS: dict[str, str] = {
    "segment": N_("segment"),
    "demographics": N_("demographics"),
    "behaviour": N_("behaviour"),
    "goals": N_("goals"),
    "frustrations": N_("frustrations"),
    "matters": N_("what matters"),
    "media": N_("media"),
    "message": N_("what we say"),
}
"""The fields of a persona's card."""
WEEKDAYS = (N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"))
MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
NOTE_WORDS: dict[NoteKind, str] = {
    "quote": N_("Quote"),
    "paraphrase": N_("Paraphrase"),
    "remark": N_("Own remark"),
    "nonverbal": N_("Nonverbal"),
    "summary": N_("Summary"),
    "mark": N_("Mark"),
    "chat": N_("Chat"),
}
STATUS_SENTENCES: dict[Status, str] = {
    "expected": N_("{who} is expected"),
    "waiting": N_("{who} is in the waiting room"),
    "present": N_("{who} is present"),
    "away": N_("{who} is away for a moment"),
    "left": N_("{who} left"),
    "no_show": N_("{who} did not show up"),
}
FLOOR_SENTENCES: dict[TurnKind, str] = {
    "participant": N_("{who} has the floor"),
    "moderator": N_("The moderator speaks"),
    "crosstalk": N_("Crosstalk"),
    "unknown": N_("Somebody unknown speaks"),
    "silence": N_("Nobody has the floor"),
}
QUESTION_WORDS: dict[QuestionKind, str] = {
    "opening": N_("opening"),
    "introductory": N_("introductory"),
    "transition": N_("transition"),
    "key": N_("key question"),
    "ending": N_("ending"),
}
DEBRIEF_WORDS: dict[DebriefField, str] = {
    "impression": N_("first impressions"),
    "surprise": N_("what surprised"),
    "difference": N_("different from earlier groups"),
    "guide": N_("to change in the guide"),
    "quality": N_("quality of the talk"),
    "hypothesis": N_("hunches to test"),
    "action": N_("actions, who and when"),
}
POLL_WORDS: dict[PollKind, str] = {
    "single": N_("one answer"),
    "multiple": N_("several answers"),
    "scale": N_("scale"),
    "ranking": N_("ranking"),
}
SPEAKER_WORDS: dict[str, str] = {
    "moderator": N_("moderator"),
    "crosstalk": N_("crosstalk"),
    "unknown": N_("unknown speaker"),
    "silence": N_("silence"),
    "participant": N_("participant"),
}
GUARD_SENTENCES: dict[Guard, str] = {
    "key": N_("protected: key question"),
    "must_ask": N_("protected: must be asked"),
    "break": N_("protected: break"),
    "ending": N_("protected: ending"),
    "until": N_("ends at a fixed time"),
}


class StanceWords(msgspec.Struct, frozen=True):
    """How a stance is told, how it stands in a cell of the matrix, and how it is typed in English and in Dutch."""

    word: str
    cell: str
    words: tuple[str, ...]


STANCES: dict[Stance, StanceWords] = {
    "agrees": StanceWords(N_("agrees"), N_("agrees"), ("agrees", "eens", "agree", "yes")),
    "example_for": StanceWords(
        N_("gives an example for it"),
        N_("+ex"),
        ("example", "voorbeeld", "+ex", "+vb", "example for", "voorbeeld voor"),
    ),
    "nods": StanceWords(N_("nods"), N_("nods"), ("nods", "knikt", "nod", "knik")),
    "dissents": StanceWords(N_("does not agree"), N_("differs"), ("dissents", "oneens", "disagrees", "differs")),
    "example_against": StanceWords(
        N_("gives an example against it"),
        N_("−ex"),
        ("counterexample", "tegenvoorbeeld", "-ex", "-vb", "−ex", "−vb", "example against", "voorbeeld tegen"),
    ),
    "shakes": StanceWords(N_("shakes the head"), N_("shakes"), ("shakes", "schudt", "shake", "schud")),
    "no_response": StanceWords(N_("no response"), "–", ("no response", "geen reactie", "none", "-", "–")),
}


STOP_WORDS: dict[str, str] = {
    "stopped": N_("stopped"),
    "lost samples": N_("sound was lost"),
    "device gone": N_("the microphone was gone"),
    "disk full": N_("the disk is full"),
    "killed": N_("the recorder was cut off"),
    "failed": N_("the recorder failed"),
}


WITHDRAWN = "–"
"""What stands for somebody who withdrew."""


def is_to_change(note: r.NoteRow) -> bool:
    """Whether the line of a note says nothing new as it stands: a half quote, or one in which a name is hidden."""
    return note.stub or WITHDRAWN in note.text


def called(state: State, code: str | None) -> str:
    """Return a participant's name, or the code where there is none; nobody who withdrew is named."""
    if code in state.withdrawn:
        return WITHDRAWN
    person = state.participants.get(code or "")
    return (person.name or person.id) if person else (code or "")


def speaker_called(state: State, code: str | None, kind: TurnKind | None) -> str | Sentence:
    """Return who speaks: a participant's name, or what kind of speaker it is."""
    if code is not None:
        return called(state, code)
    return Sentence(SPEAKER_WORDS[kind]) if kind is not None else Sentence(N_("nobody"))


def numbered(state: State, item_id: str | None) -> str:
    """Return an item's number, or its text where it has none."""
    item = state.guide.get(item_id or "")
    if item is None:
        return ""
    return item.number or item.title[:40]


def why_paced(one: Paced) -> Sentence:
    """Return why a line of a proposal keeps its time, gets more or less of it, or is skipped; nothing for the rest."""
    line = one.line
    if one.by_hand:
        return Sentence("by hand")
    if line.guard and not one.is_changed and not line.is_skipped:
        return Sentence(GUARD_SENTENCES[line.guard])
    if line.is_skipped:
        return Sentence("comes back") if one.becomes_s is not None else Sentence("skipped already")
    if one.becomes_s is None:
        return Sentence("shortening is not enough")
    if line.is_rest:
        return Sentence("not for any question")
    if one.by_s < 0:
        return Sentence("at least {time}", {"time": as_length(line.least_s * 1000)})
    if one.by_s > 0 and line.guard == "key":
        return Sentence("key question")
    return Sentence("an equal share of {section}", {"section": line.section.number}) if line.is_share else Sentence("")


def cue_text(text: str, value: str, automatic: bool) -> str | Sentence:
    """Return what a cue says: an automatic one is a sentence of ours around its value, whatever text a file has."""
    if not automatic:
        return text
    ours = (Sentence(template, {"value": value}) for template in CUES_BEFORE_BACK.values())
    return next((one for one in ours if str(one) == text), Sentence(MINUTES_LEFT, {"value": value}))


def why_stopped(why: str) -> str | Sentence:
    """Return in words why a recording, or a file of it, came to its end."""
    return Sentence(STOP_WORDS[why]) if why in STOP_WORDS else why


def stimulus_called(state: State, name: str) -> str:
    """Return the letter and the title of stimulus material."""
    stimulus = state.stimuli.get(name)
    return f"{stimulus.label} {stimulus.title}".strip() if stimulus else name


def check_called(state: State, check: CheckRow) -> str:
    """Return a check's text, with whose it is."""
    return f"{called(state, check.participant)}, {check.title}" if check.participant else check.title


class Marked(msgspec.Struct, frozen=True):
    """A question that counts as asked, or an item that is skipped, since a moment; its `id` is the item's."""

    id: str
    at: r.Moment
    text: str


def span_of(row: Any) -> tuple[int | None, int | None]:
    """Return when something began and ended, as far as that can be put right."""
    match row:
        case r.SessionRow():
            return None, row.ended_at
        case r.AnswerRow() | Marked():
            return row.at, None
        case r.VisitRow() | r.AttendanceRow():
            return row.started_at, None
    return row.started_at, row.ended_at


def span_told(state: State, row: Any) -> str:
    """Return from when to when something was, as times of day."""
    first, last = span_of(row)
    if isinstance(row, r.VisitRow | r.AttendanceRow):
        last = row.ended_at
    if isinstance(row, r.AnswerRow | Marked):
        return time_of_day(state, first, seconds=True) if first is not None else ""
    if isinstance(row, r.SessionRow) and last is not None:
        return time_of_day(state, last, seconds=True)
    return span_of_times(state, first, last)


def span_of_times(state: State, first: int | None, last: int | None) -> str:
    """Return from when to when as times of day; `…` = it goes on."""
    told = time_of_day(state, first, seconds=True) if first is not None else ""
    return f"{told}-{time_of_day(state, last, seconds=True) if last is not None else '…'}"


def described(state: State, row: r.Row | Marked) -> str | Sentence:
    """Return what something is called when it is put right."""
    match row:
        case Marked():
            return row.text
        case r.VisitRow():
            item = state.guide.get(row.item)
            return f"{item.number} {item.title}".strip() if item else row.item
        case r.TurnRow() | r.RoomTurnRow():
            return _turn_called(state, row)
        case r.AttendanceRow():
            return Sentence(STATUS_SENTENCES[row.status], {"who": called(state, row.participant)})
        case r.IssueRow():
            return f"{called(state, row.participant)} {row.title}".strip()
        case r.AnswerRow():
            return f"{called(state, row.participant)}: {row.value}"
        case r.ShowingRow():
            return stimulus_called(state, row.stimulus)
    return Sentence(_TABLE_WORDS.get(row.TABLE, row.TABLE))


def _turn_called(state: State, turn: r.TurnRow | r.RoomTurnRow) -> str | Sentence:
    """Return who speaks in a turn, and in which room where it is in one."""
    who = speaker_called(state, turn.participant, turn.kind)
    if isinstance(turn, r.TurnRow):
        return who
    room = state.rooms.get(turn.room)
    return Sentence("{who}, room {n}", {"who": who, "n": room.number if room is not None else ""})


def note_called(state: State, note: r.NoteRow) -> str | Sentence:
    """Return what a note is called: what it says; of a mark without words, that it is one, and of when."""
    if note.text:
        return note.text
    told = {"what": Sentence(NOTE_WORDS[note.kind]), "time": time_of_day(state, note.at, seconds=True)}
    return Sentence("{what} of {time}", told)


_TABLE_WORDS = {"pauses": N_("Pause"), "recordings": N_("recording"), "session": N_("end of the session")}
