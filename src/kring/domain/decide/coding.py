"""Verbs of the codebook, of codes on notes and turns, and of memos."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kring.domain import facts as f
from kring.domain import lookup
from kring.domain import rows as r
from kring.domain.state import State
from kring.domain.text import LONGEST, Refused, clean, folded, one_line, pattern

COLOUR = pattern("#[0-9A-Fa-f]{6}")


def add_code(
    state: State, now: int, name: str, description: str = "", colour: str = "", parent: str | None = None
) -> f.CodeAdded:
    """Put a code into the codebook; its name is its own there."""
    if parent is not None:
        parent = existing(state, parent).id
    return f.CodeAdded(_name(state, name), _text(description), _colour(colour), parent)


def change_code(state: State, now: int, code_id: str, why: str = "", **said: str | None) -> f.CodeChanged:
    """Correct a code's `name`, `description`, `colour` or `parent`."""
    code = existing(state, code_id)
    given: dict[str, Any] = {}
    for field, value in said.items():
        match field:
            case "name":
                given[field] = _name(state, value or "", code)
            case "description":
                given[field] = _text(value or "")
            case "colour":
                given[field] = _colour(value or "")
            case "parent":
                given[field] = _parent(state, code, value)
    given = {field: value for field, value in given.items() if value != getattr(code, field)}
    if not given:
        raise Refused("Nothing was changed.")
    return f.CodeChanged(code.id, **given, why=one_line(why))


def remove_code(state: State, now: int, code_id: str) -> f.CodeRemoved:
    """Take a code out of the codebook, and off all that it is on."""
    return f.CodeRemoved(existing(state, code_id).id)


def merge_code(state: State, now: int, code_id: str, into: str, why: str = "") -> f.CodeMerged:
    """Let a code go into another one, with all that it is on; both stay with whoever coded."""
    code, target = existing(state, code_id), existing(state, into)
    if code.id == target.id:
        raise Refused("{code} is that code itself; name another one.", code=code.name)
    return f.CodeMerged(code.id, target.id, one_line(why))


def split_code(
    state: State, now: int, code_id: str, name: str, codings: Iterable[str], colour: str = "", why: str = ""
) -> f.CodeSplit:
    """Let some codings of a code go to another one, or to a new one of that name, below the same theme."""
    code, into = existing(state, code_id), called(state, name)
    if into is not None and into.id == code.id:
        raise Refused("{code} is that code itself; name another one.", code=code.name)
    found = (state.codings.get(coding) for coding in codings)
    chosen = tuple(row.id for row in found if row is not None and row.code == code.id and row.removed_at is None)
    if into is not None:
        return f.CodeSplit(code.id, chosen, into.id, why=one_line(why))
    return f.CodeSplit(code.id, chosen, name=_name(state, name), colour=_colour(colour), why=one_line(why))


def put_on(
    state: State, now: int, code_id: str, coder: str, note: str | None = None, turn: str | None = None
) -> f.Coded | f.Uncoded:
    """Put a code on a note or a turn, or take this coder's own off again."""
    code = existing(state, code_id)
    _require_target(state, note, turn)
    there = (row for row in state.codings.values() if row.note == note and row.turn == turn and row.removed_at is None)
    for row in there:
        if (row.code, row.coder) == (code.id, coder):
            return f.Uncoded(row.id)
    return f.Coded(code.id, note, turn)


def done_until(state: State, now: int, until: int) -> f.CodedUntil:
    """Say that everything up to a moment (epoch ms) is coded, also where no code fits."""
    begin = state.session.started_at
    if begin is None or until <= begin:
        raise Refused("Go to the moment up to which all is coded.")
    return f.CodedUntil(until)


def rule_name(
    state: State, now: int, words: str, taken_as: r.TakenAs, participant: str | None = None, place: str = ""
) -> f.NameRuled:
    """Decide whether words name somebody, in one row (`table/id`) or wherever they stand; `open` takes that back."""
    words = one_line(words)
    if not any(map(str.isalpha, words)):
        raise Refused("Say which word.")
    table, _slash, row = place.partition("/")
    if place and row not in state.tables.get(table, {}):
        raise Refused("{place} is not in this session.", place=one_line(place))
    before = lookup.name_ruling(state, words, place)
    standing = (before.taken_as, before.participant) if before else ("open", None)
    if standing == (taken_as, participant):
        raise Refused("Nothing was changed.")
    return f.NameRuled(words, taken_as, participant, place)


def write_memo(
    state: State,
    now: int,
    text: str,
    note: str | None = None,
    turn: str | None = None,
    code: str | None = None,
    memo: str | None = None,
) -> f.MemoWritten:
    """Write a memo on a note, a turn, a code or, without any, the session; or write one anew."""
    text = _text(text)
    if not text:
        raise Refused("The memo is empty.")
    if memo is not None:
        before = _memo(state, memo)
        if before.text == text:
            raise Refused("Nothing was changed.")
        return f.MemoWritten(text, memo=before.id)
    if note or turn:
        _require_target(state, note, turn)
    if code is not None:
        code = existing(state, code).id
    return f.MemoWritten(text, note, turn, code)


def remove_memo(state: State, now: int, memo_id: str) -> f.MemoRemoved:
    """Take out a memo; its history stays in the file."""
    return f.MemoRemoved(_memo(state, memo_id).id)


def judge(state: State, now: int, turn_id: str, word: str) -> f.TurnJudged:
    """Say as a second coder who speaks in a turn; the log stays as it is."""
    turn = state.turns.get(turn_id)
    if turn is None or turn.removed_at is not None:
        raise Refused("That turn is not in this session.")
    kind, code = lookup.speaker(state, word)
    return f.TurnJudged(turn.id, kind, code)


def answer_coreq(state: State, now: int, item: int, answer: str) -> f.CoreqAnswered:
    """Answer an item of COREQ (1-32); empty takes the answer back."""
    if not 1 <= item <= 32:
        raise Refused("COREQ has 32 items.")
    return f.CoreqAnswered(item, _text(answer))


def existing(state: State, word: str) -> r.CodeRow:
    """Return the code of the codebook that an id or a name means, or refuse."""
    code = state.codes.get(word)
    if code is not None and code.removed_at is None:
        return code
    found = called(state, word)
    if found is None:
        raise Refused("The codebook has no {word}.", word=one_line(word))
    return found


def called(state: State, name: str) -> r.CodeRow | None:
    """Return the code of the codebook that a name means."""
    alive = (row for row in state.codes.values() if row.removed_at is None)
    return next((row for row in alive if folded(row.name) == folded(one_line(name))), None)


def _name(state: State, name: str, own: r.CodeRow | None = None) -> str:
    name = one_line(name)
    if not name:
        raise Refused("Give the code a name.")
    for row in state.codes.values():
        if row.removed_at is None and row is not own and folded(row.name) == folded(name):
            raise Refused("The codebook has {name} already.", name=row.name)
    return name


def _parent(state: State, code: r.CodeRow, word: str | None) -> str | None:
    if not word:
        return None
    parent = above = existing(state, word)
    while True:
        if above.id == code.id:
            raise Refused("A code cannot stand below itself.")
        if above.parent is None or above.parent not in state.codes:
            return parent.id
        above = state.codes[above.parent]


def _colour(colour: str) -> str:
    colour = colour.strip()
    if colour and not COLOUR.fullmatch(colour):
        raise Refused("A colour is written as #RRGGBB.")
    return colour.upper()


def _text(text: str) -> str:
    text = clean(text).strip()
    if len(text) > LONGEST:
        raise Refused("A text has at most {n} characters.", n=LONGEST)
    return text


def _require_target(state: State, note: str | None, turn: str | None) -> None:
    if (note is None) == (turn is None):
        raise Refused("Choose a note or a turn first.")
    row = state.notes.get(note or "") or state.turns.get(turn or "")
    if row is None or row.removed_at is not None:
        raise Refused("Choose a note or a turn first.")


def _memo(state: State, memo_id: str) -> r.MemoRow:
    memo = state.memos.get(memo_id)
    if memo is None or memo.removed_at is not None:
        raise Refused("That memo is not there any more.")
    return memo
