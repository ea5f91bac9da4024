"""The sentences of how the talk is led: yields, probes, invitations, a sentence for the moment, reminders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kring.domain import facts as f
from kring.domain.events import Event
from kring.domain.leading import PROBE_KINDS, REMINDERS, SITUATIONS
from kring.domain.measures.group.yields import Coverage, yields_of
from kring.domain.state import State
from kring.domain.text import N_, Sentence
from kring.domain.words import called, numbered


def not_heard(one: Coverage) -> Sentence:
    """Return how much of what a question must yield nobody heard yet."""
    return Sentence("{n} of {all} not heard yet", {"n": len(one.still_open), "all": len(one.rows)})


def opened(state: State, event: Event, told: Sentence) -> Sentence:
    """Return that an item was opened, with what the one before did not yield, and what else ended by it."""
    before = [visit for visit in state.visits.values() if visit.id != event.id and visit.started_at <= event.at]
    left = max(before, key=lambda visit: (visit.started_at, visit.id), default=None)
    one = yields_of(state, left.item) if left is not None else None
    if left is not None and one is not None and one.still_open:
        item = numbered(state, left.item)
        told = Sentence("{what}; {item}: {left}", {"what": told, "item": item, "left": not_heard(one)})
    if isinstance(event.fact, f.ItemOpened) and event.fact.ends_rooms:
        told = Sentence("{what}; {left}", {"what": told, "left": Sentence("Everybody is back from the rooms")})
    begun = state.visits[event.id].started_at if event.id in state.visits else event.at
    if any(pause.ended_at == begun and pause.removed_at is None for pause in state.pauses.values()):
        told = Sentence("{what}; {left}", {"what": told, "left": Sentence("The pause is over")})
    return told


def _yield(template: str) -> Callable[[State, Event, Any], Sentence]:
    def tell(state: State, event: Event, fact: Any) -> Sentence:
        row = state.yields.get(fact.item)
        told = Sentence(template, {"what": row.title if row else fact.item})
        one = yields_of(state, row.item) if row is not None else None
        return told if one is None else Sentence("{what}; {left}", {"what": told, "left": not_heard(one)})

    return tell


def _probe(state: State, event: Event, fact: f.ProbeUsed | f.OwnProbeUsed) -> Sentence:
    probe = state.probes.get(event.id)
    if isinstance(fact, f.OwnProbeUsed):
        told = Sentence("Own probe: {text}", {"text": fact.text})
    else:
        item = state.guide.get(fact.item)
        told = Sentence("Probe used: {title}", {"title": item.title if item else fact.item})
    kind = fact.probe_kind if probe is None else probe.kind
    return (
        told if kind is None else Sentence("{what} ({reason})", {"what": told, "reason": Sentence(PROBE_KINDS[kind])})
    )


def _kind_told(state: State, event: Event, fact: f.ProbeKindTold) -> Sentence:
    probe = state.probes.get(fact.probe)
    kind = Sentence(PROBE_KINDS[fact.probe_kind])
    return Sentence("Kind of probe: {kind}: {text}", {"kind": kind, "text": probe.text if probe else ""})


def _invited(state: State, event: Event, fact: f.InvitedToSpeak) -> Sentence:
    return Sentence("Invited to speak: {who}", {"who": called(state, fact.participant)})


def _sentence(state: State, event: Event, fact: f.SentenceShown) -> Sentence:
    situation = Sentence(SITUATIONS[fact.situation])
    return Sentence("For {situation}: “{text}”", {"situation": situation, "text": fact.text})


def _seen(state: State, event: Event, fact: f.ReminderSeen) -> Sentence:
    return Sentence("Put away: {text}", {"text": Sentence(REMINDERS[fact.reminder])})


SENTENCES: dict[type[f.Fact], Callable[[State, Event, Any], Sentence]] = {
    f.YieldHeard: _yield(N_("Heard: {what}")),
    f.YieldUnheard: _yield(N_("Not heard after all: {what}")),
    f.ProbeUsed: _probe,
    f.OwnProbeUsed: _probe,
    f.ProbeKindTold: _kind_told,
    f.InvitedToSpeak: _invited,
    f.SentenceShown: _sentence,
    f.ReminderSeen: _seen,
}
