"""`kring rebuild`: tables, views, full-text index and guards made again from the events, which are the truth."""

from __future__ import annotations

from pathlib import Path

from kring.domain.text import KringError
from kring.store.derived import history_of, make_again
from kring.store.files import open_


def rebuild(path: Path) -> int:
    """Make all but the events again, in one transaction; return how many events there are.

    Raises KringError when the file can't be read or written.
    """
    store = open_(path, to_mend=True)
    try:
        if store.mode == "read":
            raise store.note or KringError("{file} may only be read.", file=path.name)
        with store.writing():
            history = history_of(store.read_events())
            make_again(store.connection, history.state)
        store.close(seal=True)
    finally:
        store.close()
    return len(history.events)
