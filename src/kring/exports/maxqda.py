"""A focus-group transcript for MAXQDA: a paragraph for each turn, `Name: text`, with its time behind it."""

from __future__ import annotations

from typing import BinaryIO

from kring.domain.text import one_line
from kring.domain.time_text import stamp
from kring.exports.account import Unique, speakers, spoken
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
    paragraphs = (
        f"{called[line.who]}: {one_line(line.text)} #{stamp(max(0, line.start_ms), 1, '-')}#\n" for line in lines
    )
    file.write("\ufeff".encode() + "".join(paragraphs).encode())
