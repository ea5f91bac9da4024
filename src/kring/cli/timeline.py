"""`kring timeline`: the story of a session, event by event, in the canonical order."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec.structs import replace

from kring.cli.json_text import json_text
from kring.domain import facts as f
from kring.domain import rows as r
from kring.domain.events import Event
from kring.domain.evolve import evolve
from kring.domain.evolve.closing import on_clock
from kring.domain.evolve.group.whom import as_meant
from kring.domain.evolve.importing import message_id
from kring.domain.evolve.withdrawing import is_about_withdrawn
from kring.domain.history import ends_of, fold, is_void, undos_of, void_ids
from kring.domain.sentences import told
from kring.domain.state import EMPTY, State
from kring.domain.text import Sentence, clean, one_line
from kring.domain.time_text import as_clock, time_of_day
from kring.privacy.known_names import UNKNOWN
from kring.privacy.redaction import Telling, kept
from kring.privacy.replaced import Replaced, told_replaced
from kring.privacy.sealing import Sealing
from kring.privacy.snapshot import Opened, opened
from kring.store import files
from kring.store.store import Store
from kring.store.values import iso
from kring.system.i18n import _, say
from kring.system.sqlite import sqlite3

BACK_DATED_MS = 1000
"""From when on a note is about an earlier moment than that of its writing."""
BOOKKEEPING = frozenset({f.SegmentAnchored.kind, f.VoiceHeard.kind})
"""What the recorder notes twice a minute; it is in the story only when all is asked for."""
WITHHELD = "…"
"""What stands for words that may not leave."""


class Told(msgspec.Struct, frozen=True):
    """One event as the story tells it; `t` is in seconds on the session's clock, `clock` the time of day."""

    at: str
    clock: str
    t: float | None
    kind: str
    role: str
    actor: str
    told: str
    undone: bool


def tell(file: Path, as_json: bool = False, undone_too: bool = False, with_codes: bool = False) -> int:
    """Print the story of a session file; the exit code is 0."""
    codes = Codes(opened(file)) if with_codes else None
    store = files.open_(file, "read")
    try:
        lines = sorted(story(store, undone_too, codes), key=lambda one: one.at)  # a back-dated note moves up
    except (sqlite3.Error, UnicodeError) as error:
        raise files.cannot_open(error, file) from error
    finally:
        store.close()
    if codes is not None:
        sys.stderr.write(clean("\n".join(told_replaced(codes.replaced, file))) + "\n")
    if as_json:
        sys.stdout.write(json_text(lines) + "\n")
    shown = lines if undone_too else [one for one in lines if one.kind not in BOOKKEEPING]
    for one in () if as_json else shown:
        sys.stdout.write(_line(one) + "\n")
    return 0


def _line(one: Told) -> str:
    t = as_clock(one.t * 1000) if one.t is not None else ""
    undone = f" ({_('undone')})" if one.undone else ""
    return f"{one.clock} {t:>7}  {one_line(one.told)}{undone}"


class Codes:
    """How the story is told without names: what leaves no session file, in no export, is not told here either."""

    def __init__(self, session: Opened) -> None:
        self._state = session.state
        self._leaves = kept(session.state)
        self._telling = Telling(session.state, session.former)

    @property
    def replaced(self) -> Replaced:
        """Return what was replaced in the texts that were told."""
        return self._telling.replaced

    def event(self, event: Event) -> Event:
        """Return an event without the name of a participant, and without words that may not leave."""
        event = as_meant(self._state, event)
        match event.fact:
            case f.ParticipantAdded(code=code) | f.ParticipantListed(code=code):
                return replace(event, fact=replace(event.fact, name=code))
            case f.ParticipantChanged(name=str()) | f.StaffJoined():
                return replace(event, fact=replace(event.fact, name=""))
            case f.NameMatched():
                return replace(event, fact=replace(event.fact, label=UNKNOWN))
            case f.AttendanceChanged():
                return replace(event, fact=replace(event.fact, reason=""))
            case f.NoteAdded() | f.NoteChanged(text=str()) | f.MessageRead() if not self._leaves_words(event):
                return replace(event, fact=replace(event.fact, text=event.fact.text and WITHHELD))
            case f.UtteranceRead() if not self._leaves_words(event):
                return replace(event, fact=replace(event.fact, text=WITHHELD, words=()))
        return event

    def _leaves_words(self, event: Event) -> bool:
        """Whether the words of a note, a message or a stretch of a transcript may leave."""
        match event.fact:
            case f.NoteChanged(note=note):
                return note in self._leaves.notes
            case f.MessageRead(line=line, same_as=earlier):
                return (earlier or message_id(event, line)) in self._leaves.notes
            case f.UtteranceRead(same_as=earlier):
                said = self._leaves.transcript.get(earlier or event.id)
                return said is not None and bool(said.text)
        return event.id in self._leaves.notes

    def sentence(self, event: Event, told: Sentence) -> Sentence:
        """Return what an event says, its texts as they may be told; what was decided of a note's words holds for it."""
        place = f"{r.NoteRow.TABLE}/{getattr(event.fact, 'note', event.id)}"
        return told.each(lambda text: self._telling.text(place, text))


def story(store: Store, undone_too: bool, codes: Codes | None = None) -> Iterator[Told]:
    """Yield what each event says, in the state just after it; what was undone only when asked for."""
    events = sorted((stored.event for stored in store.read_events()), key=lambda event: event.key)
    void = void_ids(undos_of(events), ends_of(events))
    end = _end(events, void)
    events = list(map(codes.event, events)) if codes else events
    by_id = {event.id: event for event in events}
    state, sealed = EMPTY.draft_without(end.state.withdrawn), Sealing(end)
    for event in events:
        gone = is_void(event, void)
        if gone:
            after = state.put(evolve(state, event))
        else:
            state.settle(_rows(state, event, codes))
            after = state
        if _is_withheld(after, event):
            continue
        is_said_twice = isinstance(event.fact, f.CueSent) and event.id not in after.cues  # by another computer too
        if undone_too or not (gone or is_said_twice or event.act or isinstance(event.fact, f.Undone)):
            yield _told(after, event, gone, by_id, codes, sealed)


class End(msgspec.Struct, frozen=True):
    """How a session ends: the story passes over from its begin who withdrew by then."""

    state: State
    events: list[Event]


def _end(events: list[Event], void: frozenset[str]) -> End:
    is_said = any(isinstance(event.fact, f.ConsentChanged) for event in events)
    return End(fold(EMPTY, events, void) if is_said else EMPTY, events)


def _is_withheld(state: State, event: Event) -> bool:
    """Whether an event is of somebody who withdrew: only that somebody did is told."""
    return is_about_withdrawn(state, event) and not isinstance(event.fact, f.ConsentChanged)


def _rows(state: State, event: Event, codes: Codes | None) -> list[r.Row]:
    rows = evolve(state, event)
    if codes is None:
        return rows
    return [replace(row, name="") if isinstance(row, r.ParticipantRow) else row for row in rows]


def _told(
    state: State, event: Event, gone: bool, by_id: dict[str, Event], codes: Codes | None, sealed: Sealing
) -> Told:
    sentence = sealed.sentence(told(state, event, by_id.get))
    at, what = event.at, say(codes.sentence(event, sentence) if codes else sentence)
    if isinstance(event.fact, f.NoteAdded) and event.fact.at_ms <= event.at - BACK_DATED_MS:
        at = r.Moment(max(event.fact.at_ms, r.FIRST_MS))
        t = on_clock(state, event.at)
        written = as_clock(t * 1000) if t is not None else time_of_day(state, event.at)
        what = _("{what} (written {time})").format(what=what, time=written)
    return Told(
        at=iso(at),
        clock=time_of_day(state, at, seconds=True),
        t=on_clock(state, at),
        kind=event.kind,
        role=event.role,
        actor=event.role if codes else event.actor,
        told=what,
        undone=gone,
    )
