"""`evolve`: what an event makes true, written once; its rows feed memory and the file alike."""

from __future__ import annotations

from kring.domain.events import Event
from kring.domain.evolve import (
    analysis,
    checks,
    consent,
    correcting,
    floor,
    guide,
    importing,
    looking_back,
    notes,
    people,
    plan,
    righting,
    session,
    sound,
)
from kring.domain.evolve.closing import Evolvers
from kring.domain.evolve.group import consensus, leading, observers, pacing, polls, rooms, stimuli
from kring.domain.evolve.group.whom import as_meant
from kring.domain.evolve.withdrawing import without_withdrawn
from kring.domain.rows import Row
from kring.domain.state import State

EVOLVERS: Evolvers = {
    **session.EVOLVERS,
    **plan.EVOLVERS,
    **guide.EVOLVERS,
    **leading.EVOLVERS,
    **stimuli.EVOLVERS,
    **polls.EVOLVERS,
    **consensus.EVOLVERS,
    **floor.EVOLVERS,
    **people.EVOLVERS,
    **consent.EVOLVERS,
    **notes.EVOLVERS,
    **checks.EVOLVERS,
    **sound.EVOLVERS,
    **importing.EVOLVERS,
    **correcting.EVOLVERS,
    **righting.EVOLVERS,
    **analysis.EVOLVERS,
    **looking_back.EVOLVERS,
    **pacing.EVOLVERS,
    **rooms.EVOLVERS,
    **observers.EVOLVERS,
}


def evolve(state: State, event: Event) -> list[Row]:
    """Return the rows that an event makes true; none where it says nothing that this state can take in.

    Total: it never raises, in whatever order events arrive. Verbs refuse; history is accepted.
    """
    evolver = EVOLVERS.get(type(event.fact))
    if event.fact is not None and event.fact.meant:
        event = as_meant(state, event)
    rows = evolver(state, event, event.fact) if evolver else []
    return without_withdrawn(state, rows, event.at) if state.withdrawn and rows else rows
