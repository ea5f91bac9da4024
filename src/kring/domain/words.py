"""The words for what a session has: its people, its questions, kinds of notes and of speakers."""

from __future__ import annotations

from kring.domain.measures.session_time import MINUTES_LEFT
from kring.domain.rows import CheckRow, NoteKind, QuestionKind, Status, TurnKind
from kring.domain.state import State
from kring.domain.text import N_, Sentence

NOTE_WORDS: dict[NoteKind, str] = {
    "quote": N_("Quote"),
    "paraphrase": N_("Paraphrase"),
    "remark": N_("Own remark"),
    "nonverbal": N_("Nonverbal"),
    "summary": N_("Summary"),
    "mark": N_("Mark"),
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
SPEAKER_WORDS: dict[str, str] = {
    "moderator": N_("moderator"),
    "crosstalk": N_("crosstalk"),
    "unknown": N_("unknown speaker"),
    "silence": N_("silence"),
    "participant": N_("participant"),
}


STOP_WORDS: dict[str, str] = {
    "stopped": N_("stopped"),
    "lost samples": N_("sound was lost"),
    "device gone": N_("the microphone was gone"),
    "disk full": N_("the disk is full"),
    "killed": N_("the recorder was cut off"),
    "failed": N_("the recorder failed"),
}


def called(state: State, code: str | None) -> str:
    """Return a participant's name, or the code where there is none."""
    person = state.participants.get(code or "")
    return (person.name or person.id) if person else (code or "")


def numbered(state: State, item_id: str | None) -> str:
    """Return an item's number, or its text where it has none."""
    item = state.guide.get(item_id or "")
    if item is None:
        return ""
    return item.number or item.title[:40]


def cue_text(text: str, value: str, automatic: bool) -> str | Sentence:
    """Return what a cue says: an automatic one is a sentence of ours around its value, whatever text a file has."""
    return Sentence(MINUTES_LEFT, {"value": value}) if automatic else text


def why_stopped(why: str) -> str | Sentence:
    """Return in words why a recording, or a file of it, came to its end."""
    return Sentence(STOP_WORDS[why]) if why in STOP_WORDS else why


def check_called(state: State, check: CheckRow) -> str:
    """Return a check's text, with whose it is."""
    return f"{called(state, check.participant)}, {check.title}" if check.participant else check.title
