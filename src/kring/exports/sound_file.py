"""A file of the recording, and where in it a moment of the session is heard."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

from msgspec.structs import replace

from kring.audio.align import Mapping
from kring.domain import rows as r
from kring.domain.state import State
from kring.domain.text import one_line
from kring.privacy.snapshot import Snapshot
from kring.record import folder

MIME_TYPES = {".wav": "audio/x-wav", ".flac": "audio/flac", ".opus": "audio/ogg", ".ogg": "audio/ogg"}


class SoundFile:
    """One file of the recording, on the clock of the session."""

    def __init__(self, state: State, segment: r.SegmentRow, found: Path | None = None) -> None:
        self.segment = segment
        self.path = f"{found.parent.name}/{found.name}" if found else _below(segment.file)
        piece = folder.piece_of(state, segment)
        self._rate = max(piece.rate, 1)
        self._mapping = Mapping([piece._replace(rate=self._rate, heard=None)])
        lasted = max(0, (segment.ended_at or segment.started_at) - segment.started_at)
        self.length_ms = piece.frames * 1000 // self._rate or lasted

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


def sound_files(snapshot: Snapshot) -> list[SoundFile]:
    """Return the files of sound, in order, in the folder that there is now.

    Without names a folder that got another name since is linked only where that is the name of a session file that
    names nobody.
    """
    state = snapshot.state
    return [SoundFile(state, row, _found(snapshot, row)) for row in folder.segments_of(state) if row.file]


def own_file(snapshot: Snapshot, row: r.SegmentRow) -> tuple[str, Path] | None:
    """Return where the session file looks for a file of the recording, and where it is.

    None for what does not lie in the session file's own folder, whatever a session file says.
    """
    place = snapshot.path.resolve().parent
    told = (place / row.file).resolve()
    real = _real(snapshot, row)
    path = (folder.find(snapshot.path, real) or place / real.file).resolve()
    if row.file and all(one.is_relative_to(place) and one != snapshot.path.resolve() for one in (told, path)):
        return told.relative_to(place).with_suffix(path.suffix).as_posix(), path
    return None


def _found(snapshot: Snapshot, row: r.SegmentRow) -> Path | None:
    real = _real(snapshot, row)
    found = folder.find(snapshot.path, real)
    if found is None or snapshot.with_names:
        return found
    names_nobody = snapshot.stem == snapshot.path.stem == found.parent.stem and real.file == row.file
    return found if names_nobody else None


def _real(snapshot: Snapshot, row: r.SegmentRow) -> r.SegmentRow:
    """Return a file of the recording with the place at which it lies, where that may not be printed."""
    return replace(row, file=dict(snapshot.sound_places).get(row.id, row.file))


def _below(file: str) -> str:
    """Return the place of a file below the folder of the session file; never one outside of it."""
    path = PurePosixPath(one_line(file).replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or PureWindowsPath(file).drive:
        return path.name
    return str(path)
