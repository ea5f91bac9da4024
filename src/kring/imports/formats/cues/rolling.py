"""Captions that roll: each cue repeats the line before it, and between two stands one of a moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kring.imports.formats.cues.blocks import Cue
from kring.imports.formats.cues.voices import plain

_MOMENT_MS = 20
_FEW = 4


def rolls(cues: Sequence[Cue]) -> bool:
    """Whether a third of the cues lasts a moment and repeats what the cue before it shows."""
    repeats = sum(
        cue.end_ms is not None and cue.end_ms - cue.start_ms <= _MOMENT_MS and set(_shown(cue)) <= set(_shown(before))
        for before, cue in pairwise(cues)
    )
    return len(cues) >= _FEW and repeats * 3 >= len(cues)


def unrolled(cues: Sequence[Cue]) -> Iterator[Cue]:
    """Yield the cues with only what each of them adds."""
    before: list[str] = []
    for cue in cues:
        shown = _shown(cue)
        kept = next((size for size in range(min(len(shown), len(before)), 0, -1) if before[-size:] == shown[:size]), 0)
        if new := shown[kept:]:
            yield cue._replace(lines=tuple(new))
        before = shown or before


def _shown(cue: Cue) -> list[str]:
    return [words for line in cue.lines if (words := plain(line))]
