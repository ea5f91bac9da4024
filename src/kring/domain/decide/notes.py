"""Verbs of the notes and of the cues."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import msgspec
from msgspec.structs import replace

from kring.domain import facts as f
from kring.domain import lookup
from kring.domain.evolve.closing import item_at, open_item
from kring.domain.evolve.speakers import speaker_at
from kring.domain.measures.session_time import MINUTES_LEFT
from kring.domain.note_line import NoteDraft
from kring.domain.rows import NoteRow, TurnKind
from kring.domain.state import State
from kring.domain.state.row_table import Rows
from kring.domain.text import LONGEST, MarkedAlready, Refused, Sentence, clean, one_line


class About(msgspec.Struct, frozen=True):
    """What a note is about: a moment (epoch ms), a question, and whoever said it."""

    at: int
    item: str | None
    participant: str | None
    kind: TurnKind | None


def about(state: State, now: int, draft: NoteDraft, begun: int | None = None) -> About:
    """Return what a note is about that was begun at a moment: others may speak when it is entered."""
    at = min(now, max((now if begun is None else begun) - draft.back_ms, 0))
    participant, kind = _speaker_at(state, draft, at, now)
    return About(at, item_at(state, at) if at < now else open_item(state), participant, kind)


def add(state: State, now: int, draft: NoteDraft, begun: int | None = None) -> f.NoteAdded:
    """Write a note; the question and the speaker of the moment at which it was begun attach by themselves."""
    text = _text(state, draft)
    found = about(state, now, draft, begun)
    return f.NoteAdded(
        note_kind=draft.kind,
        text=text,
        at_ms=found.at,
        item=found.item,
        participant=found.participant,
        speaker_kind=found.kind,
        tags=draft.tags,
        starred=draft.starred,
        parked=draft.parked,
        stub=draft.stub,
        number=state.last_note + 1,
        by_itself=draft.speaker is None and draft.kind != "chat" and not _is_nobodys(draft),
    )


def mark(state: State, now: int, label: str = "") -> f.NoteAdded:
    """Mark this moment, to come back to it later."""
    draft = NoteDraft(kind="mark", text=one_line(label), starred=True)
    participant, kind = _speaker_at(state, draft, now, now)
    number = state.last_note + 1
    return f.NoteAdded(
        note_kind="mark",
        text=draft.text,
        at_ms=now,
        item=open_item(state),
        participant=participant,
        speaker_kind=kind,
        starred=True,
        number=number,
        by_itself=True,
    )


def edit(state: State, now: int, note_id: str, draft: NoteDraft, why: str = "") -> f.NoteChanged:
    """Correct a note to what its line now says; what the line does not say stays as it was."""
    note = _existing(state, note_id)
    text = _text(state, draft)
    said = {
        "note_kind": (draft.kind, note.kind),
        "text": (text, note.text),
        "tags": (draft.tags, note.tags),
        "starred": (draft.starred, note.starred),
        "parked": (draft.parked, note.parked),
        "stub": (draft.stub, note.stub),
    }
    given: dict[str, Any] = {name: new for name, (new, old) in said.items() if new != old}
    if draft.speaker is not None and (draft.speaker != (note.speaker_kind, note.participant) or note.speaker_by_itself):
        given["speaker_kind"], given["participant"] = draft.speaker
    if draft.back_ms:
        given["at_ms"] = note.at - draft.back_ms
    if not given:
        raise Refused("Nothing was changed.")
    if why:
        given["why"] = one_line(why)
    return f.NoteChanged(note.id, **given)


def complete(state: State, now: int, note_id: str, draft: NoteDraft, why: str = "") -> f.NoteChanged:
    """Fill in a quote with words that a machine wrote out: not to be quoted before somebody listened to it."""
    return replace(edit(state, now, note_id, replace(draft, stub=True), why), drafted=True)


def heard(state: State, now: int, note_id: str) -> f.NoteHeard:
    """Log that somebody listened to what a machine had written out."""
    if not lookup.note(state, note_id).drafted:
        raise Refused("That note was not written out by a machine, or somebody listened to it already.")
    return f.NoteHeard(note_id)


def star(state: State, now: int, word: str = "", author: str = "") -> f.NoteChanged:
    """Star a note."""
    note = lookup.note(state, word, author)
    if note.starred:
        raise MarkedAlready("That note has a star already.", "unstar")
    return f.NoteChanged(note.id, starred=True)


def unstar(state: State, now: int, word: str = "", author: str = "") -> f.NoteChanged:
    """Take the star of a note away."""
    note = lookup.note(state, word, author)
    if not note.starred:
        raise Refused("That note has no star.")
    return f.NoteChanged(note.id, starred=False)


def tag(state: State, now: int, word: str, *tags: str) -> f.NoteChanged:
    """Put tags on a note; those with a minus in front are taken off."""
    note = lookup.note(state, word)
    off = _tags(name for name in tags if name.lstrip("#").startswith("-"))
    on = _tags(name for name in tags if not name.lstrip("#").startswith("-"))
    if not off and not on:
        raise Refused("Say which tag.")
    becomes = tuple(name for name in dict.fromkeys((*note.tags, *on)) if name not in off)
    if becomes != note.tags:
        return f.NoteChanged(note.id, tags=becomes)
    if off:
        raise Refused("That note has no such tag.")
    raise Refused("That note has this tag already; a minus in front takes it off: {tag}.", tag=f"-#{on[0]}")


def _tags(names: Iterable[str]) -> list[str]:
    return [name for one in names if (name := one_line(one).lstrip("-#").casefold())]


def remove(state: State, now: int, word: str = "", author: str = "", why: str = "") -> f.NoteRemoved:
    """Take a note out; its history stays in the file."""
    return f.NoteRemoved(lookup.note(state, word, author).id, one_line(why))


def raised(state: State, now: int, word: str = "") -> f.NoteRaised:
    """Log that a parked question was put to the group: the one given, else the oldest."""
    parked = [n for n in state.notes.values() if n.parked and n.raised_at is None and n.removed_at is None]
    if not word:
        if not parked:
            raise Refused("No question is parked.")
        return f.NoteRaised(parked[0].id)
    note = lookup.note(state, word)
    if not note.parked:
        raise Refused("Note {number} is no question for later: {text}", number=note.number, text=note.text)
    if note.raised_at is not None:
        raise Refused("Note {number} was asked already: {text}", number=note.number, text=note.text)
    return f.NoteRaised(note.id)


def send_cue(state: State, now: int, text: str) -> f.CueSent:
    """Slip a cue to the moderator."""
    line = one_line(text)
    if not line:
        raise Refused("Say what the moderator should read.")
    if len(line) > LONGEST:
        raise Refused("A text has at most {n} characters.", n=LONGEST)
    return f.CueSent(line)


def see_cue(state: State, now: int, cue_id: str = "") -> f.CueSeen:
    """Acknowledge a cue: the one given, else the oldest that nobody saw."""
    unseen = lookup.unseen_cues(state)
    if cue_id and not any(cue.id == cue_id for cue in unseen):
        raise Refused("No cue {word} is waiting.", word=one_line(cue_id))
    if not unseen:
        raise Refused("No cue is waiting.")
    return f.CueSeen(cue_id or unseen[0].id)


def warn_of_end(state: State, now: int, minutes: int) -> f.CueSent:
    """Send the automatic cue, so many minutes before the end; refused when it was sent."""
    text = str(minutes)
    if any(cue.automatic and cue.value == text for cue in state.cues.values()):
        raise Refused("That cue was sent.")
    return f.CueSent(str(Sentence(MINUTES_LEFT, {"value": text})), automatic=True, value=text)


def tags_in_use(state: State) -> list[str]:
    """Return the session's tags, the most used first."""
    return _tags_of(state.notes)


@lru_cache(maxsize=2)  # asked for at every key while a tag is typed
def _tags_of(notes: Rows[NoteRow]) -> list[str]:
    counts: dict[str, int] = {}
    for note in notes.values():
        if note.removed_at is None:
            for name in note.tags:
                counts[name] = counts.get(name, 0) + 1
    return sorted(counts, key=lambda name: (-counts[name], name))


def _existing(state: State, note_id: str) -> NoteRow:
    note = state.notes.get(note_id)
    if note is None or note.removed_at is not None:
        raise Refused("That note is not there any more.")
    return note


def _text(state: State, draft: NoteDraft) -> str:
    for name in draft.unknown:
        lookup.require_not_withdrawn(state, name)
    text = clean(draft.text).strip()
    if not text and draft.kind != "mark":
        raise Refused("The note is empty.")
    if len(text) > LONGEST:
        raise Refused("A text has at most {n} characters.", n=LONGEST)
    return text


def _is_nobodys(draft: NoteDraft) -> bool:
    """Whether a note is of the talk as a whole, or for later: nobody said that."""
    return draft.kind == "summary" or draft.parked


def _speaker_at(state: State, draft: NoteDraft, at: int, now: int) -> tuple[str | None, Any]:
    if draft.speaker is not None:
        kind, participant = draft.speaker
        return participant, kind
    if draft.kind == "chat":
        return None, "unknown"  # whoever has the floor did not write it
    ended = state.session.ended_at
    if _is_nobodys(draft) or (ended is not None and at >= ended):
        return None, None  # after the talk nobody said that either
    turn = state.open_turn
    if at == now and turn is not None and turn.kind != "silence":  # also by a clock that is ahead
        return turn.participant, turn.kind
    return speaker_at(state, at)
