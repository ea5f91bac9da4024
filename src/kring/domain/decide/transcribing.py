"""The verb of the transcript: a machine wrote the sound down."""

from __future__ import annotations

from collections.abc import Sequence

from kring.domain import facts as f
from kring.domain.state import State
from kring.domain.text import Refused


def read(
    state: State, now: int, engine: str, language: str, utterances: Sequence[f.UtteranceRead]
) -> tuple[f.Fact, ...]:
    """Take a transcript in as a draft, in the place of the one before; refused where nobody is heard in it."""
    if not utterances:
        raise Refused("The machine heard nobody speak.")
    return (f.TranscriptRead(engine, language, count=len(utterances)), *utterances)
