"""One reading of a session file for everything that prints it: the state as it may leave."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec

from kring.domain.consent import WORD_FOR_WORD
from kring.domain.events import COUNTER_BITS
from kring.domain.history import History
from kring.domain.rows import TurnKind
from kring.domain.state import State
from kring.domain.text import KringError
from kring.domain.words import SPEAKER_WORDS, called
from kring.privacy.former_names import FormerNames, former_names, former_names_in
from kring.privacy.known_names import known_names
from kring.privacy.names import Names
from kring.privacy.quoting import Withheld, withheld
from kring.privacy.redaction import redaction
from kring.privacy.replaced import Replaced
from kring.privacy.roster_columns import held_back, require_columns
from kring.privacy.sealing import without_quotes
from kring.store import files
from kring.store.chain import code_of
from kring.store.derived import history_of
from kring.store.event_line import StoredEvent
from kring.store.store import Store
from kring.system.i18n import _, language
from kring.system.sqlite import sqlite3


class Snapshot(msgspec.Struct, frozen=True):
    """What may leave a session file, read once; `state` holds nothing that may not be printed.

    Without names a participant's `name` is empty, so that `domain.story.called` says the code; staff are letters of
    their role (M, A); and in free text the names that the session knows are codes. Gone, with names and without, are
    removed notes and turns, who was removed or withdrew, and the word-for-word quotes of who refused that. `events` is
    filled only with names, and only while nobody withdrew: it is everything, also what was removed.
    """

    path: Path
    state: State
    now: int
    """The end of the session, or the last that the file tells of while it has not ended; epoch ms."""
    with_names: bool
    language: str
    events: tuple[StoredEvent, ...] = ()
    held_back: tuple[str, ...] = ()
    """The columns of the list of participants that stay in, for they may point at somebody."""
    withheld: Withheld = Withheld()
    """How many quotes stay behind, and why."""
    withdrawn: int = 0
    """How many participants withdrew: nothing of theirs is in `state`."""
    codes: tuple[str, ...] = ()
    """The check code of every computer's last event, for `kring verify --head`."""
    replaced: Replaced = Replaced()
    """What came in the place of names in its texts, how often, and what is not sure."""
    stem: str = "session"
    """What its files are called: as the session file, but for the names in that, which is called after its title."""
    sound_places: tuple[tuple[str, str], ...] = ()
    """Where each file of the recording lies, by its row: to open it, never to print; there may be a name in it."""
    with_sound: bool = False
    """Whether the sound itself goes along, where a format can hold it: a voice says who somebody is."""

    @property
    def session_id(self) -> UUID:
        """Return the session's own id."""
        try:
            return UUID(self.state.session.id)
        except ValueError:
            return uuid5(NAMESPACE_URL, f"kring:{self.state.session.id}")

    def guid(self, kind: str, row_id: str) -> UUID:
        """Return an id for anything in this session that is the same in every export."""
        return uuid5(self.session_id, f"{kind}/{row_id}")

    def who(self, code: str | None) -> str:
        """Return what a participant is called here: the code, or with names the name."""
        return called(self.state, code)

    def speaker(self, kind: TurnKind | None, participant: str | None) -> str:
        """Return what a speaker is called here: a participant, `M`, or a word for who is no single person."""
        if participant:
            return self.who(participant)
        if kind == "moderator":
            return (self.with_names and self.state.session.moderator) or "M"
        return _(SPEAKER_WORDS[kind]) if kind else ""

    def is_quotable(self, note_id: str) -> bool:
        """Whether a note is a complete quote of somebody who may be quoted."""
        note = self.state.notes.get(note_id)
        return note is not None and note.kind in WORD_FOR_WORD and not note.stub and bool(note.text.strip())


def _codes(stored: Sequence[StoredEvent]) -> tuple[str, ...]:
    last = {each.event.device: each.chain for each in sorted(stored, key=lambda each: each.event.key)}
    return tuple(code_of(chain) for _device, chain in sorted(last.items()))


def read(path: Path, with_names: bool = False, columns: Sequence[str] = ()) -> Snapshot:
    """Read a session file; raises KringError where it is none, is damaged, or holds no session.

    `columns` of the list of participants leave besides the harmless ones and those of the plan.
    """
    return leaving(opened(path), with_names, columns)


class Opened(NamedTuple):
    """A session file as it was read: `former` are names that the state no longer has, `last_at` is its last writing.

    `stored` are its events, where they were asked for.
    """

    path: Path
    state: State
    former: FormerNames
    last_at: int
    stored: tuple[StoredEvent, ...] = ()


def opened(path: Path, *, with_events: bool = True) -> Opened:
    """Read a session file; raises KringError as `read` does."""
    store = files.open_(path, "read")
    try:
        with store.reading():
            stored = tuple(store.read_events()) if with_events else ()
            history = history_of(stored) if with_events else _as_kept(store)
            if not history.state.session.id:
                raise KringError("{file} holds no session yet.", file=path.name)
            former = former_names(history) if with_events else former_names_in(store, history)
            state = without_quotes(history)
    except (sqlite3.Error, UnicodeError) as error:
        raise files.cannot_open(error, path) from error
    finally:
        store.close()
    return Opened(path, state, former, history.last_hlc >> COUNTER_BITS, stored)


def _as_kept(store: Store) -> History:
    """Return the history from the last milestone of a file on, which knows the same."""
    history = store.begun()
    history.accept(history.change(store.read_new()))
    return history


def leaving(
    session: Opened, with_names: bool, columns: Sequence[str] = (), elsewhere: Sequence[tuple[str, str]] = ()
) -> Snapshot:
    """Return what may leave of a session; `elsewhere` are names of sessions beside it that may not."""
    path, state, former, last_at, stored = session
    require_columns(state, columns)
    leaves = redaction(state, with_names, columns, former, elsewhere)
    names = known_names(state, former, elsewhere)
    return Snapshot(
        path=path,
        state=leaves.state,
        now=int(state.session.ended_at or last_at),
        with_names=with_names,
        language=language(),
        held_back=() if with_names else held_back(state, columns),
        withheld=withheld(state),
        withdrawn=len(state.withdrawn),
        events=stored if with_names and not (state.withdrawn or _tell(stored, elsewhere)) else (),
        codes=_codes(stored),
        replaced=leaves.replaced,
        sound_places=_sound_places(state),
        stem=path.stem if with_names else names.hidden_in_stem(path.stem, state.session.title),
    )


def _tell(stored: Sequence[StoredEvent], elsewhere: Sequence[tuple[str, str]]) -> bool:
    """Whether what was written down has a name of another session that may not leave."""
    names = Names(elsewhere)
    return bool(elsewhere) and any(names.hidden(each.event.data) != each.event.data for each in stored)


def of_session(path: Path, history: History, now: int) -> Snapshot:
    """Return what may leave an open session as it stands now, with codes; the file is not read a second time."""
    state, former = without_quotes(history), former_names(history)
    leaves = redaction(state, False, (), former)
    return Snapshot(
        path=path,
        state=leaves.state,
        now=int(state.session.ended_at or now),
        with_names=False,
        language=language(),
        held_back=held_back(state, ()),
        withheld=withheld(state),
        withdrawn=len(state.withdrawn),
        replaced=leaves.replaced,
        sound_places=_sound_places(state),
        stem=known_names(state, former).hidden_in_stem(path.stem, state.session.title),
    )


def _sound_places(state: State) -> tuple[tuple[str, str], ...]:
    return tuple((row.id, row.file) for row in state.segments.values())
