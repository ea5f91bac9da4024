"""Where the sound of a session file lies, also after one of the two was moved, renamed or made a FLAC."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from statistics import median
from typing import Literal, NamedTuple

from kring.audio.align import Anchor, Piece
from kring.audio.flac import fingerprint
from kring.domain import rows as r
from kring.domain.measures.coverage import heard_in
from kring.domain.state import State
from kring.record import log
from kring.system.durable import is_ordinary

ENDING = ".audio"
KINDS = (".flac", ".wav")

Condition = Literal["kept", "not kept", "not ended", "changed", "missing"]


def segments_of(state: State) -> list[r.SegmentRow]:
    """Return the files of sound, in the order in which they were recorded."""
    return sorted(state.segments.values(), key=lambda row: (row.started_at, row.number, row.id))


class Sound(NamedTuple):
    """A file of sound, where it is now (None = not there), and how it lies on the session's clock."""

    segment: r.SegmentRow
    path: Path | None
    piece: Piece

    @property
    def name(self) -> str:
        """Return the name of the file, also of one that is not there."""
        return PurePosixPath(self.segment.file.replace("\\", "/")).name if self.path is None else self.path.name

    @property
    def is_heard(self) -> bool:
        """Whether it is the one that is heard at any moment."""
        return self.piece.heard != ()


def sounds_of(state: State, session_file: Path) -> list[Sound]:
    """Return the files of sound, in the order in which they were recorded.

    In the place of one that is not there another is heard that holds the same moment.
    """
    found = [(row, find(session_file, row)) for row in segments_of(state)]
    absent = {row.id for row, path in found if path is None}
    return [Sound(row, path, piece_of(state, row, absent)) for row, path in found]


def piece_of(state: State, segment: r.SegmentRow, absent: Collection[str] = ()) -> Piece:
    """Return how a file lies on the session's clock; `absent` are the ids of those that are not there."""
    anchors = _anchors_of(state, segment) or (Anchor(0, float(segment.started_at)),)  # none: shorter than a second
    frames = segment.frames if segment.frames is not None else anchors[-1].frames
    heard = heard_in(state, segment, absent)
    return Piece(segment.rate, frames, anchors, None if heard is None else tuple(heard))


def _anchors_of(state: State, segment: r.SegmentRow) -> tuple[Anchor, ...]:
    rows = sorted((row for row in state.anchors.values() if row.segment == segment.id), key=lambda row: row.frames)
    if not rows:
        return ()
    # the session's moments are whole milliseconds, the computer's own are finer
    shift = median(row.at - row.elapsed_us / 1000 for row in rows)
    return tuple(Anchor(row.frames, row.elapsed_us / 1000 + shift) for row in rows)


def find(session_file: Path, segment: r.SegmentRow) -> Path | None:
    """Return where a file of the recording is now: as the session file says, else in any sound folder beside it.

    A folder whose log knows other recordings only is never taken, whatever it is called.
    """
    beside = session_file.resolve().parent
    name = PurePosixPath(segment.file.replace("\\", "/"))
    told = beside / name.parent.name.replace("..", "")  # one folder down at most, whatever a file says
    for folder in (told, *sorted(beside.glob(f"*{ENDING}"))):
        with suppress(OSError):  # such as a name that is too long for any file
            if not folder.is_dir() or not _is_of(folder, segment, unless_unknown=folder != told):
                continue
            places = (folder / name.name, *(folder / f"{name.stem}{kind}" for kind in KINDS))
            if found := next(filter(is_ordinary, places), None):
                return found
    return None


def _is_of(folder: Path, segment: r.SegmentRow, unless_unknown: bool) -> bool:
    if segment.source == "platform":
        return True  # no log knows it, and its name has a part of the checksum of what it was made of
    known = {entry.recording for entry in _entries(folder) if isinstance(entry, log.Opened)}
    return segment.recording in known if known or unless_unknown else True


def _entries(folder: Path) -> Iterator[log.Entry]:
    try:
        yield from log.read(folder)[0]
    except OSError:
        return


def condition(session_file: Path, segment: r.SegmentRow) -> tuple[Condition, Path | None]:
    """Return how it stands with a file of the recording, and where it is; all of a kept one is read."""
    path = find(session_file, segment)
    if path is None:
        return "missing", None
    if segment.frames is None:
        return "not ended", path
    if not segment.sha256:
        return "not kept", path
    try:
        return ("kept" if fingerprint(path).sha256 == segment.sha256 else "changed"), path
    except OSError:
        return "changed", path
