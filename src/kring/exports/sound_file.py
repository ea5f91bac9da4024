"""A file of the recording, and where in it a moment of the session is heard."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

from kring.domain import rows as r
from kring.domain.state import State
from kring.domain.text import one_line
from kring.record.align import Anchor, Mapping, Piece

MIME_TYPES = {".wav": "audio/x-wav", ".flac": "audio/flac", ".opus": "audio/ogg", ".ogg": "audio/ogg"}


class SoundFile:
    """One file of the recording, on the clock of the session."""

    def __init__(self, state: State, segment: r.SegmentRow) -> None:
        self.segment = segment
        self.path = _below(segment.file)
        anchors = sorted(
            Anchor(row.frames, float(row.at))
            for row in state.tables["anchors"].values()
            if isinstance(row, r.AnchorRow) and row.segment == segment.id
        )
        frames = segment.frames or max((anchor.frames for anchor in anchors), default=0)
        rate = max(segment.rate, 1)
        self._rate = rate
        self._mapping = Mapping([Piece(rate, frames, tuple(anchors))])
        lasted = max(0, (segment.ended_at or segment.started_at) - segment.started_at)
        self.length_ms = frames * 1000 // rate or lasted

    @property
    def name(self) -> str:
        """Return the name of the file without its folder."""
        return PurePosixPath(self.path).name

    @property
    def mime_type(self) -> str:
        """Return what kind of sound it is."""
        return MIME_TYPES.get(PurePosixPath(self.path).suffix.lower(), "audio/*")

    @property
    def begins_at(self) -> int:
        """Return when the first sound of the file was heard, epoch ms."""
        stretches = self._mapping.stretches
        return round(stretches[0].time_of(0)) if stretches else int(self.segment.started_at)

    def place_of(self, at: int) -> int:
        """Return where in the file a moment is heard, in ms; its begin or end for what lies outside of it."""
        if not self._mapping.stretches:
            place: float = at - self.segment.started_at
        elif found := self._mapping.frame_at(at):
            place = found.frame * 1000 / self._rate
        else:
            place = self.length_ms
        return min(max(0, round(place)), self.length_ms)


def sound_files(state: State) -> list[SoundFile]:
    """Return the files of kring's own recording, in order."""
    found = (row for row in state.tables["segments"].values() if isinstance(row, r.SegmentRow) and row.file)
    return [SoundFile(state, row) for row in sorted(found, key=lambda row: (row.started_at, row.number, row.id))]


def _below(file: str) -> str:
    """Return the place of a file below the folder of the session file; never one outside of it."""
    path = PurePosixPath(one_line(file).replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or PureWindowsPath(file).drive:
        return path.name
    return str(path)
