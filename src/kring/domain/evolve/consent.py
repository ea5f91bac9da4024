"""What becomes true of consent, and of the gate that reads it: it's ticked while everybody there consented."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.consent import ALL, lacking, refuses_taking_part
from kring.domain.events import Event
from kring.domain.evolve.closing import Evolver, Evolvers
from kring.domain.evolve.withdrawing import withdrawn_rows
from kring.domain.state import State


def read_by_gate(evolver: Evolver) -> Evolver:
    """Return an evolver of who is there and consents, after which the gate is read anew."""

    def evolve(state: State, event: Event, fact: Any) -> list[r.Row]:
        rows = evolver(state, event, fact)
        gates = [check for check in state.checks.values() if check.consent and check.removed_at is None]
        return [*rows, *_ticked(state.put(rows), event, gates)] if gates and rows else rows

    return evolve


def _ticked(state: State, event: Event, gates: list[r.CheckRow]) -> list[r.Row]:
    is_done = not any(lacking(state))
    if is_done:
        return [replace(gate, done_at=event.at, done_by=event.actor) for gate in gates if gate.done_at is None]
    return [replace(gate, done_at=None, done_by=None) for gate in gates if gate.done_at is not None]


def _changed(state: State, event: Event, fact: f.ConsentChanged) -> list[r.Row]:
    if fact.participant not in state.participants:
        return []
    said = dict(fact.consents)
    rows = consent_rows(state, fact.participant, said, event.at, others=said.get(ALL))
    told: list[r.Row] = [replace(row, how=fact.how, source="session", noted_by=event.actor) for row in rows]
    is_withdrawal = fact.withdraws and state.session.started_at is not None and refuses_taking_part(said)
    return [*told, *withdrawn_rows(state, event, fact.participant, fact.labels)] if is_withdrawal else told


def consent_rows(
    state: State, code: str, said: Mapping[str, bool], at: r.Moment, *, others: bool | None
) -> list[r.ConsentRow]:
    """Return what somebody says of each scope; `others` is what counts now for scopes named before, None = it stays."""
    named = [
        r.ConsentRow(id=f"{code}/{scope}", participant=code, scope=scope, given=given, at=at)
        for scope, given in said.items()
    ]
    if others is None:
        return named
    before = (row for row in state.consents.values() if row.participant == code and row.scope not in said)
    changed = [row for row in before if row.given != others]
    return [*named, *(replace(row, given=others, at=at, how="", source="plan", noted_by="") for row in changed)]


EVOLVERS: Evolvers = {f.ConsentChanged: read_by_gate(_changed)}
