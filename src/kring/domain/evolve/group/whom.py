"""Whom a code means: laptops that are apart may give one code to two people, so a fact carries by which act whoever it
names was added; whoever stands on the list is known by the code alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain.events import Event
from kring.domain.rows import ParticipantRow
from kring.domain.state import State
from kring.domain.state.row_table import Rows, kept_by_table

F = TypeVar("F", bound=f.Fact)
_NAMING = ("participant", "told_by_file", "check")
_NAMING_BESIDE: dict[type[f.Fact], tuple[str, ...]] = {
    f.ParticipantListed: ("code",),
    f.RowMoved: ("row",),
    f.RowReassigned: ("row", "to"),
    f.RowRemoved: ("row",),
    f.NameRuled: ("place",),
}
"""The fields that say of whom a fact is: a code, or the id of a row of which a code is a part (`p1/P9`)."""


def naming(state: State, facts: Sequence[f.Fact]) -> Sequence[f.Fact]:
    """Return facts as they are to be written, each with the acts by which those whom it names were added."""
    acts = acts_of_added(state.participants)
    return [_naming(fact, acts) for fact in facts] if acts else facts


@kept_by_table
def acts_of_added(people: Rows[ParticipantRow]) -> Mapping[str, str]:
    """Return of everybody who was added in the session by which act, by their code."""
    return {person.id: person.additions.split(" ", 1)[0] for person in people.values() if person.additions}


def named_in(fact: f.Fact, codes: Mapping[str, Any]) -> list[str]:
    """Return which of these codes a fact names; words of people name nobody."""
    told = (getattr(fact, name) for name in _fields(type(fact)))
    return [part for value in told if isinstance(value, str) for part in value.split("/") if part in codes]


def as_meant(state: State, event: Event) -> Event:
    """Return an event with the codes that those whom it means have in this state; an unknown one means nobody.

    So has the act that added somebody the code under which they came to stand.
    """
    fact = fact_as_meant(state, event.id, event.fact) if event.fact is not None else None
    return event if fact is event.fact else replace(event, fact=fact)


def fact_as_meant(state: State, event: str, fact: F) -> F:
    """Return the same of the fact of an event, by its id."""
    if isinstance(fact, f.ParticipantAdded):
        code = _code_of(state, event)
        return fact if code in ("", fact.code) else replace(fact, code=code)
    if not fact.meant:
        return fact
    now = {code: _code_of(state, act) for code, act in fact.meant}
    if all(code == other for code, other in now.items()):
        return fact
    told = {name: value for name in _fields(type(fact)) if isinstance(value := getattr(fact, name), str)}
    given: dict[str, Any] = {name: "/".join(now.get(p, p) for p in value.split("/")) for name, value in told.items()}
    return replace(fact, **given)


def _naming(fact: f.Fact, acts: Mapping[str, str]) -> f.Fact:
    codes = dict.fromkeys(named_in(fact, acts))
    return replace(fact, meant=tuple((code, acts[code]) for code in codes)) if codes else fact


def _code_of(state: State, act: str) -> str:
    return next((person.id for person in state.participants.values() if act in person.additions.split()), "")


@cache
def _fields(kind: type[f.Fact]) -> tuple[str, ...]:
    return (*(name for name in kind.__struct_fields__ if name in _NAMING), *_NAMING_BESIDE.get(kind, ()))
