"""When somebody stops, in a file that only tells when they begin."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kring.domain.text import N_
from kring.imports.parsed import Millis, Utterance

ENDS_ESTIMATED = N_("This file tells when somebody begins to speak; when they end is estimated from how much they say.")
MS_A_LETTER = 71  # 14 letters a second: quick, so that an estimate seldom runs into a silence
_SHORTEST_MS = 1000


def with_ends(utterances: Sequence[Utterance]) -> tuple[Utterance, ...]:
    """Return utterances that end: where the next begins, but no later than their words take."""
    following = [after.start_ms for _, after in pairwise(utterances)] + [None] if utterances else []
    return tuple(
        one if one.end_ms is not None or one.start_ms is None else one.model_copy(update={"end_ms": _end(one, after)})
        for one, after in zip(utterances, following, strict=True)
    )


def _end(one: Utterance, following: Millis | None) -> Millis:
    start = one.start_ms or 0
    end = start + max(_SHORTEST_MS, len(one.text) * MS_A_LETTER)
    return min(end, following) if following is not None and following > start else end
