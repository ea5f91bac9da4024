"""What the commands of the review do: a target on the timeline and some answers become a call of a verb."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from kring.domain import lookup, note_line
from kring.domain import rows as r
from kring.domain.decide import coding, correcting, floor, notes
from kring.domain.measures.coverage import FOREVER_MS
from kring.domain.measures.presence import seated
from kring.domain.note_line import NoteDraft
from kring.domain.state import State
from kring.domain.text import Refused, folded, one_line
from kring.domain.time_text import long, read_clock
from kring.review.entries import Entry
from kring.review.model import Reading
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


class Target(NamedTuple):
    """What a command is about: the entry under the cursor, the moment, and all entries that are shown."""

    reading: Reading
    entry: Entry | None
    at: int

    @property
    def note(self) -> r.NoteRow:
        """Return the note that is meant, or refuse."""
        row = self.entry.row if self.entry else None
        if not isinstance(row, r.NoteRow):
            raise Refused("Choose a note first.")
        return row

    @property
    def turn(self) -> r.TurnRow:
        """Return the turn that is meant, or refuse."""
        row = self.entry.row if self.entry else None
        if not isinstance(row, r.TurnRow):
            raise Refused("Choose a turn first.")
        return row

    @property
    def turn_now(self) -> r.TurnRow:
        """Return the turn that lasts at this second, whatever the cursor stands on; or refuse."""
        held = (
            one for one in self.reading.state.alive_turns if one.started_at < self.at < (one.ended_at or FOREVER_MS)
        )
        found = next(held, None)
        return self.turn if found is None else found

    @property
    def coded(self) -> dict[str, str | None]:
        """Return the note or the turn as what a code or a memo is on, or refuse."""
        row = self.entry.row if self.entry else None
        match row:
            case r.NoteRow():
                return {"note": row.id, "turn": None}
            case r.TurnRow():
                return {"note": None, "turn": row.id}
        raise Refused("Choose a note or a turn first.")

    @property
    def remembered(self) -> dict[str, str | None]:
        """Return what a memo is on: the note, the turn or, on a row of the session, all of it; or refuse."""
        if self.entry is not None and isinstance(self.entry.row, r.SessionRow):
            return ALL
        return self.coded


ALL: dict[str, str | None] = {}
"""What a memo on the session as a whole is on: neither a note, nor a turn, nor a code."""
Answers = dict[str, str]
Reader = Callable[[State, Target, Answers], Call]


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


def _edit(state: State, target: Target, said: Answers) -> Call:
    note = target.note
    draft = note_line.read(said["note line"], seated(state))
    if note.kind == "mark" and draft.kind == "paraphrase":
        draft = draft._replace(kind="mark")  # a mark has no sign of its own
    return Call(notes.edit, (note.id, draft), {"why": said.get("why", "")})


def _who(state: State, target: Target, said: Answers) -> Call:
    row = target.entry.row if target.entry else None
    if isinstance(row, r.NoteRow):
        kind, code = lookup.speaker(state, said["who"])
        draft = _drafted(row)._replace(speaker=(kind, code))
        return Call(notes.edit, (row.id, draft), {"why": said.get("why", "")})
    return Call(floor.name_turn, (said["who"], target.turn.id, said.get("why", "")))


def _times(state: State, target: Target, said: Answers) -> Call:
    begin = target.reading.begin()
    row = target.entry.row if target.entry else None
    if isinstance(row, r.NoteRow):
        at = moment(state, said["times"], begin)
        draft = _drafted(row)._replace(back_ms=int(row.at) - at)
        return Call(notes.edit, (row.id, draft), {"why": said.get("why", "")})
    return Call(correcting.move, (target.turn.id, *span(state, said["times"], begin), said.get("why", "")))


def _split(state: State, target: Target, said: Answers) -> Call:
    return Call(correcting.split, (target.turn_now.id, target.at, said["who"], said.get("why", "")))


def _merge(state: State, target: Target, said: Answers) -> Call:
    following = target.reading.turn_after(target.turn)
    if following is None:
        raise Refused("No turn follows this one.")
    return Call(correcting.merge, (target.turn.id, following.id, said.get("why", "")))


def _add(state: State, target: Target, said: Answers) -> Call:
    begin, end = span(state, said["times"], target.reading.begin())
    return Call(correcting.add, (said["who"], begin, end, said.get("why", "")))


def _remove(state: State, target: Target, said: Answers) -> Call:
    row = target.entry.row if target.entry else None
    if isinstance(row, r.NoteRow):
        return Call(notes.remove, (row.id,), {"why": said.get("why", "")})
    return Call(correcting.remove, (target.turn.id, said.get("why", "")))


def _tag(state: State, target: Target, said: Answers) -> Call:
    return Call(notes.tag, (target.note.id, *said["tags"].split()))


def _star(state: State, target: Target, said: Answers) -> Call:
    return Call(notes.star, (target.note.id,))


def _decide(state: State, target: Target, said: Answers) -> Call:
    if said.get("which") == "all":
        chosen = tuple(entry.row.id for entry in target.reading.shown() if isinstance(entry.row, r.TurnProposalRow))
    else:
        row = target.entry.row if target.entry else None
        if not isinstance(row, r.TurnProposalRow):
            raise Refused("Choose a proposal first.")
        chosen = (row.id,)
    return Call(correcting.decide, (chosen, said["decision"] == "accept"))


def _code(state: State, target: Target, said: Answers) -> Call:
    # By name: a new code may still wait for the file, and then this waits behind it.
    return Call(coding.put_on, (said["code"], target.reading.me), dict(target.coded))


def _memo(state: State, target: Target, said: Answers) -> Call:
    return _write_memo(said["memo"], target.remembered, own_memo(target, target.remembered))


def _remember(state: State, target: Target, said: Answers) -> Call:
    on = about(said["about"])
    return _write_memo(said["memo"], on, own_memo(target, on))


def about(chosen: str) -> dict[str, str | None]:
    """Return what a memo is on that was asked for by name: a code, or the session where none is named."""
    return {"code": chosen} if chosen else ALL


def _write_memo(text: str, on: dict[str, str | None], own: r.MemoRow | None) -> Call:
    if own is not None and not text.strip():
        return Call(coding.remove_memo, (own.id,))
    if own is not None:
        return Call(coding.write_memo, (text,), {"memo": own.id})
    return Call(coding.write_memo, (text,), dict(on))


def own_memo(target: Target, on: dict[str, str | None]) -> r.MemoRow | None:
    """Return the reader's own memo on a note, a turn, a code or the session."""
    mine = (memo for memo in target.reading.memos_about(**on) if memo.author == target.reading.me)
    return next(mine, None)


def _codebook(state: State, target: Target, said: Answers) -> Call:
    code = coding.existing(state, said["a code"])
    match said["change"]:
        case "remove":
            return Call(coding.remove_code, (code.id,))
        case "memo":
            return _remember(state, target, {"about": code.id, "memo": said["memo"]})
        case "colour":
            return Call(coding.change_code, (code.id,), {"colour": COLOURS.get(said["colour"], "")})
        case "theme":
            return Call(coding.change_code, (code.id,), {"parent": said["theme"].strip() or None})
    name, _colon, description = said["name"].partition(":")
    given = {"name": name, "description": description.strip()}
    if folded(name.strip()) == folded(code.name) and name.strip() == code.name:
        del given["name"]
    return Call(coding.change_code, (code.id,), given)


def _judge(state: State, target: Target, said: Answers) -> Call:
    return Call(coding.judge, (target.turn.id, said["judged"]))


READERS: dict[str, Reader] = {
    "edit": _edit,
    "who": _who,
    "times": _times,
    "split": _split,
    "merge": _merge,
    "add": _add,
    "remove": _remove,
    "tag": _tag,
    "star": _star,
    "decide": _decide,
    "code": _code,
    "memo": _memo,
    "remember": _remember,
    "codebook": _codebook,
    "judge": _judge,
}


def free_colour(state: State) -> str:
    """Return the colour of the palette that the fewest codes have."""
    used = [code.colour for code in state.codes.values() if code.removed_at is None]
    return min(COLOURS.values(), key=used.count)


def is_known_code(state: State, name: str) -> bool:
    """Tell whether the codebook has a code of this name."""
    try:
        coding.existing(state, name)
    except Refused:
        return False
    return True
