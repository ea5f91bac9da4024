"""A focus-group transcript for MAXQDA: a paragraph for all that was said at once, `Name: text`, its time behind it."""

from __future__ import annotations

from typing import BinaryIO

from kring.domain.text import one_line
from kring.domain.time_text import stamp
from kring.exports.account import Unique, paragraphs, speakers, spoken
from kring.privacy.snapshot import Snapshot
from kring.system.output_files import Progress

MOST_IN_NAME = 63
"""MAXQDA takes no longer text before a colon for a speaker."""


def write(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write the transcript; with a byte order mark, without which Windows takes it for an older encoding."""
    lines = spoken(snapshot)
    names = Unique()
    called = {
        who: names.take(name.replace(":", " ")[: MOST_IN_NAME - 5].strip(), who)
        for who, name in speakers(snapshot, lines)
    }
    told = (
        f"{called.get(line.who, line.who)}: {one_line(piece.text)} #{stamp(max(0, piece.at_ms), 1, '-')}#\n"
        for line in paragraphs(snapshot, lines)
        for piece in line.pieces
    )
    file.write("\ufeff".encode() + "".join(told).encode())
