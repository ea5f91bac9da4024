"""Sessions that were recorded once: their events as they arrived, and how the session stood after each arrival."""

from __future__ import annotations

import gzip
from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec.structs import fields

from kring.domain.events import Event
from kring.domain.evolve.closing import on_clock
from kring.domain.history import History
from kring.domain.rows import Row, SessionRow
from kring.domain.state import State
from kring.domain.upcast import decode
from kring.store.chain import START, digest_of, link
from kring.store.event_line import StoredEvent
from kring.store.store import Store
from kring.store.values import iso

FOLDER = Path(__file__).parent / "recorded"
NAMES = ("an_evening", "corrected", "two_laptops")
CAME_SINCE = {"additions", "ended_by"}


class RecordedEvent(msgspec.Struct):
    """An event without its fact, which its data tells."""

    id: str
    hlc: int
    device: str
    actor: str
    role: str
    kind: str
    v: int
    data: str
    act: str | None
    ahead_ms: int

    def event(self) -> Event:
        """Return the event as a file would tell it."""
        return Event(**msgspec.structs.asdict(self), fact=decode(self.kind, self.data, self.v))


class Recording(msgspec.Struct):
    """What came in together, in order; the fingerprint of the state after each, and the chains at the end."""

    arrivals: list[list[RecordedEvent]]
    stood: list[str]
    heads: dict[str, str]

    def batches(self) -> list[list[Event]]:
        """Return the events, by arrival."""
        return [[each.event() for each in together] for together in self.arrivals]


def recorded(name: str) -> Recording:
    """Return a recorded session."""
    return msgspec.json.decode(gzip.decompress((FOLDER / f"{name}.json.gz").read_bytes()), type=Recording)


def write(store: Store, batches: list[list[Event]]) -> State:
    """Write events into a file as they arrive, sealed as each computer made them; return the state at the end."""
    known = [event for batch in batches for event in batch]
    started = History()
    started.accept(started.change(known))
    sealed: dict[str, StoredEvent] = {}
    links: dict[str, str] = {}
    for event in sorted(known, key=lambda event: event.key):
        salt, t = event.id[-12:], on_clock(started.state, event.at)
        digest = digest_of(salt, event.data)
        links[event.device] = link(links.get(event.device, START), event, t, digest)
        sealed[event.id] = StoredEvent(0, event, links[event.device], salt, digest, iso(event.at), t)
    history = History()
    for batch in batches:
        with store.writing():
            change = history.change(batch)
            for event in batch:
                store.add_sealed(sealed[event.id])
            store.put(change.rows, change.gone)
        store.settled()
        history.accept(change)
    return history.state


def fingerprint(state: State) -> str:
    """Return a checksum of every row with its place; a column that came since is not in it, or while it says nothing.

    The turn that runs is told with the session, as it was when these were recorded.
    """
    told = {name: [_told(row) for row in table.values()] for name, table in state.tables.items() if table}
    if state.open_turn is not None:
        told[SessionRow.TABLE][0]["open_turn"] = state.open_turn.id
    return sha256(msgspec.json.encode(told, enc_hook=int, order="deterministic")).hexdigest()


def _told(row: Row) -> dict[str, object]:
    return {name: value for name, default in _columns(type(row)) if (value := getattr(row, name)) != default}


@cache
def _columns(row_type: type[Row]) -> list[tuple[str, object]]:
    return [(one.name, one.default) for one in fields(row_type) if one.name not in CAME_SINCE]
