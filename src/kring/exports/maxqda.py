"""A focus-group transcript for MAXQDA: a paragraph for all that was said at once, `Name: text`, its time behind it."""

from __future__ import annotations

from typing import BinaryIO

from kring.domain.text import one_line
from kring.domain.time_text import stamp
from kring.exports.account import paragraphs, speaker_names, spoken
from kring.privacy.snapshot import Snapshot
from kring.system.output_files import Progress


def write(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write the transcript; with a byte order mark, without which Windows takes it for an older encoding."""
    lines = spoken(snapshot)
    names = speaker_names(snapshot, lines)
    told = (
        f"{names.get(line.who, line.who)}: {one_line(piece.text)} #{stamp(max(0, piece.at_ms), 1, '-')}#\n"
        for line in paragraphs(snapshot, lines)
        for piece in line.pieces
    )
    file.write("\ufeff".encode() + "".join(told).encode())
