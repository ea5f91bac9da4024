"""Going on in a new file, when the one in use was renamed or deleted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kring.domain.evolve.closing import on_clock
from kring.domain.history import Change, History
from kring.domain.text import KringError
from kring.store.files import create_or_open
from kring.store.store import NotSaved, Store
from kring.store.tables import all_rows

MOST_FILES = 100


def continued_beside(path: Path, history: History, new_salt: Callable[[], str]) -> tuple[Store, Change]:
    """Return a file beside the lost one that holds all of a history, and what another process wrote there before.

    Raises NotSaved when no such file can be made.
    """
    try:
        for number in range(2, MOST_FILES):
            store = create_or_open(path.with_name(f"{path.stem}-{number}{path.suffix}"))
            change = None
            try:
                change = _continued_in(store, history, new_salt) if store.mode == "write" else None
            finally:
                if change is None:
                    store.close()
            if change is not None:
                return store, change
    except KringError as error:
        raise _not_saved(path) from error
    raise _not_saved(path)


def _continued_in(store: Store, history: History, new_salt: Callable[[], str]) -> Change | None:
    """Write all of a history into a file, unless it holds another session; the other process may have been first."""
    with store.writing():
        found = store.read_new()
        if found and history.event(found[0].id) is None:
            return None
        change = history.change(found)
        known = {event.id for event in found}
        for event in history.events:
            if event.id not in known:
                store.add(event, new_salt(), on_clock(change.state, event.at))
        store.clear_tables()
        store.put(all_rows(change.state))
    store.settled()
    return change


def _not_saved(path: Path) -> NotSaved:
    return NotSaved("NOT SAVED: {old} was moved or deleted, and no new file can be made beside it.", old=path.name)
