"""The sentences of looking back: the summary for the group, and the debrief."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kring.domain import facts as f
from kring.domain.events import Event
from kring.domain.state import State
from kring.domain.text import N_, Sentence
from kring.domain.words import DEBRIEF_WORDS, called


def _line_of(template: str) -> Callable[[State, Event, Any], Sentence]:
    def tell(state: State, event: Event, fact: Any) -> Sentence:
        line = state.summary_lines.get(getattr(fact, "line", None) or event.id)
        return Sentence(template, {"n": line.number if line else "", "text": line.text if line else ""})

    return tell


def _summary_answered(state: State, event: Event, fact: f.SummaryAnswered) -> Sentence:
    who = called(state, fact.participant)
    if not fact.text:
        return Sentence("{who} says that the summary is right", {"who": who})
    return Sentence("{who} corrects the summary: {text}", {"who": who, "text": fact.text})


def _debrief_answered(state: State, event: Event, fact: f.DebriefAnswered) -> Sentence:
    field = Sentence(DEBRIEF_WORDS[fact.field])
    if not fact.answer:
        return Sentence("Debrief, {field}: taken back", {"field": field})
    return Sentence("Debrief, {field}: {text}", {"field": field, "text": fact.answer})


SENTENCES: dict[type[f.Fact], Callable[[State, Event, Any], Sentence]] = {
    f.SummaryLineWritten: _line_of(N_("Summary {n}: {text}")),
    f.SummaryLineRemoved: _line_of(N_("Taken out of the summary, {n}: {text}")),
    f.SummaryReadBack: lambda state, event, fact: Sentence("The summary is read back to the group"),
    f.SummaryAnswered: _summary_answered,
    f.DebriefBegun: lambda state, event, fact: Sentence("The debrief begins"),
    f.DebriefAnswered: _debrief_answered,
    f.DebriefSkipped: lambda state, event, fact: Sentence("No debrief: {why}", {"why": fact.why}),
}
