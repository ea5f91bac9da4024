"""Going on in a new file, when the one in use was renamed, deleted, or written into by another program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

import msgspec

from kring.domain.evolve.closing import on_clock
from kring.domain.history import Change, History
from kring.domain.text import N_, KringError
from kring.store import verify
from kring.store.attached import kept_files
from kring.store.chain import START
from kring.store.event_line import StoredEvent
from kring.store.files import open_, still_holds
from kring.store.guard import Condition
from kring.store.making import making
from kring.store.store import AlreadyThere, NotSaved, Store
from kring.store.tables import all_rows
from kring.system.sqlite import sqlite3

MOST_FILES = 100


def condition_of(store: Store, suspicion: Condition) -> Condition:
    """Return whether an open file is as it was left, BROKEN or MOVED.

    From `suspicion` on it is looked into. Most of what is written into a file SQLite itself writes, and cuts off.
    """
    found = store.guard.look()
    if suspicion <= found < Condition.BROKEN:
        if not (store.guard.has_log() and still_holds(store.path, store.sealed)):
            return Condition.BROKEN
        store.guard.accept()
    return found if found >= Condition.BROKEN else Condition.AS_LEFT


def last_told(lost: Store, history: History) -> list[StoredEvent]:
    """Return the events that another process wrote last into a lost file, as far as it can be read.

    Each is as it was sealed, and follows an event before it; what a restored file says of another session does not.
    """
    told: list[StoredEvent] = []
    links: dict[str, list[str]] = {}
    for each in _readable(lost):
        before = links.setdefault(each.event.device, [START])
        if history.event(each.event.id) is None:
            if not (verify.fits(each) and verify.follows_one(each, before)):
                continue
            told.append(each)
        before.append(each.chain)
    return told


def _readable(lost: Store) -> Iterator[StoredEvent]:
    with suppress(sqlite3.Error, msgspec.MsgspecError, ValueError, TypeError):  # what is overwritten may say anything
        yield from lost.read_events()


def continued_beside(
    lost: Store, history: History, told: Iterable[StoredEvent], new_salt: Callable[[], str]
) -> tuple[Store, Change]:
    """Return a file beside a lost one that holds all of a history, with what is `told` of it; all keep their seals.

    Raises NotSaved when no such file can be made.
    """
    history.have_all()
    path, sealed = lost.path, lost.sealed | {each.event.id: each for each in told}
    try:
        for number in range(2, MOST_FILES):
            place = path.with_name(f"{path.stem}-{number}{path.suffix}")
            with suppress(AlreadyThere), making(place) as fresh:
                _continued_in(fresh, history, sealed, new_salt)
            store = open_(place)
            change = None
            try:
                change = _continued_in(store, history, sealed, new_salt) if store.mode == "write" else None
                if change is not None:
                    _with_files(store, lost)
            finally:
                if change is None:
                    store.close()
            if change is not None:
                return store, change
    except KringError as error:
        raise _not_saved(lost) from error
    raise _not_saved(lost)


def _continued_in(
    store: Store, history: History, sealed: dict[str, StoredEvent], new_salt: Callable[[], str]
) -> Change | None:
    """Write all of a history into a file, unless it holds another session; the other process may have been first."""
    with store.writing():
        found = store.read_new()
        if found and history.event(found[0].id) is None:
            return None
        change = history.change(found)
        known = {event.id for event in found}
        for event in history.events:
            if event.id in known:
                continue
            if event.id in sealed:
                store.add_sealed(sealed[event.id])
            else:
                store.add(event, new_salt(), on_clock(change.state, event.at))
        store.clear_tables()
        store.put(all_rows(change.state))
    store.settled()
    return change


def _with_files(store: Store, lost: Store) -> None:
    """Take over the files that a lost one kept, as far as they can be read and are whole."""
    with store.writing():
        kept_files.keep(store.connection.execute, kept_files.kept(lost.connection.execute))


def leave(lost: Store, condition: Condition, new: Store) -> None:
    """Close a file that was lost, and note in the new one why it goes on there."""
    if condition is Condition.MOVED:
        lost.leave()
        told = N_("Everything is saved in {new}: {old} was moved or deleted.")
    else:
        lost.abandon()
        told = N_("Everything is saved in {new}: {old} was overwritten or damaged by another program.")
    if lost.turn is not None:
        new.wait_in_turn(lost.turn)
    new.note = KringError(told, old=lost.path.name, new=new.path.name)


def _not_saved(lost: Store) -> NotSaved:
    return NotSaved(
        "NOT SAVED: {old} was moved, deleted or overwritten, and no new file can be made beside it.",
        old=lost.path.name,
    )
