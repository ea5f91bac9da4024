"""What became of the codes of a session: when each was made, renamed, merged and split, by whom and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from kring.domain import facts as f
from kring.domain.events import Event
from kring.domain.evolve import evolve
from kring.domain.history import is_void
from kring.domain.rows import CodeRow
from kring.domain.state import EMPTY, State
from kring.domain.text import N_, Sentence, one_line

OF_CODES = f.CodeAdded | f.CodeChanged | f.CodeRemoved | f.CodeMerged | f.CodeSplit


class CodeAct(NamedTuple):
    """Something that was done to a code, at a moment (epoch ms), by an event, in an act of several where it was one."""

    at: int
    actor: str
    told: Sentence
    why: str
    event: str
    act: str | None


def code_acts(events: Iterable[Event], void: Collection[str]) -> Iterator[CodeAct]:
    """Yield what was done to the codes of a session, in order; what was taken back is passed over."""
    state = EMPTY
    for event in events:
        fact = event.fact
        if not isinstance(fact, OF_CODES) or is_void(event, frozenset(void)):
            continue
        after = state.put(evolve(state, event))
        for told in _told(state, after, event, fact):
            yield CodeAct(int(event.at), event.actor, told, getattr(fact, "why", ""), event.id, event.act)
        state = after


def _told(before: State, after: State, event: Event, fact: f.Fact) -> Iterator[Sentence]:
    match fact:
        case f.CodeAdded() if event.id in after.codes:
            yield _added(after, after.codes[event.id])
        case f.CodeChanged(code=code) if code in before.codes:
            yield from _changed(after, before.codes[code], after.codes[code])
        case f.CodeRemoved(code=code) if _is_new_there(before, after, code):
            yield Sentence(N_("{code} taken out"), {"code": _name(before, code)})
        case f.CodeMerged(code=code) if _is_new_there(before, after, code):
            into = after.codes[code].merged_into
            yield Sentence(N_("{code} merged into {into}"), {"code": _name(before, code), "into": _name(after, into)})
        case f.CodeSplit(code=code, into=into) if code in before.codes:
            told = {"code": _name(before, code), "into": _name(after, into or event.id), "n": len(fact.codings)}
            yield Sentence(N_("{into} split off from {code}, codings: {n}"), told)


def _is_new_there(before: State, after: State, code: str) -> bool:
    """Whether a code went out of the codebook just now."""
    return code in before.codes and before.codes[code].removed_at is None and after.codes[code].removed_at is not None


def _added(state: State, code: CodeRow) -> Sentence:
    if code.parent is None:
        return Sentence(N_("{code} made"), {"code": one_line(code.name)})
    return Sentence(N_("{code} made below {above}"), {"code": one_line(code.name), "above": _name(state, code.parent)})


def _changed(state: State, was: CodeRow, code: CodeRow) -> Iterator[Sentence]:
    name = one_line(code.name)
    if was.name != code.name:
        yield Sentence(N_("{code} renamed to {name}"), {"code": one_line(was.name), "name": name})
    if was.description != code.description:
        told = {"code": name, "description": one_line(code.description)}
        template = N_("{code} described: “{description}”") if code.description else N_("{code} not described any more")
        yield Sentence(template, told)
    if was.parent != code.parent:
        template = N_("{code} put below {above}") if code.parent else N_("{code} put below no other code")
        yield Sentence(template, {"code": name, "above": _name(state, code.parent)})


def _name(state: State, code: str | None) -> str:
    row = state.codes.get(code or "")
    return one_line(row.name) if row is not None else ""
