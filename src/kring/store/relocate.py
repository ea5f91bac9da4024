"""Going on in a new file, when the one in use was renamed or deleted."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from kring.domain.evolve.closing import on_clock
from kring.domain.history import Change, History
from kring.domain.text import KringError
from kring.store.files import open_
from kring.store.making import making
from kring.store.store import AlreadyThere, NotRead, NotSaved, Store, StoredEvent
from kring.store.tables import all_rows

MOST_FILES = 100


def continued_beside(lost: Store, history: History, new_salt: Callable[[], str]) -> tuple[Store, Change]:
    """Return a file beside a lost one that holds all of a history, and what another process wrote there before.

    Raises NotSaved when no such file can be made.
    """
    path, sealed = lost.path, _sealed(lost)
    try:
        for number in range(2, MOST_FILES):
            place = path.with_name(f"{path.stem}-{number}{path.suffix}")
            with suppress(AlreadyThere), making(place) as fresh:
                _continued_in(fresh, history, sealed, new_salt)
            store = open_(place)
            change = None
            try:
                change = _continued_in(store, history, sealed, new_salt) if store.mode == "write" else None
            finally:
                if change is None:
                    store.close()
            if change is not None:
                return store, change
    except KringError as error:
        raise _not_saved(lost) from error
    raise _not_saved(lost)


def _sealed(lost: Store) -> dict[str, StoredEvent]:
    """Return the events as the lost file has them: one that has no name any more can still be read."""
    with suppress(NotRead), lost.reading():
        return {each.event.id: each for each in lost.read_events()}
    return {}


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


def _not_saved(lost: Store) -> NotSaved:
    return NotSaved("NOT SAVED: {old} was moved or deleted, and no new file can be made beside it.", old=lost.path.name)
