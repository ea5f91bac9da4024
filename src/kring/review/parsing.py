"""What the commands of the review do: what was answered becomes a call of a verb."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress

from kring.domain import lookup, note_line
from kring.domain import rows as r
from kring.domain.decide import coding, correcting, floor, notes
from kring.domain.measures.presence import seated
from kring.domain.note_line import NoteDraft
from kring.domain.state import State
from kring.domain.text import Refused, one_line
from kring.domain.time_text import long, read_clock
from kring.session.parsing import Call

COLOURS = {
    "1": "#D55E00",
    "2": "#E69F00",
    "3": "#F0E442",
    "4": "#009E73",
    "5": "#56B4E9",
    "6": "#0072B2",
    "7": "#CC79A7",
    "8": "#999999",
}
"""The colours of M. Okabe and K. Ito (2008), which colour-blind people can tell apart too."""


Reader = Callable[..., Call]
"""Makes a call of the state and of the answers to what a command asks."""


def moment(state: State, text: str, begin: int) -> int:
    """Return a time on the session's clock (`34:12`, `1:04:30`) as epoch ms, or refuse."""
    found = read_clock(text)
    if found is None:
        raise Refused("{word} is no time; write it as 34:12 or 1:04:30.", word=one_line(text))
    return begin + found.length_ms


def clock(at: int, begin: int) -> str:
    """Return a moment as a time on the session's clock that `moment` reads; tenths only where there are any."""
    ms = max(at - begin, 0)
    tenths = ms // 100 % 10
    return f"{long(ms)}.{tenths}" if tenths else long(ms)


def span(state: State, text: str, begin: int) -> tuple[int, int]:
    """Return begin and end of a turn as they were typed, `34:12 - 34:20`, or refuse."""
    parts = [part for part in re.split(r"\s*[-–]\s*|\s+", text.strip()) if part]
    if len(parts) != 2:
        raise Refused("Write begin and end, such as 34:12 - 34:20.")
    return moment(state, parts[0], begin), moment(state, parts[1], begin)


def _drafted(note: r.NoteRow) -> NoteDraft:
    return NoteDraft(
        kind=note.kind,
        text=note.text,
        tags=note.tags,
        starred=note.starred,
        parked=note.parked,
        stub=note.stub,
    )


def noted(state: State, note_id: str) -> r.NoteRow:
    """Return the note of this id, or refuse."""
    if note_id not in state.notes:
        raise Refused("Choose a note first.")
    return state.notes[note_id]


def _edit(state: State, note_id: str, text: str, why: str) -> Call:
    note = noted(state, note_id)
    draft = note_line.read(text, seated(state))
    if note.kind == "mark" and draft.kind == "paraphrase":
        draft = draft._replace(kind="mark")  # a mark has no sign of its own
    return Call(notes.edit, (note.id, draft), {"why": why})


def _who(state: State, row_id: str, word: str, why: str) -> Call:
    if row_id not in state.notes:
        return Call(floor.name_turn, (word, row_id, why))
    draft = _drafted(state.notes[row_id])._replace(speaker=lookup.speaker(state, word))
    return Call(notes.edit, (row_id, draft), {"why": why})


def _times(state: State, row_id: str, begin: str, text: str, why: str) -> Call:
    if row_id not in state.notes:
        return Call(correcting.move, (row_id, *span(state, text, int(begin)), why))
    note = state.notes[row_id]
    draft = _drafted(note)._replace(back_ms=int(note.at) - moment(state, text, int(begin)))
    return Call(notes.edit, (row_id, draft), {"why": why})


def _split(state: State, turn_id: str, at: str, word: str, why: str) -> Call:
    return Call(correcting.split, (turn_id, int(at), word, why))


def _merge(state: State, turn_id: str, why: str) -> Call:
    turn = correcting.ended_turn(state, turn_id)
    following = lookup.turn_after(state, turn)
    if following is None:
        raise Refused("No turn follows this one.")
    return Call(correcting.merge, (turn.id, following.id, why))


def _add(state: State, word: str, begin: str, text: str, why: str) -> Call:
    return Call(correcting.add, (word, *span(state, text, int(begin)), why))


def _remove(state: State, row_id: str, why: str) -> Call:
    if row_id in state.notes:
        return Call(notes.remove, (row_id,), {"why": why})
    return Call(correcting.remove, (row_id, why))


def _decide(state: State, proposals: str, decision: str) -> Call:
    return Call(correcting.decide, (tuple(proposals.split()), decision == "accept"))


def _code(state: State, row_id: str, me: str, name: str) -> Call:
    # By name: a new code may still wait for the file, and then this waits behind it.
    return Call(coding.put_on, (name, me), _on(state, row_id))


def new_code(state: State, name: str) -> Call | None:
    """Return what puts a code into the codebook first, None where it's there."""
    with suppress(Refused):
        coding.existing(state, name)
        return None
    return Call(coding.add_code, (one_line(name), "", free_colour(state)))


def _memo(state: State, about: str, me: str, text: str) -> Call:
    """Write a memo on a note, a turn, a code or, without any, the session; where one has one, change it."""
    own = own_memo(state, about, me)
    if own is not None and not text.strip():
        return Call(coding.remove_memo, (own.id,))
    if own is not None:
        return Call(coding.write_memo, (text,), {"memo": own.id})
    return Call(coding.write_memo, (text,), _on(state, about))


def own_memo(state: State, about: str, me: str) -> r.MemoRow | None:
    """Return somebody's memo on a note, a turn, a code or, without any, the session."""
    on = {"note": None, "turn": None, "code": None} | _on(state, about)
    alive = (memo for memo in state.memos.values() if memo.removed_at is None and memo.author == me)
    return next((memo for memo in alive if {"note": memo.note, "turn": memo.turn, "code": memo.code} == on), None)


def _on(state: State, row_id: str) -> dict[str, str | None]:
    """Return what a code or a memo is put on, by what a verb calls it: nothing is the session as a whole."""
    if row_id in state.notes:
        return {"note": row_id}
    if row_id in state.turns:
        return {"turn": row_id}
    return {"code": row_id} if row_id else {}


def _codebook(state: State, code_id: str, me: str, change: str, text: str = "") -> Call:
    code = coding.existing(state, code_id)
    match change:
        case "remove":
            return Call(coding.remove_code, (code.id,))
        case "memo":
            return _memo(state, code.id, me, text)
        case "colour":
            return Call(coding.change_code, (code.id,), {"colour": COLOURS.get(text, "")})
        case "theme":
            return Call(coding.change_code, (code.id,), {"parent": text.strip() or None})
    name, _colon, description = text.partition(":")
    given = {"name": name, "description": description.strip()}
    if name.strip() == code.name:
        del given["name"]
    return Call(coding.change_code, (code.id,), given)


READERS: dict[str, Reader] = {
    "edit": _edit,
    "who": _who,
    "times": _times,
    "split": _split,
    "merge": _merge,
    "add": _add,
    "remove": _remove,
    "tag": lambda state, note_id, tags: Call(notes.tag, (note_id, *tags.split())),
    "star": lambda state, note_id: Call(notes.star, (note_id,)),
    "decide": _decide,
    "decideall": _decide,
    "code": _code,
    "memo": _memo,
    "remember": _memo,
    "codebook": _codebook,
    "judge": lambda state, turn_id, word: Call(coding.judge, (turn_id, word)),
}


def free_colour(state: State) -> str:
    """Return the colour of the palette that the fewest codes have."""
    used = [code.colour for code in state.codes.values() if code.removed_at is None]
    return min(COLOURS.values(), key=used.count)
