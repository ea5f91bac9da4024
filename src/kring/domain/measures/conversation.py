"""What the charts show: who spoke when, who followed whom, how long nobody or everybody spoke, plan against actual."""

from __future__ import annotations

from typing import NamedTuple

from kring.domain import timing
from kring.domain.rows import GuideRow, TurnRow
from kring.domain.state import State

FOLLOWS_WITHIN_MS = 10_000
"""After a longer silence somebody begins anew, and follows nobody."""


class Lane(NamedTuple):
    """One speaker's line in the Gantt: for each bucket of time the share of it that they spoke, 0..1."""

    speaker: str
    shares: tuple[float, ...]


def span(state: State, now: int) -> tuple[int, int]:
    """Return from when to when the session runs or ran, epoch ms."""
    begin = int(state.session.started_at or now)
    return begin, max(int(state.session.ended_at or now), begin + 1)


def lanes(state: State, speakers: list[str], begin: int, end: int, buckets: int) -> list[Lane]:
    """Return when each speaker spoke, the time from begin to end cut into so many buckets."""
    length = max(end - begin, 1) / max(buckets, 1)
    spoken = {speaker: [0.0] * buckets for speaker in speakers}
    for turn in state.alive_turns:
        shares = spoken.get(turn.participant or turn.kind)
        if shares is not None:
            _spread(shares, turn.started_at - begin, int(turn.ended_at or end) - begin, length)
    return [Lane(speaker, tuple([min(share, 1.0) for share in shares])) for speaker, shares in spoken.items()]


def _spread(shares: list[float], begin: float, end: float, length: float) -> None:
    first = max(int(begin / length), 0)
    last = min(int(end / length), len(shares) - 1)
    for bucket in range(first, last + 1):
        inside = min(end, (bucket + 1) * length) - max(begin, bucket * length)
        shares[bucket] += max(inside, 0.0) / length


class SectionActual(NamedTuple):
    """A section against its plan, ms; `planned_ms` None = no time box, `begin` None = never open."""

    section: GuideRow
    planned_ms: int | None
    spent_ms: int
    begin: int | None


def sections_actual(state: State, now: int) -> list[SectionActual]:
    """Return each section with its plan, the time that was spent in it, and when it was first open."""
    spent = timing.spent_by_section(state, now)
    begins: dict[str, int] = {}
    for visit in state.visits.values():
        section = timing.section_of(state, visit.item)
        if section is not None:
            begins[section.id] = min(begins.get(section.id, int(visit.started_at)), int(visit.started_at))
    return [
        SectionActual(section, timing.planned_ms(section), spent.get(section.id, 0), begins.get(section.id))
        for section in timing.sections(state)
    ]


def follows(state: State) -> dict[tuple[str, str], int]:
    """Return how often one speaker came directly after another: `(before, after)` to a count.

    A transition matrix as sequential analysis has it (Bakeman & Gottman, "Observing Interaction", 1997), over turns;
    a silence of up to ten seconds between two turns does not part them, crosstalk does.
    """
    counts: dict[tuple[str, str], int] = {}
    before: TurnRow | None = None
    for turn in in_order(state):
        if turn.kind == "silence":
            continue
        if turn.kind in ("crosstalk", "unknown"):
            before = None
            continue
        if before is not None and turn.started_at - int(before.ended_at or turn.started_at) <= FOLLOWS_WITHIN_MS:
            pair = (before.participant or before.kind, turn.participant or turn.kind)
            if pair[0] != pair[1]:
                counts[pair] = counts.get(pair, 0) + 1
        before = turn
    return counts


def in_order(state: State) -> list[TurnRow]:
    """Return the turns that count, in order of time."""
    return sorted(state.alive_turns, key=lambda turn: (turn.started_at, turn.id))


class Stretches(NamedTuple):
    """Stretches of one kind: how many, how long together, and the longest with its begin; times in ms."""

    number: int
    total_ms: int
    longest_ms: int
    longest_at: int | None


def stretches(state: State, kind: str, now: int, section: str | None = None) -> Stretches:
    """Return the stretches of a kind of turn (silence, crosstalk …), of one section when one is named."""
    found = [
        (int(turn.ended_at or now) - int(turn.started_at), int(turn.started_at))
        for turn in state.alive_turns
        if turn.kind == kind and (section is None or _section(state, turn.item) == section)
    ]
    longest = max(found, default=(0, None), key=lambda one: one[0])
    return Stretches(len(found), sum(length for length, _at in found), *longest)


def _section(state: State, item: str | None) -> str:
    section = timing.section_of(state, item) if item else None
    return section.id if section else ""
