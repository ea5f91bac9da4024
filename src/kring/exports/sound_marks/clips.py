"""The clips that may be cut: starred quotes of who allowed clips, for Audacity, video editors and players.

Times count from the first second of the recording, as those of the subtitles do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from kring.domain.consent import consent_to
from kring.domain.text import one_line
from kring.exports.subtitles import recorded
from kring.privacy.snapshot import Snapshot
from kring.privacy.speech import placed
from kring.system.output_files import Progress

ROOM_MS = 2_000
"""How much of the sound before and behind the words goes with a clip."""
FRAMES = 25
"""Frames a second of an edit list, as video in Europe has."""
MOST_EDITS = 999
"""An edit list of CMX 3600 has three digits for its events."""
_SPECIAL = re.compile(r"([=;#\\\n])")


class Clip(NamedTuple):
    """A stretch of the recording, in ms, with who speaks and what was said."""

    begin: int
    end: int
    speaker: str
    text: str

    @property
    def title(self) -> str:
        """Return what it is called, on one line."""
        return f"{self.speaker}: {self.text}"


def clips(snapshot: Snapshot) -> Iterator[Clip]:
    """Yield the clips in order; none of who did not say that clips may be used."""
    first, last = recorded(snapshot)
    found = placed(snapshot, lambda note: note.starred and snapshot.is_quotable(note.id))
    for words in sorted(found, key=lambda one: (one.started_at, one.ended_at, one.text)):
        begin, end = max(words.started_at - ROOM_MS, first), min(words.ended_at + ROOM_MS, last)
        if begin < end and consent_to(snapshot.state, words.participant, "clips") is True:
            yield Clip(begin - first, end - first, one_line(words.speaker), one_line(words.text))


def write_audacity(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write a track of labels for Audacity: begin and end in seconds, and what was said."""
    lines = (f"{clip.begin / 1000:.3f}\t{clip.end / 1000:.3f}\t{clip.title}\n" for clip in clips(snapshot))
    file.write("".join(lines).encode())


def write_chapters(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write chapters as FFmpeg puts them into a recording; one ends where the next begins."""
    found = list(clips(snapshot))
    lines = [";FFMETADATA1", f"title={_escaped(one_line(snapshot.state.session.title))}"]
    for number, clip in enumerate(found):
        end = min(clip.end, found[number + 1].begin) if number + 1 < len(found) else clip.end
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={clip.begin}", f"END={max(end, clip.begin + 1)}"]
        lines.append(f"title={_escaped(clip.title)}")
    file.write(("\n".join(lines) + "\n").encode())


def write_edl(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write an edit list (CMX 3600) that plays the clips one behind the other."""
    title = one_line(snapshot.state.session.title)
    lines = [f"TITLE: {title}", "FCM: NON-DROP FRAME", ""]
    at = 0
    for number, clip in enumerate(clips(snapshot), 1):
        if number > MOST_EDITS:
            break
        begin, end = _frames(clip.begin), max(_frames(clip.end), _frames(clip.begin) + 1)
        until = at + end - begin
        times = " ".join(map(_timecode, (begin, end, at, until)))
        lines += [f"{number:03}  AX       B     C        {times}", f"* FROM CLIP NAME: {snapshot.stem}"]
        lines += [f"* COMMENT: {clip.title}", ""]
        at = until
    file.write(("\r\n".join(lines) + "\r\n").encode())


def _frames(ms: int) -> int:
    return ms * FRAMES // 1000


def _timecode(frames: int) -> str:
    seconds, rest = divmod(frames, FRAMES)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}:{rest:02}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
