"""What becomes true of the sound: recordings, their files, where they lie on the clock, what was heard in them."""

from __future__ import annotations

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.consent import against_recording
from kring.domain.events import Event
from kring.domain.evolve.closing import Evolvers, closed, happened_at, on_clock, seconds
from kring.domain.evolve.correcting import added, moved, named, removed
from kring.domain.evolve.session import device_of
from kring.domain.evolve.speakers import followed_by_notes
from kring.domain.evolve.utterances import followed_by_words, turn_of
from kring.domain.state import State

MOST_RATE = 768_000  # frames a second
MOST_CHANNELS = 64
MOST_S = 7 * 24 * 3600  # in one file; a history that tells of more than these is read as one that tells of this


def _recording_started(state: State, event: Event, fact: f.RecordingStarted) -> list[r.Row]:
    running = _running(state, event, fact.source)
    recording = fact.recording or event.id
    if not state.session.id or running is not None or recording in state.recordings:
        return []
    at = happened_at(event, fact.since_ms)
    row = r.RecordingRow(
        id=recording,
        source=fact.source,
        started_at=at,
        t=on_clock(state, at),
        device=fact.device,
        computer=event.device if fact.source == "kring" else "",
        folder=fact.folder,
        without_consent=tuple(person.id for person in against_recording(state)),
    )
    checked = _checked(state, event)
    if fact.source == "platform":
        return [row, *checked, replace(state.session, open_recording=row.id)]
    return [row, *checked, replace(device_of(state, event), open_recording=row.id)]


def _running(state: State, event: Event, source: str) -> r.RecordingRow | None:
    return state.open_recording if source == "platform" else state.own_recording_on(event.device)


def _checked(state: State, event: Event) -> list[r.Row]:
    """Return the checks that ask for a recording, ticked now that one runs."""
    return [
        replace(check, done_at=event.at, done_by=event.actor)
        for check in state.checks.values()
        if check.recording and check.done_at is None and not check.each
    ]


def _recording_stopped(state: State, event: Event, fact: f.RecordingStopped) -> list[r.Row]:
    running = _running(state, event, fact.source)
    if running is None or (fact.recording and fact.recording != running.id):
        return []
    at = happened_at(event, fact.at_ms)
    rows = closed(replace(running, why=fact.why), at)
    if fact.source == "platform":
        return [*rows, replace(state.session, open_recording=None)]
    return [*rows, replace(device_of(state, event), open_recording=None)]


def segment_id(recording: str, number: int) -> str:
    """Return the id of a recording's file of this number."""
    return f"{recording}/{number}"


def _segment_opened(state: State, event: Event, fact: f.SegmentOpened) -> list[r.Row]:
    name = segment_id(fact.recording, fact.number)
    if fact.recording not in state.recordings or name in state.segments:
        return []
    return [
        r.SegmentRow(
            id=name,
            recording=fact.recording,
            number=fact.number,
            file=fact.file,
            rate=min(max(fact.rate, 1), MOST_RATE),
            channels=min(max(fact.channels, 1), MOST_CHANNELS),
            device=fact.device,
            started_at=r.Moment(fact.at_ms),
            t=on_clock(state, fact.at_ms),
        )
    ]


def _segment_anchored(state: State, event: Event, fact: f.SegmentAnchored) -> list[r.Row]:
    segment = state.segments.get(fact.segment)
    if segment is None:
        return []
    return [
        r.AnchorRow(
            id=f"{fact.segment}/{anchor.frames}",
            segment=fact.segment,
            frames=anchor.frames,
            elapsed_us=anchor.elapsed_us,
            wall_ms=anchor.wall_ms,
            at=r.Moment(anchor.at_ms),
            t=on_clock(state, anchor.at_ms),
        )
        for anchor in fact.anchors
        if 0 <= anchor.frames <= segment.rate * MOST_S
    ]


def _voice_heard(state: State, event: Event, fact: f.VoiceHeard) -> list[r.Row]:
    if fact.segment not in state.segments:
        return []
    return [
        r.VoiceRow(
            id=f"{fact.segment}/{voiced.from_frame}",
            segment=fact.segment,
            started_at=r.Moment(voiced.started_ms),
            ended_at=r.Moment(max(voiced.started_ms, voiced.ended_ms)),
            t=on_clock(state, voiced.started_ms),
            duration_s=seconds(voiced.started_ms, voiced.ended_ms),
        )
        for voiced in fact.stretches
    ]


def _segment_closed(state: State, event: Event, fact: f.SegmentClosed) -> list[r.Row]:
    segment = state.segments.get(fact.segment)
    if segment is None or segment.ended_at is not None:
        return []
    frames = min(max(fact.frames, 0), segment.rate * MOST_S)
    return closed(replace(segment, frames=frames, why=fact.why), r.Moment(fact.at_ms))


def _segment_kept(state: State, event: Event, fact: f.SegmentKept) -> list[r.Row]:
    segment = state.segments.get(fact.segment)
    return [] if segment is None else [replace(segment, file=fact.file, sha256=fact.sha256, bytes=fact.bytes)]


def _turns_proposed(state: State, event: Event, fact: f.TurnsProposed) -> list[r.Row]:
    undecided: list[r.Row] = [
        replace(proposal, removed_at=event.at)
        for proposal in state.turn_proposals.values()
        if proposal.decided_at is None and proposal.removed_at is None
    ]
    made = [
        _proposal(state, f"{event.id}/{place}", one, fact.method, place + 1) for place, one in enumerate(fact.proposals)
    ]
    return [
        *undecided,
        *made,
        r.ImportRow(id=event.id, kind="proposals", source=fact.method, read_at=event.at, read_by=event.actor),
    ]


def _turn_proposed(state: State, event: Event, fact: f.TurnProposed) -> list[r.Row]:
    brought = state.imports.get(event.act or "")
    return [] if brought is None else [_proposal(state, event.id, fact, brought.source, fact.number)]


def _proposal(
    state: State, proposal_id: str, proposal: f.TurnProposal | f.TurnProposed, method: str, number: int
) -> r.TurnProposalRow:
    return r.TurnProposalRow(
        id=proposal_id,
        number=number,
        change=proposal.change,
        turn=proposal.turn,
        kind=proposal.to,
        participant=proposal.participant,
        started_at=r.Moment(proposal.started_ms),
        ended_at=r.Moment(max(proposal.started_ms, proposal.ended_ms)),
        t=on_clock(state, proposal.started_ms),
        duration_s=seconds(proposal.started_ms, proposal.ended_ms),
        method=method,
    )


def _proposal_decided(state: State, event: Event, fact: f.ProposalDecided) -> list[r.Row]:
    rows: list[r.Row] = []
    turns: dict[str, r.TurnRow] = {}  # several changes may be of one turn
    for name in dict.fromkeys(fact.proposals):
        proposal = state.turn_proposals.get(name)
        if proposal is None or proposal.decided_at is not None:
            continue
        rows.append(replace(proposal, decided_at=event.at, decided_by=event.actor, accepted=fact.accepted))
        turn = _accepted(state, event, proposal, turns) if fact.accepted else None
        if turn is not None:
            turns[turn.id] = turn
    return [*rows, *turns.values()]


def _accepted(
    state: State, event: Event, proposal: r.TurnProposalRow, changed: dict[str, r.TurnRow]
) -> r.TurnRow | None:
    if (proposal.kind == "participant") != (proposal.participant in state.participants):
        return None
    if proposal.change == "add":
        span = (proposal.started_at, proposal.ended_at)
        return added(state, event, proposal.id, proposal.kind, proposal.participant, *span)
    turn = changed.get(proposal.turn or "") or state.turns.get(proposal.turn or "")
    if turn is None:
        return None
    match proposal.change:
        case "move":
            return moved(state, event, turn, proposal.started_at, proposal.ended_at)
        case "reassign":
            return named(event, turn, proposal.kind, proposal.participant)
        case _:
            return removed(state, event, turn)


def _transcript_read(state: State, event: Event, fact: f.TranscriptRead) -> list[r.Row]:
    before: list[r.Row] = [
        replace(row, removed_at=event.at)
        for row in state.transcript.values()
        if row.removed_at is None and row.source == fact.source
    ]
    brought = r.ImportRow(
        id=event.id,
        kind="transcript",
        source=fact.source,
        engine=fact.engine,
        language=fact.language,
        read_at=event.at,
        read_by=event.actor,
    )
    said = [_utterance(state, f"{event.id}/{number}", one, brought) for number, one in enumerate(fact.utterances)]
    return [*before, brought, *said]


def _utterance_read(state: State, event: Event, fact: f.UtteranceRead) -> list[r.Row]:
    brought = state.imports.get(event.act or "")
    if brought is None or fact.same_as in state.transcript:
        return []
    return [_utterance(state, fact.same_as or event.id, fact, brought)]


def _utterance(
    state: State, utterance_id: str, said: f.Utterance | f.UtteranceRead, brought: r.ImportRow
) -> r.TranscriptRow:
    turn = state.turns.get(said.turn or "")
    row = r.TranscriptRow(
        id=utterance_id,
        import_id=brought.id,
        source=brought.source,
        turn=turn.id if turn else None,
        participant=turn.participant if turn else None,
        speaker_kind=turn.kind if turn else None,
        text=said.text,
        words=said.words,
        language=brought.language,
        engine=brought.engine,
        started_at=r.Moment(said.started_ms),
        ended_at=r.Moment(max(said.started_ms, said.ended_ms)),
        t=on_clock(state, said.started_ms),
        duration_s=seconds(said.started_ms, said.ended_ms),
    )
    return _of_own_speaker(state, row, said) if isinstance(said, f.UtteranceRead) and brought.kind == "file" else row


def _of_own_speaker(state: State, row: r.TranscriptRow, said: f.UtteranceRead) -> r.TranscriptRow:
    """Return what a file says that somebody said."""
    participant = said.participant if said.participant in state.participants else None
    kind: r.TurnKind = "participant" if participant else said.speaker_kind or "unknown"
    told = replace(row, participant=participant, speaker_kind=kind, label=said.label, approximate=said.approximate)
    return replace(told, turn=turn_of(state, told))


EVOLVERS: Evolvers = {
    f.RecordingStarted: _recording_started,
    f.RecordingStopped: _recording_stopped,
    f.SegmentOpened: _segment_opened,
    f.SegmentAnchored: _segment_anchored,
    f.VoiceHeard: _voice_heard,
    f.SegmentClosed: _segment_closed,
    f.SegmentKept: _segment_kept,
    f.TurnsProposed: _turns_proposed,
    f.TurnProposed: _turn_proposed,
    f.ProposalDecided: followed_by_notes(followed_by_words(_proposal_decided)),
    f.TranscriptRead: _transcript_read,
    f.UtteranceRead: _utterance_read,
}
