"""What becomes true when a poll is asked, answered by name, or counted: each round by itself."""

from __future__ import annotations

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.evolve.closing import Evolvers, happened_at, item_at, on_clock
from kring.domain.state import State

MOST_COUNTED = 999
"""At most this many people count for one option, whatever a file says."""


def _asked(state: State, event: Event, fact: f.PollAsked) -> list[r.Row]:
    return round_of(state, fact.poll, fact.round, happened_at(event, fact.at_ms)) if fact.poll in state.polls else []


def _answered(state: State, event: Event, fact: f.AnswerGiven) -> list[r.Row]:
    if fact.poll not in state.polls or fact.participant not in state.participants:
        return []
    at = happened_at(event, fact.at_ms)
    answer = r.AnswerRow(
        id=answer_id(fact.poll, fact.participant, fact.round),
        poll=fact.poll,
        round=fact.round,
        participant=fact.participant,
        value=fact.value,
        at=at,
        t=on_clock(state, at),
    )
    return [*round_of(state, fact.poll, fact.round, at), answer]


def _counted(state: State, event: Event, fact: f.PollCounted) -> list[r.Row]:
    """Return the counts of a round; those of before that are not named again are gone."""
    if fact.poll not in state.polls:
        return []
    at = happened_at(event, fact.at_ms)
    counts = {
        f"{fact.poll}/{fact.round}/{value}": r.PollCountRow(
            id=f"{fact.poll}/{fact.round}/{value}",
            poll=fact.poll,
            round=fact.round,
            value=value,
            count=min(max(count, 0), MOST_COUNTED),
            at=at,
            t=on_clock(state, at),
            counted_by=event.actor,
        )
        for value, count in fact.counts
    }
    before = [row for row in state.poll_counts.values() if (row.poll, row.round) == (fact.poll, fact.round)]
    gone = [replace(row, removed_at=event.at) for row in before if row.id not in counts]
    return [*round_of(state, fact.poll, fact.round, at), *gone, *counts.values()]


def answer_id(poll: str, participant: str, number: int) -> str:
    """Return the id of a participant's answer in a round; that of the first one names no round."""
    return f"{poll}/{participant}" if number == 1 else f"{poll}/{participant}/{number}"


def round_begun_by(state: State, before: r.AnswerRow, moved: r.AnswerRow) -> list[r.Row]:
    """Return the round of an answer that was moved, where it began with that answer: with the first one now."""
    begun = state.poll_rounds.get(f"{before.poll}/{before.round}")
    if begun is None or begun.at != before.at:
        return []
    others = [one for one in state.answers.values() if (one.poll, one.round) == (before.poll, before.round)]
    at = min(one.at for one in (moved, *(one for one in others if one.id != moved.id)))
    return [replace(begun, at=at, t=on_clock(state, at), item=item_at(state, at))]


def round_of(state: State, poll: str, number: int, at: r.Moment) -> list[r.Row]:
    """Return the row of a round that has none yet."""
    row_id = f"{poll}/{number}"
    if row_id in state.poll_rounds:
        return []
    row = r.PollRoundRow(id=row_id, poll=poll, number=number, item=item_at(state, at), at=at, t=on_clock(state, at))
    return [row]


EVOLVERS: Evolvers = {
    f.PollAsked: _asked,
    f.AnswerGiven: _answered,
    f.PollCounted: _counted,
}
