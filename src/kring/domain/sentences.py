"""The story: each fact as one short sentence for people, for the status line, the timeline and the line mode."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain.consent import ALL, in_words, listed, refuses_taking_part
from kring.domain.events import Event
from kring.domain.evolve.group.whom import as_meant
from kring.domain.evolve.withdrawing import is_about_withdrawn
from kring.domain.rows import CheckRow, IssueRow, TurnKind
from kring.domain.state import State
from kring.domain.tellers import coding, floor, guide, leading, looking_back, observers, rooms
from kring.domain.text import N_, Sentence, whole_s
from kring.domain.time_text import as_length, day_and_time, time_of_day
from kring.domain.told import answers, bringing_in
from kring.domain.words import (
    NOTE_WORDS,
    SPEAKER_WORDS,
    STATUS_SENTENCES,
    called,
    check_called,
    cue_text,
    described,
    note_called,
    numbered,
    span_of_times,
    span_told,
    why_stopped,
)


def sentence(state: State, event: Event) -> Sentence:
    """Return what an event says, in the state after it; texts of people stand in the values, never in the template.

    A value that is itself a `Sentence` is a word to translate.
    """
    event = as_meant(state, event)
    teller = SENTENCES.get(type(event.fact))  # type: ignore[arg-type]
    if state.withdrawn and is_about_withdrawn(state, event):
        return _withdrawn(event)
    if teller is None:
        return Sentence("Something happened that this version doesn't know")
    told = teller(state, event, event.fact)
    at = _said_of(event.fact)
    if at is not None and abs(event.at - at) >= 1_000:
        told = Sentence("{what}, at {time}", {"what": told, "time": time_of_day(state, at, seconds=True)})
    why = "" if isinstance(event.fact, _SAY_WHY) else getattr(event.fact, "why", "")
    return Sentence("{what} ({reason})", {"what": told, "reason": why}) if why else told


def _withdrawn(event: Event) -> Sentence:
    """Return what is said of somebody who withdrew: that they did, never who it was or what they said."""
    fact = event.fact
    if isinstance(fact, f.ConsentChanged) and refuses_taking_part(dict(fact.consents)):
        return Sentence("Somebody withdrew: nothing of theirs is shown any more")
    return Sentence("About somebody who withdrew")


def _said_of(fact: f.Fact | None) -> int | None:
    """Return the moment that an act was said of afterwards."""
    match fact:
        case f.IssueOpened() | f.RecordingStarted(source="platform"):
            return fact.since_ms
        case f.NoteChanged() | f.RecordingStopped(source="kring"):
            return None
    return getattr(fact, "at_ms", None) if type(fact) in SAID_LATER else None


def told(state: State, event: Event, event_of: Callable[[str], Event | None]) -> Sentence:
    """Return what an event says; for an undo or a redo, what it takes back or brings back."""
    target = event_of(event.fact.event) if isinstance(event.fact, f.Undone) else None
    if target is None:
        return sentence(state, event)
    if isinstance(target.fact, f.Undone):
        again = event_of(target.fact.event)
        what = sentence(state, again) if again else ""
        redone = Sentence("Redone: {what}", {"what": what})
        return redone if again is None else _of_its_time(state, event, again, redone)
    return _of_its_time(state, event, target, Sentence("Undone: {what}", {"what": sentence(state, target)}))


def says_who(event: Event) -> bool:
    """Whether the sentence of an event begins with the name of who did it: no face says it once more."""
    match event.fact:
        case f.StaffJoined() | f.RoleChanged():
            return True
        case f.RoomLed(leader=leader):
            return leader == event.actor
    return False


def _of_its_time(state: State, event: Event, target: Event, told: Sentence) -> Sentence:
    """Return what was taken back, with when it was done where that is a while ago."""
    if event.at - target.at < _JUST_NOW_MS:
        return told
    return Sentence("{what}, of {time}", {"what": told, "time": day_and_time(state, target.at, event.at)})


def _person(template: str) -> Callable[[State, Event, Any], Sentence]:
    return lambda state, event, fact: Sentence(template, {"who": called(state, fact.participant)})


def _joined(state: State, event: Event, fact: f.ParticipantAdded) -> Sentence:
    stretch = state.attendance.get(event.id)
    person = state.participants.get(stretch.participant) if stretch else None  # who may have got another seat
    return Sentence("{who} joined, seat {seat}", {"who": fact.name, "seat": person.seat if person else fact.seat})


def _attendance(state: State, event: Event, fact: f.AttendanceChanged) -> Sentence:
    told = Sentence(STATUS_SENTENCES[fact.status], {"who": called(state, fact.participant)})
    told = Sentence("{what} ({reason})", {"what": told, "reason": fact.reason}) if fact.reason else told
    told = Sentence("{what}; technical issue: {title}", {"what": told, "title": fact.issue}) if fact.issue else told
    return Sentence("{what}; the same for {n} more", {"what": told, "n": fact.others}) if fact.others > 0 else told


def _consent(state: State, event: Event, fact: f.ConsentChanged) -> Sentence:
    told, who = dict(fact.consents), called(state, fact.participant)
    said = Sentence("{who} consents to: {what}", {"who": who, "what": in_words(told)})
    if told and ALL not in told and not any(told.values()):
        said = Sentence("{who} does not consent to: {what}", {"who": who, "what": listed(told)})
    if fact.others > 0:
        said = Sentence("{what}; the same for {n} more", {"what": said, "n": fact.others})
    return Sentence("{what} ({reason})", {"what": said, "reason": fact.how}) if fact.how else said


def _note(state: State, event: Event, fact: f.NoteAdded) -> Sentence:
    note = state.notes.get(event.id)
    who: str | Sentence = ""
    participant = note.participant if note is not None else fact.participant
    if participant:
        who = called(state, participant)
    elif fact.speaker_kind and fact.speaker_kind != "participant":
        who = Sentence(SPEAKER_WORDS[fact.speaker_kind])
    values = {
        "kind": Sentence(N_("Question for later") if fact.parked else NOTE_WORDS[fact.note_kind]),
        "item": numbered(state, fact.item),
        "who": who,
        "text": fact.text,
    }
    match bool(who), bool(values["item"]), bool(fact.text):
        case True, True, True:
            return Sentence("{kind}, {who}, {item}: {text}", values)
        case True, False, True:
            return Sentence("{kind}, {who}: {text}", values)
        case False, True, True:
            return Sentence("{kind}, {item}: {text}", values)
        case _, _, True:
            return Sentence("{kind}: {text}", values)
        case _, True, _:
            return Sentence("{kind}, {item}", values)
        case _:
            return Sentence("{kind}", values)


def _of_note(template: str) -> Callable[[State, Event, Any], Sentence]:
    def tell(state: State, event: Event, fact: Any) -> Sentence:
        note = state.notes.get(fact.note)
        return Sentence(template, {"text": note_called(state, note) if note else ""})

    return tell


def _note_changed(state: State, event: Event, fact: f.NoteChanged) -> Sentence:
    given = {name for name in fact.__struct_fields__ if getattr(fact, name) is not UNSET} - {"note", "why"}
    note = state.notes.get(fact.note)
    text = note_called(state, note) if note else ""
    if given == {"starred"}:
        return Sentence(N_("Starred: {text}") if fact.starred else N_("No longer starred: {text}"), {"text": text})
    if given == {"tags"}:
        tags = " ".join(f"#{tag}" for tag in (fact.tags if fact.tags is not UNSET else ()))
        template = N_("Tags now {tags}: {text}") if tags else N_("No tags any more: {text}")
        return Sentence(template, {"tags": tags, "text": text})
    if "text" in given and fact.stub is False:
        return Sentence("Completed: {text}", {"text": text})
    return Sentence("Note changed: {text}", {"text": text})


def _check(template: str) -> Callable[[State, Event, Any], Sentence]:
    def tell(state: State, event: Event, fact: Any) -> Sentence:
        check = state.checks.get(fact.check)
        return Sentence(template, {"check": check_called(state, check) if check else fact.check})

    return tell


def _issue_opened(state: State, event: Event, fact: f.IssueOpened) -> Sentence:
    values = {"what": fact.title, "who": called(state, fact.participant)}
    if fact.check:
        check = state.checks.get(fact.check)
        return Sentence("Failed: {check}; technical issue opened", {"check": _issue_named(state, fact, check)})
    if fact.participant:
        return Sentence("Technical issue, {who}: {what}", values)
    return Sentence("Technical issue: {what}", values)


def _issue_named(state: State, fact: f.IssueOpened, check: CheckRow | None) -> str:
    """Return what failed, with whose it is and what was said of it."""
    return check_called(state, replace(check, title=fact.title)) if check is not None else fact.title


def _issue_closed(state: State, event: Event, fact: f.IssueClosed) -> Sentence:
    issue = state.issues.get(fact.issue)
    length = as_length(_length_ms(issue, event.at if fact.at_ms is None else fact.at_ms) if issue else 0)
    if fact.minutes_lost is not None:
        told = {"what": issue.title if issue else "", "length": length, "lost": fact.minutes_lost}
        return Sentence("Solved after {length}: {what}; minutes lost: {lost}", told)
    return Sentence("Solved after {length}: {what}", {"what": issue.title if issue else "", "length": length})


def _length_ms(issue: IssueRow, ended_ms: int) -> int:
    """Return how long an issue lasted, one whose end was taken back until that end."""
    return int(issue.ended_at or ended_ms) - issue.started_at


def _cue(state: State, event: Event, fact: f.CueSent) -> Sentence:
    return Sentence("Cue: {text}", {"text": cue_text(fact.text, fact.value, fact.automatic)})


def _cue_seen(state: State, event: Event, fact: f.CueSeen) -> Sentence:
    cue = state.cues.get(fact.cue)
    return Sentence("Cue seen: {text}", {"text": cue_text(cue.text, cue.value, cue.automatic) if cue else ""})


def _wall(state: State, event: Event, fact: f.WallClockMoved) -> Sentence:
    return Sentence("The computer's clock moved by {n} s; the session's clock goes on", {"n": whole_s(fact.by_ms)})


def _started(state: State, event: Event, fact: f.SessionStarted) -> Sentence:
    if fact.passed_gates:
        return Sentence("The session starts; gates passed open: {n}", {"n": len(fact.passed_gates)})
    return Sentence("The session starts")


def _plain(template: str) -> Callable[[State, Event, Any], Sentence]:
    return lambda state, event, fact: Sentence(template)


def _undone(state: State, event: Event, fact: f.Undone) -> Sentence:
    return Sentence("Undone")


def _recording(state: State, event: Event, fact: f.RecordingStarted | f.RecordingStopped) -> Sentence:
    own = fact.source == "kring"
    if isinstance(fact, f.RecordingStarted):
        told = Sentence("kring records") if own else Sentence("Recording runs")
        row = state.recordings.get(fact.recording or event.id)
        people = ", ".join(called(state, code) for code in (row.without_consent if row is not None else ()))
        return (
            Sentence("{what}; without consent to audio: {people}", {"what": told, "people": people}) if people else told
        )
    if own and fact.why not in ("", "stopped"):
        return Sentence("kring stopped recording: {why}", {"why": why_stopped(fact.why)})
    return Sentence("kring stopped recording") if own else Sentence("Recording stopped")


def _turn(template: str) -> Callable[[State, Event, Any], Sentence]:
    def tell(state: State, event: Event, fact: Any) -> Sentence:
        turn = state.turns.get(getattr(fact, "turn", event.id)) or state.turns.get(event.id)
        who: str | Sentence = ""
        if turn is not None:
            who = _speaker_of(state, turn.kind, turn.participant)
        return Sentence(template, {"who": who})

    return tell


def _turn_split(state: State, event: Event, fact: f.TurnSplit) -> Sentence:
    """Say who spoke, and who does from there on."""
    turn = state.turns.get(fact.turn)
    who = _speaker_of(state, turn.kind, turn.participant) if turn is not None else ""
    return Sentence(
        "Turn split: {who}, then {other}", {"who": who, "other": _speaker_of(state, fact.to, fact.participant)}
    )


def _speaker_of(state: State, kind: TurnKind, participant: str | None) -> str | Sentence:
    return called(state, participant) if participant else Sentence(SPEAKER_WORDS[kind])


def _righted(template: str) -> Callable[[State, Event, Any], Sentence]:
    def tell(state: State, event: Event, fact: Any) -> Sentence:
        row = state.tables[fact.table].get(fact.row)
        what: str | Sentence = described(state, row) if row is not None else ""
        values = {"what": what, "span": span_told(state, row) if row is not None else ""}
        return Sentence(template, values)

    return tell


def _decided(state: State, event: Event, fact: f.ProposalDecided) -> Sentence:
    template = N_("Proposals accepted: {n}") if fact.accepted else N_("Proposals declined: {n}")
    return Sentence(template, {"n": len(fact.proposals)})


SENTENCES: dict[type[f.Fact], Callable[[State, Event, Any], Sentence]] = {
    f.SessionCreated: _plain(N_("The session file was made")),
    f.PlanRead: lambda state, event, fact: Sentence("Plan read: {title}", {"title": fact.plan.title}),
    f.ParticipantListed: lambda state, event, fact: Sentence("{who} is on the list", {"who": fact.name or fact.code}),
    f.ParticipantUnlisted: _person(N_("{who} is no longer on the list")),
    f.StaffJoined: lambda state, event, fact: Sentence(
        "{who} opened the session", {"who": fact.name or Sentence(fact.role)}
    ),
    f.ClockAnchored: _plain(N_("The session's clock was set")),
    f.WallClockMoved: _wall,
    f.ComputerSlept: lambda state, event, fact: Sentence("The computer slept for {n} s", {"n": whole_s(fact.slept_ms)}),
    f.DoorsOpened: _plain(N_("The doors are open")),
    f.SessionStarted: _started,
    f.SessionPaused: _plain(N_("Paused")),
    f.SessionResumed: _plain(N_("Resumed")),
    f.PauseAdded: lambda state, event, fact: Sentence(
        "Pause put in: {span}", {"span": span_of_times(state, fact.started_ms, fact.ended_ms)}
    ),
    f.SessionEnded: _plain(N_("The session has ended")),
    **floor.SENTENCES,
    f.HandRaised: _person(N_("{who} raises a hand")),
    f.HandLowered: _person(N_("{who} is off the queue")),
    f.RoleChanged: lambda state, event, fact: Sentence(
        N_("{who} leads from now on") if fact.role == "moderator" else N_("{who} assists from now on"),
        {"who": event.actor or Sentence(N_("the assistant"))},
    ),
    f.ParticipantBriefed: _person(N_("{who} was told what was said so far")),
    f.ParticipantAdded: _joined,
    f.PlaceGiven: lambda state, event, fact: Sentence(
        "{who}: place {n} in the gallery", {"who": called(state, fact.participant), "n": fact.place}
    ),
    f.ParticipantChanged: _person(N_("Name corrected: {who}")),
    f.AttendanceChanged: _attendance,
    f.ConsentChanged: _consent,
    f.NoteAdded: _note,
    f.NoteChanged: _note_changed,
    f.NoteRaised: _of_note(N_("Asked: {text}")),
    f.NoteHeard: _of_note(N_("Listened to: {text}")),
    f.NoteRemoved: _of_note(N_("Note removed: {text}")),
    f.CheckTicked: _check(N_("Ticked: {check}")),
    f.CheckUnticked: _check(N_("Not ticked: {check}")),
    f.CheckWaived: _check(N_("Does not apply: {check}")),
    f.CheckAdded: lambda state, event, fact: Sentence("Added to the checklist: {check}", {"check": fact.title}),
    f.IssueOpened: _issue_opened,
    f.IssueClosed: _issue_closed,
    f.CueSent: _cue,
    f.CueSeen: _cue_seen,
    **answers.SENTENCES,
    **bringing_in.SENTENCES,
    f.RecordingStarted: _recording,
    f.RecordingStopped: _recording,
    f.SegmentOpened: _plain(N_("A new file of the recording")),
    f.SegmentAnchored: _plain(N_("The recording was tied to the clock")),
    f.VoiceHeard: _plain(N_("Voices heard in the recording")),
    f.SegmentClosed: lambda state, event, fact: Sentence(
        "A file of the recording ended: {why}", {"why": why_stopped(fact.why)}
    ),
    f.SegmentKept: lambda state, event, fact: Sentence("Sound kept: {file}", {"file": fact.file}),
    f.TurnsProposed: lambda state, event, fact: Sentence("Changes of turns proposed: {n}", {"n": fact.count}),
    f.TurnProposed: _plain(N_("A change of a turn proposed")),
    f.ProposalDecided: _decided,
    f.TranscriptRead: lambda state, event, fact: Sentence(
        "Transcribed as a draft by {engine}", {"engine": fact.engine}
    ),
    f.UtteranceRead: lambda state, event, fact: Sentence("Written down: {text}", {"text": fact.text}),
    f.RowMoved: _righted(N_("Time put right: {what}, {span}")),
    f.RowReassigned: _righted(N_("Put right: {what}, {span}")),
    f.RowRemoved: _righted(N_("Had not happened: {what}, {span}")),
    f.TurnMoved: _turn(N_("Time of a turn corrected: {who}")),
    f.TurnSplit: _turn_split,
    f.TurnsMerged: _turn(N_("Turns merged: {who}")),
    f.TurnAdded: _turn(N_("Turn added: {who}")),
    f.TurnRemoved: _turn(N_("Turn removed: {who}")),
    f.TurnJudged: _turn(N_("Turn judged again: {who}")),
    f.CoreqAnswered: lambda state, event, fact: Sentence("COREQ item {n} answered", {"n": fact.item}),
    f.Undone: _undone,
    **coding.SENTENCES,
    **guide.SENTENCES,
    **rooms.SENTENCES,
    **looking_back.SENTENCES,
    **leading.SENTENCES,
    **observers.SENTENCES,
}
_JUST_NOW_MS = 60_000
_SAY_WHY = (f.RecordingStopped, f.SegmentClosed)
"""The facts whose sentence says why, in words of the program."""


def _with_default(kind: type[f.Fact]) -> tuple[str, ...]:
    """Return the fields that may be left out; `msgspec.structs.fields` takes milliseconds, for it reads all types."""
    return kind.__struct_fields__[len(kind.__struct_fields__) - len(kind.__struct_defaults__) :]


SAID_LATER = frozenset(kind for kind in SENTENCES if "at_ms" in _with_default(kind))
