"""What becomes true of the analysis: codebook, codes on notes and turns, memos, second judgements, COREQ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import lookup
from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.evolve.closing import Evolvers
from kring.domain.state import State


def _is_below(state: State, code: str | None, above: str) -> bool:
    """Whether a code is another one or stands somewhere below it."""
    seen: set[str] = set()
    while code is not None and code not in seen:
        if code == above:
            return True
        seen.add(code)
        row = state.codes.get(code)
        code = row.parent if row else None
    return False


def _called(state: State, name: str) -> str | None:
    """Return the code of the codebook that is written in this very way."""
    return next((row.id for row in state.codes.values() if name and row.name == name and row.removed_at is None), None)


def _code_added(state: State, event: Event, fact: f.CodeAdded) -> list[r.Row]:
    return [
        r.CodeRow(
            id=event.id,
            name=fact.name,
            description=fact.description,
            colour=fact.colour,
            parent=parent.id if (parent := _standing(state, fact.parent)) else _called(state, fact.below),
            added_by=event.actor,
            added_at=event.at,
        )
    ]


def _code_changed(state: State, event: Event, fact: f.CodeChanged) -> list[r.Row]:
    code = state.codes.get(fact.code)
    if code is None:
        return []
    given: dict[str, Any] = {"name": fact.name, "description": fact.description, "colour": fact.colour}
    parent = _called(state, fact.below) if fact.below else fact.parent
    if parent is None or (isinstance(parent, str) and parent in state.codes and not _is_below(state, parent, code.id)):
        given["parent"] = parent
    return [replace(code, **{name: value for name, value in given.items() if value is not UNSET})]


def _code_removed(state: State, event: Event, fact: f.CodeRemoved) -> list[r.Row]:
    code = state.codes.get(fact.code)
    if code is None or code.removed_at is not None:
        return []
    off = [row for row in state.codings.values() if row.code == code.id and row.removed_at is None]
    return [replace(code, removed_at=event.at), *(replace(row, removed_at=event.at) for row in off)]


def _code_merged(state: State, event: Event, fact: f.CodeMerged) -> list[r.Row]:
    code, into = state.codes.get(fact.code), _standing(state, fact.into)
    if code is None or code.removed_at is not None or into is None or into.id == code.id:
        return []
    below = [row for row in state.codes.values() if row.parent == code.id and row.id != into.id]
    memos = [row for row in state.memos.values() if row.code == code.id]
    codings = [row for row in state.codings.values() if row.code == code.id and row.removed_at is None]
    return [
        replace(code, removed_at=event.at, merged_into=into.id),
        *([replace(into, parent=code.parent)] if _is_below(state, into.id, code.id) else ()),
        *(replace(row, parent=into.id) for row in below),
        *(replace(row, code=into.id) for row in memos),
        *_moved(state, event, codings, into.id),
    ]


def _code_split(state: State, event: Event, fact: f.CodeSplit) -> list[r.Row]:
    code = _standing(state, fact.code)
    into = _standing(state, fact.into) if fact.into is not None else None
    if code is None or (fact.into is not None and (into is None or into.id == code.id)):
        return []
    new: list[r.Row] = []
    if into is None:
        into = r.CodeRow(
            id=event.id,
            name=fact.name,
            colour=fact.colour,
            parent=code.parent,
            added_by=event.actor,
            added_at=event.at,
        )
        new.append(into)
    found = (state.codings.get(coding) for coding in fact.codings)
    codings = [row for row in found if row is not None and row.code == code.id and row.removed_at is None]
    return [*new, *_moved(state, event, codings, into.id)]


def _standing(state: State, code: str | None) -> r.CodeRow | None:
    """Return a code of the codebook, or the one that it went into."""
    seen: set[str] = set()
    while code is not None and code not in seen:
        seen.add(code)
        row = state.codes.get(code)
        if row is None or row.removed_at is None:
            return row
        code = row.merged_into
    return None


def _moved(state: State, event: Event, codings: Iterable[r.CodingRow], into: str) -> Iterator[r.Row]:
    """Yield codings as those of another code; one that its coder put there already is taken off."""
    there = {
        (row.note, row.turn, row.coder) for row in state.codings.values() if row.code == into and not row.removed_at
    }
    for row in codings:
        place = (row.note, row.turn, row.coder)
        yield replace(row, removed_at=event.at) if place in there else replace(row, code=into)
        there.add(place)


def _coded(state: State, event: Event, fact: f.Coded) -> list[r.Row]:
    code = _standing(state, fact.code)
    note = fact.note if fact.note in state.notes else None
    turn = fact.turn if fact.turn in state.turns else None
    if code is None or (note is None) == (turn is None):
        return []
    return [r.CodingRow(id=event.id, code=code.id, note=note, turn=turn, coder=event.actor, at=event.at)]


def _uncoded(state: State, event: Event, fact: f.Uncoded) -> list[r.Row]:
    coding = state.codings.get(fact.coding)
    return [] if coding is None or coding.removed_at is not None else [replace(coding, removed_at=event.at)]


def _coded_until(state: State, event: Event, fact: f.CodedUntil) -> list[r.Row]:
    until = r.Moment(fact.until_ms)
    return [r.CodedUntilRow(id=event.actor, coder=event.actor, until=until, at=event.at)] if event.actor else []


def _name_ruled(state: State, event: Event, fact: f.NameRuled) -> list[r.Row]:
    if fact.participant is not None and fact.participant not in state.participants:
        return []
    standing = lookup.name_ruling(state, fact.words, fact.place)
    before: list[r.Row] = [replace(standing, removed_at=event.at)] if standing else []
    if fact.taken_as == "open":
        return before
    ruling = r.NameRulingRow(
        id=event.id,
        words=fact.words,
        taken_as=fact.taken_as,
        participant=fact.participant,
        place=fact.place,
        ruled_by=event.actor,
        at=event.at,
    )
    return [*before, ruling]


def _memo_written(state: State, event: Event, fact: f.MemoWritten) -> list[r.Row]:
    before = state.memos.get(fact.memo or "")
    if before is not None:
        return [replace(before, text=fact.text, changed_at=event.at)]
    code = _standing(state, fact.code)
    return [
        r.MemoRow(
            id=event.id,
            text=fact.text,
            note=fact.note if fact.note in state.notes else None,
            turn=fact.turn if fact.turn in state.turns else None,
            code=code.id if code is not None else fact.code if fact.code in state.codes else None,
            author=event.actor,
            at=event.at,
        )
    ]


def _memo_removed(state: State, event: Event, fact: f.MemoRemoved) -> list[r.Row]:
    memo = state.memos.get(fact.memo)
    return [] if memo is None else [replace(memo, removed_at=event.at)]


def _judged(state: State, event: Event, fact: f.TurnJudged) -> list[r.Row]:
    known = fact.participant in state.participants
    if fact.turn not in state.turns or (fact.to == "participant") != known:
        return []
    return [
        r.TurnJudgementRow(
            id=f"{fact.turn}/{event.actor}",
            turn=fact.turn,
            coder=event.actor,
            kind=fact.to,
            participant=fact.participant if known else None,
            at=event.at,
        )
    ]


def _coreq_answered(state: State, event: Event, fact: f.CoreqAnswered) -> list[r.Row]:
    return [r.CoreqRow(id=str(fact.item), answer=fact.answer, answered_by=event.actor, answered_at=event.at)]


EVOLVERS: Evolvers = {
    f.CodeAdded: _code_added,
    f.CodeChanged: _code_changed,
    f.CodeRemoved: _code_removed,
    f.CodeMerged: _code_merged,
    f.CodeSplit: _code_split,
    f.Coded: _coded,
    f.Uncoded: _uncoded,
    f.CodedUntil: _coded_until,
    f.NameRuled: _name_ruled,
    f.MemoWritten: _memo_written,
    f.MemoRemoved: _memo_removed,
    f.TurnJudged: _judged,
    f.CoreqAnswered: _coreq_answered,
}
