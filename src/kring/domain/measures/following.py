"""Who follows whom: a transition matrix over turns (Bakeman & Gottman, "Observing Interaction", 1997; BORIS)."""

from __future__ import annotations

from collections import Counter

from kring.domain.guide_items import section_of
from kring.domain.measures.talk_time import in_order
from kring.domain.rows import PauseRow, TurnRow, VisitRow
from kring.domain.state import State

WITHIN_MS = 10_000
"""After a longer silence somebody begins anew, and follows nobody."""


def who_follows_whom(state: State) -> dict[tuple[str, str], int]:
    """Return how often one speaker came after another: `(before, after)` to a count.

    Speakers are participants' codes and `moderator`. A turn follows the one before it when it is another's and begins
    within ten seconds after that one's end; a silence up to then does not part them. Crosstalk, an unknown speaker, a
    pause and a break between them do. Nobody follows himself.
    """
    apart: list[PauseRow | VisitRow] = [*state.pauses.values(), *_breaks(state)]
    counts: Counter[tuple[str, str]] = Counter()
    before: TurnRow | None = None
    for turn in in_order(state):
        if turn.kind == "silence":
            continue
        if before is not None and turn.kind in ("participant", "moderator"):
            pair = (before.participant or before.kind, turn.participant or turn.kind)
            if pair[0] != pair[1] and _is_next(before, turn, apart):
                counts[pair] += 1
        before = turn if turn.kind in ("participant", "moderator") else None
    return dict(counts)


def among_participants(counts: dict[tuple[str, str], int]) -> float | None:
    """Return which part of all transitions, 0..1, goes from one participant to another; None without any."""
    among = sum(n for pair, n in counts.items() if "moderator" not in pair)
    return among / sum(counts.values()) if counts else None


def _breaks(state: State) -> list[VisitRow]:
    sections = ((visit, section_of(state, visit.item)) for visit in state.visits.values())
    return [visit for visit, section in sections if section is not None and section.kind == "break"]


def _is_next(before: TurnRow, turn: TurnRow, apart: list[PauseRow | VisitRow]) -> bool:
    ended = turn.started_at if before.ended_at is None else before.ended_at
    return turn.started_at - ended <= WITHIN_MS and not any(
        row.started_at < turn.started_at and (row.ended_at is None or row.ended_at > ended) for row in apart
    )
