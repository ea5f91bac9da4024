"""What becomes true of how the talk is led: what questions yield, probes, invitations, sentences, reminders."""

from __future__ import annotations

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.evolve.closing import Evolvers, happened_at, item_at, on_clock, open_item
from kring.domain.state import State


def _yield_heard(state: State, event: Event, fact: f.YieldHeard) -> list[r.Row]:
    row = state.yields.get(fact.item)
    if row is None or row.heard_at is not None:
        return []
    at = happened_at(event, fact.at_ms)
    return [replace(row, heard_at=at, heard_by=event.actor, t=on_clock(state, at))]


def _yield_unheard(state: State, event: Event, fact: f.YieldUnheard) -> list[r.Row]:
    row = state.yields.get(fact.item)
    return [] if row is None else [replace(row, heard_at=None, heard_by=None, t=None)]


def _probe_used(state: State, event: Event, fact: f.ProbeUsed) -> list[r.Row]:
    item = state.guide.get(fact.item)
    if item is None:
        return []
    at = happened_at(event, fact.at_ms)
    kind = fact.probe_kind or item.probe_kind
    return [replace(item, used_at=item.used_at or at), _probe(state, event, at, item.title, kind, planned=item.id)]


def _own_probe_used(state: State, event: Event, fact: f.OwnProbeUsed) -> list[r.Row]:
    return [_probe(state, event, happened_at(event, fact.at_ms), fact.text, fact.probe_kind)]


def _probe(
    state: State, event: Event, at: r.Moment, text: str, kind: r.ProbeKind | None, planned: str | None = None
) -> r.ProbeRow:
    return r.ProbeRow(
        id=event.id,
        item=_open_then(state, event, at),
        planned=planned,
        kind=kind,
        text=text,
        at=at,
        t=on_clock(state, at),
        used_by=event.actor,
    )


def _probe_kind_told(state: State, event: Event, fact: f.ProbeKindTold) -> list[r.Row]:
    probe = state.probes.get(fact.probe)
    return [] if probe is None else [replace(probe, kind=fact.probe_kind)]


def _invited(state: State, event: Event, fact: f.InvitedToSpeak) -> list[r.Row]:
    if fact.participant not in state.participants:
        return []
    at = happened_at(event, fact.at_ms)
    return [
        r.InvitationRow(
            id=event.id,
            participant=fact.participant,
            item=_open_then(state, event, at),
            at=at,
            t=on_clock(state, at),
            invited_by=event.actor,
        )
    ]


def _sentence_shown(state: State, event: Event, fact: f.SentenceShown) -> list[r.Row]:
    return [
        r.SentenceRow(
            id=event.id,
            situation=fact.situation,
            text=fact.text,
            item=open_item(state),
            at=event.at,
            t=on_clock(state, event.at),
            shown_by=event.actor,
        )
    ]


def _reminder_seen(state: State, event: Event, fact: f.ReminderSeen) -> list[r.Row]:
    return [
        r.ReminderRow(
            id=event.id,
            reminder=fact.reminder,
            at=event.at,
            t=on_clock(state, event.at),
            seen_by=event.actor,
        )
    ]


def _open_then(state: State, event: Event, at: r.Moment) -> str | None:
    return open_item(state) if at == event.at else item_at(state, at)


EVOLVERS: Evolvers = {
    f.YieldHeard: _yield_heard,
    f.YieldUnheard: _yield_unheard,
    f.ProbeUsed: _probe_used,
    f.OwnProbeUsed: _own_probe_used,
    f.ProbeKindTold: _probe_kind_told,
    f.InvitedToSpeak: _invited,
    f.SentenceShown: _sentence_shown,
    f.ReminderSeen: _reminder_seen,
}
