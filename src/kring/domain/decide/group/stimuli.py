"""Verbs of the stimulus material: shown, beside each other too, and taken away.

One thing is on at a time: showing another one takes away what was on, as the one screen does that people share. What is
shown in one act stands side by side.
"""

from __future__ import annotations

from kring.domain import facts as f
from kring.domain import lookup
from kring.domain.measures.group.showings import on_now
from kring.domain.rows import GuideRow
from kring.domain.state import State
from kring.domain.text import Refused, pattern
from kring.domain.words import stimulus_called

_BETWEEN = pattern(r"\s*[,;+&]\s*|\s+(?:en|and)\s+")


def show(state: State, now: int, words: str = "") -> f.StimulusShown | tuple[f.StimulusShown, ...]:
    """Log that stimulus material is shown: by its letter or text, several side by side, else the next unseen one."""
    found = _named(state, words) if words else [_next(state)]
    on = {showing.stimulus for showing in on_now(state)}
    names = {row.id: None for row in found}
    if names.keys() == on:
        raise Refused("{title} is on already.", title=", ".join(stimulus_called(state, name) for name in names))
    first, *others = names
    shown = f.StimulusShown(first)
    return (shown, *(f.StimulusShown(name, beside=True) for name in others)) if others else shown


def take_away(state: State, now: int, word: str = "") -> f.StimulusTaken:
    """Log that stimulus material is taken away: the one named, else all that is on."""
    on = {showing.stimulus for showing in on_now(state)}
    if not word:
        if not on:
            raise Refused("No stimulus material is on.")
        return f.StimulusTaken()
    stimulus = lookup.item(state, word, ("stimulus",)).id
    if stimulus not in on:
        raise Refused("{title} is not on.", title=stimulus_called(state, stimulus))
    return f.StimulusTaken(stimulus)


def _named(state: State, words: str) -> list[GuideRow]:
    """Return the stimuli that words mean: one, whose text may hold anything, or several with commas between them."""
    try:
        return [lookup.item(state, words, ("stimulus",))]
    except Refused:
        parts = [part for part in _BETWEEN.split(words.strip()) if part]
        if len(parts) < 2:
            raise
    return [lookup.item(state, part, ("stimulus",)) for part in parts]


def _next(state: State) -> GuideRow:
    """Return the next stimulus that nobody saw: of the question that is open, else of the guide."""
    unseen = candidates(state)
    if not unseen:
        raise Refused("All stimulus material was shown; say which one is shown again.")
    return unseen[0]


def candidates(state: State) -> list[GuideRow]:
    """Return the stimuli that nobody saw yet, in order: those of the question or section that is open, else all."""
    alive = sorted((row for row in state.guide.values() if row.kind == "stimulus"), key=lambda row: row.position)
    unseen = [row for row in alive if row.removed_at is None and row.used_at is None]
    here = state.current_item
    parents = {here.id, here.parent} if here else set()
    return [row for row in unseen if row.parent in parents] or unseen
