"""What becomes true when stimulus material is shown and taken away: each showing is a row of its own."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.evolve.closing import Evolvers, ended, happened_at, item_at, on_clock
from kring.domain.state import State


def _shown(state: State, event: Event, fact: f.StimulusShown) -> list[r.Row]:
    if fact.stimulus not in state.stimuli:
        return []
    at = happened_at(event, fact.at_ms)
    is_by_itself = fact.beside or fact.until_ms is not None
    those = [one for one in state.showings.values() if not is_by_itself or one.stimulus == fact.stimulus]
    gone = [ended(one, at) for one in those if one.ended_at is None and one.started_at <= at]
    on = [one for one in gone if one.stimulus == fact.stimulus and one.shown_by != event.actor]
    if fact.at_ms is None and on:  # somebody showed it on another laptop
        return with_first_shown(state, [one for one in gone if one.stimulus != fact.stimulus])
    later = [one.started_at for one in those if one.started_at > at]
    showing = r.ShowingRow(
        id=event.id,
        stimulus=fact.stimulus,
        item=item_at(state, at),
        started_at=at,
        t=on_clock(state, at),
        shown_by=event.actor,
    )
    ends = [*later, *(r.Moment(at) for at in (fact.until_ms, state.session.ended_at) if at is not None)]
    until = min(ends, default=None)
    return with_first_shown(state, [*gone, showing if until is None else ended(showing, until)])


def _taken(state: State, event: Event, fact: f.StimulusTaken) -> list[r.Row]:
    at = happened_at(event, fact.at_ms)
    return [
        ended(one, at)
        for one in state.showings.values()
        if one.ended_at is None and fact.stimulus in ("", one.stimulus)
    ]


def with_first_shown(state: State, changed: Iterable[r.ShowingRow]) -> list[r.Row]:
    """Return showings that are other than they were, and their stimuli with when each was shown first."""
    changed = list(changed)
    showings = {**state.showings, **{row.id: row for row in changed}}
    rows: list[r.Row] = [*changed]
    for name in dict.fromkeys(row.stimulus for row in (*changed, *_before(state, changed))):
        alive = (one for one in showings.values() if one.stimulus == name and one.removed_at is None)
        first = min((one.started_at for one in alive), default=None)
        stimulus, item = state.stimuli.get(name), state.guide.get(name)
        if stimulus is not None and stimulus.shown_at != first:
            rows.append(replace(stimulus, shown_at=first, t=None if first is None else on_clock(state, first)))
        if item is not None and item.used_at != first:
            rows.append(replace(item, used_at=first))
    return rows


def _before(state: State, changed: Iterable[r.ShowingRow]) -> list[r.ShowingRow]:
    return [before for row in changed if (before := state.showings.get(row.id)) is not None]


EVOLVERS: Evolvers = {
    f.StimulusShown: _shown,
    f.StimulusTaken: _taken,
}
