"""What happens to the sound: recordings begin and end, their files grow, what is heard in them is proposed."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from kring.domain.facts.base import Fact
from kring.domain.rows import RecordingSource, TurnChange, TurnKind, Whole


class RecordingStarted(Fact, frozen=True):
    """A recording began: the platform's, or kring's own, which brings its id, its device and its folder."""

    source: RecordingSource = "platform"
    recording: str = ""
    device: str = ""
    folder: str = ""
    since_ms: Whole | None = None

    @property
    def can_be_undone(self) -> bool:
        """Tell whether the person who did it may take it back: kring's own recorder isn't stopped by that."""
        return self.source == "platform"


class RecordingStopped(Fact, frozen=True):
    """A recording stopped, and why; kring's own is named."""

    source: RecordingSource = "platform"
    recording: str = ""
    why: str = ""
    at_ms: Whole | None = None

    @property
    def can_be_undone(self) -> bool:
        """Tell whether the person who did it may take it back: kring's own recorder isn't stopped by that."""
        return self.source == "platform"


class SegmentOpened(Fact, frozen=True):
    """A new file of kring's own recording was begun."""

    undoable: ClassVar[bool] = False
    recording: str
    number: Whole
    file: str
    rate: Whole
    channels: Whole
    device: str
    at_ms: Whole


class Anchored(msgspec.Struct, frozen=True, gc=False):
    """How many frames had come in at a moment of the session."""

    frames: Whole
    elapsed_us: Whole
    wall_ms: Whole
    at_ms: Whole


class SegmentAnchored(Fact, frozen=True):
    """A file of the recording was tied to the session's clock, once for each second since the last time."""

    undoable: ClassVar[bool] = False
    segment: str
    anchors: tuple[Anchored, ...]


class Voiced(msgspec.Struct, frozen=True, gc=False):
    """Somebody spoke, from a frame of a file on, and from and to in the session."""

    from_frame: Whole
    started_ms: Whole
    ended_ms: Whole


class VoiceHeard(Fact, frozen=True):
    """Somebody spoke, in the sound of one file."""

    undoable: ClassVar[bool] = False
    segment: str
    stretches: tuple[Voiced, ...]


class SegmentClosed(Fact, frozen=True):
    """A file of the recording came to its end."""

    undoable: ClassVar[bool] = False
    segment: str
    frames: Whole
    at_ms: Whole
    why: str = ""


class SegmentKept(Fact, frozen=True):
    """A file of the recording has this name, size and fingerprint from now on."""

    undoable: ClassVar[bool] = False
    segment: str
    file: str
    sha256: str
    bytes: Whole


class TurnProposal(msgspec.Struct, frozen=True, gc=False):
    """One change of the hand log, as the sound suggests it; `turn` is None for a turn that nobody logged."""

    change: TurnChange
    turn: str | None
    to: TurnKind
    participant: str | None
    started_ms: Whole
    ended_ms: Whole


class TurnsProposed(Fact, frozen=True):
    """The sound was compared with the hand log; proposals of before that nobody decided on are gone."""

    method: str
    proposals: tuple[TurnProposal, ...]


class ProposalDecided(Fact, frozen=True):
    """Somebody accepted or declined proposed changes of the hand log."""

    proposals: tuple[str, ...]
    accepted: bool


class Utterance(msgspec.Struct, frozen=True, gc=False):
    """A stretch of speech as a machine wrote it down; `words` with begin and end in seconds on the session's clock."""

    text: str
    started_ms: Whole
    ended_ms: Whole
    turn: str | None = None
    words: tuple[tuple[float, float, str], ...] = ()


class TranscriptRead(Fact, frozen=True):
    """A machine wrote the sound down as a draft; the draft before is gone."""

    engine: str
    language: str
    utterances: tuple[Utterance, ...]
