"""What is true of the sound: recordings, their files, how they lie on the session's clock, what was heard in them."""

from __future__ import annotations

from typing import ClassVar

from kring.domain.rows.base import Moment, Row, TurnChange, TurnKind


class RecordingRow(Row, frozen=True, kw_only=True):
    """A stretch of the session that is recorded, by the platform or by kring itself; `why` it ended."""

    TABLE: ClassVar[str] = "recordings"
    source: str
    started_at: Moment
    ended_at: Moment | None = None
    t: float | None = None
    duration_s: float | None = None
    device: str = ""
    folder: str = ""
    why: str = ""


class SegmentRow(Row, frozen=True, kw_only=True):
    """One file of kring's own recording; `id` is the recording's with the number behind it.

    `file` is relative to the folder of the session file; `sha256` and `bytes` are those of the file that is kept.
    """

    TABLE: ClassVar[str] = "segments"
    recording: str
    number: int
    file: str
    rate: int
    channels: int
    device: str = ""
    started_at: Moment
    ended_at: Moment | None = None
    t: float | None = None
    duration_s: float | None = None
    frames: int | None = None
    why: str = ""
    sha256: str = ""
    bytes: int | None = None


class AnchorRow(Row, frozen=True, kw_only=True):
    """How many frames of a segment had come in at a moment: `elapsed_us` since the computer started."""

    TABLE: ClassVar[str] = "anchors"
    segment: str
    frames: int
    elapsed_us: int
    wall_ms: int
    at: Moment
    t: float | None = None


class VoiceRow(Row, frozen=True, kw_only=True):
    """A stretch of sound in which somebody speaks, whoever it is."""

    TABLE: ClassVar[str] = "voice"
    segment: str
    started_at: Moment
    ended_at: Moment
    t: float | None = None
    duration_s: float


class TurnProposalRow(Row, frozen=True, kw_only=True):
    """A change of the hand log that the sound suggests; nothing changes before somebody accepts it."""

    TABLE: ClassVar[str] = "turn_proposals"
    change: TurnChange
    turn: str | None = None
    kind: TurnKind
    participant: str | None = None
    started_at: Moment
    ended_at: Moment
    t: float | None = None
    duration_s: float
    method: str = ""
    decided_at: Moment | None = None
    decided_by: str | None = None
    accepted: bool | None = None
    removed_at: Moment | None = None


class TranscriptRow(Row, frozen=True, kw_only=True):
    """A stretch of speech as a machine wrote it down, a draft; `words` with begin and end on the session's clock."""

    TABLE: ClassVar[str] = "transcript"
    turn: str | None = None
    participant: str | None = None
    speaker_kind: TurnKind | None = None
    text: str
    words: tuple[tuple[float, float, str], ...] = ()
    language: str = ""
    engine: str = ""
    started_at: Moment
    ended_at: Moment
    t: float | None = None
    duration_s: float
    removed_at: Moment | None = None
