"""What is said of how a group answers: stimuli shown, polls, statements, and who agrees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kring.domain import facts as f
from kring.domain.events import Event
from kring.domain.measures.group.consensus import matter_of
from kring.domain.state import State
from kring.domain.text import Sentence
from kring.domain.words import STANCES, called, stimulus_called


def _shown(state: State, event: Event, fact: f.StimulusShown) -> Sentence:
    return Sentence("Stimulus shown: {title}", {"title": stimulus_called(state, fact.stimulus)})


def _taken(state: State, event: Event, fact: f.StimulusTaken) -> Sentence:
    at = event.at if fact.at_ms is None else fact.at_ms
    ended = [one.stimulus for one in state.showings.values() if one.ended_at == at]
    names = [fact.stimulus] if fact.stimulus else ended
    return Sentence("Taken away: {title}", {"title": ", ".join(stimulus_called(state, name) for name in names)})


def _asked(state: State, event: Event, fact: f.PollAsked) -> Sentence:
    values = {"title": _title(state, fact.poll), "n": fact.round}
    if fact.round == 1:
        return Sentence("Poll: {title}", values)
    return Sentence("Poll asked again, round {n}: {title}", values)


def _answered(state: State, event: Event, fact: f.AnswerGiven) -> Sentence:
    said = Sentence("{who} answers {value}", {"who": called(state, fact.participant), "value": fact.value})
    if fact.others > 0:
        return Sentence("{what}; {n} more answered", {"what": said, "n": fact.others})
    return said


def _counted(state: State, event: Event, fact: f.PollCounted) -> Sentence:
    counts = ", ".join(f"{value} = {n}" for value, n in fact.counts)
    return Sentence("Counted without names: {counts}", {"counts": counts})


def _title(state: State, poll: str) -> str:
    row = state.polls.get(poll)
    return row.title if row else poll


def _added(state: State, event: Event, fact: f.StatementAdded) -> Sentence:
    return Sentence("Statement {label}: {text}", {"label": _label(state, fact.item, event.id), "text": fact.text})


def _changed(state: State, event: Event, fact: f.StatementChanged) -> Sentence:
    row = state.statements.get(fact.statement)
    label = _label(state, row.item or "", row.id) if row else ""
    return Sentence("Statement {label} now says: {text}", {"label": label, "text": fact.text})


def _removed(state: State, event: Event, fact: f.StatementRemoved) -> Sentence:
    row = state.statements.get(fact.statement)
    return Sentence("Statement removed: {text}", {"text": row.text if row else ""})


def _noted(state: State, event: Event, fact: f.StanceNoted) -> Sentence:
    values = {"who": called(state, fact.participant), "where": _label(state, fact.item, fact.statement)}
    if fact.stance is None:
        said = Sentence("{who}, {where}: not looked at", values)
    else:
        said = Sentence("{who}, {where}: {stance}", values | {"stance": Sentence(STANCES[fact.stance].word)})
    if fact.others > 0:
        return Sentence("{what}; the same for {n} more", {"what": said, "n": fact.others})
    return said


def _label(state: State, item: str, statement: str | None) -> str:
    row = state.guide.get(item)
    return matter_of(state, row, statement).label if row else ""


SENTENCES: Mapping[type[f.Fact], Callable[[State, Event, Any], Sentence]] = {
    f.StimulusShown: _shown,
    f.StimulusTaken: _taken,
    f.PollAsked: _asked,
    f.AnswerGiven: _answered,
    f.PollCounted: _counted,
    f.StatementAdded: _added,
    f.StatementChanged: _changed,
    f.StatementRemoved: _removed,
    f.StanceNoted: _noted,
}
