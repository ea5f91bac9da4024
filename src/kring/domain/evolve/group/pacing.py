"""What becomes true when somebody decides on a proposal for the time to come."""

from __future__ import annotations

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.evolve.closing import Evolvers, on_clock
from kring.domain.state import State


def _decided(state: State, event: Event, fact: f.PaceDecided) -> list[r.Row]:
    return [
        r.PacingRow(
            id=f"{event.id}/{number}",
            item=line.item,
            before_s=line.before_s,
            after_s=line.after_s,
            skipped=line.skipped,
            accepted=fact.accepted,
            over_s=fact.over_s,
            still_over_s=fact.still_over_s,
            at=event.at,
            t=on_clock(state, event.at),
            decided_by=event.actor,
        )
        for number, line in enumerate(fact.lines, 1)
        if line.item in state.guide
    ]


EVOLVERS: Evolvers = {f.PaceDecided: _decided}
