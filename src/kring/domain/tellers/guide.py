"""The sentences of the guide: where the talk is, what is skipped, and what time it gets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kring.domain import facts as f
from kring.domain.events import Event
from kring.domain.guide_items import is_within
from kring.domain.measures.questions import must_still_be_asked
from kring.domain.measures.sections import planned_ms
from kring.domain.state import State
from kring.domain.tellers.leading import opened
from kring.domain.text import N_, Sentence
from kring.domain.time_text import as_length, behind_or_ahead, signed
from kring.domain.words import numbered


def _at_item(state: State, event: Event, fact: Any) -> Sentence:
    item = state.guide.get(fact.item)
    number, title = (item.number, item.title) if item else ("", fact.item)
    templates: dict[type[f.Fact], str] = {
        f.ItemOpened: N_("{number} {title}"),
        f.ItemSkipped: N_("Skipped: {number} {title}"),
        f.ItemUnskipped: N_("No longer skipped: {number} {title}"),
    }
    told = Sentence(templates[type(fact)], {"number": number, "title": title})
    return opened(state, event, told) if isinstance(fact, f.ItemOpened) else told


def _skipped(state: State, event: Event, fact: f.ItemSkipped) -> Sentence:
    """Tell what was skipped, and which questions that must be asked go with it."""
    told = _at_item(state, event, fact)
    missed = [row for row in must_still_be_asked(state, event.at) if is_within(state, row.id, fact.item)]
    if not missed:
        return told
    numbers = ", ".join(numbered(state, row.id) for row in missed)
    return Sentence("{what}; to be asked, and now not: {questions}", {"what": told, "questions": numbers})


def _marked_asked(state: State, event: Event, fact: f.ItemMarkedAsked) -> Sentence:
    number = numbered(state, fact.item)
    if fact.asked:
        return Sentence("{number} counts as asked", {"number": number})
    return Sentence("{number} counts as not asked", {"number": number})


def _time_added(state: State, event: Event, fact: f.TimeAdded) -> Sentence:
    length = signed(fact.by_s * 1000)
    item = state.guide.get(fact.item)
    total = planned_ms(item) if item is not None else None
    if total is None:
        return Sentence("{length} for {item}", {"length": length, "item": numbered(state, fact.item)})
    told = {"length": length, "total": as_length(total), "item": numbered(state, fact.item)}
    return Sentence("{item}: {total} ({length})", told)


def _pace(state: State, event: Event, fact: f.PaceDecided) -> Sentence:
    template = N_("Proposal accepted: {before} becomes {after}; lines changed: {n}")
    if not fact.accepted:
        template = N_("Proposal declined; it stays {before}")
    over, still = behind_or_ahead(fact.over_s * 1000), behind_or_ahead(fact.still_over_s * 1000)
    told = {"before": over, "after": still, "n": len(fact.lines)}
    return Sentence(template, told)


SENTENCES: dict[type[f.Fact], Callable[[State, Event, Any], Sentence]] = {
    f.ItemOpened: _at_item,
    f.ItemSkipped: _skipped,
    f.ItemUnskipped: _at_item,
    f.ItemMarkedAsked: _marked_asked,
    f.TimeAdded: _time_added,
    f.PaceDecided: _pace,
}
