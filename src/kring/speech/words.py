"""A word as a machine heard it, with its place in the sound."""

from __future__ import annotations

from typing import NamedTuple


class Word(NamedTuple):
    """A word as it was heard, from and to, in seconds of the sound; an ending sign belongs to it."""

    start_s: float
    end_s: float
    text: str
