"""A recording of the platform is brought in: looked at, laid on the session's clock, and kept beside the session file.

From then on it is sound of the session like kring's own.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import date
from itertools import pairwise
from pathlib import Path

from kring.audio import foreign
from kring.domain import facts as f
from kring.domain.events import Event
from kring.domain.local_time import day_of
from kring.domain.rows import SegmentRow
from kring.domain.state import State
from kring.domain.text import N_, Refused, Sentence
from kring.domain.time_text import as_length
from kring.imports.parsed import Clock, Parsed, Sound
from kring.imports.source import Source
from kring.imports.stamps import moment_in_name
from kring.record.folder import ENDING
from kring.session import intake
from kring.session.intake import Prepared
from kring.session.session import Session
from kring.speech import activity
from kring.store.store import NotSaved
from kring.system.text_files import Unreadable
from kring.system.worker_process import Background

FORMAT = "recording"
"""What it is called among the formats of files."""


class Recording(Source):
    """A recording as it was looked at; its bytes stay where they are."""

    def __init__(self, path: Path, looked: activity.Looked, day: date | None = None) -> None:
        super().__init__(path.name, b"", day)
        self.path = path
        self.looked = looked

    @property
    def sha256(self) -> str:
        """The checksum of all its bytes, in hexadecimal digits."""
        return self.looked.sha256


def is_recording(path: Path) -> bool:
    """Whether a file is a recording, by its first bytes."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return foreign.is_sound(file.read(foreign.FIRST_BYTES))
    except OSError:
        return False


def is_meant(path: Path, format_name: str) -> bool:
    """Whether a file is to be read as a recording: it is one, or somebody says so."""
    return format_name == FORMAT or (not format_name and is_recording(path))


def look(path: Path) -> Background[activity.News]:
    """Start to listen when somebody speaks in a recording; raises Unreadable where there is none."""
    if not path.is_file():
        raise Unreadable(N_("{file} is not there; look at the name and the folder."), file=path.name)
    return activity.in_background(path)


def heard(path: Path, looked: activity.Looked, state: State) -> tuple[Recording, Parsed]:
    """Return a recording as a file to bring in, and what it holds."""
    begins = moment_in_name(path.name)
    day = day_of(state)
    source = Recording(path, looked, date.fromisoformat(day) if day else None)
    parsed = Parsed(
        format=FORMAT,
        clock=Clock.RECORDING,
        begins_utc_ms=begins.utc_ms,
        begins_wall_ms=begins.wall_ms,
        sound=Sound(lasts_ms=looked.lasts_ms, speech=looked.speech),
        warnings=tuple(_remarks(looked)),
    )
    return source, parsed


def _remarks(looked: activity.Looked) -> list[Sentence]:
    found = []
    if looked.is_cut_off:
        found.append(
            Sentence(N_("The file is cut off: {length} of it can be read."), {"length": as_length(looked.lasts_ms)})
        )
    if not looked.speech:
        found.append(Sentence(N_("Nobody is heard to speak in it.")))
    return found


def cuts(session: Session, source: Recording, prepared: Prepared) -> foreign.Cuts:
    """Return how a recording is laid down beside the session file: a FLAC for each piece, in its folder of sound."""
    rate = source.looked.rate
    ends = [round(after.from_ms * rate / 1000) for _piece, after in pairwise(prepared.pieces)]
    ends.append(source.looked.frames)
    # the same pieces of the same file have the same name again, so that taking it out and in leaves one copy
    name = hashlib.sha256(f"{source.sha256} {ends}".encode()).hexdigest()[:8]
    folder = session.store.path.with_suffix(ENDING)
    folder.mkdir(mode=0o700, exist_ok=True)
    files = [str(folder / f"platform-{name}-{number}.flac") for number in range(1, len(ends) + 1)]
    return foreign.Cuts(str(source.path.absolute()), source.looked.stamp, tuple(ends), tuple(files))


def give_up(cuts: foreign.Cuts) -> None:
    """Leave no empty folder behind of a recording that was not laid down."""
    with suppress(OSError):  # it holds other sound
        Path(cuts.files[0]).parent.rmdir()


def commit(
    session: Session, source: Recording, prepared: Prepared, cuts: foreign.Cuts, laid: foreign.LaidDown
) -> Event:
    """Write that the sound is there, as one act; raises Refused or NotSaved, and then its files are gone again."""
    sound = [
        f.SoundRead(
            number=number,
            file=f"{Path(file).parent.name}/{Path(file).name}",
            rate=source.looked.rate,
            frames=frames,
            at_ms=piece.at_ms,
            sha256=known.sha256,
            bytes=known.bytes,
        )
        for number, (piece, file, frames, known) in enumerate(
            zip(prepared.pieces, cuts.files, laid.frames, laid.fingerprints, strict=True), 1
        )
    ]
    try:
        return intake.commit(session, prepared, sound)
    except (Refused, NotSaved):
        rows = session.state.tables[SegmentRow.TABLE].values()  # of what was taken out too, which can come back
        known = {Path(row.file).name for row in rows if isinstance(row, SegmentRow)}
        for file in map(Path, cuts.files):
            if file.name not in known:
                file.unlink(missing_ok=True)
        raise
