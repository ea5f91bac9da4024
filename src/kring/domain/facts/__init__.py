"""Facts that happened, in the past tense; what a verb decides and what an event carries.

Times within a fact are epoch milliseconds UTC (`…_ms`). A kind that this version doesn't know, or data it can't read,
stays in the file as it is and changes nothing.
"""

from __future__ import annotations

import re

import msgspec

from kring.domain.facts.base import Fact
from kring.domain.facts.live import (
    AnswerGiven,
    AttendanceChanged,
    CheckAdded,
    CheckTicked,
    CheckUnticked,
    ClockAnchored,
    ComputerSlept,
    CueSeen,
    CueSent,
    DoorsOpened,
    FloorGiven,
    HandLowered,
    HandRaised,
    IssueClosed,
    IssueOpened,
    ItemMarkedAsked,
    ItemOpened,
    ItemSkipped,
    ItemUnskipped,
    NoteAdded,
    NoteChanged,
    NoteRaised,
    NoteRemoved,
    ParticipantAdded,
    ParticipantChanged,
    PlanRead,
    ProbeUsed,
    SessionCreated,
    SessionEnded,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    StaffJoined,
    StimulusShown,
    TimeAdded,
    TurnNamed,
    Undone,
    WallClockMoved,
)
from kring.domain.facts.review import (
    CodeAdded,
    CodeChanged,
    Coded,
    CodeRemoved,
    CoreqAnswered,
    MemoRemoved,
    MemoWritten,
    TurnAdded,
    TurnJudged,
    TurnMoved,
    TurnRemoved,
    TurnsMerged,
    TurnSplit,
    Uncoded,
)
from kring.domain.facts.sound import (
    Anchored,
    ProposalDecided,
    RecordingStarted,
    RecordingStopped,
    SegmentAnchored,
    SegmentClosed,
    SegmentKept,
    SegmentOpened,
    TranscriptRead,
    TurnProposal,
    TurnsProposed,
    Utterance,
    Voiced,
    VoiceHeard,
)


def _kind(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


KINDS: dict[str, type[Fact]] = {}
for _fact in Fact.__subclasses__():
    _fact.kind = _kind(_fact.__name__)
    KINDS[_fact.kind] = _fact

encode = msgspec.json.Encoder(enc_hook=int).encode  # a moment that came out of a row is a whole number
_decoders: dict[str, msgspec.json.Decoder[Fact]] = {}


def decode(kind: str, data: bytes | str) -> Fact | None:
    """Return the fact that an event of this kind carries, or None where this version can't read it."""
    decoder = _decoders.get(kind)
    if decoder is None:
        if kind not in KINDS:
            return None
        decoder = _decoders[kind] = msgspec.json.Decoder(KINDS[kind])
    try:
        return decoder.decode(data)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


__all__ = [
    "KINDS",
    "Anchored",
    "AnswerGiven",
    "AttendanceChanged",
    "CheckAdded",
    "CheckTicked",
    "CheckUnticked",
    "ClockAnchored",
    "CodeAdded",
    "CodeChanged",
    "CodeRemoved",
    "Coded",
    "ComputerSlept",
    "CoreqAnswered",
    "CueSeen",
    "CueSent",
    "DoorsOpened",
    "Fact",
    "FloorGiven",
    "HandLowered",
    "HandRaised",
    "IssueClosed",
    "IssueOpened",
    "ItemMarkedAsked",
    "ItemOpened",
    "ItemSkipped",
    "ItemUnskipped",
    "MemoRemoved",
    "MemoWritten",
    "NoteAdded",
    "NoteChanged",
    "NoteRaised",
    "NoteRemoved",
    "ParticipantAdded",
    "ParticipantChanged",
    "PlanRead",
    "ProbeUsed",
    "ProposalDecided",
    "RecordingStarted",
    "RecordingStopped",
    "SegmentAnchored",
    "SegmentClosed",
    "SegmentKept",
    "SegmentOpened",
    "SessionCreated",
    "SessionEnded",
    "SessionPaused",
    "SessionResumed",
    "SessionStarted",
    "StaffJoined",
    "StimulusShown",
    "TimeAdded",
    "TranscriptRead",
    "TurnAdded",
    "TurnJudged",
    "TurnMoved",
    "TurnNamed",
    "TurnProposal",
    "TurnRemoved",
    "TurnSplit",
    "TurnsMerged",
    "TurnsProposed",
    "Uncoded",
    "Undone",
    "Utterance",
    "VoiceHeard",
    "Voiced",
    "WallClockMoved",
    "decode",
    "encode",
]
