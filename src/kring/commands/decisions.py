"""What commands decide, where the answers are not yet what a verb takes; each looks at the state it is decided on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial

from msgspec.structs import replace

from kring.commands.command import Decide
from kring.domain import facts as f
from kring.domain import lookup, note_line
from kring.domain import rows as r
from kring.domain.decide import (
    Decision,
    Facts,
    checks,
    coding,
    correcting,
    decision,
    floor,
    guide,
    notes,
    people,
    recording,
    session,
)
from kring.domain.measures.presence import seated
from kring.domain.note_line import NoteDraft
from kring.domain.state import State
from kring.domain.text import N_, Refused, folded, one_line, pattern
from kring.domain.time_text import When, read_clock
from kring.system.i18n import _

QUICK_CUES = {"5": N_("5 minutes left"), "1": N_("15 minutes left"), "0": N_("Time is up")}
"""The cues of one key."""
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
_EXCEPT = pattern(r"(.*?)\b(?:but for|but|except|behalve|zonder|without)\b(.+)", re.IGNORECASE)
_LENGTH = pattern(r"([+-]|−)?(\d{1,3})(?::(\d\d)|\s*(s|sec|m|min))?")


def by(verb: Callable[..., Facts]) -> Decide:
    """Have a verb decide on the answers as they are."""
    return partial(decision, verb)


def write(text: str, begun: str = "") -> Decision:
    """Write a note as its line says; `begun` is when its first character was typed (epoch ms)."""
    since = int(begun) if begun else None
    return lambda state, now: notes.add(state, now, note_line.read(text, seated(state)), since)


def rewrite(note: str, text: str, known: str = "") -> Decision:
    """Correct a note to what its line says now; refused where it no longer said what was `known` of it."""

    def decide(state: State, now: int) -> f.NoteChanged:
        before = lookup.note(state, note)
        told = note_line.written(before)
        if known and told != known:
            raise Refused("This note was changed while you typed, to: {text}. Enter once more writes yours.", text=told)
        return notes.edit(state, now, before.id, note_line.read(text, seated(state)))

    return decide


def complete(note: str, text: str, known: str = "") -> Decision:
    """Fill in a quote with what a machine wrote out and a person corrected."""

    def decide(state: State, now: int) -> f.NoteChanged:
        before = lookup.note(state, note)
        if known and note_line.written(before) != known:
            raise Refused("This note was changed meanwhile; write it out again.")
        return notes.complete(state, now, before.id, note_line.read(text, seated(state)))

    return decide


def tag(note: str, tags: str) -> Decision:
    """Put tags on a note; those with a minus in front are taken off."""
    return decision(notes.tag, note, *tags.split())


def cue(text: str) -> Decision:
    """Slip a cue to the moderator; a key of the quick cues alone stands for its text."""
    return decision(notes.send_cue, _(QUICK_CUES[text]) if text in QUICK_CUES else text)


ANYWAY = ("anyway", "toch")
"""The words that pass gates which are open."""


ON, OFF = ("on", "aan"), ("off", "uit")


def log_recording(text: str = "") -> Decision:
    """Log that the platform's recording started, or with one of the words `off` that it stopped."""
    return decision(recording.stop if text.casefold() in OFF else recording.start)


def start(text: str = "") -> Decision:
    """Start the talk; with one of the words `anyway` gates that are open are passed."""
    return decision(session.start, passing=bool(text))


def attend(who: str, status: str = "present", reason: str = "", when: When | None = None) -> Decision:
    """Log that somebody is present, away …; who is `lost` is away by a technical issue, which ends when they return."""
    issue = (one_line(reason) or _("connection lost")) if folded(status.strip()) in people.LOST else ""
    return decision(people.attend, who, status, "" if issue else reason, when, issue)


def admit(who: str = "", when: When | None = None) -> Decision:
    """Let in who waits, where nobody does who is expected; or who is named, but for those behind `except`."""

    def decide(state: State, now: int) -> Facts:
        before, out = excepted(state, who)
        is_everybody = not before or folded(before) in lookup.EVERYBODY
        wanted = people.to_admit(state) if is_everybody else lookup.several(state, before)
        codes = [person.id for person in wanted if person.id not in out]
        if not codes:
            raise Refused("Nobody waits, and nobody is expected.")
        return people.attend(state, now, ",".join(codes), "present", "", when)

    return decide


def excepted(state: State, text: str) -> tuple[str, set[str]]:
    """Return whom a text names, and the codes of those who stand behind `except`."""
    found = _EXCEPT.fullmatch(text.strip())
    if found is None:
        return text.strip(), set()
    return found[1].strip(" ,"), {person.id for person in lookup.several(state, found[2])}


def admit_since(when: When, who: str = "") -> Decision:
    """Log since when people are in, said later."""
    return admit(who, when)


def attend_since(when: When, who: str, status: str, reason: str = "") -> Decision:
    """Log since when somebody is present, away …, said later."""
    return attend(who, status, reason, when)


def add_time(length: str, section: str = "") -> Decision:
    """Add time to a section, or take it."""
    return decision(guide.add_time, seconds_of(length), section)


def seconds_of(word: str) -> int:
    """Return `+2`, `-1:30` or `45s` as seconds; a bare number is minutes."""
    found = _LENGTH.fullmatch(word.strip())
    if found is None:
        raise Refused("{word} is no number of minutes.", word=one_line(word))
    sign = -1 if found.group(1) in ("-", "−") else 1
    amount = int(found.group(2))
    if found.group(3):
        return sign * (amount * 60 + int(found.group(3)))
    return sign * (amount if (found.group(4) or "").startswith("s") else amount * 60)


def solve(issue: str, minutes_lost: str = "") -> Decision:
    """Log that an issue is over, and the minutes lost if they are told."""
    try:
        lost = float(minutes_lost.strip().replace(",", ".")) if minutes_lost else None
    except ValueError:
        raise Refused("{word} is no number of minutes.", word=one_line(minutes_lost)) from None
    return decision(checks.close_issue, issue, lost)


def fail(check: str, what: str = "") -> Decision:
    """Log that a check failed, and what is wrong."""
    return decision(checks.fail, check, what)


def reword(note_id: str, text: str, why: str) -> Decision:
    """Correct a note to what its line says, and why."""

    def decide(state: State, now: int) -> f.NoteChanged:
        draft = note_line.read(text, seated(state))
        if draft.kind == "paraphrase" and state.notes[note_id].kind == "mark":
            draft = replace(draft, kind="mark")  # a mark has no sign of its own
        return notes.edit(state, now, note_id, draft, why)

    return decide


def say_who(row_id: str, word: str, why: str) -> Decision:
    """Say whom a note is about, or who speaks in a turn."""

    def decide(state: State, now: int) -> Facts:
        if row_id not in state.notes:
            return floor.name_turn(state, now, word, row_id, why)
        draft = replace(_drafted(state.notes[row_id]), speaker=lookup.speaker(state, word))
        return notes.edit(state, now, row_id, draft, why)

    return decide


def say_when(row_id: str, begin: str, text: str, why: str) -> Decision:
    """Say when a note was written, or when a turn began and ended; `begin` is the zero of the session's clock."""

    def decide(state: State, now: int) -> Facts:
        if row_id not in state.notes:
            return correcting.move(state, now, row_id, *span(text, int(begin)), why)
        note = state.notes[row_id]
        draft = replace(_drafted(note), back_ms=int(note.at) - moment(text, int(begin)))
        return notes.edit(state, now, row_id, draft, why)

    return decide


def _drafted(note: r.NoteRow) -> NoteDraft:
    return NoteDraft(
        kind=note.kind,
        text=note.text,
        tags=note.tags,
        starred=note.starred,
        parked=note.parked,
        stub=note.stub,
    )


def split(turn_id: str, at: str, word: str, why: str) -> Decision:
    """Make two turns of one; from `at` (epoch ms) on somebody else speaks."""
    return decision(correcting.split, turn_id, int(at), word, why)


def merge(turn_id: str, why: str) -> Decision:
    """Make one turn of this one and the next one."""

    def decide(state: State, now: int) -> f.TurnsMerged:
        following = lookup.turn_after(state, correcting.ended_turn(state, turn_id))
        if following is None:
            raise Refused("No turn follows this one.")
        return correcting.merge(state, now, turn_id, following.id, why)

    return decide


def add_turn(word: str, begin: str, text: str, why: str) -> Decision:
    """Put in a turn that nobody logged."""
    return decision(correcting.add, word, *span(text, int(begin)), why)


def take_out(row_id: str, why: str) -> Decision:
    """Take out a note or a turn."""

    def decide(state: State, now: int) -> Facts:
        if row_id in state.notes:
            return notes.remove(state, now, row_id, why=why)
        return correcting.remove(state, now, row_id, why)

    return decide


def settle(proposals: str, answer: str) -> Decision:
    """Accept or decline proposals of turns."""
    return decision(correcting.decide, tuple(proposals.split()), answer == "accept")


def moment(text: str, begin: int) -> int:
    """Return a time on the session's clock (`34:12`, `1:04:30`) as epoch ms, or refuse."""
    found = read_clock(text)
    if found is None:
        raise Refused("{word} is no time; write it as 34:12 or 1:04:30.", word=one_line(text))
    return begin + found.length_ms


def span(text: str, begin: int) -> tuple[int, int]:
    """Return begin and end of a turn as they were typed, `34:12 - 34:20`, or refuse."""
    parts = [part for part in re.split(r"\s*[-–]\s*|\s+", text.strip()) if part]
    if len(parts) != 2:
        raise Refused("Write begin and end, such as 34:12 - 34:20.")
    return moment(parts[0], begin), moment(parts[1], begin)


def code(row_id: str, me: str, name: str) -> Decision:
    """Put a code on a note or a turn, or take it off.

    It goes by its name: a new code may still wait for the file, and then this waits behind it.
    """
    return lambda state, now: coding.put_on(state, now, name, me, **_on(state, row_id))


def coded_until(moment: str) -> Decision:
    """Say that everything up to a moment (epoch ms) is coded."""
    return decision(coding.done_until, int(moment))


def new_code(state: State, row_id: str, me: str, name: str) -> Decision | None:
    """Return what puts a code into the codebook first, None where it's there."""
    with suppress(Refused):
        coding.existing(state, name)
        return None
    colour = least_used(one.colour for one in state.codes.values() if one.removed_at is None)
    return decision(coding.add_code, one_line(name), "", colour)


def least_used(colours: Iterable[str]) -> str:
    """Return the colour for a new code: of the palette that which the fewest have."""
    used = list(colours)
    return min(COLOURS.values(), key=used.count)


def change_code(code_id: str, me: str, change: str, text: str = "", *more: str) -> Decision:
    """Change what the codebook says of a code, let it or a part of it go into another one, or take it out."""
    match change:
        case "merge":
            return decision(coding.merge_code, code_id, text, *more)
        case "split":
            return _split(code_id, text.split(), *more)
        case "remove":
            return decision(coding.remove_code, code_id)
        case "memo":
            return write_memo(code_id, me, text)
        case "colour":
            return decision(coding.change_code, code_id, colour=COLOURS.get(text, ""))
        case "theme":
            return decision(coding.change_code, code_id, parent=text.strip() or None)
    name, _colon, description = text.partition(":")

    def decide(state: State, now: int) -> f.CodeChanged:
        renamed = {"name": name} if name.strip() != coding.existing(state, code_id).name else {}
        return coding.change_code(state, now, code_id, **renamed, description=description.strip())

    return decide


def _split(code_id: str, codings: Sequence[str], name: str, why: str = "") -> Decision:
    """Let some codings go to the code of a name; where it is new it gets a colour that few have."""

    def decide(state: State, now: int) -> f.CodeSplit:
        colour = least_used(one.colour for one in state.codes.values() if one.removed_at is None)
        return coding.split_code(state, now, code_id, name, codings, colour, why)

    return decide


def write_memo(about: str, me: str, text: str) -> Decision:
    """Write a memo on a note, a turn, a code or, without any, the session; where one has one, change it."""

    def decide(state: State, now: int) -> Facts:
        own = own_memo(state, about, me)
        if own is None:
            return coding.write_memo(state, now, text, **_on(state, about))
        if not text.strip():
            return coding.remove_memo(state, now, own.id)
        return coding.write_memo(state, now, text, memo=own.id)

    return decide


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
