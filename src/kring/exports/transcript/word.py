"""`docx`: the transcript in Word, to read and to code; needs the extra word."""

from __future__ import annotations

from typing import BinaryIO

from kring.domain.text import KringError
from kring.exports.transcript.course import transcript
from kring.privacy.snapshot import Snapshot
from kring.system.output_files import Progress


def write(snapshot: Snapshot, file: BinaryIO, progress: Progress) -> None:
    """Write the transcript; raises KringError where python-docx is missing."""
    try:
        import docx  # noqa: F401 - asked for here, so that what is missing is told as what it is
    except ImportError as missing:
        raise KringError(
            "For a transcript in Word, install kring with its extra word: pipx install --force '.[word]', "
            "or uv tool install --force '.[word]'."
        ) from missing
    from kring.exports.transcript.paper import laid

    file.write(laid(snapshot, transcript(snapshot)))
    progress(1, 1)
