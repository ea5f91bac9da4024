"""The timeline: everything that happened as entries on one clock, whatever table it stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

import msgspec

from kring.domain import rows as r
from kring.domain.measures.coverage import cover_of_note, uncovered
from kring.domain.state import State
from kring.domain.text import N_
from kring.domain.words import stimulus_called

Kind = Literal[
    "note",
    "turn",
    "silence",
    "question",
    "attendance",
    "issue",
    "cue",
    "pause",
    "recording",
    "uncovered",
    "poll",
    "stimulus",
    "leading",
    "transcript",
    "platform",
    "proposal",
    "session",
]
KIND_WORDS: dict[Kind, str] = {
    "note": N_("notes"),
    "turn": N_("turns"),
    "silence": N_("silences"),
    "question": N_("questions"),
    "attendance": N_("attendance"),
    "issue": N_("technical issues"),
    "cue": N_("cues"),
    "pause": N_("pauses"),
    "recording": N_("recording"),
    "uncovered": N_("not recorded"),
    "poll": N_("polls"),
    "stimulus": N_("stimulus material"),
    "leading": N_("how it was led"),
    "transcript": N_("transcript"),
    "platform": N_("the platform"),
    "proposal": N_("proposals"),
    "session": N_("session"),
}
BEFORE_OTHERS: tuple[Kind, ...] = ("session", "recording", "uncovered", "question", "pause", "attendance", "turn")
"""What stands first where several things have one moment: the question before what is said on it."""

SPOKEN: frozenset[Kind] = frozenset(("turn", "note", "transcript", "proposal"))
"""The kinds that tell who spoke, which a second coder may not see before judging."""

Gap = tuple[int, int | None]


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One thing on the timeline; `speaker` is a participant's code or a kind of turn, `row` None for a gap."""

    id: str
    kind: Kind
    at: int
    until: int | None
    row: r.Row | None
    speaker: str = ""
    item: str | None = None
    tags: tuple[str, ...] = ()
    starred: bool = False
    stub: bool = False
    is_mark: bool = False
    not_covered: bool = False
    text: str = ""


def entry_id(row: r.Row) -> str:
    """Return the id of the entry that shows a row."""
    return f"{row.TABLE}/{row.id}"


def timeline(state: State) -> list[Entry]:
    """Return everything that happened, in order of the moment it is about."""
    visited = _Visited(state)
    found = [*_phases(state), *(_gap(gap) for gap in uncovered(state))]
    for table in TABLES:
        for row in state.tables[table].values():
            entry = _entry(state, row, visited)
            if entry is not None:
                found.append(entry)
    return sorted(found, key=place)


def entries_of(state: State, rows: Iterable[r.Row]) -> list[Entry]:
    """Return the entries of some rows; a row that is not on the timeline, or no longer, has none."""
    visited = _Visited(state)
    found = (_entry(state, row, visited) for row in rows if row.TABLE in TABLES)
    return [entry for entry in found if entry is not None]


def _entry(state: State, row: r.Row, visited: _Visited) -> Entry | None:
    if getattr(row, "removed_at", None) is not None:
        return None
    entry = _TELLERS[row.TABLE](state, row)
    if entry is None:
        return None
    item = visited.at(entry.at) if entry.item is None else entry.item
    is_recorded = bool(state.recordings or state.segments)
    not_covered = is_recorded and isinstance(row, r.NoteRow) and row.kind == "quote" and not cover_of_note(state, row)
    if item == entry.item and not not_covered:
        return entry
    return msgspec.structs.replace(entry, item=item, not_covered=not_covered)


class _Visited:
    """Which item of the guide was open at a moment, found without walking through all visits."""

    def __init__(self, state: State) -> None:
        visits = sorted(state.visits.values(), key=lambda visit: visit.started_at)
        self._begins = [int(visit.started_at) for visit in visits]
        self._visits = visits

    def at(self, moment: int) -> str | None:
        place = bisect_right(self._begins, moment) - 1
        if place < 0:
            return None
        visit = self._visits[place]
        return visit.item if visit.ended_at is None or moment <= visit.ended_at else None


def place(entry: Entry) -> tuple[int, int, str]:
    """Return the place of an entry among others."""
    first = BEFORE_OTHERS.index(entry.kind) if entry.kind in BEFORE_OTHERS else len(BEFORE_OTHERS)
    return entry.at, first, entry.id


def _phases(state: State) -> Iterator[Entry]:
    session = state.session
    for name, at in (("doors", session.doors_at), ("start", session.started_at), ("end", session.ended_at)):
        if at is not None:
            yield Entry(f"session/{name}", "session", int(at), None, session, text=name)


def _gap(gap: Gap) -> Entry:
    return Entry(f"uncovered/{gap[0]}", "uncovered", gap[0], gap[1], None, not_covered=True)


def _spoken(kind: r.TurnKind | None, participant: str | None) -> str:
    return participant or (kind or "")


def _turn(state: State, row: r.TurnRow) -> Entry:
    kind: Kind = "silence" if row.kind == "silence" else "turn"
    speaker = _spoken(row.kind, row.participant)
    return Entry(entry_id(row), kind, int(row.started_at), _end(row.ended_at), row, speaker, row.item)


def _note(state: State, row: r.NoteRow) -> Entry:
    return Entry(
        id=entry_id(row),
        kind="note",
        at=int(row.at),
        until=None,
        row=row,
        speaker=_spoken(row.speaker_kind, row.participant),
        item=row.item,
        tags=row.tags,
        starred=row.starred,
        stub=row.stub,
        is_mark=row.kind == "mark",
        text=row.text,
    )


def _visit(state: State, row: r.VisitRow) -> Entry:
    item = state.guide.get(row.item)
    text = f"{item.number} {item.title}".strip() if item else row.item
    return Entry(entry_id(row), "question", int(row.started_at), _end(row.ended_at), row, item=row.item, text=text)


def _issue(state: State, row: r.IssueRow) -> Entry:
    begin, end = int(row.started_at), _end(row.ended_at)
    return Entry(entry_id(row), "issue", begin, end, row, row.participant or "", row.item, text=row.title)


def _attendance(state: State, row: r.AttendanceRow) -> Entry:
    begin, end = int(row.started_at), _end(row.ended_at)
    return Entry(entry_id(row), "attendance", begin, end, row, row.participant, text=row.reason)


def _cue(state: State, row: r.CueRow) -> Entry:
    return Entry(entry_id(row), "cue", int(row.at), _end(row.seen_at), row, text=row.text)


def _pause(state: State, row: r.PauseRow) -> Entry:
    return Entry(entry_id(row), "pause", int(row.started_at), _end(row.ended_at), row)


def _recording(state: State, row: r.RecordingRow) -> Entry:
    return Entry(entry_id(row), "recording", int(row.started_at), _end(row.ended_at), row, text=row.device)


def _answer(state: State, row: r.AnswerRow) -> Entry:
    poll = state.polls.get(row.poll)
    text = f"{poll.title if poll else ''} {row.value}".strip()
    return Entry(entry_id(row), "poll", int(row.at), None, row, row.participant, text=text)


def _showing(state: State, row: r.ShowingRow) -> Entry:
    text = stimulus_called(state, row.stimulus)
    return Entry(entry_id(row), "stimulus", int(row.started_at), _end(row.ended_at), row, text=text)


def _probe(state: State, row: r.ProbeRow) -> Entry:
    return Entry(entry_id(row), "leading", int(row.at), None, row, item=row.item, text=row.text)


def _invitation(state: State, row: r.InvitationRow) -> Entry:
    return Entry(entry_id(row), "leading", int(row.at), None, row, row.participant, row.item)


def _heard(state: State, row: r.YieldRow) -> Entry | None:
    if row.heard_at is None:
        return None
    return Entry(entry_id(row), "leading", int(row.heard_at), None, row, item=row.item, text=row.title)


def _sentence(state: State, row: r.SentenceRow) -> Entry:
    return Entry(entry_id(row), "leading", int(row.at), None, row, item=row.item, text=row.text)


def _transcript(state: State, row: r.TranscriptRow) -> Entry:
    speaker = _spoken(row.speaker_kind, row.participant)
    return Entry(entry_id(row), "transcript", int(row.started_at), int(row.ended_at), row, speaker, text=row.text)


def _signal(state: State, row: r.SignalRow) -> Entry:
    return Entry(entry_id(row), "platform", int(row.at), int(row.at), row, row.participant or "", text=row.what)


def _platform_stay(state: State, row: r.PlatformStayRow) -> Entry | None:
    if row.started_at is None or row.in_waiting_room:
        return None
    speaker = row.participant or ""
    return Entry(entry_id(row), "platform", int(row.started_at), _end(row.ended_at), row, speaker, text=row.role)


def _platform_answer(state: State, row: r.PlatformAnswerRow) -> Entry | None:
    if row.at is None:
        return None
    text = f"{row.question} {row.value}"
    return Entry(entry_id(row), "platform", int(row.at), int(row.at), row, row.participant or "", text=text)


def _attachment(state: State, row: r.AttachmentRow) -> Entry | None:
    if row.at is None:
        return None
    return Entry(entry_id(row), "platform", int(row.at), int(row.at), row, text=row.name)


def _proposal(state: State, row: r.TurnProposalRow) -> Entry | None:
    if row.decided_at is not None:
        return None
    speaker = _spoken(row.kind, row.participant)
    return Entry(entry_id(row), "proposal", int(row.started_at), int(row.ended_at), row, speaker)


def _end(moment: r.Moment | None) -> int | None:
    return None if moment is None else int(moment)


_TELLERS: dict[str, Callable[[State, Any], Entry | None]] = {
    "turns": _turn,
    "notes": _note,
    "visits": _visit,
    "issues": _issue,
    "attendance": _attendance,
    "cues": _cue,
    "pauses": _pause,
    "recordings": _recording,
    "answers": _answer,
    "showings": _showing,
    "probes": _probe,
    "invitations_to_speak": _invitation,
    "yields": _heard,
    "sentences": _sentence,
    "transcript": _transcript,
    "signals": _signal,
    "platform_stays": _platform_stay,
    "platform_answers": _platform_answer,
    "attachments": _attachment,
    "turn_proposals": _proposal,
}

TABLES = frozenset(_TELLERS)
"""The tables whose rows stand on the timeline."""
